/**
 * One seed for every property test, so that a run is the same everywhere; MOFGEN_SEED tries another one, or `random`. And the number
 * of runs of those that give none.
 */
import fc from 'fast-check';
import { runs } from './effort.js';

const wanted = process.env['MOFGEN_SEED'] ?? '20261121';
const seed = wanted === 'random' ? {} : { seed: Number(wanted) };
fc.configureGlobal({ ...seed, numRuns: runs(100) });
