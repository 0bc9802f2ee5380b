/**
 * Takes out of a tree what was read with a token that nobody wrote, so that nothing is said about a made-up name or value.
 * Qualifiers stay: a fault among them is known to spoil what they belong to. Must not know how such tokens come in.
 */
import { type ClassFeature, type MofProduction, type MofSpecification, type Span } from './ast.js';

/** The tree without the declarations, features and initializers that have one of the `places` in them, and where those are. */
export function withoutStandIns(
  tree: MofSpecification,
  places: readonly number[],
): { readonly value: MofSpecification; readonly lost: readonly Span[] } {
  const lost: Span[] = [];
  const isIn = (start: number, end: number): boolean =>
    places.some((place) => place >= start && place < end);
  /** Keeps what has no place from `start` to `end`; what has one is lost with its whole span. */
  const kept = <T extends { readonly span: Span }>(node: T, start: number, end: number): T[] => {
    if (!isIn(start, end)) return [node];
    lost.push(node.span);
    return [];
  };
  const whole = <T extends { readonly span: Span }>(node: T): T[] =>
    kept(node, node.span.start, node.span.end);

  const productions = tree.productions.flatMap((node): readonly MofProduction[] => {
    if (!isIn(node.span.start, node.span.end)) return [node];
    switch (node.kind) {
      case 'ClassDeclaration': {
        const { name, alias, superclass } = node;
        const features = node.features?.flatMap((feature) =>
          kept(feature, startOfType(feature), feature.span.end),
        );
        const headEnd = (superclass ?? alias ?? name).span.end + 1;
        return kept({ ...node, features }, name.span.start, headEnd);
      }
      case 'InstanceDeclaration': {
        const { className } = node;
        const properties = node.properties.flatMap(whole);
        return kept({ ...node, properties }, className.span.start, className.span.end + 1);
      }
      case 'CompilerDirective':
      case 'QualifierDeclaration':
      case 'GlobalFlavor':
        return whole(node);
    }
  });
  return { value: { ...tree, productions }, lost };
}

/** Where a feature begins without its qualifiers. */
function startOfType(feature: ClassFeature): number {
  return (feature.kind === 'MethodDeclaration' ? feature.returnType : feature.type).span.start;
}
