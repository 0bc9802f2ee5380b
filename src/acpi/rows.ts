/** Rows of a table of `_WDG` entries, with every cell as text. */
import { type AcpiWmiEntry } from './acpi-wmi.js';
import { type AcpiJoin, type JoinedEntry } from './join.js';

export interface AcpiRow {
  readonly device: string;
  readonly guid: string;
  /** `AA`, or `notify 0xD0`. */
  readonly id: string;
  readonly instances: string;
  /** `expensive, method`; `-` for plain data. */
  readonly flags: string;
  /** Names of objects; missing ones are marked. */
  readonly servedBy: string;
  /** Names of classes, each once; `binary MOF`, or `-`. */
  readonly classes: string;
}

export function acpiRows({ entries }: Pick<AcpiJoin, 'entries'>): readonly AcpiRow[] {
  return entries.map((joined) => {
    const { device, entry } = joined;
    return {
      device: device.path,
      guid: entry.guid,
      id: idWords(entry),
      instances: String(entry.instances),
      flags: flagWords(entry),
      servedBy: servedWords(entry),
      classes: classWords(joined),
    };
  });
}

function idWords({ id }: AcpiWmiEntry): string {
  if (id.kind === 'object') return id.text;
  return `notify 0x${id.code.toString(16).toUpperCase().padStart(2, '0')}`;
}

function flagWords({ flags }: AcpiWmiEntry): string {
  const names = (['expensive', 'method', 'string', 'event'] as const).filter((name) => flags[name]);
  const unknown = flags.unknown === 0 ? [] : [`0x${flags.unknown.toString(16).toUpperCase()}`];
  return [...names, ...unknown].join(', ') || '-';
}

function servedWords({ objects, missing }: AcpiWmiEntry): string {
  const names = objects.map(({ name }) => name);
  return [...names, ...missing.map((name) => `${name} (missing)`)].join(', ') || '-';
}

function classWords({ classes, moreClasses, isBinaryMof }: JoinedEntry): string {
  const names = new Set(classes.map(({ name }) => name));
  const more = moreClasses === 0 ? [] : [`${moreClasses} more`];
  return [...(isBinaryMof ? ['binary MOF'] : []), ...names, ...more].join(', ') || '-';
}
