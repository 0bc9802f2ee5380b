/**
 * What a driver has of a data block in emitted C: the functions that it implements, with their first bodies.
 *
 * The driver models add their callbacks. Access and sizes are read from the model.
 */
import { type DataBlock, type Method, type WireItem } from '../../model/model.js';
import { isWritable, writableItems } from '../../model/set-rules.js';
import { writtenPlace } from '../../text/composition.js';
import { commentText } from '../c/text.js';
import { type DriverModel } from './driver-model.js';
import { type FunctionView, plainFunction, unreferenced } from './function-view.js';
import { methodViews } from './methods-view.js';
import { type BlockApi, type ProviderNames, type LocalNames } from './naming.js';
import { storesValues } from './requirements.js';
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
  readonly storesValues: boolean;
  readonly freeStored: string;
}

export function sharedBlockView(
  block: DataBlock,
  names: ProviderNames,
  driverModel: DriverModel,
): SharedBlockView {
  const api = names.block(block);
  const methods = block.methods.flatMap((method) =>
    methodViews(block, method, names, driverModel, declaredIn(method)),
  );
  return {
    name: commentText(block.name),
    functions: userFunctions(block, api, names, driverModel, methods),
  };
}

export function skeletonBlockView(block: DataBlock, names: ProviderNames): SkeletonBlockView {
  const api = names.block(block);
  const data =
    block.data.items.length === 0
      ? ['ULONG Reserved; // replace with the data of an instance']
      : [`${api.values.type} ${storesValues(block) ? '*' : ''}${names.localNames.data};`];
  return {
    name: commentText(block.name),
    context: api.context,
    contextOf: api.contextOf,
    members: data,
    storesValues: storesValues(block),
    freeStored: api.freeStored,
  };
}

function userFunctions(
  block: DataBlock,
  api: BlockApi,
  names: ProviderNames,
  driverModel: DriverModel,
  methods: readonly FunctionView[],
): FunctionView[] {
  const hasData = block.data.items.length > 0;
  return [
    createFunction(block, api, names, driverModel),
    ...deleteFunction(block, api, names, driverModel),
    ...(hasData ? [queryFunction(block, api, names, driverModel)] : []),
    ...(isWritable(block) ? [setFunction(block, api, names, driverModel)] : []),
    ...methods,
    ...(block.expensive && driverModel.wholeBlocks !== true
      ? [collectFunction(block, api, names, driverModel)]
      : []),
  ];
}

function contextLocal(api: BlockApi, { context, instance }: LocalNames): string {
  return `${api.context} *${context} = ${api.contextOf}(${instance});`;
}

function createFunction(
  block: DataBlock,
  api: BlockApi,
  names: ProviderNames,
  driverModel: DriverModel,
): FunctionView {
  const { localNames } = names;
  const { ownContext } = driverModel;
  const doc = [
    `Initializes a new ${commentText(block.name)} instance, before it is registered with WMI.`,
  ];
  const first = firstValues(block, api, names, driverModel);
  const resets = driverModel.callerMemory === true;
  const usesContext = ownContext !== undefined || resets || first.usesContext;
  const local =
    ownContext === undefined
      ? contextLocal(api, localNames)
      : `${api.context} *${localNames.context} = (${api.context} *)${ownContext.allocate}(sizeof(*${localNames.context}));`;
  const made =
    ownContext === undefined
      ? resets
        ? [`RtlZeroMemory(${localNames.context}, sizeof(*${localNames.context}));`]
        : []
      : [
          `if (${localNames.context} == NULL)`,
          '{',
          '    return STATUS_INSUFFICIENT_RESOURCES;',
          '}',
          `${ownContext.of(localNames.instance)} = ${localNames.context};`,
        ];
  return plainFunction(api.create, doc, [`_In_ ${driverModel.instance} ${localNames.instance}`], {
    locals: [...(usesContext ? [local] : []), ...(first.locals ?? [])],
    lines: [...(usesContext ? made : [...unreferenced([localNames.instance]), '']), ...first.lines],
  });
}

