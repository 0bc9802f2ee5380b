// C text without its comments, as after a compiler's first translation phases (C11 5.1.1.2).

const TRIGRAPHS: Readonly<Record<string, string>> = {
  '=': '#',
  '/': '\\',
  "'": '^',
  '(': '[',
  ')': ']',
  '!': '|',
  '<': '{',
  '>': '}',
  '-': '~',
};

/** The code without comments, one blank between tokens' lines; blanks before a line end join lines too, as with GCC. */
export function codeOf(text: string): string {
  const whole = text
    .replace(/\?\?([=/'()!<>-])/g, (_all, sign: string) => TRIGRAPHS[sign] ?? '')
    .replace(/\\[ \t\v\f]*\r?\n/g, '');
  let code = '';
  for (let at = 0; at < whole.length;) {
    const two = whole.slice(at, at + 2);
    if (two === '//') {
      const end = whole.indexOf('\n', at);
      at = end < 0 ? whole.length : end;
    } else if (two === '/*') {
      const end = whole.indexOf('*/', at + 2);
      at = end < 0 ? whole.length : end + 2;
      code += ' ';
    } else {
      code += whole.charAt(at);
      at += 1;
    }
  }
  return code
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
