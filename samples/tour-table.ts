/**
 * Prints requests for people, two lines each, in 80 columns: what it is and its result, then how it got there.
 */
export interface RequestRow {
  readonly mark: string;
  readonly what: string;
  readonly result: string;
  /** The routine, the IRP, the arguments. */
  readonly way: readonly string[];
}

export function printRequests(rows: readonly RequestRow[]): void {
  const widest = (cells: readonly string[]): number =>
    Math.max(...cells.map(({ length }) => length));
  const what = widest(rows.map((row) => row.what));
  const way = [0, 1].map((column) => widest(rows.map((row) => row.way[column] ?? '')));
  for (const row of rows) {
    console.log(`${row.mark} ${row.what.padEnd(what)}  ${row.result}`);
    const cells = row.way.map((cell, column) => cell.padEnd(way[column] ?? 0));
    console.log(`  ${cells.join('  ')}`.trimEnd());
  }
}
