/**
 * Builds the fixes of syntax problems: edits that certainly resolve a problem.
 */
import { type SyntaxFix } from './ast.js';
import { type Span } from '../src/text/span.js';

/** Inserts `text` at `offset`. */
export function insertion(offset: number, text: string): SyntaxFix {
  return { title: `insert ${quoted(text)}`, edits: [edit(offset, offset, text)] };
}

/** Replaces `span` by `newText`. */
export function replacement({ start, end }: Span, newText: string): SyntaxFix {
  return { title: `write ${quoted(newText)}`, edits: [edit(start, end, newText)] };
}

/** Removes `span`, which the title shows as `what`. */
export function removal({ start, end }: Span, what: string): SyntaxFix {
  return { title: `remove ${quoted(what)}`, edits: [edit(start, end, '')] };
}

export function edit(start: number, end: number, newText: string) {
  return { span: { start, end }, newText };
}

function quoted(text: string): string {
  return text.length > 40 ? `'${text.slice(0, 37)}…'` : `'${text}'`;
}
