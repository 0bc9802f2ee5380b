/**
 * Macros without a prefix: wmimofck names those of methods and of DefineValues by one bare word, whatever it is.
 *
 * A word that means something else in C, or two different things in one header, is not defined; a name with a prefix is
 * defined in its place.
 */
import { type NameRegistry, type Obstacle, type Owner } from './name-registry.js';
import { toIdentifier } from './identifiers.js';
import { addTo } from '../../text/lists.js';

export interface BareMacro {
  /** As the MOF has it. */
  readonly wanted: string;
  /** Its text. */
  readonly text: string;
  /** What it is called when its bare name cannot be. */
  readonly prefixed: string;
  readonly owner: Owner;
  /** What it is called. */
  name: string;
  /** Why that is not the bare name. */
  obstacle: Obstacle | undefined;
}

/** Names all bare macros of a header at once; `report` receives those that do not get their bare name. */
export function settleBareMacros(
  macros: readonly BareMacro[],
  registry: NameRegistry,
  report: (macro: BareMacro, obstacle: Obstacle) => void,
): void {
  const groups = new Map<string, BareMacro[]>();
  for (const macro of macros) {
    const name = toIdentifier(macro.wanted);
    addTo(groups, name, macro);
  }
  for (const [name, group] of groups) {
    const [first] = group;
    const unlike = group.find(({ text }) => text !== first?.text);
    for (const macro of group) {
      const other = macro.text === first?.text ? unlike : first;
      macro.obstacle =
        registry.obstacle(name, macro.text) ??
        (other && {
          because: `is also ${other.owner.what}, with another number`,
          location: other.owner.location,
        });
    }
  }
  for (const macro of macros) {
    if (macro.obstacle !== undefined) continue;
    macro.name = registry.claimMacro(macro.wanted, macro.text, macro.owner);
  }
  for (const macro of macros) {
    if (macro.obstacle === undefined) continue;
    macro.name = registry.claimMacro(macro.prefixed, macro.text, macro.owner);
    report(macro, macro.obstacle);
  }
}
