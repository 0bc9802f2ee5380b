/**
 * The view of the driver's part of the header: structures, what a driver calls, and what it implements.
 *
 * Each driver model adds the functions of its own.
 */
import { type DataBlock } from '../../model/model.js';
import { isWritable } from '../../model/set-rules.js';
import { commentText } from '../c/text.js';
import { sharedBlockView } from './block-view.js';
import { hasTimes } from './empty-values.js';
import { yourFile } from './file-heads.js';
import { mofResource } from './file-names.js';
import { type Flavor } from './flavor.js';
import { type FunctionView, plainFunction } from './function-view.js';
import { type SizeMacro } from './naming.js';
import { type ProviderMacros, type ProviderPlan, providerMacros } from './plan.js';
import { keepsValues } from './requirements.js';
import { type StructView, structViews } from './structs-view.js';

export interface DeclaredFunction extends FunctionView {
  /** Annotations in front of it. */
  readonly marks: readonly string[];
  /** The type of function that Windows has for its role; `''` where it has none. */
  readonly role: string;
  /** A name of this header for a function of the C runtime core; `''` for a function of the generated source. */
  readonly alias: string;
}

/** A type of the C runtime core by the names of this header. */
export interface TypeView {
  readonly comment: readonly string[];
  readonly base: string;
  readonly type: string;
  readonly pointer: string;
}

export interface DeclarationsView extends ProviderMacros {
  readonly hasTimes: boolean;
  /** The driver has a binary MOF of its own. */
  readonly hasMofResource: boolean;
  /** What its resource is called unless the build says otherwise. */
  readonly resource: string;
  readonly types: readonly TypeView[];
  readonly structs: readonly StructView[];
  readonly sizes: readonly SizeMacro[];
  readonly sections: readonly {
    readonly title: string;
    readonly notes: readonly string[];
    readonly functions: readonly DeclaredFunction[];
  }[];
}

export const PASSIVE = ['_IRQL_requires_max_(PASSIVE_LEVEL)'];
/** The same for blocks without a transport, at whatever level their caller runs. */
export const DISPATCH = ['_IRQL_requires_max_(DISPATCH_LEVEL)'];
export const CHECKED = ['_Must_inspect_result_', ...PASSIVE];

/** A function of the generated source. */
export function declared(
  name: string,
  doc: readonly string[],
  parameters: readonly string[],
  returns = 'NTSTATUS',
  marks: readonly string[] = CHECKED,
): DeclaredFunction {
  return {
    ...plainFunction(name, doc, parameters, { lines: [] }, returns),
    marks,
    role: '',
    alias: '',
  };
}

/** A function of the generated source that Windows calls. */
export function declaredRole(
  name: string,
  doc: readonly string[],
  role: string,
  marks: readonly string[],
): DeclaredFunction {
  return { ...declared(name, doc, [], '', marks), role };
}

/** A function of the user's file. */
export function implemented(view: FunctionView, flavor: Flavor): DeclaredFunction {
  const marks = flavor.callerMemory === true ? DISPATCH : PASSIVE;
  return { ...view, marks, role: '', alias: '' };
}

/** What a driver model has in addition: types, functions to call, functions to implement. */
export interface OwnDeclarations {
  readonly types?: readonly TypeView[];
  readonly calls: readonly DeclaredFunction[];
  /** What of one instance runs at the same time, where that is not what locks of the core make of it. */
  readonly notes?: readonly string[];
  /** In front of those of the blocks. */
  readonly implementations?: readonly FunctionView[];
  /** In front of the other functions of the block. */
  blockImplementations?(block: DataBlock): readonly FunctionView[];
}

export function declarationsView(
  plan: ProviderPlan,
  flavor: Flavor,
  own: OwnDeclarations,
): DeclarationsView {
  const { model, context, names, blocks } = plan;
  return {
    ...providerMacros(names),
    hasMofResource: context.options.noMofResource !== true,
    resource: mofResource(context.options),
    // Whether emitted code mentions a datetime without a value.
    hasTimes: model.blocks.some(
      (block) => hasTimes(block.data) || block.methods.some(({ output }) => hasTimes(output)),
    ),
    types: own.types ?? [],
    structs: structViews(model, names),
    sizes: names.sizeMacros,
    sections: [
      { title: 'What your driver calls', notes: aliasNotes(own.calls), functions: own.calls },
      {
        title: `What your driver implements, in ${yourFile(context)}`,
        notes: own.notes ?? concurrencyNotes(plan),
        functions: [
          ...(own.implementations ?? []),
          ...blocks.flatMap((block) => [
            ...(own.blockImplementations?.(block) ?? []),
            ...sharedBlockView(block, names, flavor).functions,
          ]),
        ].map((view) => implemented(view, flavor)),
      },
    ],
  };
}

function aliasNotes(calls: readonly DeclaredFunction[]): string[] {
  return calls.every(({ alias }) => alias === '')
    ? []
    : [
        'Functions whose names begin with Mofgen are those of the C core; a macro gives each a name of this MOF file.',
      ];
}

/** How many instances there are after the initialization. */
export function firstInstances({ registered }: ProviderPlan): string {
  const without = registered.filter(({ choices }) => choices.startsEmpty);
  return without.length === 0
    ? 'Each has one instance then.'
    : `Each has one instance then, except ${without.map(({ name }) => commentText(name)).join(', ')}.`;
}

