/** Rewords failures of a job from a configuration: they name its file and its keys in place of options that were not typed. */
import { ENTRY_KEYS, type KeyRow } from '../config/keys.js';
import { printable } from '../diagnostics/printable.js';
import { EMIT_OPTIONS, flagOf } from '../targets/options.js';
import { CommandFailure } from './failures.js';
import { type JobSource } from './jobs.js';
import { TargetFault } from './target-fault.js';

/** Rewords the failure in terms of the configuration; unchanged when the option was named on the command line. */
export function ofConfiguration(error: unknown, { file, named, emit }: JobSource): unknown {
  if (!(error instanceof CommandFailure) || error instanceof TargetFault) return error;
  const rows = [
    ...Object.entries<KeyRow>(ENTRY_KEYS).flatMap(([key, { flag, option = key }]) =>
      flag === undefined || named.has(option) ? [] : [{ key, flag }],
    ),
    ...(named.has('output') ? [] : [{ key: 'output', flag: '-o' }]),
    ...Object.keys(EMIT_OPTIONS).flatMap((key) =>
      emit.has(key) ? [] : [{ key: `options.${key}`, flag: flagOf(key) }],
    ),
  ];
  const keys = new Map(rows.map(({ key, flag }) => [flag, key]));
  const message = error.message.replaceAll(/(?<![\w-])--?[a-z][\w-]*/g, (flag) => {
    const key = keys.get(flag);
    return key === undefined ? flag : `'${key}'`;
  });
  if (message === error.message) return error;
  return new CommandFailure(error.exitCode, `${printable(file)}: ${message}`);
}
