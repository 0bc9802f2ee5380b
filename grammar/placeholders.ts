/**
 * Removes from a tree what was parsed from placeholder tokens, so that no diagnostic is about an invented name or value.
 * Qualifiers stay: a declaration with an error in its qualifiers is marked as suspect.
 */
import { type ClassFeature, type MofProduction, type MofSpecification } from './ast.js';
import { type Span } from '../src/text/span.js';

/** The tree without the declarations, features and initializers that contain one of the `places`, and the spans of those. */
export function withoutPlaceholders(
  tree: MofSpecification,
  places: readonly number[],
): { readonly value: MofSpecification; readonly lost: readonly Span[] } {
  const lost: Span[] = [];
  const isIn = (start: number, end: number): boolean =>
    places.some((place) => place >= start && place < end);
  /** Keeps a node without a placeholder from `start` to `end`; otherwise records its span as lost. */
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
