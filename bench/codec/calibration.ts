/**
 * The block with arrays and embedded classes: four points, three 64 bit factors, bytes and booleans, 112 bytes.
 *
 * The hand-written code lacks checks of written values, the lengths of arrays among them. It writes the elements
 * that belong to the block and would fail with a TypeError on an array that is too short.
 */
import { Parser } from 'binary-parser';
import {
  type Calibration,
  CalibrationCodec,
  type CalibrationPoint,
} from '../../samples/calibration/expected/ts/calibration.g.js';
import { type CodecContest } from './contest.js';

const SIZE = 112;
const POINTS = { offset: 12, count: 4, stride: 12 };
const FACTORS = { offset: 64, count: 3 };
const SIGNATURE = { offset: 88, count: 16 };
const CHANNELS = { offset: 104, count: 8 };

function decode(bytes: Uint8Array): Calibration | undefined {
  if (bytes.length < SIZE) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const Points: CalibrationPoint[] = [];
  for (let index = 0; index < POINTS.count; index += 1) {
    const at = POINTS.offset + index * POINTS.stride;
    Points.push({
      Measured: view.getInt32(at, true),
      Nominal: view.getInt32(at + 4, true),
      Used: view.getUint8(at + 8) !== 0,
    });
  }
  const Factors: bigint[] = [];
  for (let index = 0; index < FACTORS.count; index += 1) {
    Factors.push(view.getBigInt64(FACTORS.offset + index * 8, true));
  }
  const Channels: boolean[] = [];
  for (let index = 0; index < CHANNELS.count; index += 1) {
    Channels.push(view.getUint8(CHANNELS.offset + index) !== 0);
  }
  return {
    SerialNumber: view.getBigUint64(0, true),
    Revision: view.getUint16(8, true),
    Points,
    Factors,
    Signature: bytes.slice(SIGNATURE.offset, SIGNATURE.offset + SIGNATURE.count),
    Channels,
  };
}

function encode(value: Calibration): Uint8Array {
  const bytes = new Uint8Array(SIZE);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, value.SerialNumber, true);
  view.setUint16(8, value.Revision, true);
  let at = POINTS.offset;
  for (const point of value.Points) {
    view.setInt32(at, point.Measured, true);
    view.setInt32(at + 4, point.Nominal, true);
    view.setUint8(at + 8, point.Used ? 1 : 0);
    at += POINTS.stride;
  }
  at = FACTORS.offset;
  for (const factor of value.Factors) {
    view.setBigInt64(at, factor, true);
    at += 8;
  }
  bytes.set(value.Signature, SIGNATURE.offset);
  at = CHANNELS.offset;
  for (const channel of value.Channels) {
    view.setUint8(at, channel ? 1 : 0);
    at += 1;
  }
  return bytes;
}

const point = new Parser()
  .endianness('little')
  .int32('Measured')
  .int32('Nominal')
  .uint8('Used', { formatter: (byte: number) => byte !== 0 })
  .seek(3);

export const calibration: CodecContest<Calibration> = {
  name: 'calibration: arrays, embedded classes',
  values: Array.from({ length: 8 }, (_, index) => ({
    SerialNumber: 77_000_000_000n + BigInt(index),
    Revision: 65 + index,
    Points: Array.from({ length: 4 }, (_, at) => ({
      Measured: index * 100 + at,
      Nominal: 1 - at,
      Used: at % 2 === 0,
    })),
    Factors: [1n, -2_000_000_000n, BigInt(index)],
    Signature: Uint8Array.from({ length: 16 }, (_, at) => (at * 7 + index) & 0xff),
    Channels: Array.from({ length: 8 }, (_, at) => at !== index),
  })),
  generated: CalibrationCodec,
  handWritten: { decode, encode },
  parser: new Parser()
    .endianness('little')
    .uint64('SerialNumber')
    .uint16('Revision')
    .seek(2)
    .array('Points', { type: point, length: 4 })
    .seek(4)
    .array('Factors', { type: 'int64le', length: 3 })
    .buffer('Signature', { length: 16, clone: true })
    .array('Channels', {
      type: new Parser().uint8('on', { formatter: (byte: number) => byte !== 0 }),
      length: 8,
    }),
  asParsed: (value) => ({ ...value, Channels: value.Channels.map((on) => ({ on })) }),
  touch: (value) =>
    (value.SerialNumber === 0n ? 1 : 0) +
    value.Revision +
    (value.Points[3]?.Measured ?? 0) +
    (value.Factors[2] === 0n ? 1 : 0) +
    (value.Signature[15] ?? 0) +
    (value.Channels[7] === true ? 1 : 0),
};
