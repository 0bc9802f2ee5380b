/**
 * The tree of ACPI's named objects, and the search for a name.
 *
 * ACPI specification 6.5, section 5.3: a name of one segment is searched in its scope and then in each enclosing scope; a name
 * with a prefix or of several segments is not searched.
 */
import { type AcpiDeclaration } from './facts.js';

export interface AcpiNode {
  /** Four characters; empty for the root. */
  readonly segment: string;
  readonly parent: AcpiNode | undefined;
  readonly depth: number;
  readonly children: Map<string, AcpiNode>;
  readonly declarations: AcpiDeclaration[];
  /** How many arguments a call has; undefined unless it is known to be a method. */
  argumentCount: number | undefined;
}

export interface NameString {
  /** Begins with `\`. */
  readonly isAbsolute: boolean;
  /** The number of `^`. */
  readonly up: number;
  /** Of four characters each. */
  readonly segments: readonly string[];
}

/** Limits of the tree: a real machine has some ten thousand names, at most ten deep. */
const MAX_DEPTH = 64;
const MAX_NODES = 1 << 18;

export interface Namespace {
  readonly root: AcpiNode;
  /** The node that a declaration names, made when it is new; undefined beyond the limits. */
  readonly declared: (scope: AcpiNode, name: NameString) => AcpiNode | undefined;
}

export function createNamespace(): Namespace {
  let count = 0;
  const root = node('', undefined);
  // Those that every interpreter has (ACPI 6.5, sections 5.3.1 and 5.7).
  for (const segment of ['_GPE', '_PR_', '_SB_', '_SI_', '_TZ_', '_REV', '_OS_', '_GL_']) {
    root.children.set(segment, node(segment, root));
  }
  const osi = node('_OSI', root);
  osi.argumentCount = 1;
  root.children.set('_OSI', osi);

  const declared = (scope: AcpiNode, name: NameString): AcpiNode | undefined => {
    let at = start(scope, name);
    for (const segment of name.segments) {
      let next = at?.children.get(segment);
      if (at !== undefined && next === undefined) {
        if (at.depth >= MAX_DEPTH || count >= MAX_NODES) return undefined;
        count++;
        next = node(segment, at);
        at.children.set(segment, next);
      }
      at = next;
    }
    return at;
  };

  return { root, declared };
}

/** The node that a use of a name finds, among those that `isMeant`. */
export function foundNode(
  scope: AcpiNode,
  name: NameString,
  isMeant: (node: AcpiNode) => boolean = () => true,
): AcpiNode | undefined {
  const [first] = name.segments;
  if (!name.isAbsolute && name.up === 0 && name.segments.length === 1 && first !== undefined) {
    for (let at: AcpiNode | undefined = scope; at !== undefined; at = at.parent) {
      const child = at.children.get(first);
      if (child !== undefined && isMeant(child)) return child;
    }
    return undefined;
  }
  let at = start(scope, name);
  for (const segment of name.segments) at = at?.children.get(segment);
  return at;
}

/**
 * The node that a Scope opens: a node that is declared already, as for an interpreter that loads the table, else one that a later
 * part of the table or another table declares.
 */
export function openedNode(scope: AcpiNode, name: NameString): AcpiNode | undefined {
  return (
    foundNode(scope, name, ({ declarations, parent }) => {
      return declarations.length > 0 || parent?.parent === undefined;
    }) ?? foundNode(scope, name)
  );
}

/** A name for an object that may be declared later, or by another alias. */
export interface Alias {
  readonly node: AcpiNode;
  /** Where the object's name is looked for. */
  readonly scope: AcpiNode;
  readonly source: NameString;
}

/** An alias of an alias of … needs as many rounds; real tables have no such chains. */
const MAX_ALIAS_ROUNDS = 8;

/** Gives aliases of methods the argument counts of their methods, once all are declared. */
export function resolveAliases(aliases: readonly Alias[]): void {
  let open = aliases.filter(({ node }) => node.argumentCount === undefined);
  for (let round = 0; round < MAX_ALIAS_ROUNDS && open.length > 0; round++) {
    for (const { node, scope, source } of open) {
      node.argumentCount = foundNode(scope, source)?.argumentCount;
    }
    const left = open.filter(({ node }) => node.argumentCount === undefined);
    if (left.length === open.length) return;
    open = left;
  }
}

/** The start of a name that is not searched. */
function start(scope: AcpiNode, { isAbsolute, up }: NameString): AcpiNode | undefined {
  let at: AcpiNode | undefined = scope;
  if (isAbsolute) {
    while (at.parent !== undefined) at = at.parent;
    return at;
  }
  for (let step = 0; step < up && at !== undefined; step++) at = at.parent;
  return at;
}

function node(segment: string, parent: AcpiNode | undefined): AcpiNode {
  const depth = parent === undefined ? 0 : parent.depth + 1;
  return {
    segment,
    parent,
    depth,
    children: new Map(),
    declarations: [],
    argumentCount: undefined,
  };
}

/** `\_SB.PCI0.WMI1`: without the underscores that fill a segment, as iasl writes it. */
export function pathOf(node: AcpiNode): string {
  const segments: string[] = [];
  for (let at: AcpiNode = node; at.parent !== undefined; at = at.parent) {
    segments.push(shortSegment(at.segment));
  }
  return `\\${segments.reverse().join('.')}`;
}

/** A segment without the underscores that fill it. */
export function shortSegment(segment: string): string {
  return segment.replace(/(?<=.)_+$/, '');
}
