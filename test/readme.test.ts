/** The README and docs/reference are correct: excerpts match the files they name, and every command runs. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { buffer, device, entry, name as named, scope, table } from './acpi/aml-bytes.js';
import { type Workplace, workplace } from './cli/command-line.js';

const readme = readFileSync('README.md', 'utf8');
const commands = readFileSync('docs/reference/commands.md', 'utf8');
const doorLight = readFileSync('samples/door-light/door-light.mof', 'utf8');
const scripts = (
  JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
).scripts;

/** The fenced block after each marker comment that starts with `marker`. */
function blocksAfter(marker: string): { readonly argument: string; readonly text: string }[] {
  const pattern = new RegExp(
    `<!-- ${marker}:? ?(.*?) ?-->\\s*\`\`\`\\w*\\n([\\s\\S]*?)\`\`\``,
    'g',
  );
  return Array.from(readme.matchAll(pattern), ([, argument = '', text = '']) => ({
    argument,
    text,
  }));
}

/** The words of a command; a pattern in quotation marks is one word. */
const words = (command: string): string[] =>
  Array.from(command.matchAll(/'([^']*)'|\S+/g), ([word, quoted]) => quoted ?? word);

/** The lines of the README's shell blocks, each with its section. */
function shellLines(): { readonly section: string; readonly line: string }[] {
  return readme.split(/^#+ /m).flatMap((text) => {
    const [section = ''] = text.split('\n', 1);
    const blocks = Array.from(text.matchAll(/```sh\n([\s\S]*?)```/g), ([, block = '']) => block);
    return blocks.flatMap((block) =>
      block
        .trimEnd()
        .split('\n')
        .map((line) => ({ section, line })),
    );
  });
}

/** A folder with these files, the binary MOF of one of them, and ACPI tables that hold it. */
async function placeWith(
  files: Readonly<Record<string, string>>,
  base: string,
): Promise<Workplace> {
  const place = workplace(files);
  await place.run(['compile', `${base}.mof`]);
  const binary = readFileSync(place.path(`${base}.bmf`));
  const wdg = named('_WDG', buffer(entry('BA', 1, 0)));
  writeFileSync(
    place.path('dsdt.aml'),
    table('DSDT', scope('\\_SB_', device('WMI1', wdg, named('WQBA', buffer(...binary))))),
  );
  return place;
}

test('excerpts of files are verbatim, with … for what is left out', () => {
  const excerpts = blocksAfter('file');
  expect(excerpts.length).toBeGreaterThan(6);
  for (const { argument, text } of excerpts) {
    const file = readFileSync(argument, 'utf8');
    for (const part of text.split('…\n')) expect(file).toContain(part);
  }
});

test('each quick start has at most five commands, and each of its commands runs', async () => {
  const files = { 'door-light.mof': doorLight, 'old/door-light.mof': doorLight };
  const { run } = await placeWith(files, 'door-light');
  const lines = shellLines();
  const sections = new Set(lines.map(({ section }) => section));
  expect(sections.size).toBe(9);
  for (const section of sections) {
    const own = lines.filter((each) => each.section === section);
    expect(own.length, section).toBeLessThanOrEqual(5);
  }
  const ran = lines.filter(({ line }) => line !== 'npm install --save-dev mofgen');
  expect(ran.length).toBeGreaterThan(20);
  for (const [index, { line, section }] of ran.entries()) {
    const [npx, name, ...args] = words(line);
    expect([npx, name], line).toEqual(['npx', 'mofgen']);
    // The section about CI needs the files of the KMDF section.
    if (section === 'A check in CI' && section !== ran[index - 1]?.section) {
      await run(['door-light.mof', '-t', 'kmdf', '-o', 'wmi']);
    }
    expect(await run(args), line).toMatchObject({ exitCode: 0 });
  }
});

test('each npm script that the README names is there', () => {
  const named = Array.from(readme.matchAll(/`npm (?:run )?([\w:-]+)/g), ([, name = '']) => name);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

const rows = Array.from(commands.matchAll(/^\| `mofgen (.*?)` +\|/gm), ([, row = '']) => row);

/** Two versions of a MOF, and files with the names that the table of commands uses. */
function tablePlace(): Promise<Workplace> {
  const files = {
    'a.mof': doorLight,
    'b.mof': doorLight.replace(/DoorLight/g, 'OtherLight').replace('6E9B5B1A', '6E9B5B1B'),
    'old/a.mof': doorLight,
    'a.mfl': '#pragma namespace("\\\\\\\\.\\\\root\\\\wmi")\n',
    'wmicore.mof': doorLight.replace(/DoorLight/g, 'MSSerial_Light'),
    'mof/c.mof': doorLight,
  };
  return placeWith(files, 'a');
}

test('the table of commands has all commands', () => {
  expect(rows.length).toBeGreaterThan(25);
});

test.each(rows.filter((row) => !/^(--watch|mofcomp|a\.mof --format)/.test(row)))(
  'mofgen %s',
  async (row) => {
    const { run } = await tablePlace();
    const args = words(row.replaceAll('\\|', '|'));
    // Both compare with what was generated before.
    if (args.includes('--check') || args[0] === 'stubs') await run(['a.mof']);
    expect(await run(args)).toMatchObject({ exitCode: 0 });
  },
);

test('the example runs and prints the documented output', async () => {
  const [example] = blocksAfter('run');
  const [prints] = blocksAfter('prints');
  const folder = resolve('build/readme');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'example.ts'), example?.text ?? '');
  const generated = readFileSync('samples/door-light/expected/ts/door-light.g.ts', 'utf8');
  writeFileSync(join(folder, 'door-light.g.ts'), generated);
  await build({
    entryPoints: [join(folder, 'example.ts')],
    outfile: join(folder, 'example.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { 'mofgen/runtime': resolve('src/runtime/index.ts') },
  });
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'example.mjs')], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toBe(prints?.text);
});
