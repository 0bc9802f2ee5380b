/** The forms in which #include names a file, and what the name says about it. It must not know where files are. */

export interface IncludedName {
  readonly path: string;
  /** `<x>` */
  readonly isSystem: boolean;
}

const FORM = /^(?:<([^>]*)>|\(?\s*("[^"]*"(?:\s*"[^"]*")*)\s*\)?)/;
const C_HEADER = /\.(?:h|hh|hpp|hxx|rh)$/i;

/** The file that `"x"`, `<x>` or `("x")` names. */
export function readIncludedName(text: string): IncludedName | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, system, quoted = ''] = match;
  const path = system ?? quoted.replace(/"\s*"/g, '').slice(1, -1);
  return path === '' ? undefined : { path, isSystem: system !== undefined };
}

/** Whether a file of this name is C. */
export function isCHeader(name: string): boolean {
  return C_HEADER.test(name);
}
