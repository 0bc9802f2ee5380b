/**
 * A page in Markdown as the target and the source of references.
 */

export interface Page {
  /** The anchors of the headings, as GitHub makes them, each with the numbers of its list and the ids of its table. */
  readonly sections: ReadonlyMap<string, ReadonlySet<string>>;
  /** The targets of the links. */
  readonly links: readonly string[];
  /** Text in backticks, outside of blocks of code. */
  readonly code: string;
}

const CODE_BLOCK = /^([ \t]*)(`{3,}|~{3,}).*?^[ \t]*\2[ \t]*$/gms;
const CODE_SPAN = /(`+)(.+?)\1(?!`)/gs;
const LINK = /\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s*(\S+)/gm;
const RULE = /^(\d+)\. |^\| *(X\d+) *\|/;

export function pageOf(text: string): Page {
  const prose = text.replaceAll('\r\n', '\n').replaceAll(CODE_BLOCK, '');
  const sections = new Map<string, Set<string>>();
  const used = new Map<string, number>();
  let current = new Set<string>();
  for (const line of prose.split('\n')) {
    const heading = /^#{1,6} +(.*?) *#*$/.exec(line)?.[1];
    if (heading === undefined) {
      const [, rule, id] = RULE.exec(line) ?? [];
      if (rule !== undefined) current.add(rule);
      if (id !== undefined) current.add(id);
      continue;
    }
    const anchor = anchorOf(heading);
    const count = used.get(anchor) ?? 0;
    used.set(anchor, count + 1);
    sections.set(count === 0 ? anchor : `${anchor}-${count}`, (current = new Set()));
  }
  const links = [...prose.replaceAll(CODE_SPAN, '').matchAll(LINK)];
  return {
    sections,
    links: links.map(([, inline, defined]) => inline ?? defined ?? ''),
    code: [...prose.matchAll(CODE_SPAN)].map(([, , code]) => code).join('\n'),
  };
}

/** The anchor of a heading: its text in lower case without punctuation, with hyphens for blanks. */
function anchorOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');
}
