/** cpp_quote: code that the MOF gives to the header. It is copied only with --allow-cpp-quote, and otherwise replaced by a comment. */
import { type QualifierSet, type QualifierValue } from '../../model/model.js';
import { headerQualifiers } from '../c/header-qualifiers.js';
import { type EmitOptions } from '../options.js';

export interface QuoteView {
  /** Lines as they are, or a comment in their place. */
  readonly lines: readonly string[];
}

const LEFT_OUT = '// A cpp_quote of the MOF is omitted here (--allow-cpp-quote copies it).';

/** The quotes of one declaration as the header shows them. */
export function quoteViews(qualifiers: QualifierSet, options: EmitOptions): readonly QuoteView[] {
  const code = quotedCode(qualifiers, options);
  if (code === undefined) return [];
  if (options.allowCppQuote !== true) return [{ lines: [LEFT_OUT] }];
  return [{ lines: code.replace(/\n$/, '').split('\n') }];
}

/** The text of cpp_quote with LF line ends; `undefined` when there is none. */
export function quotedCode(qualifiers: QualifierSet, options: EmitOptions): string | undefined {
  const value = headerQualifiers(qualifiers, options).get('cpp_quote');
  const code = value === undefined ? '' : joined(value);
  return code.trim() === '' ? undefined : code.replace(/\r\n?/g, '\n');
}

function joined(value: QualifierValue): string {
  if (Array.isArray(value)) return (value as readonly QualifierValue[]).map(joined).join('');
  return typeof value === 'string' ? value : '';
}
