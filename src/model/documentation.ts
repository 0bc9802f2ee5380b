/** The documentation of an item in a MOF: texts, units, ranges, names of values and bits. */
import { type Findings } from './findings.js';
import { type Documentation, type NamedValue, type QualifierSet } from './model.js';
import { integer, text, texts } from './qualifiers.js';

export function documentationOf(qualifiers: QualifierSet, report: Findings): Documentation {
  for (const [labels, map] of PAIRS) warnAboutLengths(qualifiers, labels, map, report);
  return {
    description: text(qualifiers, 'Description'),
    displayName: text(qualifiers, 'DisplayName'),
    units: text(qualifiers, 'Units'),
    minimum: integer(qualifiers, 'MinValue'),
    maximum: integer(qualifiers, 'MaxValue'),
    values: namedValues(qualifiers),
    bits: namedBits(qualifiers),
  };
}

/** Values with ValueMap; DefineValues replace absent Values, since they name the same values. */
function namedValues(qualifiers: QualifierSet): readonly NamedValue[] {
  const name = texts(qualifiers, 'Values') === undefined ? 'DefineValues' : 'Values';
  return paired(qualifiers, name, 'ValueMap').map(({ label, mapped }) => ({
    label,
    text: mapped,
    value: parseInteger(mapped),
  }));
}

/** BitValues with BitMap. */
function namedBits(qualifiers: QualifierSet): readonly NamedValue[] {
  const pairs = paired(qualifiers, 'BitValues', 'BitMap');
  const bitNumber = bitNumberReader(pairs.map(({ mapped }) => mapped));
  return pairs.map(({ label, mapped }) => ({ label, text: mapped, value: bitNumber(mapped) }));
}

/**
 * Reads entries of a BitMap. They are bit numbers in the documentation, but hexadecimal masks in iscsihba.mof of the Windows
 * driver samples: a map of only hexadecimal powers of two is read as masks.
 */
export function bitNumberReader(map: readonly string[]): (mapped: string) => bigint | undefined {
  const areMasks = map.every((mapped) => /^0x/i.test(mapped) && bitOfMask(mapped) !== undefined);
  return areMasks ? bitOfMask : parseInteger;
}

/** Lists of labels, and their maps. */
const PAIRS = [
  ['Values', 'ValueMap'],
  ['DefineValues', 'ValueMap'],
  ['BitValues', 'BitMap'],
] as const;

type Labels = (typeof PAIRS)[number][0];
type Mapping = (typeof PAIRS)[number][1];

/** The map; one without entries, as in dumps of a repository, counts as absent. */
function mapOf(qualifiers: QualifierSet, name: Mapping): readonly string[] | undefined {
  const map = texts(qualifiers, name);
  return map?.length === 0 ? undefined : map;
}

function warnAboutLengths(
  qualifiers: QualifierSet,
  labelsName: Labels,
  wantedMap: Mapping,
  report: Findings,
): void {
  const labels = texts(qualifiers, labelsName);
  const hasMap = mapOf(qualifiers, wantedMap) !== undefined;
  // Without a map, both lists are counted from 0.
  const mapName = !hasMap && labelsName === 'DefineValues' ? 'Values' : wantedMap;
  const map = mapName === 'Values' ? texts(qualifiers, mapName) : mapOf(qualifiers, mapName);
  const entry = qualifiers.entry(labelsName);
  if (labels === undefined || map === undefined || labels.length === map.length) return;
  if (entry === undefined) return;
  report.add(
    'MOF2107',
    entry.location,
    `'${entry.name}' has ${labels.length} entries, but '${mapName}' has ${map.length}`,
    {
      help: 'only those with a counterpart are used; a missing comma joins two strings into one',
      related: relatedEntry(qualifiers, mapName),
    },
  );
}

/** Labels with their map entries, counted from 0 without a map; unpaired entries are dropped. */
function paired(
  qualifiers: QualifierSet,
  labelsName: Labels,
  mapName: Mapping,
): readonly { readonly label: string; readonly mapped: string }[] {
  const labels = texts(qualifiers, labelsName) ?? [];
  const map = mapOf(qualifiers, mapName);
  return labels
    .slice(0, map?.length ?? labels.length)
    .map((label, index) => ({ label, mapped: map?.[index] ?? String(index) }));
}

function relatedEntry(qualifiers: QualifierSet, name: string) {
  const entry = qualifiers.entry(name);
  return entry === undefined ? [] : [{ location: entry.location, message: 'the other list' }];
}

/** Decimal or hexadecimal text as one integer; `undefined` for ranges such as `16..31` and other text. */
export function parseInteger(mapped: string): bigint | undefined {
  const match = /^\s*([+-]?)(\d+|0x[0-9a-f]+)\s*$/i.exec(mapped);
  if (match?.[2] === undefined) return undefined;
  const magnitude = BigInt(match[2]);
  return match[1] === '-' ? -magnitude : magnitude;
}

/** The number of the only bit of a mask. */
function bitOfMask(mapped: string): bigint | undefined {
  const mask = parseInteger(mapped);
  if (mask === undefined || mask <= 0n || (mask & (mask - 1n)) !== 0n) return undefined;
  return BigInt(mask.toString(2).length - 1);
}
