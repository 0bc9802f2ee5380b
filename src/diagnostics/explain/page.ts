/** The parts of a page about a diagnostic, and functions that write its examples. */

export interface Page {
  /** What is wrong and why it matters, in full sentences. */
  readonly what: string;
  /** What Windows and its tools do about it, as far as that is documented or observed. */
  readonly windows?: string;
  /** A complete MOF text in which only this is reported. */
  readonly wrong: string;
  /** The corrected text, in which nothing is reported. `undefined` when there is nothing to show. */
  readonly right: string | undefined;
  /** How to reproduce it when `mofgen check` of the text is not enough. */
  readonly setting?: Setting;
}

export interface Setting {
  /** The command that reports it, when it is not `check`. */
  readonly command?: 'generate' | 'compile' | 'breaking';
  /** Further arguments of the command. */
  readonly args?: readonly string[];
  /** Further files in the same folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** The bytes of `wrong` where UTF-8 would not show the fault. */
  readonly bytes?: Uint8Array;
  /** The input file does not exist. */
  readonly isMissing?: true;
}

const GUIDS = [
  '5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11',
  '8a1b1f4e-3c55-4a5e-b1c4-2f6d0a9b7e22',
] as const;

/** Lines of a class body, indented. */
function body(lines: readonly string[]): string {
  return ['{', ...lines.map((line) => `  ${line}`), '};', ''].join('\n');
}

/** `[WMI, Dynamic, …] class Fan { … };` with these lines only. */
export function bareBlock(head: string, lines: readonly string[], qualifiers = WHOLE): string {
  return `[${qualifiers}, guid("{${GUIDS[0]}}")]\nclass ${head}\n${body(lines)}`;
}

const WHOLE = 'WMI, Dynamic, Provider("WMIProv")';

/** A registered data block with InstanceName and Active. */
export function block(head: string, ...lines: readonly string[]): string {
  return bareBlock(head, ['[key, read] string InstanceName;', '[read] boolean Active;', ...lines]);
}

/** A class to embed. */
export function structure(head: string, ...lines: readonly string[]): string {
  return `[WMI, guid("{${GUIDS[1]}}")]\nclass ${head}\n${body(lines)}`;
}

/** A class without WMI qualifiers. */
export function plain(head: string, ...lines: readonly string[]): string {
  return `class ${head}\n${body(lines)}`;
}

/** An abstract base class of blocks. */
export function base(head: string, ...lines: readonly string[]): string {
  return `[WMI, abstract]\nclass ${head}\n${body(lines)}`;
}
