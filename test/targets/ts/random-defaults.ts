/**
 * Random blocks whose items have defaults: MOF text, and the initial values that a provider has to have.
 */
import fc from 'fast-check';
import { INTEGERS, type IntegerName } from './random-block.js';

/** A value as the skeleton has it. */
type Value = boolean | number | bigint | string | Uint8Array | readonly Value[] | Row;
interface Row {
  readonly [name: string]: Value;
}

export interface DefaultsBlock {
  readonly name: string;
  readonly mof: string;
  readonly start: Row;
}

const NO_TIME = '00000000000000.000000:000';

/** Every code unit as an escape that cannot take the next one in. */
export function mofText(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  const escaped = units.map((unit) =>
    unit >= 0x20 && unit < 0x7f && unit !== 0x22 && unit !== 0x5c
      ? String.fromCharCode(unit)
      : `\\x${unit.toString(16).padStart(4, '0')}`,
  );
  return `"${escaped.join('')}"`;
}

/** One value: its MOF text, and its value. */
interface One {
  readonly written: string;
  readonly is: Value;
}

interface Kind {
  readonly type: string;
  readonly qualifiers: string;
  readonly zero: Value;
  readonly value: fc.Arbitrary<One>;
  readonly isByte: boolean;
}

const HOSTILE = [
  '"',
  "'",
  '\\',
  '\n',
  '*/',
  '/*',
  '//',
  '??/',
  '`',
  '${x}',
  '\u2028',
  '\ud800',
  '\0',
  'é',
  '漢',
];
const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 3 })), {
      maxLength: 8,
    })
    .map((parts) => parts.join('').slice(0, maxLength));

const integer = (name: IntegerName): Kind => {
  const [min, max] = INTEGERS[name];
  const isBig = name.endsWith('64');
  return {
    type: name,
    qualifiers: '',
    zero: isBig ? 0n : 0,
    isByte: name === 'uint8',
    value: fc
      .oneof(fc.constantFrom(min, max, 0n > min ? 0n : min), fc.bigInt({ min, max }))
      .map((value) => ({ written: String(value), is: isBig ? value : Number(value) })),
  };
};

const text = (maxLength: number | undefined): Kind => ({
  type: 'string',
  qualifiers: maxLength === undefined ? '' : `, MaxLen(${maxLength})`,
  zero: '',
  isByte: false,
  value: anyText(maxLength ?? 120).map((value) => ({ written: mofText(value), is: value })),
});

const KINDS: fc.Arbitrary<Kind> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(...(Object.keys(INTEGERS) as IntegerName[])).map(integer),
  },
  fc.constant<Kind>({
    type: 'boolean',
    qualifiers: '',
    zero: false,
    isByte: false,
    value: fc.boolean().map((value) => ({ written: value ? 'TRUE' : 'False', is: value })),
  }),
  fc.constant<Kind>({
    type: 'char16',
    qualifiers: '',
    zero: 0,
    isByte: false,
    value: fc
      .oneof(fc.constantFrom(0, 0x27, 0x5c, 0x7fff, 0x8000, 0xffff), fc.nat(0xffff))
      .chain((value) =>
        fc
          .constantFrom(String(value), `'\\x${value.toString(16).padStart(4, '0')}'`)
          .map((written) => ({ written, is: value })),
      ),
  }),
  fc.constant<Kind>({
    type: 'datetime',
    qualifiers: '',
    zero: NO_TIME,
    isByte: false,
    value: fc
      .constantFrom(
        '20260115120000.000000+060',
        '00000001120032.000000:000',
        '2026011512****.******+***',
      )
      .map((value) => ({ written: mofText(value), is: value })),
  }),
  { weight: 2, arbitrary: fc.constantFrom(text(undefined), text(1), text(7), text(40)) },
);

/** Declarations of one or two items, without their ids, and what they start with. */
interface Draft {
  readonly declarations: readonly (readonly [qualifiers: string, rest: string])[];
  readonly start: Row;
  /** It has to be the last one. */
  readonly isLast?: true;
}

const isArrayOf = (kind: Kind, values: readonly Value[]): Value =>
  kind.isByte ? Uint8Array.from(values as readonly number[]) : values;

const padded = (kind: Kind, values: readonly One[], length: number): Value =>
  isArrayOf(
    kind,
    Array.from({ length }, (_, index) => values[index]?.is ?? kind.zero),
  );

const listed = (values: readonly One[]): string =>
  `{${values.map(({ written }) => written).join(', ')}}`;

const scalar = (name: string): fc.Arbitrary<Draft> =>
  KINDS.chain((kind) =>
    fc.option(kind.value, { freq: 4 }).map((one) => ({
      declarations: [
        [kind.qualifiers, `${kind.type} ${name}${one === null ? '' : ` = ${one.written}`}`],
      ],
      start: { [name]: one?.is ?? kind.zero },
    })),
  );

