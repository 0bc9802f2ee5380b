/**
 * What a command line wants emitted: the targets of -t with their switches, and the stage that emits them.
 *
 * It must not know what any target emits.
 */
import { printable } from '../diagnostics/printable.js';
import { emitFor } from '../emit.js';
import { likelyName } from '../../grammar/likely-names.js';
import { loadTarget, TARGET_NAMES } from '../targets/loading.js';
import { type EmitOptions } from '../targets/options.js';
import { type DeclaredFile, type RenderedFile, type Target } from '../targets/target.js';
import { type FurtherStage } from './analyze-part.js';
import { refuseContradictingOptions, refuseIdleOptions } from './emit-options.js';
import { usageFailure } from './io.js';
import { type CommonOptions, type SwitchOptions } from './options.js';

/** A target with the options of a run. */
export interface RunTarget extends Pick<Target, 'name' | 'missingStubs'> {
  readonly unusableBase: (base: string) => string | undefined;
  readonly fileNames: (base: string) => readonly DeclaredFile[];
}

export interface Emission {
  /** In the order they were named, each once. */
  readonly targets: readonly RunTarget[];
  /** Their options. */
  readonly options: EmitOptions;
  /** Emits one input. */
  readonly stage: FurtherStage<readonly RenderedFile[]>;
}

/** Throws a usage failure for an unknown name, and for options that change none of the targets or contradict each other. */
export async function emission(
  names: readonly string[],
  { emit, class: classes }: SwitchOptions & Pick<CommonOptions, 'class'>,
): Promise<Emission> {
  const wanted = await Promise.all([...new Set(names)].map(targetOf));
  refuseIdleOptions(
    emit,
    wanted.map((target) => target.name),
  );
  // Chosen classes are those of someone else's MOF, which WMI knows already.
  const options = classes === undefined ? emit : { ...emit, noMofResource: true };
  refuseContradictingOptions(options);
  const targets = wanted.map((target) => ({
    name: target.name,
    fileNames: (base: string) => target.fileNames(base, options),
    unusableBase: (base: string) => target.unusableBase?.(base),
    missingStubs: target.missingStubs.bind(target),
  }));
  return {
    targets,
    options,
    stage: (input, model) => emitFor(wanted, model, input.fileName, options),
  };
}

/** Throws a usage failure for targets that would take one file of the user's for theirs, such as two driver models. */
export function refuseRivals(targets: readonly RunTarget[]): void {
  const names = new Map<string, string>();
  for (const target of targets) {
    for (const { name, owner } of target.fileNames('any')) {
      if (owner !== 'user') continue;
      const rival = names.get(name);
      if (rival !== undefined) {
        throw usageFailure(
          `${rival} and ${target.name} have a file of yours of the same name; ` +
            'name one of them, and give each a folder of its own with -o',
        );
      }
      names.set(name, target.name);
    }
  }
}

async function targetOf(name: string): Promise<Target> {
  const found = await loadTarget(name);
  if (found !== undefined) return found;
  const folded = name.toLowerCase();
  const meant =
    TARGET_NAMES.find((each) => each === folded) ?? likelyName(name, TARGET_NAMES, (each) => each);
  const advice =
    meant === undefined
      ? `the targets are: ${TARGET_NAMES.join(', ')}`
      : `did you mean '${meant}'?`;
  throw usageFailure(`there is no target '${printable(name)}'; ${advice}`);
}
