/**
 * Composed texts: texts made of parts of other texts, and the map from their offsets to the places that a person wrote.
 */
import { firstWhere } from './binary-search.js';
import { type Span } from './span.js';
import { type SourceFile } from './source-file.js';

/** A range of a text that a person wrote. */
export interface WrittenPlace {
  readonly source: SourceFile;
  readonly span: Span;
}

/** One place where a macro is used: its name, with its arguments. */
export interface MacroUse extends WrittenPlace {
  readonly name: string;
  /** The use in whose body this one is written. */
  readonly within: MacroUse | undefined;
}

/** A part of a composed text, up to where the next one begins. */
interface Part {
  /** Where it begins in the composed text. */
  readonly at: number;
  /** The text it is copied from, and where it begins there. */
  readonly source: SourceFile;
  readonly offset: number;
  /** For synthesized text: the length of the text that it represents. */
  readonly standsFor: number | undefined;
  readonly use: MacroUse | undefined;
}

/** The parts of a composed text in their order. */
export type Composition = readonly Part[];

/** Collects the parts of a text. */
export interface Composer {
  /** Appends `[start, end)` of `source`, the expansion of `use` when there is one. */
  readonly copy: (source: SourceFile, start: number, end: number, use?: MacroUse) => void;
  /** Appends synthesized text that represents a place, such as the string that `#` makes. */
  readonly make: (text: string, place: WrittenPlace, use?: MacroUse) => void;
  /** Appends white space without a place. */
  readonly space: (text: string) => void;
  readonly length: () => number;
  /** The text so far, as a file that shows the name of `main`. */
  readonly compose: (main: SourceFile) => SourceFile;
}

export function composer(): Composer {
  const texts: string[] = [];
  const parts: Part[] = [];
  let length = 0;
  const append = (text: string) => {
    texts.push(text);
    length += text.length;
  };
  return {
    copy(source, start, end, use) {
      if (end <= start) return;
      parts.push({ at: length, source, offset: start, standsFor: undefined, use });
      append(source.text.slice(start, end));
    },
    make(text, { source, span: { start, end } }, use) {
      if (text === '') return;
      parts.push({ at: length, source, offset: start, standsFor: end - start, use });
      append(text);
    },
    space: append,
    length: () => length,
    compose: ({ name, encoding }) => ({
      name,
      encoding,
      text: texts.join(''),
      composition: parts,
    }),
  };
}

/** A place as written, and how the text got from there to where it was used. */
export interface Origin {
  readonly place: WrittenPlace;
  /** What explains it, from the inside out: the text of a macro, the directives that included the file. */
  readonly notes: readonly { readonly place: WrittenPlace; readonly message: string }[];
}

/** The maximum number of notes: macros within macros within macros. */
const MAX_NOTES = 5;

/** Finds what was written at a place of a text, composed or not. */
/** The files of which a text is made, as a person wrote them; of a text without includes and macros, itself. */
export function writtenFiles(source: SourceFile): readonly SourceFile[] {
  return source.composition?.map((part) => part.source) ?? [source];
}

export function originOf({ source, span }: WrittenPlace): Origin {
  if (source.composition === undefined) {
    return { place: { source, span }, notes: includeNotes(source) };
  }
  const found = inPart(source.composition, span);
  if (found === undefined) return { place: { source, span }, notes: [] };
  const { place, notes } = originOf(found.place);
  return { place, notes: [...found.notes, ...notes].slice(0, MAX_NOTES) };
}

/** The place as written, without explanation. */
export function writtenPlace(place: WrittenPlace): WrittenPlace {
  return place.source.composition === undefined ? place : originOf(place).place;
}

/** The place as written when the text there is verbatim; `undefined` when a macro expands to a part of it. */
export function verbatimPlace({ source, span }: WrittenPlace): WrittenPlace | undefined {
  if (source.composition === undefined) return { source, span };
  const { start, end } = span;
  // An empty place is adjacent to the character before it or the one after it.
  const ranges: readonly Span[] =
    start < end
      ? [span]
      : [
          { start: start - 1, end: start },
          { start, end: start + 1 },
        ];
  for (const range of ranges) {
    const part = source.composition[indexAt(source.composition, range.start)];
    if (part === undefined || part.use !== undefined || range.start < part.at) continue;
    if (part.standsFor !== undefined) continue;
    const offset = part.offset - part.at;
    const text = source.text.slice(range.start, range.end);
    if (text === '' || part.source.text.slice(range.start + offset, range.end + offset) !== text) {
      continue;
    }
    return verbatimPlace({
      source: part.source,
      span: { start: start + offset, end: end + offset },
    });
  }
  return start < end ? undefined : placeInFrontOfUse(source.composition, start);
}

