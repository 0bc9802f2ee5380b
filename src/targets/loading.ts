/**
 * The targets by name, each loaded when it is wanted: a command line that names one pays for no other.
 *
 * Nothing here knows what a target emits; index.ts lists the same targets for those who want them all.
 */
import { type Target } from './target.js';

const LOADERS = {
  ts: async () => (await import('./ts/index.js')).ts,
  header: async () => (await import('./header/index.js')).header,
  kmdf: async () => (await import('./kmdf/index.js')).kmdf,
  wdm: async () => (await import('./wdm/index.js')).wdm,
  irp: async () => (await import('./irp/index.js')).irp,
  blocks: async () => (await import('./blocks/index.js')).blocks,
  scsiwmi: async () => (await import('./scsiwmi/index.js')).scsiwmi,
  ndis: async () => (await import('./ndis/index.js')).ndis,
  powershell: async () => (await import('./powershell/index.js')).powershell,
} as const satisfies Record<string, () => Promise<Target>>;

/** What `--help` says of each, without loading it; a test compares it with the targets' own summaries. */
export const TARGET_SUMMARIES: Readonly<Record<keyof typeof LOADERS, string>> = {
  ts: 'TypeScript: value types, codecs, validators, dispatch tables and a provider skeleton',
  header: 'C: a header with the names and the layout that wmimofck gives, and checks of the layout',
  kmdf: 'C for KMDF drivers: header, registration, callbacks, validators, and a skeleton',
  wdm: 'C for WDM drivers: header, WMILIB registration, routines, validators, and a skeleton',
  irp: 'C for WDM drivers without WMILIB: their own WMI IRPs, static and dynamic instance names',
  blocks:
    'C for drivers with a transport of their own: header, block functions, their table, and a skeleton',
  scsiwmi:
    'C for SCSI and Storport miniports: header, SCSI_WMILIB_CONTEXT, validators, and a skeleton',
  ndis: 'C for NDIS miniports: header, custom OIDs, validators, status indications, and a skeleton',
  powershell:
    'PowerShell: Pester tests of the classes on a machine, and a page with commands to try',
};

export const TARGET_NAMES: readonly string[] = Object.keys(LOADERS);

/** The target of that name; `undefined` when there is none. */
export async function loadTarget(name: string): Promise<Target | undefined> {
  if (!TARGET_NAMES.includes(name)) return undefined;
  return await LOADERS[name as keyof typeof LOADERS]();
}
