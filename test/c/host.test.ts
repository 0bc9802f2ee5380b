// The host harness follows the rules of the conformance table, and stops drivers that break one.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CURRENT_KIT,
  CURRENT_KIT_OLDER_SYSTEM,
  type HostBuild,
  hostFlags,
  hostIncludes,
  hostThreadFlags,
  sources,
  startHostBuild,
} from './host.js';
import {
  availableCompilers,
  compile,
  compilerWith,
  type CompilerName,
  findsLeaks,
  run,
  sanitizerEnvironment,
} from './toolchain.js';

const present = availableCompilers('host harness', ['gcc', 'clang']);
const wanted = present.filter(
  (name) => compilerWith('sanitizers', 'host harness', [name]) !== undefined,
);

/** The rows that every run has to report, in order. */
const rows = [
  'kernel pool',
  'kernel failing allocation',
  'kernel strings',
  'kernel locks',
  'kernel L3',
  'pool ExAllocatePool2',
  'pool ExAllocatePoolZero without support for older systems',
  'pool ExAllocatePoolZero',
  'threads mutex',
  'threads waits',
  'threads kmdf',
  'threads wmilib',
  'kmdf D1 D3',
  'kmdf D4',
  'kmdf D5 D6',
  'kmdf D7-D13',
  'kmdf QS1 QS2',
  'kmdf QS3',
  'kmdf QS4 QS5 QS15',
  'kmdf QS6 QS7',
  'kmdf QS8-QS10',
  'kmdf QS13 QS14 QS16',
  'kmdf QS11 QS12',
  'kmdf hardened queries',
  'kmdf overflow',
  'kmdf QA1-QA5 QA9',
  'kmdf QA6-QA8',
  'kmdf QA10 QA11 QA13',
  'kmdf QA14',
  'kmdf CI1 CI2',
  'kmdf CI3-CI5',
  'kmdf CI6-CI9 IT8 IT9',
  'kmdf CI14 CI15 EM15',
  'kmdf CI22 EM16',
  'kmdf IT1 IT6 IT7',
  'kmdf EM1-EM12',
  'kmdf FC1 FC2 FC6',
  'kmdf FC3-FC5 FC7 FC8',
  'kmdf RG1-RG3 RG5 RG24',
  'kmdf RG4',
  'kmdf RG6-RG8',
  'kmdf RG9-RG16 RG19',
  'kmdf RG17 RG18 RG20',
  'kmdf RG21',
  'kmdf objects',
  'kmdf deletion during a request',
  'kmdf wait locks',
  'kmdf E1-E4 E8 E10',
  'kmdf refused events',
  'kmdf built requests',
  'kmdf P5',
  'gauge kmdf CI10 CI11 CI13',
  'gauge kmdf IT2-IT6 IT11 IT12',
  'gauge kmdf EM2 EM4-EM8',
  'gauge kmdf P2 P3',
  'gauge kmdf E1',
  'gauge kmdf failing initialization',
  'gauge kmdf raw callbacks',
  'wmilib QS5 QS6 QS9 QS10 QS15',
  'wmilib QA12 D10',
  'wmilib QA2 QA13',
  'wmilib CI1 CI16 IT15 EM1 FC2',
  'wmilib CI4 CI6 CI8 IT8 FC4',
  'wmilib EM5 EM8 EM10 EM11',
  'wmilib CI14 CI15 EM15',
  'wmilib CI22 EM16',
  'wmilib RG22',
  'gauge wmilib RG1 RG2 RG5 RG6 RG22 RG23',
  'gauge wmilib base names',
  'gauge wmilib dispositions D1-D3 D5',
  'gauge wmilib QS5 QS6 QS14 QS17 D8',
  'gauge wmilib QA2 QA5 QA11 QA12',
  'gauge wmilib CI3 CI10 IT3 IT5 P2',
  'gauge wmilib EM2 EM5-EM8',
  'gauge wmilib FC2-FC6',
  'gauge wmilib E1 E4 E8',
  'gauge wmilib raw routines',
];

