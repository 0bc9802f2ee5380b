/**
 * Every binary MOF of the corpus becomes a text that compiles to the very same bytes. Needs the corpus folder, and reports
 * its absence.
 */
import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/index.js';
import { readBinaryMof, writeBinaryMof } from '../../src/binary-mof/index.js';
import { toMofText } from '../../src/binary-mof/to-mof.js';
import { bmfs } from './bmf-files.js';
import { compiled } from './compiled.js';

describe.runIf(bmfs.length > 0)('binary MOF to text and back', () => {
  test.each(bmfs)('$name', ({ bytes }) => {
    const document = readBinaryMof(bytes).value;
    if (document === undefined) throw new Error('the file cannot be read');
    const { value, faults } = toMofText(document);
    expect(faults).toEqual([]);
    expect(parse(value).problems).toEqual([]);
    const again = compiled(value);
    expect(again.diagnostics).toEqual([]);
    // Objects first: they show more than a byte does.
    expect(again.value).toEqual(document);
    expect(Buffer.from(writeBinaryMof(again.value)).equals(bytes)).toBe(true);
    // Lines are broken wherever they can be.
    expect(value.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect(toMofText(again.value)).toEqual({ value, faults });
  });
});
