/** Properties of every MOF text: its contents are in the binary MOF unchanged, wherever they were written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBinaryMof } from '../../src/binary-mof/from-mof.js';
import { type BinaryObject } from '../../src/binary-mof/document.js';
import { compile } from '../../src/compile/compilation.js';
import '../property-seed.js';
import { objectsOf } from './compiled.js';
import { runs } from '../effort.js';

const propertyOf = (mof: string) => objectsOf(`class C { ${mof}; };`)[0]?.properties?.[0];

/** An integer that its type distinguishes from others of the same bits. */
const integer = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
  fc.bigInt({ min: -(2n ** 33n), max: 2n ** 33n }),
  fc
    .tuple(fc.integer({ min: 0, max: 63 }), fc.constantFrom(-1n, 0n, 1n), fc.boolean())
    .map(([bits, more, isNegative]) => (isNegative ? -1n : 1n) * 2n ** BigInt(bits) + more)
    .filter((value) => value >= -(2n ** 63n)),
);

test('an integer keeps its value, and the smallest type that holds it', () => {
  fc.assert(
    fc.property(integer, (value) => {
      const property = propertyOf(`sint64 A = ${value}`);
      expect(BigInt(property?.value as bigint)).toBe(value);
      const types = [
        ['sint32', value >= -(2n ** 31n) && value < 2n ** 31n],
        ['uint32', value >= 0n && value < 2n ** 32n],
        ['sint64', value < 2n ** 63n],
        ['uint64', true],
      ] as const;
      expect(property?.type).toBe(types.find(([, fits]) => fits)?.[0]);
      expect(typeof property?.value).toBe(property?.type.endsWith('64') ? 'bigint' : 'number');
    }),
  );
});

test('a list of integers keeps all values', () => {
  fc.assert(
    fc.property(fc.array(integer, { minLength: 1 }), (values) => {
      fc.pre(values.every((value) => value >= 0n) || values.every((value) => value < 2n ** 63n));
      const value = propertyOf(`sint64 A[] = {${values.join(', ')}}`)?.value as bigint[];
      expect(value.map(BigInt)).toEqual(values);
    }),
  );
});

test('a real number keeps its value', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const [, digits = '', exponent = '0'] = /^([^e]*)(?:e(.*))?$/.exec(String(value)) ?? [];
      const text = `${digits.includes('.') ? digits : `${digits}.0`}e${exponent}`;
      expect(propertyOf(`real64 A = ${text}`)).toMatchObject({ type: 'real64', value: value + 0 });
    }),
  );
});

/** UTF-16 code units but the zero one, lone surrogates too. */
const codeUnits = fc
  .array(fc.integer({ min: 1, max: 0xffff }), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));

const escaped = (text: string) =>
  `"${Array.from({ length: text.length }, (_, index) => `\\x${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join('')}"`;

test('a string keeps its code units', () => {
  fc.assert(
    fc.property(codeUnits, (text) => {
      expect(propertyOf(`string A = ${escaped(text)}`)).toMatchObject({
        type: 'string',
        value: text,
      });
    }),
  );
});

const BITS = { ToInstance: 1, ToSubclass: 2, DisableOverride: 0x10, Amended: 0x80 } as const;

test('flavors are or-ed, in any order and any case, on the qualifier or in a statement', () => {
  const flavors = fc.shuffledSubarray(Object.keys(BITS) as (keyof typeof BITS)[], { minLength: 1 });
  fc.assert(
    fc.property(flavors, fc.boolean(), fc.boolean(), (names, isUpper, isStated) => {
      const list = names.map((name) => (isUpper ? name.toUpperCase() : name)).join(' ');
      const mof = isStated ? `qualifier A : ${list}; [A] class C {};` : `[A : ${list}] class C {};`;
      const want = names.reduce((bits, name) => bits + BITS[name], 0);
      expect(objectsOf(mof)[0]?.qualifiers?.map(({ flavor }) => flavor)).toEqual([want]);
    }),
  );
});

