/**
 * Which parts of the request handlers a file needs: what is not needed is not emitted, and no compiler warns of it.
 *
 * It reads the model and must not know names or text.
 */
import { type DataBlock, type Method, type Model, type WireRecord } from '../../model/model.js';
import { isWritable, keptCounts, setItemRule } from '../../model/set-rules.js';

export interface Requirements {
  /** Some record varies in length. */
  readonly walks: boolean;
  /** Some record of varying length is read. */
  readonly reads: boolean;
  /** Some item can be set. */
  readonly writes: boolean;
  /** Some block of varying length keeps its values in pool. */
  readonly keeps: boolean;
  readonly hasRules: boolean;
  readonly keepsCounts: boolean;
  readonly hasMethods: boolean;
  readonly walksInput: boolean;
  readonly commits: boolean;
  readonly hasBlocks: boolean;
  readonly hasEvents: boolean;
  readonly hasExpensive: boolean;
  /** Whole records are read: by set-instance requests and methods. */
  readonly decodes: boolean;
}

export function requirements(model: Model): Requirements {
  const blocks = model.blocks.filter(({ role }) => role === 'dataBlock');
  const events = model.blocks.filter(({ role }) => role === 'event');
  const methods = blocks.flatMap((block) => block.methods);
  const writable = blocks.filter(isWritable);
  const records = [
    ...[...blocks, ...events].map(({ data }) => data),
    ...methods.flatMap(({ input, output }) => [input, output]),
  ];
  const keeps = blocks.some(keepsValues);
  const walks = records.some(isWalked);
  const decodes = writable.length > 0 || methods.length > 0;
  const walksInput = methods.some(({ input }) => isWalked(input));
  return {
    walks,
    reads: keeps || (walks && decodes),
    writes: writable.length > 0,
    keeps,
    hasRules: writable.some((block) =>
      block.data.items.some(
        (item) => !['free', 'readOnly'].includes(setItemRule(block, item).kind),
      ),
    ),
    keepsCounts: writable.some((block) => keptCounts(block).length > 0),
    hasMethods: methods.length > 0,
    walksInput,
    commits: methods.some(hasCommit),
    hasBlocks: blocks.length > 0,
    hasEvents: events.length > 0,
    hasExpensive: blocks.some(({ expensive }) => expensive),
    decodes,
  };
}

/** Whether a reader has to walk the record to find its items. */
export function isWalked({ layout }: WireRecord): boolean {
  return layout.kind !== 'fixed';
}

/** Whether the size of the output is known only once it is there, so that the effect has to wait for it. */
export function hasCommit({ output }: Method): boolean {
  return output.layout.size === undefined;
}

/** Whether its values have pointers, so that keeping them takes pool. */
export function keepsValues({ data }: DataBlock): boolean {
  return data.layout.kind === 'variable';
}
