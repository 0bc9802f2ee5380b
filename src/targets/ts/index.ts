/**
 * The target `ts`: typed TypeScript providers on mofgen/runtime.
 */
import { render } from '../../render/render.js';
import { sharedGuids } from '../shared-guids.js';
import { builtInOptions } from '../options.js';
import { defineTarget } from '../target.js';
import { fileView } from './file-view.js';
import { finalText } from './final-text.js';
import { nameFile } from './naming.js';
import { skeletonView } from './skeleton-view.js';
import { missingStubs } from './stubs.js';

const generatedName = (base: string): string => `${base}.g.ts`;
const skeletonName = (base: string): string => `${base}.provider.ts`;

export const ts = defineTarget({
  name: 'ts',
  options: builtInOptions('ts'),
  summary: 'TypeScript: value types, codecs, validators, dispatch tables and a provider skeleton',
  fileNames: (base) => [
    { name: generatedName(base), owner: 'mofgen' },
    { name: skeletonName(base), owner: 'user' },
  ],
  emit(model, context) {
    const names = nameFile(model, context.base);
    return [
      {
        name: generatedName(context.base),
        owner: 'mofgen',
        text: finalText(render('ts/generated.ts', fileView(model, context, names))),
      },
      {
        name: skeletonName(context.base),
        owner: 'user',
        text: finalText(render('ts/provider.ts', skeletonView(model, context, names))),
      },
    ];
  },
  check: sharedGuids,
  missingStubs,
});
