// Every node's span covers exactly its text.
import { expect, test } from 'vitest';
import { type Span } from '../../src/text/span.js';
import { parse } from '../../grammar/index.js';

const text = `#pragma namespace("\\\\\\\\.\\\\root\\\\" "wmi") // no semicolon
[WMI, guid("{0}") : ToInstance ToSubclass]
class Alpha as $A : Beta {
  [key, Values{"a", "b"}] uint32 One[4] = {1, $X};
  Gamma ref Two;
  void Three([in] object:Delta d, [out] string s[] = 'c');
};
[q] instance of Alpha as $I { [r] One = instance of Eps { n = 1.5; }; Two; };
qualifier Key : boolean[] = null, scope(property, any), flavor(Restricted);
qualifier Id : ToInstance;
`;

/** `kind: text` of every node below `node`, parents first. */
function nodes(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(nodes);
  if (typeof node !== 'object' || node === null) return [];
  const own: string[] = [];
  if ('kind' in node && 'span' in node) {
    const { start, end } = node.span as Span;
    own.push(`${String(node.kind)}: ${text.slice(start, end)}`);
  }
  return [...own, ...Object.values(node).flatMap(nodes)];
}

test('every node of a text with all productions covers its text', () => {
  const { value, problems } = parse(text);
  expect(problems).toEqual([]);
  expect(value.span).toEqual({ start: 0, end: text.length });
  expect(nodes(value.productions)).toMatchInlineSnapshot(`
    [
      "CompilerDirective: #pragma namespace("\\\\\\\\.\\\\root\\\\" "wmi")",
      "Identifier: namespace",
      "String: "\\\\\\\\.\\\\root\\\\" "wmi"",
      "ClassDeclaration: [WMI, guid("{0}") : ToInstance ToSubclass]
    class Alpha as $A : Beta {
      [key, Values{"a", "b"}] uint32 One[4] = {1, $X};
      Gamma ref Two;
      void Three([in] object:Delta d, [out] string s[] = 'c');
    };",
      "Qualifier: WMI",
      "Identifier: WMI",
      "Qualifier: guid("{0}") : ToInstance ToSubclass",
      "Identifier: guid",
      "String: "{0}"",
      "Identifier: ToInstance",
      "Identifier: ToSubclass",
      "Identifier: Alpha",
      "Alias: $A",
      "Identifier: Beta",
      "PropertyDeclaration: [key, Values{"a", "b"}] uint32 One[4] = {1, $X};",
      "DataType: uint32",
      "Qualifier: key",
      "Identifier: key",
      "Qualifier: Values{"a", "b"}",
      "Identifier: Values",
      "Array: {"a", "b"}",
      "String: "a"",
      "String: "b"",
      "Identifier: One",
      "ArraySuffix: [4]",
      "Array: {1, $X}",
      "Integer: 1",
      "Alias: $X",
      "ReferenceDeclaration: Gamma ref Two;",
      "ReferenceType: Gamma ref",
      "Identifier: Gamma",
      "Identifier: Two",
      "MethodDeclaration: void Three([in] object:Delta d, [out] string s[] = 'c');",
      "DataType: void",
      "Identifier: Three",
      "Parameter: [in] object:Delta d",
      "Qualifier: in",
      "Identifier: in",
      "DataType: object:Delta",
      "Identifier: Delta",
      "Identifier: d",
      "Parameter: [out] string s[] = 'c'",
      "Qualifier: out",
      "Identifier: out",
      "DataType: string",
      "Identifier: s",
      "ArraySuffix: []",
      "Char: 'c'",
      "InstanceDeclaration: [q] instance of Alpha as $I { [r] One = instance of Eps { n = 1.5; }; Two; };",
      "Qualifier: q",
      "Identifier: q",
      "Identifier: Alpha",
      "Alias: $I",
      "ValueInitializer: [r] One = instance of Eps { n = 1.5; };",
      "Qualifier: r",
      "Identifier: r",
      "Identifier: One",
      "Instance: instance of Eps { n = 1.5; }",
      "Identifier: Eps",
      "ValueInitializer: n = 1.5;",
      "Identifier: n",
      "Real: 1.5",
      "ValueInitializer: Two;",
      "Identifier: Two",
      "QualifierDeclaration: qualifier Key : boolean[] = null, scope(property, any), flavor(Restricted);",
      "Identifier: Key",
      "DataType: boolean",
      "ArraySuffix: []",
      "Null: null",
      "Identifier: property",
      "Identifier: any",
      "Identifier: Restricted",
      "GlobalFlavor: qualifier Id : ToInstance;",
      "Identifier: Id",
      "Identifier: ToInstance",
    ]
  `);
});

test('the spans of children lie within their parents', () => {
  const outside: string[] = [];
  const visit = (node: unknown, parent: Span): void => {
    if (typeof node !== 'object' || node === null) return;
    const span = 'span' in node ? (node.span as Span) : parent;
    if (span.start < parent.start || span.end > parent.end) outside.push(JSON.stringify(span));
    for (const child of Object.values(node)) visit(child, span);
  };
  visit(parse(text).value.productions, { start: 0, end: text.length });
  expect(outside).toEqual([]);
});
