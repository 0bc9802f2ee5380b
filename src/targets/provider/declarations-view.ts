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
import { type DriverModel, isNamed, startsEmpty } from './driver-model.js';
import { type FunctionView, plainFunction } from './function-view.js';
import { type SizeMacro } from './naming.js';
import { type ProviderMacros, type ProviderPlan, providerMacros } from './plan.js';
import { storesValues } from './requirements.js';
import { type StructView, structViews } from './structs-view.js';

export interface DeclaredFunction extends FunctionView {
  /** Annotations before it. */
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
  /** The default name of its resource. */
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
export const CHECKED = ['_Must_inspect_result_', ...PASSIVE];

/** The annotation of functions with the highest level at which a driver model calls them and the driver may. */
export function levelMarks({ callerMemory, deviceLevel }: DriverModel): readonly string[] {
  if (callerMemory !== true) return PASSIVE;
  return deviceLevel === true ? [] : ['_IRQL_requires_max_(DISPATCH_LEVEL)'];
}

/** The same for functions whose result has to be checked. */
export function checkedMarks(driverModel: DriverModel): readonly string[] {
  return ['_Must_inspect_result_', ...levelMarks(driverModel)];
}

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
export function implemented(view: FunctionView, driverModel: DriverModel): DeclaredFunction {
  return { ...view, marks: levelMarks(driverModel), role: '', alias: '' };
}

/** Additions of a driver model: types, functions to call, functions to implement. */
export interface OwnDeclarations {
  readonly types?: readonly TypeView[];
  readonly calls: readonly DeclaredFunction[];
  /** Notes on concurrency, if they differ from those of the core's locks. */
  readonly notes?: readonly string[];
  /** Before those of the blocks. */
  readonly implementations?: readonly FunctionView[];
  /** Before the other functions of the block. */
  blockImplementations?(block: DataBlock): readonly FunctionView[];
}

export function declarationsView(
  plan: ProviderPlan,
  driverModel: DriverModel,
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
            ...sharedBlockView(block, names, driverModel).functions,
          ]),
        ].map((view) => implemented(view, driverModel)),
      },
    ],
  };
}

function aliasNotes(calls: readonly DeclaredFunction[]): string[] {
  return calls.every(({ alias }) => alias === '')
    ? []
    : [
        'Functions whose names begin with Mofgen are in the C core; a macro gives each a name for this MOF file.',
      ];
}

/** How many instances there are after the initialization. */
export function firstInstances({ registered }: ProviderPlan, driverModel: DriverModel): string {
  const without = registered.filter((block) => startsEmpty(block, driverModel));
  return without.length === 0
    ? 'Each starts with one instance.'
    : `Each starts with one instance, except ${without.map(({ name }) => commentText(name)).join(', ')}.`;
}

