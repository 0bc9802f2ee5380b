// The iSCSI files of the Windows driver samples, which need the preprocessor, become C that Windows compilers take.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import { corpus, hasCorpus, root } from '../../mof-files.js';
import { availableCompilers, compile } from '../../c/toolchain.js';

const sources = join(corpus, 'windows-driver-samples/storage/iscsi/src');

const NAMES = ['def', 'config', 'mgmt'] as const;
const TARGETS = ['kmdf', 'wdm', 'irp'] as const;
const compilers = availableCompilers('C for the iSCSI files', [
  'mingw64-gcc',
  'mingw32-gcc',
  'mingw64-clang',
]);

const folder = mkdtempSync(join(tmpdir(), 'mofgen-iscsi-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function mofgen(...args: readonly string[]) {
  let stderr = '';
  const exitCode = await run([...args], {
    stdout: () => undefined,
    stdoutBytes: () => undefined,
    stderr: (text) => (stderr += text),
    readStdin: () => Promise.resolve(new Uint8Array()),
    cwd: root,
    env: {},
    stderrIsTerminal: false,
  });
  const lines = stderr.split('\n');
  return {
    exitCode,
    errors: lines.filter((line) => line.includes('error MOF')),
    ofHeaders: lines.filter((line) => /\.h:|MOF1008/.test(line)),
  };
}

describe.runIf(hasCorpus)('the iSCSI files', () => {
  beforeAll(async () => {
    const emit = async (name: string, target: string, output: string): Promise<void> => {
      const args = ['-t', target, '-o', output, '-I', 'test/targets/iscsi/include'];
      expect(await mofgen(join(sources, `${name}.mof`), ...args, '--allow-cpp-quote')).toEqual({
        exitCode: 0,
        errors: [],
        ofHeaders: [],
      });
    };
    for (const target of TARGETS) {
      // Without a file that includes it, it lacks two macros, which are warnings.
      await emit('common', target, join(folder, `${target}-common`));
      for (const name of NAMES) await emit(name, target, join(folder, target));
      // What cpp_quote of the other two includes.
      copyFileSync(join(folder, target, 'def_wmi.h'), join(folder, target, 'iscsidef.h'));
    }
  }, 60_000);

  test.each([
    ['all of them', ['iscsidsc.h', 'iscsierr.h', 'winapifamily.h'], []],
    ['without the header for the kind of program', ['iscsidsc.h', 'iscsierr.h'], []],
    ['with --wdk', ['iscsidsc.h', 'iscsierr.h', 'winapifamily.h'], ['--wdk']],
    ['with --wdk for another processor', ['iscsidsc.h', 'iscsierr.h'], ['--wdk', 'arm64']],
  ])('the headers are read without a diagnostic: %s', async (title, headers, args) => {
    const headersFolder = join(folder, title);
    mkdirSync(headersFolder);
    for (const name of headers) {
      copyFileSync(join(root, 'test/targets/iscsi/include', name), join(headersFolder, name));
    }
    for (const name of [...NAMES, 'common', 'iscsihba']) {
      const path = join(sources, `${name}.mof`);
      const { exitCode, errors, ofHeaders } = await mofgen(
        'check',
        path,
        '-I',
        headersFolder,
        ...args,
      );
      expect({ name, exitCode, errors, ofHeaders }).toEqual({
        name,
        exitCode: 0,
        errors: [],
        ofHeaders: [],
      });
    }
  });

  test('the macros of the header are in the C', () => {
    const text = readFileSync(join(folder, 'kmdf/def_wmi.h'), 'utf8');
    expect(text).toContain('WCHAR TextAddress[256 + 1];');
    expect(text).toContain('typedef ULONGLONG ISCSI_SECURITY_FLAGS;');
    expect(text).toContain('iscsidef.h');
    expect(text).toContain('typedef enum {');
    expect(text).not.toContain('_QUALIFIERS');
  });

  test('classes of common.mof are declared by def.mof only', () => {
    const has = (name: string) =>
      readFileSync(join(folder, `kmdf/${name}_wmi.h`), 'utf8').includes('_ISCSI_IP_Address\n{');
    expect(NAMES.map(has)).toEqual([true, false, false]);
  });

  test.each(compilers.flatMap((compiler) => TARGETS.map((target) => ({ compiler, target }))))(
    '$target with $compiler',
    { timeout: 120_000 },
    async ({ compiler, target }) => {
      const place = join(folder, target);
      const files = NAMES.flatMap((name) => [
        join(place, `${name}_wmi.c`),
        join(place, `${name}_wmi_impl.c`),
      ]).filter((file) => existsSync(file));
      expect(files.length).toBeGreaterThanOrEqual(4);
      const includes = [join(root, 'test/c/include'), place];
      expect(await compile({ compiler, files, includes })).toEqual({ status: 0, output: '' });
      const alone = join(folder, `${target}-common`);
      const common = ['common_wmi.c', 'common_wmi_impl.c']
        .map((name) => join(alone, name))
        .filter((file) => existsSync(file));
      expect(common.length).toBeGreaterThanOrEqual(1);
      expect(
        await compile({ compiler, files: common, includes: [join(root, 'test/c/include'), alone] }),
      ).toEqual({ status: 0, output: '' });
    },
  );
});
