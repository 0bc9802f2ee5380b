/** Random texts with macros of every kind, for a C preprocessor and for ours. */
import fc from 'fast-check';

/** Names of macros with the number of their parameters; `undefined` for macros without a list, -1 for variadic ones. */
const ARITY: Readonly<Record<string, number | undefined>> = {
  A: undefined,
  B: undefined,
  C: undefined,
  E: 0,
  F: 1,
  G: 1,
  H: 2,
  V: -1,
  W: -2,
};
const NAMES = Object.keys(ARITY);

const HEADS: Readonly<Record<string, readonly [head: string, parameters: readonly string[]]>> = {
  A: ['A', []],
  B: ['B', []],
  C: ['C', []],
  E: ['E()', []],
  F: ['F(x)', ['x']],
  G: ['G( x )', ['x']],
  H: ['H(x, y)', ['x', 'y']],
  V: ['V(...)', ['__VA_ARGS__']],
  W: ['W(x, ...)', ['x', '__VA_ARGS__']],
};

const blank = fc.constantFrom('', '', ' ', '  ', '/**/', '\t');
const blankOrLine = fc.constantFrom('', '', ' ', '\n', ' // (\n', '/* , */');
const atom = fc.constantFrom(
  ...[
    '1',
    '2',
    '0x1e',
    '.5',
    'k',
    'k1',
    '"s"',
    `"a\\n \\"b"`,
    `'c'`,
    `'\\''`,
    '+',
    '-',
    '&',
    '<',
    '=',
    '.',
    ';',
  ],
);

/** Joined by blanks, which matter for `#`. */
function sequence(piece: fc.Arbitrary<string>, gap: fc.Arbitrary<string>, maxLength: number) {
  return fc
    .array(fc.tuple(piece, gap), { maxLength })
    .map((all) => all.flatMap(([text, space]) => [text, space]).join(''));
}

/** Pieces of a text or of a body in which `parameters` are names too. */
function pieces(parameters: readonly string[], gap: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const name = fc.constantFrom(...NAMES, ...parameters, ...parameters, ...parameters);
  const { tokens } = fc.letrec<{ piece: string; tokens: string; call: string }>((tie) => ({
    tokens: sequence(tie('piece'), gap, 5),
    call: fc
      .tuple(fc.constantFrom(...NAMES), gap, fc.array(tie('tokens'), { maxLength: 4 }), fc.nat(9))
      .map(([macro, space, args, luck]) => {
        const arity = ARITY[macro] ?? 1;
        const wanted = arity < 0 ? Math.max(args.length, -arity - 1) : arity;
        // Sometimes a wrong number, which both must refuse.
        const count = luck === 0 ? args.length : wanted;
        const given = Array.from({ length: count }, (_, index) => args[index] ?? '');
        return `${macro}${space}(${given.join(',')})`;
      }),
    piece: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: atom },
      { weight: 5, arbitrary: name },
      { weight: 2, arbitrary: tie('call') },
      {
        weight: 1,
        arbitrary: fc.tuple(gap, tie('tokens')).map(([space, text]) => `(${space}${text})`),
      },
      { weight: 1, arbitrary: fc.constant(',') },
    ),
  }));
  return tokens;
}

function bodyOf(parameters: readonly string[]): fc.Arbitrary<string> {
  const plain = pieces(parameters, blank);
  const operand = fc.oneof(
    fc.constantFrom('k', '1', 'x', ...NAMES, ...parameters),
    fc.constantFrom('k', ...parameters),
  );
  const paste = fc
    .array(operand, { minLength: 2, maxLength: 4 })
    .chain((all) => blank.map((space) => ` ${all.join(`${space}##${space}`)} `));
  const string =
    parameters.length === 0
      ? fc.constant('k')
      : fc.tuple(fc.constantFrom(...parameters), blank).map(([name, space]) => `#${space}${name}`);
  const comma = parameters.includes('__VA_ARGS__')
    ? fc.constant('k, ## __VA_ARGS__')
    : fc.constant('k,');
  return fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: plain },
        { weight: 2, arbitrary: paste },
        { weight: 2, arbitrary: string },
        { weight: 1, arbitrary: comma },
      ),
      { maxLength: 3 },
    )
    .chain((all) => blank.map((space) => all.join(` ${space}`).trim()));
}

const definition = fc.constantFrom(...NAMES).chain((name) => {
  const [head, parameters] = HEADS[name] ?? [name, []];
  return bodyOf(parameters).map((body) => `#undef ${name}\n#define ${head} ${body}`);
});

/** A few definitions, and a text that uses them over lines. */
export const macroTexts: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(definition, { minLength: 1, maxLength: 7 }),
    sequence(pieces([], blankOrLine), blankOrLine, 4),
    fc.array(definition, { maxLength: 2 }),
    sequence(pieces([], blankOrLine), blankOrLine, 4),
  )
  .map(([first, one, second, two]) => [...first, `${one} ;`, ...second, `${two} ;`].join('\n'));

/** Undefines what any of the texts may define. */
export const RESET = NAMES.map((name) => `#undef ${name}\n`).join('');

/** Integer expressions of conditions, with macros and faults. */
const number = fc.oneof(
  fc.constantFrom(
    '0',
    '1',
    '2',
    '7',
    '1u',
    '-1',
    '0x7fffffffffffffff',
    '0xffffffffffffffff',
    '0x80000000',
    '010',
  ),
  fc.constantFrom(
    "'a'",
    "'\\n'",
    "'\\377'",
    "'\\x41'",
    "'ab'",
    "'\\\\'",
    '3ul',
    '5LL',
    '18446744073709551615u',
    'k',
    'A',
    'B',
  ),
  fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }).map(String),
);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small' },
    { weight: 3, arbitrary: number },
    {
      weight: 1,
      arbitrary: fc.constantFrom('defined A', 'defined(B)', 'defined ( Z )', '!defined Z'),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          tie('expression'),
          fc.constantFrom(
            ...[
              '+',
              '-',
              '*',
              '/',
              '%',
              '<<',
              '>>',
              '&',
              '|',
              '^',
              '<',
              '>',
              '<=',
              '>=',
              '==',
              '!=',
              '&&',
              '||',
            ],
          ),
          tie('expression'),
        )
        .map((all) => all.join(' ')),
    },
    { weight: 1, arbitrary: tie('expression').map((each) => `(${each})`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('-', '~', '!', '+'), tie('expression'))
        .map(([sign, each]) => `${sign} ${each}`),
    },
    { weight: 1, arbitrary: tie('expression').map((each) => `F(${each})`) },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('expression'), tie('expression')).map((all) => `H(${all.join()})`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('expression'), tie('expression'), tie('expression'))
        .map(([condition, yes, no]) => `(${condition} ? ${yes} : ${no})`),
    },
  ),
}));

/** Conditions for a text that begins with `CONDITION_MACROS`. */
export const conditionTexts: fc.Arbitrary<string> = expression;

export const CONDITION_MACROS =
  '#define A 3\n#define B (-2)\n#define F(x) (x)\n#define H(x, y) ((x) > (y))\n';