/** Notes of a driver model on the functions that add and delete an instance. */
export interface CallNotes {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * The functions to call that several driver models have. `owner` declares the parameter for the device and all its instances.
 */
export function sharedCalls(
  plan: ProviderPlan,
  driverModel: DriverModel,
  owner: string,
  notes: CallNotes = { add: [], remove: [] },
): DeclaredFunction[] {
  const { names, registered, blocks, events, lock, unlock, locks } = plan;
  const { localNames } = names;
  const instance = `_In_ ${driverModel.instance} ${localNames.instance}`;
  return [
    ...registered.flatMap((block) => {
      const api = names.block(block);
      const name = commentText(block.name);
      const addDoc = [
        blocks.includes(block)
          ? `Adds an instance of ${name}, with its own context.`
          : `Adds an instance of ${name}.`,
        ...notes.add,
      ];
      const added = `_Out_ ${pointerTo(driverModel.instance, localNames.instance)}`;
      const named = `_In_ PCUNICODE_STRING ${driverModel.nameParameter ?? ''}`;
      return [
        isNamed(block, driverModel)
          ? declared(api.add, namedDoc(block, notes), [owner, named, added])
          : declared(api.add, addDoc, [owner, added]),
        declared(
          api.removeInstance,
          [
            `Deletes an instance of ${name}, without waiting for requests in progress; its context is freed after the last one.`,
            ...notes.remove,
          ],
          [instance],
          'NTSTATUS',
          PASSIVE,
        ),
        declared(
          api.instance,
          [
            `Returns the oldest instance of ${name}, or NULL. It takes no reference: make sure that the instance is not removed`,
            'concurrently.',
          ],
          [owner],
          driverModel.instance,
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
                'Acquires the instance lock, under which Query and Set run. Use it to access the values of an instance elsewhere, such as in',
                'a method. The lock is recursive. It is not held while a method or Collect runs, so those may wait for a thread that',
                'acquires it.',
              ],
              [instance],
              'VOID',
              [`_Acquires_lock_(${localNames.instance})`, ...PASSIVE],
            ),
            alias: lock,
          },
          {
            ...declared('MofgenWmiUnlock', [], [instance], 'VOID', [
              `_Releases_lock_(${localNames.instance})`,
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
        block.data.items.length === 0 ? [] : [`_In_ const ${api.values.type} *${localNames.data}`];
      return [
        declared(api.fireFrom, [`Sends ${name} from one of its instances.`], [instance, ...data]),
        declared(api.fire, [`Sends ${name} from its oldest instance.`], [owner, ...data]),
      ];
    }),
    ...blocks.filter(storesValues).flatMap((block) => storeDeclarations(block, plan, driverModel)),
  ];
}

/** The comment of the function that adds an instance with a name from the driver. */
function namedDoc({ name, choices }: DataBlock, notes: CallNotes): string[] {
  return [
    `Adds an instance of ${commentText(name)}, with its own context. The name is copied. STATUS_OBJECT_NAME_COLLISION when another`,
    'instance has the name; names are case-insensitive.',
    ...(choices.naming === 'static'
      ? notes.add
      : ['WMI is not notified: dynamic names are not registered.']),
  ];
}

/** The functions that store values of varying length, in pool or in a buffer of the driver. */
export function storeDeclarations(
  block: DataBlock,
  { names }: ProviderPlan,
  driverModel: DriverModel,
): DeclaredFunction[] {
  const { localNames } = names;
  const api = names.block(block);
  const stored = `_Inout_ ${api.values.type} **${localNames.stored}`;
  const inBuffer = driverModel.callerMemory === true;
  const update = declared(
    api.updateStored,
    [
      `Replaces the stored values of ${commentText(block.name)} by a copy of Data and of the data that it points to.`,
      ...(isWritable(block)
        ? ['If Changed is not NULL, replaces only the members that are TRUE in it.']
        : []),
      'If Data is NULL, stores empty values unless values are stored. On failure nothing changes.',
      ...(inBuffer
        ? [
            'Buffer must be the same in every call: one half holds the stored values, the other half receives the new ones.',
          ]
        : []),
    ],
    [
      ...(inBuffer
        ? [
            `_Inout_updates_bytes_(${localNames.bufferSize}) PVOID ${localNames.buffer}`,
            `_In_ ULONG ${localNames.bufferSize}`,
          ]
        : []),
      stored,
      `_In_opt_ const ${api.values.type} *${localNames.data}`,
      ...(isWritable(block) ? [`_In_opt_ const ${api.changed} *${localNames.changed}`] : []),
    ],
    'NTSTATUS',
    checkedMarks(driverModel),
  );
  return inBuffer
    ? [update]
    : [
        update,
        declared(
          api.freeStored,
          [
            `Frees the values that ${api.updateStored} stored, and sets *${localNames.stored} to NULL.`,
          ],
          [stored],
          'VOID',
          PASSIVE,
        ),
      ];
}

function pointerTo(type: string, name: string): string {
  return `${type} *${name}`;
}

/** Which functions of blocks with a lock run without it; blocks that lock their methods have a note of their own. */
function unlockedNote(locked: readonly DataBlock[]): string[] {
  const hasMethods = locked.some(
    ({ choices, methods }) => methods.length > 0 && !choices.locksMethods,
  );
  const functions = [
    ...(hasMethods ? ['Methods'] : []),
    ...(locked.some(({ expensive }) => expensive) ? ['Collect'] : []),
  ];
  return functions.length === 0
    ? []
    : [
        `${functions.join(' and ')} may run concurrently, and must acquire the lock to access shared values.`,
      ];
}

/** Which functions of one instance may run concurrently. */
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
          `Query and Set of one instance${named(locked)} are serialized by its lock.`,
          ...unlockedNote(locked),
        ]),
    ...(all.length === 0
      ? []
      : [
          `Methods run under the lock, too${named(all)}: they must not wait for a thread that acquires it.`,
        ]),
    ...(free.length === 0
      ? []
      : [`The functions of one instance${named(free)} may run concurrently: no lock is held.`]),
  ];
}
