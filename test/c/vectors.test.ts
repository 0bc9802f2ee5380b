// The runner of vectors reports every way in which a driver can differ, and drivers of both models agree with TypeScript.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WmiInstance } from '../../src/runtime/callbacks.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_SUCCESS,
  STATUS_WMI_READ_ONLY,
  STATUS_WMI_SET_FAILURE,
  type NtStatus,
} from '../../src/runtime/ntstatus.js';
import { type HostBuild, startHostBuild } from './host.js';
import { createGauge, gaugeGuids } from './selftest/gauge.js';
import { compilerWith, run, sanitizerEnvironment } from './toolchain.js';
import { answerOf } from './vectors/answers.js';
import { type Answer, encodeVectors, type Operation, type Vector } from './vectors/format.js';

const compiler = compilerWith('sanitizers', 'vectors', ['gcc', 'clang']);
const folder = join(import.meta.dirname, 'vectors');
const selfTest = (name: string) => join(import.meta.dirname, 'selftest', name);

const none = new Uint8Array(0);
const bytes = (...values: number[]) => Uint8Array.from(values);

const instance: WmiInstance = { guid: gaugeGuids[0], label: '' };

const id = fc.constantFrom(0, 1, 2, 3, 0xffffffff);
const room = fc.oneof(fc.nat(12), fc.nat(64));
const data = fc.oneof(
  fc.uint8Array({ maxLength: 12 }),
  // A counted string, more often than by chance.
  fc
    .tuple(fc.nat(40), fc.uint8Array({ maxLength: 40 }))
    .map(([count, rest]) => bytes(count, 0, ...rest)),
);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constant('query' as const), room }),
  fc.record({ kind: fc.constant('setInstance' as const), bytes: data }),
  fc.record({ kind: fc.constant('setItem' as const), id, bytes: data }),
  fc.record({ kind: fc.constant('execute' as const), id, bytes: data, room }),
);

/** Random steps, each followed by a query, with TypeScript's answers. */
function gaugeVectors(count: number): Vector[] {
  const steps = fc.sample(fc.tuple(fc.nat(1), operation, fc.nat(99)), count);
  let model = createGauge();
  return steps.flatMap(([block, step, chance]): Vector[] => {
    if (chance === 0) {
      model = createGauge();
      return ['restart'];
    }
    const callbacks = block === 0 ? model.gauge : model.note;
    return [step, { kind: 'query', room: 64 } as const].map((each) => ({
      block,
      operation: each,
      expected: answerOf(callbacks, instance, each),
    }));
  });
}

const kmdfGlue = `
#include "${join(folder, 'kmdf-adapter.h')}"
#include "${selfTest('gauge-kmdf.h')}"

NTSTATUS vectors_initialize(WDFDEVICE device)
{
    return gauge_initialize(device);
}
`;

const wmilibGlue = `
#include "${join(folder, 'wmilib-adapter.h')}"
#include "${selfTest('gauge-wmilib.h')}"

const ULONG vectors_extension_size = sizeof(gauge_extension);

NTSTATUS vectors_initialize(PDEVICE_OBJECT device, PDEVICE_OBJECT lower)
{
    gauge_add(device, lower);
    return IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER);
}

VOID vectors_uninitialize(PDEVICE_OBJECT device)
{
    (VOID)IoWMIRegistrationControl(device, WMIREG_ACTION_DEREGISTER);
    gauge_remove(device);
}

NTSTATUS NTAPI vectors_dispatch(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return gauge_system_control(DeviceObject, Irp);
}
`;

