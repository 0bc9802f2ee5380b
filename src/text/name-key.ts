/** The key of a MOF name: names that differ only in case are the same (DSP0004, "MOF grammar": identifiers have no case). */
export function nameKey(name: string | { readonly name: string }): string {
  return (typeof name === 'string' ? name : name.name).toLowerCase();
}
