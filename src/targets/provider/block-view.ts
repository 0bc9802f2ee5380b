/**
 * What a driver has of a data block in emitted C: the functions that it implements, with their first bodies.
 *
 * The driver models add their callbacks. Access and sizes are read from the model.
 */
import { type DataBlock, type Method, type WireItem } from '../../model/model.js';
import { isWritable, writableItems } from '../../model/set-rules.js';
import { writtenPlace } from '../../source/composition.js';
import { commentText } from '../c/text.js';
import { type Flavor } from './flavor.js';
import { type FunctionView, plainFunction, unreferenced } from './function-view.js';
import { methodViews } from './methods-view.js';
import { type BlockApi, type ProviderNames, type Words } from './naming.js';
import { keepsValues } from './requirements.js';
import { hasDefaults, pointsToConstants, startLines } from './starting-values.js';
import { isScalar } from './value-structs.js';

/** What every driver model prints of a block. */
export interface SharedBlockView {
  readonly name: string;
  /** The user's functions, in the order of the file. */
  readonly functions: readonly FunctionView[];
}

/** The user's part of one block, as it is first written. */
export interface SkeletonBlockView {
  readonly name: string;
  readonly context: string;
  readonly contextOf: string;
  /** The members of the context. */
  readonly members: readonly string[];
  readonly keeps: boolean;
  readonly release: string;
}

export function sharedBlockView(
  block: DataBlock,
  names: ProviderNames,
  flavor: Flavor,
): SharedBlockView {
  const api = names.block(block);
  const methods = block.methods.flatMap((method) =>
    methodViews(block, method, names, flavor, declaredIn(method)),
  );
  return {
    name: commentText(block.name),
    functions: userFunctions(block, api, names, flavor, methods),
  };
}

export function skeletonBlockView(block: DataBlock, names: ProviderNames): SkeletonBlockView {
  const api = names.block(block);
  const data =
    block.data.items.length === 0
      ? ['ULONG Reserved; // a place for what an instance needs']
      : [`${api.values.type} ${keepsValues(block) ? '*' : ''}${names.words.data};`];
  return {
    name: commentText(block.name),
    context: api.context,
    contextOf: api.contextOf,
    members: data,
    keeps: keepsValues(block),
    release: api.release,
  };
}

function userFunctions(
  block: DataBlock,
  api: BlockApi,
  names: ProviderNames,
  flavor: Flavor,
  methods: readonly FunctionView[],
): FunctionView[] {
  const hasData = block.data.items.length > 0;
  return [
    createFunction(block, api, names, flavor),
    ...deleteFunction(block, api, names, flavor),
    ...(hasData ? [queryFunction(block, api, names, flavor)] : []),
    ...(isWritable(block) ? [setFunction(block, api, names, flavor)] : []),
    ...methods,
    ...(block.expensive ? [collectFunction(block, api, names, flavor)] : []),
  ];
}

function contextLocal(api: BlockApi, { context, instance }: Words): string {
  return `${api.context} *${context} = ${api.contextOf}(${instance});`;
}

function createFunction(
  block: DataBlock,
  api: BlockApi,
  names: ProviderNames,
  flavor: Flavor,
): FunctionView {
  const { words } = names;
  const { ownContext } = flavor;
  const doc = [
    `Initializes a new ${commentText(block.name)} instance, before it is registered with WMI.`,
  ];
  const first = firstValues(block, api, names, flavor);
  const resets = flavor.callerMemory === true;
  const usesContext = ownContext !== undefined || resets || first.usesContext;
  const local =
    ownContext === undefined
      ? contextLocal(api, words)
      : `${api.context} *${words.context} = (${api.context} *)${ownContext.allocate}(sizeof(*${words.context}));`;
  const made =
    ownContext === undefined
      ? resets
        ? [`RtlZeroMemory(${words.context}, sizeof(*${words.context}));`]
        : []
      : [
          `if (${words.context} == NULL)`,
          '{',
          '    return STATUS_INSUFFICIENT_RESOURCES;',
          '}',
          `${ownContext.of(words.instance)} = ${words.context};`,
        ];
  return plainFunction(api.create, doc, [`_In_ ${flavor.instance} ${words.instance}`], {
    locals: [...(usesContext ? [local] : []), ...(first.locals ?? [])],
    lines: [...(usesContext ? made : [...unreferenced([words.instance]), '']), ...first.lines],
  });
}

/** What undoes the creation of an instance; the framework does that itself. */
function deleteFunction(
  block: DataBlock,
  api: BlockApi,
  { words }: ProviderNames,
  { instance, ownContext }: Flavor,
): FunctionView[] {
  if (ownContext === undefined) return [];
  const release = keepsValues(block)
    ? [`    ${api.release}(&${words.context}->${words.data});`]
    : [];
  return [
    plainFunction(
      api.remove,
      [
        `Frees what ${api.create} has allocated for an instance. It also runs after a ${api.create} that failed.`,
      ],
      [`_In_ ${instance} ${words.instance}`],
      {
        locals: [contextLocal(api, words)],
        lines: [
          `if (${words.context} != NULL)`,
          '{',
          ...release,
          `    ${ownContext.free}(${words.context});`,
          '}',
        ],
      },
      'VOID',
    ),
  ];
}

interface FirstValues {
  readonly usesContext: boolean;
  readonly locals?: readonly string[];
  readonly lines: readonly string[];
}

