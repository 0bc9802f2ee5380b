/**
 * Makes the fixes of syntax problems: changes of the text that resolve a problem without further thought.
 *
 * It must not know when one is right; who finds the problem does.
 */
import { type Span, type SyntaxFix } from './ast.js';

/** Puts `text` at `offset`. */
export function insertion(offset: number, text: string): SyntaxFix {
  return { title: `insert ${quoted(text)}`, edits: [edit(offset, offset, text)] };
}

/** Puts `newText` in the place of `span`. */
export function replacement({ start, end }: Span, newText: string): SyntaxFix {
  return { title: `write ${quoted(newText)}`, edits: [edit(start, end, newText)] };
}

/** Takes `span` away, which is shown as `what`. */
export function removal({ start, end }: Span, what: string): SyntaxFix {
  return { title: `remove ${quoted(what)}`, edits: [edit(start, end, '')] };
}

export function edit(start: number, end: number, newText: string) {
  return { span: { start, end }, newText };
}

function quoted(text: string): string {
  return text.length > 40 ? `'${text.slice(0, 37)}…'` : `'${text}'`;
}
