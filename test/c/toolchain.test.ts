// The compilers that the other tests of C use: those that exist compile and run, the missing ones are printed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  availableCompilers,
  COMPILERS,
  compile,
  compilerWith,
  findsLeaks,
  run,
  SANITIZE,
  sanitizerEnvironment,
} from './toolchain.js';

const present = availableCompilers('compilers');

test.each(present)('%s compiles for its machine', async (compiler) => {
  const { pointerBytes, system } = COMPILERS[compiler];
  const text = `${system !== 'host' ? '#ifndef _WIN32\n#error\n#endif\n' : ''}
extern char pointer[sizeof(void *) == ${pointerBytes} ? 1 : -1];\n`;
  expect(await compile({ compiler, text })).toEqual({ status: 0, output: '' });
});

test.each(present.filter((name) => COMPILERS[name].system === 'windows'))(
  '%s finds the driver headers without a warning of theirs',
  async (compiler) => {
    const c = COMPILERS[compiler].language === 'c';
    const text = c
      ? '#include <ntddk.h>\n#include <wmistr.h>\n#include <wmilib.h>\nextern WMILIB_CONTEXT context;\n'
      : '#include <windows.h>\nextern ULONG value;\n';
    expect(await compile({ compiler, text })).toEqual({ status: 0, output: '' });
  },
);

test.each(present)('%s fails on a warning', async (compiler) => {
  const { status, output } = await compile({ compiler, text: 'static int unused;\n' });
  expect(status).toBe(1);
  expect(output).toContain('unused');
});

const sanitized = compilerWith('sanitizers', 'sanitizers', ['gcc', 'clang']);

test.skipIf(sanitized === undefined)('a sanitizer report ends the program', async () => {
  const compiler = sanitized ?? 'gcc';
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-c-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const program = join(folder, 'program');
  const text = `#include <stdlib.h>
int main(int count, char **words) {
  char *bytes = malloc(3);
  int past = 0;
  if (bytes == NULL) return 9;
  bytes[count] = words[0][0];
  if (count == 3) past = bytes[count];
  free(bytes);
  return past;
}
`;
  const built = await compile({ compiler, text, flags: SANITIZE, output: program });
  expect(built).toEqual({ status: 0, output: '' });
  const env = sanitizerEnvironment(compiler);
  expect(await run(program, [], { env })).toEqual({ status: 0, output: '' });
  const bad = await run(program, ['a', 'b'], { env });
  expect(bad.status).not.toBe(0);
  expect(bad.output).toMatch(/heap-buffer-overflow|insufficient space/);
  if (!findsLeaks(compiler)) console.log(`${compiler}: LeakSanitizer does not work here`);
});

test('what is missing is printed, and is an error with MOFGEN_REQUIRE_C=1', async () => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  onTestFinished(() => {
    printed.mockRestore();
    vi.unstubAllEnvs();
  });
  vi.resetModules();
  vi.stubEnv('PATH', '/nowhere');
  const fresh = await import('./toolchain.js');
  vi.stubEnv('MOFGEN_REQUIRE_C', '');
  expect(fresh.availableCompilers('some check')).toEqual([]);
  expect(printed.mock.calls.flat()).toContain(
    'some check: not run with mingw64-gcc, because there is no x86_64-w64-mingw32-gcc',
  );
  expect(fresh.compilerWith('fuzzer', 'fuzzing', ['clang'])).toBeUndefined();
  vi.stubEnv('MOFGEN_REQUIRE_C', '1');
  expect(() => fresh.availableCompilers('some check', ['gcc'])).toThrow('there is no gcc');
  expect(() => fresh.compilerWith('fuzzer', 'fuzzing', ['clang'])).toThrow('there is no clang');
});

const fuzzing = compilerWith('fuzzer', 'libFuzzer', ['clang']);

test.skipIf(fuzzing === undefined)('libFuzzer links and runs', () => {
  expect(fuzzing).toBe('clang');
});
