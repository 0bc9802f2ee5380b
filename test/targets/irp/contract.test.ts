// Every statement of Microsoft's page on IRP_MN_CHANGE_SINGLE_INSTANCE that concerns a driver which handles the request itself,
// as requests to the generated C and to the runtime's model: both do what each statement requires.
//
// Two statements need more than requests and are tested in guest.c: a driver's own failure, and the thread that a request comes
// in. What WmiSystemControl does belongs to the target wdm.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ntStatusName, STATUS_NOT_SUPPORTED } from '../../../src/runtime/ntstatus.js';
import { buildWnode } from '../../../src/runtime/wnode-codec.js';
import { emptyHeader } from '../../../src/runtime/wnode-header.js';
import { type HostBuild, startHostBuild } from '../../c/host.js';
import { type Reply, type Request } from '../../c/requests/requests.js';
import { compilerWith } from '../../c/toolchain.js';
import { type GeneratedModule, importGenerated } from '../ts/generated-module.js';
import { buildReplay, modelDevice, replay, sendToModel } from './guest-model.js';
import { guestMof } from './programs.js';

const compiler = compilerWith('sanitizers', 'statements about IRP_MN_CHANGE_SINGLE_INSTANCE', [
  'gcc',
  'clang',
]);

const guid = (number: number): string => `5d0e7a10-0c5b-4b0b-9d53-6a1b0000000${number}`;
const [SESSION, DISK, CLOCK] = [guid(1), guid(2), guid(3)];
const UNKNOWN = '99999999-0000-4000-8000-000000000000';

const QUERY = 1;
const CHANGE = 2;
const STATIC = 0x80;

/** SessionId 5 (read-only), Note "hi", padding, Limit 7. */
const session = [5, 0, 0, 0, 4, 0, 0x68, 0, 0x69, 0, 0, 0, 7, 0, 0, 0];
/** The same where SessionId keeps its value. */
const sessionAfter = [0, 0, 0, 0, ...session.slice(4)];
/** No note, no limit. */
const sessionBefore = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
/** Bytes 9 (read-only), Kind 2, Online. */
const disk = [9, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1];
const diskAfter = [0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1];
const diskBefore = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

interface Change {
  readonly block?: string;
  /** An InstanceIndex, or a dynamic name. */
  readonly instance?: number | string;
  readonly data?: readonly number[];
  readonly forAnotherDevice?: boolean;
  /** Changes the finished WNODE. */
  readonly edit?: (view: DataView) => void;
  /** Bytes of the buffer that are left. */
  readonly size?: number;
}

function request(minor: number, change: Change): Request {
  const { block = DISK, instance = 0, data = minor === QUERY ? [] : disk, edit, size } = change;
  const named = typeof instance === 'string';
  const wnode = buildWnode({
    kind: 'singleInstance',
    header: { ...emptyHeader(block), flags: named ? 0 : STATIC },
    instance: named
      ? { kind: 'dynamic', instanceName: instance }
      : { kind: 'static', instanceIndex: instance },
    data: Uint8Array.from(data),
  });
  const room = minor === QUERY ? 64 : 0;
  const buffer = new Uint8Array(wnode.length + room);
  buffer.set(wnode);
  edit?.(new DataView(buffer.buffer));
  return {
    minor,
    guid: block,
    forAnotherDevice: change.forAnotherDevice ?? false,
    status: STATUS_NOT_SUPPORTED,
    information: 77,
    buffer: buffer.slice(0, size),
  };
}

const set = (field: number, value: number) => (view: DataView) => {
  view.setUint32(field, value, true);
};
const OFFSET_NAME = 48;
const DATA_OFFSET = 56;
const DATA_SIZE = 60;

interface Row {
  readonly statement: string;
  readonly given: string;
  readonly change: Change;
  /** The status, and Information. */
  readonly want: readonly [status: string, information: number];
  /** What a query shows afterwards; default: that nothing has changed. */
  readonly after?: readonly number[];
  readonly forwarded?: boolean;
}

