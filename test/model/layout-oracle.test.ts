// The layout of random fixed structures against two oracles: a naive C layout written here, and gcc where there is one.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockNamed, items, modelOf, structure } from './resolve-text.js';
import { runs } from '../effort.js';

const SCALARS = [
  { mof: 'boolean', c: 'unsigned char', size: 1, align: 1 },
  { mof: 'sint8', c: 'signed char', size: 1, align: 1 },
  { mof: 'uint8', c: 'unsigned char', size: 1, align: 1 },
  { mof: 'sint16', c: 'short', size: 2, align: 2 },
  { mof: 'char16', c: 'short', size: 2, align: 2 },
  { mof: 'uint16', c: 'unsigned short', size: 2, align: 2 },
  { mof: 'datetime', c: 'WCHAR25', size: 50, align: 2 },
  { mof: 'uint32', c: 'unsigned int', size: 4, align: 4 },
  { mof: 'sint32', c: 'int', size: 4, align: 4 },
  { mof: 'uint64', c: 'unsigned long long', size: 8, align: 8 },
  { mof: 'sint64', c: 'long long', size: 8, align: 8 },
] as const;

/** A member: a scalar, or the structure of that number among the earlier ones. */
interface Member {
  readonly scalar: (typeof SCALARS)[number] | undefined;
  readonly structure: number;
  readonly length: number | undefined;
}

const member: fc.Arbitrary<Member> = fc.record({
  scalar: fc.option(fc.constantFrom(...SCALARS), { nil: undefined, freq: 4 }),
  structure: fc.nat(9),
  length: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
});

/** Structures of which each may embed those before it; the first has scalars only. */
const program = fc
  .array(fc.array(member, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 4 })
  .map((structures) =>
    structures.map((members, index) =>
      members.map((each) => ({
        ...each,
        scalar: each.scalar ?? (index === 0 ? SCALARS[0] : undefined),
        structure: index === 0 ? 0 : each.structure % index,
      })),
    ),
  );

interface Sized {
  readonly size: number;
  readonly align: number;
  readonly offsets: readonly number[];
  readonly end: number;
}

/** C's rule, byte by byte: move on until the offset divides, then take the bytes. */
function naiveLayout(structures: readonly (readonly Member[])[]): Sized[] {
  const done: Sized[] = [];
  for (const members of structures) {
    let offset = 0;
    let align = 1;
    const offsets: number[] = [];
    for (const { scalar, structure: number, length } of members) {
      const element = scalar ?? done[number] ?? { size: 0, align: 1 };
      while (offset % element.align !== 0) offset += 1;
      offsets.push(offset);
      for (let index = 0; index < (length ?? 1); index += 1) offset += element.size;
      if (element.align > align) align = element.align;
    }
    const end = offset;
    while (offset % align !== 0) offset += 1;
    done.push({ size: offset, align, offsets, end });
  }
  return done;
}

function mofText(structures: readonly (readonly Member[])[]): string {
  return structures
    .map((members, index) =>
      structure(
        `S${index}`,
        items(
          ...members.map(({ scalar, structure: number, length }, place) => {
            const suffix = length === undefined ? '' : `[${length}]`;
            return `${scalar?.mof ?? `S${number}`} M${place}${suffix}`;
          }),
        ),
      ),
    )
    .join('');
}

function layoutsOf(structures: readonly (readonly Member[])[]): Sized[] {
  const model = modelOf(mofText(structures));
  return structures.map((_, index) => {
    const { layout, items: placed } = blockNamed(model, `S${index}`).data;
    expect(layout.kind).toBe('fixed');
    expect(layout.minimumSize).toBe(layout.size);
    return {
      size: layout.paddedSize ?? -1,
      align: layout.alignment,
      offsets: placed.map((item) => item.layout.offset ?? -1),
      end: layout.size ?? -1,
    };
  });
}

test('random fixed structures have the layout of a naive C implementation', () => {
  fc.assert(
    fc.property(program, (structures) => {
      expect(layoutsOf(structures)).toEqual(naiveLayout(structures));
    }),
    { numRuns: runs(300) },
  );
});

const hasGcc = spawnSync('gcc', ['--version']).status === 0 && process.arch === 'x64';
if (!hasGcc) console.log('comparison with a C compiler skipped: no gcc on x64 here');

test.runIf(hasGcc)('random fixed structures have the layout of gcc', () => {
  const programs = fc.sample(program, { numRuns: 40, seed: 1 });
  const typedefs = ['typedef short WCHAR25[25];'];
  const prints: string[] = [];
  programs.forEach((structures, number) => {
    structures.forEach((members, index) => {
      const name = `P${number}S${index}`;
      const fields = members.map(({ scalar, structure: embedded, length }, place) => {
        const suffix = length === undefined ? '' : `[${length}]`;
        return `  ${scalar?.c ?? `P${number}S${embedded}`} M${place}${suffix};`;
      });
      typedefs.push(`typedef struct {\n${fields.join('\n')}\n} ${name};`);
      const last = `M${members.length - 1}`;
      const offsets = members.map((_, place) => `offsetof(${name}, M${place})`);
      const values = [
        `sizeof(${name})`,
        `_Alignof(${name})`,
        `offsetof(${name}, ${last}) + sizeof(((${name} *)0)->${last})`,
        ...offsets,
      ];
      prints.push(
        `  printf("${values.map(() => '%zu').join(' ')}\\n", ${values.map((each) => `(size_t)(${each})`).join(', ')});`,
      );
    });
  });
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-layout-'));
  try {
    const source = join(folder, 'layout.c');
    const binary = join(folder, 'layout');
    writeFileSync(
      source,
      `#include <stddef.h>\n#include <stdio.h>\n${typedefs.join('\n')}\nint main(void) {\n${prints.join('\n')}\n  return 0;\n}\n`,
    );
    execFileSync('gcc', ['-std=c11', '-o', binary, source]);
    const lines = execFileSync(binary, { encoding: 'utf8' }).trim().split('\n');
    const wanted = lines.map((line) => {
      const [size = 0, align = 0, end = 0, ...offsets] = line.split(' ').map(Number);
      return { size, align, offsets, end };
    });
    expect(programs.flatMap(layoutsOf)).toEqual(wanted);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
