/**
 * docs/options.md has every command with every option, generated from the objects that parse the command line. `npm run reference` writes it,
 * this test compares it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { format } from 'prettier';
import { beforeAll, expect, test } from 'vitest';
import {
  type CommandTable,
  commandTables,
  type OptionTable,
} from '../../src/cli/command-tables.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { EMIT_OPTIONS, flagOf } from '../../src/targets/options.js';
import { TARGET_SUMMARIES } from '../../src/targets/loading.js';
import { workplace } from './command-line.js';

const page = 'docs/options.md';
let tables: readonly CommandTable[] = [];

beforeAll(async () => {
  tables = await commandTables({
    io: {
      stdout: () => undefined,
      stdoutBytes: () => undefined,
      stderr: () => undefined,
      readStdin: () => Promise.resolve(new Uint8Array()),
      cwd: '.',
      env: {},
      stderrIsTerminal: false,
    },
    done: () => undefined,
    program: new Command('mofgen'),
    complete: () => undefined,
  });
});

function document(): string {
  return [
    '# Commands and options',
    '<!-- Written by npm run reference from src/cli; do not edit. -->',
    [
      "`mofgen <input...>` is short for `mofgen generate <input...>`. `mofgen help COMMAND` prints a command's part of this page,",
      '`mofgen --version` the version. Exit codes: 0 ok, 1 errors in the input or stale output, 2 usage, 3 input/output, 70 a bug in mofgen.',
    ].join('\n'),
    table(
      ['command', 'what it does'],
      tables.map(({ name, summary }) => [`[\`${name}\`](#mofgen-${name})`, plain(summary)]),
    ),
    ...tables.flatMap(section),
    '## Targets',
    table(
      ['target', 'what it emits'],
      Object.entries(TARGET_SUMMARIES).map(([name, summary]) => [code(name), plain(summary)]),
    ),
  ].join('\n\n');
}

function section({ name, usage, summary, argument, options, switches }: CommandTable): string[] {
  const groups = [...new Set(options.map(({ group }) => group))];
  return [
    `## mofgen ${name}`,
    `\`mofgen ${name} ${usage}\`: ${plain(summary)}.`,
    ...(argument === undefined || argument.summary === ''
      ? []
      : [`Arguments: ${plain(argument.summary)}.`]),
    ...groups.flatMap((group) => [
      ...(group === '' ? [] : [`### ${group.replace(/:$/, '')} (${name})`]),
      table(
        ['option', 'what it does'],
        options.filter((option) => option.group === group).map(row),
      ),
    ]),
    ...(switches.length === 0
      ? []
      : [
          table(
            ['switch', 'what it does'],
            switches.map(({ flag, value, summary: text }) => [
              code(`${flag}${value === undefined ? '' : `<${value.replace(/^an? /, '')}>`}`),
              plain(text),
            ]),
          ),
        ]),
  ];
}

function row({ flags, summary, value, fallback }: OptionTable): string[] {
  const choices = value?.choices ?? [];
  // Some value names list the choices themselves.
  const named = choices.every((each) => flags.includes(each) || summary.includes(each));
  return [
    code(flags),
    [
      plain(summary),
      ...(named || value?.kind === 'list' ? [] : [`one of ${choices.map(code).join(', ')}`]),
      ...(fallback === undefined ? [] : [`default: ${code(fallback)}`]),
    ].join('; '),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

/** Text that Markdown must not read as markup. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, String.raw`\$&`);
}

test('the page is what npm run reference writes', async () => {
  const options = { parser: 'markdown', printWidth: 130, proseWrap: 'preserve' } as const;
  const text = await format(document(), options);
  if (process.env['MOFGEN_WRITE_REFERENCE'] === '1') writeFileSync(page, text);
  expect(readFileSync(page, 'utf8')).toBe(text);
});

test('has every option that a help prints, and every option of a target', async () => {
  const text = readFileSync(page, 'utf8');
  const { run } = workplace();
  // `help help` prints the help of mofgen.
  for (const name of Object.keys(COMMANDS).filter((each) => each !== 'help')) {
    const { stdout } = await run(['help', name]);
    const start = text.indexOf(`\n## mofgen ${name}\n`);
    const own = text.slice(start, text.indexOf('\n## ', start + 1));
    for (const [, flag = ''] of stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)) {
      expect(own, `${name} ${flag}`).toContain(flag);
    }
  }
  for (const name of Object.keys(EMIT_OPTIONS)) expect(text).toContain(flagOf(name));
});
