/**
 * The files of the C core that a driver model's targets emit in addition to the generated ones, the same for every MOF.
 */
import { loadCoreTexts } from '../../render/core-texts.js';
import { type EmitOptions } from '../options.js';
import { type RenderedFile } from '../target.js';

export type DriverTarget = 'kmdf' | 'wdm' | 'irp' | 'blocks' | 'scsiwmi' | 'ndis';

/** Identifies a copy: mofgen removes, or reports as edited, only files with this line. */
export const CORE_BANNER =
  '// Copied by mofgen, once for all MOF files with code in this folder. Do not edit.\n\n';

/** The parts of the core, by the suffix after `mofgen_wmi`, each after those that it needs. */
const PARTS: Readonly<Record<DriverTarget, readonly string[]>> = {
  kmdf: ['', '_pool', '_kmdf'],
  wdm: ['', '_pool', '_device', '_wdm'],
  irp: ['', '_pool', '_device', '_irp'],
  blocks: ['', '_arena', '_blocks'],
  scsiwmi: ['', '_arena', '_blocks', '_scsi'],
  ndis: ['', '_arena', '_blocks', '_ndis'],
};

/** The names of the core's files; each header comes before the source of the same name. */
export function coreFileNames(driverTarget: DriverTarget): readonly string[] {
  return PARTS[driverTarget].flatMap((part) => [`mofgen_wmi${part}.h`, `mofgen_wmi${part}.c`]);
}

let texts: ReturnType<typeof loadCoreTexts> | undefined;

export function coreFiles(
  driverTarget: DriverTarget,
  { poolTag }: Pick<EmitOptions, 'poolTag'> = {},
): RenderedFile[] {
  texts ??= loadCoreTexts();
  const all = texts;
  return coreFileNames(driverTarget).map((name) => {
    const text = all.get(name);
    if (text === undefined) throw new Error(`the core has no file '${name}'`);
    const tagged = poolTag === undefined ? text : withPoolTag(text, poolTag);
    return { name, owner: 'mofgen', isShared: true, text: CORE_BANNER + tagged };
  });
}

/** The text with another default of MOFGEN_POOL_TAG. A debugger shows the bytes of a tag in the order of memory; spaces fill it up. */
function withPoolTag(text: string, tag: string): string {
  const shown = tag.padEnd(4);
  const digits = [...shown].map((each) => each.charCodeAt(0).toString(16)).reverse();
  return text.replace(
    /^#define MOFGEN_POOL_TAG .*$/m,
    () => `#define MOFGEN_POOL_TAG 0x${digits.join('')}UL // '${shown}' in a dump`,
  );
}
