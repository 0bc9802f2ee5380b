// Requests for requests/replay.c, its answers, and random requests: most are valid, some have wrong fields.
import fc from 'fast-check';
import { guidToBytes, parseGuid } from '../../../src/runtime/guid.js';

/** One request: the buffer is all of its memory. */
export interface Request {
  readonly minor: number;
  readonly guid: string;
  readonly forAnotherDevice: boolean;
  readonly status: number;
  readonly information: number;
  readonly buffer: Uint8Array;
}

/** The result. */
export interface Reply {
  readonly status: number;
  readonly information: number;
  readonly forwarded: boolean;
  readonly buffer: readonly number[];
}

export function encodeRequests(requests: readonly Request[]): Uint8Array {
  return Buffer.concat(
    requests.flatMap(({ minor, guid, forAnotherDevice, status, information, buffer }) => {
      const head = [minor, forAnotherDevice ? 1 : 0, status, information, buffer.length];
      const parsed = parseGuid(guid);
      if (parsed === undefined) throw new Error(`'${guid}' is no GUID`);
      return [new Uint8Array(Uint32Array.from(head).buffer), guidToBytes(parsed), buffer];
    }),
  );
}

export function decodeReplies(bytes: Uint8Array, requests: readonly Request[]): Reply[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const replies = requests.map(({ buffer }) => {
    const [status, information, forwarded] = [0, 4, 8].map((field) =>
      view.getUint32(at + field, true),
    );
    const end = at + 12 + buffer.length;
    const reply = {
      status: status ?? 0,
      information: information ?? 0,
      forwarded: forwarded !== 0,
      buffer: [...bytes.subarray(at + 12, end)],
    };
    at = end;
    return reply;
  });
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes behind the last reply`);
  return replies;
}

/** Offsets of a WNODE's fields, which differ by kind. */
const fieldsOf = (minor: number) =>
  minor === 3 || minor === 9
    ? { offset: 60, size: 64, start: 72 }
    : { offset: 56, size: 60, start: 64 };

const liedAbout = fc.oneof(fc.nat(200), fc.constantFrom(0xffffffff, 0xfffffff8, 0x80000000));

/** The right number, or sometimes another one. */
const mostly = (right: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: liedAbout });

/** Random requests for the blocks of `guids`; registration is left out. */
export const arbitraryRequest = (guids: readonly string[]): fc.Arbitrary<Request> =>
  fc
    .record({
      minor: fc.constantFrom(0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 9, 9, 9, 0x0a, 0x0c),
      guid: fc.constantFrom(...guids, ...guids, ...guids, '00000000-0000-0000-0000-000000000001'),
      other: fc.nat(49),
      information: fc.constantFrom(0, 99),
      data: fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc
          .tuple(fc.nat(34), fc.uint8Array({ maxLength: 40 }))
          .map(([count, rest]) => Uint8Array.of(count, 0, ...rest)),
      ),
      room: fc.nat(40),
      flags: mostly(fc.constant(0x80)),
      index: mostly(fc.nat(2)),
      id: mostly(fc.nat(3)),
      cut: fc.oneof(
        { weight: 9, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.nat(200) },
      ),
    })
    .chain((parts) => {
      const { start } = fieldsOf(parts.minor);
      return fc.record({
        parts: fc.constant(parts),
        offset: mostly(fc.constantFrom(start, start, start, start + 8, start + 3)),
        size: mostly(fc.constant(parts.data.length)),
      });
    })
    .map(({ parts, offset, size }) => {
      const fields = fieldsOf(parts.minor);
      const at = offset < 100 ? Math.max(offset, fields.start) : fields.start;
      const memory = new Uint8Array(at + Math.max(parts.data.length, parts.room)).fill(
        0xcc,
        fields.start,
      );
      const view = new DataView(memory.buffer);
      view.setUint32(0, memory.length, true);
      view.setUint32(44, parts.flags, true);
      view.setUint32(52, parts.index, true);
      if (fields.start === 72) view.setUint32(56, parts.id, true);
      view.setUint32(fields.offset, offset, true);
      view.setUint32(fields.size, size, true);
      memory.set(parts.data, at);
      return {
        minor: parts.minor,
        guid: parts.guid,
        forAnotherDevice: parts.other === 0,
        status: 0xc00000bb,
        information: parts.information,
        buffer: memory.slice(0, Math.max(0, memory.length - parts.cut)),
      };
    });
