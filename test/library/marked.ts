// MOF texts in which tests mark places: `«name»` is a place, `|` is never used for one because texts may hold it.
import { type Location } from 'mofgen';

/** A text without its marks, and what they enclose, in their order. */
export function marked(text: string): {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
} {
  const spans: { start: number; end: number }[] = [];
  let plain = '';
  for (const part of text.split(/([«»])/)) {
    if (part === '«') spans.push({ start: plain.length, end: plain.length });
    else if (part === '»') {
      const last = spans.at(-1);
      if (last !== undefined) last.end = plain.length;
    } else plain += part;
  }
  return { text: plain, spans };
}

/** `fan.mof 12-15 Fan` */
export function shown({ source, span }: Location): string {
  return `${source.name} ${span.start}-${span.end} ${source.text.slice(span.start, span.end)}`;
}
