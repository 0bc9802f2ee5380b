// Builds programs on the host harness: its objects once in a run for each compiler and its flags, and then other sources with them.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { madeOnce } from '../run-store.js';
import {
  compile,
  compileObject,
  type CompilerName,
  type ObjectCompilation,
  type Outcome,
  SANITIZE,
  SANITIZE_THREADS,
} from './toolchain.js';

const here = import.meta.dirname;

/** Where host programs find `ntddk.h`, `wmistr.h`, `wmilib.h`, and `wdf.h`. */
export const hostIncludes: readonly string[] = [join(here, 'host/include'), join(here, 'include')];

/** The flags for everything on the harness, in addition to `STRICT_C`: sanitizers, and characters of 16 bits. */
export const hostFlags: readonly string[] = ['-fshort-wchar', '-pthread', ...SANITIZE];

/** The same for programs that run a driver in many threads; for `startHostBuild` and what is linked with it. */
export const hostThreadFlags: readonly string[] = [
  '-fshort-wchar',
  '-pthread',
  ...SANITIZE_THREADS,
];

/** Defined for a driver that is compiled with a kit of today, and needs the Windows of its time or an older one. */
export const CURRENT_KIT = ['HOST_CURRENT_KIT'] as const;
export const CURRENT_KIT_OLDER_SYSTEM = [
  'HOST_CURRENT_KIT',
  'NTDDI_VERSION=0x0A000007',
  'POOL_ZERO_DOWN_LEVEL_SUPPORT',
] as const;

const hostFolder = join(here, 'host');

/** The sources of the harness. */
export const hostSources: readonly string[] = sources(hostFolder);

/** The C files of a folder. */
export function sources(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.c'))
    .sort()
    .map((name) => join(folder, name));
}

/** A folder for a test's build, with the compiled harness. */
export interface HostBuild {
  readonly compiler: CompilerName;
  readonly folder: string;
  readonly objects: readonly string[];
  /** Compiles sources and links them with the harness; `program` is a name in the folder. */
  readonly build: (program: string, parts: ProgramParts) => Promise<Outcome & { path: string }>;
  readonly remove: () => void;
}

export interface ProgramParts {
  readonly sources: readonly string[];
  readonly includes?: readonly string[];
  readonly defines?: readonly string[];
  readonly flags?: readonly string[];
}

/** Compiles the harness, if no other test has. Throws on any warning. */
export async function startHostBuild(
  compiler: CompilerName,
  flags: readonly string[] = hostFlags,
): Promise<HostBuild> {
  const common = { compiler, includes: hostIncludes };
  const objectOf = (file: string, place: string) => join(place, `${basename(file, '.c')}.o`);
  const made = await madeOnce(['host harness', compiler, flags], async (place) => {
    await Promise.all(
      hostSources.map((file) =>
        compileObject({ ...common, file, flags, output: objectOf(file, place) }),
      ),
    );
  });
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-host-'));
  const objects = hostSources.map((file) => objectOf(file, made));
  return {
    compiler,
    folder,
    objects,
    async build(program, parts) {
      const path = join(folder, program);
      const { defines = [], includes = [] } = parts;
      const all = [...flags, ...(parts.flags ?? [])];
      const core = parts.sources.filter(isOfCore);
      const outcome = await compile({
        ...common,
        files: [
          ...parts.sources.filter((file) => !isOfCore(file)),
          ...(await Promise.all(
            core.map((file) => coreObject({ compiler, defines, includes, file, flags: all })),
          )),
          ...objects,
        ],
        includes: [...hostIncludes, ...includes],
        defines,
        flags: all,
        output: path,
      });
      return { ...outcome, path };
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether it is a file of the C core, beside whose copies are the headers that it includes. */
const isOfCore = (file: string): boolean => /^mofgen_wmi.*\.c$/.test(basename(file));

type CoreFile = Required<
  Pick<ObjectCompilation, 'compiler' | 'file' | 'flags' | 'defines' | 'includes'>
>;

/** The object of a file of the core, compiled once in a run for these texts, flags and folders. Throws on any warning. */
async function coreObject({ compiler, file, flags, defines, includes }: CoreFile): Promise<string> {
  const folder = dirname(file);
  const others = includes.filter((each) => each !== folder);
  const headers = readdirSync(folder).filter((name) => /^mofgen_wmi.*\.h$/.test(name));
  const texts = [basename(file), ...headers.sort()].map((name) => [
    name,
    readFileSync(join(folder, name), 'utf8'),
  ]);
  const made = await madeOnce(['core', compiler, flags, defines, others, texts], async (place) => {
    await compileObject({
      compiler,
      file,
      includes: [...hostIncludes, ...others],
      defines,
      flags,
      output: join(place, 'core.o'),
    });
  });
  return join(made, 'core.o');
}
