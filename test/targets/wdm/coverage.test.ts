// The programs beside this file reach nearly all lines and branches of the core's part for WDM, as gcov counts them.
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostBuild, hostIncludes, startHostBuild } from '../../c/host.js';
import { availableCompilers, compile, run } from '../../c/toolchain.js';
import { runtimeFolder } from '../../runtime-c/core-build.js';
import { type Coverage, expectCovered, gcov } from '../../runtime-c/gcov.js';
import { programs } from './programs.js';

const FLAGS = ['-fshort-wchar', '-pthread', '-g', '-O0'];
const FILES = ['mofgen_wmi_device.c', 'mofgen_wmi_wdm.c'];

const available = availableCompilers('coverage of the C core for WDM', ['gcc']);

describe.runIf(available.length > 0)('coverage', () => {
  let build: HostBuild;
  let coverage: ReadonlyMap<string, Coverage>;
  beforeAll(async () => {
    build = await startHostBuild('gcc', FLAGS);
    const objects: string[] = [];
    for (const file of FILES) {
      const output = join(build.folder, `${basename(file, '.c')}.o`);
      const made = await compile({
        compiler: 'gcc',
        files: [join(runtimeFolder, file)],
        includes: [...hostIncludes, runtimeFolder],
        flags: [...FLAGS, '--coverage', '-c'],
        output,
        cwd: build.folder,
      });
      expect(made).toEqual({ status: 0, output: '' });
      objects.push(output);
    }
    // One after the other: each adds to the counts.
    for (const [index, { file, output, defines = [], driver }] of programs.entries()) {
      const { folder, sources } = driver(build);
      const program = await build.build(`program-${index}`, {
        sources: [...sources.filter((each) => !FILES.includes(basename(each))), file, ...objects],
        includes: [folder],
        defines,
        flags: ['--coverage'],
      });
      expect(program.status, program.output).toBe(0);
      expect(await run(program.path, [], { cwd: build.folder })).toEqual({ status: 0, output });
    }
    coverage = await gcov(
      build.folder,
      FILES.map((file) => basename(file, '.c')),
    );
  }, 600_000);
  afterAll(() => {
    build.remove();
  });

  test.each(FILES)('%s', (file) => {
    const found = coverage.get(file);
    if (found === undefined) throw new Error(`gcov knows no ${file}`);
    expectCovered(file, found);
  });
});
