/**
 * Comments in a MOF file that choose how the provider treats a class: `// mofgen: expensive`, before the class or in its head.
 *
 * MOF has no qualifier for these choices, and another compiler skips comments.
 */
import { nameKey } from '../text/name-key.js';
import { likelyName } from '../text/likely-names.js';
import { type MarkedComment, markedComments } from './comments.js';
import { type CompilationUnit } from './compilation.js';
import { type Diagnostic, diagnostic, type Result } from '../diagnostics/diagnostic.js';
import { writtenPlace } from '../text/composition.js';

/** What a comment can choose for a class. */
export const CLASS_WORDS = [
  'expensive',
  'lock-methods',
  'no-instance',
  'static-names',
  'dynamic-names',
] as const;
export type ClassWord = (typeof CLASS_WORDS)[number];

/** The names of the classes, in lower case, for which each word is chosen. */
export type ClassWords = Readonly<Record<ClassWord, ReadonlySet<string>>>;

const MARK = 'mofgen:';

const ANY_WORD = CLASS_WORDS.join(' or ');

/** Words of which a class can have one. */
const CONTRADICTIONS: ReadonlyMap<ClassWord, ClassWord> = new Map([
  ['static-names', 'dynamic-names'],
  ['dynamic-names', 'static-names'],
]);

/** What the comments of a compilation choose; MOF1903 for a malformed comment. */
export function classComments(unit: CompilationUnit): Result<ClassWords> {
  const chosen = Object.fromEntries(CLASS_WORDS.map((word) => [word, new Set<string>()])) as Record<
    ClassWord,
    Set<string>
  >;
  const diagnostics: Diagnostic[] = [];
  for (const comment of markedComments(unit, MARK)) {
    const { source, span } = comment;
    const name = classOf(comment, unit);
    const text = source.text.slice(span.start, span.end);
    const begin = text.indexOf(MARK) + MARK.length;
    const words = [...text.slice(begin).matchAll(/[^\s,]+/g)];
    if (name === undefined || words.length === 0) {
      const what = name === undefined ? 'no class follows' : 'no word follows';
      diagnostics.push(
        diagnostic('MOF1903', { source, span }, `${what} '// mofgen:'`, {
          help: `write // mofgen: ${ANY_WORD} before a class`,
        }),
      );
      continue;
    }
    for (const { 0: word, index } of words) {
      const start = span.start + begin + index;
      if (isClassWord(word)) {
        const other = CONTRADICTIONS.get(word);
        if (other !== undefined && chosen[other].has(name)) {
          diagnostics.push(
            diagnostic(
              'MOF1903',
              { source, span: { start, end: start + word.length } },
              `'${word}' contradicts '${other}', which is chosen for the class too`,
              { help: 'write one of the two' },
            ),
          );
          continue;
        }
        chosen[word].add(name);
        continue;
      }
      const likely = likelyName(word, CLASS_WORDS, String);
      diagnostics.push(
        diagnostic(
          'MOF1903',
          { source, span: { start, end: start + word.length } },
          `'${word}' is nothing that a comment can choose`,
          { help: `write ${likely ?? ANY_WORD}` },
        ),
      );
    }
  }
  return { value: chosen, diagnostics };
}

/** How the instances of a class, in lower case, are named. */
export function namingOf(name: string, words: ClassWords): 'device' | 'static' | 'dynamic' {
  if (words['dynamic-names'].has(name)) return 'dynamic';
  return words['static-names'].has(name) ? 'static' : 'device';
}

function isClassWord(word: string): word is ClassWord {
  return CLASS_WORDS.some((each) => each === word);
}

/** The class in whose head the comment is, or on whose line, or that follows. */
function classOf(
  { source, span, about }: MarkedComment,
  unit: CompilationUnit,
): string | undefined {
  for (const { source: parsed, node } of unit.productions) {
    if (node.kind !== 'ClassDeclaration') continue;
    const whole = writtenPlace({ source: parsed, span: node.span });
    if (whole.source !== source) continue;
    const name = writtenPlace({ source: parsed, span: node.name.span });
    const { start } = whole.span;
    const isInHead = start <= span.start && span.start < name.span.end;
    const isOnLine =
      about !== undefined && about.start <= name.span.start && name.span.end <= about.end;
    // A subject that encloses the class is a comment before it: the class begins where the subject does.
    if (isInHead || about?.start === start || isOnLine) return nameKey(node.name);
  }
  return undefined;
}
