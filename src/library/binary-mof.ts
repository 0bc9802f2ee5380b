/**
 * MOF text to a binary MOF and back, as `mofgen compile` and `mofgen decompile` do it. It must not know how binary MOF is encoded.
 */
import { allowancesOf } from '../allow-comments.js';
import { isBinaryMof, toBinaryMof, writeBinaryMof } from '../binary-mof/index.js';
import { compile, type IncludeReader } from '../compilation.js';
import { hasErrors, type Result } from '../diagnostics/diagnostic.js';
import { inReadingOrder } from '../diagnostics/order.js';
import { textOf } from '../input-text.js';
import { type WdkArchitecture } from '../source/wdk-architectures.js';

export interface CompileMofOptions {
  /** Macros, as -D has them: `NAME` or `NAME=TEXT`. */
  readonly defines?: readonly string[];
  /** Predefines what the compiler of the WDK does for this architecture, as --wdk has it. */
  readonly wdk?: WdkArchitecture | undefined;
  /** Localised files (.mfl) whose texts belong into the classes. */
  readonly mfl?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** The namespace of classes before any `#pragma namespace`; `root\default` by default, as mofcomp has it. */
  readonly namespace?: string;
}

/**
 * Compiles one input and everything it includes to a .bmf, byte for byte as mofcomp does (docs/binary-mof.md). Its classes are not
 * checked: `analyze` does that. With an error among the diagnostics `value` is empty. Throws a RangeError for more objects, members or
 * bytes than a binary MOF may have here.
 */
export function compileMof(
  bytes: Uint8Array,
  name: string,
  readInclude: IncludeReader = () => undefined,
  { defines = [], wdk, mfl = [], namespace }: CompileMofOptions = {},
): Result<Uint8Array> {
  const decoded = textOf(bytes, name);
  const localized = mfl.map((file) => textOf(file.bytes, file.name));
  const { value: unit, diagnostics } = compile(decoded.value, readInclude, {
    defines,
    wdk,
    mfl: localized.map(({ value }) => value),
  });
  const ofText = [...[decoded, ...localized].flatMap((each) => each.diagnostics), ...diagnostics];
  const { withoutAllowed } = allowancesOf(unit);
  const report = (found: typeof ofText) => inReadingOrder(withoutAllowed(found), unit.filesRead);
  // A tree with holes says less than the text.
  if (hasErrors(withoutAllowed(ofText))) return { value: NO_BYTES, diagnostics: report(ofText) };
  const encoded = toBinaryMof(unit, namespace === undefined ? {} : { namespace });
  const all = report([...ofText, ...encoded.diagnostics]);
  return { value: hasErrors(all) ? NO_BYTES : writeBinaryMof(encoded.value), diagnostics: all };
}

const NO_BYTES = new Uint8Array();

/**
 * The MOF text of a .bmf, in ASCII, which compiles to the same bytes. A damaged file is MOF1012, one that no text describes MOF1013:
 * `value` is empty then. Bytes that mofcomp would not have written are the warning MOF1016. Throws a RangeError for bytes that do not
 * begin as a binary MOF does.
 */
export function decompileBmf(bytes: Uint8Array, name: string): Result<string> {
  if (!isBinaryMof(bytes)) throw new RangeError(`'${name}' is no binary MOF`);
  const { value, diagnostics } = textOf(bytes, name);
  return { value: value.text, diagnostics };
}
