/** The tour of `npm start`: short, within 80 columns, each finding once, and it says where the files are. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';

let lines: string[] = [];

beforeAll(() => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/start.mjs'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  lines = stdout.trimEnd().split('\n');
});

test('the tour is at most 125 lines of at most 80 columns', () => {
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(125);
});

test('each finding is printed once, after the table and before the first chapter', () => {
  const findings = lines.filter((line) => /^MOF\d{4} /.test(line));
  expect(findings.length).toBeGreaterThan(5);
  expect(findings).toEqual([...new Set(findings)]);
  const order = ['sample ', 'MOF', '== '].map((start) =>
    lines.findIndex((line) => line.startsWith(start)),
  );
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order).not.toContain(-1);
});

test('the table has every sample, with its files in the folder that is named', () => {
  expect(lines).toContain('They are in build/start/<sample>/expected/<target>/.');
  const header = lines.find((line) => line.startsWith('sample '))?.split(/ +/) ?? [];
  expect(header).toEqual([
    'sample',
    'ts',
    'header',
    'kmdf',
    'wdm',
    'blocks',
    'scsiwmi',
    'findings',
  ]);
  const rows = lines.map((line) => line.split(/ +/)).filter(([name = '']) => name in sampleNames);
  expect(rows.map(([name]) => name)).toEqual(Object.keys(sampleNames));
  for (const [name = '', ...counts] of rows) {
    for (const [index, target] of header.slice(1, -1).entries()) {
      const folder = `build/start/${name}/expected/${target}`;
      expect(String(readdirSync(folder).length), folder).toBe(counts[index]);
    }
  }
});

test('nothing in the tour went wrong', () => {
  expect(lines.filter((line) => line.startsWith('✗'))).toEqual([]);
  expect(lines.filter((line) => line.startsWith('✓')).length).toBeGreaterThan(30);
});

/** The folders of samples/ with expected output. */
const sampleNames = Object.fromEntries(
  readdirSync('samples')
    .filter((name) => existsSync(`samples/${name}/expected`))
    .sort()
    .map((name) => [name, true]),
);
