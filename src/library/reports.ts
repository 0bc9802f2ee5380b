/** Findings as the documents that programs read. It must not know what a finding means. */
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { renderJson } from '../diagnostics/json.js';
import { renderSarif } from '../diagnostics/sarif.js';
import { selection } from '../diagnostics/selection.js';

/**
 * The findings as the JSON document of `--diagnostics json` (`mofgen/schemas/diagnostics.schema.json`), each once, and at most
 * `most`: errors first, when there are more.
 */
export function renderDiagnosticsJson(diagnostics: readonly Diagnostic[], most = Infinity): string {
  return renderJson(selection(diagnostics, most));
}

/** The same as a SARIF 2.1.0 log; `toolVersion` is the version of mofgen that it names. */
export function renderDiagnosticsSarif(
  diagnostics: readonly Diagnostic[],
  toolVersion: string,
  most = Infinity,
): string {
  return renderSarif(selection(diagnostics, most), toolVersion);
}
