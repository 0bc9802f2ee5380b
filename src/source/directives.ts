/** What each directive does, an #include excepted, and which lines with `#` are none. It must not know the text around them. */
import { diagnostic } from '../diagnostics/diagnostic.js';
import { obeyConditional } from './conditional-directives.js';
import { define, undefine } from './definitions.js';
import { type Directive, placeIn } from './directive.js';
import { type Reading } from './reading.js';

/** Does what a directive says; false for one that stays in the text. */
export function obey(directive: Directive, reading: Reading): boolean {
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
      // `# 12 "x.mof"` is how a preprocessed text says where it comes from.
      return reading.isHeader || /^\d/.test(name);
  }
}

function reportReached({ line, name, rest }: Directive, reading: Reading): void {
  const place = placeIn(line, { start: 0, end: line.text.length });
  const message = `#${name}: ${line.text.slice(rest).trim()}`;
  const { isHeader, macros, report } = reading;
  if (name === 'warning') {
    // What a header warns of is the C compiler's matter.
    if (!isHeader) report(diagnostic('MOF1309', place, message));
  } else if (!isHeader) report(diagnostic('MOF1308', place, message));
  else {
    const help = macros.has('_MSC_VER')
      ? 'its macros up to here are known; -D defines what it lacks'
      : '--wdk x64 defines what the compiler of the WDK does, such as _AMD64_ and _MSC_VER';
    report(diagnostic('MOF1423', place, message, { help }));
  }
}
