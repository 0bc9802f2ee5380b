/** Reports GUIDs that two classes of one provider would register. */
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { type DataBlock, type Model } from '../model/model.js';

/** WMI finds a block by its GUID alone, so one provider cannot serve two under one GUID. */
export function sharedGuids({ blocks }: Model): readonly Diagnostic[] {
  const first = new Map<string, DataBlock>();
  return blocks.flatMap((block) => {
    if (block.guid === undefined || block.role === 'structure') return [];
    const earlier = first.get(block.guid);
    if (earlier === undefined) {
      first.set(block.guid, block);
      return [];
    }
    return diagnostic(
      'MOF3204',
      block.class.location,
      `a provider cannot register '${block.name}' and '${earlier.name}' under one GUID`,
      {
        help: `choose the classes that the provider has, one of the two among them: --class ${block.name}`,
        related: [{ location: earlier.class.location, message: 'the other class' }],
      },
    );
  });
}
