/**
 * Checks the arguments of compiler directives: how many, of which kind, which words. mofgen executes few directives, but a
 * compiler refuses wrong arguments or does something unintended.
 *
 * Sources: DSP0004 2.x, "Pragmas"; Microsoft's "Preprocessor Commands" of MOF and WBEM_CHANGE_FLAG_TYPE.
 */
import { nameKey } from '../text/name-key.js';
import { type CompilerDirective } from '../../grammar/ast.js';
import { likelyName } from '../text/likely-names.js';
import { type CompilationUnit } from '../compile/compilation.js';
import { type Location } from '../diagnostics/diagnostic.js';
import { type SourceFile } from '../text/source-file.js';
import { at, type Findings } from './findings.js';
import { replaced } from './fixes.js';

type Argument = NonNullable<CompilerDirective['arguments']>[number];

/** What one argument may be. */
type Kind =
  /** Text that is not empty. */
  | { readonly kind: 'text'; readonly example: string }
  /** One of these words, as a name or a text. */
  | { readonly kind: 'word'; readonly words: readonly string[] }
  /** The same in quotes, or the sum of flags as an integer, as in Microsoft's hw.mof. */
  | { readonly kind: 'flag'; readonly words: readonly string[]; readonly most: bigint };

interface Rule {
  readonly arguments: readonly Kind[];
  /** The last argument may be repeated. */
  readonly isOpen?: true;
}

const text = (example: string): Rule => ({ arguments: [{ kind: 'text', example }] });
const deletion = (example: string): Rule => ({
  arguments: [
    { kind: 'text', example },
    { kind: 'word', words: ['FAIL', 'NOFAIL'] },
  ],
});

/** CREATE_ONLY, UPDATE_ONLY, UPDATE_SAFE_MODE, UPDATE_FORCE_MODE and OWNER_UPDATE together. */
const CLASS_FLAGS = 0x1_0063n;
const INSTANCE_FLAGS = 0x3n;

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['amendment', text('MS_409')],
  ['autorecover', { arguments: [] }],
  [
    'classflags',
    {
      arguments: [
        {
          kind: 'flag',
          words: ['createonly', 'forceupdate', 'safeupdate', 'updateonly'],
          most: CLASS_FLAGS,
        },
      ],
      isOpen: true,
    },
  ],
  ['deleteclass', deletion('ClassName')],
  ['deleteinstance', deletion(String.raw`ClassName.Name=\"x\"`)],
  [
    'instanceflags',
    {
      arguments: [{ kind: 'flag', words: ['createonly', 'updateonly'], most: INSTANCE_FLAGS }],
      isOpen: true,
    },
  ],
  ['instancelocale', text('en_US')],
  ['locale', text('en_US')],
  ['namespace', text(String.raw`\\.\root\wmi`)],
  ['nonlocal', text('namespace')],
  ['nonlocaltype', text('type')],
  ['source', text('namespace')],
  ['sourcetype', text('type')],
]);

/** Warns about directives with missing, too many or invalid arguments. */
export function checkDirectives({ productions }: CompilationUnit, report: Findings): void {
  for (const { node, source } of productions) {
    if (node.kind !== 'CompilerDirective') continue;
    const rule = RULES.get(nameKey(node.name));
    if (rule !== undefined) checkArguments(node, rule, source, report);
  }
}

function checkArguments(
  node: CompilerDirective,
  { arguments: wanted, isOpen }: Rule,
  source: SourceFile,
  report: Findings,
): void {
  const { name } = node.name;
  const given = node.arguments ?? [];
  const last = wanted.at(-1);
  for (const [index, argument] of given.entries()) {
    const kind = wanted[index] ?? (isOpen === true ? last : undefined);
    if (kind === undefined) {
      const count =
        wanted.length === 0
          ? 'no argument'
          : wanted.length === 1
            ? 'one argument'
            : `${wanted.length} arguments`;
      report.add('MOF2621', at(source, argument), `'#pragma ${name}' takes ${count}`, {
        help: `write ${exampleOf(name, wanted)}`,
      });
      return;
    }
    checkArgument(argument, kind, name, at(source, argument), report, () =>
      exampleOf(name, wanted),
    );
  }
  if (given.length >= wanted.length) return;
  const missing = wanted[given.length];
  report.add(
    'MOF2621',
    at(source, node),
    `'#pragma ${name}' lacks ${missing?.kind === 'text' ? 'a text' : `one of ${missing?.words.join(', ') ?? ''}`}`,
    { help: `write ${exampleOf(name, wanted)}` },
  );
}

function checkArgument(
  argument: Argument,
  kind: Kind,
  name: string,
  location: Location,
  report: Findings,
  example: () => string,
): void {
  const shown = argument.kind === 'Identifier' ? argument.name : String(argument.value);
  if (kind.kind === 'text') {
    if (argument.kind === 'String' && argument.value.trim() !== '') return;
    const is = argument.kind === 'String' ? 'is empty' : `is not a text: ${shown}`;
    report.add('MOF2621', location, `the argument of '#pragma ${name}' ${is}`, {
      help: `write ${example()}`,
    });
    return;
  }
  if (argument.kind === 'Integer') {
    if (kind.kind === 'flag' && (argument.value & ~kind.most) === 0n && argument.value >= 0n)
      return;
  } else {
    const words = new Set(kind.words.map(nameKey));
    if (words.has(nameKey(shown))) return;
  }
  const joined = argument.kind === 'String' ? joinedWords(nameKey(shown), kind.words) : undefined;
  const likely = likelyName(shown, kind.words, String);
  const quote = argument.kind === 'String' ? '"' : '';
  const meant =
    joined?.map((word) => `"${word}"`).join(', ') ?? (likely && `${quote}${likely}${quote}`);
  report.add(
    'MOF2621',
    location,
    joined === undefined
      ? `'#pragma ${name}' does not take ${quote}${shown}${quote}`
      : `a comma is missing in '#pragma ${name}': without it, the strings are one: "${shown}"`,
    {
      help: meant === undefined ? `it takes ${kind.words.join(', ')}` : `write ${meant}`,
      fixes: meant === undefined ? [] : [replaced(location, meant)],
    },
  );
}

/** Splits a text that consists of two or more of the words. */
function joinedWords(text: string, words: readonly string[]): readonly string[] | undefined {
  const first = words.find((word) => text.startsWith(nameKey(word)) && text.length > word.length);
  if (first === undefined) return undefined;
  const rest = text.slice(first.length).trim();
  const other = words.find((word) => nameKey(word) === rest);
  const others = other === undefined ? joinedWords(rest, words) : [other];
  return others && [first, ...others];
}

function exampleOf(name: string, wanted: readonly Kind[]): string {
  if (wanted.length === 0) return `#pragma ${name}`;
  const shown = wanted.map((kind) =>
    kind.kind === 'text'
      ? `"${kind.example.replaceAll(/\\(?!")/g, '\\\\')}"`
      : kind.kind === 'word'
        ? (kind.words[0] ?? '')
        : `"${kind.words[0] ?? ''}"`,
  );
  return `#pragma ${name}(${shown.join(', ')})`;
}
