/** `mofgen stubs --missing`: prints the stubs that the user's files lack after a change of the MOF. */
import { emitContext } from '../emit.js';
import { printable } from '../diagnostics/printable.js';
import { analyzeJobs } from './analyze-inputs.js';
import { type EmitOptions } from '../targets/options.js';
import { type AnalyzedInput } from './analyze-part.js';
import { doubleFindings } from './double-files.js';
import { type Emission, emission, refuseRivals, type RunTarget } from './emission.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { forJob, type Job } from './jobs.js';
import { type ReportOptions } from './option-types.js';
import { generatedFolderOf, locate, placeOf } from './output-files.js';

export async function stubsCommand(
  jobs: readonly Job[],
  options: ReportOptions,
  io: Io,
): Promise<ExitCode> {
  const planned: StubsJob[] = [];
  for (const job of jobs) {
    const {
      targets,
      stage,
      options: emitOptions,
    } = await forJob(job, async () => {
      const found = await emission(
        job.options.target,
        job.options,
        io,
        generatedFolderOf(job.options, io),
      );
      refuseRivals(found.targets);
      return found;
    });
    planned.push({ ...job, targets, emitOptions, further: stage });
  }
  if (planned.every((job) => job.inputs.every(({ base }) => filesOf(job, base, io).length === 0))) {
    const names = new Set(planned.flatMap(({ targets }) => targets.map(({ name }) => name)));
    throw usageFailure(`no file of ${[...names].join(', ')} is yours, so none can lack anything`);
  }
  // Emits as well, so that the diagnostics of the target are shown: what it cannot express has no stubs.
  const { analyses, exitCode } = await analyzeJobs(planned, options, io, {
    isSingle: true,
    last: () =>
      Promise.resolve(
        planned.map((job) => ({
          diagnostics: doubleFindings(
            job.inputs.flatMap(({ base }) => filesOf(job, base, io)),
            io,
          ),
        })),
      ),
  });
  const areThere = planned.flatMap((job, index) =>
    (analyses[index] ?? []).map((input) => printStubs(job, input, io)),
  );
  return areThere.includes(false) ? EXIT.inputOutput : exitCode;
}

interface StubsJob extends Job {
  readonly targets: readonly RunTarget[];
  readonly emitOptions: EmitOptions;
  readonly further: Emission['stage'];
}

/** The user's files of an input. */
function filesOf(
  { targets, options }: Pick<StubsJob, 'targets' | 'options'>,
  base: string,
  io: Io,
) {
  return targets.flatMap((target) => {
    const yours = target.fileNames(base).find((file) => file.owner === 'user');
    if (yours === undefined) return [];
    const { path: shown, doubles } = placeOf(yours, options, io);
    return [{ target, shown, doubles }];
  });
}

/** Prints the stubs of one input; false when one of the user's files does not exist. */
function printStubs(job: StubsJob, { input, model }: AnalyzedInput<unknown>, io: Io): boolean {
  const context = emitContext(input.fileName, job.emitOptions, generatedFolderOf(job.options, io));
  let areThere = true;
  for (const { target, shown } of filesOf(job, input.base, io)) {
    const { existing } = locate(shown, io);
    const stubs = existing === undefined ? '' : target.missingStubs(model, context, existing);
    if (existing === undefined) {
      areThere = false;
      io.stderr(
        `mofgen: '${printable(shown)}' is not there yet; ` +
          `mofgen ${printable(input.name)} -t ${target.name} writes it whole\n`,
      );
    } else if (stubs === '') {
      io.stderr(`${printable(shown)}: nothing is missing\n`);
    } else {
      io.stderr(`${printable(shown)} lacks:\n`);
      io.stdout(stubs.endsWith('\n') ? stubs : `${stubs}\n`);
    }
  }
  return areThere;
}
