// npm start: with arguments the command line, as seen from where the user stands; without, a tour of what mofgen does.
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

/** Reads a file that a sample includes; samples name those beside themselves. */
function readInclude(path, from) {
  const name = `${dirname(from)}/${path}`;
  return { name, bytes: readFileSync(join(root, name)) };
}

/** Writes the files of every target for one sample: how many each has, and what was found, each finding once. */
function generate(mofgen, { name, mof }) {
  const analysis = mofgen.analyze(readFileSync(join(root, mof)), mof, readInclude);
  const findings = new Map();
  const note = (diagnostics) => {
    for (const each of diagnostics) {
      const { source, span } = each.location;
      const { line, column } = mofgen.positionAt(source, span.start);
      const place = `${source.name.split('/').pop()}:${line}:${column}`;
      findings.set([each.code, place, each.message].join(), { ...each, place });
    }
    if (!mofgen.hasErrors(diagnostics)) return;
    throw new Error(mofgen.renderDiagnostics(diagnostics, 'text'));
  };
  note(analysis.diagnostics);
  const counts = mofgen.targetNames.map((target) => {
    const { value, diagnostics } = mofgen.emit(analysis.value, mof, { targets: [target] });
    note(analysis.withoutAllowed(diagnostics));
    // Laid out as in samples/, so that the tour's imports lead to what was generated just now.
    const folder = join(root, output, name, 'expected', target);
    mkdirSync(folder, { recursive: true });
    for (const file of value) writeFileSync(join(folder, file.name), file.text);
    return value.length;
  });
  return { name, counts, findings: [...findings.values()] };
}

function printGenerated(mofgen, made) {
  const header = ['sample', ...mofgen.targetNames, 'findings'];
  const rows = made.map(({ name, counts, findings }) => [name, ...counts, findings.length]);
  const cells = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const rule = widths.map((width) => '-'.repeat(width));
  console.log('Files generated from samples/<sample>/*.mof, for each target:\n');
  for (const row of [cells[0], rule, ...cells.slice(1)]) {
    const [first, ...numbers] = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
    );
    console.log([first, ...numbers].join('  '));
  }
  console.log(`\nThey are in ${output}/<sample>/expected/<target>/.`);
}

function printFindings(mofgen, made) {
  const findings = made.flatMap((each) => each.findings);
  const widest = Math.max(...findings.map(({ place }) => place.length));
  console.log('\nThe samples show what real drivers have, so mofgen warns of:\n');
  for (const { code, place } of findings) {
    console.log(`${code}  ${place.padEnd(widest)}  ${mofgen.DIAGNOSTICS[code].title}`);
  }
  console.log(`\nnpm start -- check samples/odd-corners/odd-corners.mof prints the whole texts,
npm start -- explain ${findings[0].code} the page about a code.`);
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
    // The runtime comes from dist/, as it does for a user, whatever the development settings say.
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  await import(pathToFileURL(join(folder, 'tour.mjs')).href);
}

async function tour() {
  rmSync(join(root, output), { recursive: true, force: true });
  const mofgen = await import('mofgen');
  const made = samples(root).map((sample) => generate(mofgen, sample));
  printGenerated(mofgen, made);
  printFindings(mofgen, made);
  await runTour();
  console.log('\nFor your own file: npm start -- my.mof -o out');
}

const args = process.argv.slice(2);
if (args.length > 0) commandLine(args);
else await tour();
