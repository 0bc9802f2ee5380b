/**
 * The file scope of one emitted header: every name, its owner, and how clashes are resolved.
 *
 * Types and macros share one space, because a macro replaces every use of its name.
 */
import { type Location } from '../../diagnostics/diagnostic.js';
import { freeForms, type NameScope, nameScope, toIdentifier } from './identifiers.js';
import { reservedMember, reservedName } from './reserved.js';

/** Whose name it is, for messages. */
export interface Owner {
  /** `the structure of 'Fan'` */
  readonly what: string;
  readonly location: Location | undefined;
}

/** Why a name is not free. */
export interface Obstacle {
  /** `is a keyword of C`, `is the structure of 'Fan'` */
  readonly because: string;
  readonly location: Location | undefined;
}

export interface Renamed {
  readonly wanted: string;
  readonly name: string;
  readonly owner: Owner;
  readonly obstacle: Obstacle;
}

/** Called for each name that differs from the wanted one. */
export type OnRename = (renamed: Renamed) => void;

export interface NameRegistry {
  /** What keeps an identifier out of the file scope; a macro of the same text does not keep a macro out. */
  obstacle(identifier: string, macroText?: string): Obstacle | undefined;
  /** A type, a variable or a function. */
  claim(wanted: string, owner: Owner): string;
  /** A macro; one that is there with the same text is taken for both. */
  claimMacro(wanted: string, macroText: string, owner: Owner): string;
  /** Any kind of name of our own, without a word to anyone; members and local names made before are not free for it. */
  claimOwn(wanted: string): string;
  /** The members of a structure that come from the MOF. */
  members(): { claim(wanted: string, owner: Owner): string };
  /** Members of a structure of our own; `own` are there already. */
  memberScope(own?: readonly string[]): NameScope;
  /** Parameters and variables: nothing of the file scope. */
  localScope(own?: readonly string[]): NameScope;
}

interface Taken {
  readonly owner: Owner;
  /** The text of a macro; `undefined` for other names. */
  readonly macroText: string | undefined;
}

const OURS: Owner = { what: 'a name of the generated code', location: undefined };

export function nameRegistry(onRename: OnRename): NameRegistry {
  const taken = new Map<string, Taken>();
  const local = new Set<string>();
  const fileForm = freeForms();

  const obstacle = (name: string, macroText?: string): Obstacle | undefined => {
    const other = taken.get(name);
    if (other === undefined) return reservation(reservedName(name));
    return macroText !== undefined && other.macroText === macroText
      ? undefined
      : ownedBy(other.owner);
  };
  const macroOwner = (name: string): Owner | undefined => {
    const found = taken.get(name);
    return found?.macroText === undefined ? undefined : found.owner;
  };

  /** The first free form of a name, reported when it is not the wanted one. */
  const settle = (
    wanted: string,
    owner: Owner,
    freeForm: ReturnType<typeof freeForms>,
    find: (name: string) => Obstacle | undefined,
  ): string => {
    const identifier = toIdentifier(wanted);
    const reason = identifier === wanted ? find(identifier) : NO_IDENTIFIER;
    const name = freeForm(identifier, (each) => find(each) !== undefined);
    if (reason !== undefined) onRename({ wanted, name, owner, obstacle: reason });
    return name;
  };

  const take = (wanted: string, owner: Owner, macroText?: string): string => {
    const name = settle(wanted, owner, fileForm, (each) => obstacle(each, macroText));
    if (!taken.has(name)) taken.set(name, { owner, macroText });
    return name;
  };

  const remembered = (isTaken: (name: string) => boolean): NameScope => {
    const scope = nameScope(isTaken);
    return {
      claim(wanted) {
        const name = scope.claim(wanted);
        local.add(name);
        return name;
      },
    };
  };

  return {
    obstacle,
    claim: (wanted, owner) => take(wanted, owner),
    claimMacro: (wanted, macroText, owner) => take(wanted, owner, macroText),
    claimOwn(wanted) {
      const isTaken = (name: string): boolean => obstacle(name) !== undefined || local.has(name);
      const name = fileForm(toIdentifier(wanted), isTaken);
      // It may become a macro, of a text that no other has.
      taken.set(name, { owner: OURS, macroText: `\0${name}` });
      return name;
    },
    members() {
      const own = new Map<string, Owner>();
      const memberForm = freeForms();
      const find = (name: string): Obstacle | undefined => {
        const other = macroOwner(name) ?? own.get(name);
        return other === undefined ? reservation(reservedMember(name)) : ownedBy(other);
      };
      return {
        claim(wanted, owner) {
          const name = settle(wanted, owner, memberForm, find);
          own.set(name, owner);
          local.add(name);
          return name;
        },
      };
    },
    memberScope(own = []) {
      return remembered(
        (name) =>
          own.includes(name) ||
          reservedMember(name) !== undefined ||
          macroOwner(name) !== undefined,
      );
    },
    localScope(own = []) {
      return remembered((name) => own.includes(name) || obstacle(name) !== undefined);
    },
  };
}

const NO_IDENTIFIER: Obstacle = {
  because: 'has characters that names in C lack',
  location: undefined,
};

function reservation(kind: string | undefined): Obstacle | undefined {
  return kind === undefined ? undefined : { because: `is a ${kind}`, location: undefined };
}

function ownedBy({ what, location }: Owner): Obstacle {
  return { because: `is ${what}`, location };
}
