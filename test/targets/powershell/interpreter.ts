/**
 * Interprets the part of PowerShell that emitted scripts use, over the trees of syntax.ts, because there is no PowerShell here. It
 * throws for everything else, so that nothing passes by mistake. Semantics: the language specification of PowerShell 3.0, and the
 * about_ pages that a comment names.
 */
import {
  Block,
  converted,
  equal,
  Hash,
  integer,
  Moment,
  Num,
  numberOf,
  PsError,
  textOf,
  Thing,
  truth,
  typeNameOf,
  TypeValue,
  type Value,
} from './values.js';
import { type Node, parsed } from './syntax.js';

/** The parameters of a call by name in lower case; what has no name is in order. */
export interface Call {
  readonly named: ReadonlyMap<string, Value>;
  readonly positional: readonly Value[];
  readonly input: readonly Value[];
  readonly scope: Scope;
}

/** A cmdlet or a command of a test framework. */
export type Command = (call: Call, shell: Shell) => readonly Value[];

/** Names are looked up where a function is called, not where it is written ("about_Scopes"). */
export class Scope {
  readonly variables = new Map<string, Value>();
  readonly functions = new Map<string, Node>();

  constructor(readonly parent?: Scope) {}

  find(name: string): Value | undefined {
    const key = name.toLowerCase();
    return this.variables.has(key) ? this.variables.get(key) : this.parent?.find(name);
  }

  set(name: string, value: Value): void {
    this.variables.set(name.toLowerCase(), value);
  }

  function(name: string): Node | undefined {
    return this.functions.get(name.toLowerCase()) ?? this.parent?.function(name);
  }
}

/** A signal that ends statements early, with their output until then. */
class Signal extends Error {
  constructor(readonly values: Value[] = []) {
    super();
  }
}
class Return extends Signal {}
class Continue extends Signal {}

/** Adds the output of a part; a signal that ends the part carries all output. */
function append(outputs: Value[], part: () => readonly Value[]): void {
  try {
    outputs.push(...part());
  } catch (signal) {
    if (signal instanceof Signal) signal.values.unshift(...outputs);
    throw signal;
  }
}

const CONSTANTS = new Map<string, Value>([
  ['null', null],
  ['true', true],
  ['false', false],
]);

/** A value as a pipeline passes it: an array as its elements, one level deep. */
function enumerated(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [value];
}

/** What a variable gets from a pipeline. */
function collected(values: readonly Value[]): Value {
  if (values.length === 1) return values[0] ?? null;
  return values.length === 0 ? null : [...values];
}

export class Shell {
  private readonly commands = new Map<string, Command>();

  constructor(commands: Readonly<Record<string, Command>>) {
    for (const [name, command] of Object.entries({ ...BUILT_IN, ...commands })) {
      this.commands.set(name.toLowerCase(), command);
    }
  }

