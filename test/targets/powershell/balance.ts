/**
 * Finds what the grammar is too lenient for: strings that go on in the next line, and brackets that do not match, in texts without
 * here-strings and backticks, as mofgen emits them.
 */

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };

/** `12: a string does not end`; empty for a text in balance. */
export function balanceProblems(text: string): readonly string[] {
  const problems: string[] = [];
  const open: { readonly closing: string; readonly line: number }[] = [];
  const token = /<#[^]*?(?:#>|$)|#[^\n]*|'(?:[^'\n]|'')*('?)|"[^"\n]*("?)|[(){}[\]]|\n|`|@['"]\n/g;
  let line = 1;
  for (const [found, single, double] of text.matchAll(token)) {
    if (found.startsWith('<#') && !found.endsWith('#>'))
      problems.push(`${line}: a comment does not end`);
    if (single === '' || double === '') problems.push(`${line}: a string does not end`);
    if (found === '`' || found.startsWith('@')) problems.push(`${line}: ${found} is not emitted`);
    if (CLOSING[found] !== undefined) open.push({ closing: CLOSING[found], line });
    else if (/^[)}\]]$/.test(found)) {
      const last = open.pop();
      if (last?.closing !== found) problems.push(`${line}: '${found}' closes nothing`);
    }
    line += found.split('\n').length - 1;
  }
  return [...problems, ...open.map((each) => `${each.line}: '${each.closing}' is missing`)];
}
