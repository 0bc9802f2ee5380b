/** `mofgen completion SHELL`: prints a script that completes commands, options and values. */
import { isCode } from '../diagnostics/policy.js';
import { DIAGNOSTICS } from '../diagnostics/codes.js';
import { commandTables } from './command-tables.js';
import { type CommandContext } from './commands.js';
import { bashScript } from './completion/bash.js';
import { fishScript } from './completion/fish.js';
import { pwshScript } from './completion/pwsh.js';
import { type Script } from './completion/script.js';
import { type Shell } from './completion/shells.js';
import { zshScript } from './completion/zsh.js';
import { EXIT, type ExitCode } from './exit-codes.js';

const SCRIPTS: Readonly<Record<Shell, Script>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  pwsh: pwshScript,
};

export async function completionCommand(shell: Shell, context: CommandContext): Promise<ExitCode> {
  const codes = Object.keys(DIAGNOSTICS).filter(isCode);
  context.io.stdout(SCRIPTS[shell](await commandTables(context), codes));
  return EXIT.ok;
}
