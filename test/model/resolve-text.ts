// Resolves MOF texts for the tests of the model, and shows diagnostics in a form that fits a table.
import { type CompilationUnit } from '../../src/compile/compilation.js';
import { type Diagnostic, isError, type Result } from '../../src/diagnostics/diagnostic.js';
import { finish } from '../../src/diagnostics/finish.js';
import { isAllowable } from '../../src/diagnostics/policy.js';
import { NO_LOSSES } from '../../src/compile/losses.js';
import { type DataBlock, type Model, type WireItem } from '../../src/model/model.js';
import { resolve } from '../../src/model/resolve.js';
import { parse } from '../../grammar/index.js';

/** The compilation unit of texts that are read one after the other; the first is the input. */
export function unitOf(...texts: readonly string[]): CompilationUnit {
  const files = texts.map((text, index) => {
    const { value, problems } = parse(text);
    const errors = problems.filter((problem) => problem.code.startsWith('MOF12'));
    if (errors.length > 0) throw new Error(`test text: ${JSON.stringify(errors)}`);
    return { source: { name: `${index}.mof`, text, encoding: 'utf-8' } as const, tree: value };
  });
  const [first] = files;
  if (first === undefined) throw new Error('a unit has at least one text');
  const productions = files.flatMap(({ source, tree }) =>
    tree.productions.map((node) => ({ source, node })),
  );
  return {
    main: first.source,
    text: first.source,
    localized: [],
    filesRead: files.map((file) => file.source.name),
    files: files.map((file) => file.source),
    texts: files,
    productions,
    written: productions,
    references: new Map(),
    losses: NO_LOSSES,
  };
}

export function resolveText(...texts: readonly string[]): Result<Model> {
  return resolveUnit(unitOf(...texts));
}

/** Resolves a unit and finishes its diagnostics. */
export function resolveUnit(unit: CompilationUnit): Result<Model> {
  const { value, diagnostics: produced, misspelled } = resolve(unit);
  const causes = { losses: unit.losses, misspelled };
  const diagnostics = finish([{ diagnostics: produced, files: unit.filesRead, causes }]);
  return { value: { ...value, errors: diagnostics.filter(isError) }, diagnostics };
}

/** A finding: its code, the text that it points at, and the texts that its related places point at. */
export interface Shown {
  readonly code: string;
  readonly at: string | undefined;
  readonly related: readonly string[];
  readonly message: string;
  readonly help: string | undefined;
}

export function shown({ code, location, related, message, help }: Diagnostic): Shown {
  return {
    code,
    at: location && textAt(location),
    related: related.map((each) => textAt(each.location)),
    message,
    help,
  };
}

function textAt({ source, span }: NonNullable<Diagnostic['location']>): string {
  return source.text.slice(span.start, span.end);
}

/** The model of a text that must have no errors but those that may be allowed, without its warnings. */
export function modelOf(...texts: readonly string[]): Model {
  const { value, diagnostics } = resolveText(...texts);
  const errors = diagnostics.filter(({ code }) => !isAllowable(code)).map(shown);
  if (errors.length > 0) throw new Error(JSON.stringify(errors, undefined, 2));
  return value;
}

export function blockNamed(model: Model, name: string): DataBlock {
  const block = model.blocks.find((each) => each.name === name);
  if (block === undefined) throw new Error(`no block '${name}'`);
  return block;
}

/** An item as `2 uint32[4] @8 +16 fixed`: id, type and count, offset, size, kind. */
export function itemLine({ id, name, type, count, layout }: WireItem): string {
  const element =
    type.kind === 'integer'
      ? type.name
      : type.kind === 'string'
        ? `string${type.maxLength === undefined ? '' : `(${type.maxLength})`}`
        : type.kind === 'structure'
          ? type.structure.name
          : type.kind;
  const counted = {
    scalar: '',
    fixed: count.kind === 'fixed' ? `[${count.length}]` : '',
    sizedBy: count.kind === 'sizedBy' ? `[${count.item}]` : '',
    rest: '[rest]',
  }[count.kind];
  const { offset, size, kind } = layout;
  return `${id} ${name} ${element}${counted} @${offset ?? '?'} +${size ?? '?'} ${kind}`;
}

let guids = 0;
/** A fresh GUID for each use. */
export function newGuid(): string {
  guids += 1;
  return `{00000000-0000-0000-0000-${guids.toString(16).padStart(12, '0')}}`;
}

/** What every registered class has. */
export const AROUND = '[key, read] string InstanceName; [read] boolean Active;';

/** A registered data block with these items. */
export function block(name: string, items: string, qualifiers = ''): string {
  return `[WMI, Dynamic, Provider("WMIProv"), guid("${newGuid()}")${qualifiers}] class ${name} {
    [key, read] string InstanceName; [read] boolean Active;
    ${items} };\n`;
}

/** A class to embed. */
export function structure(name: string, items: string): string {
  return `[WMI, guid("${newGuid()}")] class ${name} { ${items} };\n`;
}

/** Properties with ids from 1 on: `items('uint8 A', 'uint32 B[2]')`. */
export function items(...declarations: readonly string[]): string {
  return declarations
    .map((each, index) => {
      const [, qualifiers = '', rest = ''] = /^(?:\[(.*?)\] )?(.*)$/s.exec(each) ?? [];
      return `[WmiDataId(${index + 1}), read${qualifiers && `, ${qualifiers}`}] ${rest};`;
    })
    .join('\n    ');
}

/** A declaration whose ids and sizes reach derived classes. */
export function inheritable(text: string): string {
  return text.replaceAll(
    /\b(?:WmiDataId|WmiMethodId|WmiSizeIs|MaxLen|Max)\([^)]*\)/g,
    '$& : ToSubclass',
  );
}
