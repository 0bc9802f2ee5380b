/**
 * Generated providers compared with hand-written ones of the same blocks: code lines, bytes of .text, and instructions a request.
 *
 * Both call the same functions of the driver and of the kernel, such as the lock; these are not counted.
 * Before anything is counted, both must give the same answers to the same requests.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AUTHORS,
  type DriverModel,
  driverObject,
  emitted,
  type Emitted,
  isThere,
  OPTIMIZE,
  program,
  type Program,
  root,
  sectionSize,
  type Subject,
  tool,
} from './c/build.js';
import { runCounted } from './c/callgrind.js';
import { type SensorLog } from '../samples/sensor-log/expected/ts/sensor-log.g.js';
import { sensorLog } from './codec/sensor-log.js';
import { printRows, showAim } from './measure.js';
import { MOF as COUNTERS } from './sixty-four-bytes.js';

const INSTRUCTIONS_AIM = 1.5;
const TEXT_AIM = 1.6;

/** How many more requests the second of two runs makes. */
const TIMES = 1000;

/** Of main.c. */
const REQUESTS = ['query', 'set', 'item'] as const;

const MODELS: readonly DriverModel[] = ['kmdf', 'wdm'];

const LIMITS = `
[WMI, Dynamic, Provider("WmiProv"), guid("{6d2f44a8-0f5e-4c7a-9b0e-2f1c3a5d7e41}")]
class Limits
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read, write] uint32 Low;
  [WmiDataId(2), read, write] uint32 High;
};
`;

function fixedBlock(base: string, block: string, mof: string, size: number): Subject {
  // The first byte is a boolean in one of them.
  const data = Uint8Array.from({ length: size }, (_, index) => 7 * index + 1);
  return { base, block, dataType: block, mof, data };
}

/** Three MOF files of one driver, all of fixed size. */
const FIXED: readonly Subject[] = [
  fixedBlock(
    'door-light',
    'DoorLight',
    readFileSync('samples/door-light/door-light.mof', 'utf8'),
    1,
  ),
  // Without its method, so that the driver of each has the same two functions.
  fixedBlock('counters', 'Counters', COUNTERS.replace(/^.*WmiMethodId.*\n/m, ''), 64),
  fixedBlock('limits', 'Limits', LIMITS, 8),
];

/** Data of varying length. There is no hand-written code to compare with. */
const VARYING: Subject = {
  base: 'sensor-log',
  block: 'SensorLog',
  dataType: 'SensorLog_VALUES',
  mof: readFileSync('samples/sensor-log/sensor-log.mof', 'utf8'),
  data: sensorLog.generated.encode({
    ...(sensorLog.values[0] as SensorLog),
    // A consumer cannot set the samples.
    SampleCount: 0,
    Samples: [],
  }),
};

/** Lines that are neither empty nor a comment. */
function linesOf(files: readonly string[]): number {
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  return lines.filter((line) => !/^\s*(?:\/\/.*)?$/.test(line)).length;
}

/** A row of a table: figures of both authors, and their ratio. */
function compare(what: string, [own, other]: readonly [number, number], aim?: number): string[] {
  const ratio = own / other;
  return [what, own.toFixed(0), other.toFixed(0), ratio.toFixed(2), showAim(ratio, aim)];
}

function lineRows(of: readonly Emitted[]): string[][] {
  const [own, other] = AUTHORS;
  const shared = of.slice(0, 1);
  return [
    ...of.map((each) =>
      compare(`lines of ${each.block}`, [
        linesOf([own.source(each)]),
        linesOf([other.source(each)]),
      ]),
    ),
    ...shared.map((each) =>
      compare('lines shared by all blocks', [
        linesOf(own.shared(each)),
        linesOf(other.shared(each)),
      ]),
    ),
  ];
}

function textRows(of: readonly Emitted[]): string[][] {
  return OPTIMIZE.flatMap((optimize) => {
    const [own, other] = AUTHORS.map((author) => driverObject(author, of, optimize));
    const sizes = (section: string): [number, number] => [
      sectionSize(own ?? '', section),
      sectionSize(other ?? '', section),
    ];
    return [
      compare(`.text of three MOFs, ${optimize}`, sizes('.text'), TEXT_AIM),
      compare(
        `constant data of them, ${optimize}`,
        sizes('.rodata').map((size, index) => size + (sizes('.data.rel.ro')[index] ?? 0)) as [
          number,
          number,
        ],
      ),
    ];
  });
}

/** Throws unless both programs print the same answers. */
function proveEqual(block: string, [own, other]: readonly [Program, Program]): number {
  const [expected, found] = [other, own].map(({ path }) => tool(path, []).split('\n'));
  expected?.forEach((line, index) => {
    if (line !== found?.[index])
      throw new Error(`${block}: by hand "${line}", generated "${found?.[index] ?? 'nothing'}"`);
  });
  return expected?.length ?? 0;
}

/** Instructions of the provider for one request. */
function instructions({ path, functions }: Program, request: string, data: string): number {
  const [few, many] = [1, 1 + TIMES].map((times) =>
    runCounted(path, [request, `${times}`, data], functions),
  ) as [number, number];
  if (many - few < TIMES) throw new Error(`callgrind has counted no requests of ${path}`);
  return (many - few) / TIMES;
}

function dataFile({ folder, data }: Emitted): string {
  const path = join(folder, 'data.bin');
  writeFileSync(path, data);
  return path;
}

function instructionRows(of: Emitted): string[][] {
  const data = dataFile(of);
  const [own, other] = AUTHORS.map((author) => program(author, of, '-O2')) as [Program, Program];
  const answers = proveEqual(of.block, [own, other]);
  console.log(`  ${of.block}: ${answers} answers are the same`);
  return REQUESTS.map((request) =>
    compare(
      `${of.block}, ${of.data.length} bytes: ${request}`,
      [instructions(own, request, data), instructions(other, request, data)],
      INSTRUCTIONS_AIM,
    ),
  );
}

function varyingRows(of: Emitted): string[][] {
  const [author] = AUTHORS;
  const data = dataFile(of);
  const own = program(author, of, '-O2');
  return ['query', 'set'].map((request) => [
    `${of.block}, ${of.data.length} bytes: ${request}`,
    instructions(own, request, data).toFixed(0),
    '',
    '',
    '',
  ]);
}

const absent = ['gcc', 'size', 'nm'].filter((command) => !isThere(command));
if (absent.length > 0) {
  console.log(`  nothing is measured, because there is no ${absent.join(', ')} here`);
} else {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  for (const model of MODELS) {
    const blocks = FIXED.map((subject) => emitted(subject, model));
    const heading = [model, 'generated', 'by hand', 'ratio', 'aim'];
    printRows(heading, [...lineRows(blocks), ...textRows(blocks)]);
    if (isThere('valgrind')) {
      const rows = blocks.flatMap(instructionRows);
      printRows(
        [`${model}: instructions`, ...heading.slice(1)],
        [...rows, ...varyingRows(emitted(VARYING, model))],
      );
    } else {
      console.log('  instructions are not counted, because there is no valgrind here');
    }
  }
}
