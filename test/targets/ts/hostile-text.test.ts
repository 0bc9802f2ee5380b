// Names and texts that try to break out of their place: the emitted code type-checks, can be imported, works, and runs no injected code.
import { format } from 'prettier';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createKernel } from '../../../src/runtime/kernel.js';
import { WMIGUID_QUERY, WMIGUID_SET } from '../../../src/runtime/kernel/handles.js';
import { createKmdfDevice } from '../../../src/runtime/kmdf/device.js';
import { STATUS_SUCCESS } from '../../../src/runtime/ntstatus.js';
import { type Row } from './generated-module.js';
import { emitted, type GeneratedModule, importGenerated } from './generated-module.js';
import { imaginaryPath, typeErrors } from './type-check.js';
import { oneIn } from '../../effort.js';

const world = globalThis as { pwned?: unknown };
const PAYLOAD = 'globalThis.pwned=1';

beforeEach(() => {
  delete world.pwned;
});
afterEach(() => {
  expect(world.pwned).toBeUndefined();
});

let guids = 0;
const guid = (): string => {
  guids += 1;
  return `7c0e1f00-0000-4000-8000-${guids.toString(16).padStart(12, '0')}`;
};

/** A data block; `qualifiers` begins with a comma. */
function dataBlock(name: string, body: string, qualifiers = ''): string {
  return `[WMI, Dynamic, Provider("WMIProv"), guid("{${guid()}}")${qualifiers}]
class ${name} { [key, read] string InstanceName; [read] boolean Active; ${body} };\n`;
}

