// The tests of row P9 for one driver model: at least 100,000 vectors in a thorough run, none skipped, and all of them again with every
// allocation failing in turn, or with too little working memory.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DriverTarget } from '../../src/targets/provider/core-files.js';
import { agreementCases, seed } from './agreement-cases.js';
import { differential } from './differential.js';
import { type HostBuild, startHostBuild } from './host.js';
import { perRun } from '../effort.js';
import { compilerWith } from './toolchain.js';

/** A quick run leaves out the samples: programs of their own run their drivers. */
const casesOfRun = perRun({
  thorough: agreementCases,
  quick: agreementCases.filter(({ name }) => name === 'random'),
});

export interface Driver {
  readonly target: DriverTarget;
  readonly defines?: readonly string[];
  /** The C files of the adapter. */
  readonly adapter: readonly string[];
  /** The C text that names the driver's functions. */
  readonly glue: string;
}

export function testAgreement({ target, adapter, glue, defines = [] }: Driver): void {
  const compiler = compilerWith('sanitizers', `${target}: generated C on the host harness`, [
    'gcc',
    'clang',
  ]);
  describe.runIf(compiler !== undefined)('generated C and generated TypeScript agree', () => {
    let build: HostBuild;
    let total = 0;
    let failures = 0;
    beforeAll(async () => {
      if (compiler !== undefined) build = await startHostBuild(compiler);
    }, 120_000);
    afterAll(() => {
      build.remove();
    });

    test.each(casesOfRun)('$name', { timeout: 600_000 }, async ({ name, mof, rounds }) => {
      const { vectors, outcome, faults } = await differential(build, {
        name,
        mof,
        target,
        adapter,
        glue,
        defines,
        rounds: perRun({ thorough: rounds, quick: 1 }),
        seed,
      });
      total += vectors;
      expect(outcome.output.slice(-4000)).toBe(`${vectors} vectors, 0 mismatches\n`);
      expect(outcome.status).toBe(0);
      const [, failed = ''] = /, (\d+) failures\n$/.exec(faults.output) ?? [];
      failures += Number(failed);
      console.log(`P9 ${target} ${name}: ${vectors} vectors, ${failed} failures`);
      expect(faults.output.slice(-4000)).toBe(
        `${vectors} vectors, 0 mismatches, ${failed} failures\n`,
      );
      expect(faults.status).toBe(0);
    });

    const leastVectors = perRun({ thorough: 100_000, quick: 2000 });
    test(`there were at least ${leastVectors} vectors, and a tenth of that of failures`, () => {
      expect(total).toBeGreaterThanOrEqual(leastVectors);
      expect(failures).toBeGreaterThanOrEqual(leastVectors / 10);
    });
  });
}
