/**
 * `mofgen show`: prints the models of the inputs: as tables, or as one document over all inputs.
 *
 * Each form is loaded on demand.
 */
import { type ShownInput } from '../show/shown-input.js';
import { printable } from '../diagnostics/printable.js';
import { analyzeInputs, modelOnly, NO_CLASSES } from './analyze-inputs.js';
import { type PartialInput } from './analyze-part.js';
import { inputsOf } from './inputs.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { type Io } from './io.js';
import { type ShowOptions } from './option-types.js';

export async function showCommand(
  args: readonly string[],
  options: ShowOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.acpi === true) {
    const { showAcpi } = await import('./show-acpi.js');
    return showAcpi(args, options, io);
  }
  const { analyzed, partial, exitCode } = await analyzeInputs(
    inputsOf(args, options, io),
    options,
    io,
    modelOnly,
  );
  const isDocument = options.json === true || options.markdown === true || options.mermaid === true;
  if (exitCode !== EXIT.ok) {
    // A document is complete or absent; tables show the classes without errors.
    if (!isDocument && partial.length > 0) io.stdout(await partialTexts(partial));
    return exitCode;
  }
  const shown = analyzed.map(({ input, model, filesRead }) => ({
    name: input.name,
    model,
    filesRead,
  }));
  // The tables have the same note; a document is data.
  if (isDocument) {
    for (const { name, model } of shown) {
      if (model.blocks.length === 0) io.stderr(`${printable(name)}: ${NO_CLASSES}\n`);
    }
  }
  io.stdout(await textOf(shown, options));
  return EXIT.ok;
}

async function partialTexts(inputs: readonly PartialInput[]): Promise<string> {
  const { showPartialTables } = await import('../show/tables.js');
  const { faultyClasses } = await import('../show/faulty-classes.js');
  return showPartialTables(
    inputs.map(({ input, filesRead, hasErrors, analysis: { partial, texts } }) => ({
      name: input.name,
      filesRead,
      model: partial,
      hasErrors,
      faulty: hasErrors ? faultyClasses(partial, texts) : new Set<string>(),
    })),
  );
}

async function textOf(inputs: readonly ShownInput[], options: ShowOptions): Promise<string> {
  if (options.json === true) {
    const { showJson } = await import('../show/model-document.js');
    return showJson(inputs);
  }
  if (options.markdown === true) {
    const { showMarkdown } = await import('../show/markdown.js');
    return showMarkdown(inputs);
  }
  if (options.mermaid === true) {
    const { showMermaid } = await import('../show/mermaid.js');
    return showMermaid(inputs);
  }
  const { showTables } = await import('../show/tables.js');
  return showTables(inputs);
}