test('parameters are in the objects that their directions name, in their order', () => {
  const directions = fc.constantFrom(
    '',
    '[in]',
    '[out]',
    '[in, out]',
    '[OUT, In]',
    '[Units("s"), in]',
  );
  fc.assert(
    fc.property(fc.array(directions, { maxLength: 8 }), fc.boolean(), (all, isVoid) => {
      const parameters = all.map((list, index) => `${list} uint8 p${index}`).join(', ');
      const mof = `class C { ${isVoid ? 'void' : 'uint32'} M(${parameters}); };`;
      const value = objectsOf(mof)[0]?.methods?.[0]?.value as readonly BinaryObject[] | undefined;
      const named = (word: RegExp) =>
        all.flatMap((list, index) => (list === '' || word.test(list) ? [`p${index}`] : []));
      const want = [named(/\bin\b/i), [...named(/\bout\b/i), ...(isVoid ? [] : ['ReturnValue'])]];
      expect(value?.map(({ properties }) => properties?.map(({ name }) => name))).toEqual(
        want.every((names) => names.length === 0)
          ? undefined
          : want.filter((names) => names.length > 0).map((names) => [...names, '__CLASS']),
      );
      for (const property of (value ?? []).flatMap(({ properties }) => properties ?? [])) {
        if (!property.name.startsWith('p')) continue;
        const id = property.qualifiers?.find(({ name }) => name === 'ID');
        expect(id?.value).toBe(Number(property.name.slice(1)));
      }
    }),
  );
});

/** Self-contained productions. */
const production = fc.oneof(
  fc.constantFrom(
    '#pragma namespace("a")\n',
    '#pragma namespace("b")\n',
    '#pragma classflags("createonly")\n',
    '#pragma classflags(0)\n',
    '#pragma instanceflags("updateonly")\n',
    '#pragma autorecover\n',
    'qualifier A : ToInstance;',
    'qualifier B : Amended;',
    '[A, B("x")] class C { [B{1, 2}] uint8 P[3] = {1}; void M([in, A] Pump p); };',
    'class D;',
    '[A] instance of C as $C { P = {1}; Q = instance of E { R = $C; }; };',
  ),
);

test('an included text gives the same objects as the text in its place', () => {
  fc.assert(
    fc.property(fc.array(production), fc.array(production), fc.array(production), (a, b, c) => {
      const text = b.join('\n');
      const whole = objectsOf([...a, ...b, ...c].join('\n'));
      const before = a.join('\n');
      const after = c.join('\n');
      expect(
        objectsOf(`${before}\n#pragma include("b.mof")\n${after}`, { includes: { 'b.mof': text } }),
      ).toEqual(whole);
      expect(
        objectsOf(`${before}\n#include "b.mof"\n${after}`, { includes: { 'b.mof': text } }),
      ).toEqual(whole);
    }),
  );
});

test('a localised text gives the same objects as at the end of the text', () => {
  fc.assert(
    fc.property(fc.array(production), fc.array(production), (a, b) => {
      const whole = objectsOf([...a, ...b].join('\n'));
      expect(objectsOf(a.join('\n'), { mfl: [b.join('\n')] })).toEqual(whole);
    }),
  );
});

test('the objects of a text do not depend on what follows it', () => {
  fc.assert(
    fc.property(fc.array(production), fc.array(production), (a, b) => {
      const before = objectsOf(a.join('\n'));
      expect(objectsOf([...a, ...b].join('\n')).slice(0, before.length)).toEqual(before);
    }),
  );
});

const WORD = fc.constantFrom(
  ...'class instance of as $A : ; { } [ ] ( ) , = uint8 void object ref C P true null 1 -1 0.5 \'x\' "s" qualifier ToInstance Amended #pragma namespace include'.split(
    ' ',
  ),
);

test('compiling the tree of any broken text does not fail', () => {
  fc.assert(
    fc.property(fc.array(WORD, { maxLength: 40 }), (words) => {
      const source = { name: 'a.mof', text: words.join(' '), encoding: 'utf-8' } as const;
      const { value } = compile(source, () => undefined);
      expect(Array.isArray(toBinaryMof(value).value.objects)).toBe(true);
    }),
    { numRuns: runs(500) },
  );
});
