/** Executes the directives other than #include: #define, #undef, #if groups, #error and those that are skipped. */
import { diagnostic } from '../diagnostics/diagnostic.js';
import { type Span } from '../text/span.js';
import { evaluate } from './condition.js';
import {
  type Directive,
  macroNameOf,
  operandOf,
  placeIn,
  placeOfDirective,
  placeOfName,
  wordIn,
} from './directive.js';
import { bodyFault, isPredefined, isSameMacro, macroOf } from './macros.js';
import { expandedCondition, isDefinedName } from './operand.js';
import { type Reading } from './state.js';

/** Executes a directive; false for one that stays in the text. */
export function execute(directive: Directive, reading: Reading): boolean {
  const isOurs = obeyConditional(directive, reading) || obeyOther(directive, reading);
  const { openComment } = directive.line;
  if (openComment !== undefined && isOurs) {
    const span = { start: openComment, end: openComment + 2 };
    const message = 'this comment has no end';
    const help = "end it with '*/'";
    reading.report(diagnostic('MOF1102', { source: reading.file, span }, message, { help }));
  }
  return isOurs;
}

function obeyOther(directive: Directive, reading: Reading): boolean {
  if (!reading.conditions.isActive()) return true;
  const { line, name, rest } = directive;
  switch (name) {
    case 'define':
      define(directive, reading);
      return true;
    case 'undef':
      undefine(directive, reading);
      return true;
    case 'error':
    case 'warning':
      reportReached(directive, reading);
      return true;
    case 'pragma':
      if (!/^\s+once\s*$/i.test(line.text.slice(rest))) return false;
      reading.onlyOnce.add(reading.file.name);
      return true;
    case 'include':
    case 'line':
    case 'ident':
      return true;
    case '':
      return line.text.trim() === '#';
    default:
      // `# 12 "x.mof"` is a line marker of a preprocessed text.
      return reading.isHeader || /^\d/.test(name);
  }
}

function reportReached({ line, name, rest }: Directive, reading: Reading): void {
  const place = placeIn(line, { start: 0, end: line.text.length });
  const message = `#${name}: ${line.text.slice(rest).trim()}`;
  const { isHeader, macros, report } = reading;
  if (name === 'warning') {
    // Warnings of a header concern the C compiler only.
    if (!isHeader) report(diagnostic('MOF1309', place, message));
  } else if (!isHeader) report(diagnostic('MOF1308', place, message));
  else {
    const help = macros.has('_MSC_VER')
      ? 'its macros up to here are known; -D defines what it lacks'
      : '--wdk x64 defines what the compiler of the WDK does, such as _AMD64_ and _MSC_VER';
    report(diagnostic('MOF1423', place, message, { help }));
  }
}

export function define(directive: Directive, { macros, isHeader, report }: Reading): void {
  const { line } = directive;
  const name = macroNameOf(directive);
  if (name === undefined || wordIn(line, name) === 'defined') {
    if (isHeader) return;
    const message = `'#define' takes the name of a macro`;
    const help = 'write #define NAME text';
    report(diagnostic('MOF1301', placeOfDirective(directive), message, { help }));
    return;
  }
  const macro = macroOf(line, name);
  const fault = 'message' in macro ? macro : isHeader ? undefined : bodyFault(macro);
  if (fault !== undefined && !isHeader) {
    const help = 'write #define NAME(a, b) text';
    report(diagnostic('MOF1301', placeIn(line, fault.span), fault.message, { help }));
  }
  if ('message' in macro) return;
  const before = macros.get(macro.name);
  const isChanged = before !== undefined && !isPredefined(before) && !isSameMacro(before, macro);
  if (isChanged && !isHeader) {
    const message = `the macro '${macro.name}' is defined again with another text`;
    const location = placeIn(before.line, before.nameSpan);
    report(
      diagnostic('MOF1302', placeIn(line, name), message, {
        help: `#undef ${macro.name} first, if that is meant`,
        related: [{ location, message: 'defined here before' }],
      }),
    );
  }
  macros.set(macro.name, macro);
}

export function undefine(directive: Directive, { macros, isHeader, report }: Reading): void {
  const name = macroNameOf(directive);
  if (name !== undefined) macros.delete(wordIn(directive.line, name));
  else if (!isHeader) {
    const message = `'#undef' takes the name of a macro`;
    const help = 'write #undef NAME';
    report(diagnostic('MOF1301', placeOfDirective(directive), message, { help }));
  }
}

/** Executes a directive of a group; false for any other directive. */
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
