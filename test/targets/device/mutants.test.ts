// The programs for wdm and irp fail for every mutant of the core's parts for drivers without a framework, except for mutants that
// do the same as the original, each with the reason.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostBuild, hostFlags, hostIncludes, startHostBuild } from '../../c/host.js';
import { encodeRequests } from '../../c/requests/requests.js';
import { compile, compilerWith, runForBytes, sanitizerEnvironment } from '../../c/toolchain.js';
import { runsThoroughly } from '../../effort.js';
import { runtimeFolder } from '../../runtime-c/core-build.js';
import { type Mutant, mutantsOf } from '../../runtime-c/mutants.js';
import { replayParts } from '../irp/guest-model.js';
import { guestRequests, registrations } from '../irp/guest-requests.js';
import { guestMof, programs as irpPrograms } from '../irp/programs.js';
import { modelOf } from '../ts/generated-module.js';
import { programs as wdmPrograms } from '../wdm/programs.js';

const SOURCES = ['mofgen_wmi_device.c', 'mofgen_wmi_wdm.c', 'mofgen_wmi_irp.c'] as const;
type Source = (typeof SOURCES)[number];
const HEADERS = ['mofgen_wmi.h', ...SOURCES.map((file) => file.replace(/c$/, 'h'))];

const NO_BYTES = 'there are no bytes at the pointer either way';
const EMPTY = 'a block has instances with data or instances without, so end is 0 or aligned';
const FOUR_GB = 'no test has a buffer of 4 GB';

/** Mutants that do the same as the original, by their line, and why. */
const EQUIVALENT: Readonly<Record<string, readonly { after: string; reason: string }[]>> = {
  'mofgen_wmi_device.c': [
    {
      after: 'if (!NT_SUCCESS(status) && *Size == 0)',
      reason: 'after a failure the size is 0, and an event with data has bytes',
    },
    {
      after: 'room = Buffer != NULL && start <= BufferSize ? BufferSize - (ULONG)start : 0;',
      reason: 'the room is 0 either way',
    },
    {
      after:
        'MofgenRequestInitialize(&request, NULL, 0, room >= 0 ? Buffer + (ULONG)start : NULL, room);',
      reason: NO_BYTES,
    },
    { after: 'end = used >= 0 ? start + used : end;', reason: EMPTY },
    { after: 'if (end >= MAXULONG)', reason: FOUR_GB },
  ],
  'mofgen_wmi_irp.c': [
    {
      after:
        'MofgenRequestInitialize(&request, NULL, 0, room >= 0 ? Request->Buffer + offset : NULL, room);',
      reason: NO_BYTES,
    },
    {
      after:
        'MofgenRequestInitialize(&request, data.Size >= 0 ? Request->Buffer + data.Offset : NULL, data.Size, NULL, 0);',
      reason: NO_BYTES,
    },
    { after: 'buffer = room >= 0 ? Request->Buffer + data.Offset : NULL;', reason: NO_BYTES },
    {
      after: 'if (Offset >= Request->BufferSize || Request->BufferSize - Offset < sizeof(size))',
      reason: 'at the end of the buffer there is no size either way',
    },
    {
      after: 'if (Offset > Request->BufferSize || Request->BufferSize - Offset <= sizeof(size))',
      reason: 'a size at the end of the buffer is that of no name, or leads out of the buffer',
    },
    {
      after:
        'layout.Data = end <= sizeof(WNODE_ALL_DATA) ? sizeof(WNODE_ALL_DATA) : MOFGEN_IRP_ALIGN(end);',
      reason: 'the size of the structure is aligned',
    },
    {
      after: 'end = Lengths[i] >= 0 ? (ULONG)MOFGEN_IRP_ALIGN((ULONGLONG)end) : end;',
      reason: EMPTY,
    },
    {
      after: 'room = first <= Request->BufferSize ? Request->BufferSize - (ULONG)first : 0;',
      reason: 'the room is 0 either way',
    },
    {
      after: 'Range, Lengths, room, room >= 0 ? Request->Buffer + (ULONG)first : NULL, &used);',
      reason: NO_BYTES,
    },
    { after: 'if (reginfo.End >= MAXULONG)', reason: FOUR_GB },
    { after: 'if (offset + Size >= MAXULONG)', reason: FOUR_GB },
  ],
};

/** Only an endless loop takes longer. */
const MILLISECONDS = 20_000;

const FLAGS = ['-O0', '-g0', '-w'];

const compiler = compilerWith('sanitizers', 'mutants of the C core for WDM', ['gcc', 'clang']);

/** A program without the core's parts for drivers without a framework. */
interface Program {
  readonly name: string;
  readonly objects: readonly string[];
  /** Of these parts, those that it is linked with. */
  readonly parts: readonly Source[];
  readonly input: Buffer;
  /** What it prints. */
  output: string;
}

const isRun = compiler !== undefined && runsThoroughly('mutants of the C core for WDM');

