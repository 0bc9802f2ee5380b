/** The options of the preprocessor as a command line gives them: `NAME=TEXT`, and the architectures of the WDK. */

/** The name and the text, which is 1 by default; `undefined` for anything else. */
export function readMacroOption(
  option: string,
): { readonly name: string; readonly text: string } | undefined {
  const match = /^([A-Za-z_]\w*)(?:=([^\r\n]*))?$/.exec(option);
  const [, name, text = '1'] = match ?? [];
  return name === undefined || name === 'defined' ? undefined : { name, text };
}

/** The architectures that the Windows Driver Kit builds for. */

export const WDK_ARCHITECTURES = ['x64', 'x86', 'arm64'] as const;
export type WdkArchitecture = (typeof WDK_ARCHITECTURES)[number];