const SUCCESS = ['STATUS_SUCCESS', 0] as const;
const FAILURE = ['STATUS_WMI_SET_FAILURE', 0] as const;
const NO_INSTANCE = ['STATUS_WMI_INSTANCE_NOT_FOUND', 0] as const;
const named = (instance: string): Change => ({ block: SESSION, instance, data: session });

const ROWS: readonly Row[] = [
  {
    statement: 'A driver can handle WMI IRPs by handling the IRP itself',
    given: 'a request for this driver',
    change: {},
    want: SUCCESS,
    after: diskAfter,
  },
  {
    statement: 'WMI sends this IRP to change all data items in a single instance of a data block',
    given: 'the second instance',
    change: { instance: 1 },
    want: SUCCESS,
    after: diskAfter,
  },
  {
    statement:
      'Parameters.WMI.BufferSize indicates the size of the buffer at Parameters.WMI.Buffer',
    given: 'a buffer that ends before the data does',
    change: { size: 64 + disk.length - 1 },
    want: FAILURE,
  },
  {
    statement: 'Parameters.WMI.Buffer points to a WNODE_SINGLE_INSTANCE structure',
    given: 'a buffer that ends before the structure does',
    change: { size: 63 },
    want: FAILURE,
  },
  {
    statement: 'Parameters.WMI.Buffer points to a WNODE_SINGLE_INSTANCE structure',
    given: 'a buffer that ends before InstanceIndex',
    change: { size: 55 },
    want: FAILURE,
  },
  {
    statement: 'On success, the driver sets Irp->IoStatus.Information to zero',
    given: 'Information 77 as the sender left it',
    change: {},
    want: SUCCESS,
    after: diskAfter,
  },
  {
    statement:
      'it does so only if the device object pointer at Parameters.WMI.ProviderId matches the pointer passed by the driver; otherwise, the driver must forward the request to the next-lower driver',
    given: 'a request for another device',
    change: { forAnotherDevice: true },
    want: ['STATUS_NOT_SUPPORTED', 77],
    forwarded: true,
  },
  {
    statement:
      'it must first check the GUID at Parameters.WMI.DataPath; if not, the driver must fail the IRP and return STATUS_WMI_GUID_NOT_FOUND',
    given: 'an unknown GUID',
    change: { block: UNKNOWN },
    want: ['STATUS_WMI_GUID_NOT_FOUND', 0],
  },
  {
    statement: 'it must first check the GUID',
    given: 'an unknown GUID, and an instance out of range in a buffer that is too small',
    change: { block: UNKNOWN, instance: 99, size: 20 },
    want: ['STATUS_WMI_GUID_NOT_FOUND', 0],
  },
  {
    statement:
      'If WNODE_FLAG_STATIC_INSTANCE_NAMES is set, the driver uses InstanceIndex as an index into its list of static instance names for that block',
    given: 'the last index',
    change: { instance: 2 },
    want: SUCCESS,
    after: diskAfter,
  },
  {
    statement:
      'If WNODE_FLAG_STATIC_INSTANCE_NAMES is set, the driver uses InstanceIndex as an index into its list of static instance names for that block',
    given: 'an index for a block that has no such list',
    change: { block: SESSION, instance: 0, data: session },
    want: NO_INSTANCE,
  },
  {
    statement:
      'If WNODE_FLAG_STATIC_INSTANCE_NAMES is clear, the driver uses the offset at OffsetInstanceName to locate the instance name string',
    given: 'a name',
    change: named('Session 1'),
    want: SUCCESS,
    after: sessionAfter,
  },
  {
    statement:
      'If WNODE_FLAG_STATIC_INSTANCE_NAMES is clear, the driver uses the offset at OffsetInstanceName to locate the instance name string',
    given: 'a name for a block with an index',
    change: { instance: 'Disk A' },
    want: NO_INSTANCE,
  },
  {
    statement:
      'a USHORT-sized length of the instance name string in bytes (not characters), including the terminating null if present',
    given: 'a name with its null',
    change: named('Session 1\0'),
    want: SUCCESS,
    after: sessionAfter,
  },
  {
    statement:
      'a USHORT-sized length of the instance name string in bytes (not characters), including the terminating null if present',
    given: 'a length in characters',
    change: {
      ...named('Session 1'),
      edit: (view) => {
        view.setUint16(64, 9, true);
      },
    },
    want: NO_INSTANCE,
  },
  {
    statement: 'OffsetInstanceName is the offset in bytes from the beginning of the structure',
    given: 'an offset past the buffer',
    change: { ...named('Session 1'), edit: set(OFFSET_NAME, 0x7fffffff) },
    want: NO_INSTANCE,
  },
  {
    statement: 'OffsetInstanceName is the offset in bytes from the beginning of the structure',
    given: 'a name whose length passes the buffer',
    change: {
      ...named('Session 1'),
      edit: (view) => {
        view.setUint16(64, 0xfffe, true);
      },
    },
    want: NO_INSTANCE,
  },
  {
    statement: 'followed by the instance name string in Unicode',
    given: 'a name beyond ASCII, in upper case',
    change: named('SITZUNG Ä'),
    want: SUCCESS,
    after: sessionAfter,
  },
  {
    statement:
      'For static names, verify that the InstanceIndex member is within the range of instance indexes supported by the driver for the data block',
    given: 'index 3 of 3 instances',
    change: { instance: 3 },
    want: NO_INSTANCE,
  },
  {
    statement:
      'For static names, verify that the InstanceIndex member is within the range of instance indexes supported by the driver for the data block',
    given: 'the largest index',
    change: { instance: 0xffffffff },
    want: NO_INSTANCE,
  },
  {
    statement:
      'For dynamic names, verify that the instance name string identifies a data block instance supported by the driver',
    given: 'a name that begins as one of them does',
    change: named('Session 11'),
    want: NO_INSTANCE,
  },
  {
    statement:
      'For dynamic names, verify that the instance name string identifies a data block instance supported by the driver',
    given: 'no name',
    change: named(''),
    want: NO_INSTANCE,
  },
  {
    statement: 'Verify that DataBlockOffset and SizeDataBlock describe a valid-sized data block',
    given: 'an offset past the buffer',
    change: { edit: set(DATA_OFFSET, 0x10000) },
    want: FAILURE,
  },
  {
    statement: 'Verify that DataBlockOffset and SizeDataBlock describe a valid-sized data block',
    given: 'an offset inside of the structure',
    change: { edit: set(DATA_OFFSET, 56) },
    want: FAILURE,
  },
  {
    statement: 'Verify that DataBlockOffset and SizeDataBlock describe a valid-sized data block',
    given: 'a size past the buffer',
    change: { edit: set(DATA_SIZE, disk.length + 1) },
    want: FAILURE,
  },
  {
    statement: 'Verify that DataBlockOffset and SizeDataBlock describe a valid-sized data block',
    given: 'a size that makes the sum of the two wrap around',
    change: { edit: set(DATA_SIZE, 0xffffffff - 60) },
    want: FAILURE,
  },
  {
    statement: 'Verify that DataBlockOffset and SizeDataBlock describe a valid-sized data block',
    given: 'a size of one byte less',
    change: { edit: set(DATA_SIZE, disk.length - 1) },
    want: FAILURE,
  },
  {
    statement: 'Verify that DataBlockOffset and SizeDataBlock describe a valid-sized data block',
    given: 'no data',
    change: { edit: set(DATA_SIZE, 0) },
    want: FAILURE,
  },
  {
    statement:
      'describe a valid-sized data block, including any padding that exists between data items',
    given: 'padding with anything in it',
    change: {
      ...named('Session 1'),
      data: [...session.slice(0, 10), 0xaa, 0xbb, ...session.slice(12)],
    },
    want: SUCCESS,
    after: sessionAfter,
  },
  {
    statement:
      'describe a valid-sized data block, including any padding that exists between data items',
    given: 'the items without the padding between them',
    change: { ...named('Session 1'), data: [...session.slice(0, 10), ...session.slice(12)] },
    want: FAILURE,
  },
  {
    statement: 'and that the contents of the buffer are valid for the data block',
    given: 'a string that passes the data',
    change: { ...named('Session 1'), data: [5, 0, 0, 0, 0xfe, 0xff, 0x68, 0] },
    want: FAILURE,
  },
  {
    statement: 'and that the contents of the buffer are valid for the data block',
    given: 'a string of one byte and a half character',
    change: { ...named('Session 1'), data: [5, 0, 0, 0, 3, 0, 0x68, 0, 0x69, 0, 0, 0, 7, 0, 0, 0] },
    want: FAILURE,
  },
  {
    statement:
      'Verify that the specified data block is one for which the driver allows caller-initiated modifications; if the entire data block is read-only, the driver should fail the IRP and return STATUS_WMI_READ_ONLY',
    given: 'a block without a writable item',
    change: { block: CLOCK, data: [1, 2, 3, 4, 5, 6, 7, 8] },
    want: ['STATUS_WMI_READ_ONLY', 0],
  },
  {
    statement:
      'If the entire data block is read-only, the driver should fail the IRP and return STATUS_WMI_READ_ONLY',
    given: 'such a block, and a size that lies',
    change: { block: CLOCK, edit: set(DATA_SIZE, 0xffffffff) },
    want: ['STATUS_WMI_READ_ONLY', 0],
  },
  {
    statement:
      'If the driver cannot locate the specified instance, it must fail the IRP and return STATUS_WMI_INSTANCE_NOT_FOUND; WMI can therefore continue to query other data providers',
    given: 'a dynamic name of another driver, with data that is no good',
    change: { ...named('Another session'), data: [1] },
    want: NO_INSTANCE,
  },
  {
    statement:
      'it sets the writable data items in the instance to the values in the WNODE_SINGLE_INSTANCE structure, leaving any read-only items unchanged',
    given: 'another value for each item',
    change: {},
    want: SUCCESS,
    after: diskAfter,
  },
];

