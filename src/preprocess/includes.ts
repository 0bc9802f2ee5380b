/** The directive #include: which file it names, and whether an include guard or a limit leaves it out. */
import { diagnostic } from '../diagnostics/diagnostic.js';
import { type WrittenPlace } from '../text/composition.js';
import { type SourceFile } from '../text/source-file.js';
import { type Directive, operandOf, placeIn, placeOfDirective, wordIn } from './directive.js';
import { type Macros } from './macros.js';
import { expandedName } from './operand.js';
import { type Reading } from './state.js';
import { NAME } from './tokens.js';

/** The deepest chain of includes; a deeper one is a mistake, or an attack on the stack. */
export const MAX_INCLUDE_DEPTH = 100;
/** The minimum charge for including a file again. */
const COST_OF_INCLUDE = 1024;

/** The name that a directive gives, and where. */
interface WantedFile extends IncludedName {
  readonly place: WrittenPlace;
}

/** The file that the directive names; macros are replaced when the operand is not a file name. */
export function wantedFile(directive: Directive, reading: Reading): WantedFile | undefined {
  const operand = operandOf(directive);
  const name =
    readIncludedName(wordIn(directive.line, operand)) ??
    readIncludedName(expandedName(directive, reading).text);
  if (reading.expansion.isAborted()) return undefined;
  if (name !== undefined) return { ...name, place: placeIn(directive.line, operand) };
  if (!reading.isHeader) {
    const message = `'#include' takes one file name`;
    const help = 'write #include "other.mof"';
    reading.report(diagnostic('MOF1006', placeOfDirective(directive), message, { help }));
  }
  return undefined;
}

/** The file of that name, when its text belongs in the place of the directive. */
export function includedFile(wanted: WantedFile, reading: Reading): SourceFile | undefined {
  const found = reading.open(wanted.path, reading.file.name, wanted.isSystem);
  if (found === undefined) {
    reportMissing(wanted, reading);
    return undefined;
  }
  return belongsHere(found, wanted, reading) ? { ...found, includedAt: wanted.place } : undefined;
}

function belongsHere(
  { name, text }: SourceFile,
  { path, place }: WantedFile,
  { chain, expansion, macros, onlyOnce, report, visited }: Reading,
): boolean {
  if (onlyOnce.has(name)) return false;
  if (chain.includes(name)) {
    if (isGuarded(text, macros)) return false;
    const way = [...chain.slice(chain.indexOf(name)), name].join(' -> ');
    const help = `the way round is ${way}`;
    report(diagnostic('MOF1005', place, `'${name}' includes itself`, { help }));
    return false;
  }
  if (chain.length >= MAX_INCLUDE_DEPTH) {
    const message = `includes are nested more than ${MAX_INCLUDE_DEPTH} deep`;
    const help = 'include the file from the input itself';
    report(diagnostic('MOF1007', place, message, { help }));
    return false;
  }
  return !visited.has(name) || expansion.spend(COST_OF_INCLUDE + text.length, path, place);
}

function reportMissing({ path, isSystem, place }: WantedFile, { isHeader, report }: Reading): void {
  if (!isCHeader(path)) {
    const help = 'the path is relative to the including file; -I names further folders to search';
    report(diagnostic('MOF1004', place, `cannot read '${path}'`, { help }));
  } else if (!(isHeader && isSystem)) {
    // A compiler's header that a header includes does not affect the MOF.
    const message = `the C header '${path}' is not found, its macros are unknown`;
    const help = '-I names further folders to search; -D defines a macro';
    report(diagnostic('MOF1008', place, message, { help }));
  }
}

/** How far into a text an include guard is looked for. */
const LONGEST_BEGINNING = 32 * 1024;
const GUARD = new RegExp(
  String.raw`^(?:\s|\uFEFF|//[^\r\n]*|/\*(?:[^*]|\*(?!/))*\*/)*#[ \t]*(?:ifndef|if[ \t]*!\s*defined\s*\(?)\s*(${NAME})`,
);

/** Whether all of the text depends on a macro that is defined already. */
export function isGuarded(text: string, macros: Macros): boolean {
  const [, name] = GUARD.exec(text.slice(0, LONGEST_BEGINNING)) ?? [];
  return name !== undefined && macros.has(name);
}

export interface IncludedName {
  readonly path: string;
  /** `<x>` */
  readonly isSystem: boolean;
}

const FORM = /^(?:<([^>]*)>|\(?\s*("[^"]*"(?:\s*"[^"]*")*)\s*\)?)/;
const C_HEADER = /\.(?:h|hh|hpp|hxx|rh)$/i;

/** The file that `"x"`, `<x>` or `("x")` names. */
export function readIncludedName(text: string): IncludedName | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, system, quoted = ''] = match;
  const path = system ?? quoted.replace(/"\s*"/g, '').slice(1, -1);
  return path === '' ? undefined : { path, isSystem: system !== undefined };
}

/** Whether a file of this name is C. */
export function isCHeader(name: string): boolean {
  return C_HEADER.test(name);
}
