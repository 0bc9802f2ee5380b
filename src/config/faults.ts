/**
 * Finds faults of a configuration: unknown keys, and values of the wrong kind.
 *
 * Each fault has its place as a path of keys and indexes.
 */
import { likelyName } from '../text/likely-names.js';
import { likelyCode, readCode } from '../diagnostics/policy.js';
import { readMacroOption } from '../preprocess/options.js';
import { TARGET_NAMES } from '../targets/loading.js';
import { EMIT_OPTIONS, type OptionRow, type OptionTable, valueFault } from '../targets/options.js';
import { isOutsideName } from '../targets/outside-name.js';
import {
  ENTRY_KEYS,
  type Kind,
  type KeyRow,
  PLACEHOLDERS,
  placeholdersIn,
  TOP_KEYS,
} from './keys.js';

export type ConfigPath = readonly (string | number)[];

export interface ConfigFault {
  readonly path: ConfigPath;
  /** Whether the key is wrong, and not its value. */
  readonly isKey?: boolean;
  readonly message: string;
}

/** The faults of a configuration; none for one that can be used. `outside` are the options of targets that are not built in. */
export function configFaults(value: unknown, outside: OptionTable = {}): readonly ConfigFault[] {
  if (!isRecord(value)) {
    return [{ path: [], message: `a configuration is an object, not ${kindOf(value)}` }];
  }
  const { entries } = value;
  const rows = { ...TOP_KEYS, ...ENTRY_KEYS, entries: ENTRIES };
  const faults = recordFaults(value, rows, [], outside);
  if (entries === undefined) {
    if (!Object.hasOwn(value, 'inputs')) {
      faults.push({
        path: [],
        message: `there are no inputs; name the MOF files: "inputs": ["mof/*.mof"]`,
      });
    }
    return faults;
  }
  for (const key of ['inputs', 'exclude']) {
    if (!Object.hasOwn(value, key)) continue;
    faults.push({
      path: [key],
      isKey: true,
      message: `'${key}' belongs into each entry, because there are entries`,
    });
  }
  if (!Array.isArray(entries)) return faults;
  if (entries.length === 0) faults.push({ path: ['entries'], message: 'the list is empty' });
  for (const [index, entry] of entries.entries()) {
    const path = ['entries', index];
    if (!isRecord(entry)) {
      faults.push({ path, message: `an entry is an object, not ${kindOf(entry)}` });
      continue;
    }
    faults.push(...recordFaults(entry, ENTRY_KEYS, path, outside));
    if (!Object.hasOwn(entry, 'inputs')) faults.push({ path, message: 'the entry has no inputs' });
  }
  return faults;
}

/** The row of `entries`, which is not a key of an entry; its value is checked separately. */
const ENTRIES = { kind: { type: 'entries' } } as const;

type Rows = Readonly<
  Record<
    string,
    Pick<KeyRow, 'isPath' | 'hasPlaceholders' | 'isFilled'> & { readonly kind: AnyKind }
  >
>;
type AnyKind = Kind | (typeof ENTRIES)['kind'];

function recordFaults(
  value: Readonly<Record<string, unknown>>,
  rows: Rows,
  path: ConfigPath,
  outside: OptionTable,
): ConfigFault[] {
  return Object.entries(value).flatMap(([key, member]) => {
    const at = [...path, key];
    const row = Object.hasOwn(rows, key) ? rows[key] : undefined;
    if (row === undefined) return [{ path: at, isKey: true, message: unknownKey(key, rows) }];
    const faults = valueFaults(member, row.kind, at, outside);
    if (faults.length > 0) return faults;
    if (row.isFilled === true && Array.isArray(member) && member.length === 0) {
      return [{ path: at, message: 'the list is empty' }];
    }
    return row.isPath === true ? pathFaults(member, row.hasPlaceholders === true, at) : [];
  });
}

function unknownKey(key: string, rows: object): string {
  const known = Object.keys(rows);
  const meant = likelyName(key, known, (each) => each);
  const advice =
    meant === undefined ? `the keys are: ${known.join(', ')}` : `did you mean '${meant}'?`;
  return `there is no key '${key}'; ${advice}`;
}