/** Each mistake with the report that the harness or a sanitizer has to print. */
const faults: readonly [fault: string, message: RegExp][] = [
  ['read past a block', /heap-buffer-overflow|insufficient space/],
  ['free twice', /is no pool block: freed twice, or never allocated/],
  ['free with another tag', /the tag 0x74736554 is freed with 0x74736555/],
  ['allocate nothing', /an allocation of no bytes/],
  ['allocate without tag', /an allocation without a tag/],
  ['allocate paged at dispatch', /an allocation at IRQL 2/],
  ['allocate from two pools', /pool flags 0x140/],
  ['allocate unknown pool', /pool type 7/],
  ['free paged at dispatch', /a block is freed at IRQL 2/],
  ['leak a block', /5 bytes, tag 'Test'[^]*1 pool blocks were never freed/],
  ['paged code at dispatch', /paged code at IRQL 2/],
  ['failed assertion', /an assertion of the driver\n {2}sink == 99/],
  ['acquire wait lock twice', /a deadlock, for the lock is held/],
  ['release free wait lock', /WdfWaitLockRelease: the lock is not held/],
  ['delete held wait lock', /a wait lock is deleted while it is held/],
  ['acquire deleted wait lock', /WdfWaitLockAcquire: the lock was deleted/],
  ['leak a wait lock', /1 framework objects were never deleted/],
  ['acquire fast mutex twice', /ExAcquireFastMutex: a deadlock, for the lock is held/],
  ['release free mutex', /KeReleaseMutex: the mutex is not held/],
  [
    'release mutex of another thread',
    /STATUS_MUTANT_NOT_OWNED, KeReleaseMutex: the mutex is not held by this thread/,
  ],
  ['uninitialized spin lock', /KeAcquireSpinLock: no lock that is ready/],
  ['query writes past', /heap-buffer-overflow/],
  ['query denies its minimum', /a query that had MinInstanceBufferSize bytes/],
  ['set reads past', /heap-buffer-overflow|insufficient space/],
  ['set keeps the lock', /EvtWmiInstanceSetInstance left 1 locks held that it found as 0/],
  ['method uses null', /null pointer passed as argument 1/],
  ['leak a device', /1 framework objects were never deleted/],
  ['delete twice', /an object is deleted twice/],
  ['use after deletion', /heap-use-after-free/],
  ['handle of another kind', /is a handle of another kind/],
  ['lock of a deleted instance', /heap-use-after-free/],
  ['delete a locked instance', /a wait lock is deleted while it is held/],
  ['event that is no block', /an event is no pool block/],
  ['wmilib never completes', /DpWmiQueryDataBlock returned and has not completed its request/],
  ['wmilib completes twice', /MULTIPLE_IRP_COMPLETE_REQUESTS/],
  ['wmilib returns another status', /returned STATUS_BUFFER_TOO_SMALL, and its request has STATUS/],
  ['wmilib writes after completion', /heap-use-after-free/],
  ['wmilib reads irp after completion', /heap-use-after-free/],
  ['wmilib writes past the lengths', /heap-buffer-overflow|insufficient space/],
  ['wmilib needs nothing and has too little', /BUFFER_TOO_SMALL, and no byte more would do/],
  ['dispatch forgets to complete', /nobody completed the request/],
  ['delete registered device', /a device is deleted that is registered with WMI/],
  ['fire event from the stack', /an event's data is no pool block/],
  ['fire more than the block', /an event's data is no pool block of 5 bytes/],
  ['complete with pending', /completed with STATUS_PENDING/],
  [
    'return another status',
    /returned STATUS_SUCCESS, and the request was completed with STATUS_ACCESS/,
  ],
];

test.skipIf(wanted.length === 0)('there is a compiler whose sanitizers work', () => {
  expect(wanted).not.toEqual([]);
});

describe.each(wanted)('host harness, %s', (compiler: CompilerName) => {
  let built: HostBuild;
  let program = '';
  const runSelfTest = (...args: string[]) =>
    run(program, args, { env: sanitizerEnvironment(compiler) });

  beforeAll(async () => {
    built = await startHostBuild(compiler);
    const selfTest = sources(join(import.meta.dirname, 'selftest'));
    const { path, ...outcome } = await built.build('selftest', { sources: selfTest });
    expect(outcome).toEqual({ status: 0, output: '' });
    program = path;
    if (!findsLeaks(compiler)) {
      console.log(`${compiler}: LeakSanitizer does not work here; the harness counts leaks itself`);
    }
  });

  afterAll(() => {
    built.remove();
  });

  test('the rows of the conformance table hold, and nothing leaks', async () => {
    const { status, output } = await runSelfTest();
    expect({ status, rows: output.trimEnd().split('\n') }).toEqual({ status: 0, rows });
  });

  test.each(faults)('stopped: %s', async (fault, message) => {
    const { status, output } = await runSelfTest(fault);
    expect(output).toMatch(message);
    expect(status).not.toBe(0);
  });

  test('an unknown fault exits with 0, so another exit code means that the fault was stopped', async () => {
    const { status, output } = await runSelfTest('no such fault');
    expect({ status, output }).toEqual({
      status: 0,
      output: "there is no fault 'no such fault'\n",
    });
  });
});

const threading = compilerWith('threads', 'host harness with threads', ['clang', 'gcc']);

describe.skipIf(threading === undefined)('host harness with threads', () => {
  const compiler = threading ?? 'clang';
  let built: HostBuild;
  let program = '';
  const runSelfTest = (...args: string[]) =>
    run(program, args, { env: sanitizerEnvironment(compiler) });

  beforeAll(async () => {
    built = await startHostBuild(compiler, hostThreadFlags);
    const selfTest = sources(join(import.meta.dirname, 'selftest'));
    const { path, ...outcome } = await built.build('selftest', { sources: selfTest });
    expect(outcome).toEqual({ status: 0, output: '' });
    program = path;
  });

  afterAll(() => {
    built.remove();
  });

  test('the rows hold, and the harness has no data race', async () => {
    const { status, output } = await runSelfTest();
    expect({ status, rows: output.trimEnd().split('\n') }).toEqual({ status: 0, rows });
  });

  test('a driver without a lock is stopped', async () => {
    const { status, output } = await runSelfTest('callbacks without a lock');
    expect(output).toMatch(/ThreadSanitizer: data race[^]*query_unlocked/);
    expect(status).not.toBe(0);
  });
});

const POOL_CALLS = {
  ExAllocatePoolWithTag: 'ExAllocatePoolWithTag(PagedPool, 9, 1)',
  ExAllocatePoolZero: 'ExAllocatePoolZero(PagedPool, 9, 1)',
  ExAllocatePool2: 'ExAllocatePool2(0x100, 9, 1)',
} as const;

const DEPRECATED = /ExAllocatePoolWithTag is deprecated, use ExAllocatePool2/;
const MISSING = /implicit declaration/;

/** The functions of each kit, and the compiler's message for the others. */
const kits: readonly [string, readonly string[], keyof typeof POOL_CALLS, RegExp | undefined][] = [
  ['older', [], 'ExAllocatePoolWithTag', undefined],
  ['older', [], 'ExAllocatePoolZero', MISSING],
  ['older', [], 'ExAllocatePool2', MISSING],
  ['current', CURRENT_KIT, 'ExAllocatePoolWithTag', DEPRECATED],
  ['current', CURRENT_KIT, 'ExAllocatePoolZero', undefined],
  ['current', CURRENT_KIT, 'ExAllocatePool2', undefined],
  ['current, older system', CURRENT_KIT_OLDER_SYSTEM, 'ExAllocatePoolWithTag', DEPRECATED],
  ['current, older system', CURRENT_KIT_OLDER_SYSTEM, 'ExAllocatePoolZero', undefined],
  ['current, older system', CURRENT_KIT_OLDER_SYSTEM, 'ExAllocatePool2', MISSING],
];

describe.each(wanted)('pool functions, %s', (compiler) => {
  test.each(kits)('kit %s, %j: %s', async (_kit, defines, called, message) => {
    const text = `#include <ntddk.h>\nvoid *f(void);\nvoid *f(void)\n{\n    return ${POOL_CALLS[called]};\n}\n`;
    const flags = hostFlags;
    const { status, output } = await compile({
      compiler,
      text,
      includes: hostIncludes,
      defines,
      flags,
    });
    expect(status).toBe(message === undefined ? 0 : 1);
    expect(output).toMatch(message ?? /^$/);
  });
});
