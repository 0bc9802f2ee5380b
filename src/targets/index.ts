/**
 * The list of targets. loading.ts has the same names, and loads one of them.
 */
import { blocks } from './blocks/index.js';
import { header } from './header/index.js';
import { irp } from './irp/index.js';
import { kmdf } from './kmdf/index.js';
import { ndis } from './ndis/index.js';
import { powershell } from './powershell/index.js';
import { scsiwmi } from './scsiwmi/index.js';
import { type Target } from './target.js';
import { ts } from './ts/index.js';
import { wdm } from './wdm/index.js';

export const TARGETS: readonly Target[] = [
  ts,
  header,
  kmdf,
  wdm,
  irp,
  blocks,
  scsiwmi,
  ndis,
  powershell,
];

/** The target of that name; the command line has checked that there is one. */
export function targetNamed(name: string): Target {
  const target = TARGETS.find((each) => each.name === name);
  if (target === undefined) throw new RangeError(`there is no target '${name}'`);
  return target;
}
