/**
 * A clock that tests advance by hand.
 */

/** KeQuerySystemTime of a simulated machine. */
export interface SimulatedClock {
  /** Units of 100 ns since 1601. */
  readonly now: bigint;
  /** Advances the time. */
  advance(milliseconds: number): void;
}

/** 2020-01-01T00:00:00Z in units of 100 ns since 1601. */
const DEFAULT_START = 132_223_104_000_000_000n;

const UNITS_PER_MILLISECOND = 10_000;

/** Makes a clock. `start` is in units of 100 ns since 1601; default 2020-01-01T00:00:00Z. */
export function createClock(start: bigint = DEFAULT_START): SimulatedClock {
  let now = start;
  return {
    get now() {
      return now;
    },
    advance: (milliseconds) => {
      now += BigInt(Math.round(milliseconds * UNITS_PER_MILLISECOND));
    },
  };
}
