// npm start: with arguments the command line, run in the folder of the user; without, a tour of what mofgen does.
// The tour generates every sample with every target, then lets a consumer use the generated providers, all in this process.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { samples } from './sample-files.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = 'build/start';

function commandLine(args) {
  const cwd = process.env.INIT_CWD ?? root;
  const options = { cwd, stdio: 'inherit' };
  const cli = join(root, 'dist/cli.cjs');
  const { status, error } = spawnSync(process.execPath, [cli, ...args], options);
  if (error !== undefined) throw error;
  process.exitCode = status ?? 1;
}

/** Reads a file that a sample includes, by its path from the sample. */
function readInclude(path, from) {
  const name = `${dirname(from)}/${path}`;
  return { name, bytes: readFileSync(join(root, name)) };
}

/** Writes the files of every target for one sample: how many each has, and how many warnings there are. */
function generate(mofgen, { name, mof }) {
  const analysis = mofgen.analyze(readFileSync(join(root, mof)), mof, readInclude);
  const warnings = new Set();
  const note = (diagnostics) => {
    for (const { code, location, message } of diagnostics) {
      warnings.add([code, location.source.name, location.span.start, message].join());
    }
    if (!mofgen.hasErrors(diagnostics)) return;
    throw new Error(mofgen.renderDiagnostics(diagnostics, 'text'));
  };
  note(analysis.diagnostics);
  const counts = mofgen.targetNames.map((target) => {
    const { value, diagnostics } = mofgen.emit(analysis.value, mof, { targets: [target] });
    note(analysis.applySuppressions(diagnostics));
    // The folders of samples/, so that the tour imports what was generated just now.
    const folder = join(root, output, name, 'expected', target);
    mkdirSync(folder, { recursive: true });
    for (const file of value) writeFileSync(join(folder, file.name), file.text);
    return value.length;
  });
  return { name, mof, counts, warnings: warnings.size };
}

function printGenerated(mofgen, made) {
  const header = ['sample', ...mofgen.targetNames];
  const rows = made.map(({ name, counts }) => [name, ...counts]);
  const cells = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const rule = widths.map((width) => '-'.repeat(width));
  console.log('\n== Files generated from samples/<sample>/<sample>.mof, for each target\n');
  for (const row of [cells[0], rule, ...cells.slice(1)]) {
    const [first, ...numbers] = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
    );
    console.log([first, ...numbers].join(' '));
  }
  console.log(`\nThey are in ${output}/<sample>/expected/<target>/.`);
  for (const { name, mof, warnings } of made.filter((each) => each.warnings > 0)) {
    console.log(`The sample ${name} has ${warnings} warnings on purpose. This prints them:`);
    console.log(`  npm start -- check -t kmdf ${mof}`);
  }
  console.log('For your own file: npm start -- my.mof -o out');
}

/** Runs samples/tour.ts with what was generated just now. */
async function runTour() {
  const folder = join(root, output);
  for (const file of ['tour.ts', 'tour-table.ts']) {
    copyFileSync(join(root, 'samples', file), join(folder, file));
  }
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(folder, 'tour.ts')],
    outfile: join(folder, 'tour.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // The runtime comes from dist/, as it does for a user, regardless of the development settings.
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  await import(pathToFileURL(join(folder, 'tour.mjs')).href);
}

async function tour() {
  rmSync(join(root, output), { recursive: true, force: true });
  const mofgen = await import('mofgen');
  const made = samples(root).map((sample) => generate(mofgen, sample));
  await runTour();
  printGenerated(mofgen, made);
}

const args = process.argv.slice(2);
if (args.length > 0) commandLine(args);
else await tour();
