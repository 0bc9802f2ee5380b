/**
 * How fast generated code decodes and encodes, compared with hand-written DataView code and the `binary-parser` package.
 *
 * All blocks are warmed up and measured in one process, so the runtime's shared pieces have seen many types, as they
 * have in a program that uses several blocks. Before anything is timed, all contenders must agree on the same bytes.
 */
import { deepStrictEqual } from 'node:assert/strict';
import { calibration } from './codec/calibration.js';
import { type CodecContest } from './codec/contest.js';
import { sensorLog } from './codec/sensor-log.js';
import { smartFan } from './codec/smart-fan.js';
import {
  type Contender,
  printRows,
  ratio,
  showAim,
  showSpread,
  spread,
  timeRounds,
  type Timing,
} from './measure.js';

const HAND_WRITTEN_AIM = 1.5;
const PARSER_AIM = 1;

/** One table: the generated code's way to do a job, and those of the other contenders. */
interface Job {
  readonly title: string;
  readonly generated: Contender;
  readonly rivals: readonly { readonly contender: Contender; readonly atMost: number }[];
}

function proveEqual<T>(contest: CodecContest<T>): void {
  const { name, values, generated, handWritten, parser, asParsed } = contest;
  for (const value of values) {
    const bytes = generated.encode(value);
    deepStrictEqual(handWritten.encode(value), bytes, `${name}: encoded by hand`);
    deepStrictEqual(generated.decode(bytes), value, `${name}: decoded by generated code`);
    deepStrictEqual(handWritten.decode(bytes), value, `${name}: decoded by hand`);
    deepStrictEqual(parser.parse(bytes), asParsed(value), `${name}: decoded by binary-parser`);
    const short = bytes.subarray(0, -1);
    deepStrictEqual(generated.decode(short), undefined, `${name}: generated code, one byte short`);
    deepStrictEqual(handWritten.decode(short), undefined, `${name}: by hand, one byte short`);
  }
}

/** All contenders run in this one loop, so the call in it is inlined for none of them. */
function repeatedly<Input, Output>(
  name: string,
  inputs: readonly Input[],
  work: (input: Input) => Output,
  touch: (output: Output) => number,
): Contender {
  return {
    name,
    run(count) {
      let sum = 0;
      for (let done = 0; done < count;) {
        for (const input of inputs) sum += touch(work(input));
        done += inputs.length;
      }
      return sum;
    },
  };
}

function jobsOf<T>(contest: CodecContest<T>): Job[] {
  proveEqual(contest);
  const { name, values, generated, handWritten, parser } = contest;
  const buffers = values.map((value) => generated.encode(value));
  const size = buffers[0]?.length ?? 0;
  const decoding = (who: string, decode: (bytes: Uint8Array) => unknown): Contender =>
    repeatedly(who, buffers, decode, (value) => contest.touch(value as T));
  const encoding = (who: string, encode: (value: T) => Uint8Array): Contender =>
    repeatedly(who, values, encode, (bytes) => bytes[bytes.length - 1] ?? 0);
  return [
    {
      title: `decode ${name}, ${size} bytes`,
      generated: decoding('generated', generated.decode),
      rivals: [
        { contender: decoding('hand-written', handWritten.decode), atMost: HAND_WRITTEN_AIM },
        {
          contender: decoding('binary-parser', (bytes) => parser.parse(bytes)),
          atMost: PARSER_AIM,
        },
      ],
    },
    {
      title: `encode ${name}, ${size} bytes`,
      generated: encoding('generated', generated.encode),
      rivals: [
        { contender: encoding('hand-written', handWritten.encode), atMost: HAND_WRITTEN_AIM },
      ],
    },
  ];
}

const jobs = [...jobsOf(smartFan), ...jobsOf(calibration), ...jobsOf(sensorLog)];
const timings = timeRounds(
  jobs.flatMap(({ generated, rivals }) => [generated, ...rivals.map(({ contender }) => contender)]),
  { rounds: 21, milliseconds: 2, slices: 7 },
);

let next = 0;
const timing = (): Timing => timings[next++] as Timing;
for (const { title, rivals } of jobs) {
  const own = timing();
  console.log(`  ${title}`);
  printRows(
    ['', 'ns', 'generated / this (min - max)', 'aim'],
    [
      [own.name, spread(own.rounds).median.toFixed(0), '', ''],
      ...rivals.map(({ atMost }) => {
        const rival = timing();
        const times = ratio(own, rival);
        return [
          rival.name,
          spread(rival.rounds).median.toFixed(0),
          showSpread(times),
          showAim(times.median, atMost),
        ];
      }),
    ],
  );
  console.log();
}
