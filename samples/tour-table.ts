/**
 * Prints requests for people, in 80 columns.
 */
export interface RequestRow {
  readonly mark: string;
  readonly what: string;
  readonly status: string;
  readonly bytes: string;
  /** The routine, the IRP, the arguments. */
  readonly way: readonly string[];
}

const widest = (cells: readonly string[]): number => Math.max(...cells.map(({ length }) => length));

/** A line for each request: what it is and its result. */
export function printRequests(rows: readonly RequestRow[]): void {
  for (const line of lines(rows)) console.log(line);
}

/** The same with a second line: how it got there. */
export function printTrace(rows: readonly RequestRow[]): void {
  const way = [0, 1].map((column) => widest(rows.map((row) => row.way[column] ?? '')));
  const requests = lines(rows);
  for (const [index, row] of rows.entries()) {
    console.log(requests[index]);
    const cells = row.way.map((cell, column) => cell.padEnd(way[column] ?? 0));
    console.log(`  ${cells.join('  ')}`.trimEnd());
  }
}

function lines(rows: readonly RequestRow[]): string[] {
  const what = widest(rows.map((row) => row.what));
  const status = widest(rows.map((row) => row.status));
  return rows.map((row) =>
    `${row.mark} ${row.what.padEnd(what)}  ${row.status.padEnd(status)}  ${row.bytes}`.trimEnd(),
  );
}
