/**
 * Formats emitted TypeScript, and tells from a file's first line whether formatting it again could change anything.
 *
 * The formatter is slow to load, so it is loaded only when it is used. This module must not know targets or paths.
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { type Options } from 'prettier';

/** Fixed: a user's own settings would change what mofgen writes. */
const OPTIONS = {
  parser: 'typescript',
  singleQuote: true,
  printWidth: 100,
} as const satisfies Options;

/** `text` as it is written: formatted, under a first line that says what it was made from. */
export async function formatTypeScript(text: string, name: string): Promise<string> {
  const body = await formatted(text, name);
  return `${stampLine(text, body)}\n${body}`;
}

/** The same without the first line, for a file that its user will edit. */
export async function formatSkeleton(text: string, name: string): Promise<string> {
  return formatted(text, name);
}

/**
 * Whether `existing` is what `formatTypeScript` would give for `text`, without formatting: its first line names the
 * text with the formatter's version, and the rest of the file. Line ends may have become CRLF on the way through a
 * version control system.
 */
export function isUpToDate(existing: string, text: string): boolean {
  const lines = existing.replaceAll('\r\n', '\n');
  const end = lines.indexOf('\n');
  return end >= 0 && lines.slice(0, end) === stampLine(text, lines.slice(end + 1));
}

/** `// mofgen <hash of the unformatted text and the formatter> <hash of the rest of the file>` */
function stampLine(text: string, body: string): string {
  const origin = hash(JSON.stringify([formatterVersion(), OPTIONS, text]));
  return `// mofgen ${origin} ${hash(body)}`;
}

/** 64 bits: enough against accidents, which is all that the first line guards against. */
function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

async function formatted(text: string, name: string): Promise<string> {
  const [prettier, typescript, estree] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/typescript'),
    import('prettier/plugins/estree'),
  ]);
  try {
    return await prettier.format(text, { ...OPTIONS, plugins: [typescript, estree] });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the text emitted for '${name}' is no TypeScript: ${reason}`, { cause: error });
  }
}

let version: string | undefined;

/** Read from the installed package, so that it is right whichever version a user's tree has; loads no formatter. */
function formatterVersion(): string {
  if (version === undefined) {
    const manifest = createRequire(import.meta.filename)('prettier/package.json') as {
      readonly version: string;
    };
    version = manifest.version;
  }
  return version;
}
