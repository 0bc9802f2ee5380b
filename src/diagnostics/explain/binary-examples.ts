/** The bytes of examples that are not text: binary MOFs and ACPI tables. Plain data. */

/** `class A { };` */
const CLASS_A = bytesOf(
  '464f4d420100000065000000b0000000445300011a7dda54184c00410310a8381022b0080805804111583c8414404814144a0884fa13c8af00840e05c81460508053041104495024284a0c284a279e6c0ab0082aa128c28e92a07201be11245d805c0192055816a059806101d605c806d28070ff7f',
);

/** A class of the name `A B`, which no text can declare. */
export const CLASS_A_B = bytesOf(
  '464f4d420100000067000000a4000000445300011a7dda54184900410310a82010ea4f200e8120e443480184644148049109240490fa1580d0a10099020c0a708a208220050950082291b02831b0289d88b229c022ac84a2083d4a82ca05f84690740172054816605980660186055817201b4804feff03',
);

/** The first class without its last bytes. */
export const CUT_OFF = CLASS_A.slice(0, -20);

/** The first class with a byte after its end. */
export const WITH_MORE = Uint8Array.of(...CLASS_A, 0);

/** An SSDT without any object. */
export const EMPTY_TABLE = table(new Uint8Array());

/** An SSDT with `Name (WQBA, Buffer () { … })` and a wrong checksum. */
export const WRONG_CHECKSUM = table(
  // NameOp, the name, BufferOp, PkgLength of one byte more, the length as a byte (ACPI 6.5, 20.2).
  Uint8Array.of(
    0x08,
    ...ascii('WQBA'),
    0x11,
    0x40 | ((CLASS_A.length + 4) & 0xf),
    (CLASS_A.length + 4) >> 4,
    0x0a,
    CLASS_A.length,
    ...CLASS_A,
  ),
  1,
);

/** A table with its header (ACPI 6.5, 5.2.6); `error` is added to the checksum. */
function table(aml: Uint8Array, error = 0): Uint8Array {
  const length = 36 + aml.length;
  const bytes = Uint8Array.of(
    ...ascii('SSDT'),
    length & 0xff,
    length >> 8,
    0,
    0,
    2,
    0,
    ...ascii('SAMPLESAMPLE  '),
    ...[1, 0, 0, 0],
    ...ascii('MOFG'),
    ...[1, 0, 0, 0],
    ...aml,
  );
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes[9] = (error - sum) & 0xff;
  return bytes;
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}
