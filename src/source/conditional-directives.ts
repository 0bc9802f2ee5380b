/** The directives of #if groups: which of their branches counts. It must not know what stands in a branch. */
import { type Span } from '../../grammar/ast.js';
import { diagnostic } from '../diagnostics/diagnostic.js';
import { evaluate } from './condition.js';
import {
  type Directive,
  macroNameOf,
  operandOf,
  placeIn,
  placeOfName,
  wordIn,
} from './directive.js';
import { expandedCondition, isDefinedName } from './operand.js';
import { type Reading } from './reading.js';

/** Does what a directive of a group says; false for any other directive. */
export function obeyConditional(directive: Directive, reading: Reading): boolean {
  const { conditions } = reading;
  const { span } = placeOfName(directive);
  switch (directive.name) {
    case 'if':
      conditions.open(span, () => holds(directive, reading));
      return true;
    case 'ifdef':
      conditions.open(span, () => isDefined(directive, reading) === true);
      return true;
    case 'ifndef':
      conditions.open(span, () => isDefined(directive, reading) === false);
      return true;
    case 'elif':
      outOfPlace(
        conditions.elseIf(() => holds(directive, reading)),
        span,
        reading,
      );
      return true;
    case 'else':
      outOfPlace(conditions.otherwise(), span, reading);
      return true;
    case 'endif':
      outOfPlace(conditions.close(), span, reading);
      return true;
    default:
      return false;
  }
}

/** Reports the groups that are open where the file ends. */
export function reportUnclosed({ file, conditions, report }: Reading): void {
  for (const span of conditions.unclosed()) {
    const message = `'${file.text.slice(span.start, span.end)}' without '#endif'`;
    const help = 'write #endif where the part ends that depends on it';
    report(diagnostic('MOF1304', { source: file, span }, message, { help }));
  }
}

function outOfPlace(message: string | undefined, span: Span, { file, report }: Reading): void {
  if (message === undefined) return;
  const help = 'remove it, or look for the #if that is missing';
  report(diagnostic('MOF1305', { source: file, span }, message, { help }));
}

/** `undefined` when no name follows. */
function isDefined(directive: Directive, reading: Reading): boolean | undefined {
  const found = macroNameOf(directive);
  if (found !== undefined) return isDefinedName(wordIn(directive.line, found), reading);
  badCondition(directive, reading, `'#${directive.name}' takes the name of a macro`);
  return undefined;
}

function holds(directive: Directive, reading: Reading): boolean {
  const { text, fault } = expandedCondition(directive, reading);
  if (reading.expansion.isAborted()) return false;
  const result = evaluate(text);
  if (fault === undefined && result.kind === 'value') return result.isTrue;
  badCondition(directive, reading, fault ?? (result.kind === 'fault' ? result.message : ''));
  return false;
}

function badCondition(directive: Directive, { isHeader, report }: Reading, message: string): void {
  const operand = operandOf(directive);
  const place =
    operand.end > operand.start ? placeIn(directive.line, operand) : placeOfName(directive);
  const help = 'a condition is an integer expression of numbers, macros and defined(NAME)';
  report(
    isHeader
      ? diagnostic('MOF1307', place, `${message}; the condition counts as false`, { help })
      : diagnostic('MOF1306', place, message, { help }),
  );
}
