/** `mofgen explain CODE`: prints the page about a diagnostic code. */
import { explained, pageText } from '../diagnostics/explain/index.js';
import { isCode, likelyCode } from '../diagnostics/policy.js';
import { printable } from '../diagnostics/printable.js';
import { DIAGNOSTICS } from '../diagnostics/codes.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';

/** Without codes, one line for each there is. */
export function explainCommand(written: readonly string[], io: Io): ExitCode {
  const codes = written.map((each) => {
    const code = each.trim().toUpperCase();
    if (isCode(code)) return code;
    const meant = likelyCode(each);
    const advice =
      meant === undefined ? `'mofgen explain' without a code lists them` : `did you mean ${meant}?`;
    throw usageFailure(`there is no code '${printable(each)}'; ${advice}`);
  });
  if (codes.length === 0) {
    for (const code of Object.keys(DIAGNOSTICS).filter(isCode)) {
      const { severity, title } = explained(code);
      io.stdout(`${code}  ${severity.padEnd(7)}  ${title}\n`);
    }
  }
  io.stdout(codes.map((code) => pageText(code)).join('\n'));
  return EXIT.ok;
}
