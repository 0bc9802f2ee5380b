// Real MOF texts parse without an error, deliberately broken ones fail at the fault, and declarations are counted.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { compile, type IncludeReader } from '../../src/compile/compilation.js';
import { type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { decode } from '../../src/compile/decode.js';
import { positionAt } from '../../src/text/source-file.js';
import { corpus, corpusFiles, hasCorpus } from '../mof-files.js';

const PYWBEM = 'pywbem/tests/unittest/pywbem/testmofs';
const ISCSI = 'windows-driver-samples/storage/iscsi/src';

/** Files that are wrong on purpose, and the line at which they are. */
const NEGATIVES: ReadonlyMap<string, number> = new Map([
  ['omi/Unix/tests/mof/syntaxerror.mof', 97],
  [`${PYWBEM}/parse_error01.mof`, 14],
  [`${PYWBEM}/parse_error03.mof`, 24],
  [`${PYWBEM}/parse_error04.mof`, 2],
]);

/** Files that need missing files, and the diagnostics about that. */
const INCOMPLETE: ReadonlyMap<string, string> = new Map([
  ['omi/Unix/omiutils/mofs/OMI_Errors.mof', "MOF1004 cannot read 'qualifiers.mof'"],
  [
    'omi/Unix/samples/Providers/Perf_WMIv2/PerfTestsV2.mof',
    "MOF1004 cannot read 'cim_schema_2.24.1.mof'",
  ],
  [
    'omi/Unix/samples/Providers/Test_AssociationProvider/Test_AssociationProvider.mof',
    "MOF1004 cannot read 'qualifiers.mof'",
  ],
  ['omi/Unix/tests/codec/mof/blue/mofs/dmtftypes.mof', "MOF1004 cannot read 'QuaLIFIErs.mof'"],
]);

/** Headers of the iSCSI samples that are not public; their macros are read as empty. */
const MISSING_HEADERS = ['iscsidsc.h', 'iscsierr.h'];

/** The file and what it includes as text; `#pragma include` is followed only if requested. */
function compiled(path: string, followsPragmas = false) {
  const name = relative(corpus, path);
  const { value: source, diagnostics } = decode(readFileSync(path), name);
  const readInclude: IncludeReader = (wanted, from) => {
    const found = join(dirname(from), wanted.replaceAll('\\', '/'));
    if (!existsSync(join(corpus, found))) return undefined;
    const isText = followsPragmas || /^[ \t]*#[ \t]*include/m.test(source.text);
    return { name: found, bytes: isText ? readFileSync(join(corpus, found)) : new Uint8Array() };
  };
  const { value, diagnostics: found } = compile(source, readInclude);
  return { name, unit: value, diagnostics: [...diagnostics, ...found] };
}

/** `path:line CODE message`. */
function asLine({ code, message, location }: Diagnostic): string {
  if (location === undefined) return `${code} ${message}`;
  const { line } = positionAt(location.source, location.span.start);
  return `${location.source.name}:${line} ${code} ${message}`;
}

function errorsOf(path: string): string[] {
  return compiled(path)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(asLine);
}

test.runIf(hasCorpus).each([
  ['windows-driver-samples', 15],
  ['linux-firmware', 5],
  ['bmf-pairs', 25],
  ['pywbem', 11],
  ['omi', 34],
  ['cim-2.32', 1426],
])('every file of %s parses (%i)', (folder, count) => {
  const files = corpusFiles(folder);
  expect(files).toHaveLength(count);
  const wrong = files.filter((path) => {
    const name = relative(corpus, path);
    return !NEGATIVES.has(name) && !INCOMPLETE.has(name);
  });
  expect(wrong.flatMap(errorsOf)).toEqual([]);
});

test.runIf(hasCorpus).each([...NEGATIVES])('%s has its one error at line %i', (name, line) => {
  const errors = errorsOf(join(corpus, name));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain(`${name}:${line} `);
});

test.runIf(hasCorpus).each([...INCOMPLETE])('%s has its one error: %s', (name, message) => {
  const errors = errorsOf(join(corpus, name));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain(message);
});

test.runIf(hasCorpus).each(['common', 'config', 'def', 'mgmt'])(
  'missing parts of iSCSI %s.mof are warnings at their places',
  (name) => {
    const { diagnostics } = compiled(join(corpus, ISCSI, `${name}.mof`));
    const warnings = diagnostics.filter(({ severity }) => severity === 'warning').map(asLine);
    expect(warnings).toEqual([
      ...MISSING_HEADERS.map(
        (header, index) =>
          `${ISCSI}/common.mof:${17 + index} MOF1008 the C header '${header}' is not found, its macros are unknown`,
      ),
      // A part of the others, which define this.
      ...(name === 'common'
        ? [
            `${ISCSI}/common.mof:238 MOF1205 unknown macro 'MODULE_HEADER' before strings is read as empty`,
          ]
        : []),
      `${ISCSI}/common.mof:239 MOF1205 unknown macro 'ISCSI_SECURITY_FLAGS_CPPQUOTE' between strings is read as empty`,
    ]);
  },
);

interface Census {
  files: number;
  classes: number;
  properties: number;
  methods: number;
  parameters: number;
  instances: number;
}

/**
 * Counts what the files declare. As in the census that this is compared with, a broken class counts up to its
 * fault. A text with wrong tokens does not count, because recovery only guesses.
 */
function census(folder: string): Census {
  const counted = { files: 0, classes: 0, properties: 0, methods: 0, parameters: 0, instances: 0 };
  for (const path of corpusFiles(folder)) {
    counted.files++;
    const { name, unit, diagnostics } = compiled(path);
    const fault = diagnostics.find(({ severity }) => NEGATIVES.has(name) && severity === 'error');
    if (fault?.code.startsWith('MOF11') === true) continue;
    const place = fault?.location?.span.start ?? Infinity;
    for (const { node } of unit.productions) {
      if (node.kind === 'InstanceDeclaration') counted.instances++;
      if (node.kind !== 'ClassDeclaration') continue;
      counted.classes++;
      const end = node.span.start < place && place < node.span.end ? place : Infinity;
      for (const feature of node.features ?? []) {
        if (feature.span.end > end) continue;
        if (feature.kind !== 'MethodDeclaration') counted.properties++;
        else {
          counted.methods++;
          counted.parameters += feature.parameters.length;
        }
      }
    }
  }
  return counted;
}

// The first three are those of docs/spec/language.md#census; of the others the corpus holds a part, and the
// numbers are our own.
test.runIf(hasCorpus).each<[folder: string, want: Census]>([
  [
    'omi',
    { files: 34, classes: 159, properties: 680, methods: 114, parameters: 238, instances: 25 },
  ],
  ['pywbem', { files: 11, classes: 20, properties: 99, methods: 3, parameters: 4, instances: 25 }],
  [
    'cim-2.32',
    { files: 1426, classes: 1422, properties: 5665, methods: 209, parameters: 655, instances: 0 },
  ],
  [
    'windows-driver-samples',
    { files: 15, classes: 121, properties: 725, methods: 18, parameters: 43, instances: 0 },
  ],
  [
    'linux-firmware',
    { files: 5, classes: 15, properties: 53, methods: 102, parameters: 144, instances: 0 },
  ],
  [
    'bmf-pairs',
    { files: 25, classes: 43, properties: 63, methods: 6, parameters: 5, instances: 3 },
  ],
])('the census of %s', (folder, want) => {
  const counted = census(folder);
  console.log(`${folder}: ${JSON.stringify(counted)}`);
  expect(counted).toEqual(want);
});
