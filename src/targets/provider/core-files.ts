/**
 * The files of the C core that a driver model's targets emit beside the generated ones, the same for every MOF.
 *
 * It must not know what is in them.
 */
import { loadCoreTexts } from '../../core-texts.js';
import { type RenderedFile } from '../target.js';

export type DriverModel = 'kmdf' | 'wdm';

/** What tells a copy from a file of the user's; mofgen removes or calls edited only what has such a line. */
export const CORE_BANNER =
  '// Copied by mofgen, once for all MOF files whose code is in this folder. Do not edit.\n\n';

const COMMON = 'mofgen_wmi';

/** The parts of the core that each driver model needs, after those that they build on. */
const PARTS: Readonly<Record<DriverModel, readonly string[]>> = {
  kmdf: [COMMON, `${COMMON}_kmdf`],
  wdm: [COMMON, `${COMMON}_device`, `${COMMON}_wdm`],
};

/** The names of the core's files; each header comes before the source of the same name. */
export function coreFileNames(driverModel: DriverModel): readonly string[] {
  return PARTS[driverModel].flatMap((stem) => [`${stem}.h`, `${stem}.c`]);
}

let texts: ReturnType<typeof loadCoreTexts> | undefined;

export function coreFiles(driverModel: DriverModel): RenderedFile[] {
  texts ??= loadCoreTexts();
  const all = texts;
  return coreFileNames(driverModel).map((name) => {
    const text = all.get(name);
    if (text === undefined) throw new Error(`the core has no file '${name}'`);
    return { name, owner: 'mofgen', isShared: true, text: CORE_BANNER + text };
  });
}
