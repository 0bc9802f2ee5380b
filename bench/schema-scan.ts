// The least that a reader of MOF has to do, written by hand: walks the bytes token by token and only counts.

const SLASH = 0x2f;
const STAR = 0x2a;
const NEWLINE = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Letters, digits, `_` and everything above ASCII; a dot and signs so that a number is one token. */
const inWord = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  if (/[A-Za-z0-9_.+-]/.test(String.fromCharCode(byte)) || byte >= 0x80) inWord[byte] = 1;
}

/** How many tokens `bytes` hold: words and numbers, strings, and single signs; no comments. */
export function scan(bytes: Uint8Array): number {
  const end = bytes.length;
  let tokens = 0;
  let at = 0;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte <= 0x20) {
      at += 1;
    } else if (byte === SLASH && bytes[at + 1] === SLASH) {
      while (at < end && bytes[at] !== NEWLINE) at += 1;
    } else if (byte === SLASH && bytes[at + 1] === STAR) {
      at += 2;
      while (at < end && !(bytes[at] === STAR && bytes[at + 1] === SLASH)) at += 1;
      at += 2;
    } else if (byte === QUOTE) {
      at += 1;
      while (at < end && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
      at += 1;
      tokens += 1;
    } else if (inWord[byte] === 1) {
      while (at < end && inWord[bytes[at] ?? 0] === 1) at += 1;
      tokens += 1;
    } else {
      at += 1;
      tokens += 1;
    }
  }
  return tokens;
}
