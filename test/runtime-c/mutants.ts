// Mutants of C: a copy of the text for each comparison, logical operator and `+ 1` or `- 1`, with only that changed.

/** What each operator becomes. */
const CHANGES: ReadonlyMap<string, string> = new Map([
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
  ['==', '!='],
  ['!=', '=='],
  ['&&', '||'],
  ['||', '&&'],
  ['+ 1', '+ 0'],
  ['- 1', '- 0'],
]);

const OPERATOR = /<=|>=|==|!=|&&|\|\||(?<!<)<(?![<=])|(?<![->])>(?![>=])|(?<![+-])[+-] 1\b/g;

export interface Mutant {
  /** From 1. */
  readonly line: number;
  /** The original line and the mutant's, without indentation. */
  readonly before: string;
  readonly after: string;
  /** The whole text. */
  readonly text: string;
}

/** Comments, strings, characters, directives, static assertions and conditions of annotations become spaces; every other character stays where it is. */
function withoutNoise(text: string): string {
  return text.replace(
    /\/\/.*|\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|^#(?:\\\n|.)*|^C_ASSERT.*|\b_When_\([^()]*\)/gm,
    (noise) => noise.replace(/[^\n]/g, ' '),
  );
}

/** One mutant for each place, in order. */
export function mutantsOf(text: string): Mutant[] {
  return [...withoutNoise(text).matchAll(OPERATOR)].map((found) => {
    const [operator] = found;
    const changed = CHANGES.get(operator);
    if (changed === undefined) throw new Error(`no change of '${operator}'`);
    const mutated =
      text.slice(0, found.index) + changed + text.slice(found.index + operator.length);
    const line = text.slice(0, found.index).split('\n').length;
    const lineOf = (whole: string) => (whole.split('\n')[line - 1] ?? '').trim();
    return { line, before: lineOf(text), after: lineOf(mutated), text: mutated };
  });
}
