/** Diagnostics as a SARIF 2.1.0 log (OASIS), which code scanning services read. */
import { addTo } from '../text/lists.js';
import { positionAt } from '../text/source-file.js';
import { DIAGNOSTICS, type DiagnosticCode } from './codes.js';
import { type Diagnostic, type Edit, type Fix, type Location } from './diagnostic.js';
import { jsonDocument } from './document.js';
import { type Selection } from './selection.js';

/** A log of one run, also when nothing was found. */
export function renderSarif({ all, shown }: Selection, toolVersion: string): string {
  const codes = [...new Set(shown.map(({ code }) => code))].sort();
  const omitted = all.length - shown.length;
  return jsonDocument({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'mofgen',
            semanticVersion: toolVersion,
            rules: codes.map(ruleOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: shown.map((each) => resultOf(each, codes.indexOf(each.code))),
        ...(omitted > 0 ? { properties: { omittedResults: omitted } } : {}),
      },
    ],
  });
}

function ruleOf(code: DiagnosticCode) {
  const { title, severity } = DIAGNOSTICS[code];
  return {
    id: code,
    shortDescription: { text: title },
    help: { text: `'mofgen explain ${code}' prints more` },
    defaultConfiguration: { level: severity },
  };
}

function resultOf(
  { code, severity, message, help, location, related, fixes }: Diagnostic,
  ruleIndex: number,
) {
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: help === undefined ? message : `${message}\nhelp: ${help}` },
    locations: location === undefined ? [] : [{ physicalLocation: placeOf(location) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, id) => ({
            id,
            physicalLocation: placeOf(each.location),
            message: { text: each.message },
          })),
        }),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map(fixOf) }),
  };
}

function fixOf({ title, edits }: Fix) {
  const byFile = new Map<string, Edit[]>();
  for (const edit of edits) addTo(byFile, edit.location.source.name, edit);
  return {
    description: { text: title },
    artifactChanges: [...byFile].map(([name, changes]) => ({
      artifactLocation: { uri: uriOf(name) },
      replacements: changes.map(({ location, newText }) => ({
        deletedRegion: placeOf(location).region,
        ...(newText === '' ? {} : { insertedContent: { text: newText } }),
      })),
    })),
  };
}

function placeOf({ source, span }: Location) {
  const start = positionAt(source, span.start);
  const end = positionAt(source, span.end);
  return {
    artifactLocation: { uri: uriOf(source.name) },
    region: {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
      charOffset: span.start,
      charLength: span.end - span.start,
    },
    ...(source.encoding === 'binary MOF' ? { properties: { decompiled: true } } : {}),
  };
}

/** A relative path stays relative to the folder of the run; both kinds of absolute path become `file:` URIs. */
function uriOf(name: string): string {
  // A lone surrogate has no UTF-8.
  const path = name
    .replace(/\p{Cs}/gu, '\ufffd')
    .replaceAll('\\', '/')
    .split('/')
    .map(encodeURIComponent);
  const uri = path.join('/');
  const drive = /^([A-Za-z])%3A\//.exec(uri);
  if (drive !== null) return `file:///${drive[1]}:/${uri.slice(drive[0].length)}`;
  if (uri.startsWith('//')) return `file:${uri}`;
  return uri.startsWith('/') ? `file://${uri}` : uri;
}
