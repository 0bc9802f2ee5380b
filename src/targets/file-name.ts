/** Whether a name can be that of an emitted file. */

/** Characters that a module specifier, an include line or a Windows file name cannot hold. */
const UNUSABLE = /[\p{Cc}"#%*:<>?|]/u;
/** What Windows takes for a device, whatever the extension (naming files, win32 documentation). */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Why files that name each other cannot have that name; `undefined` for one that they can have. */
export function unusableInName(name: string): string | undefined {
  const [character] = UNUSABLE.exec(name) ?? [];
  if (character !== undefined) return `'${character}' is not allowed in it`;
  return DEVICE.test(name) ? 'Windows takes it for a device' : undefined;
}
