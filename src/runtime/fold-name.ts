/** How instance names are compared, by the kernel and by drivers with names of their own. */

/**
 * How names are compared: without regard to case, one UTF-16 code unit for another, as RtlEqualUnicodeString does. A
 * unit whose upper form is longer, such as the sharp s, equals itself alone.
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