/** The place before a macro's name when its expansion begins at `offset`. */
function placeInFrontOfUse(composition: Composition, offset: number): WrittenPlace | undefined {
  const index = indexAt(composition, offset);
  const part = composition[index];
  const use = outermost(part?.use);
  if (part?.at !== offset || use === undefined) return undefined;
  if (outermost(composition[index - 1]?.use) === use) return undefined;
  const { start } = use.span;
  return verbatimPlace({ source: use.source, span: { start, end: start } });
}

function includeNotes(source: SourceFile): Origin['notes'] {
  const notes: { place: WrittenPlace; message: string }[] = [];
  for (
    let at = source.includedAt;
    at !== undefined && notes.length < MAX_NOTES;
    at = at.source.includedAt
  ) {
    notes.push({ place: at, message: 'included here' });
  }
  return notes;
}

/** The place of `span` in the text that it begins in. */
function inPart(composition: Composition, { start, end }: Span): Origin | undefined {
  // An empty span after a part: the place is after the character that was read last.
  const isEmpty = start >= end;
  const back = isEmpty && start > 0 ? 1 : 0;
  const firstIndex = indexAt(composition, start - back);
  const first = composition[firstIndex];
  if (first === undefined) return undefined;
  const outer = outermost(first.use);
  const firstPlace = placeAt(first, start - back);
  if (isEmpty) {
    const at = back === 0 ? firstPlace.span.start : firstPlace.span.end;
    const place = { source: firstPlace.source, span: { start: at, end: at } };
    return { place, notes: usesOf(first, start - back, end) };
  }
  const last = composition[indexAt(composition, end - 1)] ?? first;
  const lastPlace = placeAt(last, end - 1);
  const next = composition[firstIndex + 1]?.at ?? end;
  // A span over two files is shown up to the end of its part in the first.
  const isWhole =
    lastPlace.source === firstPlace.source && lastPlace.span.end >= firstPlace.span.end;
  const stop = isWhole
    ? lastPlace.span.end
    : outer === undefined
      ? placeAt(first, Math.min(next, end) - 1).span.end
      : firstPlace.span.end;
  const place = {
    source: firstPlace.source,
    span: { start: firstPlace.span.start, end: stop },
  };
  // A span that is larger than the macro at its start does not concern that macro.
  const isOfMacro = outer !== undefined && stop <= outer.span.end;
  return { place, notes: isOfMacro ? usesOf(first, start, Math.min(end, next)) : [] };
}

/** One character as written: where a macro is used, the whole use of the macro. */
function placeAt(part: Part, offset: number): WrittenPlace {
  const outer = outermost(part.use);
  if (outer !== undefined) return outer;
  return { source: part.source, span: rangeIn(part, offset, offset + 1) };
}

/** Maps `[start, end)` of the composed text to the source of the part, as if all of it were copied from there. */
function rangeIn({ at, offset, standsFor }: Part, start: number, end: number): Span {
  if (standsFor !== undefined) return { start: offset, end: offset + standsFor };
  const from = offset + Math.max(0, start - at);
  return { start: from, end: Math.max(from, offset + (end - at)) };
}

function usesOf(part: Part, start: number, end: number): Origin['notes'] {
  if (part.use === undefined) return [];
  const notes = [
    {
      place: { source: part.source, span: rangeIn(part, start, end) },
      message: `in the text of the macro '${part.use.name}'`,
    },
  ];
  for (let { within, ...use } = part.use; within !== undefined; { within, ...use } = within) {
    if (notes.length === MAX_NOTES) break;
    notes.push({ place: use, message: `which is in the text of the macro '${within.name}'` });
  }
  return notes;
}

/** The use that is written in the text itself. */
export function outermost(use: MacroUse | undefined): MacroUse | undefined {
  let outer = use;
  while (outer?.within !== undefined) outer = outer.within;
  return outer;
}

/** The index of the part that `offset` lies in. */
function indexAt(composition: Composition, offset: number): number {
  return Math.max(0, firstWhere(composition, ({ at }) => at > offset) - 1);
}
