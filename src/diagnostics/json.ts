/**
 * Diagnostics as one JSON document; schemas/diagnostics.schema.json describes it. A field may be added in any version; `version` grows
 * when a field changes its meaning or is removed.
 */
import { positionAt, type SourceFile } from '../text/source-file.js';
import { type Diagnostic, type Fix, type Location } from './diagnostic.js';
import { jsonDocument } from './document.js';
import { countsOf, type Selection } from './selection.js';

const VERSION = 1;

/** Always a document, also when nothing was found. */
export function renderJson({ all, shown }: Selection): string {
  const { error, warning } = countsOf(all);
  return jsonDocument({
    version: VERSION,
    errors: error,
    warnings: warning,
    omitted: all.length - shown.length,
    diagnostics: shown.map(findingOf),
  });
}

function findingOf({ code, severity, message, location, related, help, fixes }: Diagnostic) {
  return {
    code,
    severity,
    message,
    help: help ?? null,
    location: location === undefined ? null : placeOf(location),
    related: related.map((each) => ({ message: each.message, location: placeOf(each.location) })),
    fixes: fixes.map(fixOf),
  };
}

function fixOf({ title, edits }: Fix) {
  return {
    title,
    edits: edits.map(({ location, newText }) => ({ location: placeOf(location), newText })),
  };
}

function placeOf({ source, span }: Location) {
  return {
    file: source.name,
    ...(source.encoding === 'binary MOF' ? { decompiled: true } : {}),
    start: pointOf(source, span.start),
    end: pointOf(source, span.end),
  };
}

function pointOf(source: SourceFile, offset: number) {
  return { ...positionAt(source, offset), offset };
}
