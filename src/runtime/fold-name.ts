/**
 * Case folding for instance names, used by the kernel and by drivers that name instances themselves.
 */

/**
 * Folds case one UTF-16 code unit at a time, as RtlEqualUnicodeString does. A unit whose upper-case form is longer,
 * such as the sharp s, equals only itself.
 */
export function foldName(name: string): string {
  if (isAscii(name)) return name.toUpperCase();
  let folded = '';
  for (let index = 0; index < name.length; index += 1) {
    const unit = name.charAt(index);
    const upper = unit.toUpperCase();
    folded += upper.length === 1 ? upper : unit;
  }
  return folded;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 0x7f) return false;
  }
  return true;
}
