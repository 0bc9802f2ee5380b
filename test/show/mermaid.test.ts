// The class diagram: what is in it, and that names of a MOF are escaped.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MofClass, type Model, type QualifierSet } from '../../src/model/model.js';
import { showMermaid } from '../../src/show/mermaid.js';
import { RARITIES, sample, samples, shownText } from './all-forms.js';

test('the samples: the diagram matches the snapshot', async () => {
  await expect(showMermaid([...samples.values()])).toMatchFileSnapshot('expected/samples.mmd');
});

const NONE: QualifierSet = {
  entries: [],
  has: () => false,
  get: () => undefined,
  entry: () => undefined,
};

function plainClass(name: string, start = 0, superclass?: string): MofClass {
  const source = { name: 'a.mof', text: '', encoding: 'utf-8' } as const;
  const location = { source, span: { start, end: start } };
  const named = { name, location, qualifiers: NONE };
  const property = { ...named, type: 'uint8', array: undefined, defaultValue: undefined };
  const method = { ...named, returnType: 'void', parameters: [], parameterCount: 0 };
  return {
    name,
    superclass,
    location,
    qualifiers: NONE,
    properties: [property],
    methods: [method],
  };
}

function diagramOf(...classes: readonly MofClass[]): string[] {
  const model: Model = { classes, blocks: [], errors: [] };
  return showMermaid([{ name: 'a.mof', filesRead: ['a.mof'], model }]).split('\n');
}

test.each([
  ['Fan', 'Fan'],
  ['__Event', '__Event'],
  ['class', 'class_["class"]'],
  ['Note', 'Note_["Note"]'],
  ['o', 'o_["o"]'],
  ['_self', '_self_["_self"]'],
  ['Größe', 'Gr__e["Größe"]'],
  ['1st', '_1st["1st"]'],
  ['a"]{ }', 'a_____["a_____"]'],
  ['a\n%%{init: {}}%%', 'a____init_______["a____init_______"]'],
  ['<b>;#quot;', '_b___quot_["_b___quot_"]'],
  ['', '_["_"]'],
])('the class %j is written %j', (name, want) => {
  expect(diagramOf(plainClass(name))[2]).toBe(`  class ${want} {`);
});

test('names that are alike stay distinct', () => {
  const lines = diagramOf(
    plainClass('Fan'),
    plainClass('FAN', 1),
    plainClass('F_n', 2),
    plainClass('Fän', 3),
  );
  expect(lines.filter((line) => line.startsWith('  class'))).toEqual([
    '  class Fan {',
    '  class FAN_2["FAN"] {',
    '  class F_n {',
    '  class F_n_2["Fän"] {',
  ]);
});

test('every line has a known form, for any names', () => {
  const id = String.raw`[A-Za-z0-9_]+`;
  const name = String.raw`[\p{L}\p{N}_]+`;
  const shapes = [
    'classDiagram',
    String.raw`  %% [\p{L}\p{N}_./ -]+`,
    String.raw`  class ${id}(\["${name}"\])?( \{)?`,
    String.raw`    \+${name}(\(\))?`,
    String.raw`  \}`,
    String.raw`  ${id} <\|-- ${id}`,
    '',
  ];
  const known = new RegExp(`^(?:${shapes.join('|')})$`, 'u');
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('}', '"', '\n', '%%', '<<x>>', '~T~', ':', 'class', '`', '#', ';', '\u2028'),
  );
  fc.assert(
    fc.property(odd, odd, odd, (first, second, above) => {
      const lines = diagramOf(plainClass(first, 0, above), plainClass(second, 1, first));
      for (const line of lines) expect(line).toMatch(known);
    }),
  );
});

test('a class that several inputs include is in the diagram once; different classes with one name are not merged', () => {
  const once = sample('sensor-log');
  expect(showMermaid([once, once]).match(/^ {2}class SensorUnit\b.*$/gm)).toHaveLength(1);
  const other = shownText('class SensorUnit { uint32 x; };', 'b.mof');
  const both = showMermaid([once, other]);
  expect(both.match(/^ {2}class SensorUnit.*$/gm)).toEqual([
    '  class SensorUnit {',
    '  class SensorUnit_2["SensorUnit"] {',
  ]);
});

test('bases that are not declared, classes without a layout, inherited items, methods with a result', () => {
  const lines = showMermaid([shownText(RARITIES), sample('calibration')]).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      '  class __Event',
      '  __Event <|-- Plain',
      '    +Number',
      '    +Do()',
      '    <<data block, expensive>>',
      '  Calibration *-- "4" CalibrationPoint : Points',
      '  Calibration ..> CalibrationPoint : ReplacePoint',
      '    +Measure(in uint8 Channel, out datetime Taken) sint32',
    ]),
  );
  expect(lines.filter((line) => line.endsWith(' SerialNumber'))).toHaveLength(1);
});
