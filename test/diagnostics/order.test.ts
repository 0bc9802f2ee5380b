// The order of diagnostics: the input before what it includes, each from its start to its end.
import { expect, test } from 'vitest';
import { diagnostic } from '../../src/diagnostics/diagnostic.js';
import { inReadingOrder } from '../../src/diagnostics/order.js';
import { compile } from '../../src/compilation.js';

function at(name: string, start: number, message: string) {
  const source = { name, text: 'x'.repeat(9), encoding: 'utf-8' } as const;
  return diagnostic('MOF1201', { source, span: { start, end: start + 1 } }, message);
}

test('by file as read, then by place, then as reported', () => {
  const given = [
    at('a.mof', 0, '5'),
    at('z.mof', 4, '2'),
    at('other.mof', 0, '6'),
    at('z.mof', 4, '3'),
    at('z.mof', 1, '1'),
    diagnostic('MOF1001', undefined, '0'),
    at('b.mof', 8, '4'),
  ];
  const ordered = inReadingOrder(given, ['z.mof', 'b.mof', 'a.mof']);
  expect(ordered.map(({ message }) => message).join('')).toBe('0123456');
});

test('the faults of the input stand before those of what it includes, also behind the directive', () => {
  const text = '#pragma include("a.mof")\n#pragma include("none.mof")\nclass { };';
  const { diagnostics } = compile({ name: 'z.mof', text, encoding: 'utf-8' }, (path) =>
    path === 'a.mof' ? { name: path, bytes: new TextEncoder().encode('class { };') } : undefined,
  );
  expect(diagnostics.map(({ location, code }) => `${location?.source.name} ${code}`)).toEqual([
    'z.mof MOF1004',
    'z.mof MOF1201',
    'a.mof MOF1201',
  ]);
});
