/** The page that `npm start` prints: short, within 80 columns, without warnings, with the folder of the files. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { TARGET_NAMES } from '../src/targets/loading.js';

let lines: string[] = [];

beforeAll(() => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/start.mjs'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  lines = stdout.trimEnd().split('\n');
});

test('the page is at most 75 lines of at most 80 columns', () => {
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(75);
});

test('the requests come first, then the table, then what to do next', () => {
  const order = ['== door-light', '== odd-corners', '== Files', 'sample  ', 'For your own'].map(
    (start) => lines.findIndex((line) => line.startsWith(start)),
  );
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order).not.toContain(-1);
});

test('one sample warns, and the page has the command that prints its warnings', () => {
  expect(lines.filter((line) => /MOF\d{4}/.test(line))).toEqual([]);
  const announced = lines.flatMap((line, index) => {
    const [, name, count] = /^The sample (\S+) has (\d+) warnings on purpose/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, count, command: lines[index + 1] ?? '' }];
  });
  expect(announced.map(({ name }) => name)).toEqual(['odd-corners']);
  const [{ count, command } = { count: '', command: '' }] = announced;
  const [, args = ''] = /^ {2}npm start -- (.*)/.exec(command) ?? [];
  const { stderr } = spawnSync(process.execPath, ['scripts/start.mjs', ...args.split(' ')], {
    encoding: 'utf8',
  });
  expect(stderr).toContain(`\n${count ?? ''} warnings\n`);
});

test('the table has every sample, with its files in the folder that is named', () => {
  expect(lines).toContain('They are in build/start/<sample>/expected/<target>/.');
  const header = lines.find((line) => line.startsWith('sample  '))?.split(/ +/) ?? [];
  expect(header).toEqual(['sample', ...TARGET_NAMES]);
  const rows = lines.map((line) => line.split(/ +/)).filter(([name = '']) => name in sampleNames);
  expect(rows.map(([name]) => name)).toEqual(Object.keys(sampleNames));
  for (const [name = '', ...counts] of rows) {
    for (const [index, target] of header.slice(1).entries()) {
      const folder = `build/start/${name}/expected/${target}`;
      expect(String(readdirSync(folder).length), folder).toBe(counts[index]);
    }
  }
});

test('each request has the documented answer', () => {
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
