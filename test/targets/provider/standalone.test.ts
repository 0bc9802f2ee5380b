// The core in one pair of files: where each part goes, and that the result compiles.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CORE_BANNER } from '../../../src/targets/provider/core-files.js';
import { standalone } from '../../../src/targets/provider/standalone.js';
import { type RenderedFile } from '../../../src/targets/target.js';
import { hasBuildTools } from '../../cli/build-tools.js';

const own = (name: string, text: string): RenderedFile => ({ name, owner: 'mofgen', text });
const core = (name: string, text: string): RenderedFile => ({
  ...own(name, CORE_BANNER + text),
  isShared: true,
});

const guarded = (name: string, code: string): string =>
  `#ifndef ${name}\n#define ${name}\n\n${code}\n\n#endif\n`;

const CORE = [
  core(
    'mofgen_wmi.h',
    guarded('CORE_H', 'typedef struct CORE { int Go; } CORE;\nint Core(CORE *Core);'),
  ),
  core('mofgen_wmi.c', '#include "mofgen_wmi.h"\n\nint Core(CORE *Core) { return Core->Go; }\n'),
  core('mofgen_wmi_kmdf.h', guarded('KMDF_H', '#include "mofgen_wmi.h"\n\nint Kmdf(void);')),
  core(
    'mofgen_wmi_kmdf.c',
    '#include "mofgen_wmi_kmdf.h"\n\nint Kmdf(void) { CORE core = { 0 }; return Core(&core); }\n',
  ),
];

// A macro of wmimofck's can have the name of a member of the core.
const HEADER = guarded('FAN_H', '#include "mofgen_wmi_kmdf.h"\n\n#define Go 1');
const SOURCE =
  '// The source.\n\n#include <stddef.h>\n\n#include "fan_wmi.h"\n\nint Fan(void) { return Kmdf() + Go; }\n';

const textsOf = (...files: RenderedFile[]): Record<string, string> =>
  Object.fromEntries(standalone(files).map(({ name, text }) => [name, text]));

test('leaves the header and the source, each with all of the core that it needs', () => {
  const texts = textsOf(own('fan_wmi.h', HEADER), own('fan_wmi.c', SOURCE), ...CORE);
  expect(Object.keys(texts)).toEqual(['fan_wmi.h', 'fan_wmi.c']);
  for (const text of Object.values(texts)) {
    expect(text).not.toContain('"mofgen_wmi');
    expect(text).not.toContain('Copied by mofgen');
    expect(text.match(/#define CORE_H/g)).toHaveLength(1);
    expect(text.match(/#define KMDF_H/g)).toHaveLength(1);
  }
  expect(texts['fan_wmi.h']).not.toContain('return');
});

test('the core comes before the generated header, and after what the source includes of the system', () => {
  const { 'fan_wmi.c': source = '' } = textsOf(
    own('fan_wmi.h', HEADER),
    own('fan_wmi.c', SOURCE),
    ...CORE,
  );
  const places = ['// The source.', '<stddef.h>', '#define CORE_H', 'int Core(CORE *Core) {']
    .concat('#define KMDF_H', 'int Kmdf(void) {', '#include "fan_wmi.h"', 'int Fan')
    .map((part) => source.indexOf(part));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
});

test.each([
  ['blanks', ' #  include  "mofgen_wmi.h" // why\n'],
  ['no blank', '#include"mofgen_wmi.h"\n'],
  ['twice', '#include "mofgen_wmi.h"\n#include "mofgen_wmi.h"\n'],
])('an include line is found: %s', (_case, text) => {
  const { 'fan_wmi.h': header = '' } = textsOf(own('fan_wmi.h', text), ...CORE);
  expect(header.match(/typedef struct CORE/g)).toHaveLength(1);
  expect(header).not.toContain('include');
});

test.each([
  ['another file', '#include "mofgen_wmi_other.h"\n'],
  ['a file of the system', '#include <mofgen_wmi.h>\n'],
  ['a comment', '// #include "mofgen_wmi.h"\n'],
])('%s stays as it is', (_case, text) => {
  expect(textsOf(own('fan_wmi.h', text), ...CORE)).toEqual({ 'fan_wmi.h': text });
});

test('a source that includes nothing has no place for the core', () => {
  expect(() => standalone([own('fan_wmi.c', 'int x;\n'), ...CORE])).toThrow('has no place');
});

test.skipIf(!hasBuildTools('standalone', ['gcc']))('a compiler takes it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-standalone-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const texts = textsOf(own('fan_wmi.h', HEADER), own('fan_wmi.c', SOURCE), ...CORE);
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file), text);
  const main =
    '#include "fan_wmi.h"\nint Fan(void);\nint main(void) { return Fan() == 1 ? 0 : 1; }\n';
  writeFileSync(join(folder, 'main.c'), main);
  const args = ['-Wall', '-Wextra', '-Werror', 'fan_wmi.c', 'main.c', '-o', 'fan'];
  const compiled = spawnSync('gcc', args, { cwd: folder, encoding: 'utf8' });
  expect(compiled.stderr).toBe('');
  expect(spawnSync(join(folder, 'fan')).status).toBe(0);
});
