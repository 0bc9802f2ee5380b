/**
 * Builds the fixes of findings about declarations: edits that certainly resolve a finding.
 *
 * It knows how qualifiers and declarations are written; who finds the fault does.
 */
import { type ClassDeclaration, type Qualifier } from '../../grammar/ast.js';
import { type Span } from '../text/span.js';
import { type Edit, type Fix, type Location } from '../diagnostics/diagnostic.js';
import { type SourceFile } from '../text/source-file.js';
import { at } from './findings.js';
import { type QualifierEntry, type QualifierSet } from './model.js';

/** A declaration that can have qualifiers. */
interface Declaration {
  readonly qualifiers: readonly Qualifier[];
  readonly span: Span;
}

/** Replaces the text at a place by `newText`. */
export function replaced(location: Location, newText: string): Fix {
  return { title: `write ${newText}`, edits: [{ location, newText }] };
}

/** The same for a likely name; no fix without one. */
export function respelled(location: Location, likely: string | undefined): readonly Fix[] {
  return likely === undefined ? [] : [replaced(location, likely)];
}

/** Inserts `text` after a place. */
export function appended(location: Location, text: string, title = `write ${text}`): Fix {
  return { title, edits: [inserted(location.source, location.span.end, text)] };
}

/** Removes the text at a place. */
export function removed(location: Location, title: string): Fix {
  return { title, edits: [{ location, newText: '' }] };
}

/** Inserts `text` before the qualifiers of a declaration, which may have none. */
export function withQualifier(source: SourceFile, node: Declaration, text: string): Fix {
  const title = `add ${text}`;
  const [first] = node.qualifiers;
  const { start } = node.span;
  if (first !== undefined) {
    return { title, edits: [inserted(source, first.span.start, `${text}, `)] };
  }
  const hasBrackets = source.text[start] === '[';
  const edit = hasBrackets
    ? inserted(source, start + 1, text)
    : inserted(source, start, `[${text}] `);
  return { title, edits: [edit] };
}

/** Inserts `text` before the first of at least one qualifier. */
export function withFurtherQualifier({ entries }: QualifierSet, text: string): readonly Fix[] {
  const [first] = entries;
  if (first === undefined) return [];
  const { source, span } = first.location;
  return [{ title: `add ${text}`, edits: [inserted(source, span.start, `${text}, `)] }];
}

/** Removes a qualifier, with its comma or with the brackets. */
export function withoutQualifier({ entries }: QualifierSet, entry: QualifierEntry): Fix {
  const { source, span } = entry.location;
  const index = entries.indexOf(entry);
  // Localised texts are from another file, which has commas of its own.
  const inSource = (each: QualifierEntry | undefined) =>
    each?.location.source === source ? each.location.span : undefined;
  const next = inSource(entries[index + 1]);
  const previous = inSource(entries[index - 1]);
  const taken =
    next !== undefined
      ? { start: span.start, end: next.start }
      : previous !== undefined
        ? { start: previous.end, end: span.end }
        : withBrackets(source.text, span);
  return removed({ source, span: taken }, `remove ${entry.name}`);
}

/** Replaces the value of a qualifier. */
export function withValue({ name, location }: QualifierEntry, value: string): readonly Fix[] {
  const { source, span } = location;
  const text = source.text.slice(span.start, span.end);
  const written = /^[^\s("{]+\s*\(\s*("[^"\\]*"|[^\s()"]*)\s*\)/.exec(text);
  const old = written?.[1];
  if (written === null || old === undefined) return [];
  const start = span.start + written[0].lastIndexOf(old);
  const place: Location = { source, span: { start, end: start + old.length } };
  return [{ title: `write ${name}(${value})`, edits: [{ location: place, newText: value }] }];
}

/** Gives a declaration an id: replaces the present one, or adds a qualifier. */
export function withId(
  { node, location, qualifiers }: Numbered,
  name: 'WmiDataId' | 'WmiMethodId',
  id: number | bigint | undefined,
): readonly Fix[] {
  if (id === undefined) return [];
  const entry = qualifiers.entry(name);
  if (entry !== undefined) return withValue(entry, String(id));
  return [withQualifier(location.source, node, `${name}(${id})`)];
}

interface Numbered {
  readonly node: Declaration;
  readonly location: Location;
  readonly qualifiers: QualifierSet;
}

/** Inserts declarations before the others of a class, each on a line of its own if the first one is. */
export function withFeatures(
  source: SourceFile,
  node: ClassDeclaration,
  declarations: readonly string[],
): readonly Fix[] {
  const [first] = node.features ?? [];
  const title = `add ${declarations.join(' ')}`;
  if (first === undefined) {
    const brace = source.text.indexOf('{', (node.superclass ?? node.name).span.end);
    if (brace < 0 || brace >= node.span.end) return [];
    return [{ title, edits: [inserted(source, brace + 1, ` ${declarations.join(' ')} `)] }];
  }
  const { start } = first.span;
  const line = /(\r\n|\n|\r)([ \t]*)$/.exec(source.text.slice(Math.max(0, start - 200), start));
  const between = line === null ? ' ' : `${line[1]}${line[2]}`;
  const text = declarations.map((each) => `${each}${between}`).join('');
  return [{ title, edits: [inserted(source, start, text)] }];
}

/** Adds a superclass to a class without one. */
export function withSuperclass(
  source: SourceFile,
  node: ClassDeclaration,
  name: string,
): readonly Fix[] {
  if (node.superclass !== undefined) return [];
  return [appended(at(source, node.alias ?? node.name), ` : ${name}`, `derive it from ${name}`)];
}

function inserted(source: SourceFile, offset: number, newText: string): Edit {
  return { location: { source, span: { start: offset, end: offset } }, newText };
}

/** The span with the brackets around it and the blanks after them. */
function withBrackets(text: string, { start, end }: Span): Span {
  const before = /\[\s*$/.exec(text.slice(Math.max(0, start - 200), start));
  const after = /^\s*,?\s*\]\s*/.exec(text.slice(end, end + 200));
  if (before === null || after === null) return { start, end };
  return { start: start - before[0].length, end: end + after[0].length };
}