describe.skipIf(compiler === undefined)('vectors', () => {
  let built: HostBuild;
  const programs: Record<string, string> = {};

  async function build(name: string, files: readonly string[], glue?: string): Promise<void> {
    const gluePath = join(built.folder, `${name}-glue.c`);
    if (glue !== undefined) writeFileSync(gluePath, glue);
    const all = [join(folder, 'run.c'), ...files, ...(glue === undefined ? [] : [gluePath])];
    const { path, ...outcome } = await built.build(name, { sources: all });
    expect(outcome).toEqual({ status: 0, output: '' });
    programs[name] = path;
  }

  const replay = (
    name: string,
    guids: readonly string[],
    vectors: readonly Vector[],
    ...args: string[]
  ) =>
    run(programs[name] ?? '', args, {
      input: encodeVectors(guids, vectors),
      env: sanitizerEnvironment(compiler ?? 'gcc'),
    });

  beforeAll(async () => {
    built = await startHostBuild(compiler ?? 'gcc');
    const driver = (model: string) => [selfTest('gauge.c'), selfTest(`gauge-${model}.c`)];
    await Promise.all([
      build('kmdf', [join(folder, 'kmdf-adapter.c'), ...driver('kmdf')], kmdfGlue),
      build('wmilib', [join(folder, 'wmilib-adapter.c'), ...driver('wmilib')], wmilibGlue),
      build('faulty', [join(folder, 'faulty.c')]),
    ]);
  });

  afterAll(() => {
    built.remove();
  });

  test.each(['kmdf', 'wmilib'])('the gauge on %s agrees with TypeScript', async (name) => {
    const vectors = gaugeVectors(3000);
    const want = { status: 0, output: `${vectors.length} vectors, 0 mismatches\n` };
    expect(await replay(name, gaugeGuids, vectors)).toEqual(want);
    const failing = await replay(name, gaugeGuids, vectors, '--fail-allocations');
    expect(failing.status).toBe(0);
    expect(failing.output).toMatch(
      new RegExp(`^${vectors.length} vectors, 0 mismatches, [1-9]\\d* failures\n$`),
    );
  });

  test.each(['kmdf', 'wmilib'])('on %s, what is missing is missing in C too', async (name) => {
    const absent: Vector = {
      block: 1,
      operation: { kind: 'execute', id: 1, bytes: none, room: 8 },
      expected: 'absent',
    };
    const present: Vector = { ...absent, block: 0 };
    const { status, output } = await replay(name, gaugeGuids, [absent, present]);
    expect(status).toBe(1);
    expect(output).toMatch(
      /^vector 1: execute, block 0, id 1, 0 bytes in, room for 8: STATUS_INVALID_PARAMETER_MIX, where the block has no such operation\n2 vectors, 1 mismatches\n$/,
    );
  });

  test('an expectation that is wrong in any part is a mismatch', async () => {
    const right = {
      status: STATUS_SUCCESS,
      bufferUsed: 8,
      output: bytes(100, 0, 0, 0, 7, 0, 0, 0),
    };
    const query = (room: number, expected: Answer | 'absent'): Vector => ({
      block: 0,
      operation: { kind: 'query', room },
      expected,
    });
    const { status, output } = await replay('kmdf', gaugeGuids, [
      query(9, right),
      query(9, { ...right, status: STATUS_WMI_READ_ONLY }),
      query(9, { ...right, bufferUsed: 7 }),
      query(9, { ...right, output: bytes(100, 0, 0, 0, 8, 0, 0, 0) }),
      query(7, { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: 9, output: none }),
      query(9, 'absent'),
    ]);
    expect({ status, lines: output.trimEnd().split('\n') }).toEqual({
      status: 1,
      lines: [
        'vector 1: query, block 0, room for 9: STATUS_SUCCESS, where STATUS_WMI_READ_ONLY is right',
        'vector 2: query, block 0, room for 9: BufferUsed is 8, where 7 is right',
        'vector 3: query, block 0, room for 9: byte 4 is 0x07, where 0x08 is right',
        'vector 4: query, block 0, room for 7: BufferUsed is 8, where 9 is right',
        'vector 5: query, block 0, room for 9: STATUS_SUCCESS, where the block has no such operation',
        'vector 5: query, block 0, room for 9: byte 0 of the buffer changed, although there is no such operation',
        '6 vectors, 6 mismatches',
      ],
    });
  });

  /** What is reported for each mistake of faulty.c; with allocations failing there may be more. */
  const mistakes: readonly [
    mistake: string,
    reported: readonly string[],
    withFailures: readonly string[],
  ][] = [
    ['nothing!', [], []],
    ['nostore!', ['query, block 0, room for 1: BufferUsed was not stored'], []],
    ['badused!', ['query, block 0, room for 1: BufferUsed is 2, where 1 is right'], []],
    ['badbyte!', ['query, block 0, room for 1: byte 0 is 0x08, where 0x07 is right'], []],
    [
      'partial!',
      ['query, block 0, room for 1: STATUS_UNSUCCESSFUL, where STATUS_SUCCESS is right'],
      [],
    ],
    [
      'behind!!',
      ['query, block 0, room for 3: byte 1 of the buffer changed, which lies behind BufferUsed'],
      [],
    ],
    ['qryleak!', ['query, block 0, room for 1: 1 pool blocks are live, where there were 0'], []],
    [
      'longer!!',
      ['setInstance, block 0, 1 bytes in: STATUS_WMI_SET_FAILURE, where STATUS_SUCCESS is right'],
      [],
    ],
    [
      'badstat!',
      [
        'setInstance, block 0, 0 bytes in: STATUS_BUFFER_TOO_SMALL, where STATUS_WMI_SET_FAILURE is right',
      ],
      [],
    ],
    [
      'scribble',
      ['setInstance, block 0, 1 bytes in: byte 0 of the buffer changed, which is input alone'],
      [],
    ],
    [
      'nomem!!!',
      [],
      [
        'setInstance, block 0, 1 bytes in: STATUS_NO_MEMORY with allocation 1 failing, where STATUS_INSUFFICIENT_RESOURCES is right',
      ],
    ],
    [
      'memleak!',
      [],
      ['setInstance, block 0, 1 bytes in: 1 pool blocks are live, where there were 0'],
    ],
    [
      'early!!!',
      [],
      ["setInstance, block 0, 1 bytes in: the block's data changed, although an allocation failed"],
    ],
  ];

  const mistaken = (mistake: string): string =>
    `00000000-0000-0000-${Buffer.from(mistake, 'ascii').toString('hex').replace(/^.{4}/, '$&-')}`;

  const faultySteps: Vector[] = [
    { kind: 'query', room: 1 } as const,
    { kind: 'query', room: 3 } as const,
    { kind: 'setInstance', bytes: none } as const,
    { kind: 'setInstance', bytes: bytes(9) } as const,
  ].map((step) => ({
    block: 0,
    operation: step,
    expected:
      step.kind === 'query'
        ? { status: STATUS_SUCCESS, bufferUsed: 1, output: bytes(7) }
        : {
            status: step.bytes.length === 0 ? STATUS_WMI_SET_FAILURE : STATUS_SUCCESS,
            bufferUsed: 0,
            output: none,
          },
  }));

  test.each(mistakes)('reported: %s', async (mistake, reported, withFailures) => {
    const plain = await replay('faulty', [mistaken(mistake)], faultySteps);
    for (const line of reported) expect(plain.output).toContain(line);
    expect(plain.status).toBe(reported.length > 0 ? 1 : 0);
    const failing = await replay('faulty', [mistaken(mistake)], faultySteps, '--fail-allocations');
    for (const line of [...reported, ...withFailures]) expect(failing.output).toContain(line);
    expect(failing.output.includes(' 0 mismatches')).toBe(
      reported.length === 0 && withFailures.length === 0,
    );
  });

  test('callbacks that are not there answer as the framework does', async () => {
    const answer = (status: NtStatus) => ({ status, bufferUsed: 0, output: none });
    const vectors: Vector[] = [
      {
        block: 0,
        operation: { kind: 'setInstance', bytes: bytes(1) },
        expected: answer(STATUS_WMI_READ_ONLY),
      },
      { block: 0, operation: { kind: 'setItem', id: 1, bytes: bytes(1) }, expected: 'absent' },
      {
        block: 0,
        operation: { kind: 'execute', id: 1, bytes: none, room: 1 },
        expected: answer(STATUS_INVALID_DEVICE_REQUEST),
      },
    ];
    const outcome = await replay('faulty', [mistaken('readonly')], vectors);
    expect(outcome).toEqual({ status: 0, output: '3 vectors, 0 mismatches\n' });
  });

  test.each([
    ['other bytes', Buffer.from('MOFX'), /these are no vectors/],
    ['another version', Buffer.from('MOFV\x02\0\0\0'), /another version/],
    [
      'an end in the middle',
      encodeVectors(gaugeGuids, gaugeVectors(3)).slice(0, -40),
      /end in the middle/,
    ],
    [
      'bytes behind',
      Buffer.concat([encodeVectors(gaugeGuids, []), bytes(0)]),
      /bytes behind the last vector/,
    ],
    ['an unknown block', encodeVectors([mistaken('unknown!')], []), /the driver has no block 0/],
  ])('refused: %s', async (_what, input, message) => {
    const env = sanitizerEnvironment(compiler ?? 'gcc');
    const { status, output } = await run(programs['kmdf'] ?? '', [], { input, env });
    expect(output).toMatch(message);
    expect(status).not.toBe(0);
  });
});
