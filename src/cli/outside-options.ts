/** Finds the targets that are not built in before the parser runs: their options are options of the command line. */
import { type Command } from 'commander';
import { isOutsideName } from '../targets/outside-name.js';
import { loadConfig } from './config-file.js';
import { hasConfiguration } from './config-names.js';
import { type OwnedOption } from './target-options.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { CommandFailure } from './failures.js';
import { type Io } from './io.js';
import { loadOutside, type OutsideTarget } from './outside-targets.js';
import { TargetFault } from './target-fault.js';
import { configNamed, type NamedTargets } from './typed-targets.js';

export interface OutsideOptions {
  readonly options: readonly OwnedOption[];
  /** Why they are not all known. */
  readonly fault: TargetFault | undefined;
}

/** `named` are the targets of the command line; those of the configuration count where it names none. */
export async function outsideOptions(
  argv: readonly string[],
  named: NamedTargets,
  io: Io,
): Promise<OutsideOptions> {
  try {
    const found = named === undefined ? await configured(argv, io) : [];
    for (const name of (named ?? []).filter(isOutsideName)) {
      found.push(await loadOutside(name, '', io));
    }
    return { options: optionsOf(found), fault: undefined };
  } catch (error) {
    if (error instanceof TargetFault) return { options: [], fault: error };
    throw error;
  }
}

/** None where the configuration cannot be read: the command reports that. */
async function configured(argv: readonly string[], io: Io): Promise<OutsideTarget[]> {
  const file = configNamed(argv);
  if (file === false || !hasConfiguration(file, io.cwd)) return [];
  try {
    return [...(await loadConfig(file, io)).outside.values()];
  } catch (error) {
    if (error instanceof CommandFailure && !(error instanceof TargetFault)) return [];
    throw error;
  }
}

function optionsOf(found: readonly OutsideTarget[]): readonly OwnedOption[] {
  const owned = new Map<string, OwnedOption>();
  for (const { target } of found) {
    for (const [name, row] of Object.entries(target.options)) {
      const { targets = [] } = owned.get(name) ?? {};
      owned.set(name, { name, row, targets: [...targets, target.name] });
    }
  }
  return [...owned.values()];
}

/** Reports a fault as a finding, as the options of the command want it. */
export async function reportTargetFault(
  { diagnostic }: TargetFault,
  command: Command,
  io: Io,
): Promise<ExitCode> {
  const { reporter } = await import('./report.js');
  const { print } = reporter(command.opts(), io, command.name() === 'check');
  await print([diagnostic], []);
  return EXIT.findings;
}