/** What a driver model adds to the comments of the functions that add and delete an instance. */
export interface CallNotes {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * The functions to call that are not of one driver model alone. `owner` declares the parameter that stands for the device
 * and all its instances.
 */
export function sharedCalls(
  plan: ProviderPlan,
  flavor: Flavor,
  owner: string,
  notes: CallNotes = { add: [], remove: [] },
): DeclaredFunction[] {
  const { names, registered, blocks, events, lock, unlock, locks } = plan;
  const { words } = names;
  const instance = `_In_ ${flavor.instance} ${words.instance}`;
  return [
    ...registered.flatMap((block) => {
      const api = names.block(block);
      const name = commentText(block.name);
      const addDoc = [
        blocks.includes(block)
          ? `Adds a further instance of ${name}, with a context of its own.`
          : `Adds a further instance of ${name}.`,
        ...notes.add,
      ];
      const added = `_Out_ ${pointerTo(flavor.instance, words.instance)}`;
      return [
        declared(api.add, addDoc, [owner, added]),
        declared(
          api.removeInstance,
          [
            `Deletes an instance of ${name}. Requests that have started are completed as usual.`,
            ...notes.remove,
          ],
          [instance],
          'NTSTATUS',
          PASSIVE,
        ),
        declared(
          api.instance,
          [
            `Returns the oldest instance of ${name}, NULL when there is none. It takes no reference: use it where nothing`,
            'removes the instance meanwhile.',
          ],
          [owner],
          flavor.instance,
          ['_Ret_maybenull_', ...PASSIVE],
        ),
      ];
    }),
    ...(locks
      ? [
          {
            ...declared(
              'MofgenWmiLock',
              [
                'Takes the lock under which Query and Set of an instance run, to read or change its values elsewhere, as in a method.',
                'Its owner may take it again. It is not held while a method or Collect runs, so a method may wait for another thread',
                'that takes it.',
              ],
              [instance],
              'VOID',
              [`_Acquires_lock_(${words.instance})`, ...PASSIVE],
            ),
            alias: lock,
          },
          {
            ...declared('MofgenWmiUnlock', [], [instance], 'VOID', [
              `_Releases_lock_(${words.instance})`,
              ...PASSIVE,
            ]),
            alias: unlock,
          },
        ]
      : []),
    ...events.flatMap((block) => {
      const api = names.block(block);
      const name = commentText(block.name);
      const data =
        block.data.items.length === 0 ? [] : [`_In_ const ${api.values.type} *${words.data}`];
      return [
        declared(api.fireFrom, [`Sends ${name} from one of its instances.`], [instance, ...data]),
        declared(api.fire, [`Sends ${name} from its oldest instance.`], [owner, ...data]),
      ];
    }),
    ...blocks.filter(keepsValues).flatMap((block) => keepers(block, plan, flavor)),
  ];
}

/** What stores values of varying length, in pool or in a buffer of the driver. */
export function keepers(
  block: DataBlock,
  { names }: ProviderPlan,
  flavor: Flavor,
): DeclaredFunction[] {
  const { words } = names;
  const api = names.block(block);
  const kept = `_Inout_ ${api.values.type} **${words.kept}`;
  const inBuffer = flavor.callerMemory === true;
  const keep = declared(
    api.keep,
    [
      `Stores values of ${commentText(block.name)} with all they point to, empty ones when Data is NULL. When it fails, nothing`,
      isWritable(block)
        ? 'has changed. With Changed only the members that are TRUE there are stored.'
        : 'has changed.',
      ...(inBuffer
        ? [
            'They lie in Buffer, which is the same at each call: in one half the old ones, in the other one the new ones.',
          ]
        : []),
    ],
    [
      ...(inBuffer
        ? [
            `_Inout_updates_bytes_(${words.bufferSize}) PVOID ${words.buffer}`,
            `_In_ ULONG ${words.bufferSize}`,
          ]
        : []),
      kept,
      `_In_opt_ const ${api.values.type} *${words.data}`,
      ...(isWritable(block) ? [`_In_opt_ const ${api.changed} *${words.changed}`] : []),
    ],
    'NTSTATUS',
    inBuffer ? ['_Must_inspect_result_', ...DISPATCH] : CHECKED,
  );
  return inBuffer
    ? [keep]
    : [
        keep,
        declared(
          api.release,
          [`Frees what ${api.keep} has stored, and sets *Kept to NULL.`],
          [kept],
          'VOID',
          PASSIVE,
        ),
      ];
}

function pointerTo(type: string, name: string): string {
  return `${type} *${name}`;
}

/** What of one instance runs at the same time. */
function concurrencyNotes({ blocks, locksBlock }: ProviderPlan): string[] {
  if (blocks.length === 0) return [];
  const named = (some: readonly DataBlock[]): string =>
    some.length === blocks.length
      ? ''
      : ` (${some.map(({ name }) => commentText(name)).join(', ')})`;
  const locked = blocks.filter(locksBlock);
  const free = blocks.filter((block) => !locksBlock(block));
  const all = locked.filter(({ choices }) => choices.locksMethods);
  return [
    ...(locked.length === 0
      ? []
      : [
          `Query and Set of one instance${named(locked)} run one after the other, under its lock. Methods and Collect may run at the`,
          'same time: they take the lock for the values that they share.',
        ]),
    ...(all.length === 0
      ? []
      : [
          `Methods run under the lock too${named(all)}: they must not wait for a thread that takes it.`,
        ]),
    ...(free.length === 0
      ? []
      : [
          `The functions of one instance${named(free)} may all run at the same time: no lock is held.`,
        ]),
  ];
}
