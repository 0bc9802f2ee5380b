/**
 * Decides the state of a file in the output folder from its text, the text that mofgen would write, and the hashes of what it
 * wrote.
 */
import { withLineFeeds } from './output-files.js';

export type HashFunction = (text: string) => string;

export type FileState =
  | 'missing'
  /** As mofgen would write it, apart from line ends. */
  | 'current'
  /** As mofgen wrote it, but the output is different now. */
  | 'outdated'
  /** Changed since mofgen wrote it. */
  | 'edited'
  /** Not as mofgen would write it, and no record shows what it wrote. */
  | 'unproven';

/** `written` are the hashes of what mofgen wrote under this name; none without a record. */
export function stateOf(
  existing: string | undefined,
  wanted: string,
  written: ReadonlySet<string>,
  hashOf: HashFunction,
): FileState {
  if (existing === undefined) return 'missing';
  if (withLineFeeds(existing) === withLineFeeds(wanted)) return 'current';
  if (written.size === 0) return 'unproven';
  return written.has(hashOf(existing)) ? 'outdated' : 'edited';
}

/** Why a leftover file is not removed. */
export type Obstacle =
  /** It was changed since mofgen wrote it. */
  | 'edited'
  /** Nothing shows that mofgen wrote it, or its text does not name mofgen. */
  | 'unproven'
  /** It is write-protected. */
  | 'protected'
  /** It was read by this run, such as a generated header that a MOF includes. */
  | 'read';

export interface LeftoverFacts {
  readonly existing: string;
  readonly written: ReadonlySet<string>;
  /** Whether the text has mofgen's banner. Records are untrusted, so a record alone is no reason to remove a file. */
  readonly hasBanner: boolean;
  readonly isProtected: boolean;
  readonly isRead: boolean;
}

/** `undefined` for a file that may be removed. */
export function obstacleTo(facts: LeftoverFacts, hashOf: HashFunction): Obstacle | undefined {
  if (facts.written.size === 0 || !facts.hasBanner) return 'unproven';
  if (!facts.written.has(hashOf(facts.existing))) return 'edited';
  if (facts.isRead) return 'read';
  return facts.isProtected ? 'protected' : undefined;
}
