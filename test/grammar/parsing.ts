// Small views of parse results, so that tests read as text and expectation.
import { expect } from 'vitest';
import { type ClassFeature, type MofProduction, parse, type Value } from '../../grammar/index.js';
import { DIAGNOSTICS } from '../../src/diagnostics/codes.js';

/** `line:column code message` of each problem. */
export function problemsOf(text: string): string[] {
  return parse(text).problems.map(({ code, message, span }) => {
    const { line, column } = place(text, span.start);
    return `${line}:${column} ${code} ${message}`;
  });
}

/** The codes of the problems that are errors. */
export function errorsOf(text: string): string[] {
  const severities: Readonly<Record<string, { readonly severity: string }>> = DIAGNOSTICS;
  return problemsOf(text).filter((each) => {
    const code = / (MOF\d+) /.exec(each)?.[1] ?? '';
    expect(Object.keys(severities)).toContain(code);
    return severities[code]?.severity === 'error';
  });
}

/** The productions of a text without problems. */
export function productionsOf(text: string): readonly MofProduction[] {
  const { value, problems } = parse(text);
  expect(problems).toEqual([]);
  return value.productions;
}

/** The features of the only class of a text without problems. */
export function featuresOf(text: string): readonly ClassFeature[] {
  const [production] = productionsOf(text);
  if (production?.kind !== 'ClassDeclaration') throw new Error('expected a class');
  return production.features ?? [];
}

/** The default value of the only property of a class, written as `text`. */
export function valueOf(text: string): Value | undefined {
  const [feature] = featuresOf(`class C { uint32 p = ${text}; };`);
  if (feature?.kind !== 'PropertyDeclaration') throw new Error('expected a property');
  return feature.defaultValue;
}

/** A tree without its spans, for comparing what was read and not where. */
export function withoutSpans(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutSpans);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => key !== 'span' && value !== undefined)
      .map(([key, value]) => [key, withoutSpans(value)]),
  );
}

function place(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
