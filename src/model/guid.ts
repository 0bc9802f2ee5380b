/** Reads the text of a `guid` qualifier into the registry's form; it must not know where GUIDs are used. */

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The GUID in lower case without braces, or `undefined` when `text` is none.
 * Braces are optional and the case is free (wmi-header.md section 4; both forms are in the Windows driver samples).
 */
export function canonicalGuid(text: string): string | undefined {
  const lower = text.toLowerCase();
  const bare = lower.startsWith('{') && lower.endsWith('}') ? lower.slice(1, -1) : lower;
  return SHAPE.test(bare) ? bare : undefined;
}
