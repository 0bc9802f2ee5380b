/**
 * Tells what a run has found: which format, where to, under which policy; it must not know what was read.
 *
 * Formats that are not for a terminal are loaded only when they are wanted.
 */
import { styleText } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { type DiagnosticCode } from '../diagnostics/codes.js';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import {
  isAllowable,
  isCode,
  likelyCode,
  type Policy,
  underPolicy,
} from '../diagnostics/policy.js';
import { printable } from '../diagnostics/printable.js';
import {
  MOST_SHOWN,
  type Paint,
  plain,
  renderDiagnostics,
  type Style,
} from '../diagnostics/render.js';
import { type DataFormat, isData, type TalkFormat } from '../diagnostics/report-formats.js';
import { type Selection, selection } from '../diagnostics/selection.js';
import { type Io, usageFailure } from './io.js';
import { type CommonOptions } from './options.js';

/** How the findings of a run are told. */
export interface Reporter {
  /** Whether the command line leaves a finding out. */
  readonly allows: (diagnostic: Diagnostic) => boolean;
  /** The findings under the policy of the command line. */
  readonly judge: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** Tells judged findings. `filesRead` are the names of files that a report must not replace. */
  readonly tell: (diagnostics: readonly Diagnostic[], filesRead: Iterable<string>) => Promise<void>;
}

/** Throws a usage failure for options that cannot be meant, before anything is read. */
export function reporter(options: CommonOptions, io: Io, isStdoutFree: boolean): Reporter {
  const policy = policyOf(options);
  const judging = {
    allows: ({ code }: Diagnostic) => policy.allow.has(code),
    judge: (diagnostics: readonly Diagnostic[]) => underPolicy(diagnostics, policy),
  };
  const { diagnostics: format, diagnosticsFile: file } = options;
  const terminalFormat = io.stderrIsTerminal ? 'pretty' : 'text';
  if (format === undefined || !isData(format)) {
    if (file !== undefined)
      throw usageFailure(`--diagnostics-file goes with --diagnostics json or sarif`);
    return {
      ...judging,
      tell: (diagnostics) => talk(diagnostics, format ?? terminalFormat, options, io),
    };
  }
  if (file === undefined && !isStdoutFree) {
    throw usageFailure(
      `--diagnostics ${format} needs --diagnostics-file here: standard output is for the command's own data`,
    );
  }
  return {
    ...judging,
    tell: async (diagnostics, filesRead) => {
      // A program that reads the report wants all of it, unless told otherwise.
      const text = await dataText(selection(diagnostics, mostOf(options) ?? Infinity), format);
      if (file === undefined) {
        io.stdout(text);
        return;
      }
      const { writeReport } = await import('./report-file.js');
      writeReport(file, text, filesRead, io);
      await talk(diagnostics, terminalFormat, options, io);
    },
  };
}

/** `--max-errors 0` is no limit. */
function mostOf({ maxErrors }: CommonOptions): number | undefined {
  return maxErrors === 0 ? Infinity : maxErrors;
}

async function talk(
  diagnostics: readonly Diagnostic[],
  format: TalkFormat,
  options: CommonOptions,
  io: Io,
): Promise<void> {
  const most = mostOf(options) ?? MOST_SHOWN;
  const text = await talkText(diagnostics, format, most, io);
  if (text !== '') io.stderr(text);
}

async function talkText(
  diagnostics: readonly Diagnostic[],
  format: TalkFormat,
  most: number,
  io: Io,
): Promise<string> {
  switch (format) {
    case 'pretty':
    case 'text':
      return renderDiagnostics(diagnostics, format, wantsColour(io) ? colours : plain, most);
    case 'msvs':
      return (await import('../diagnostics/msvs.js')).renderMsvs(selection(diagnostics, most));
    case 'github':
      return (await import('../diagnostics/github.js')).renderGithub(selection(diagnostics, most));
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

function policyOf({ allow = [], deny = [], warnAsError = false }: CommonOptions): Policy {
  const allowed = new Set(allow.map((code) => codeOf('--allow', code)));
  const denied = new Set(deny.map((code) => codeOf('--deny', code)));
  for (const code of allowed) {
    if (!isAllowable(code)) {
      throw usageFailure(
        `--allow ${code}: it is an error that cannot be left out; 'mofgen explain ${code}' says what is right`,
      );
    }
    if (denied.has(code)) throw usageFailure(`${code} is both allowed and denied`);
  }
  return { allow: allowed, deny: denied, warnAsError };
}

function codeOf(flag: string, written: string): DiagnosticCode {
  const code = written.trim().toUpperCase();
  if (isCode(code)) return code;
  const meant = likelyCode(written);
  const advice = meant === undefined ? `'mofgen explain' lists them` : `did you mean ${meant}?`;
  throw usageFailure(`${flag}: there is no code '${printable(written)}'; ${advice}`);
}

/** FORCE_COLOR decides, then NO_COLOR (no-color.org), then whether a person is looking. */
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
