import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { configFaults } from '../../src/config/faults.js';
import { ENTRY_KEYS, TOP_KEYS } from '../../src/config/keys.js';

const inputs = ['a.mof'];
const places = (value: unknown) =>
  configFaults(value).map(({ path, message }) => `${path.join('.')}: ${message}`);

test.each<[string, unknown]>([
  ['one entry', { inputs }],
  ['several', { entries: [{ inputs }, { inputs, targets: ['kmdf'], output: 'c' }] }],
  ['shared keys outside entries', { targets: ['ts'], include: ['inc'], entries: [{ inputs }] }],
  [
    'every key of an entry',
    {
      $schema: './schema.json',
      maxErrors: 0,
      inputs,
      exclude: ['b.mof'],
      targets: ['ts'],
      output: '{folder}/gen/{base}',
      userOutput: 'src',
      include: [],
      define: { A: 'x', B: 1, C: true },
      wdk: 'x64',
      mfl: ['{folder}/{base}.mfl'],
      references: ['common'],
      classes: ['A*'],
      expensive: ['B'],
      object: 'WQBA',
      format: false,
      allow: ['MOF1003'],
      deny: [],
      warnAsError: true,
      options: { enums: true, implExt: 'cpp' },
    },
  ],
])('right: %s', (_, value) => {
  expect(places(value)).toEqual([]);
});

test.each<[unknown, readonly string[]]>([
  [undefined, [': a configuration is an object, not undefined']],
  [null, [': a configuration is an object, not null']],
  [[], [': a configuration is an object, not a list']],
  [{}, [`: there are no inputs; name the MOF files: "inputs": ["mof/*.mof"]`]],
  [{ inputs, ouput: 'gen' }, [`ouput: there is no key 'ouput'; did you mean 'output'?`]],
  [{ inputs, target: ['ts'] }, [`target: there is no key 'target'; did you mean 'targets'?`]],
  [{ inputs: 'a.mof' }, [`inputs: expected a list of strings, found the string 'a.mof'`]],
  [{ inputs: [1] }, ['inputs.0: expected a string, found 1']],
  [{ inputs: [] }, ['inputs: the list is empty']],
  [{ inputs, targets: [] }, ['targets: the list is empty']],
  [{ inputs, targets: ['ts', 'kmfd'] }, [`targets.1: there is no 'kmfd'; did you mean 'kmdf'?`]],
  [{ inputs, targets: [1] }, ['targets.0: expected a string, found 1']],
  [
    { inputs, allow: ['mof1003', 'MOF9999'] },
    [`allow.1: there is no code 'MOF9999'; 'mofgen explain' lists them`],
  ],
  [
    { inputs, deny: ['MOF103O'] },
    ["deny.0: there is no code 'MOF103O'; 'mofgen explain' lists them"],
  ],
  [{ inputs: [''] }, ['inputs.0: the string is empty']],
  [{ inputs: ['-'] }, [`inputs.0: it takes the name of a file or folder, not '-'`]],
  [{ inputs, output: '-' }, [`output: it takes the name of a file or folder, not '-'`]],
  [
    { inputs, output: 'gen/{name}' },
    [`output: there is no placeholder '{name}'; there are {base} and {folder}`],
  ],
  [{ inputs, wdk: 'x65' }, [`wdk: expected 'x64' or 'x86' or 'arm64', found the string 'x65'`]],
  [{ inputs, format: 'yes' }, [`format: expected true or false, found the string 'yes'`]],
  [{ inputs, maxErrors: -1 }, ['maxErrors: expected a whole number, found -1']],
  [{ inputs, define: { 'A B': '' } }, [`define.A B: no macro can be called 'A B'`]],
  [{ inputs, define: { 'A=B': '' } }, [`define.A=B: no macro can be called 'A=B'`]],
  [{ inputs, define: { A: 'x\ny' } }, ['define.A: the text of a macro must be one line']],
  [
    { inputs, define: { A: false } },
    ['define.A: expected a string, a number or true, found false'],
  ],
  [{ inputs, define: ['A'] }, ['define: expected an object of names and strings, found a list']],
  [
    { inputs, options: { enum: true } },
    [`options.enum: there is no key 'enum'; did you mean 'enums'?`],
  ],
  [{ inputs, options: { enums: 1 } }, ['options.enums: expected true or false, found 1']],
  [{ inputs, options: { implExt: 'cc' } }, ['options.implExt: it takes c or cpp']],
  [{ entries: [] }, ['entries: the list is empty']],
  [{ entries: {} }, ['entries: expected a list of entries, found an object']],
  [{ entries: [1] }, ['entries.0: an entry is an object, not 1']],
  [{ entries: [{}] }, ['entries.0: the entry has no inputs']],
  [
    { entries: [{ inputs }], inputs },
    [`inputs: 'inputs' belongs into each entry, because there are entries`],
  ],
  [
    { entries: [{ inputs, maxErrors: 1 }] },
    [
      `entries.0.maxErrors: there is no key 'maxErrors'; the keys are: ${Object.keys(ENTRY_KEYS).join(', ')}`,
    ],
  ],
])('%j', (value, want) => {
  expect(places(value)).toEqual(want);
});

describe('any value', () => {
  const keys = [...Object.keys({ ...ENTRY_KEYS, ...TOP_KEYS }), 'entries', '__proto__'];
  const member = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()));

  test('has faults in places that it has, or in the whole', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), member), (value) => {
        for (const { path } of configFaults(value)) {
          let at: unknown = value;
          for (const step of path) {
            expect(typeof at === 'object' && at !== null && Object.hasOwn(at, step)).toBe(true);
            at = (at as Record<string, unknown>)[step];
          }
        }
      }),
    );
  });
});