/** A MOF string literal. */
function mofString(text: string): string {
  const escaped = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === '\\') return `\\${character}`;
    if (code >= 0x20 && code < 0x7f) return character;
    return Array.from({ length: character.length }, (_, index) =>
      code === 0 ? '' : `\\x${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join('');
  });
  return `"${escaped.join('')}"`;
}

function check(mof: string, name = 'test.mof'): void {
  const files = emitted(mof, name);
  const texts = files.map((file) => [imaginaryPath(file.name), file.text] as const);
  expect(typeErrors(new Map(texts))).toEqual([]);
}

/** Registers the skeletons and sets and queries one instance of `className`. */
function exercise(module: GeneratedModule, className: string): void {
  const kernel = createKernel();
  const device = createKmdfDevice(kernel, { name: 'names' });
  const registerAll = module.skeleton[module.names.registerSkeletons] as (
    on: typeof device,
  ) => ReturnType<GeneratedModule['register']>;
  const registration = registerAll(device);
  const { block, codec } = module.blockOf(className);
  const registered = registration[module.names.key(block)];
  const instance = registered?.instances[0]?.instanceName ?? '';
  const { dataBlockObject: object } = kernel.ioWmiOpenBlock(
    block.guid ?? '',
    WMIGUID_QUERY | WMIGUID_SET,
  );
  if (object === undefined) throw new Error('the block cannot be opened');
  const { data, status } = kernel.ioWmiQuerySingleInstance(object, instance, 4096);
  expect(status).toBe(STATUS_SUCCESS);
  if (data === undefined) throw new Error('no data');
  const filled = Object.entries(codec.decode(data) ?? {}).map(([key, value]) => [
    key,
    typeof value === 'string' ? 'x' : 1,
  ]);
  const wanted = codec.encode(Object.fromEntries(filled) as Row);
  expect(kernel.ioWmiSetSingleInstance(object, instance, 0, wanted)).toBe(STATUS_SUCCESS);
  const now = kernel.ioWmiQuerySingleInstance(object, instance, 4096).data;
  expect(codec.decode(now ?? new Uint8Array())).toEqual(codec.decode(wanted));
}

const WORDS = [
  ...['await', 'class', 'const', 'default', 'delete', 'enum', 'eval', 'export', 'function', 'if'],
  ...[
    'import',
    'in',
    'interface',
    'let',
    'new',
    'package',
    'private',
    'public',
    'return',
    'static',
  ],
  ...['super', 'switch', 'this', 'typeof', 'var', 'void', 'while', 'with', 'yield', 'async', 'of'],
  ...['any', 'as', 'bigint', 'never', 'number', 'object', 'symbol', 'type', 'undefined', 'unknown'],
  ...['constructor', 'prototype', '__proto__', 'then', 'toString', 'valueOf', 'hasOwnProperty'],
  ...[
    'query',
    'set',
    'collect',
    'data',
    'wmi',
    'reader',
    'writer',
    'view',
    'at',
    'input',
    'current',
  ],
  ...['changes', 'provider', 'device', 'providers', 'enabled', 'dataItemId', 'arguments', 'get'],
];
/** Class names differ in more than case, so these are a list of their own. */
const GLOBALS = [
  ...['DataView', 'Uint8Array', 'Number', 'BigInt', 'Partial', 'Pick', 'Omit', 'Record', 'Symbol'],
  ...[
    'NaN',
    'Infinity',
    'Object',
    'Array',
    'Promise',
    'globalThis',
    'require',
    'exports',
    'module',
  ],
  ...['registerProviders', 'registerTest', 'TestProviders', 'TestRegistration', 'lastGo', 'name'],
  ...['Readonly', 'ReadonlyArray', 'String', 'Boolean', 'Function', 'Error', 'WireReader', 'Math'],
];
const LISTS = [
  ['words', WORDS],
  ['globals', GLOBALS],
] as const;

test.each(LISTS)(
  'reserved words and the words of generated code name items of a walked block: %s',
  async (list, names) => {
    const items = names.map(
      (name, index) => `[WmiDataId(${index + 1}), read, write] uint8 ${name};`,
    );
    const mof = dataBlock('A', `${items.join(' ')} [WmiDataId(999), read, write] string Text;`);
    check(mof);
    const module = await importGenerated(mof, `hostile-items-${list}`);
    const { codec, block, names: own } = module.blockOf('A');
    const row = Object.fromEntries(
      block.data.items.map((item, index) => [own.data.member(item), item.id === 999 ? 'x' : index]),
    );
    expect(Object.keys(row).length).toBe(names.length + 1);
    expect(codec.decode(codec.encode(row))).toEqual(row);
    expect([...codec.encode(row)].slice(0, 4)).toEqual([0, 1, 2, 3]);
    exercise(module, 'A');
  },
);

test.each(LISTS)('the same words name items of a fixed block: %s', async (list, names) => {
  const items = names.map((name, index) => `[WmiDataId(${index + 1}), read, write] uint8 ${name};`);
  const mof = dataBlock('A', items.join(' '));
  check(mof);
  exercise(await importGenerated(mof, `hostile-fixed-${list}`), 'A');
});

test.each(LISTS)('the same words name classes: %s', async (list, names) => {
  const mof = names
    .map((name) =>
      dataBlock(name, '[WmiDataId(1), read, write] uint8 X; [WmiDataId(2), read] string Text;'),
    )
    .join('');
  check(mof);
  const module = await importGenerated(mof, `hostile-classes-${list}`);
  expect(module.model.blocks.length).toBe(names.length);
  const kernel = createKernel();
  const device = createKmdfDevice(kernel, { name: 'names' });
  const registerAll = module.skeleton[module.names.registerSkeletons] as (on: typeof device) => Row;
  expect(Object.keys(registerAll(device)).length).toBe(names.length);
});

test.each(LISTS)('the same words name methods and parameters: %s', async (list, names) => {
  const parameters = names.map((name) => `[in] uint8 ${name}`).join(', ');
  const results = names.map((name) => `[out] uint8 ${name}`).join(', ');
  const methods = names.map(
    (name, index) => `[WmiMethodId(${index + 1})] void ${name}([in] uint8 X, [out] uint8 Y);`,
  );
  const mof =
    dataBlock('A', `[WmiDataId(1), read] uint8 X; ${methods.join(' ')}`) +
    dataBlock(
      'B',
      `[WmiDataId(1), read] uint8 X; [WmiMethodId(1)] void Go(${parameters}, [in] string Z);
       [WmiMethodId(2)] void Come(${results}, [out] string Z);`,
    );
  check(mof);
  const module = await importGenerated(mof, `hostile-methods-${list}`);
  const generated = module.blockOf('A');
  const { dispatch } = generated;
  const skeleton = generated.newSkeleton();
  for (const [index, name] of names.entries()) {
    const { input, member, output } = generated.method(name);
    const memory = new Uint8Array(4);
    memory.set(input?.encode({ X: index % 256 }) ?? []);
    const view = new DataView(memory.buffer, 0, 1);
    const answer = dispatch.methods?.[index + 1]?.execute(skeleton, view, {
      memory,
      offset: 0,
      size: 4,
    });
    expect(answer).toEqual({ status: STATUS_SUCCESS, bufferUsed: 1 });
    expect(output?.decode(memory)).toEqual({ Y: 0 });
    expect(typeof skeleton[member]).toBe('function');
  }
});

test.each([
  ['a class and a method whose joined names meet', ['A', 'AB'], 'BInput'],
  [
    'classes named like what is made for another',
    ['Fan', 'FanProvider', 'FanCodec', 'FanBlock'],
    'Go',
  ],
  ['more of them', ['Fan', 'FanChanges', 'FanInMemory', 'FanGoInput', 'FanGoInputCodec'], 'Go'],
  ['validators', ['Fan', 'validateFanInstance', 'validateFanItem', 'validateFanGoInput'], 'Go'],
  ['underscores', ['Fan', 'Fan_', 'Fan__', 'Fan_Codec', 'Fan_Go_Input'], 'Go'],
])('names that meet after joining: %s', async (what, classes, method) => {
  const mof = classes
    .map((name) =>
      dataBlock(
        name,
        `[WmiDataId(1), read, write, ValueMap{"1"}, Values{"On"}] uint8 X;
         [WmiMethodId(1)] void ${method}([in] uint8 Input, [out] uint8 Output);`,
      ),
    )
    .join('');
  check(mof);
  const module = await importGenerated(mof, `hostile-join-${what.length}`);
  for (const name of classes) exercise(module, name);
});

test('items whose identifiers become equal after escaping stay apart', async () => {
  // U+00D7 and U+2603 cannot be part of an identifier of ECMAScript.
  const mof = dataBlock(
    'A',
    `[WmiDataId(1), read, write] uint8 a_u00D7; [WmiDataId(2), read, write] uint8 a\u00d7;
     [WmiDataId(3), read, write] uint8 a_u2603; [WmiDataId(4), read, write] uint8 a\u2603;`,
  );
  check(mof);
  const module = await importGenerated(mof, 'hostile-equal');
  const { data }: Record<string, unknown> = module.blockOf('A').newSkeleton();
  expect(Object.keys(data as Row)).toEqual(['a_u00D7', 'a_u00D7_', 'a_u2603', 'a_u2603_']);
  exercise(module, 'A');
});

test.each(['Lüfter', 'Вентилятор', '風扇', 'ＦＡＮ', 'ﬀ', '\uffef', '\ue000', '\u0301'])(
  'an identifier that is not ASCII: %s',
  async (name) => {
    const mof = dataBlock(
      name,
      `[WmiDataId(1), read, write] uint8 ${name}; [WmiDataId(2), read, write] string ${name}2;
       [WmiMethodId(1)] void ${name}([in] uint8 ${name}, [out] uint8 ${name}2);`,
    );
    check(mof);
    const codes = Array.from(name, (each) => each.charCodeAt(0).toString(16)).join('-');
    exercise(await importGenerated(mof, `hostile-unicode-${codes}`), name);
  },
);

const TEXTS: readonly (readonly [string, string])[] = [
  ['the end of a comment', `*/ ${PAYLOAD}; /*`],
  ['its halves around a space', `* / ${PAYLOAD}; / *`],
  ['a comment made by removal', `*\u0000/ ${PAYLOAD}; /*`],
  ['stars and slashes', `**/ /** *//* ${PAYLOAD} **//`],
  ['a backtick and a substitution', '`${' + PAYLOAD + '}`'],
  ['quotes', `'+(${PAYLOAD})+'"+(${PAYLOAD})+"`],
  ['a quote after backslashes', `\\'+(${PAYLOAD})+\\\\'`],
  ['line feed', `a\n${PAYLOAD};\n*/ ${PAYLOAD}`],
  ['carriage return', `a\r${PAYLOAD};\r\n`],
  ['line and paragraph separator', `a\u2028${PAYLOAD};\u2029${PAYLOAD}`],
  ['next line and form feed', `a\u0085${PAYLOAD};\f\v${PAYLOAD}`],
  ['bidirectional overrides', `\u202e${PAYLOAD}\u202c \u2066*/\u2069 \u200f`],
  ['a byte order mark', `\ufeff${PAYLOAD}`],
  ['half a surrogate pair', `\ud800 \udc00 ${PAYLOAD}`],
  ['TSDoc tags', `@deprecated {@link ${PAYLOAD}} @ts-nocheck @ts-ignore`],
  ['directives', `@ts-nocheck\n@ts-expect-error\neslint-disable\nprettier-ignore`],
  ['HTML', `</script><!-- ${PAYLOAD} -->`],
  ['a source map', `//# sourceMappingURL=data:,${PAYLOAD}`],
  ['a trailing backslash', `${PAYLOAD}\\`],
  ['a template', `{{${PAYLOAD}}} {{{x}}} {{#each y}} {{> ts/_record}}`],
  ['10 kB of one word', 'x'.repeat(10_000)],
  ['10 kB of words', `${PAYLOAD} */ `.repeat(500)],
  ['spaces', '   '],
  ['a slash', '/'],
  ['a star', '*'],
];

