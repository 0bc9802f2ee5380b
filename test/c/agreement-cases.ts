/**
 * The cases in which generated C has to agree with generated TypeScript: random blocks, the same with fixed-size items only,
 * blocks with defaults, and every sample. MOFGEN_SEED and MOFGEN_BLOCKS choose other blocks.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { perRun } from '../effort.js';
import {
  type Item,
  mofText,
  type RandomBlock,
  randomBlocks,
  type Structure,
} from '../targets/ts/random-block.js';
import { defaultsBlocks } from '../targets/ts/random-defaults.js';

const wanted = process.env['MOFGEN_SEED'] ?? '20261121';
export const seed = wanted === 'random' ? Math.floor(Math.random() * 0x7fffffff) : Number(wanted);
const howMany = Number(process.env['MOFGEN_BLOCKS'] ?? perRun({ thorough: 60, quick: 10 }));

const samples = join(import.meta.dirname, '../../samples');

/** A sample's MOF with its includes expanded. */
function sample(name: string): string {
  const folder = join(samples, name);
  return readFileSync(join(folder, `${name}.mof`), 'utf8').replace(
    /#pragma include\("([^"]+)"\)/g,
    (_directive, path: string) => readFileSync(join(folder, path), 'utf8'),
  );
}

/** The block with its fixed-size items only: such blocks have request handlers of their own. */
function fixedForm(block: RandomBlock): RandomBlock {
  const items = (these: readonly Item[]): Item[] =>
    these.map((item) => ({
      ...item,
      element:
        item.element.kind === 'string'
          ? { kind: 'integer', name: 'uint16' }
          : item.element.kind === 'structure'
            ? { kind: 'structure', structure: structure(item.element.structure) }
            : item.element,
      count:
        item.count.kind === 'sizedBy' || item.count.kind === 'rest'
          ? { kind: 'fixed', length: 2 }
          : item.count,
    }));
  const structure = (each: Structure): Structure => ({ ...each, items: items(each.items) });
  return {
    ...block,
    structures: block.structures.map(structure),
    items: items(block.items),
    methods: block.methods.map((method) => ({
      ...method,
      input: items(method.input),
      output: items(method.output),
    })),
  };
}

export interface AgreementCase {
  readonly name: string;
  readonly mof: string;
  readonly rounds: number;
}

export const agreementCases: readonly AgreementCase[] = [
  { name: 'random', mof: mofText(randomBlocks(howMany, seed)), rounds: 6 },
  {
    name: 'random-fixed',
    mof: mofText(randomBlocks(20, seed + 1).map(fixedForm)),
    rounds: 2,
  },
  {
    name: 'defaults',
    mof: defaultsBlocks(30, seed + 2)
      .map(({ mof }) => mof)
      .join(''),
    rounds: 1,
  },
  ...readdirSync(samples, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && existsSync(join(samples, entry.name, `${entry.name}.mof`)),
    )
    .map(({ name }) => ({
      name,
      mof: sample(name),
      rounds: 6,
    })),
];
