/** Loads targets that are not built in: files and packages of the user's, which are code as a .mjs configuration is. */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { TARGET_NAMES } from '../targets/loading.js';
import { isPackageName } from '../targets/outside-name.js';
import { type EmitContext, type Target } from '../targets/target.js';
import { emittedFault, filesFault, type ShapeFault, shapeFault } from '../targets/target-shape.js';
import { importModule, thrownWords } from './import-module.js';
import { type Io } from './io.js';
import { TargetFault } from './target-fault.js';

export interface OutsideTarget {
  readonly target: Target;
  /** The absolute path of its module. */
  readonly file: string;
}

/** Targets by their files, each with the time of the file that it was made from. */
const loaded = new Map<string, OutsideTarget & { readonly time: number }>();

/** The target of a name for which `isOutsideName` holds; `folder` is where a relative name starts. Throws a TargetFault. */
export async function loadOutside(name: string, folder: string, io: Io): Promise<OutsideTarget> {
  const file = fileOf(name, resolve(io.cwd, folder));
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) {
    throw new TargetFault(
      'MOF3301',
      `there is no target '${printable(name)}': ${stats === undefined ? 'no such file' : 'it is no file'}`,
      `a name starts from ${['', '.'].includes(folder) ? 'the current folder' : `'${printable(folder)}'`}`,
    );
  }
  const known = loaded.get(file);
  if (known?.time === stats.mtimeMs) return known;
  const target = guarded(await imported(file, name, stats, io), name);
  const found = { target, file, time: stats.mtimeMs };
  loaded.set(file, found);
  return found;
}

function fileOf(name: string, folder: string): string {
  if (!isPackageName(name)) return resolve(folder, name);
  try {
    return createRequire(join(folder, 'package.json')).resolve(name);
  } catch (error) {
    throw new TargetFault(
      'MOF3301',
      `there is no target '${printable(name)}': ${thrownWords(error)}`,
      `install the package; its "exports" need a "default"`,
    );
  }
}

async function imported(
  file: string,
  name: string,
  stats: { readonly mtimeMs: number },
  io: Io,
): Promise<Target> {
  const shown = `the target '${printable(name)}'`;
  let value: unknown;
  try {
    value = (await importModule(file, name, io, stats)).default;
    // A module that cannot import mofgen gets what it needs as an argument.
    if (typeof value === 'function') {
      const kit = await import('../node/target.js');
      value = (value as (kit: unknown) => unknown)({ ...kit });
    }
  } catch (error) {
    throw new TargetFault('MOF3302', `${shown} cannot be imported: ${thrownWords(error)}`);
  }
  refuse(shapeFault(value, TARGET_NAMES), shown);
  return value as Target;
}

function refuse(fault: ShapeFault | undefined, shown: string): void {
  if (fault === undefined) return;
  throw new TargetFault(fault.code, `${shown} ${fault.message}`, fault.help);
}

/** A base for names of files that no run has. */
const PROBE = 'probe';

/** The target with each result checked, and with whatever it throws as a TargetFault. */
function guarded(target: Target, name: string): Target {
  const shown = `the target '${printable(name)}'`;
  const safely = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new TargetFault('MOF3308', `${shown} fails: ${thrownWords(error)}`);
    }
  };
  const fileNames: Target['fileNames'] = (base, options) => {
    const files = safely(() => target.fileNames(base, options));
    refuse(filesFault(files), shown);
    return files;
  };
  fileNames(PROBE, {});
  return {
    ...target,
    fileNames,
    emit(model, context: EmitContext) {
      const files = safely(() => target.emit(model, context));
      refuse(emittedFault(files, fileNames(context.base, context.options)), shown);
      return files;
    },
    missingStubs: (model, context, existing) =>
      safely(() => target.missingStubs(model, context, existing)),
    check: (model, context) => safely(() => target.check?.(model, context) ?? []),
    unusableBase: (base) => safely(() => target.unusableBase?.(base)),
  };
}
