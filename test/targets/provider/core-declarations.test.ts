// A header declares the functions of the core that a driver calls, beside the core's own headers: both have the same annotations,
// because code analysis reports declarations that differ (warnings C28252 and C28253).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../mof-files.js';

interface Declaration {
  readonly name: string;
  /** The annotations of the function and of its parameters, in their order. */
  readonly annotations: readonly string[];
}

const DECLARATION = /^((?:_\w+_.*\n)*)(?:const )?\w+ ?\*?\n(\w+)\(\n([^;{]*)\);$/gm;

/** An annotation with its arguments; the names of parameters may differ. */
const annotationsOf = (text: string): string[] =>
  text.split('\n').flatMap((line) => /^\s*(_\w+_)\b/.exec(line)?.slice(1) ?? []);

const declarationsIn = (text: string): Declaration[] =>
  Array.from(text.matchAll(DECLARATION), ([, marks = '', name = '', parameters = '']) => ({
    name,
    annotations: [
      ...marks
        .split('\n')
        .filter((mark) => mark !== '')
        .map((mark) => mark.replace(/(_lock_)\(.*/, '$1')),
      ...annotationsOf(parameters),
    ],
  }));

const coreFolder = join(root, 'src/runtime-c');
const core = new Map(
  readdirSync(coreFolder)
    .filter((name) => name.endsWith('.h'))
    .flatMap((name) => declarationsIn(readFileSync(join(coreFolder, name), 'utf8')))
    .map(({ name, annotations }) => [name, annotations]),
);

test.each(['blocks', 'irp', 'kmdf', 'ndis', 'scsiwmi', 'wdm'])('%s', (target) => {
  const path = join(root, 'samples/sensor-log/expected', target, 'sensor-log_wmi.h');
  const shared = declarationsIn(readFileSync(path, 'utf8')).filter(({ name }) => core.has(name));
  expect(shared.length).toBeGreaterThan(0);
  expect(shared).toEqual(shared.map(({ name }) => ({ name, annotations: core.get(name) })));
});
