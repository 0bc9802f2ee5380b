// The files of the C core that the targets emit, and what the other files and the build need of each.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bannerOf } from '../../../src/cli/stale-files.js';
import { coreFileNames, coreFiles } from '../../../src/targets/provider/core-files.js';
import { CORE_VERSION } from '../../../src/targets/provider/source-view.js';

const folder = join(import.meta.dirname, '../../../src/runtime-c');

/** What comes after `mofgen_wmi` in the names of a model's files. */
const MODELS = [
  ['kmdf', ['', '_pool', '_kmdf']],
  ['wdm', ['', '_pool', '_device', '_wdm']],
  ['irp', ['', '_pool', '_device', '_irp']],
  ['blocks', ['', '_arena', '_blocks']],
  ['scsiwmi', ['', '_arena', '_blocks', '_scsi']],
  ['ndis', ['', '_arena', '_blocks', '_ndis']],
] as const;

describe.each(MODELS)('%s', (driverModel, parts) => {
  const files = coreFiles(driverModel);

  test('has the common files and those of the driver model', () => {
    const names = parts.flatMap((part) => [`mofgen_wmi${part}.h`, `mofgen_wmi${part}.c`]);
    expect(files.map(({ name }) => name)).toEqual(names);
    expect(coreFileNames(driverModel)).toEqual(names);
  });

  test.each(files)('$name is the file of the core, after a line that names mofgen', (file) => {
    const { name, owner, isShared, text } = file;
    expect({ owner, isShared }).toEqual({ owner: 'mofgen', isShared: true });
    expect(text.endsWith(readFileSync(join(folder, name), 'utf8'))).toBe(true);
    expect(bannerOf(text)).toBe(text.split('\n')[0]);
  });

  test.each(files)('$name is ASCII with LF line ends and no blanks at their ends', ({ text }) => {
    expect(text).toMatch(/^[\n -~]*[^\n]\n$/);
    expect(text).not.toMatch(/[ \t]$/m);
  });

  // If all is in one file, the source has the header twice: in its own text and in the generated header.
  test.each(files.filter(({ name }) => name.endsWith('.h')))(
    '$name has an include guard around all of its code',
    ({ name, text }) => {
      const code = text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '').trim();
      const guard = `${name.toUpperCase().replace('.', '_')}`;
      expect(code).toMatch(new RegExp(`^#ifndef _?${guard}_*\\n#define _?${guard}_*\\n`));
      expect(code).toMatch(/\n#endif$/);
    },
  );
});

test('generated code is of the version of the core', () => {
  const header = readFileSync(join(folder, 'mofgen_wmi.h'), 'utf8');
  expect(/^#define MOFGEN_WMI_VERSION (\d+)$/m.exec(header)?.[1]).toBe(`${CORE_VERSION}`);
});

test('no file of the core is left out by all targets', () => {
  const emitted = MODELS.flatMap(([model]) => coreFileNames(model));
  // The folder has settings for analysers too.
  const files = readdirSync(folder).filter((name) => !name.startsWith('.'));
  expect(files.sort()).toEqual([...new Set(emitted)].sort());
});
