// The example of docs/targets/scsiwmi.md compiles for Windows, and the host harness has mingw-w64's numbers and structures.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { analyze, emit } from '../../../src/generate.js';
import { availableCompilers, compile } from '../../c/toolchain.js';
import { includesBeside, root } from '../../mof-files.js';

const compilers = availableCompilers('generated providers of miniports', [
  'mingw64-gcc',
  'mingw32-gcc',
  'mingw64-clang',
]);
const folder = mkdtempSync(join(tmpdir(), 'mofgen-scsiwmi-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

/** A folder with the header of a sample and the core. */
function emitted(name: string): string {
  const at = join(folder, name);
  mkdirSync(at, { recursive: true });
  const path = join(root, 'samples', name, `${name}.mof`);
  const model = analyze(readFileSync(path), path, includesBeside()).value;
  const { value } = emit(model, path, { targets: ['scsiwmi'] });
  for (const file of value) writeFileSync(join(at, file.name), file.text);
  return at;
}

test.each(compilers)('the example of the documentation with %s', async (compiler) => {
  const [, text = ''] = /```c\n([\s\S]*?)```/.exec(read('docs/targets/scsiwmi.md')) ?? [];
  expect(text).toContain('DoorLightWmiDispatch(');
  expect(await compile({ compiler, text, includes: [emitted('door-light')] })).toEqual({
    status: 0,
    output: '',
  });
});

test.each(compilers)('another header before scsiwmi.h with %s', async (compiler) => {
  const files = ['mofgen_wmi_scsi.c', 'door-light_wmi.c'].map((name) =>
    join(emitted('door-light'), name),
  );
  const [ok, missing] = await Promise.all(
    ['<scsi.h>', '<no-such-header.h>'].map((header) =>
      compile({ compiler, files, defines: [`MOFGEN_PORT_HEADER=${header}`] }),
    ),
  );
  expect(ok).toEqual({ status: 0, output: '' });
  expect(missing?.output).toContain('no-such-header.h');
});

test.each(compilers)(
  'numbers and members of the host harness are those of %s',
  async (compiler) => {
    const srb = read('test/c/host/include/srb.h');
    const scsiwmi = read('test/c/host/include/scsiwmi.h');
    const numbers = [...srb.matchAll(/^#define (SRB_\w+) (0x\w+)$/gm)].map(
      ([, name = '', value = '']) => `C_ASSERT(${name} == ${value});`,
    );
    expect(numbers.length).toBeGreaterThan(5);
    // Each structure with the types of its members, in their order.
    const structures = [
      ...`${srb}${scsiwmi}`.matchAll(/typedef struct \w+ \{\n([^}]*)\} (\w+), /g),
    ];
    expect(structures.length).toBe(4);
    const members = structures.flatMap(([, body = '', type = '']) =>
      [...body.matchAll(/^ {4}(\w+) (\w+)(?:\[\d+\])?;$/gm)].map(
        ([, member = '', name = '']) =>
          `C_ASSERT(_Generic(((${type} *)0)->${name}, ${member}: 1, ${member} *: 1, default: 0));`,
      ),
    );
    expect(members.length).toBeGreaterThan(30);
    const text = ['#include <ntddk.h>', '#include <scsiwmi.h>', ...numbers, ...members, ''].join(
      '\n',
    );
    expect(await compile({ compiler, text })).toEqual({ status: 0, output: '' });
  },
);

test('no function for miniports claims a highest IRQL', () => {
  const folder = emitted('sensor-log');
  const core = read('src/runtime-c/mofgen_wmi_scsi.h');
  for (const text of [core, readFileSync(join(folder, 'sensor-log_wmi.h'), 'utf8')]) {
    expect(text).toContain('_Must_inspect_result_');
    expect(text).not.toContain('_IRQL_');
  }
});
