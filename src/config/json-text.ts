/** Reads a JSON text with comments and trailing commas, and records the place of each key and value. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type ConfigPath } from './faults.js';

export interface TextFault {
  /** UTF-16 code units from the start. */
  readonly offset: number;
  readonly message: string;
}

export interface JsonText {
  readonly value: unknown;
  /** Faults of the text; with any, the value is incomplete. */
  readonly faults: readonly TextFault[];
  /** The start of the value at a path, or of its key; without a value at the path, that of the enclosing value. */
  readonly offsetOf: (path: ConfigPath, isKey: boolean) => number;
}

/** Deeper than any configuration; the parser is recursive. */
const MAX_DEPTH = 100;

export function readJson(text: string): JsonText {
  if (isDeep(text)) {
    const faults = [{ offset: 0, message: `values are nested more than ${MAX_DEPTH} deep` }];
    return { value: undefined, faults, offsetOf: () => 0 };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  const faults = errors.map(({ error, offset }) => ({ offset, message: wordsOf(error) }));
  const places = new Map<string, { readonly value: number; readonly key: number }>();
  const value = root === undefined ? undefined : valueOf(root, [], root.offset);
  return {
    value,
    faults,
    offsetOf(path, isKey) {
      for (let length = path.length; length >= 0; length--) {
        const place = places.get(JSON.stringify(path.slice(0, length)));
        if (place !== undefined) return isKey && length === path.length ? place.key : place.value;
      }
      return 0;
    },
  };

  function valueOf(node: Node, path: ConfigPath, key: number): unknown {
    places.set(JSON.stringify(path), { value: node.offset, key });
    const { children = [] } = node;
    if (node.type === 'array') {
      return children.map((child, index) => valueOf(child, [...path, index], child.offset));
    }
    if (node.type !== 'object') return node.value as unknown;
    const names = new Set<string>();
    return Object.fromEntries(
      children.flatMap(({ children: [nameNode, member] = [] }) => {
        if (nameNode === undefined || member === undefined) return [];
        const name = String(nameNode.value);
        if (names.has(name)) {
          faults.push({ offset: nameNode.offset, message: `the key '${name}' is given twice` });
        }
        names.add(name);
        return [[name, valueOf(member, [...path, name], nameNode.offset)] as const];
      }),
    );
  }
}

/** `CommaExpected` as `comma expected`. */
function wordsOf(error: ParseError['error']): string {
  return printParseErrorCode(error)
    .replaceAll(/(?<!^)[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}

/** Whether brackets outside strings go deeper than the bound. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
