/**
 * What a command line wants emitted: the targets of -t with their switches, and the stage that emits them.
 */
import { printable } from '../diagnostics/printable.js';
import { emitFor } from '../emit.js';
import { likelyName } from '../text/likely-names.js';
import { loadTarget, TARGET_NAMES } from '../targets/loading.js';
import { type EmitOptions } from '../targets/options.js';
import { isOutsideName } from '../targets/outside-name.js';
import { type DeclaredFile, type RenderedFile, type Target } from '../targets/target.js';
import { differingOption } from '../targets/target-shape.js';
import { type FurtherStage } from './analyze-part.js';
import { refuseContradictingOptions, refuseIdleOptions } from './option-conflicts.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type CommonOptions, type SwitchOptions } from './option-types.js';
import { TargetFault } from './target-fault.js';

/** A target with the options of a run. */
export interface RunTarget extends Pick<Target, 'name' | 'missingStubs'> {
  /** The path of its module; `undefined` for one that is built in. */
  readonly file: string | undefined;
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

/** What the targets of a job are, apart from what they emit. */
type EmissionOptions = SwitchOptions & Pick<CommonOptions, 'class' | 'targetFolder'>;

/**
 * `generatedFolder` is as in EmitContext. Throws a usage failure for an unknown name, and for options that change none of the targets or
 * contradict each other; a TargetFault for a target that is not built in and cannot be used.
 */
export async function emission(
  names: readonly string[],
  { emit, class: classes, targetFolder = '' }: EmissionOptions,
  io: Io,
  generatedFolder?: string,
): Promise<Emission> {
  const wanted: WantedTarget[] = [];
  for (const name of new Set(names)) wanted.push(await targetOf(name, targetFolder, io));
  const found = wanted.map(({ target }) => target);
  refuseIdleOptions(emit, found);
  // Chosen classes are those of someone else's MOF, which WMI knows already.
  const options = classes === undefined ? emit : { ...emit, noMofResource: true };
  refuseContradictingOptions(options, found);
  refuseClashes(wanted, options);
  const targets = wanted.map(({ target, file }) => ({
    name: target.name,
    file,
    fileNames: (base: string) => target.fileNames(base, options),
    unusableBase: (base: string) => target.unusableBase?.(base),
    missingStubs: target.missingStubs.bind(target),
  }));
  return {
    targets,
    options,
    stage: (input, model) => {
      try {
        return emitFor(found, model, input.fileName, options, generatedFolder);
      } catch (error) {
        if (!(error instanceof TargetFault)) throw error;
        return { value: [], diagnostics: [error.diagnostic] };
      }
    },
  };
}

/** Throws a TargetFault for one that is not built in and has the name, an option or a file of another one. */
function refuseClashes(wanted: readonly WantedTarget[], options: EmitOptions): void {
  for (const { target, file, shown } of wanted) {
    if (file === undefined) continue;
    for (const { target: other, shown: otherShown } of wanted) {
      if (other === target) continue;
      const both = `the targets '${printable(shown)}' and '${printable(otherShown)}'`;
      if (other.name === target.name) {
        throw new TargetFault('MOF3305', `${both} have the name '${target.name}'`);
      }
      const differing = differingOption(target.options, other.options);
      if (differing !== undefined) {
        throw new TargetFault('MOF3305', `${both} have different options '${differing}'`);
      }
      if ([target, other].some((each) => each.contains?.some(isOneOf(target, other)))) continue;
      const names = new Set(other.fileNames('any', options).map(({ name }) => name.toLowerCase()));
      const same = target
        .fileNames('any', options)
        .find(({ name }) => names.has(name.toLowerCase()));
      if (same !== undefined) {
        throw new TargetFault(
          'MOF3307',
          `${both} have files of one name, such as '${same.name}' for 'any.mof'`,
          'generate them into folders of their own with -o',
        );
      }
    }
  }
}

function isOneOf(...targets: readonly Target[]): (name: string) => boolean {
  return (name) => targets.some((each) => each.name === name);
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

interface WantedTarget {
  readonly target: Target;
  /** As it was named. */
  readonly shown: string;
  /** The path of its module; `undefined` for one that is built in. */
  readonly file: string | undefined;
}

async function targetOf(name: string, folder: string, io: Io): Promise<WantedTarget> {
  if (isOutsideName(name)) {
    const { loadOutside } = await import('./outside-targets.js');
    return { ...(await loadOutside(name, folder, io)), shown: name };
  }
  const found = await loadTarget(name);
  if (found !== undefined) return { target: found, shown: name, file: undefined };
  const folded = name.toLowerCase();
  const meant =
    TARGET_NAMES.find((each) => each === folded) ?? likelyName(name, TARGET_NAMES, (each) => each);
  const advice =
    meant === undefined
      ? `the targets are: ${TARGET_NAMES.join(', ')}`
      : `did you mean '${meant}'?`;
  throw usageFailure(`there is no target '${printable(name)}'; ${advice}`);
}