  /** Runs a script with parameters; what it assigns is in `scope` afterwards. */
  script(text: string, scope: Scope, parameters: Readonly<Record<string, Value>> = {}): void {
    const root = parsed(text);
    const named = new Map(
      Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value]),
    );
    this.bind(childOf(root, 'param_block'), { named, positional: [], input: [], scope }, scope);
    this.statements(childOf(root, 'statement_list'), scope);
  }

  /** Runs a script block in `scope` itself, as a dot before it does. */
  run(block: Block, scope: Scope): readonly Value[] {
    const body = childOf(childOf(block.node, 'script_block'), 'script_block_body');
    try {
      return this.statements(childOf(body, 'statement_list'), scope);
    } catch (signal) {
      if (signal instanceof Return) return signal.values;
      throw signal;
    }
  }

  private bind(parameters: Node | undefined, { named, positional }: Call, scope: Scope): void {
    const known = new Set<string>();
    const rest = [...positional];
    for (const each of childrenOf(childOf(parameters, 'parameter_list'), 'script_parameter')) {
      const name = textIn(each, 'variable').slice(1);
      const key = name.toLowerCase();
      known.add(key);
      const type = typeOf(must(descendant(each, 'type_literal')));
      const start = childOf(each, 'script_parameter_default')?.namedChildren[0];
      const given = named.has(key) ? named.get(key) : rest.shift();
      const value = given ?? (start ? this.value(start, scope) : null);
      const isEmptyObject =
        value === null && !['switch', 'string', 'int32', 'int'].includes(type.name);
      scope.set(name, isEmptyObject ? null : converted(value, type));
    }
    for (const name of named.keys()) {
      if (!known.has(name)) throw new PsError(`there is no parameter -${name}`);
    }
    if (rest.length > 0) throw new PsError('there are too many arguments');
  }

  private statements(list: Node | undefined, scope: Scope): readonly Value[] {
    const outputs: Value[] = [];
    for (const statement of list?.namedChildren ?? []) {
      append(outputs, () => this.statement(statement, scope));
    }
    return outputs;
  }

  private block(node: Node | undefined, scope: Scope): readonly Value[] {
    return this.statements(childOf(node, 'statement_list'), scope);
  }

  private statement(node: Node, scope: Scope): readonly Value[] {
    switch (node.type) {
      case 'comment':
      case 'empty_statement':
        return [];
      case 'function_statement':
        scope.functions.set(textIn(node, 'function_name').toLowerCase(), node);
        return [];
      case 'if_statement':
        return this.ifStatement(node, scope);
      case 'foreach_statement':
        return this.forEachStatement(node, scope);
      case 'for_statement':
        return this.forStatement(node, scope);
      case 'switch_statement':
        return this.switchStatement(node, scope);
      case 'try_statement':
        return this.tryStatement(node, scope);
      case 'flow_control_statement':
        return this.flow(node, scope);
      case 'pipeline':
        return this.pipeline(node, scope);
      default:
        throw new Error(`no statement: ${node.type} ${node.text}`);
    }
  }

  private ifStatement(node: Node, scope: Scope): readonly Value[] {
    const clauses = [node, ...childrenOf(childOf(node, 'elseif_clauses'), 'elseif_clause')];
    for (const clause of clauses) {
      if (truth(collected(this.pipeline(must(childOf(clause, 'pipeline')), scope)))) {
        return this.block(childOf(clause, 'statement_block'), scope);
      }
    }
    return this.block(childOf(childOf(node, 'else_clause'), 'statement_block'), scope);
  }

  private forEachStatement(node: Node, scope: Scope): readonly Value[] {
    const name = textIn(node, 'variable').slice(1);
    const outputs: Value[] = [];
    const all = collected(this.pipeline(must(childOf(node, 'pipeline')), scope));
    for (const each of all === null ? [] : enumerated(all)) {
      scope.set(name, each);
      append(outputs, () => this.iteration(node, scope));
    }
    return outputs;
  }

  private forStatement(node: Node, scope: Scope): readonly Value[] {
    const part = (name: string) => childOf(childOf(node, name), 'pipeline');
    const outputs: Value[] = [];
    this.pipeline(must(part('for_initializer')), scope);
    while (truth(collected(this.pipeline(must(part('for_condition')), scope)))) {
      append(outputs, () => this.iteration(node, scope));
      this.pipeline(must(part('for_iterator')), scope);
    }
    return outputs;
  }

  private iteration(node: Node, scope: Scope): readonly Value[] {
    try {
      return this.block(childOf(node, 'statement_block'), scope);
    } catch (signal) {
      if (signal instanceof Continue) return signal.values;
      throw signal;
    }
  }

  private switchStatement(node: Node, scope: Scope): readonly Value[] {
    const condition = childOf(childOf(node, 'switch_condition'), 'pipeline');
    const value = collected(this.pipeline(must(condition), scope));
    const inner = new Scope(scope);
    inner.set('_', value);
    const outputs: Value[] = [];
    let isMatched = false;
    const clauses = childOf(childOf(node, 'switch_body'), 'switch_clauses');
    for (const clause of childrenOf(clauses, 'switch_clause')) {
      const test = must(childOf(clause, 'switch_clause_condition'));
      const [expression] = test.namedChildren;
      if (!expression) {
        if (test.text !== 'default') throw new Error(`no clause: ${test.text}`);
        if (isMatched) continue;
      } else {
        const wanted = this.value(expression, inner);
        const isMatch =
          wanted instanceof Block
            ? truth(collected(this.run(wanted, inner)))
            : equal(value, wanted, false);
        if (!isMatch) continue;
      }
      isMatched = true;
      // Assignments in a clause are those of the function.
      append(outputs, () => this.block(childOf(clause, 'statement_block'), scope));
    }
    return outputs;
  }

  private tryStatement(node: Node, scope: Scope): readonly Value[] {
    const handler = descendant(childOf(node, 'catch_clauses'), 'catch_clause');
    try {
      return this.block(childOf(node, 'statement_block'), scope);
    } catch (error) {
      if (!(error instanceof PsError) || handler === undefined) throw error;
      scope.set('_', error.record);
      return this.block(childOf(handler, 'statement_block'), scope);
    } finally {
      this.silent(childOf(node, 'finally_clause'), scope);
    }
  }

  /** A clause that must not print. */
  private silent(clause: Node | undefined, scope: Scope): void {
    const outputs = this.block(childOf(clause, 'statement_block'), scope);
    if (outputs.length > 0) throw new Error('there is output in a finally');
  }

  private flow(node: Node, scope: Scope): never {
    const pipeline = childOf(node, 'pipeline');
    const values = pipeline === undefined ? [] : [...this.pipeline(pipeline, scope)];
    const keyword = node.children[0]?.text.toLowerCase();
    if (keyword === 'return') throw new Return(values);
    if (keyword === 'continue') throw new Continue();
    if (keyword === 'throw') throw new PsError(textOf(collected(values)));
    throw new Error(`no flow: ${node.text}`);
  }

  private pipeline(node: Node, scope: Scope): readonly Value[] {
    const [inner] = node.namedChildren;
    if (!inner) return [];
    if (inner.type === 'assignment_expression') {
      this.assign(inner, scope);
      return [];
    }
    if (inner.type !== 'pipeline_chain') throw new Error(`no pipeline: ${inner.type}`);
    let flowing: readonly Value[] = [];
    for (const stage of inner.namedChildren) {
      if (stage === null) continue;
      flowing =
        stage.type === 'command'
          ? this.command(stage, flowing, scope)
          : stage.namedChildren.length === 1 && postfix(stage) !== undefined
            ? this.increment(must(postfix(stage)), scope)
            : enumerated(this.value(stage, scope));
    }
    return flowing;
  }

  private increment(node: Node, scope: Scope): readonly Value[] {
    const name = must(descendant(node, 'variable')).text.slice(1);
    scope.set(name, integer(numberOf(scope.find(name) ?? null) + 1n));
    return [];
  }

  private assign(node: Node, scope: Scope): void {
    const [left, operator, right] = node.namedChildren;
    if (operator?.text !== '=') throw new Error(`no assignment: ${node.text}`);
    const value = collected(this.assigned(must(right), scope));
    const target = innermost(must(left));
    if (target.type === 'variable') {
      if (target.text !== '$null') scope.set(target.text.slice(1), value);
      return;
    }
    if (target.type !== 'element_access') throw new Error(`no target: ${target.text}`);
    const [of, key] = target.namedChildren.map((each) => this.value(must(each), scope));
    if (!(of instanceof Hash)) throw new PsError('cannot index into what is no hashtable');
    of.set(textOf(key ?? null), value);
  }

  /** `@(…)`, `@{…}` and expressions keep their value; the output of statements is collected. */
  private assigned(node: Node, scope: Scope): readonly Value[] {
    if (node.type !== 'pipeline') return this.statement(node, scope);
    const [chain] = node.namedChildren;
    const [only, second] = chain?.namedChildren ?? [];
    if (only && !second && only.type !== 'command') return [this.value(only, scope)];
    return this.pipeline(node, scope);
  }

  private command(node: Node, input: readonly Value[], scope: Scope): readonly Value[] {
    const each = childOf(node, 'foreach_command');
    if (each !== undefined) {
      const block = this.value(must(childOf(each, 'script_block_expression')), scope);
      return BUILT_IN['ForEach-Object'](
        { named: new Map(), positional: [block], input, scope },
        this,
      );
    }
    const name = textIn(node, 'command_name');
    const call = this.callOf(childOf(node, 'command_elements'), input, scope);
    const defined = scope.function(name);
    if (defined !== undefined) return this.callFunction(defined, call);
    const command = this.commands.get(name.toLowerCase());
    if (command === undefined) throw new PsError(`the term '${name}' is not recognized`);
    return command(call, this);
  }

  private callFunction(node: Node, call: Call): readonly Value[] {
    if (call.input.length > 0) throw new Error(`input for ${textIn(node, 'function_name')}`);
    const scope = new Scope(call.scope);
    const block = must(childOf(node, 'script_block'));
    this.bind(childOf(block, 'param_block'), call, scope);
    try {
      return this.statements(childOf(childOf(block, 'script_block_body'), 'statement_list'), scope);
    } catch (signal) {
      if (signal instanceof Return) return signal.values;
      throw signal;
    }
  }

  private callOf(elements: Node | undefined, input: readonly Value[], scope: Scope): Call {
    const named = new Map<string, Value>();
    const positional: Value[] = [];
    let pending: string | undefined;
    for (const element of elements?.namedChildren ?? []) {
      if (element === null) continue;
      if (element.type === 'command_argument_sep') continue;
      if (element.type === 'command_parameter') {
        if (pending !== undefined) named.set(pending, true);
        pending = element.text.slice(1).toLowerCase();
        continue;
      }
      const splatted = innermost(element);
      if (splatted.type === 'variable' && splatted.text.startsWith('@')) {
        const table = this.variable(splatted.text.slice(1), scope);
        if (!(table instanceof Hash)) throw new PsError(`${splatted.text} is no hashtable`);
        for (const [key, value] of table.pairs()) named.set(key.toLowerCase(), value);
        continue;
      }
      const value = element.type === 'generic_token' ? element.text : this.value(element, scope);
      if (pending === undefined) positional.push(value);
      else named.set(pending, value);
      pending = undefined;
    }
    if (pending !== undefined) named.set(pending, true);
    return { named, positional, input, scope };
  }

  private variable(name: string, scope: Scope): Value {
    const constant = CONSTANTS.get(name.toLowerCase());
    if (constant !== undefined) return constant;
    const value = scope.find(name);
    // As in strict mode: a variable without a value is an error.
    if (value === undefined) throw new PsError(`the variable $${name} has not been set`);
    return value;
  }

  value(node: Node, scope: Scope): Value {
    const children = node.namedChildren;
    switch (node.type) {
      case 'variable':
        return this.variable(node.text.slice(1), scope);
      case 'string_literal':
      case 'verbatim_string_characters':
      case 'expandable_string_literal':
        return this.text(node, scope);
      case 'integer_literal':
        return integer(BigInt(node.text));
      case 'parenthesized_expression':
        return collected(this.pipeline(must(children[0]), scope));
      case 'array_expression':
        return [...this.statements(children[0], scope)];
      case 'hash_literal_expression':
        return this.hash(children[0], scope);
      case 'script_block_expression':
        return new Block(node);
      case 'type_literal':
        return typeOf(node);
      case 'element_access':
        return element(this.value(must(children[0]), scope), this.value(must(children[1]), scope));
      case 'member_access':
        return member(this.value(must(children[0]), scope), must(children[1]).text);
      case 'invokation_expression':
        return this.invoke(node, children, scope);
      case 'cast_expression':
        return converted(this.value(must(children[1]), scope), typeOf(must(children[0])));
      case 'expression_with_unary_operator':
        return this.unary(node, children, scope);
      case 'array_literal_expression':
        if (children.length > 1) return children.map((each) => this.value(each, scope));
        break;
      case 'logical_expression':
      case 'bitwise_expression':
      case 'comparison_expression':
      case 'additive_expression':
      case 'multiplicative_expression':
      case 'format_expression':
        if (node.children.length > 1) return this.binary(node, scope);
        break;
    }
    const [only] = children;
    if (only === undefined || children.length > 1)
      throw new Error(`no value: ${node.type} ${node.text}`);
    return this.value(only, scope);
  }

  private text(node: Node, scope: Scope): Value {
    const raw = node.text;
    if (raw.startsWith("'")) return raw.slice(1, -1).replaceAll("''", "'");
    if (!raw.startsWith('"')) throw new Error(`no string: ${raw}`);
    // In double quotes a variable ends before a character other than a letter, digit or underscore ("about_Quoting_Rules").
    return raw
      .slice(1, -1)
      .replaceAll(/\$\((?<code>[^()]*)\)|\$(?<name>\w+)/g, (_all, code?: string, name?: string) => {
        if (name !== undefined) return textOf(this.variable(name, scope));
        const root = parsed(code ?? '');
        return textOf(collected(this.statements(childOf(root, 'statement_list'), scope)));
      });
  }

  private hash(body: Node | undefined, scope: Scope): Hash {
    const hash = new Hash();
    for (const entry of childrenOf(body, 'hash_entry')) {
      const [key, statement] = entry.namedChildren;
      const bare = descendant(must(key), 'simple_name');
      const isBare = bare !== undefined && bare.text === must(key).text;
      const name = isBare ? bare.text : textOf(this.value(must(key), scope));
      if (hash.has(name)) throw new PsError(`the key '${name}' is there twice`);
      hash.set(name, collected(this.assigned(must(statement), scope)));
    }
    return hash;
  }

  private unary(node: Node, children: readonly Node[], scope: Scope): Value {
    const operator = node.children[0];
    if (operator?.isNamed !== false) return this.value(must(children[0]), scope);
    const value = this.value(must(children[0]), scope);
    if (operator.type === '-not') return !truth(value);
    if (operator.type === ',') return [value];
    if (operator.type === '-') return integer(-numberOf(value));
    throw new Error(`no operator: ${operator.type}`);
  }

  private binary(node: Node, scope: Scope): Value {
    const [left, operator, right] = node.children;
    const name = must(operator).text.toLowerCase();
    const a = this.value(must(left), scope);
    if (name === '-and' && !truth(a)) return false;
    if (name === '-or' && truth(a)) return true;
    return operated(name, a, this.value(must(right), scope));
  }

  private invoke(node: Node, children: readonly Node[], scope: Scope): Value {
    const [target, name, list] = children;
    const expressions = descendant(list, 'argument_expression_list')?.namedChildren ?? [];
    const given = expressions.map((each) => this.value(must(each), scope));
    const isStatic = node.children.some((each) => each?.type === '::');
    const of = this.value(must(target), scope);
    if (isStatic && of instanceof TypeValue) return staticCall(of, must(name).text, given);
    return methodCall(of, must(name).text, given);
  }
}