/** What undoes the creation of an instance; the framework does that itself. */
function deleteFunction(
  block: DataBlock,
  api: BlockApi,
  { localNames }: ProviderNames,
  { instance, ownContext }: DriverModel,
): FunctionView[] {
  if (ownContext === undefined) return [];
  const release = storesValues(block)
    ? [`    ${api.freeStored}(&${localNames.context}->${localNames.data});`]
    : [];
  return [
    plainFunction(
      api.remove,
      [`Frees the context of an instance. Also called after ${api.create} fails.`],
      [`_In_ ${instance} ${localNames.instance}`],
      {
        locals: [contextLocal(api, localNames)],
        lines: [
          `if (${localNames.context} != NULL)`,
          '{',
          ...release,
          `    ${ownContext.free}(${localNames.context});`,
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
  driverModel: DriverModel,
): FirstValues {
  const { localNames } = names;
  if (storesValues(block)) return firstStoredValues(block, api, names, driverModel);
  const at = `${localNames.context}->${localNames.data}.`;
  const lines = startLines(block.data, api.values, at, 0, { names, fillsTimes: true });
  return {
    usesContext: lines.length > 0,
    lines: [
      ...(driverModel.callerMemory === true
        ? []
        : [lines.length === 0 ? '// The context is zeroed.' : '// All other members are zero.']),
      ...lines,
      'return STATUS_SUCCESS;',
    ],
  };
}

/** The call that updates the stored values of a context, up to the argument with the values. */
function updateCall(
  { updateStored }: BlockApi,
  { context, data }: LocalNames,
  { callerMemory }: DriverModel,
): string {
  const place = `&${context}->${data}, `;
  return callerMemory === true
    ? `${updateStored}(${context}->Store, sizeof(${context}->Store), ${place}`
    : `${updateStored}(${place}`;
}

/** The same for stored values: creates empty ones, changes them, then copies the constants that they point to. */
function firstStoredValues(
  block: DataBlock,
  api: BlockApi,
  names: ProviderNames,
  driverModel: DriverModel,
): FirstValues {
  const { context, data, status } = names.localNames;
  const changed = isWritable(block) ? ', NULL' : '';
  const stored = `${context}->${data}`;
  const update = updateCall(api, names.localNames, driverModel);
  const empty = `${update}NULL${changed})`;
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
      ...startLines(block.data, api.values, `${stored}->`, 0, { names, fillsTimes: false }),
      ...(pointsToConstants(block.data)
        ? [
            '// Copy the constants, so that the instance owns all data that it points to.',
            `return ${update}${stored}${changed});`,
          ]
        : ['return STATUS_SUCCESS;']),
    ],
  };
}

function queryFunction(
  block: DataBlock,
  api: BlockApi,
  { localNames }: ProviderNames,
  driverModel: DriverModel,
): FunctionView {
  const isStored = storesValues(block);
  const doc = [
    `Returns the current values of a ${commentText(block.name)} instance.`,
    ...(isStored
      ? driverModel.callerMemory === true
        ? [
            "Memory that its pointers refer to must stay valid and unchanged until the core's call returns; the core takes no lock.",
          ]
        : ['Memory that its pointers refer to must stay valid until the request is complete.']
      : []),
    ...(block.data.items.some(({ access }) => access === 'write-only')
      ? ['Write-only items are returned to WMI as zeros.']
      : []),
  ];
  return plainFunction(
    api.query,
    doc,
    [
      `_In_ ${driverModel.instance} ${localNames.instance}`,
      `_Out_ ${api.values.type} *${localNames.data}`,
    ],
    {
      locals: [contextLocal(api, localNames)],
      lines: [
        `*${localNames.data} = ${isStored ? '*' : ''}${localNames.context}->${localNames.data};`,
        'return STATUS_SUCCESS;',
      ],
    },
  );
}

function setFunction(
  block: DataBlock,
  api: BlockApi,
  { localNames }: ProviderNames,
  driverModel: DriverModel,
): FunctionView {
  const doc = [
    'Makes all changes, or fails and makes none. Only members that are TRUE in Changed are valid in Data.',
    ...(storesValues(block)
      ? driverModel.callerMemory === true
        ? ['Memory that its pointers refer to is valid only during the call.']
        : ['Memory that its pointers refer to is freed when the request is complete.']
      : []),
  ];
  const parameters = [
    `_In_ ${driverModel.instance} ${localNames.instance}`,
    `_In_ const ${api.values.type} *${localNames.data}`,
    `_In_ const ${api.changed} *${localNames.changed}`,
  ];
  if (storesValues(block)) {
    return plainFunction(api.set, doc, parameters, {
      locals: [contextLocal(api, localNames)],
      lines: [
        `return ${updateCall(api, localNames, driverModel)}${localNames.data}, ${localNames.changed});`,
      ],
    });
  }
  const writable = writableItems(block);
  return plainFunction(api.set, doc, parameters, {
    locals: [contextLocal(api, localNames)],
    lines: [
      ...writable.flatMap((item) => [
        `if (${localNames.changed}->${api.changedMember(item)})`,
        '{',
        `    ${assignment(item, api.values.member(item), localNames)}`,
        '}',
      ]),
      'return STATUS_SUCCESS;',
    ],
  });
}

function assignment(item: WireItem, member: string, { context, data }: LocalNames): string {
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
  { localNames }: ProviderNames,
  driverModel: DriverModel,
): FunctionView {
  return plainFunction(
    api.collect,
    [
      `Starts (Enable is TRUE) or stops the collection of ${commentText(block.name)} data. Called for the first consumer and after the last.`,
    ],
    [`_In_ ${driverModel.device} ${localNames.device}`, `_In_ BOOLEAN ${localNames.enable}`],
    {
      lines: [
        ...unreferenced([localNames.device, localNames.enable]),
        '',
        'return STATUS_SUCCESS;',
      ],
    },
  );
}

/** `toaster.mof`: without the line, which changes with every line added above it. */
function declaredIn({ location }: Method): string {
  return commentText(writtenPlace(location).source.name.replace(/^.*[\\/]/s, ''));
}
