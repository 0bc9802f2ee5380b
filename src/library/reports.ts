/** Diagnostics as text and as JSON and SARIF documents, each diagnostic once. */
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { finish } from '../diagnostics/finish.js';
import { renderJson } from '../diagnostics/json.js';
import {
  type DiagnosticFormat,
  MAX_SHOWN,
  type Paint,
  plain,
  renderText,
} from '../diagnostics/render.js';
import { renderSarif } from '../diagnostics/sarif.js';
import { type Selection, selection } from '../diagnostics/selection.js';

/** The diagnostics in the order given and a closing count, at most `most`: errors first, when there are more. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  paint: Paint = plain,
  most = MAX_SHOWN,
): string {
  return renderText(selected(diagnostics, most), format, paint);
}

/** The JSON document of `--diagnostics json` (`mofgen/schemas/diagnostics.schema.json`). */
export function renderDiagnosticsJson(diagnostics: readonly Diagnostic[], most = Infinity): string {
  return renderJson(selected(diagnostics, most));
}

/** A SARIF 2.1.0 log; `toolVersion` is the version of mofgen that it names. */
export function renderDiagnosticsSarif(
  diagnostics: readonly Diagnostic[],
  toolVersion: string,
  most = Infinity,
): string {
  return renderSarif(selected(diagnostics, most), toolVersion);
}

function selected(diagnostics: readonly Diagnostic[], max: number): Selection {
  return selection(finish([{ diagnostics }]), max);
}
