// The rules of wmimofck's header (docs/spec/layout-and-header.md): given MOF, wanted lines of the header.
import { describe, expect, test } from 'vitest';
import { type EmitOptions } from '../../../src/targets/options.js';
import { complaints, headerOf, hostCompilers } from './header-of.js';
import { rules } from './rules.js';

test.each(rules)('$rule', ({ mof, options, want = [], without = [], inOrder = [] }) => {
  const { text } = headerOf(mof, options);
  for (const fragment of want) expect(text).toContain(fragment);
  let from = 0;
  for (const fragment of inOrder) {
    const at = text.indexOf(fragment, from);
    expect(at, fragment).toBeGreaterThanOrEqual(0);
    from = at + fragment.length;
  }
  for (const fragment of without) expect(text).not.toContain(fragment);
  expect(text).toMatch(/^[\n -~]*$/);
  expect(text.endsWith('#endif\n')).toBe(true);
  expect(text).not.toMatch(/[ \t]$/m);
  expect(text).not.toMatch(/\n\n\n/);
});

const compilers = hostCompilers('headers of the rules');
const SWITCHES: readonly EmitOptions[] = [
  {},
  { methodStructs: true, partialStructs: true, enums: true },
];

describe.each(compilers)('%s takes every header of the table', (compiler) => {
  test.each(SWITCHES)('with %j', async (switches) => {
    const texts = rules.map(
      ({ mof, options, before = '' }) => before + headerOf(mof, { ...switches, ...options }).text,
    );
    const found = await complaints(compiler, 'host', texts);
    expect(rules.flatMap(({ rule }, index) => (found[index] ? [rule, found[index]] : []))).toEqual(
      [],
    );
  });
});
