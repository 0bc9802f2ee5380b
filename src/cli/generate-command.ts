/** `mofgen generate`: emits the files of every job and writes them, all or nothing, or compares them with --check. */
import { resolve } from 'node:path';
import { type Batch } from '../diagnostics/finish.js';
import { type RenderedFile } from '../targets/target.js';
import { analyzeJobs, type JointAnalysis } from './analyze-inputs.js';
import { type AnalyzedInput } from './analyze-part.js';
import { isStale, showStale, staleFindings } from './check-outputs.js';
import { type Commit, commitFiles } from './commit-files.js';
import { declaredOutputs } from './declared-outputs.js';
import { doubleFindings } from './double-files.js';
import { eachOnce, emittedFiles, type SharedFiles } from './emitted-files.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type Job } from './jobs.js';
import { Claims, findLeftovers, userFilesOf } from './leftovers.js';
import { type RunOptions } from './option-types.js';
import { outputList, ownedBy } from './output-lists.js';
import { type PlannedJob, planJobs } from './planned-jobs.js';
import { isPrinted, refuseToPrint } from './printed-output.js';
import { refuseReportOver } from './report-file.js';
import { refuseStampOver, touchStamp } from './stamp.js';
import { depfileOf, keptFindings, type MadeJob, writeOutputs } from './write-outputs.js';

/** How a larger run takes part in this one. */
export interface GenerateHooks {
  /** Takes the files in place of the disk. */
  readonly commit?: Commit;
  /** Takes what was read, before anything is written. */
  readonly onRead?: (dependencies: JointAnalysis<unknown>['dependencies']) => void;
}

export async function generateCommand(
  jobs: readonly Job[],
  options: RunOptions,
  io: Io,
  { commit = commitFiles, onRead }: GenerateHooks = {},
): Promise<ExitCode> {
  const planned = await planJobs(jobs, io);
  const outputs = declaredOutputs(planned, io);
  const [printing] = planned.filter((job) => isPrinted(job.options));
  if (options.listOutputs === true) {
    if (printing !== undefined) {
      throw usageFailure('--list-outputs lists files; name their folder with -o');
    }
    const listed = ownedBy(outputs, options.listOwner ?? 'mofgen');
    io.stdout(outputList(listed, options.listFormat ?? 'lines'));
    return EXIT.ok;
  }
  if (printing !== undefined) refuseToPrint(outputs, options);
  const written = outputs.filter(
    ({ owner }) => printing === undefined || !isPrinted(printing.options, owner),
  );
  const paths = [...written.map(({ path }) => path), options.depfile ?? []].flat();
  refuseReportOver(options, [...paths, options.stamp ?? []].flat(), io);
  let made: readonly MadeJob[] = [];
  const analysisJobs = planned.map((job) => ({ ...job, further: job.stage }));
  const { exitCode, dependencies } = await analyzeJobs(analysisJobs, options, io, {
    isSingle: true,
    last: async (analyses) => {
      made = await madeJobs(planned, analyses, options, io);
      return Promise.all(made.map((job) => findingsOf(job, options, io)));
    },
  });
  onRead?.(dependencies);
  if (options.check === true && (exitCode === EXIT.ok || made.some(isStale))) {
    showStale(made, options, io);
    return exitCode;
  }
  if (exitCode !== EXIT.ok) return exitCode;
  const filesRead = [...dependencies.values()].flatMap((names) => [...names]);
  refuseStampOver(options.stamp, [...paths, ...filesRead], io);
  await writeOutputs(made, depfileOf(made, written, options, io), options, io, commit);
  touchStamp(options.stamp, io);
  return EXIT.ok;
}

/** The files of each job, and the leftovers of earlier runs. */
async function madeJobs(
  planned: readonly PlannedJob[],
  analyses: readonly (readonly AnalyzedInput<readonly RenderedFile[]>[])[],
  { check: isCheck = false }: RunOptions,
  io: Io,
): Promise<readonly MadeJob[]> {
  const shared: SharedFiles = new Map();
  const each = await Promise.all(
    planned.map(async (job, index) => {
      const analyzed = analyses[index] ?? [];
      const emitted = await Promise.all(
        analyzed.map((one) => emittedFiles(one, job.options, shared, io)),
      );
      return { job, emitted };
    }),
  );
  const once = eachOnce(each.flatMap(({ emitted }) => emitted));
  let start = 0;
  const jobs = each.map(({ job, emitted }) => {
    const end = start + emitted.length;
    const own = once.slice(start, end);
    start = end;
    return { ...job, emitted: own };
  });
  const claims = new Claims();
  for (const { emitted, targets, records } of jobs) {
    for (const { input, files } of emitted) {
      for (const { rendered, shown } of files) {
        if (rendered.owner === 'mofgen') claims.claimPath(resolve(io.cwd, shown));
      }
      for (const { name } of targets)
        claims.claimRecord(records, { target: name, base: input.base });
    }
  }
  const made: MadeJob[] = [];
  // In sequence: a file that one job removes is not a leftover of the next.
  for (const job of jobs) {
    const search = { ...job, isCheck, claims };
    const leftovers = await findLeftovers(search, io);
    const gone = leftovers.origins.filter(({ input }) => input === undefined);
    const yours = new Map(
      gone.map((origin) => [origin.shown, userFilesOf(origin, search, io).length]),
    );
    made.push({ ...job, leftovers, yours });
  }
  return made;
}

async function findingsOf(
  { emitted, leftovers, records }: MadeJob,
  options: RunOptions,
  io: Io,
): Promise<Batch> {
  const doubles = doubleFindings(
    emitted.flatMap(({ files }) => files),
    io,
  );
  const more =
    options.check === true
      ? await staleFindings(emitted, leftovers, records)
      : keptFindings(leftovers);
  return { diagnostics: [...doubles, ...more] };
}
