/**
 * The text of an input, whatever form its bytes have: a MOF text is decoded, a binary MOF decompiled.
 */
import { faultText, isBinaryMof, readBinaryMof, toMofText } from '../binary-mof/index.js';
import { diagnostic, type Result } from '../diagnostics/diagnostic.js';
import { decode } from './decode.js';
import { type SourceFile } from '../text/source-file.js';

/**
 * The text of `bytes`, the content of the file that a person knows as `name`. A binary MOF that is damaged or beyond the
 * limits is MOF1012, one that no MOF text describes MOF1013, and the text is empty then. One with other bytes than mofcomp writes is
 * MOF1016.
 */
export function textOf(bytes: Uint8Array, name: string): Result<SourceFile> {
  return isBinaryMof(bytes) ? decompiled(bytes, name) : decode(bytes, name);
}

function decompiled(bytes: Uint8Array, name: string): Result<SourceFile> {
  const empty: SourceFile = { name, text: '', encoding: 'utf-8' };
  const location = { source: empty, span: { start: 0, end: 0 } };
  const { value: document, fault } = readBinaryMof(bytes);
  if (document === undefined) {
    const is = fault.isLimit === true ? 'is larger than mofgen reads' : 'is damaged';
    const message = `the binary MOF ${is} at ${faultText(fault)}`;
    return { value: empty, diagnostics: [diagnostic('MOF1012', location, message)] };
  }
  const { value: text, faults } = toMofText(document);
  const inexpressible = faults.map((each) => diagnostic('MOF1013', location, each));
  if (inexpressible.length > 0) return { value: empty, diagnostics: inexpressible };
  const source: SourceFile = { name, text, encoding: 'binary MOF' };
  if (fault === undefined) return { value: source, diagnostics: [] };
  const message = `the binary MOF is read, but mofcomp writes other bytes at ${faultText(fault)}`;
  const place = { source, span: { start: 0, end: 0 } };
  return { value: source, diagnostics: [diagnostic('MOF1016', place, message)] };
}