test.each(oneIn(3, TEXTS))(
  'text stays text, and never reaches further than its comment: %s',
  async (what, text) => {
    const literal = mofString(text);
    const other = mofString(`${text} again`);
    const documented = `Description(${literal}), Units(${literal}), DisplayName(${literal})`;
    const mof =
      dataBlock(
        'Fan',
        `[WmiDataId(1), read, write, ${documented}, ValueMap{"1", "2"}, Values{${literal}, ${other}}] uint8 A;
       [WmiDataId(2), read, write, ${documented}, BitMap{"1", "2"}, BitValues{${literal}, ${other}}] uint8 B;
       [WmiDataId(3), read, write, ${documented}, ValueMap{${literal}, ${other}}, Values{${literal}, ${other}}] string C;
       [WmiMethodId(1), ${documented}] void Go([in, ${documented}] uint8 X, [out, ${documented}] uint8 Y);`,
        `, ${documented}`,
      ) +
      dataBlock(
        'Lamp',
        `[WmiDataId(1), read, ${documented}] uint8 A;`,
        `, Description(${literal})`,
      );
    check(mof);
    const module = await importGenerated(mof, `hostile-text-${what.replaceAll(/\W/g, '-')}`);
    exercise(module, 'Fan');
    const values = module.generated['FanCValues'] as Row;
    const expected = text.replaceAll('\0', '');
    expect(Object.values(values)).toEqual([expected, `${expected} again`]);
    expect(Object.values(module.generated['FanAValues'] as Row)).toEqual([1, 2]);
    expect(Object.values(module.generated['FanBBits'] as Row)).toEqual([2, 4]);
    const options = { parser: 'typescript', singleQuote: true, printWidth: 100 } as const;
    for (const { text: source } of emitted(mof)) {
      // Nothing that a reader does not see, or sees in another order.
      expect(source).not.toMatch(/[^\n\P{Cc}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u);
      expect(source).not.toMatch(/\/[/*]\s*[#@]\s*source/);
      expect(source).not.toMatch(/^\s*(?:\/?\*|\/\/).*[\s{]@(?:deprecated|ts-|link)/m);
      const formatted = await format(source, options);
      expect(await format(formatted, options)).toBe(formatted);
    }
  },
);

const FILES = [
  ...[
    '3com.mof',
    'a b.mof',
    'con.mof',
    '..mof',
    '.mof',
    'a.b.c.mof',
    'FAN.MOF',
    'fan',
    'ＦＡＮ.mof',
  ],
  ...["it's.mof", '"q".mof', 'a\nb.mof', 'a\u2028b.mof', '`${x}`.mof', '*/.mof', 'a;b.mof'],
  ...[
    'providers.mof',
    'class.mof',
    '--.mof',
    'a-b_c.mof',
    '\u202ea.mof',
    '$.mof',
    '@ts-nocheck.mof',
  ],
];

test.each(oneIn(3, FILES))('a file called %j', async (name) => {
  const mof = dataBlock('Fan', '[WmiDataId(1), read, write] uint8 X; [WmiMethodId(1)] void Go();');
  check(mof, name);
  const index = FILES.indexOf(name);
  const [, skeleton] = emitted(mof, name);
  const first = skeleton.text.split('\n')[0] ?? '';
  expect(first).toMatch(/^\/\/ The providers of .* never touches it again\.$/);
  const base = name.replace(/^.*\//, '').replace(/\.mof$/i, '');
  expect(skeleton.name).toBe(`${base}.provider.ts`);
  // To a module loader these are not part of a file's name.
  if (/[\n%?#\u2028\u202e`]/.test(name)) return;
  exercise(await importGenerated(mof, `hostile-file-${index}`, name), 'Fan');
});
