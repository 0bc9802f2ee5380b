/**
 * PowerShell as syntax trees, by the grammar that VS Code highlights it with.
 *
 * There is no PowerShell to run here. The grammar refuses most of what PowerShell refuses; balance.ts finds what it lets pass.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import treeSitter, { type Node as TreeNode } from '@vscode/tree-sitter-wasm';

/** A node as a plain object: those of the parser fetch each part from WebAssembly, each time. */
export interface Node {
  readonly type: string;
  readonly text: string;
  /** False for a sign or a keyword. */
  readonly isNamed: boolean;
  readonly children: readonly Node[];
  readonly namedChildren: readonly Node[];
}

const { Parser, Language } = treeSitter;
const grammar = createRequire(import.meta.url).resolve(
  '@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm',
);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(readFileSync(grammar)));

/** The texts that were parsed; tests run one script many times. */
const known = new Map<string, Node>();

/** The root of the tree. */
export function parsed(text: string): Node {
  let root = known.get(text);
  if (root === undefined) {
    root = withTree(text, (node) => plain(node, text));
    known.set(text, root);
  }
  return root;
}

function plain(node: TreeNode, source: string): Node {
  const children = node.children.flatMap((each) => (each === null ? [] : plain(each, source)));
  return {
    type: node.type,
    text: source.slice(node.startIndex, node.endIndex),
    isNamed: node.isNamed,
    children,
    namedChildren: children.filter(({ isNamed }) => isNamed),
  };
}

function withTree<T>(text: string, use: (root: TreeNode) => T): T {
  const tree = parser.parse(text);
  if (tree === null) throw new Error('the parser gave no tree');
  try {
    return use(tree.rootNode);
  } finally {
    tree.delete();
  }
}

/** The first syntax error, such as `12:5 unexpected '}'`; empty for a valid text. */
export function syntaxProblems(text: string): readonly string[] {
  return withTree(text, (root) => {
    if (!root.hasError) return [];
    return [...nodesOf(root)]
      .filter(({ isError, isMissing }) => isError || isMissing)
      .map(({ isMissing, type, text: found, startPosition: { row, column } }) => {
        const what = isMissing ? `missing ${type}` : `unexpected '${found.slice(0, 60)}'`;
        return `${row + 1}:${column + 1} ${what}`;
      });
  });
}

function* nodesOf(node: TreeNode): Generator<TreeNode> {
  yield node;
  for (const child of node.children) if (child !== null) yield* nodesOf(child);
}
