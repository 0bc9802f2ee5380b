/** Converts the text of a `guid` qualifier to the registry's form. */

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The GUID in lower case without braces, or `undefined` when `text` is not a GUID.
 * Braces are optional and case does not matter (docs/spec/layout-and-header.md#class-qualifiers; both forms are in the Windows
 * driver samples).
 */
export function canonicalGuid(text: string): string | undefined {
  const lower = text.toLowerCase();
  const bare = lower.startsWith('{') && lower.endsWith('}') ? lower.slice(1, -1) : lower;
  return SHAPE.test(bare) ? bare : undefined;
}