function operated(operator: string, a: Value, b: Value): Value {
  const not = (value: Value): boolean => !truth(value);
  switch (operator) {
    case '-and':
    case '-or':
      return truth(b);
    case '-eq':
    case '-ceq':
      if (Array.isArray(a)) throw new Error('-eq filters an array');
      return equal(a, b, operator === '-ceq');
    case '-ne':
      return not(operated('-eq', a, b));
    case '-lt':
      return numberOf(a) < numberOf(b);
    case '-le':
      return numberOf(a) <= numberOf(b);
    case '-gt':
      return numberOf(a) > numberOf(b);
    case '-ge':
      return numberOf(a) >= numberOf(b);
    case '-contains':
    case '-ccontains':
      return enumerated(a).some((each) => equal(each, b, operator === '-ccontains'));
    case '-notcontains':
      return not(operated('-contains', a, b));
    case '-cnotcontains':
      return not(operated('-ccontains', a, b));
    case '-is':
      if (!(b instanceof TypeValue)) throw new Error('-is without a type');
      return a !== null && typeNameOf(a) === b.name;
    case '-isnot':
      return not(operated('-is', a, b));
    case '-like': {
      const pattern = textOf(b)
        .replace(/[.?^$+()[\]{}|\\]/g, '\\$&')
        .replaceAll('*', '.*');
      return new RegExp(`^${pattern}$`, 'i').test(textOf(a));
    }
    case '-replace':
      return textOf(a).replace(new RegExp(textOf(b), 'gi'), '');
    case '-join':
      return enumerated(a).map(textOf).join(textOf(b));
    case '-f': {
      const parts = enumerated(b);
      return textOf(a).replaceAll(/\{(\d+)\}/g, (_all, index: string) => {
        const part = parts[Number(index)];
        if (part === undefined) throw new PsError(`there is no argument ${index} to format`);
        return textOf(part);
      });
    }
    case '-band':
      return integer(numberOf(a) & numberOf(b));
    case '-shr':
      return integer(numberOf(a) >> numberOf(b));
    case '-shl':
      if (!(a instanceof Num) || a.type !== 'uint64') throw new Error('-shl of another type');
      return new Num('uint64', BigInt.asUintN(64, a.value << (numberOf(b) & 63n)));
    case '+':
      if (Array.isArray(a)) return [...a, ...enumerated(b)];
      if (typeof a === 'string') return a + textOf(b);
      if (a instanceof Hash && b instanceof Hash) {
        return Hash.of(Object.fromEntries([...a.pairs(), ...b.pairs()]));
      }
      return arithmetic(a, b, numberOf(a) + numberOf(b));
    case '-':
      return arithmetic(a, b, numberOf(a) - numberOf(b));
    case '*':
      if (!Array.isArray(a)) throw new Error('* of no array');
      return Array.from({ length: Number(numberOf(b)) }, () => a).flat();
    default:
      throw new Error(`no operator: ${operator}`);
  }
}

