/** Damages bytes and lines in the way of faulty transfers, firmware and attackers. */
import fc from 'fast-check';

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** Numbers that a reader might trust: counts and lengths at the limits of a field, and codes of types. */
const numbers = [
  0, 1, 2, 8, 16, 20, 0x2000, 0x200d, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
  // The longest lengths of AML, in two, three and four bytes.
  0xff4f, 0xff_ff8f, 0xffff_ffcf,
];

export const edits = fc.array(
  fc.record({
    kind: fc.constantFrom('number', 'nudge', 'offset', 'copy', 'delete', 'insert', 'flip', 'cut'),
    at: place,
    to: place,
    length: fc.oneof(fc.nat(8), fc.nat(200)),
    number: fc.constantFrom(...numbers),
  }),
  { minLength: 1, maxLength: 4 },
);
export type Edit = typeof edits extends fc.Arbitrary<(infer E)[]> ? E : never;

/** Changes numbers, and moves, doubles and drops bytes; at multiples of `step`, for formats that have their numbers there. */
export function edited(
  given: Uint8Array,
  { kind, at, to, length, number }: Edit,
  step = 1,
): Uint8Array {
  // slice() of a Buffer would share its bytes.
  const bytes = new Uint8Array(given);
  if (bytes.length < 8) return bytes;
  const view = new DataView(bytes.buffer);
  const start = step * Math.floor((at * (bytes.length - 4)) / step);
  const end = Math.min(bytes.length, start + length);
  const target = step * Math.floor((to * (bytes.length - 4)) / step);
  switch (kind) {
    case 'number':
      view.setUint32(start, number, true);
      return bytes;
    case 'nudge':
      view.setUint32(start, view.getUint32(start, true) + (length % 9) - 4, true);
      return bytes;
    case 'offset':
      view.setUint32(start, target, true);
      return bytes;
    case 'copy':
      bytes.copyWithin(target, start, end);
      return bytes;
    case 'delete':
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
    case 'insert':
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
    case 'flip':
      view.setUint8(
        start + (length % 4),
        view.getUint8(start + (length % 4)) ^ (1 << (length % 8)),
      );
      return bytes;
    case 'cut':
      return bytes.subarray(0, start);
  }
}

/** Bytes with several changes, one after the other. */
export function damaged(whole: Uint8Array, changes: readonly Edit[]): Uint8Array {
  return changes.reduce((given, edit) => edited(given, edit), whole);
}

/** Drops, doubles and moves lines, and puts `number` in one. */
export function editedLines(given: string, { kind, at, to, length, number }: Edit): string {
  const lines = given.split('\n');
  const start = Math.floor(at * lines.length);
  const target = Math.floor(to * lines.length);
  const some = lines.slice(start, start + 1 + (length % 20));
  const written = number.toString(16).toUpperCase();
  switch (kind) {
    case 'cut':
      return lines.slice(0, start).join('\n');
    case 'delete':
      lines.splice(start, some.length);
      break;
    case 'insert':
    case 'copy':
      lines.splice(target, kind === 'copy' ? some.length : 0, ...some);
      break;
    case 'number':
    case 'offset':
      lines[start] = (lines[start] ?? '').replace(/(0x)?[0-9A-F]{2,}/, `$1${written}`);
      break;
    case 'nudge':
    case 'flip':
      lines[start] = (lines[start] ?? '').slice(length % 40);
      break;
  }
  return lines.join('\n');
}
