// No false alarms about values, qualifier names and directives in real files. It prints what it checked; needs the corpus
// folder, and is skipped with a message without it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ClassFeature, type Value } from '../../grammar/index.js';
import { analyze, type Analysis } from '../../src/analyze.js';
import { documentedQualifiers } from '../../src/model/known-qualifiers.js';
import { likelyQualifiers } from '../../src/model/misspelled-qualifiers.js';
import { qualifierNames } from '../../src/model/qualifiers.js';
import { positionAt } from '../../src/text/source-file.js';
import { corpus, corpusFiles, hasCorpus, includesBeside, root } from '../mof-files.js';

const readInclude = includesBeside(join(root, 'test/targets/iscsi/include'));
const FOLDERS = [
  'windows-driver-samples',
  'linux-firmware',
  'bmf-pairs',
  'cim-2.32',
  'omi',
  'pywbem',
];

/** True findings: the file, the line, the code, and why. */
const FAULTS: readonly (readonly [file: string, line: number, code: string, why: string])[] = [
  ['wmi_data_types_instance.mof', 28, 'MOF2614', 'the class has Uint64, the instance int64'],
  ['InstanceProvider_Properties.mof', 119, 'MOF2611', 'a_uint8[2] has six elements'],
  ['classes.mof', 457, 'MOF2614', 'MyClass has MyKey and MyProperty, and no A'],
  ['classes.mof', 458, 'MOF2614', 'the same'],
];

interface Census {
  files: number;
  classes: number;
  qualifiers: number;
  readonly names: Set<string>;
  defaults: number;
  values: number;
  limits: number;
  directives: number;
}

function count(census: Census, { texts }: Analysis): void {
  const value = (node: Value | undefined): void => {
    if (node === undefined) return;
    census.values += 1;
    if (node.kind === 'Array') node.elements.forEach(value);
    if (node.kind === 'Instance') for (const each of node.properties) value(each.value);
  };
  const qualifiers = (nodes: ClassFeature['qualifiers']): void => {
    for (const { name } of nodes) {
      const key = name.name.toLowerCase();
      census.qualifiers += 1;
      census.names.add(key);
      if (/^(?:minvalue|maxvalue|valuemap)$/.test(key)) census.limits += 1;
    }
  };
  for (const { tree } of texts) {
    census.files += 1;
    for (const node of tree.productions) {
      if (node.kind === 'CompilerDirective') census.directives += 1;
      if (node.kind === 'InstanceDeclaration') {
        qualifiers(node.qualifiers);
        for (const each of node.properties) value(each.value);
      }
      if (node.kind !== 'ClassDeclaration') continue;
      census.classes += 1;
      qualifiers(node.qualifiers);
      for (const feature of node.features ?? []) {
        qualifiers(feature.qualifiers);
        if (feature.kind === 'MethodDeclaration') {
          for (const parameter of feature.parameters) qualifiers(parameter.qualifiers);
        } else if (feature.defaultValue !== undefined) {
          census.defaults += 1;
          value(feature.defaultValue);
        }
      }
    }
  }
}

describe.runIf(hasCorpus)('the corpus', () => {
  test(
    'has no finding about values, names and directives but for true faults',
    { timeout: 120_000 },
    () => {
      const census: Census = {
        files: 0,
        classes: 0,
        qualifiers: 0,
        names: new Set(),
        defaults: 0,
        values: 0,
        limits: 0,
        directives: 0,
      };
      const found = new Set<string>();
      for (const path of corpusFiles(...FOLDERS)) {
        const analysis = analyze(readFileSync(path), path, readInclude);
        count(census, analysis);
        for (const { code, location } of analysis.diagnostics) {
          if (location === undefined || !/^MOF(?:2120|26\d\d)$/.test(code)) continue;
          const { line } = positionAt(location.source, location.span.start);
          found.add(`${location.source.name.replace(/^.*[\\/]/, '')}:${line} ${code}`);
        }
      }
      const { names, ...counts } = census;
      console.log(
        `looked at in ${corpus}: ${Object.entries(counts)
          .map(([what, number]) => `${number} ${what}`)
          .join(
            ', ',
          )}, ${names.size} names of qualifiers; true faults: ${FAULTS.map(([file, line, code, why]) => `${file}:${line} ${code} (${why})`).join('; ')}`,
      );
      expect(census.classes).toBeGreaterThan(3000);
      expect(census.defaults).toBeGreaterThan(500);
      expect(census.limits).toBeGreaterThan(3000);
      expect([...found].sort()).toEqual(
        FAULTS.map(([file, line, code]) => `${file}:${line} ${code}`).sort(),
      );
    },
  );
});

test('no documented qualifier is taken for a misspelling of another one', () => {
  for (const name of [...documentedQualifiers(), ...qualifierNames()]) {
    expect([name, likelyQualifiers(name)]).toEqual([name, []]);
  }
});

test('one misspelling of a qualifier with a meaning is found, unless it gives another qualifier', () => {
  const missed: string[] = [];
  let slips = 0;
  for (const name of qualifierNames().filter(({ length }) => length > 3)) {
    for (let at = 0; at < name.length; at += 1) {
      const swapped =
        name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2);
      const dropped = name.slice(0, at) + name.slice(at + 1);
      for (const written of [swapped, dropped]) {
        if (written.toLowerCase() === name.toLowerCase() || written.length < 4) continue;
        slips += 1;
        if (!likelyQualifiers(written).includes(name)) missed.push(`${name}: ${written}`);
      }
    }
  }
  console.log(`${slips} slips, missed: ${missed.join(', ') || 'none'}`);
  expect(slips).toBeGreaterThan(500);
  expect(missed).toEqual(['Values: Value']);
});
