/** Words a number of things, for messages: `1 file`, `2 files`. */
export function counted(count: number, thing: string): string {
  return count === 1 ? `1 ${thing}` : `${count} ${thing}s`;
}
