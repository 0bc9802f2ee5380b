/** The line at the end of a run that counts what became of an input's files; it must not know what they are. */
import { printable } from '../diagnostics/printable.js';
import { NO_CLASSES } from './analyze-inputs.js';
import { type Io } from './io.js';
import { type GenerateOptions } from './options.js';

export type Counts = readonly (readonly [count: number, what: string])[];

/** `smart-fan.mof: 2 written, 1 unchanged, 1 kept (yours)`; `name` is how the input is called. */
export function summarize(name: string, counts: Counts, options: GenerateOptions, io: Io): void {
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  if (parts.length === 0 || options.quiet === true) return;
  io.stderr(`${printable(name)}: ${parts.join(', ')}\n`);
}

/** That nothing comes of an input is no summary, but news. */
export function announceNothing(name: string, io: Io): void {
  io.stderr(`${printable(name)}: ${NO_CLASSES}, nothing to generate\n`);
}
