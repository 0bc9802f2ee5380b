/** Finds what is wrong with a target that is not built in, before any of it is used. */
import { type DiagnosticCode } from '../diagnostics/codes.js';
import { unusableInName } from './file-name.js';
import { EMIT_OPTIONS, type OptionRow, type OptionTable, valueFault } from './options.js';
import { type DeclaredFile, TARGET_MARK, TARGET_VERSION } from './target.js';

export interface ShapeFault {
  readonly code: DiagnosticCode;
  /** Goes after the name of the target: `has no summary`. */
  readonly message: string;
  readonly help?: string;
}

/** The fault of what a module exports; `undefined` for a target whose parts have the right types. */
export function shapeFault(value: unknown, builtIn: readonly string[]): ShapeFault | undefined {
  if (!isRecord(value) || typeof value[TARGET_MARK] !== 'number') {
    return {
      code: 'MOF3303',
      message: 'has no default export that defineTarget made',
      help: 'write: export default ({ defineTarget }) => defineTarget({ … })',
    };
  }
  if (value[TARGET_MARK] > TARGET_VERSION) {
    return wrong('was made for a later version of mofgen');
  }
  const { name, summary, options } = value;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
    return wrong(`has no 'name' of lower-case letters, digits and hyphens`);
  }
  if (builtIn.includes(name)) {
    return {
      code: 'MOF3305',
      message: `has the name '${name}', which is that of a built-in target`,
      help: 'give it another name',
    };
  }
  if (typeof summary !== 'string' || !/^[^\n\r]*\S[^\n\r]*$/.test(summary)) {
    return wrong(`has no 'summary' of one line`);
  }
  for (const part of ['fileNames', 'emit', 'missingStubs', 'check', 'unusableBase']) {
    const isOptional = part === 'check' || part === 'unusableBase';
    if (typeof value[part] === 'function' || (isOptional && value[part] === undefined)) continue;
    return wrong(`has no function '${part}'`);
  }
  const { contains = [] } = value;
  if (!Array.isArray(contains) || contains.some((each) => typeof each !== 'string')) {
    return wrong(`has a 'contains' that is no list of names`);
  }
  if (!isRecord(options)) return wrong(`has 'options' that are no object`);
  for (const [option, row] of Object.entries(options)) {
    const fault = optionFault(option, row);
    if (fault !== undefined) return wrong(`has an option '${option}' that ${fault}`);
  }
  return undefined;
}

function wrong(message: string): ShapeFault {
  return { code: 'MOF3304', message };
}

const TYPES: readonly unknown[] = [
  'switch',
  'text',
  'choice',
  'number',
] satisfies OptionRow['type'][];

function optionFault(name: string, row: unknown): string | undefined {
  if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(name)) return 'is no name such as poolTag';
  if (Object.hasOwn(EMIT_OPTIONS, name)) return 'is one of the built-in targets';
  if (!isRecord(row) || !TYPES.includes(row['type'])) {
    return `has no 'type' of switch, text, choice or number`;
  }
  const { type, summary, choices, min, max, pattern, refusal, value } = row;
  if (typeof summary !== 'string' || summary === '') return `has no 'summary'`;
  switch (type) {
    case 'choice': {
      const isList = Array.isArray(choices) && choices.length > 0;
      return isList && choices.every((each) => typeof each === 'string' && /^[\w.-]+$/.test(each))
        ? undefined
        : `has no 'choices'`;
    }
    case 'number':
      return Number.isSafeInteger(min) && Number.isSafeInteger(max) && Number(min) <= Number(max)
        ? undefined
        : `has no range: 'min' and 'max' are whole numbers`;
    case 'text':
      if (pattern !== undefined && !(pattern instanceof RegExp && !/[gy]/.test(pattern.flags))) {
        return `has a 'pattern' that is no regular expression without the flags g and y`;
      }
      if (refusal !== undefined && typeof refusal !== 'function') {
        return `has a 'refusal' that is no function`;
      }
      if (value !== undefined && !(typeof value === 'string' && /^[\w-]+$/.test(value))) {
        return `has a 'value' that is no word`;
      }
      return valueFault(row as unknown as OptionRow, row['example']) === undefined
        ? undefined
        : `has no 'example' that it takes`;
    default:
      return undefined;
  }
}

/** The fault of files that a target declares or emits. */
export function filesFault(value: unknown): ShapeFault | undefined {
  if (!Array.isArray(value)) return wrong('returns something else than a list of files');
  const names = new Set<string>();
  for (const file of value as readonly unknown[]) {
    if (!isRecord(file) || typeof file['name'] !== 'string') {
      return wrong(`returns a file without a 'name'`);
    }
    if (file['owner'] !== 'mofgen' && file['owner'] !== 'user') {
      return wrong(`returns a file whose 'owner' is neither 'mofgen' nor 'user'`);
    }
    const { otherNames = [] } = file;
    if (!Array.isArray(otherNames))
      return wrong(`returns a file with 'otherNames' that are no list`);
    for (const name of [file['name'], ...(otherNames as readonly unknown[])].map(String)) {
      const folded = name.toLowerCase();
      if (/[\\/]/.test(name) || /^\.*$/.test(name) || unusableInName(name) !== undefined) {
        return {
          code: 'MOF3306',
          message: `has a file '${name}', which is no plain file name`,
          help: 'a file of a target is directly in the output folder',
        };
      }
      if (names.has(folded)) {
        return { code: 'MOF3307', message: `has two files with the name '${name}'` };
      }
      names.add(folded);
    }
  }
  return undefined;
}

/** The fault of what `emit` returned; `declared` is what `fileNames` returned. */
export function emittedFault(
  value: unknown,
  declared: readonly DeclaredFile[],
): ShapeFault | undefined {
  const fault = filesFault(value);
  if (fault !== undefined) return fault;
  const names = new Set(declared.map(({ name }) => name));
  for (const { name, text } of value as readonly { name: string; text: unknown }[]) {
    if (typeof text !== 'string') return wrong(`emits '${name}' without a 'text'`);
    if (!names.has(name)) return wrong(`emits '${name}', which fileNames does not list`);
  }
  return undefined;
}

/** The option that two targets have in different ways; they cannot be named together. */
export function differingOption(one: OptionTable, other: OptionTable): string | undefined {
  const shown = (row: OptionRow | undefined) =>
    JSON.stringify(row, (_, each: unknown) => (each instanceof RegExp ? String(each) : each));
  return Object.keys(one).find(
    (name) => Object.hasOwn(other, name) && shown(one[name]) !== shown(other[name]),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string | symbol, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