describe.runIf(isRun)('mutants', () => {
  let build: HostBuild;
  let originals: ReadonlyMap<Source, string>;
  const programs: Program[] = [];

  async function object(file: string, output: string, includes: readonly string[]) {
    const made = await compile({
      compiler: build.compiler,
      files: [file],
      includes: [...includes, ...hostIncludes, runtimeFolder],
      flags: [...hostFlags, ...FLAGS, '-c'],
      output,
      cwd: build.folder,
    });
    return { output, isFine: made.status === 0, message: made.output };
  }

  async function objectOf(file: string, folder: string, includes: readonly string[] = []) {
    const made = await object(file, join(folder, `${basename(file, '.c')}.o`), includes);
    if (!made.isFine) throw new Error(`${file}\n${made.message}`);
    return made.output;
  }

  async function addProgram(
    name: string,
    folder: string,
    sources: readonly string[],
    includes: readonly string[],
    input: Buffer,
    defines: readonly string[] = [],
  ) {
    const isPart = (file: string): file is Source => SOURCES.some((each) => each === file);
    const own = sources.filter((source) => !isPart(basename(source)));
    const objects: string[] = [];
    for (const file of own) {
      const output = join(folder, `${basename(file, '.c')}.o`);
      const made = await compile({
        compiler: build.compiler,
        files: [file],
        includes: [...includes, ...hostIncludes],
        defines,
        flags: [...hostFlags, ...FLAGS, '-c'],
        output,
        cwd: build.folder,
      });
      if (made.status !== 0) throw new Error(`${file}\n${made.output}`);
      objects.push(output);
    }
    const parts = sources.map((source) => basename(source)).filter(isPart);
    programs.push({ name, objects, parts, input, output: '' });
  }

  beforeAll(async () => {
    if (compiler === undefined) return;
    build = await startHostBuild(compiler);
    const originalsFolder = join(build.folder, 'originals');
    mkdirSync(originalsFolder);
    originals = new Map(
      await Promise.all(
        SOURCES.map(async (file): Promise<[Source, string]> => [
          file,
          await objectOf(join(runtimeFolder, file), originalsFolder),
        ]),
      ),
    );
    const all = [...wdmPrograms, ...irpPrograms];
    for (const [index, { name, file, defines = [], driver }] of all.entries()) {
      const folder = join(build.folder, `program-${index}`);
      mkdirSync(folder);
      const { folder: emitted, sources } = driver({ ...build, folder });
      await addProgram(name, folder, [...sources, file], [emitted], Buffer.alloc(0), defines);
    }
    const folder = join(build.folder, 'replay');
    mkdirSync(folder);
    const { sources, includes = [] } = replayParts({ ...build, folder });
    const requests = guestRequests(modelOf(guestMof), 20_000, 1);
    const input = encodeRequests([...requests, ...registrations(700)]);
    await addProgram('random requests', folder, sources, includes, Buffer.from(input));
    for (const program of programs) {
      const outcome = await outcomeOf('original', program, originals);
      expect(outcome.status, `${program.name}: ${outcome.errors}`).toBe(0);
      program.output = outcome.output;
    }
  }, 900_000);
  afterAll(() => {
    build.remove();
  });

  async function outcomeOf(
    name: string,
    program: Program,
    parts: ReadonlyMap<Source, string>,
  ): Promise<{ status: number | null; output: string; errors: string }> {
    const built = await build.build(name, {
      sources: [...program.objects, ...program.parts.map((part) => parts.get(part) ?? '')],
      flags: FLAGS,
    });
    if (built.status !== 0) return { status: built.status, output: '', errors: built.output };
    const { status, output, errors } = await runForBytes(built.path, [], {
      input: program.input,
      // The harness counts live blocks; leak detection would take longer than the programs.
      env: { ...sanitizerEnvironment(build.compiler), ASAN_OPTIONS: 'detect_leaks=0' },
      timeout: MILLISECONDS,
      cwd: build.folder,
    });
    return { status, output: Buffer.from(output).toString('base64'), errors };
  }

  /** Whether all programs do with these parts what they do with the original ones. */
  async function survives(name: string, parts: ReadonlyMap<Source, string>): Promise<boolean> {
    for (const program of programs) {
      if (
        ![...parts].some(
          ([part, path]) => program.parts.includes(part) && originals.get(part) !== path,
        )
      )
        continue;
      const { status, output } = await outcomeOf(name, program, parts);
      if (status !== 0 || output !== program.output) return false;
    }
    return true;
  }

  async function partsWith(name: string, file: string, text: string) {
    const folder = join(build.folder, name);
    mkdirSync(folder);
    const parts = new Map(originals);
    // A file includes those of its own folder first.
    for (const header of HEADERS) {
      writeFileSync(join(folder, header), readFileSync(join(runtimeFolder, header)));
    }
    for (const source of SOURCES) {
      if (source !== file && file.endsWith('.c')) continue;
      const path = join(folder, source);
      writeFileSync(path, readFileSync(join(runtimeFolder, source)));
      writeFileSync(join(folder, file), text);
      const made = await object(path, join(folder, `${basename(source, '.c')}.o`), [folder]);
      if (!made.isFine) return undefined;
      parts.set(source, made.output);
    }
    return parts;
  }

  test.each([...SOURCES, 'mofgen_wmi_device.h'])(
    '%s: all are caught',
    { timeout: 1_800_000 },
    async (file) => {
      const equivalent = EQUIVALENT[file] ?? [];
      const mutants = mutantsOf(readFileSync(join(runtimeFolder, file), 'utf8'));
      expect(mutants.length).toBeGreaterThan(10);
      const survivors: Mutant[] = [];
      const waiting = [...mutants.entries()];
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          const [index, mutant] = next;
          const name = `${basename(file)}-${index}`;
          const parts = await partsWith(`${name}-files`, file, mutant.text);
          if (parts !== undefined && (await survives(name, parts))) survivors.push(mutant);
        }
      };
      await Promise.all([work(), work()]);
      const described = ({ line, before, after }: Mutant) => `${line}: ${before}  ->  ${after}`;
      const wanted = new Set(equivalent.map(({ after }) => after));
      expect(survivors.filter(({ after }) => !wanted.has(after)).map(described)).toEqual([]);
      const survived = new Set(survivors.map(({ after }) => after));
      expect(
        equivalent.filter(({ after }) => !survived.has(after)),
        'listed as equivalent, but no mutant that survives',
      ).toEqual([]);
      console.log(
        `${file}: ${mutants.length - survivors.length} of ${mutants.length} mutants are caught, ${equivalent.length} are equivalent`,
      );
    },
  );
});