function arithmetic(a: Value, b: Value, value: bigint): Num {
  const isDecimal = [a, b].some((each) => each instanceof Num && each.type === 'decimal');
  return new Num(isDecimal ? 'decimal' : 'int32', value);
}

function element(of: Value, key: Value): Value {
  if (of instanceof Hash) return of.get(textOf(key));
  if (!Array.isArray(of)) throw new PsError('cannot index into this value');
  if (key instanceof Num) return of[Number(key.value)] ?? null;
  const name = textOf(key);
  return (
    of.find((each) => each instanceof Thing && equal(each.members.get('Name'), name, false)) ?? null
  );
}

function member(of: Value, name: string): Value {
  if (of === null) {
    if (name === 'Count') return integer(0);
    throw new PsError(`the property ${name} of $null`);
  }
  if (Array.isArray(of) && /^(?:count|length)$/i.test(name)) return integer(of.length);
  if (typeof of === 'string' && name === 'Length') return integer(of.length);
  if (of instanceof Hash && name === 'Keys') return of.pairs().map(([key]) => key);
  if (of instanceof Hash && of.has(name)) return of.get(name);
  if (of instanceof Thing) {
    if (name === 'PSObject') {
      const properties = of.members
        .pairs()
        .map(([key, value]) => new Thing('PSProperty', { Name: key, Value: value }));
      return new Thing('PSObject', { Properties: properties });
    }
    if (of.members.has(name)) return of.members.get(name);
  }
  if (of instanceof TypeValue) return name === 'Name' ? of.name : `${of.name}::${name}`;
  throw new PsError(`there is no property ${name} in (${typeNameOf(of)})`);
}

