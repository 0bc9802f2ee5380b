/**
 * The directive #include: which file it puts in place, and when none. It must not know what becomes of the file's text.
 */
import { diagnostic } from '../diagnostics/diagnostic.js';
import { type WrittenPlace } from './composition.js';
import { type Directive, operandOf, placeIn, placeOfDirective, wordIn } from './directive.js';
import { isGuarded } from './include-guard.js';
import { type IncludedName, isCHeader, readIncludedName } from './included-name.js';
import { expandedName } from './operand.js';
import { type Reading } from './reading.js';
import { type SourceFile } from './source-file.js';

/** Deeper include chains are a mistake, or an attack on the stack. */
export const DEEPEST_INCLUDE = 100;
/** What including a file again costs at least. */
const COST_OF_INCLUDE = 1024;

/** The name that a directive gives, and where. */
interface WantedFile extends IncludedName {
  readonly place: WrittenPlace;
}

/** What the directive names, macros replaced where that is no name. */
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
  if (chain.length >= DEEPEST_INCLUDE) {
    const message = `includes are nested more than ${DEEPEST_INCLUDE} deep`;
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
    // A header of the compiler's, included by a header, is of no matter for the MOF.
    const message = `the C header '${path}' is not found, its macros are unknown`;
    const help = '-I names further folders to search; -D defines a macro';
    report(diagnostic('MOF1008', place, message, { help }));
  }
}
