/** How switches in the spelling of Microsoft's tools are read. */
import { sep } from 'node:path';
import { expect, test } from 'vitest';
import { type ForeignTool, readSwitches, switchHelp } from '../../src/cli/foreign-switches.js';

const TOOL: ForeignTool = {
  name: 'tool',
  usage: '[-B:<file>] <input>',
  switches: [
    { flag: '-B:', value: 'a file', summary: 'writes it' },
    { flag: '-WMI', summary: 'checks it' },
    { flag: '-h', value: 'a file', summary: 'writes the header' },
  ],
};

function read(...words: string[]) {
  const { switches, files, wantsHelp } = readSwitches(TOOL, words);
  return { switches: Object.fromEntries(switches), files, wantsHelp };
}

test.each([
  ['a switch with a value', ['-B:out.bmf', 'x.mof'], { '-B:': 'out.bmf' }, ['x.mof']],
  ['a switch without one', ['-WMI', 'x.mof'], { '-WMI': '' }, ['x.mof']],
  ['a slash', ['/b:out.bmf', 'x.mof'], { '-B:': 'out.bmf' }, ['x.mof']],
  ['any case', ['-wMi', '-b:A'], { '-WMI': '', '-B:': 'A' }, []],
  ['a value without a colon', ['-hx.h'], { '-h': 'x.h' }, []],
  ['a value with folders', ['-hc:\\x\\y.h'], { '-h': ['c:', 'x', 'y.h'].join(sep) }, []],
  ['a path of Unix', ['/home/me/x.mof'], {}, ['/home/me/x.mof']],
  ['a slash and a path', ['/B:out/a.bmf', 'x.mof'], { '-B:': 'out/a.bmf' }, ['x.mof']],
  ['standard input', ['-B:a', '-'], { '-B:': 'a' }, ['-']],
] as const)('%s', (_, words, switches, files) => {
  expect(read(...words)).toEqual({ switches, files, wantsHelp: false });
});

test.each(['-?', '/?', '-help', '--help', '/help'])('%s wants help', (word) => {
  expect(read(word).wantsHelp).toBe(true);
});

test.each([
  ['-Q', "tool: there is no switch '-Q'; 'mofgen tool -?' lists the switches"],
  ['-WMIX', "tool: there is no switch '-WMIX'; 'mofgen tool -?' lists the switches"],
  ['-B:', "tool: -B: needs a file directly after it; 'mofgen tool -?' lists the switches"],
  ['-h', "tool: -h needs a file directly after it; 'mofgen tool -?' lists the switches"],
])('%s is refused', (word, message) => {
  expect(() => read(word)).toThrow(message);
});

test('a switch twice is refused', () => {
  expect(() => read('-B:a', '/B:b')).toThrow('tool: -B: is given twice');
});

test('help lists the switches', () => {
  expect(switchHelp(TOOL)).toBe(`Usage: mofgen tool [-B:<file>] <input>

Switches, with - or /, in any case:
  -B:<file>  writes it
  -WMI       checks it
  -h<file>   writes the header
`);
});