function methodCall(of: Value, name: string, given: readonly Value[]): Value {
  if (name === 'GetType') return new TypeValue(typeNameOf(of), false);
  if (of instanceof TypeValue && name === 'MakeArrayType') return new TypeValue(of.name, true);
  if (of instanceof Hash && name === 'ContainsKey') return of.has(textOf(given[0] ?? null));
  if (of instanceof Hash && name === 'Clone') return Hash.of(Object.fromEntries(of.pairs()));
  if (of instanceof Thing) {
    const result = of.members.get(`${name}()`);
    if (result !== null) return result;
  }
  throw new PsError(`there is no method ${name}`);
}

function staticCall({ name }: TypeValue, method: string, given: readonly Value[]): Value {
  switch (`${name}::${method}`) {
    case 'System.Management.Automation.LanguagePrimitives::ConvertTo': {
      const [value = null, type] = given;
      if (!(type instanceof TypeValue)) throw new PsError('ConvertTo without a type');
      return converted(value, type);
    }
    case 'datetime::new':
      return new Moment('datetime');
    case 'string::IsNullOrEmpty':
      return textOf(given[0] ?? null) === '';
    case 'guid::NewGuid':
      return new Thing('Guid', { 'ToString()': '00000000-0000-0000-0000-000000000001' });
    case 'System.Security.Principal.WindowsIdentity::GetCurrent':
      return new Thing('WindowsIdentity', {});
    case 'System.Security.Principal.WindowsPrincipal::new':
      return new Thing('WindowsPrincipal', { 'IsInRole()': true });
    default:
      throw new PsError(`there is no ${name}::${method}`);
  }
}

