/** The types of node-builds.mjs, for the tests. */
interface Build {
  readonly platform: string;
  readonly version: string;
}

interface Run {
  readonly status: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const environment: Readonly<Record<string, string | undefined>>;

export function commandBefore(platform: string): string[];

export function fetchedProgram(
  build: Build,
): { readonly path: string; readonly version: string } | undefined;

export function run(
  cwd: string,
  command: string,
  args: readonly string[],
  options?: {
    readonly input?: string | Uint8Array;
    readonly env?: Readonly<Record<string, string>>;
    readonly hasPipes?: boolean;
  },
): Run;
