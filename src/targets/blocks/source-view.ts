/**
 * The view of the generated source of blocks without a transport: their functions and table, and what the driver calls.
 *
 * Access and sizes are read from the model; the request handlers are those of src/targets/provider.
 */
import { type DataBlock } from '../../model/model.js';
import { type CFunction, handOnFunction, residentFor } from '../provider/c-function.js';
import { type SharedSourceView, sharedSourceView } from '../provider/source-view.js';
import { type BlocksNames, type BlocksPlan } from './plan.js';

export interface SourceView extends SharedSourceView, BlocksNames {
  readonly calls: readonly CFunction[];
}

/** `undefs` are macros of the header that the source has as names of its own. */
export function blocksSourceView(plan: BlocksPlan, undefs: readonly string[]): SourceView {
  const { names, own, events } = plan;
  const { device } = names.localNames;
  const encoders = events
    .filter(({ data }) => data.items.length > 0)
    .map((event) => encodeFunction(event, plan));
  const initialize = handOnFunction(
    names.initialize,
    'NTSTATUS',
    [`PVOID ${device}`],
    `return MofgenBlocksCreate(&${own.blocks}, ${device});`,
  );
  return sourceOf(plan, undefs, [initialize, ...encoders]);
}

/** With the calls of a transport. */
export function sourceOf(
  plan: BlocksPlan,
  undefs: readonly string[],
  calls: readonly CFunction[],
): SourceView {
  const { names, own, driverModel } = plan;
  return {
    ...sharedSourceView(
      plan,
      driverModel,
      (block) => [`.Create = ${names.block(block).create},`],
      undefs,
    ),
    ...own,
    calls: residentFor(calls, driverModel),
  };
}

function encodeFunction(
  event: DataBlock,
  { names, encode, blocksParameters: { used } }: BlocksPlan,
): CFunction {
  const { localNames } = names;
  const api = names.block(event);
  return handOnFunction(
    encode(event),
    'NTSTATUS',
    [
      `const ${api.values.type} *${localNames.data}`,
      `ULONG ${localNames.bufferSize}`,
      `PVOID ${localNames.buffer}`,
      `ULONG *${used}`,
    ],
    `return MofgenEncode(${api.functions.write}, ${localNames.data}, ${localNames.bufferSize}, ${localNames.buffer}, ${used});`,
  );
}
