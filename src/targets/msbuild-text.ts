/** Escapes a file name for an attribute or an element of an MSBuild file: for XML, and the characters that are special to MSBuild. */
export function msbuildText(text: string): string {
  return text
    .replace(
      /[%$@'();?*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('--', '-&#45;');
}
