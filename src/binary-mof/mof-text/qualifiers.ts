/** Writes qualifiers with their values and flavors. */
import { isFlavor } from '../../../grammar/vocabulary.js';
import { type BinaryQualifier, FLAVOR } from '../document.js';
import { isName } from './names.js';
import { bracketed, ended, framed, type Piece, word } from './pieces.js';
import { type Place } from './places.js';
import { valueText, type WriteInstance } from './values.js';

/**
 * A list in its brackets, which are in `depth` others; `undefined` when nothing is in it. What cannot be written is a fault, and left
 * out.
 */
export function qualifierList(
  qualifiers: readonly BinaryQualifier[],
  place: Place,
  depth: number,
  writeInstance: WriteInstance,
): Piece | undefined {
  const items = qualifiers.flatMap(
    (qualifier) => qualifierText(qualifier, place, depth, writeInstance) ?? [],
  );
  return items.length === 0 ? undefined : bracketed(items);
}

function qualifierText(
  qualifier: BinaryQualifier,
  owner: Place,
  depth: number,
  writeInstance: WriteInstance,
): Piece | undefined {
  const { name, type, isArray, value } = qualifier;
  const place = owner.within('qualifier', name);
  if (!isName(name)) {
    place.report('its name is not a valid MOF name');
    return undefined;
  }
  const flavors = flavorText(qualifier.flavor, place);
  if (value === true && type === 'boolean' && !isArray && !isFlavor(name))
    return word(name + flavors);
  if (value === undefined) {
    if (type === 'string' && !isArray) return word(`${name}(NULL)${flavors}`);
    place.report(`it has no value, and the type ${type}${isArray ? '[]' : ''}`);
    return undefined;
  }
  const text = valueText(qualifier, place, { depth: depth + 2, elements: 'string', writeInstance });
  if (text === undefined) return undefined;
  return ended(isArray ? framed(name, text, '') : framed(`${name}(`, text, ')'), flavors);
}

const FLAVOR_NAMES = Object.entries(FLAVOR);
const KNOWN_FLAVORS = FLAVOR_NAMES.reduce((sum, [, bit]) => sum | bit, 0);

function flavorText(flavor: number, place: Place): string {
  const unknown = flavor & ~KNOWN_FLAVORS;
  if (unknown !== 0) {
    place.report(`its flavor has bits that MOF cannot express (0x${(unknown >>> 0).toString(16)})`);
  }
  const words = FLAVOR_NAMES.flatMap(([name, bit]) => ((flavor & bit) === 0 ? [] : [name]));
  return words.length === 0 ? '' : ` : ${words.join(' ')}`;
}
