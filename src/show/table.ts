/** Aligned columns of text. */
import { printable, widest, widthOf } from '../diagnostics/printable.js';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** The lines of a table with a heading; cells are made printable. `indent` goes before each line. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  indent = '',
): string {
  const cells = [columns.map((column) => column.title), ...rows.map((row) => row.map(printable))];
  const widths = columns.map((_, index) => widest(cells.map((row) => row[index] ?? '')));
  return cells
    .map((row) => {
      const padded = columns.map(({ align }, index) => {
        const cell = row[index] ?? '';
        const space = ' '.repeat((widths[index] ?? 0) - widthOf(cell));
        return align === 'left' ? cell + space : space + cell;
      });
      return `${indent}${padded.join('  ')}`.trimEnd() + '\n';
    })
    .join('');
}
