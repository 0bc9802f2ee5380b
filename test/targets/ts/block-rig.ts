/**
 * One random block on a device of its own: a provider that notes every call, and a consumer that has every right.
 */
import { withCommit } from '../../../src/runtime/block.js';
import { createKernel } from '../../../src/runtime/kernel.js';
import { type QuerySingleInstanceResult } from '../../../src/runtime/kernel/consumer.js';
import {
  WMIGUID_EXECUTE,
  WMIGUID_QUERY,
  WMIGUID_SET,
} from '../../../src/runtime/kernel/handles.js';
import { createKmdfDevice } from '../../../src/runtime/kmdf/device.js';
import { ntStatusName } from '../../../src/runtime/ntstatus.js';
import {
  type AnyProvider,
  type GeneratedBlock,
  type GeneratedModule,
  type Row,
} from './generated-module.js';
import { type RandomBlock } from './random-block.js';

/** A provider that keeps what it is given, and notes every call. */
export interface Recorder {
  readonly provider: AnyProvider;
  state: Row;
  readonly changes: Row[];
  readonly inputs: unknown[];
  commits: number;
  output: Row;
}

function recorder(generated: GeneratedBlock, { methods }: RandomBlock): Recorder {
  const { names } = generated;
  const members = methods.map(({ name }) => generated.method(name).member);
  const self: Recorder = {
    state: {},
    changes: [],
    inputs: [],
    commits: 0,
    output: {},
    provider: {
      [names.query]: () => self.state,
      [names.set]: (changes: Row) => {
        self.changes.push(changes);
        self.state = { ...self.state, ...changes };
      },
      ...Object.fromEntries(
        members.map((member) => [
          member,
          (input: unknown) => {
            self.inputs.push(input);
            return withCommit(self.output, () => {
              self.commits += 1;
            });
          },
        ]),
      ),
    },
  };
  return self;
}

export interface BlockRig extends GeneratedBlock {
  readonly own: Recorder;
  readonly query: (room: number) => QuerySingleInstanceResult;
  /** These give the status by name. */
  readonly setInstance: (bytes: readonly number[]) => string;
  readonly setItem: (id: number, bytes: readonly number[]) => string;
  readonly execute: (id: number, bytes: readonly number[], room: number) => string;
}

/** A block on a device of its own, with a consumer that has every right. */
export function rigFor(module: GeneratedModule, block: RandomBlock): BlockRig {
  const generated = module.blockOf(block.name);
  const own = recorder(generated, block);
  const kernel = createKernel({ clock: () => 1n });
  const device = createKmdfDevice(kernel, { name: 'random' });
  const others = Object.fromEntries(
    module.model.blocks
      .filter(({ role }) => role === 'dataBlock')
      .map((each) => [module.names.key(each), each === generated.block ? own.provider : []]),
  );
  const registered = module.register(device, others)[module.names.key(generated.block)];
  const name = registered?.instances[0]?.instanceName ?? '';
  const rights = WMIGUID_QUERY | WMIGUID_SET | WMIGUID_EXECUTE;
  const { dataBlockObject: object } = kernel.ioWmiOpenBlock(block.guid, rights);
  if (object === undefined) throw new Error('the block cannot be opened');
  return {
    ...generated,
    own,
    query: (room) => kernel.ioWmiQuerySingleInstance(object, name, room),
    setInstance: (bytes) =>
      ntStatusName(kernel.ioWmiSetSingleInstance(object, name, 0, Uint8Array.from(bytes))),
    setItem: (id, bytes) =>
      ntStatusName(kernel.ioWmiSetSingleItem(object, name, id, 0, Uint8Array.from(bytes))),
    execute: (id, bytes, room) =>
      ntStatusName(
        kernel.ioWmiExecuteMethod(object, name, id, Uint8Array.from(bytes), room).status,
      ),
  };
}
