/**
 * The directives that affect the objects of a binary MOF: each applies until the next one of its kind.
 *
 * The others (`autorecover`, `amendment`, `deleteclass`, `deleteinstance`, …) leave no trace. Invalid arguments are reported as
 * MOF2621, and ignored here.
 */
import { nameKey } from '../text/name-key.js';
import { type CompilerDirective } from '../../grammar/ast.js';

export interface PragmaState {
  readonly namespace: string;
  /** 0 as long as no directive states any. */
  readonly classFlags: number;
  readonly instanceFlags: number;
}

/** Where mofcomp puts what no directive and no option puts elsewhere. */
export const DEFAULT_NAMESPACE = String.raw`root\default`;

/** WBEM_CHANGE_FLAG_TYPE of wbemcli.h. */
const FLAGS: ReadonlyMap<string, number> = new Map([
  ['updateonly', 1],
  ['createonly', 2],
  ['safeupdate', 32],
  ['forceupdate', 64],
]);

export function afterDirective(state: PragmaState, directive: CompilerDirective): PragmaState {
  switch (nameKey(directive.name)) {
    case 'namespace': {
      const [argument] = directive.arguments ?? [];
      return argument?.kind === 'String' ? { ...state, namespace: argument.value } : state;
    }
    case 'classflags':
      return { ...state, classFlags: flagsOf(directive) };
    case 'instanceflags':
      return { ...state, instanceFlags: flagsOf(directive) };
    default:
      return state;
  }
}

/** Deletes what a binary MOF cannot name. */
export function isDeletion({ name }: CompilerDirective): boolean {
  return /^delete(?:class|instance)$/i.test(name.name);
}

function flagsOf({ arguments: given = [] }: CompilerDirective): number {
  let flags = 0;
  for (const argument of given) {
    if (argument.kind === 'Integer') flags |= Number(BigInt.asIntN(32, argument.value));
    else {
      const word = argument.kind === 'String' ? argument.value : argument.name;
      flags |= FLAGS.get(nameKey(word)) ?? 0;
    }
  }
  return flags;
}
