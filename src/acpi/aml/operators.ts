/** The operators of AML and their operands (ACPI 6.5, section 20.2). */

/** The first byte of operators of two bytes. */
export const EXTENDED = 0x5b;
/** The type of an external object that is a method (ACPI 6.5, section 19.6.96). */
export const METHOD_OBJECT = 8;

/** The operators of integers, and how many bytes follow. */
export const INTEGER_WIDTHS = new Map([
  [0x0a, 1],
  [0x0b, 2],
  [0x0c, 4],
  [0x0e, 8],
]);

/** Scope, Device, Processor, PowerResource and ThermalZone: how many bytes are between the name and the terms. */
export const CONTAINERS = new Map([
  [0x10, 0],
  [0x5b82, 0],
  [0x5b83, 6],
  [0x5b84, 3],
  [0x5b85, 0],
]);

/** Field, IndexField and BankField: what is before the list of fields. */
export const FIELDS = new Map([
  [0x5b81, 'r1'],
  [0x5b86, 'rr1'],
  [0x5b87, 'rrt1'],
]);

/**
 * The operands of operators. `t` is a term, `s` a target, `n` a name that is declared, `r` a name that is referred to; a digit is
 * that many bytes.
 */
export const OPERANDS: ReadonlyMap<number, string> = new Map(
  (
    [
      // Zero, One, Ones, locals, arguments, Noop, Break, BreakPoint, Continue, Revision, Debug, Timer.
      ['', 0x00, 0x01, 0xff, 0x9f, 0xa3, 0xa5, 0xcc, 0x5b30, 0x5b31, 0x5b33],
      ['', 0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67],
      ['', 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e],
      // Integers.
      ['1', 0x0a],
      ['2', 0x0b],
      ['4', 0x0c],
      ['8', 0x0e],
      // RefOf, Increment, Decrement, SizeOf, ObjectType; Signal, Reset, Release, Unload.
      ['s', 0x71, 0x75, 0x76, 0x87, 0x8e, 0x5b24, 0x5b26, 0x5b27, 0x5b2a],
      // DerefOf, LNot, Stall, Sleep.
      ['t', 0x83, 0x92, 0x5b21, 0x5b22],
      // Store, Not, FindSetLeftBit, FindSetRightBit, ToBuffer to ToInteger, CopyObject, FromBCD, ToBCD.
      ['ts', 0x70, 0x80, 0x81, 0x82, 0x96, 0x97, 0x98, 0x99, 0x9d, 0x5b28, 0x5b29],
      // Notify; Wait.
      ['st', 0x86, 0x5b25],
      // LAnd, LOr, LEqual, LGreater, LLess.
      ['tt', 0x90, 0x91, 0x93, 0x94, 0x95],
      // Add, Concatenate, Subtract, Multiply, shifts, bit operators, ConcatenateResTemplate, Mod, Index, ToString.
      ['tts', 0x72, 0x73, 0x74, 0x77, 0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x84, 0x85, 0x88],
      ['tts', 0x9c],
      // Divide; Mid.
      ['ttss', 0x78],
      ['ttts', 0x9e],
      ['t1t1tt', 0x89],
      // CreateDWordField, CreateWordField, CreateByteField, CreateBitField, CreateQWordField; CreateField.
      ['ttn', 0x8a, 0x8b, 0x8c, 0x8d, 0x8f],
      ['tttn', 0x5b13],
      // Mutex, Event, CondRefOf, LoadTable, Load, Acquire, Fatal, OperationRegion, DataTableRegion.
      ['n1', 0x5b01],
      ['n', 0x5b02],
      ['ss', 0x5b12],
      ['tttttt', 0x5b1f],
      ['rs', 0x5b20],
      ['s2', 0x5b23],
      ['5t', 0x5b32],
      ['n1tt', 0x5b80],
      ['nttt', 0x5b88],
    ] as readonly (readonly [string, ...number[]])[]
  ).flatMap(([operands, ...codes]) => codes.map((code): [number, string] => [code, operands])),
);
