/**
 * The block of varying length: strings with and without MaxLen, an embedded class that has to be walked, two arrays
 * whose counts come before them.
 *
 * The hand-written reader makes the same checks as the generated one: what is missing, an odd byte count and a text above
 * its MaxLen give `undefined`. What the hand-written writer lacks: checks of what it writes (ranges, MaxLen, whether
 * the counts agree with the arrays).
 */
import { Parser } from 'binary-parser';
import {
  type SensorLog,
  SensorLogCodec,
} from '../../samples/sensor-log/expected/ts/sensor-log.g.js';
import { type CodecContest, handReadText, handWriteText, textOfUnits } from './contest.js';

const LABEL_LENGTH = 15;
const SYMBOL_LENGTH = 7;

/** Bytes of a counted string at `at`, its count included; -1 when it is not there or odd. */
function textSize(view: DataView, at: number): number {
  if (at + 2 > view.byteLength) return -1;
  const size = view.getUint16(at, true);
  return size % 2 !== 0 || at + 2 + size > view.byteLength ? -1 : 2 + size;
}

/** The text of a counted string whose size is known; NULs at its end are padding. */
function text(view: DataView, at: number, size: number): string {
  let length = (size - 2) >> 1;
  while (length > 0 && view.getUint16(at + 2 * length, true) === 0) length -= 1;
  return handReadText(view, at + 2, length);
}

function integers(view: DataView, at: number, count: number): number[] {
  const values: number[] = [];
  for (let index = 0; index < count; index += 1) values.push(view.getInt32(at + 4 * index, true));
  return values;
}

function decode(bytes: Uint8Array): SensorLog | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const labelSize = textSize(view, 0);
  if (labelSize < 0 || labelSize > 2 + 2 * (LABEL_LENGTH + 1)) return undefined;
  const Label = text(view, 0, labelSize);
  if (Label.length > LABEL_LENGTH) return undefined;
  let at = (labelSize + 3) & ~3;
  if (at + 6 > view.byteLength) return undefined;
  const Interval = view.getUint32(at, true);
  const Divisor = view.getUint16(at + 4, true);
  at += 6;
  const symbolSize = textSize(view, at);
  if (symbolSize < 0 || symbolSize > 2 + 2 * (SYMBOL_LENGTH + 1)) return undefined;
  const Symbol = text(view, at, symbolSize);
  if (Symbol.length > SYMBOL_LENGTH) return undefined;
  at += symbolSize;
  if (at + 2 > view.byteLength) return undefined;
  const ThresholdCount = view.getUint16(at, true);
  at = (at + 2 + 3) & ~3;
  if (at + 4 > view.byteLength) return undefined;
  const SampleCount = view.getUint32(at, true);
  at += 4;
  if (4 * (ThresholdCount + SampleCount) > view.byteLength - at) return undefined;
  const Thresholds = integers(view, at, ThresholdCount);
  at += 4 * ThresholdCount;
  const Samples = integers(view, at, SampleCount);
  at += 4 * SampleCount;
  const commentSize = textSize(view, at);
  if (commentSize < 0) return undefined;
  const Comment = text(view, at, commentSize);
  const Unit = { Divisor, Symbol };
  return { Label, Interval, Unit, ThresholdCount, SampleCount, Thresholds, Samples, Comment };
}

/** Offsets up to the thresholds are fixed, because a writer gives every string with MaxLen its full slot. */
function encode(value: SensorLog): Uint8Array {
  const { Thresholds, Samples, Comment } = value;
  const size = 60 + 4 * Thresholds.length + 4 * Samples.length + 2 + 2 * Comment.length;
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 2 * LABEL_LENGTH, true);
  handWriteText(view, 2, value.Label);
  view.setUint32(32, value.Interval, true);
  view.setUint16(36, value.Unit.Divisor, true);
  view.setUint16(38, 2 * SYMBOL_LENGTH, true);
  handWriteText(view, 40, value.Unit.Symbol);
  view.setUint16(54, value.ThresholdCount, true);
  view.setUint32(56, value.SampleCount, true);
  let at = 60;
  for (const threshold of Thresholds) {
    view.setInt32(at, threshold, true);
    at += 4;
  }
  for (const sample of Samples) {
    view.setInt32(at, sample, true);
    at += 4;
  }
  view.setUint16(at, 2 * Comment.length, true);
  handWriteText(view, at + 2, Comment);
  return bytes;
}

/** A parser's own variables; `offset` is how far it has come. */
interface Walk {
  readonly offset: number;
}

const utf16 = (lengthInBytes: string) => ({
  type: 'uint16le',
  lengthInBytes,
  formatter: textOfUnits,
});
const toFour = (item: unknown): number => -(item as Walk).offset & 3;

export const sensorLog: CodecContest<SensorLog> = {
  name: 'sensor-log: varying length',
  values: Array.from({ length: 8 }, (_, index) => ({
    Label: `sensor ${index}`,
    Interval: 60 + index,
    Unit: { Divisor: 100, Symbol: '°C' },
    ThresholdCount: 3,
    SampleCount: 16,
    Thresholds: [-1000, 0, 2200 + index],
    Samples: Array.from({ length: 16 }, (_, at) => 2150 + at * index),
    Comment: `behind the second fan, row ${index}`,
  })),
  generated: SensorLogCodec,
  handWritten: { decode, encode },
  parser: new Parser()
    .endianness('little')
    .uint16('LabelSize')
    .array('Label', utf16('LabelSize'))
    .saveOffset('offset')
    .seek(toFour)
    .uint32('Interval')
    .nest('Unit', {
      type: new Parser()
        .endianness('little')
        .uint16('Divisor')
        .uint16('SymbolSize')
        .array('Symbol', utf16('SymbolSize')),
    })
    .uint16('ThresholdCount')
    .saveOffset('offset')
    .seek(toFour)
    .uint32('SampleCount')
    .array('Thresholds', { type: 'int32le', length: 'ThresholdCount' })
    .array('Samples', { type: 'int32le', length: 'SampleCount' })
    .uint16('CommentSize')
    .array('Comment', utf16('CommentSize')),
  asParsed: (value) => ({
    ...value,
    LabelSize: 2 * LABEL_LENGTH,
    Unit: { ...value.Unit, SymbolSize: 2 * SYMBOL_LENGTH },
    CommentSize: 2 * value.Comment.length,
    offset: 56,
  }),
  touch: (value) =>
    value.Label.charCodeAt(7) +
    value.Interval +
    value.Unit.Divisor +
    value.Unit.Symbol.charCodeAt(1) +
    (value.Thresholds[2] ?? 0) +
    (value.Samples[15] ?? 0) +
    value.Comment.charCodeAt(13),
};
