/**
 * Collects what MOF text cannot express, with the object and the member. Names in messages are untrusted, so they are shortened
 * and cleared of control characters.
 */
import { shortened } from '../../../grammar/literals.js';

/** More faults than a person reads; a damaged file could have one for each of its records. */
const MAX_FAULTS = 1000;

/** A place in a binary MOF. Places within one another share their list of faults. */
export class Place {
  private constructor(
    private readonly faults: string[],
    private readonly words: readonly string[],
  ) {}

  /** The whole binary MOF, without a fault yet. */
  static whole(): Place {
    return new Place([], []);
  }

  /** A part of this place: `within('class', 'Fan')`. */
  within(kind: string, name: string): Place {
    return new Place(this.faults, [...this.words, `${kind} '${shownName(name)}'`]);
  }

  /** Records a fault: why, without a full stop. */
  report(message: string): void {
    if (this.faults.length > MAX_FAULTS) return;
    const isLast = this.faults.length === MAX_FAULTS;
    const words = this.words.length === 0 ? '' : `${this.words.join(', ')}: `;
    this.faults.push(isLast ? 'there are more faults' : `${words}${message}`);
  }

  /** How many faults were recorded, so that a caller can see whether a step added one. */
  get count(): number {
    return this.faults.length;
  }

  /** Every fault, in the order in which they were found. */
  get found(): readonly string[] {
    return this.faults;
  }
}

/** Text of the binary MOF as a message shows it. */
export function shownName(name: string): string {
  return shortened(name).replaceAll(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}
