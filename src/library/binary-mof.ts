/**
 * MOF text to a binary MOF and back, as `mofgen compile` and `mofgen decompile` do it.
 */
import { suppressionsOf } from '../compile/suppressions.js';
import { boundedBytes, isBinaryMof, toBinaryMof } from '../binary-mof/index.js';
import { type IncludeReader } from '../compile/compilation.js';
import { hasErrors, type Result } from '../diagnostics/diagnostic.js';
import { finish } from '../diagnostics/finish.js';
import { compileBytes } from '../compile/input-compilation.js';
import { textOf } from '../compile/input-text.js';
import { type WdkArchitecture } from '../preprocess/options.js';

export interface CompileMofOptions {
  /** Macros, as for -D: `NAME` or `NAME=TEXT`. */
  readonly defines?: readonly string[];
  /** Predefines the macros of the WDK's compiler for this architecture, like --wdk. */
  readonly wdk?: WdkArchitecture | undefined;
  /** Localised files (.mfl) whose texts are added to the classes. */
  readonly mfl?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** The namespace of classes before any `#pragma namespace`; `root\default` by default, as in mofcomp. */
  readonly namespace?: string;
}

/**
 * Compiles one input and everything it includes to a .bmf, byte for byte as mofcomp does (docs/binary-mof.md). Its classes are not
 * checked: `analyze` does that. With an error among the diagnostics `value` is empty. More objects, members or bytes than a binary MOF
 * may have here are MOF5001.
 */
export function compileMof(
  bytes: Uint8Array,
  name: string,
  readInclude: IncludeReader = () => undefined,
  { defines = [], wdk, mfl = [], namespace }: CompileMofOptions = {},
): Result<Uint8Array> {
  const { unit, diagnostics: ofText } = compileBytes({ name, bytes }, mfl, readInclude, {
    defines,
    wdk,
  });
  // After an error the tree is incomplete.
  const encoded = hasErrors(ofText)
    ? undefined
    : toBinaryMof(unit, namespace === undefined ? {} : { namespace });
  const isGood = encoded !== undefined && !hasErrors(encoded.diagnostics);
  const written = isGood ? boundedBytes(encoded.value, name) : undefined;
  const diagnostics = finish([
    {
      diagnostics: [...ofText, ...(encoded?.diagnostics ?? [])],
      files: unit.filesRead,
      suppressions: [suppressionsOf(unit)],
    },
    { diagnostics: written?.diagnostics ?? [] },
  ]);
  return { value: written?.value ?? NO_BYTES, diagnostics };
}

const NO_BYTES = new Uint8Array();

/**
 * The MOF text of a .bmf, in ASCII, which compiles to the same bytes. A damaged file is MOF1012, one without a MOF text MOF1013:
 * `value` is empty then. Bytes that mofcomp would not have written are the warning MOF1016. Throws a RangeError for bytes that do not
 * begin as a binary MOF does.
 */
export function decompileBmf(bytes: Uint8Array, name: string): Result<string> {
  if (!isBinaryMof(bytes)) throw new RangeError(`'${name}' is not a binary MOF`);
  const { value, diagnostics } = textOf(bytes, name);
  return { value: value.text, diagnostics };
}
