/** Inputs for the tests of every form of `mofgen show`: the samples, real files, and a MOF with what those do not have. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { hasErrors } from '../../src/diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../src/library/reports.js';
import { analyze } from '../../src/analyze.js';
import { type ShownInput } from '../../src/show/shown-input.js';
import { corpus, corpusFiles, includesBeside, root, samples as sampleFiles } from '../mof-files.js';

/** A MOF text as `show` gets it. Throws when it has errors. */
export function shownText(text: string, name = 'a.mof'): ShownInput {
  const { input, faults } = shown(new TextEncoder().encode(text), name);
  if (input === undefined) throw new Error(faults);
  return input;
}

/** No input where it has errors. */
function shown(bytes: Uint8Array, name: string) {
  const { value, filesRead, diagnostics } = analyze(bytes, name, includesBeside());
  const input: ShownInput = { name, filesRead, model: value };
  return hasErrors(diagnostics)
    ? { input: undefined, faults: renderDiagnostics(diagnostics, 'text') }
    : { input, faults: '' };
}

/** Every sample by its name, under its path from the root of the repository. */
export const samples: ReadonlyMap<string, ShownInput> = new Map(
  sampleFiles.flatMap(({ name, path }) => {
    const { input } = shown(readFileSync(path), relative(root, path));
    return input === undefined ? [] : [[name, input] as const];
  }),
);

/** The files without errors of folders of the corpus. */
export function corpusInputs(...folders: readonly string[]): ShownInput[] {
  return corpusFiles(...folders).flatMap(
    (path) => shown(readFileSync(path), relative(corpus, path)).input ?? [],
  );
}

/** A MOF with everything that the samples lack. */
export const RARITIES = `
[Odd(18446744073709551615), Real(1.5), Unknown(SOME_MACRO), Nothing(Null), Listed{-9223372036854775808, 1}]
class Plain : __Event
{
  uint32 Number;
  [Odd: ToSubclass] void Do(uint32 one, uint32 two);
};

[WMI, Dynamic, Provider("WmiProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a12}") // mofgen: expensive
]
class Rare
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read, write, DisplayName("Shown"), MinValue(0), MaxValue(18446744073709551615),
   Values{"few", "many"}, ValueMap{"0..9", "18446744073709551615"}] uint64 Amount;
  [WmiDataId(2), read] sint8 Small;
  [WmiDataId(3), read] sint16 Medium[2];
  [WmiDataId(4), read] char16 Letter;
  [WmiDataId(5), write] sint64 Huge;
};
`;

export function sample(name: string): ShownInput {
  const found = samples.get(name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found;
}
