/**
 * Puts the C core into the generated header and source, for a driver that wants no further files.
 *
 * It only searches the texts for lines that include a file of the core.
 */
import { type RenderedFile } from '../target.js';
import { CORE_BANNER } from './core-files.js';

/** An include line of a file in the same folder. */
const QUOTED_INCLUDE = /^[ \t]*#[ \t]*include[ \t]*"([^"\n]*)".*$/;

/**
 * `files` without those of the core (`isShared`). Their texts are in the others instead: in the place of the first line of a file that
 * includes a header of the core comes the header, and the core's sources come before the first file that the generated source
 * includes, since macros of a generated header can be named like anything. A header keeps its include guard: a source meets it in its own
 * text and in the generated header.
 */
export function standalone(files: readonly RenderedFile[]): RenderedFile[] {
  const core = files.filter(({ isShared }) => isShared === true);
  const texts = new Map(
    core.map(({ name, text }) => [name, text.replace(CORE_BANNER, '').trimEnd()]),
  );
  const sources = [...texts].filter(([name]) => name.endsWith('.c'));
  return files
    .filter((file) => !core.includes(file))
    .map((file) => {
      const isSource = file.name.endsWith('.c');
      const lines = file.text.split('\n');
      const place = isSource ? lines.findIndex((line) => QUOTED_INCLUDE.test(line)) : -1;
      if (isSource && place < 0) {
        throw new Error(
          `'${file.name}' includes no file of its own, so the core has no place in it`,
        );
      }
      const code = isSource ? sources.flatMap(([name, text]) => section(name, text)) : [];
      const whole = [...lines.slice(0, Math.max(place, 0)), ...code];
      whole.push(...lines.slice(Math.max(place, 0)));
      return { ...file, text: withHeaders(whole, texts, new Set()).join('\n') };
    });
}

/** The lines with the core's headers in the place of those that include them; `seen` are the headers that are there already. */
function withHeaders(
  lines: readonly string[],
  texts: ReadonlyMap<string, string>,
  seen: Set<string>,
): string[] {
  return lines.flatMap((line) => {
    const name = QUOTED_INCLUDE.exec(line)?.[1] ?? '';
    const text = texts.get(name);
    if (text === undefined) return line;
    if (seen.has(name)) return [];
    seen.add(name);
    return withHeaders(section(name, text), texts, seen);
  });
}

function section(name: string, text: string): string[] {
  return [`// ---- ${name} of mofgen's C core ----`, '', ...text.split('\n'), ''];
}
