/** Binary MOFs through all targets: no crash, and the header of a binary MOF is that of its text. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toBinaryMof, writeBinaryMof } from '../../src/binary-mof/index.js';
import { compile } from '../../src/compile/compilation.js';
import { analyze, emit } from '../../src/generate.js';
import { targetNames } from '../../src/index.js';
import { decode } from '../../src/compile/decode.js';
import { corpus, includesBeside, samples } from '../mof-files.js';
import { oneIn } from '../effort.js';

const folder = join(corpus, 'firmware-bmf');
const names = existsSync(folder) ? readdirSync(folder).filter((each) => /\.bmf$/.test(each)) : [];
if (names.length === 0) console.log(`binary MOFs of firmware skipped: ${folder} does not exist`);

test.skipIf(names.length === 0).each(oneIn(5, names))(
  '%s: every target emits it, or reports why not',
  (name) => {
    const { value, diagnostics } = analyze(readFileSync(join(folder, name)), name);
    for (const each of diagnostics) expect(each.message).not.toBe('');
    expect(diagnostics.filter(({ code }) => /^MOF1/.test(code))).toEqual([]);
    for (const target of targetNames) {
      const emitted = emit(value, name, { targets: [target] });
      expect(emitted.value.length > 0 || emitted.diagnostics.length > 0).toBe(true);
    }
  },
);

/** Removes comments and the strings that are only in the text; code stays. */
function codeOf(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '').replace(/\s+/g, ' ');
}

test.each(samples)('$name: the header of the binary MOF is that of the text', ({ name, path }) => {
  const bytes = readFileSync(path);
  const unit = compile(decode(bytes, path).value, includesBeside()).value;
  const binary = writeBinaryMof(toBinaryMof(unit).value);
  const [ofText, ofBinary] = [bytes, binary].map((each) => {
    const { value } = analyze(each, path, includesBeside());
    const { value: files } = emit(value, `${name}.mof`, { targets: ['header'] });
    return files.map(({ text }) => codeOf(text));
  });
  expect(ofText?.length).toBeGreaterThan(0);
  expect(ofBinary).toEqual(ofText);
});
