/** The target's two files for MOF files and MOF texts. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { hasErrors } from '../../../src/diagnostics/diagnostic.js';
import { emitContext } from '../../../src/emit.js';
import { analyze } from '../../../src/generate.js';
import { type Model } from '../../../src/model/model.js';
import { powershell } from '../../../src/targets/powershell/index.js';
import { includesBeside } from '../../mof-files.js';

export interface EmittedScript {
  readonly model: Model;
  readonly tests: string;
  readonly page: string;
}

/** The files for bytes without errors. */
export function scriptOf(bytes: Uint8Array, path: string): EmittedScript {
  const { value: model, diagnostics } = analyze(bytes, path, includesBeside());
  if (hasErrors(diagnostics)) {
    throw new Error(`${basename(path)}: ${diagnostics.map(({ message }) => message).join('; ')}`);
  }
  const [tests, page] = powershell.emit(model, emitContext(path));
  return { model, tests: tests?.text ?? '', page: page?.text ?? '' };
}

export function scriptOfFile(path: string): EmittedScript {
  return scriptOf(readFileSync(path), path);
}

export function scriptOfText(mof: string): EmittedScript {
  return scriptOf(new TextEncoder().encode(mof), 'test.mof');
}

/** What is in the fences of a page. */
export function fencesOf(page: string): readonly string[] {
  return [...page.matchAll(/^```powershell\n(.*?)^```$/gms)].map(([, code = '']) => code);
}

/** The commands of a page, all of them. */
export function commandsOf(page: string): string {
  return fencesOf(page).join('\n');
}
