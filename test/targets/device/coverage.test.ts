// The programs for wdm and irp reach nearly all lines and branches of the core's parts for drivers without a framework, as gcov
// counts them.
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostBuild, hostIncludes, startHostBuild } from '../../c/host.js';
import { encodeRequests } from '../../c/requests/requests.js';
import { thoroughCompilers, compile, run, runForBytes } from '../../c/toolchain.js';
import { runtimeFolder } from '../../runtime-c/core-build.js';
import { type Coverage, expectCovered, gcov } from '../../runtime-c/gcov.js';
import { replayParts } from '../irp/guest-model.js';
import { guestRequests, registrations } from '../irp/guest-requests.js';
import { guestMof, programs as irpPrograms } from '../irp/programs.js';
import { modelOf } from '../ts/generated-module.js';
import { programs as wdmPrograms } from '../wdm/programs.js';

// Inline functions are functions here: the branches of each copy would count else.
const FLAGS = [
  ...['-fshort-wchar', '-pthread', '-g', '-O0'],
  '-DFORCEINLINE=static __inline __attribute__((unused))',
];
const FILES = ['mofgen_wmi_device.c', 'mofgen_wmi_wdm.c', 'mofgen_wmi_irp.c'];

const programs = [...wdmPrograms, ...irpPrograms];

const available = thoroughCompilers('coverage of the C core for drivers without a framework', [
  'gcc',
]);

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
      // Both targets emit the same samples.
      const own = join(build.folder, `sources-${index}`);
      mkdirSync(own);
      const { folder, sources } = driver({ ...build, folder: own });
      const program = await build.build(`program-${index}`, {
        sources: [...sources.filter((each) => !FILES.includes(basename(each))), file, ...objects],
        includes: [folder],
        defines,
        flags: ['--coverage'],
      });
      expect(program.status, program.output).toBe(0);
      expect(await run(program.path, [], { cwd: build.folder })).toEqual({ status: 0, output });
    }
    // What only random requests reach.
    const own = join(build.folder, 'replay');
    mkdirSync(own);
    const parts = replayParts({ ...build, folder: own }, (source) =>
      FILES.includes(basename(source)) ? [] : [source],
    );
    const replay = await build.build('replay-program', {
      ...parts,
      sources: [...parts.sources, ...objects],
      flags: ['--coverage'],
    });
    expect(replay.status, replay.output).toBe(0);
    const requests = guestRequests(modelOf(guestMof), 20_000, 1);
    const replayed = await runForBytes(replay.path, [], {
      input: encodeRequests([...requests, ...registrations(200)]),
      cwd: build.folder,
    });
    expect({ ...replayed, output: '' }).toEqual({ status: 0, output: '', errors: '' });
    coverage = await gcov(
      build.folder,
      FILES.map((file) => basename(file, '.c')),
    );
  }, 600_000);
  afterAll(() => {
    build.remove();
  });

  test.each([...FILES, 'mofgen_wmi_device.h'])('%s', (file) => {
    const found = coverage.get(file);
    if (found === undefined) throw new Error(`gcov knows no ${file}`);
    expectCovered(file, found);
  });
});
