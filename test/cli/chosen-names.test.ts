/** The names that options give to files and to the resource: in every file that has them, and with a compiler's consent. */
import { existsSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { availableCompilers, compile } from '../c/toolchain.js';
import { outputsIn, smallMof, workplace, type Workplace } from './command-line.js';

const OTHER = smallMof('Other').replace('0f7a11', '0f7a12');
const method = '[WmiMethodId(1), Implemented] void Stop([in] uint32 after);';
const read = ({ path }: Workplace, name: string): string =>
  readFileSync(path(`gen/${name}`), 'utf8');
const MODELS = ['kmdf', 'wdm', 'irp'] as const;

describe.each(MODELS)('%s', (target) => {
  test('--header-name names the header, its guard, and what includes it', async () => {
    const place = workplace({ 'fan.mof': smallMof() });
    await place.run(['fan.mof', '-t', target, '--header-name', 'blocks-of.fan.hpp']);
    const names = outputsIn(place.path('gen'));
    expect(names).toContain('blocks-of.fan.hpp');
    expect(names).not.toContain('fan_wmi.h');
    expect(read(place, 'blocks-of.fan.hpp')).toMatch(
      /#ifndef _blocks_of_fan_hpp_\n#define _blocks_of_fan_hpp_\n/,
    );
    for (const name of ['fan_wmi.c', 'fan_wmi_impl.c']) {
      expect(read(place, name)).toContain('#include "blocks-of.fan.hpp"');
    }
    expect(read(place, 'fan_wmi.props')).toContain('blocks-of.fan.hpp"');
    for (const name of names.filter((each) => each.includes('.'))) {
      if (name !== '.mofgen') expect(read(place, name), name).not.toContain('fan_wmi.h');
    }
  });

  test('--mof-resource names the resource in the script and in the registration', async () => {
    const place = workplace({ 'fan.mof': smallMof() });
    await place.run(['fan.mof', '-t', target, '--mof-resource', 'FanMof']);
    expect(read(place, 'fan_wmi.rc')).toContain('#define FAN_WMI_MOF_RESOURCE_NAME FanMof\n');
    expect(read(place, 'fan_wmi.h')).toContain('#define FAN_WMI_MOF_RESOURCE L"FanMof"\n');
    for (const name of ['fan_wmi.rc', 'fan_wmi.h']) {
      expect(read(place, name)).not.toContain('MofResourceName');
    }
  });

  test('--impl-ext cpp names your file, in every file that mentions it', async () => {
    const place = workplace({ 'fan.mof': smallMof() });
    await place.run(['fan.mof', '-t', target, '--impl-ext', 'cpp']);
    const names = outputsIn(place.path('gen'));
    expect(names).toContain('fan_wmi_impl.cpp');
    expect(names).not.toContain('fan_wmi_impl.c');
    for (const name of ['fan_wmi.c', 'fan_wmi.h']) {
      expect(read(place, name)).toMatch(/fan_wmi_impl\.cpp\b/);
      expect(read(place, name)).not.toMatch(/fan_wmi_impl\.c\b/);
    }
  });

  test('--core external emits all but the core', async () => {
    const place = workplace({ 'fan.mof': smallMof() });
    await place.run(['fan.mof', '-t', target]);
    const all = outputsIn(place.path('gen'));
    await place.run(['fan.mof', '-t', target, '--core', 'external', '-o', 'other']);
    const rest = outputsIn(place.path('other'));
    expect(all.filter((name) => !rest.includes(name))).toEqual(
      ['', ...(target === 'kmdf' ? [] : ['_device']), `_${target}`, '_pool']
        .sort()
        .flatMap((end) => [`mofgen_wmi${end}.c`, `mofgen_wmi${end}.h`]),
    );
  });

  test('--standalone emits the header, the source and the pieces of the build', async () => {
    const place = workplace({ 'fan.mof': smallMof() });
    await place.run(['fan.mof', '-t', target, '--standalone']);
    expect(outputsIn(place.path('gen'))).toEqual(
      ['fan_wmi.c', 'fan_wmi.cmake', 'fan_wmi.h', 'fan_wmi.props', 'fan_wmi.rc'].concat(
        'fan_wmi_impl.c',
      ),
    );
    expect(read(place, 'fan_wmi.c')).toContain(`mofgen_wmi_${target}.c of mofgen's C core`);
    for (const name of ['fan_wmi.c', 'fan_wmi.h']) {
      expect(read(place, name)).not.toMatch(/include "mofgen_wmi/);
    }
    for (const name of ['fan_wmi.props', 'fan_wmi.cmake']) {
      expect(read(place, name)).not.toContain('mofgen_wmi');
    }
  });

  const options = ['--header-name', 'fan.hpp', '--mof-resource', 'FanMof'];
  const source = smallMof('Fan', method);

  test.each([['--standalone'], ['--core=copy']])('mingw compiles it with %s', async (core) => {
    if (availableCompilers('names that options give', ['mingw64-gcc']).length === 0) return;
    const place = workplace({ 'fan.mof': source });
    const outcome = await place.run(['fan.mof', '-t', target, ...options, core]);
    expect(outcome).toMatchObject({ exitCode: 0 });
    const cwd = place.path('gen');
    const files = outputsIn(cwd).filter((name) => name.endsWith('.c'));
    const systemIncludes = [resolve('test/c/include')];
    const job = { compiler: 'mingw64-gcc', files, systemIncludes, cwd } as const;
    expect(await compile(job)).toEqual({ status: 0, output: '' });
  });

  // The <ntddk.h> of mingw-w64 is for C alone; that of the host harness is C that C++ takes with other words for two of its own.
  test('your file is C++ as well', async () => {
    if (availableCompilers('your file as C++', ['g++']).length === 0) return;
    const place = workplace({ 'fan.mof': source });
    await place.run(['fan.mof', '-t', target, ...options, '--impl-ext=cpp']);
    const job = {
      compiler: 'g++',
      files: ['fan_wmi_impl.cpp'],
      systemIncludes: [resolve('test/c/host/include'), resolve('test/c/include')],
      defines: ['_Static_assert=static_assert'],
      flags: ['-fshort-wchar'],
      cwd: place.path('gen'),
    } as const;
    expect(await compile(job)).toEqual({ status: 0, output: '' });
  });
});

test('--header-name of the target header', async () => {
  const place = workplace({ 'fan.mof': smallMof() });
  await place.run(['fan.mof', '-t', 'header', '--header-name', 'fan.h']);
  expect(outputsIn(place.path('gen'))).toEqual(['fan.h']);
  expect(read(place, 'fan.h')).toContain('#ifndef _fan_h_\n');
});

test('two inputs cannot have one header', async () => {
  const { run } = workplace({ 'a.mof': smallMof(), 'b.mof': OTHER });
  expect(await run(['a.mof', 'b.mof', '-t', 'header', '--header-name', 'fan.h'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      `mofgen: 'a.mof' and 'b.mof' would both be written to 'gen/fan.h'; ` +
      'generate them into folders of their own with -o\n',
  });
});

test('a header that has another name now is removed', async () => {
  const place = workplace({ 'a.mof': smallMof() });
  await place.run(['a.mof', '-t', 'header']);
  expect((await place.run(['a.mof', '-t', 'header', '--header-name', 'b.h'])).stderr).toBe(
    'a.mof: 1 written, 1 removed\n',
  );
  expect(outputsIn(place.path('gen'))).toEqual(['b.h']);
});

describe('your file under either name', () => {
  const c = 'a_wmi_impl.c';
  const cpp = 'a_wmi_impl.cpp';
  const generated = async (...args: string[]): Promise<Workplace> => {
    const place = workplace({ 'a.mof': smallMof() });
    await place.run(['a.mof', '-t', 'kmdf', ...args]);
    return place;
  };
  const yoursIn = ({ path }: Workplace, folder = 'gen'): string[] =>
    outputsIn(path(folder)).filter((name) => name.includes('_impl'));

  test.each([
    ['renamed to .cpp', c, cpp, []],
    ['renamed to .c', cpp, c, ['--impl-ext', 'cpp']],
  ])('%s, it is not written again', async (_case, from, to, args) => {
    const place = await generated(...args);
    writeFileSync(place.path(`gen/${from}`), '// mine\n');
    renameSync(place.path(`gen/${from}`), place.path(`gen/${to}`));
    const again = ['a.mof', '-t', 'kmdf', ...args];
    expect(await place.run([...again, '--check'])).toMatchObject({ exitCode: 0 });
    expect((await place.run(again)).stderr).toBe('a.mof: 11 unchanged, 1 kept (yours)\n');
    expect(yoursIn(place)).toEqual([to]);
    expect(read(place, to)).toBe('// mine\n');
    const list = [...again, '--list-outputs', '--list-owner', 'user'];
    expect((await place.run(list)).stdout).toBe(`gen/${to}\n`);
  });

  test('in a folder of its own', async () => {
    const place = workplace({ 'a.mof': smallMof(), [`src/${cpp}`]: '// mine\n' });
    await place.run(['a.mof', '-t', 'wdm', '--user-output', 'src']);
    expect(yoursIn(place, 'src')).toEqual([cpp]);
    expect(yoursIn(place)).toEqual([]);
  });

  test('stubs --missing reads the one that is there', async () => {
    const place = await generated();
    renameSync(place.path(`gen/${c}`), place.path(`gen/${cpp}`));
    writeFileSync(place.path('a.mof'), smallMof('SmallFan', method));
    const stubs = ['stubs', '--missing', 'a.mof', '-t', 'kmdf'];
    const { exitCode, stdout, stderr } = await place.run(stubs);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `gen/${cpp} lacks:\n` });
    expect(stdout).toContain('SmallFanStop(');
    unlinkSync(place.path(`gen/${cpp}`));
    expect((await place.run(stubs)).stderr).toContain(`'gen/${c}' is not there yet`);
    const cppStubs = [...stubs, '--impl-ext', 'cpp'];
    expect((await place.run(cppStubs)).stderr).toContain(`'gen/${cpp}' is not there yet`);
  });

  test.each([
    ['', [], c, cpp],
    [', that of --impl-ext', ['--impl-ext', 'cpp'], cpp, c],
  ])('of two, one is used%s, with a warning', async (_case, args, used, left) => {
    const place = workplace({
      'a.mof': smallMof('SmallFan', method),
      [`gen/${used}`]: '// used\n',
      [`gen/${left}`]: '// left SmallFanStop(\nmore',
    });
    const warning =
      `gen/${left}:1:1: warning MOF4006: your file exists twice: 'gen/${used}' is used, '${left}' is ignored\n` +
      `gen/${left}:1:1: help: move what you need into one of them and remove the other\n1 warning\n`;
    const command = ['a.mof', '-t', 'wdm', ...args];
    expect(await place.run(command)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `${warning}a.mof: 13 written, 1 kept (yours)\n`,
    });
    expect(await place.run([...command, '--check', '-q'])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: warning,
    });
    const stubs = await place.run(['stubs', '--missing', ...command]);
    expect(stubs.stderr).toBe(`${warning}gen/${used} lacks:\n`);
    expect(read(place, used)).toBe('// used\n');
    expect(await place.run([...command, '--deny', 'MOF4006'])).toMatchObject({ exitCode: 1 });
  });

  test('a folder under the other name is an error', async () => {
    const place = workplace({ 'a.mof': smallMof(), [join('gen', cpp, 'x')]: '' });
    expect(await place.run(['a.mof', '-t', 'kmdf'])).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: `mofgen: cannot write 'gen/${cpp}': it is a folder\n`,
    });
    expect(existsSync(place.path(`gen/${c}`))).toBe(false);
  });

  test('it is counted as kept when its MOF is deleted, under either name', async () => {
    const place = await generated();
    renameSync(place.path(`gen/${c}`), place.path(`gen/${cpp}`));
    writeFileSync(place.path('b.mof'), OTHER);
    unlinkSync(place.path('a.mof'));
    expect((await place.run(['*.mof', '-t', 'kmdf'])).stderr).toContain(
      'a.mof is gone: 5 removed, 1 kept (yours)\n',
    );
  });
});
