/** Names made of several: the parts joined in the style of the first. */

/** `FanControl` + `Provider`, `DELL_Fan` + `_Provider` */
export function joinedName(name: string, ...parts: readonly string[]): string {
  return [name, ...parts].join(name.includes('_') ? '_' : '');
}
