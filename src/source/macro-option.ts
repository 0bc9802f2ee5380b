/** The form in which a command line defines a macro: `NAME` or `NAME=TEXT`. It must not know what a macro does. */

/** The name and the text, which is 1 by default; `undefined` for anything else. */
export function readMacroOption(
  option: string,
): { readonly name: string; readonly text: string } | undefined {
  const match = /^([A-Za-z_]\w*)(?:=([^\r\n]*))?$/.exec(option);
  const [, name, text = '1'] = match ?? [];
  return name === undefined || name === 'defined' ? undefined : { name, text };
}
