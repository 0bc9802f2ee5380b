/**
 * Finds the functions that a C file defines, so that `mofgen stubs --missing` knows which ones it lacks.
 *
 * It reads tokens, not C: comments, literals and preprocessor lines are skipped, and only the outermost level counts.
 */

const TOKEN =
  /\/\/(?:\\\r?\n|[^\n])*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|^[ \t]*#(?:\\\r?\n|[^\n])*|[A-Za-z_]\w*|[(){};]|\S/gm;

/** The names of all functions that have a body in `text`. */
export function definedFunctions(text: string): ReadonlySet<string> {
  const tokens = (text.match(TOKEN) ?? []).filter(
    (token) => !/^(?:\/[/*]|["']|[ \t]*#)/.test(token),
  );
  const names = new Set<string>();
  let depth = 0;
  let index = 0;
  while (index < tokens.length) {
    const token = tokens[index] ?? '';
    // `extern "C" {` is no level: what is in it is still outermost.
    if (token === '{') depth += tokens[index - 1] === 'extern' ? 0 : 1;
    else if (token === '}') depth = Math.max(0, depth - 1);
    else if (depth === 0 && token === '(') {
      const close = closing(tokens, index);
      const name = tokens[index - 1] ?? '';
      if (tokens[close + 1] === '{' && /^[A-Za-z_]/.test(name)) names.add(name);
      index = close;
    }
    index += 1;
  }
  return names;
}

/** The index of the parenthesis that belongs to the one at `open`; the last token when there is none. */
function closing(tokens: readonly string[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (tokens[index] === '(') depth += 1;
    else if (tokens[index] === ')') depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length - 1;
}
