/**
 * The text of an input, whatever form its bytes have: a MOF text is decoded, a binary MOF decompiled.
 *
 * It must not know where the bytes come from, nor what the text means.
 */
import { isBinaryMof, readBinaryMof, toMofText } from './binary-mof/index.js';
import { diagnostic, type Result } from './diagnostics/diagnostic.js';
import { decode } from './source/decode.js';
import { type SourceFile } from './source/source-file.js';

/**
 * The text of `bytes`, the content of the file that a person knows as `name`. A binary MOF that cannot be read is MOF1012 with
 * the offset of the first fault; one that says something for which MOF has no words is MOF1013. The text is empty then.
 */
export function textOf(bytes: Uint8Array, name: string): Result<SourceFile> {
  return isBinaryMof(bytes) ? decompiled(bytes, name) : decode(bytes, name);
}

function decompiled(bytes: Uint8Array, name: string): Result<SourceFile> {
  const empty: SourceFile = { name, text: '', encoding: 'binary MOF' };
  const location = { source: empty, span: { start: 0, end: 0 } };
  const { value: document, fault } = readBinaryMof(bytes);
  if (document === undefined) {
    const message = `the binary MOF is damaged: ${fault}`;
    return { value: empty, diagnostics: [diagnostic('MOF1012', location, message)] };
  }
  const { value: text, faults } = toMofText(document);
  return {
    value: faults.length === 0 ? { ...empty, text } : empty,
    diagnostics: faults.map((each) => diagnostic('MOF1013', location, each)),
  };
}
