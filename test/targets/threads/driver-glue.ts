// The C between program.c and the driver that is emitted for a model: its blocks, the functions that a driver calls, and
// requests for each item and method.
import { emitContext } from '../../../src/emit.js';
import { type DataBlock, type Model } from '../../../src/model/model.js';
import { guidToBytes, parseGuid } from '../../../src/runtime/guid.js';
import {
  type BlockApi,
  nameProvider,
  type ProviderNames,
} from '../../../src/targets/provider/naming.js';
import { damaged, itemBytes, random, type Random, recordBytes } from '../../c/wire-bytes.js';

export type DriverTarget = 'kmdf' | 'wdm' | 'irp';

interface Request {
  readonly minor: string;
  readonly id?: number;
  readonly bytes?: readonly number[];
  readonly room?: number;
}

/** More than the data of any sample. */
const ROOM = 2048;
const SEED = 20261128;
const ROUNDS = 4;

/** A model, and the MOF file that it is of. */
export interface Named {
  readonly model: Model;
  readonly sourceName: string;
}

/**
 * The text of the C file; it includes the emitted header. A driver without a framework may have another MOF file on the same device, which is
 * registered and gets no requests; the driver's function that finds it is here as well.
 */
export function driverGlue(
  { model, sourceName }: Named,
  target: DriverTarget,
  joined?: Named,
): string {
  const context = emitContext(sourceName);
  const names = nameProvider(model, context);
  const other = joined && nameProvider(joined.model, emitContext(joined.sourceName));
  const blocks = model.blocks.filter(({ role }) => role !== 'structure');
  const source = random(SEED);
  const requests = blocks.flatMap((block, index) =>
    requestsFor(block, source).map((request) => ({ ...request, block: index })),
  );
  const bytes = requests.map(
    ({ bytes: each = [] }, index) =>
      `static const UCHAR threads_data_${index}[] = {${[...each, 0].join(', ')}};`,
  );
  const rows = requests.map(
    ({ minor, block, id = 0, bytes: each = [], room = ROOM }, index) =>
      `    {IRP_MN_${minor}, ${block}, ${id}u, threads_data_${index}, ${each.length}, ${room}},`,
  );
  const driver = target === 'kmdf' ? kmdf(names) : device(names, other, target === 'wdm');
  return `${driver.includes}
#include "${import.meta.dirname}/program.h"

${bytes.join('\n')}

const threads_request threads_requests[] = {
${rows.join('\n')}
};
const ULONG threads_request_count = ARRAYSIZE(threads_requests);

#include "${context.base}_wmi.h"
${joined === undefined ? '' : `#include "${emitContext(joined.sourceName).base}_wmi.h"\n`}
${driver.device}
${blocks.map((block, index) => functions(names.block(block), block, index, driver)).join('\n')}
const threads_block threads_blocks[] = {
${blocks.map((block, index) => `    {${guidText(block)}, ${entries(block, index).join(', ')}},`).join('\n')}
};
const ULONG threads_block_count = ARRAYSIZE(threads_blocks);
`;
}

/** Those that succeed, and those that do not. */
function requestsFor(block: DataBlock, source: Random): Request[] {
  const control = ['ENABLE_EVENTS', 'DISABLE_EVENTS', 'ENABLE_COLLECTION', 'DISABLE_COLLECTION'];
  const queries: Request[] = [
    ...[0, 8, ROOM, ROOM].map((room) => ({ minor: 'QUERY_SINGLE_INSTANCE', room })),
    ...[64, 4 * ROOM].map((room) => ({ minor: 'QUERY_ALL_DATA', room })),
    ...control.map((minor) => ({ minor, room: 64 })),
  ];
  if (block.role === 'event') return queries;
  const writable = block.data.items.filter(({ access }) => access !== 'read-only');
  const rounds = Array.from({ length: ROUNDS }, (): Request[] => [
    ...(writable.length > 0 ? [recordBytes(block.data, source)] : []).flatMap((bytes) => [
      { minor: 'CHANGE_SINGLE_INSTANCE', bytes },
      { minor: 'CHANGE_SINGLE_INSTANCE', bytes: damaged(bytes, source) },
    ]),
    ...writable.flatMap((item) => {
      const bytes = itemBytes(item, source.below(4), source);
      return [
        { minor: 'CHANGE_SINGLE_ITEM', id: item.id, bytes },
        { minor: 'CHANGE_SINGLE_ITEM', id: item.id, bytes: damaged(bytes, source) },
      ];
    }),
    ...block.methods.flatMap(({ id, input }) => {
      const bytes = recordBytes(input, source);
      return [
        { minor: 'EXECUTE_METHOD', id, bytes },
        { minor: 'EXECUTE_METHOD', id, bytes: damaged(bytes, source) },
        { minor: 'EXECUTE_METHOD', id, bytes, room: bytes.length },
      ];
    }),
  ]);
  return [...queries, ...rounds.flat()];
}

function guidText({ name, guid }: DataBlock): string {
  const parsed = parseGuid(guid ?? '');
  if (parsed === undefined) throw new Error(`'${name}' has no GUID`);
  const bytes = Buffer.from(guidToBytes(parsed));
  const last = [...bytes.subarray(8)].join(', ');
  return `{${bytes.readUInt32LE(0)}u, ${bytes.readUInt16LE(4)}, ${bytes.readUInt16LE(6)}, {${last}}}`;
}

function entries({ role }: DataBlock, index: number): string[] {
  const isEvent = role === 'event';
  return [
    ...['add', 'remove', 'first'].map((name) => `threads_${name}_${index}`),
    isEvent ? 'NULL' : `threads_read_${index}`,
    isEvent ? `threads_fire_${index}` : 'NULL',
  ];
}

/** What differs between the driver models. */
interface DriverModel {
  readonly includes: string;
  /** The device, and `threads_start`, `threads_stop`, `threads_dispatch`. */
  readonly device: string;
  /** The device as the driver's functions take it, and the type of an instance. */
  readonly argument: string;
  readonly instance: string;
  readonly prefix: string;
}

function functions(
  api: BlockApi,
  { role, data }: DataBlock,
  index: number,
  { argument, instance, prefix }: DriverModel,
): string {
  const { type } = api.values;
  const read = `
static NTSTATUS threads_read_${index}(PVOID threads_instance)
{
    ${type} threads_values;
    NTSTATUS threads_status;
    ${prefix}WmiLock((${instance})threads_instance);
    threads_status = ${api.query}((${instance})threads_instance, &threads_values);
    ${prefix}WmiUnlock((${instance})threads_instance);
    return threads_status;
}
`;
  const sent = data.items.length > 0 ? ', &threads_values' : '';
  const fire = `
static NTSTATUS threads_fire_${index}(PVOID threads_instance)
{
${sent === '' ? '' : `    static const ${type} threads_values;\n`}    return threads_instance == NULL ? ${api.fire}(${argument}${sent})
                                    : ${api.fireFrom}((${instance})threads_instance${sent});
}
`;
  return `static NTSTATUS threads_add_${index}(PVOID *threads_instance)
{
    ${instance} threads_added;
    NTSTATUS threads_status = ${api.add}(${argument}, &threads_added);
    *threads_instance = threads_added;
    return threads_status;
}

static NTSTATUS threads_remove_${index}(PVOID threads_instance)
{
    return ${api.removeInstance}((${instance})threads_instance);
}

static PVOID threads_first_${index}(VOID)
{
    return ${api.instance}(${argument});
}
${role === 'event' ? fire : read}`;
}

const kmdf = ({ prefix, initialize }: ProviderNames): DriverModel => ({
  includes: '#include <ntddk.h>\n#include <wdf.h>\n',
  device: `static WDFDEVICE threads_device;

VOID threads_start(VOID)
{
    NTSTATUS threads_status;
    threads_device = host_wdf_device();
    threads_status = ${initialize}(threads_device);
    host_check(NT_SUCCESS(threads_status), "%s", host_status_name(threads_status));
    host_wdf_start(threads_device);
}

VOID threads_stop(VOID)
{
    host_wdf_remove(threads_device);
    WdfObjectDelete(threads_device);
}

VOID threads_dispatch(host_request *threads_request)
{
    host_wdf_dispatch(threads_device, threads_request);
}
`,
  argument: 'threads_device',
  instance: 'WDFWMIINSTANCE',
  prefix,
});

const device = (
  { prefix, macroPrefix, initialize }: ProviderNames,
  other: ProviderNames | undefined,
  hasWmilib: boolean,
): DriverModel => ({
  includes: `#include <ntddk.h>\n#include <wmistr.h>\n${hasWmilib ? '\n#include <wmilib.h>\n' : ''}`,
  device: `typedef struct threads_extension
{
    ${macroPrefix}_WMI threads_own;
${other === undefined ? '' : `    ${other.macroPrefix}_WMI threads_other;\n`}} threads_extension;

static PDEVICE_OBJECT threads_device;

#define THREADS_EXTENSION ((threads_extension *)threads_device->DeviceExtension)
#define THREADS_WMI (&THREADS_EXTENSION->threads_own)
${other === undefined ? '' : joinedFunctions(other)}
VOID threads_start(VOID)
{
    PDEVICE_OBJECT threads_lower;
    UNICODE_STRING threads_path;
    NTSTATUS threads_status;
    RtlInitUnicodeString(&threads_path, L"\\\\Registry\\\\Machine\\\\Service");
    threads_device = host_wdm_device(${prefix}WmiSystemControl, sizeof(threads_extension));
    threads_lower = host_wdm_lower_device(threads_device);
    threads_status = ${initialize}(THREADS_WMI, threads_device, threads_lower, threads_lower, &threads_path);
    host_check(NT_SUCCESS(threads_status), "%s", host_status_name(threads_status));
${other === undefined ? '' : '    threads_join(threads_lower, &threads_path);\n'}    threads_status = ${prefix}WmiRegister(THREADS_WMI);
    host_check(NT_SUCCESS(threads_status), "%s", host_status_name(threads_status));
}

VOID threads_stop(VOID)
{
    ${prefix}WmiCleanup(THREADS_WMI);
${other === undefined ? '' : `    ${other.prefix}WmiCleanup(&THREADS_EXTENSION->threads_other);\n`}    host_wdm_delete_device(threads_device);
}

VOID threads_dispatch(host_request *threads_request)
{
    host_wdm_dispatch(threads_device, threads_request);
}
`,
  argument: 'THREADS_WMI',
  instance: `P${macroPrefix}_WMI_INSTANCE`,
  prefix,
});

const joinedFunctions = ({ prefix, macroPrefix, initialize }: ProviderNames): string => `
P${macroPrefix}_WMI ${prefix}WmiFromDevice(PDEVICE_OBJECT threads_of)
{
    return &((threads_extension *)threads_of->DeviceExtension)->threads_other;
}

static VOID threads_join(PDEVICE_OBJECT threads_lower, UNICODE_STRING *threads_path)
{
    P${macroPrefix}_WMI threads_other = &THREADS_EXTENSION->threads_other;
    NTSTATUS threads_status = ${initialize}(
        threads_other, threads_device, threads_lower, threads_lower, threads_path);
    host_check(NT_SUCCESS(threads_status), "%s", host_status_name(threads_status));
    MofgenWmiJoin(THREADS_WMI, threads_other);
}
`;
