/**
 * Collects the classes of a compilation, and merges those that are declared several times.
 *
 * iscsihba.mof of the Windows driver samples declares six classes three times, because it was assembled from files that share
 * a header; the copies differ in WmiGenerateHeader and cpp_quote.
 */
import { nameKey } from '../text/name-key.js';
import { type ClassDeclaration } from '../../grammar/ast.js';
import { type CompilationUnit } from '../compile/compilation.js';
import { type Related } from '../diagnostics/diagnostic.js';
import { type Losses } from '../compile/losses.js';
import { type SourceFile } from '../text/source-file.js';
import { classDifference } from './class-difference.js';
import { at, type Findings } from './findings.js';
import { defaultPropagation } from '../compile/propagation.js';
import { classSymbol, type ClassSymbol, type ClassTable } from './symbols.js';
import { addTo } from '../text/lists.js';

/** A declaration with a body, and its place. */
interface Declaration {
  readonly source: SourceFile;
  readonly node: ClassDeclaration;
  readonly namespace: string;
  /** The number of declarations before it. */
  readonly index: number;
}

/** The declarations of one class, and its key. */
interface Group {
  readonly key: string;
  readonly first: Declaration;
  readonly others: readonly Declaration[];
}

/** The namespace of classes before the first `#pragma namespace` (docs/spec/language.md#directives, rule 5). */
const DEFAULT_NAMESPACE = 'root\\default';

/**
 * Every class once, with its first declaration. Forward declarations (`class X;`) are ignored.
 *
 * One name in two namespaces means two classes, of which the first is found by its name. WMI classes are an exception: all of
 * them are loaded into root\wmi, so they are one class.
 */
export function collectClasses(unit: CompilationUnit, report: Findings): ClassTable {
  const byName = new Map<string, Declaration[]>();
  for (const declaration of declarations(unit)) {
    const name = nameKey(declaration.node.name);
    addTo(byName, name, declaration);
  }
  const groups = [...byName].flatMap(([name, found]) => groupsOf(name, found));
  const classes = new Map<string, ClassSymbol>();
  const propagation = defaultPropagation(unit.productions);
  for (const group of groups.sort((a, b) => a.first.index - b.first.index)) {
    const symbol = classSymbol(
      group.first.source,
      group.first.node,
      unit.references.get(group.first.source) ?? propagation,
    );
    classes.set(group.key, symbol);
    if (group.others.length > 0) compareAll(symbol, group.others, unit.losses, report);
  }
  return classes;
}

function declarations({ productions }: CompilationUnit): readonly Declaration[] {
  const found: Declaration[] = [];
  let namespace = DEFAULT_NAMESPACE;
  for (const { source, node } of productions) {
    if (node.kind === 'CompilerDirective' && nameKey(node.name) === 'namespace') {
      const [argument] = node.arguments ?? [];
      if (argument?.kind === 'String') namespace = canonicalNamespace(argument.value);
    } else if (node.kind === 'ClassDeclaration' && node.features !== undefined) {
      found.push({ source, node, namespace, index: found.length });
    }
  }
  return found;
}

/** `\\.\Root\WMI`, `//./root/wmi` and `root\wmi` are one namespace. */
function canonicalNamespace(path: string): string {
  return path
    .toLowerCase()
    .replaceAll('/', '\\')
    .replace(/^\\+(?:\.\\+)?/, '');
}

function groupsOf(name: string, all: readonly Declaration[]): readonly Group[] {
  // A localized copy (mofcomp -AMENDMENT) repeats only what is translated, so it is never used as the class.
  const whole = all.filter(({ node }) => !hasQualifier(node, 'amendment'));
  const found = whole.length > 0 ? whole : all.slice(0, 1);
  const isWmi = found.some(({ node }) => hasQualifier(node, 'wmi'));
  const byNamespace = new Map<string, Declaration[]>();
  for (const declaration of found) {
    const place = isWmi ? '' : declaration.namespace;
    addTo(byNamespace, place, declaration);
  }
  return [...byNamespace].flatMap(([namespace, [first, ...others]], index) =>
    first === undefined
      ? []
      : [{ key: index === 0 ? name : `${namespace}:${name}`, first, others }],
  );
}

function hasQualifier({ qualifiers }: ClassDeclaration, name: string): boolean {
  return qualifiers.some((each) => nameKey(each.name) === name);
}

/** The number of repeated declarations of one class that a warning lists. */
const MAX_REPETITIONS = 8;

function compareAll(
  first: ClassSymbol,
  others: readonly Declaration[],
  losses: Losses,
  report: Findings,
): void {
  const name = first.class.name;
  const firstHere: Related = { location: first.class.location, message: 'first declared here' };
  const same: Declaration[] = [];
  // A part that could not be read is not a difference.
  const isIncomplete = ({ source, node }: Pick<Declaration, 'source' | 'node'>) =>
    losses.isIncomplete(source, node.span);
  if (isIncomplete(first)) return;
  for (const other of others) {
    if (isIncomplete(other)) continue;
    const difference = classDifference(other.node, first.node);
    if (difference === undefined) {
      same.push(other);
      continue;
    }
    report.add(
      'MOF2001',
      at(other.source, difference.now),
      `class '${name}' is declared again, but ${difference.what}`,
      {
        help: 'make the declarations equal, or rename one of them',
        related:
          difference.before === undefined
            ? [firstHere]
            : [
                firstHere,
                {
                  location: at(first.source, difference.before),
                  message: 'the first declaration has this here',
                },
              ],
      },
    );
  }
  const [second, ...rest] = same;
  if (second === undefined) return;
  const times = same.length === 1 ? 'again' : `${same.length} more times`;
  report.add(
    'MOF2002',
    at(second.source, second.node.name),
    `class '${name}' is declared ${times}; the first declaration is used`,
    {
      help: 'keep one declaration',
      related: [
        firstHere,
        ...rest.slice(0, MAX_REPETITIONS).map((each) => ({
          location: at(each.source, each.node.name),
          message: 'and again here',
        })),
      ],
    },
  );
}