/** What a query of the row's instance shows while nothing has changed. */
function before({ block = DISK }: Change): readonly number[] | undefined {
  return new Map([
    [DISK, diskBefore],
    [SESSION, sessionBefore],
    [CLOCK, [0, 0, 0, 0, 0, 0, 0, 0]],
  ]).get(block);
}

/** The request, and a query of the same instance of it where there is one. */
function steps({ change }: Row): Request[] {
  const { block = DISK, instance = 0 } = change;
  const isThere = block === SESSION ? typeof instance === 'string' : typeof instance === 'number';
  return [
    request(CHANGE, change),
    ...(isThere && block !== UNKNOWN ? [request(QUERY, { block, instance })] : []),
  ];
}

function shown(reply: Reply) {
  return {
    status: ntStatusName(reply.status),
    information: reply.information,
    forwarded: reply.forwarded,
  };
}

describe.skipIf(compiler === undefined)('IRP_MN_CHANGE_SINGLE_INSTANCE', () => {
  let build: HostBuild;
  let program: string;
  let generated: GeneratedModule;

  beforeAll(async () => {
    build = await startHostBuild(compiler ?? 'gcc');
    generated = await importGenerated(guestMof, 'irp-seed', 'guest.mof');
    program = await buildReplay(build);
  }, 120_000);

  afterAll(() => {
    build.remove();
  });

  test.each(ROWS)('$statement: $given', async (row) => {
    const requests = steps(row);
    const [status, information] = row.want;
    const wanted = { status, information, forwarded: row.forwarded ?? false };
    const device = modelDevice(generated);
    const answers = {
      C: await replay(build, program, requests),
      model: requests.map((each) => sendToModel(device, each)),
    };
    for (const [who, [changed, queried]] of Object.entries(answers)) {
      if (changed === undefined) throw new Error('no reply');
      expect({ who, ...shown(changed) }).toEqual({ who, ...wanted });
      // The buffer of a set request is input.
      expect(changed.buffer).toEqual([...(requests[0]?.buffer ?? [])]);
      if (queried === undefined || ntStatusName(queried.status) !== 'STATUS_SUCCESS') {
        expect(row.after).toBeUndefined();
        continue;
      }
      const view = new DataView(Uint8Array.from(queried.buffer).buffer);
      const at = view.getUint32(DATA_OFFSET, true);
      const data = queried.buffer.slice(at, at + view.getUint32(DATA_SIZE, true));
      expect({ who, data }).toEqual({ who, data: [...(row.after ?? before(row.change) ?? [])] });
    }
  });
});
