// How a user's file imports the generated one: as .js, which compilers want, or as .ts with --ts-extensions.
import { expect, test } from 'vitest';
import { emit } from '../../../src/generate.js';
import { ts } from '../../../src/targets/ts/index.js';
import { modelOf } from './generated-module.js';
import { smallMof } from '../../cli/command-line.js';

const model = modelOf(smallMof());

test.each([
  [false, '} from "./small-fan.g.js";'],
  [true, '} from "./small-fan.g.ts";'],
])('--ts-extensions %s', (tsExtensions, want) => {
  const options = { targets: ['ts'], options: { tsExtensions } };
  const [, skeleton] = emit(model, 'small-fan.mof', options).value;
  expect(skeleton?.text).toContain(want);
});

test('what is missing is imported the same way', () => {
  const context = { base: 'fan', sourceName: 'fan.mof', options: { tsExtensions: true } };
  expect(ts.missingStubs(model, context, '')).toContain(' from "./fan.g.ts";');
});
