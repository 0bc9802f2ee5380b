/** The wrong examples of the pages about diagnostics, as files. */
import { type DiagnosticCode, DIAGNOSTICS } from '../../src/diagnostics/codes.js';
import { PAGES } from '../../src/diagnostics/explain/index.js';
import { isCode } from '../../src/diagnostics/policy.js';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** The files of the example of a code by name; the input is `<code>.mof`. */
export function badSample(code: DiagnosticCode): Files {
  const { wrong, setting = {} } = PAGES[code];
  const input: Files =
    setting.isMissing === true ? {} : { [`${code}.mof`]: setting.bytes ?? wrong };
  return { ...setting.files, ...input };
}

/** The inputs that are texts, each with its name. */
export function badTexts(): { readonly path: string; readonly text: string }[] {
  return Object.keys(DIAGNOSTICS)
    .filter(isCode)
    .flatMap((code) => {
      const text = badSample(code)[`${code}.mof`];
      return typeof text === 'string' ? { path: `${code}.mof`, text } : [];
    });
}