const fixed = (name: string): fc.Arbitrary<Draft> =>
  KINDS.chain((kind) =>
    fc.integer({ min: 1, max: 5 }).chain((length) =>
      fc.array(kind.value, { maxLength: length }).map((values) => ({
        declarations: [[kind.qualifiers, `${kind.type} ${name}[${length}] = ${listed(values)}`]],
        start: { [name]: padded(kind, values, length) },
      })),
    ),
  );

const sized = (name: string): fc.Arbitrary<Draft> =>
  KINDS.chain((kind) =>
    KINDS.chain((other) =>
      fc
        .tuple(
          fc.array(kind.value, { maxLength: 4 }),
          fc.array(other.value, { maxLength: 4 }),
          fc.constantFrom('uint8', 'uint32', 'sint64'),
          fc.boolean(),
        )
        .map(([values, others, counter, saysCount]) => {
          const length = Math.max(values.length, others.length);
          const initial = saysCount && length > 0 ? ` = ${length}` : '';
          const sizeIs = `, WmiSizeIs("${name}Count")`;
          return {
            declarations: [
              ['', `${counter} ${name}Count${initial}`],
              [`${kind.qualifiers}${sizeIs}`, `${kind.type} ${name}[] = ${listed(values)}`],
              [
                `${other.qualifiers}${sizeIs}`,
                `${other.type} ${name}2[]${others.length === 0 ? '' : ` = ${listed(others)}`}`,
              ],
            ],
            start: {
              [`${name}Count`]: counter === 'sint64' ? BigInt(length) : length,
              [name]: padded(kind, values, length),
              [`${name}2`]: padded(other, others, length),
            },
          };
        }),
    ),
  );

const rest = (name: string): fc.Arbitrary<Draft> =>
  KINDS.filter(({ type }) => type !== 'string').chain((kind) =>
    fc.array(kind.value, { maxLength: 4 }).map((values) => ({
      declarations: [[kind.qualifiers, `${kind.type} ${name}[] = ${listed(values)}`]],
      start: { [name]: padded(kind, values, values.length) },
      isLast: true,
    })),
  );

/** A class to embed, with defaults of its own. */
interface Embedded {
  readonly name: string;
  readonly mof: string;
  readonly start: Row;
}

function declared(drafts: readonly Draft[]): {
  readonly lines: readonly string[];
  readonly start: Row;
} {
  const declarations = drafts.flatMap((each) => each.declarations);
  return {
    lines: declarations.map(
      ([qualifiers, rest], index) => `[WmiDataId(${index + 1}), read, write${qualifiers}] ${rest};`,
    ),
    start: Object.assign({}, ...drafts.map(({ start }) => start)) as Row,
  };
}

const guid = (number: number): string =>
  `{7d1e2c00-0000-4000-8000-${number.toString(16).padStart(12, '0')}}`;

const embedded = (number: number): fc.Arbitrary<Embedded> =>
  fc.tuple(scalar('X'), fc.oneof(scalar('Y'), fixed('Y'))).map((drafts) => {
    const { lines, start } = declared(drafts);
    const name = `Part${number}`;
    return {
      name,
      start,
      mof: `[WMI, guid("${guid(2 * number + 1)}")]\nclass ${name}\n{\n  ${lines.join('\n  ')}\n};\n`,
    };
  });

const place = (name: string, part: Embedded): fc.Arbitrary<Draft> =>
  fc.constantFrom('', '[2]').map((count) => ({
    declarations: [['', `${part.name} ${name}${count}`]],
    start: { [name]: count === '' ? part.start : [part.start, part.start] },
  }));

/** Number `number` of a MOF. */
export function defaultsBlock(number: number): fc.Arbitrary<DefaultsBlock> {
  return embedded(number).chain((part) =>
    fc
      .tuple(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }).chain((kinds) =>
          fc.tuple(
            ...kinds.map((kind, index) => {
              const name = `Item${index}`;
              return kind === 0 ? fixed(name) : kind === 1 ? place(name, part) : scalar(name);
            }),
          ),
        ),
        fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, sized('Many'), rest('Rest')),
      )
      .map(([drafts, last]) => {
        const { lines, start } = declared(last === undefined ? drafts : [...drafts, last]);
        const name = `Defaults${number}`;
        const head = `[WMI, Dynamic, Provider("WMIProv"), guid("${guid(2 * number)}")]`;
        const around = '[key, read] string InstanceName;\n  [read] boolean Active;';
        return {
          name,
          start,
          mof: `${part.mof}${head}\nclass ${name}\n{\n  ${around}\n  ${lines.join('\n  ')}\n};\n`,
        };
      }),
  );
}

/** So many blocks, always the same for one seed. */
export function defaultsBlocks(count: number, seed: number): readonly DefaultsBlock[] {
  return Array.from(
    { length: count },
    (_, index) => fc.sample(defaultsBlock(index), { numRuns: 1, seed: seed + index })[0],
  ).flatMap((each) => each ?? []);
}