/** The statements that fill a zeroed context and return. */
function firstValues(
  block: DataBlock,
  api: BlockApi,
  names: ProviderNames,
  flavor: Flavor,
): FirstValues {
  const { words } = names;
  if (keepsValues(block)) return firstKeptValues(block, api, names, flavor);
  const at = `${words.context}->${words.data}.`;
  const lines = startLines(block.data, api.values, at, 0, { names, fillsTimes: true });
  return {
    usesContext: lines.length > 0,
    lines: [
      ...(flavor.callerMemory === true ? [] : ['// The context starts as zeros.']),
      ...lines,
      'return STATUS_SUCCESS;',
    ],
  };
}

/** The call that keeps values of a context, up to the values. */
function keepCall({ keep }: BlockApi, { context, data }: Words, { callerMemory }: Flavor): string {
  const place = `&${context}->${data}, `;
  return callerMemory === true
    ? `${keep}(${context}->Store, sizeof(${context}->Store), ${place}`
    : `${keep}(${place}`;
}

/** The same for values that are kept: empty ones are made first, then changed, then copied with the constants they point to. */
function firstKeptValues(
  block: DataBlock,
  api: BlockApi,
  names: ProviderNames,
  flavor: Flavor,
): FirstValues {
  const { context, data, status } = names.words;
  const changed = isWritable(block) ? ', NULL' : '';
  const kept = `${context}->${data}`;
  const keep = keepCall(api, names.words, flavor);
  const empty = `${keep}NULL${changed})`;
  if (!hasDefaults(block.data)) return { usesContext: true, lines: [`return ${empty};`] };
  return {
    usesContext: true,
    locals: [`NTSTATUS ${status};`],
    lines: [
      `${status} = ${empty};`,
      `if (!NT_SUCCESS(${status}))`,
      '{',
      `    return ${status};`,
      '}',
      ...startLines(block.data, api.values, `${kept}->`, 0, { names, fillsTimes: false }),
      ...(pointsToConstants(block.data)
        ? [
            '// What pointers point to becomes a copy that the instance owns.',
            `return ${keep}${kept}${changed});`,
          ]
        : ['return STATUS_SUCCESS;']),
    ],
  };
}

function queryFunction(
  block: DataBlock,
  api: BlockApi,
  { words }: ProviderNames,
  flavor: Flavor,
): FunctionView {
  const keeps = keepsValues(block);
  const doc = [
    `Returns the current values of a ${commentText(block.name)} instance.`,
    ...(keeps
      ? flavor.callerMemory === true
        ? [
            'What their pointers point to must stay valid until the call that asked for them returns, which no lock of the core sees',
            'to: nobody else may change it meanwhile.',
          ]
        : ['What their pointers point to must stay valid until the request is complete.']
      : []),
    ...(block.data.items.some(({ access }) => access === 'write-only')
      ? ['Write-only items are shown as zeros, whatever is stored here.']
      : []),
  ];
  return plainFunction(
    api.query,
    doc,
    [`_In_ ${flavor.instance} ${words.instance}`, `_Out_ ${api.values.type} *${words.data}`],
    {
      locals: [contextLocal(api, words)],
      lines: [
        `*${words.data} = ${keeps ? '*' : ''}${words.context}->${words.data};`,
        'return STATUS_SUCCESS;',
      ],
    },
  );
}

function setFunction(
  block: DataBlock,
  api: BlockApi,
  { words }: ProviderNames,
  flavor: Flavor,
): FunctionView {
  const doc = [
    'Makes all the changes and succeeds, or makes none and fails. Only members that are TRUE in Changed have a',
    ...(keepsValues(block)
      ? flavor.callerMemory === true
        ? ['value in Data; what pointers there point to is gone when the call returns.']
        : ['value in Data; what pointers there point to is freed when the request is complete.']
      : ['value in Data.']),
  ];
  const parameters = [
    `_In_ ${flavor.instance} ${words.instance}`,
    `_In_ const ${api.values.type} *${words.data}`,
    `_In_ const ${api.changed} *${words.changed}`,
  ];
  if (keepsValues(block)) {
    return plainFunction(api.set, doc, parameters, {
      locals: [contextLocal(api, words)],
      lines: [`return ${keepCall(api, words, flavor)}${words.data}, ${words.changed});`],
    });
  }
  const writable = writableItems(block);
  return plainFunction(api.set, doc, parameters, {
    locals: [contextLocal(api, words)],
    lines: [
      ...writable.flatMap((item) => [
        `if (${words.changed}->${api.changedMember(item)})`,
        '{',
        `    ${assignment(item, api.values.member(item), words)}`,
        '}',
      ]),
      'return STATUS_SUCCESS;',
    ],
  });
}

function assignment(item: WireItem, member: string, { context, data }: Words): string {
  const isStructure = item.count.kind === 'scalar' && item.type.kind === 'structure';
  const kept = `${context}->${data}.${member}`;
  const given = `${data}->${member}`;
  return isScalar(item) || isStructure
    ? `${kept} = ${given};`
    : `RtlCopyMemory(${kept}, ${given}, sizeof(${kept}));`;
}

function collectFunction(
  block: DataBlock,
  api: BlockApi,
  { words }: ProviderNames,
  flavor: Flavor,
): FunctionView {
  return plainFunction(
    api.collect,
    [
      `Starts (Enable is TRUE) and stops the collection of ${commentText(block.name)} data: called for its first consumer, and after`,
      'its last one.',
    ],
    [`_In_ ${flavor.device} ${words.device}`, `_In_ BOOLEAN ${words.enable}`],
    { lines: [...unreferenced([words.device, words.enable]), '', 'return STATUS_SUCCESS;'] },
  );
}

/** `toaster.mof`: without the line, which changes with every line added above it. */
function declaredIn({ location }: Method): string {
  return commentText(writtenPlace(location).source.name.replace(/^.*[\\/]/s, ''));
}
