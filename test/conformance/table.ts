/**
 * The whole table: the ids and their rows.
 */
import { changeInstanceRows } from './change-instance.js';
import { changeItemRows } from './change-item.js';
import { codecRows } from './codec.js';
import { consumerRows } from './consumer.js';
import { controlRows } from './control.js';
import { creationRows } from './creation.js';
import { dispatchRows } from './dispatch.js';
import { eventRows } from './events.js';
import { executeMethodRows } from './execute-method.js';
import { layoutRows } from './layouts.js';
import { queryAllRows } from './query-all.js';
import { querySingleRows } from './query-single.js';
import { registrationRows } from './registration.js';
import { type Row } from './row.js';

/** The families of rows and how many rows each has; P9 belongs to another target. */
const families = {
  L: 3,
  D: 13,
  QS: 19,
  QA: 14,
  CI: 22,
  IT: 15,
  EM: 16,
  FC: 11,
  RG: 24,
  C: 18,
  E: 10,
  P: 8,
} as const;

export const ids: readonly string[] = Object.entries(families).flatMap(([family, count]) =>
  Array.from({ length: count }, (_, index) => `${family}${index + 1}`),
);

export const rows: readonly Row[] = [
  ...layoutRows,
  ...dispatchRows,
  ...querySingleRows,
  ...queryAllRows,
  ...changeInstanceRows,
  ...changeItemRows,
  ...executeMethodRows,
  ...controlRows,
  ...creationRows,
  ...registrationRows,
  ...consumerRows,
  ...eventRows,
  ...codecRows,
].sort((left, right) => ids.indexOf(left.id) - ids.indexOf(right.id));
