/** What follows the name of a directive, with `defined` and macros replaced. It must not know what the directive does with it. */
import { type Directive, placeIn, wordIn } from './directive.js';
import { type MacroSink } from './macros.js';
import { type Reading } from './reading.js';
import { NAME, namesIn } from './words.js';

const DEFINED = new RegExp(String.raw`defined\s*(?:\(\s*(${NAME})\s*\)|(${NAME}))`, 'y');

/** Incomplete when the macros become too much. */
export function expandedOperand({ line, rest }: Directive, { macros, expansion }: Reading): string {
  const parts: string[] = [];
  const collect: MacroSink = {
    copy: (source, from, to) => parts.push(source.text.slice(from, to)),
    space: (blank) => parts.push(blank),
  };
  let done = rest;
  for (const span of namesIn(line.text, rest, line.text.length)) {
    if (span.start < done || expansion.isAborted()) continue;
    parts.push(line.text.slice(done, span.start));
    done = span.end;
    const name = wordIn(line, span);
    DEFINED.lastIndex = span.start;
    const match = name === 'defined' ? DEFINED.exec(line.text) : null;
    if (match !== null) {
      parts.push(macros.has(match[1] ?? match[2] ?? '') ? ' 1 ' : ' 0 ');
      done = span.start + match[0].length;
    } else if (!macros.has(name) || !expansion.replace(name, placeIn(line, span), collect)) {
      parts.push(name);
    }
  }
  parts.push(line.text.slice(done));
  return parts.join('');
}
