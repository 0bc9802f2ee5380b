/**
 * The target `kmdf`: a WMI provider for framework-based drivers, in C.
 */
import { render } from '../../render.js';
import { headerName, headerText } from '../header/index.js';
import { buildFileNames, buildFiles } from '../provider/build-files.js';
import { definedFunctions } from '../provider/c-definitions.js';
import { macrosInTheWay, tidy } from '../provider/final-text.js';
import { type EmitContext, type Target } from '../target.js';
import { declarationsView, type Plan, planKmdf, skeletonView, sourceView } from './view.js';

const sourceName = (base: string): string => `${base}_wmi.c`;
const skeletonName = (base: string): string => `${base}_wmi_impl.c`;

export const kmdf: Target = {
  name: 'kmdf',
  summary: 'C for KMDF drivers: header, registration, callbacks, validators, and a skeleton',
  contains: ['header'],
  fileNames: (base) => [
    { name: headerName(base), owner: 'mofgen' },
    { name: sourceName(base), owner: 'mofgen' },
    ...buildFileNames(base),
    { name: skeletonName(base), owner: 'user' },
  ],
  check: (model, context) => planKmdf(model, withMethodStructs(context)).names.header.diagnostics,
  emit(model, context) {
    const plan = planKmdf(model, withMethodStructs(context));
    const header = headerText(plan.names.header, plan.context, declarations(plan));
    return [
      verbatim(headerName(context.base), header),
      verbatim(sourceName(context.base), sourceText(plan, header)),
      ...buildFiles(context),
      {
        name: skeletonName(context.base),
        owner: 'user',
        language: 'verbatim',
        text: tidy(render('kmdf/impl.c', skeletonView(plan))),
      },
    ];
  },
  missingStubs(model, context, existing) {
    const defined = definedFunctions(existing);
    const { blocks } = skeletonView(planKmdf(model, withMethodStructs(context)));
    const parts = blocks.flatMap((block) => {
      const functions = block.functions.filter(({ name }) => !defined.has(name));
      if (!defined.has(block.attributes)) return [render('kmdf/_skeleton_block', block)];
      return functions.length === 0 ? [] : [render('provider/_functions', { functions })];
    });
    return tidy(parts.join('\n'));
  },
};

/** The driver's part needs the structures of methods, whatever the header alone would have. */
function withMethodStructs(context: EmitContext): EmitContext {
  return { ...context, options: { ...context.options, methodStructs: true } };
}

function declarations(plan: Plan): string {
  return tidy(render('kmdf/declarations', declarationsView(plan)));
}

function sourceText(plan: Plan, header: string): string {
  const text = render('kmdf/source.c', sourceView(plan, []));
  return tidy(render('kmdf/source.c', sourceView(plan, macrosInTheWay(header, text))));
}

function verbatim(name: string, text: string) {
  return { name, owner: 'mofgen', language: 'verbatim', text } as const;
}
