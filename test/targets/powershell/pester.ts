/**
 * Discovers and runs Pester 5 tests on the interpreter: blocks are run twice, and a variable of discovery is not there in the run unless
 * -ForEach passes it (pester.dev, "Discovery and Run").
 */
import { Scope, Shell, type Call, type Command } from './interpreter.js';
import { Block, equal, Hash, numberOf, PsError, textOf, truth, type Value } from './values.js';

export interface TestResult {
  readonly path: string;
  readonly result: 'passed' | 'failed' | 'skipped' | 'inconclusive';
  /** The reason, unless it passed. */
  readonly reason: string;
}

interface TestNode {
  readonly name: string;
  readonly tags: readonly string[];
  readonly isSkipped: boolean;
  readonly data: Value | undefined;
  readonly body: Block;
}

interface BlockNode extends TestNode {
  readonly setup: Block[];
  readonly children: (BlockNode | TestNode)[];
}

/** Thrown by Set-ItResult to end a test. */
class Ended extends Error {
  constructor(
    readonly result: TestResult['result'],
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** The results of a script's tests, in order. `commands` are those of the machine. */
export function runTests(
  script: string,
  parameters: Readonly<Record<string, Value>>,
  commands: Readonly<Record<string, Command>>,
): readonly TestResult[] {
  const root: BlockNode = {
    name: '',
    tags: [],
    isSkipped: false,
    data: undefined,
    body: undefined as unknown as Block,
    setup: [],
    children: [],
  };
  const open = [root];
  const shell = new Shell({
    ...commands,
    ...discovery(open),
    Should: should,
    'Set-ItResult': setResult,
  });
  shell.script(script, new Scope(), parameters);
  const results: TestResult[] = [];
  runBlock(root, new Scope(), [], shell, results);
  return results;
}

function discovery(open: BlockNode[]): Readonly<Record<string, Command>> {
  const current = () => open.at(-1) as BlockNode;
  const nodes = (call: Call): readonly TestNode[] => {
    const [name, body] = call.positional;
    if (typeof name !== 'string' || !(body instanceof Block))
      throw new PsError('a name and a block');
    const each = call.named.get('foreach');
    if (
      call.named.has('foreach') &&
      (each === null || (Array.isArray(each) && each.length === 0))
    ) {
      throw new PsError(`-ForEach of '${name}' is empty`);
    }
    const tags = call.named.get('tag');
    const isSkipped = truth(call.named.get('skip') ?? false);
    const node = {
      name,
      body,
      isSkipped,
      tags: tags === undefined ? [] : [tags].flat().map(textOf),
    };
    if (each === undefined) return [{ ...node, data: undefined }];
    return [each].flat().map((data) => ({ ...node, name: expanded(name, data), data }));
  };
  const group: Command = (call, shell) => {
    for (const node of nodes(call)) {
      const block: BlockNode = { ...node, setup: [], children: [] };
      current().children.push(block);
      open.push(block);
      const scope = new Scope(call.scope);
      handOver(node.data, scope);
      expectNothing(shell.run(node.body, scope));
      open.pop();
    }
    return [];
  };
  return {
    Describe: group,
    Context: group,
    It: (call) => {
      current().children.push(...nodes(call));
      return [];
    },
    BeforeAll: ({ positional: [body] }) => {
      if (body instanceof Block) current().setup.push(body);
      return [];
    },
    BeforeDiscovery: ({ positional: [body], scope }, shell) => {
      if (body instanceof Block) expectNothing(shell.run(body, scope));
      return [];
    },
  };
}

function expectNothing(outputs: readonly Value[]): void {
  if (outputs.length > 0)
    throw new Error(`a block of discovery prints ${outputs.map(textOf).join()}`);
}

/** Pester evaluates what is in angle brackets; the names of emitted tests have nothing but variables there. */
function expanded(name: string, data: Value): string {
  return name.replaceAll(/<(\w+)>/g, (_all, key: string) =>
    data instanceof Hash ? textOf(data.get(key)) : '',
  );
}

function handOver(data: Value | undefined, scope: Scope): void {
  if (data === undefined) return;
  scope.set('_', data);
  if (data instanceof Hash) for (const [key, value] of data.pairs()) scope.set(key, value);
}

function runBlock(
  block: BlockNode,
  scope: Scope,
  path: readonly string[],
  shell: Shell,
  results: TestResult[],
): void {
  let failure: string | undefined;
  if (!block.isSkipped) {
    try {
      for (const body of block.setup) shell.run(body, scope);
    } catch (error) {
      failure = reasonOf(error);
    }
  }
  for (const child of block.children) {
    const names = [...path, child.name];
    const inner = new Scope(scope);
    handOver(child.data, inner);
    const isSkipped = block.isSkipped || child.isSkipped;
    if ('children' in child) {
      runBlock({ ...child, isSkipped }, inner, names, shell, results);
      continue;
    }
    const result = (result: TestResult['result'], reason = '') =>
      void results.push({ path: names.join(' > '), result, reason });
    if (isSkipped) result('skipped', 'by -Skip');
    else if (failure !== undefined) result('failed', failure);
    else {
      try {
        shell.run(child.body, inner);
        result('passed');
      } catch (error) {
        if (error instanceof Ended) result(error.result, error.reason);
        else result('failed', reasonOf(error));
      }
    }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof PsError) return error.message;
  throw error;
}

const setResult: Command = ({ named }) => {
  const result = named.has('skipped') ? 'skipped' : 'inconclusive';
  throw new Ended(result, textOf(named.get('because') ?? ''));
};

const should: Command = ({ named, input, scope }, shell) => {
  const wanted = [...named.keys()].filter((key) => key !== 'not' && key !== 'because');
  const value = input.length === 1 ? (input[0] ?? null) : [...input];
  const isNegated = named.has('not');
  const expect = (isRight: boolean, words: string): readonly Value[] => {
    if (isRight === isNegated)
      throw new PsError(`${words}: ${[value].flat().map(textOf).join('; ')}`);
    return [];
  };
  switch (wanted.join()) {
    case 'be':
      return expect(
        equal(value, named.get('be') ?? null, false),
        `should be ${textOf(named.get('be') ?? '')}`,
      );
    case 'begreaterthan':
      return expect(
        numberOf(value) > numberOf(named.get('begreaterthan') ?? null),
        'should be greater',
      );
    case 'benullorempty':
      return expect(
        value === null || value === '' || (Array.isArray(value) && value.length === 0),
        'should be empty',
      );
    case 'throw': {
      if (!(value instanceof Block)) throw new PsError('a script block');
      let message: string | undefined;
      try {
        shell.run(value, new Scope(scope));
      } catch (error) {
        message = reasonOf(error);
      }
      return expect(message !== undefined, message ?? 'should throw');
    }
    default:
      throw new PsError(`there is no Should -${wanted.join()}`);
  }
};
