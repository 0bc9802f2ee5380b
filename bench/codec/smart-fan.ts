/**
 * The fixed block: eight items, one of them a datetime, 78 bytes.
 *
 * The hand-written code lacks checks of written values. The generated code refuses a value that does not fit its
 * item with a RangeError; here `setUint8` cuts it off, as it does in code that people write.
 */
import { Parser } from 'binary-parser';
import { unlistedValue } from 'mofgen/runtime';
import {
  type SmartFan,
  SmartFanCodec,
  type SmartFanModeValues,
} from '../../samples/smart-fan/expected/ts/smart-fan.g.js';
import { type CodecContest, handReadText, handWriteText, textOfUnits } from './contest.js';

const SIZE = 78;

function decode(bytes: Uint8Array): SmartFan | undefined {
  if (bytes.length < SIZE) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    TargetSpeed: view.getUint32(0, true),
    ActualSpeed: view.getUint32(4, true),
    Mode: view.getUint8(8) as SmartFanModeValues,
    Faults: view.getUint8(9),
    StartTemperature: view.getInt16(10, true),
    Revolutions: view.getBigUint64(16, true),
    ServiceKey: view.getUint32(24, true),
    LastCleaned: handReadText(view, 28, 25),
  };
}

function encode(value: SmartFan): Uint8Array {
  const bytes = new Uint8Array(SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, value.TargetSpeed, true);
  view.setUint32(4, value.ActualSpeed, true);
  view.setUint8(8, value.Mode);
  view.setUint8(9, value.Faults);
  view.setInt16(10, value.StartTemperature, true);
  view.setBigUint64(16, value.Revolutions, true);
  view.setUint32(24, value.ServiceKey, true);
  handWriteText(view, 28, value.LastCleaned);
  return bytes;
}

export const smartFan: CodecContest<SmartFan> = {
  name: 'smart-fan: fixed items',
  values: Array.from({ length: 8 }, (_, index) => ({
    TargetSpeed: 1200 + index,
    ActualSpeed: 1187 + index,
    Mode: unlistedValue(index & 3),
    Faults: index,
    StartTemperature: index - 4,
    Revolutions: 9_000_000_000_000n + BigInt(index),
    ServiceKey: 0xdeadbee0 + index,
    LastCleaned: `2026112112000${index}.000000+060`,
  })),
  generated: SmartFanCodec,
  handWritten: { decode, encode },
  parser: new Parser()
    .endianness('little')
    .uint32('TargetSpeed')
    .uint32('ActualSpeed')
    .uint8('Mode')
    .uint8('Faults')
    .int16('StartTemperature')
    .seek(4)
    .uint64('Revolutions')
    .uint32('ServiceKey')
    .array('LastCleaned', { type: 'uint16le', length: 25, formatter: textOfUnits }),
  asParsed: (value) => value,
  touch: (value) =>
    value.TargetSpeed +
    value.ActualSpeed +
    value.Mode +
    value.Faults +
    value.StartTemperature +
    (value.Revolutions === 0n ? 1 : 0) +
    value.ServiceKey +
    value.LastCleaned.charCodeAt(13),
};
