/** The completion script of PowerShell 7. */
import { type CommandTable, type ValueTable } from '../command-tables.js';
import { defaultCommand, type Script, valuedOptions } from './script.js';

export const pwshScript: Script = (commands, codes) => {
  const usual = defaultCommand(commands).name;
  return `# Completion of mofgen for PowerShell, printed by 'mofgen completion pwsh'. In $PROFILE:
#   mofgen completion pwsh | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName mofgen -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $codes = ${list(codes)}
  $commands = [ordered]@{
${commands.map(({ name, summary }) => `    ${quoted(name)} = ${quoted(summary)}\n`).join('')}  }
  # The options of each command with their summaries.
  $options = @{
${commands.map(optionTable).join('')}  }
  # What follows an option: words, or nothing where PowerShell offers files.
  $values = @{
${commands.map(valueTables).join('')}  }
  $arguments = @{
${commands.flatMap(argumentRow).join('')}  }
  $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $command = ${quoted(usual)}
  if ($words.Count -gt 1 -and $commands.Contains($words[1])) { $command = $words[1] }
  $before = if ($words.Count -gt 0) { $words[-1] } else { '' }
  $found = [ordered]@{}
  $prefix = ''
  $last = $wordToComplete
  if ($values[$command].ContainsKey($before)) {
    foreach ($value in $values[$command][$before]) { $found[$value] = $value }
    $comma = $wordToComplete.LastIndexOf(',')
    if ($comma -ge 0) {
      $prefix = $wordToComplete.Substring(0, $comma + 1)
      $last = $wordToComplete.Substring($comma + 1)
    }
  } else {
    foreach ($option in $options[$command].GetEnumerator()) { $found[$option.Key] = $option.Value }
    if ($arguments.ContainsKey($command)) {
      foreach ($value in $arguments[$command]) { $found[$value] = $value }
    }
    if ($words.Count -le 1) {
      foreach ($each in $commands.GetEnumerator()) { $found[$each.Key] = $each.Value }
    }
  }
  foreach ($each in $found.GetEnumerator()) {
    if ($each.Key.StartsWith($last, [StringComparison]::OrdinalIgnoreCase)) {
      [System.Management.Automation.CompletionResult]::new($prefix + $each.Key, $each.Key, 'ParameterValue', $each.Value)
    }
  }
}
`;
};

function optionTable({ name, options, switches }: CommandTable): string {
  const rows = [
    ...options.flatMap(({ names, summary }) => names.map((each) => [each, summary] as const)),
    ...switches.map(({ flag, summary }) => [flag, summary] as const),
  ];
  // Keys of a PowerShell hash table ignore case, so of -i and -I only one is kept; the other option has a long name.
  const seen = new Map(rows.toReversed().map((row) => [row[0].toLowerCase(), row]));
  const lines = [...seen.values()]
    .toReversed()
    .map(([flag, summary]) => `      ${quoted(flag)} = ${quoted(summary)}\n`);
  return `    ${quoted(name)} = [ordered]@{\n${lines.join('')}    }\n`;
}

function valueTables(command: CommandTable): string {
  const rows = valuedOptions(command).flatMap(({ names, value }) =>
    names.map((name) => `      ${quoted(name)} = ${wordsOf(value)}\n`),
  );
  return `    ${quoted(command.name)} = @{\n${rows.join('')}    }\n`;
}

function argumentRow({ name, argument }: CommandTable): string[] {
  if (argument === undefined || argument.kind === 'file') return [];
  return [`    ${quoted(name)} = ${wordsOf(argument)}\n`];
}

function wordsOf({ kind, choices }: ValueTable): string {
  return kind === 'codes' ? '$codes' : list(choices);
}

function list(words: readonly string[]): string {
  return `@(${words.map(quoted).join(', ')})`;
}

/** PowerShell also treats typographic quotation marks as quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}
