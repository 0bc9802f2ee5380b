/**
 * Prints the findings of a run in the chosen format, under the policy of the command line.
 *
 * Formats that are not for a terminal are loaded on demand.
 */
import { styleText } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { type DiagnosticCode } from '../diagnostics/codes.js';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { type Batch, finish } from '../diagnostics/finish.js';
import { isAllowable, likelyCode, type Policy, readCode } from '../diagnostics/policy.js';
import { printable } from '../diagnostics/printable.js';
import { MAX_SHOWN, type Paint, plain, renderText, type Style } from '../diagnostics/render.js';
import { type DataFormat, isData, type TextFormat } from '../diagnostics/report-formats.js';
import { type Selection, selection } from '../diagnostics/selection.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type CommonOptions } from './option-types.js';

export interface Reporter {
  /** Finishes what the run found, under the policy of the command line. */
  readonly finish: (batches: readonly Batch[]) => readonly Diagnostic[];
  /** Prints finished diagnostics. `filesRead` are the names of files that a report must not replace. */
  readonly print: (
    diagnostics: readonly Diagnostic[],
    filesRead: Iterable<string>,
  ) => Promise<void>;
}

/** Throws a usage failure for options that contradict each other, before anything is read. */
export function reporter(options: CommonOptions, io: Io, isStdoutFree: boolean): Reporter {
  const policy = policyOf(options);
  const finishRun = (batches: readonly Batch[]) =>
    finish(batches.map((batch) => ({ ...batch, policy })));
  const { diagnostics: format, diagnosticsFile: file } = options;
  const terminalFormat = io.stderrIsTerminal ? 'pretty' : 'text';
  if (format === undefined || !isData(format)) {
    if (file !== undefined)
      throw usageFailure(`--diagnostics-file goes with --diagnostics json or sarif`);
    return {
      finish: finishRun,
      print: (diagnostics) => printText(diagnostics, format ?? terminalFormat, options, io),
    };
  }
  if (file === undefined && !isStdoutFree) {
    throw usageFailure(
      `--diagnostics ${format} needs --diagnostics-file here: standard output is for the command's own data`,
    );
  }
  return {
    finish: finishRun,
    print: async (diagnostics, filesRead) => {
      // A program reads all of the report, unless --max-errors limits it.
      const text = await dataText(selection(diagnostics, maxOf(options) ?? Infinity), format);
      if (file === undefined) {
        io.stdout(text);
        return;
      }
      const { writeReport } = await import('./report-file.js');
      writeReport(file, text, filesRead, io);
      await printText(diagnostics, terminalFormat, options, io);
    },
  };
}

/** `--max-errors 0` is no limit. */
function maxOf({ maxErrors }: CommonOptions): number | undefined {
  return maxErrors === 0 ? Infinity : maxErrors;
}

async function printText(
  diagnostics: readonly Diagnostic[],
  format: TextFormat,
  options: CommonOptions,
  io: Io,
): Promise<void> {
  const selected = selection(diagnostics, maxOf(options) ?? MAX_SHOWN);
  const text = await textOf(selected, format, io);
  if (text !== '') io.stderr(text);
}

async function textOf(selected: Selection, format: TextFormat, io: Io): Promise<string> {
  switch (format) {
    case 'pretty':
    case 'text':
      return renderText(selected, format, wantsColour(io) ? colours : plain);
    case 'msvs':
      return (await import('../diagnostics/msvs.js')).renderMsvs(selected);
    case 'github':
      return (await import('../diagnostics/github.js')).renderGithub(selected);
    default:
      return format satisfies never;
  }
}

async function dataText(selected: Selection, format: DataFormat): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../diagnostics/json.js')).renderJson(selected);
    case 'sarif':
      return (await import('../diagnostics/sarif.js')).renderSarif(selected, packageJson.version);
    default:
      return format satisfies never;
  }
}

/** The policy of a command line. Throws a usage failure for unknown codes, and for those that cannot be suppressed. */
export function policyOf({ allow = [], deny = [], warnAsError = false }: CommonOptions): Policy {
  const allowed = new Set(allow.map((code) => codeOf('--allow', code)));
  const denied = new Set(deny.map((code) => codeOf('--deny', code)));
  for (const code of allowed) {
    if (!isAllowable(code)) {
      throw usageFailure(
        `--allow ${code}: it is an error that cannot be suppressed; 'mofgen explain ${code}' explains what is right`,
      );
    }
    if (denied.has(code)) throw usageFailure(`${code} is both allowed and denied`);
  }
  return { allow: allowed, deny: denied, warnAsError };
}

function codeOf(flag: string, written: string): DiagnosticCode {
  const code = readCode(written);
  if (code !== undefined) return code;
  const meant = likelyCode(written);
  const advice = meant === undefined ? `'mofgen explain' lists them` : `did you mean ${meant}?`;
  throw usageFailure(`${flag}: there is no code '${printable(written)}'; ${advice}`);
}

/** FORCE_COLOR decides, then NO_COLOR (no-color.org), then whether stderr is a terminal. */
function wantsColour({ env, stderrIsTerminal }: Io): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  return stderrIsTerminal && env['TERM'] !== 'dumb';
}

const COLOURS = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  note: ['cyan'],
  gutter: ['blue'],
  strong: ['bold'],
} as const satisfies Record<Style, readonly string[]>;

const colours: Paint = (style, text) =>
  styleText([...COLOURS[style]], text, { validateStream: false });