const BUILT_IN = {
  'Where-Object': ({ positional: [block], input, scope }, shell) =>
    input.filter((each) => truth(collected(withEach(shell, block, each, scope)))),
  'ForEach-Object': ({ positional: [block], input, scope }, shell) =>
    input.flatMap((each) => withEach(shell, block, each, scope)),
  'Select-Object': ({ named, input }) =>
    input.slice(0, Number(numberOf(named.get('first') ?? null))),
} satisfies Record<string, Command>;

/** The script block has no scope of its own: its assignments are visible afterwards ("ForEach-Object"). */
function withEach(
  shell: Shell,
  block: Value | undefined,
  input: Value,
  scope: Scope,
): readonly Value[] {
  if (!(block instanceof Block)) throw new PsError('a script block is missing');
  const outer = scope.variables.get('_');
  scope.set('_', input);
  try {
    return shell.run(block, scope);
  } finally {
    if (outer === undefined) scope.variables.delete('_');
    else scope.set('_', outer);
  }
}

/** Names of types as `typeNameOf` has them. */
const ALIASES: Readonly<Record<string, string>> = {
  int: 'int32',
  'microsoft.management.infrastructure.ciminstance': 'ciminstance',
};

function typeOf(node: Node): TypeValue {
  const written = node.text.slice(1, -1);
  const isArray = written.endsWith('[]');
  const name = isArray ? written.slice(0, -2) : written;
  const folded = name.toLowerCase();
  const known = ALIASES[folded] ?? (name.includes('.') ? name : folded);
  return new TypeValue(known, isArray);
}

function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a part of the tree is missing');
  return value;
}

function childrenOf(node: Node | undefined, type: string): readonly Node[] {
  return (node?.namedChildren ?? []).flatMap((each) => (each?.type === type ? [each] : []));
}

function childOf(node: Node | undefined, type: string): Node | undefined {
  return childrenOf(node, type)[0];
}

function textIn(node: Node, type: string): string {
  return must(childOf(node, type)).text;
}

function descendant(node: Node | undefined, type: string): Node | undefined {
  if (node === undefined || node.type === type) return node;
  for (const each of node.namedChildren) {
    const found = each === null ? undefined : descendant(each, type);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Skips the grammar's nodes that only wrap another node. */
function innermost(node: Node): Node {
  const [only, more] = node.children;
  return only && !more && only.isNamed && node.type !== 'variable' ? innermost(only) : node;
}

function postfix(node: Node): Node | undefined {
  const inner = innermost(node);
  return inner.type === 'post_increment_expression' ? inner : undefined;
}
