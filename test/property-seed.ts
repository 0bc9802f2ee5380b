/**
 * One seed for every property test, so that a run is the same everywhere; MOFGEN_SEED tries another one, or `random`.
 */
import fc from 'fast-check';

const wanted = process.env['MOFGEN_SEED'] ?? '20261121';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