function valueFaults(
  value: unknown,
  kind: AnyKind,
  path: ConfigPath,
  outside: OptionTable = {},
): ConfigFault[] {
  const wrong = (what: string) => [{ path, message: `expected ${what}, found ${kindOf(value)}` }];
  switch (kind.type) {
    case 'text':
      if (typeof value !== 'string') return wrong('a string');
      return value === '' ? [{ path, message: 'the string is empty' }] : [];
    case 'texts':
      if (!Array.isArray(value)) return wrong('a list of strings');
      return value.flatMap((each, index) => valueFaults(each, { type: 'text' }, [...path, index]));
    case 'targets':
      if (!Array.isArray(value)) return wrong('a list of strings');
      return value.flatMap((each, index) => targetFaults(each, [...path, index]));
    case 'codes':
      if (!Array.isArray(value)) return wrong('a list of strings');
      return value.flatMap((each, index) => codeFaults(each, [...path, index]));
    case 'switch':
      return typeof value === 'boolean' ? [] : wrong('true or false');
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value)
        ? []
        : wrong('a whole number');
    case 'number':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
        ? []
        : wrong('a whole number');
    case 'choice':
      return typeof value === 'string' && kind.choices.includes(value)
        ? []
        : wrong(kind.choices.map((each) => `'${each}'`).join(' or '));
    case 'macros':
      return isRecord(value) ? macroFaults(value, path) : wrong('an object of names and strings');
    case 'options':
      return isRecord(value) ? optionFaults(value, path, outside) : wrong('an object of options');
    case 'entries':
      return Array.isArray(value) ? [] : wrong('a list of entries');
    default:
      return kind satisfies never;
  }
}

function targetFaults(value: unknown, path: ConfigPath): ConfigFault[] {
  if (typeof value !== 'string') return valueFaults(value, { type: 'text' }, path);
  if (TARGET_NAMES.includes(value) || isOutsideName(value)) return [];
  const meant = likelyName(value, TARGET_NAMES, (each) => each);
  const advice =
    meant === undefined ? `there are: ${TARGET_NAMES.join(', ')}` : `did you mean '${meant}'?`;
  return [{ path, message: `there is no '${value}'; ${advice}` }];
}

function codeFaults(value: unknown, path: ConfigPath): ConfigFault[] {
  if (typeof value !== 'string') return valueFaults(value, { type: 'text' }, path);
  if (readCode(value) !== undefined) return [];
  const meant = likelyCode(value);
  const advice = meant === undefined ? `'mofgen explain' lists them` : `did you mean ${meant}?`;
  return [{ path, message: `there is no code '${value}'; ${advice}` }];
}

function macroFaults(value: Readonly<Record<string, unknown>>, path: ConfigPath): ConfigFault[] {
  return Object.entries(value).flatMap(([name, text]): ConfigFault[] => {
    const at = [...path, name];
    if (typeof text !== 'string' && typeof text !== 'number' && text !== true) {
      return [
        {
          path: at,
          message: `expected a string, a number or true, found ${kindOf(text)}`,
        },
      ];
    }
    if (readMacroOption(name) === undefined || name.includes('=')) {
      return [{ path: at, isKey: true, message: `no macro can be called '${name}'` }];
    }
    return readMacroOption(`${name}=${text}`) === undefined
      ? [{ path: at, message: 'the text of a macro must be one line' }]
      : [];
  });
}

/** The kind of a value, before its row validates it. */
function kindOfOption({ type }: OptionRow): Kind {
  switch (type) {
    case 'switch':
      return { type: 'switch' };
    case 'number':
      return { type: 'integer' };
    case 'choice':
    case 'text':
      return { type: 'text' };
    default:
      return type satisfies never;
  }
}

function optionFaults(
  value: Readonly<Record<string, unknown>>,
  path: ConfigPath,
  outside: OptionTable,
): ConfigFault[] {
  const table: OptionTable = { ...outside, ...EMIT_OPTIONS };
  const rows = Object.entries(table).map(([name, row]) => [name, { kind: kindOfOption(row) }]);
  const faults = recordFaults(value, Object.fromEntries(rows) as Rows, path, outside);
  if (faults.length > 0) return faults;
  return Object.entries(value).flatMap(([name, each]) => {
    const row = table[name];
    const fault = row === undefined ? undefined : valueFault(row, each);
    return fault === undefined ? [] : [{ path: [...path, name], message: fault }];
  });
}

function pathFaults(value: unknown, hasPlaceholders: boolean, path: ConfigPath): ConfigFault[] {
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => pathFaults(each, hasPlaceholders, [...path, index]));
  }
  if (value === '-') return [{ path, message: `it takes the name of a file or folder, not '-'` }];
  if (!hasPlaceholders) return [];
  const known: readonly string[] = PLACEHOLDERS;
  const unknown = placeholdersIn(String(value)).find((name) => !known.includes(name));
  if (unknown === undefined) return [];
  const all = PLACEHOLDERS.map((name) => `{${name}}`).join(' and ');
  return [{ path, message: `there is no placeholder '{${unknown}}'; there are ${all}` }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The number of characters of a string that are shown. */
const MAX_SHOWN = 40;

/** A value in words, for messages. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return `a ${typeof value}`;
  return `the string '${value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value}'`;
}
