/**
 * Gathers the classes of a compilation, making one of those that are declared several times.
 *
 * iscsihba.mof of the Windows driver samples declares six classes three times, because it was put together from files that
 * share a header; the copies differ in WmiGenerateHeader and cpp_quote. It must not know what the classes mean.
 */
import { type ClassDeclaration } from '../../grammar/ast.js';
import { type CompilationUnit } from '../compilation.js';
import { type Related } from '../diagnostics/diagnostic.js';
import { type Losses } from '../losses.js';
import { type SourceFile } from '../source/source-file.js';
import { classDifference } from './class-difference.js';
import { at, type Findings, key } from './findings.js';
import { defaultPropagation } from './propagation.js';
import { classSymbol, type ClassSymbol, type ClassTable } from './symbols.js';
import { addTo } from '../lists.js';

/** A declaration with a body, and where it stands. */
interface Declaration {
  readonly source: SourceFile;
  readonly node: ClassDeclaration;
  readonly namespace: string;
  /** How many stand before it. */
  readonly index: number;
}

/** Declarations of one class, and the key under which it is found. */
interface Group {
  readonly key: string;
  readonly first: Declaration;
  readonly others: readonly Declaration[];
}

/** Where classes go before the first `#pragma namespace` (mof-language.md section 1, "Directives"). */
const DEFAULT_NAMESPACE = 'root\\default';

/**
 * Every class once, its first declaration standing for all; forward declarations (`class X;`) are nothing.
 *
 * The same name in two namespaces names two classes, of which the first is found by its name; but WMI classes all land in
 * root\wmi, where their driver is loaded, so that they are one class in any case.
 */
export function collectClasses(unit: CompilationUnit, report: Findings): ClassTable {
  const byName = new Map<string, Declaration[]>();
  for (const declaration of declarations(unit)) {
    const name = key(declaration.node.name);
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
    if (node.kind === 'CompilerDirective' && key(node.name) === 'namespace') {
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
  // A localized copy (mofcomp -AMENDMENT) repeats only what is translated: it never stands for the class.
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
  return qualifiers.some((each) => key(each.name) === name);
}

/** Further declarations of one class are only counted. */
const MOST_REPETITIONS = 8;

function compareAll(
  first: ClassSymbol,
  others: readonly Declaration[],
  losses: Losses,
  report: Findings,
): void {
  const name = first.class.name;
  const firstHere: Related = { location: first.class.location, message: 'first declared here' };
  const same: Declaration[] = [];
  // What was lost of a declaration is no difference.
  const isTorn = ({ source, node }: Pick<Declaration, 'source' | 'node'>) =>
    losses.isTorn(source, node.span);
  if (isTorn(first)) return;
  for (const other of others) {
    if (isTorn(other)) continue;
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
                  message: 'where the first has this',
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
    `class '${name}' is declared ${times}; the first declaration counts`,
    {
      help: 'keep one declaration',
      related: [
        firstHere,
        ...rest.slice(0, MOST_REPETITIONS).map((each) => ({
          location: at(each.source, each.node.name),
          message: 'and again here',
        })),
      ],
    },
  );
}
