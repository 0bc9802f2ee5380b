/**
 * Row P9: sends the same requests to generated TypeScript on the runtime core and to generated C on the host harness.
 *
 * A run is one MOF text: what is emitted for it in both languages, the vectors that TypeScript answers, and the C program
 * that has to answer them alike. The caller supplies the code that starts its driver.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emit } from '../../src/generate.js';
import {
  type NtStatus,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_NOT_SUPPORTED,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_GUID_NOT_FOUND,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  STATUS_WMI_ITEMID_NOT_FOUND,
  STATUS_WMI_READ_ONLY,
} from '../../src/runtime/ntstatus.js';
import { type DriverTarget } from '../../src/targets/provider/core-files.js';
import { importGenerated } from '../targets/ts/generated-module.js';
import { type HostBuild } from './host.js';
import { run, sanitizerEnvironment, type Outcome } from './toolchain.js';
import { blockVectors } from './vector-source.js';
import { encodeVectors, type Vector } from './vectors/format.js';
import { random } from './wire-bytes.js';

export interface DifferentialCase {
  /** A folder name that no other test has. */
  readonly name: string;
  readonly mof: string;
  readonly target: DriverTarget;
  /** The adapter, and what it needs of the driver. */
  readonly adapter: readonly string[];
  readonly glue: string;
  readonly rounds: number;
  readonly seed: number;
  readonly defines?: readonly string[];
}

export interface DifferentialRun {
  readonly vectors: number;
  readonly outcome: Outcome;
  /** The same with every allocation failing in turn. */
  readonly faults: Outcome;
}

/** Emits, builds and compares. */
export async function differential(
  build: HostBuild,
  { name, mof, target, adapter, glue, rounds, seed, defines = [] }: DifferentialCase,
): Promise<DifferentialRun> {
  const generated = await importGenerated(mof, `differential-${target}-${name}`, 'device.mof');
  const folder = join(build.folder, name);
  mkdirSync(folder, { recursive: true });
  const files = emit(generated.model, 'device.mof', { targets: [target] }).value;
  for (const file of files) writeFileSync(join(folder, file.name), file.text);
  writeFileSync(join(folder, 'glue.c'), glue);
  const sources = files
    .filter((file) => file.name.endsWith('.c'))
    .map((file) => join(folder, file.name));
  const program = await build.build(join(name, 'program'), {
    sources: [...sources, join(folder, 'glue.c'), ...adapter],
    includes: [folder],
    defines,
  });
  if (program.status !== 0) throw new Error(`${name} does not compile:\n${program.output}`);

  const blocks = generated.model.blocks.filter(({ role }) => role === 'dataBlock');
  const source = random(seed);
  const answered: Vector[] = blocks.flatMap((block, index) =>
    blockVectors(generated.blockOf(block.name), index, source, {
      rounds,
      setsItems: target !== 'ndis',
    }),
  );
  const change = ANSWERS[target];
  const vectors = change === undefined ? answered : answered.map(change);
  const input = encodeVectors(
    blocks.map(({ guid }) => guid ?? ''),
    vectors,
  );
  const env = sanitizerEnvironment(build.compiler);
  const [outcome, faults] = await Promise.all([
    run(program.path, [], { input, env }),
    run(program.path, ['--fail-allocations'], { input, env }),
  ]);
  return { vectors: vectors.length, outcome, faults };
}

/** How a transport changes an answer. */
const ANSWERS: Readonly<Partial<Record<DriverTarget, (vector: Vector) => Vector>>> = {
  kmdf: withAlignedSize,
  scsiwmi: withSrbStatus,
  ndis: withNdisStatus,
};

/** For what the device does not have (docs/targets/scsiwmi.md, docs/targets/ndis.md); a miniport's answer has no other detail. */
const NOT_THERE: readonly NtStatus[] = [
  STATUS_WMI_GUID_NOT_FOUND,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  STATUS_WMI_ITEMID_NOT_FOUND,
  STATUS_WMI_READ_ONLY,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_NOT_SUPPORTED,
];

/** An answer of a miniport has the status of an SRB, of which the adapter makes one of four statuses. */
function withSrbStatus(vector: Vector): Vector {
  if (vector === 'restart' || vector.expected === 'absent') return vector;
  const { expected } = vector;
  const { status } = expected;
  if (status === STATUS_SUCCESS || status === STATUS_BUFFER_TOO_SMALL) return vector;
  const isSet = vector.operation.kind === 'setInstance' || vector.operation.kind === 'setItem';
  const notThere = isSet ? STATUS_WMI_READ_ONLY : STATUS_INVALID_DEVICE_REQUEST;
  const seen = NOT_THERE.includes(status) ? notThere : STATUS_UNSUCCESSFUL;
  return { ...vector, expected: { ...expected, status: seen } };
}

/** NDIS has one status for what the device does not have (docs/targets/ndis.md). */
function withNdisStatus(vector: Vector): Vector {
  if (vector === 'restart') return vector;
  const { operation, expected } = vector;
  if (expected === 'absent' || !NOT_THERE.includes(expected.status)) return vector;
  const status =
    operation.kind === 'setInstance' ? STATUS_WMI_READ_ONLY : STATUS_INVALID_DEVICE_REQUEST;
  return { ...vector, expected: { ...expected, status } };
}

/** MEMORY_ALLOCATION_ALIGNMENT of a 64-bit Windows. */
const ALIGNMENT = 16;

/** On KMDF a query without room returns an aligned size, because of the framework's own arithmetic (mofgen_wmi_kmdf.c). */
function withAlignedSize(vector: Vector): Vector {
  if (vector === 'restart' || vector.expected === 'absent') return vector;
  const { operation, expected } = vector;
  if (operation.kind !== 'query' || expected.status !== STATUS_BUFFER_TOO_SMALL) return vector;
  const bufferUsed = Math.ceil(expected.bufferUsed / ALIGNMENT) * ALIGNMENT;
  return { ...vector, expected: { ...expected, bufferUsed } };
}
