/** The list of targets in help. */
import { type Command } from 'commander';
import { TARGET_NAMES, TARGET_SUMMARIES } from '../targets/loading.js';
import { type Io } from './io.js';

/** Columns of help that does not go to a terminal. */
export const HELP_WIDTH = 80;

/** A line for each target, for the help of a command. */
export function targetSummaries(command: Command, io: Io): string {
  const help = command.createHelp();
  help.prepareContext({ helpWidth: io.stdoutColumns ?? HELP_WIDTH });
  const width = Math.max(...TARGET_NAMES.map((name) => name.length));
  const rows = Object.entries(TARGET_SUMMARIES).map(([name, summary]) =>
    help.formatItem(name, width, summary, help),
  );
  return ['', 'Targets (-t):', ...rows].join('\n');
}
