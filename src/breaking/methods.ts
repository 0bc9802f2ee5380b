/** Compares the methods of a block with its old methods: ids, names, parameters. */
import { nameKey } from '../text/name-key.js';
import { type Location } from '../diagnostics/diagnostic.js';

import { type DataBlock, type Method, type WireRecord } from '../model/model.js';
import { typeWords } from '../show/wording.js';
import { type Changes } from './changes.js';
import { NEW_METHOD } from './item-changes.js';
import { type EmbeddedRecords, noEmbeddedRecords, type RecordPlace } from './record-place.js';
import { compareRecords } from './records.js';

export function compareMethods(block: DataBlock, old: DataBlock, found: Changes): void {
  const embedded = noEmbeddedRecords();
  const names = new Map(block.methods.map((method) => [nameKey(method.name), method]));
  const oldNames = new Set(old.methods.map(({ name }) => nameKey(name)));
  for (const before of old.methods) {
    const now =
      names.get(nameKey(before.name)) ??
      block.methods.find(
        (each) =>
          each.id === before.id &&
          !oldNames.has(nameKey(each.name)) &&
          signature(each) === signature(before),
      );
    if (now === undefined) reportGone(before, block, found);
    else compareMethod(now, before, block, embedded, found);
  }
}

/** Directions and types, in order. */
function signature({ parameters, input, output }: Method): string {
  const types = [input, output].map(({ items }) => items.map(typeWords));
  return JSON.stringify([parameters.map(({ direction }) => direction), types]);
}

function reportGone(before: Method, block: DataBlock, found: Changes): void {
  found.add({
    code: 'MOF6201',
    location: block.class.location,
    message: `'${block.name}' no longer has the method '${before.name}', WmiMethodId ${before.id}`,
    before: { location: before.location, message: 'in the old text it is here' },
    help: 'keep it as long as it has callers',
  });
}

function compareMethod(
  now: Method,
  before: Method,
  block: DataBlock,
  embedded: EmbeddedRecords,
  found: Changes,
): void {
  if (nameKey(now.name) !== nameKey(before.name)) {
    found.add({
      code: 'MOF6202',
      location: now.location,
      message: `the method '${now.name}' of '${block.name}' was called '${before.name}'`,
      before: { location: before.location, message: `in the old text it is '${before.name}'` },
      help: `call it '${before.name}': scripts find it by its name`,
    });
  }
  if (isImplemented(before) && !isImplemented(now)) {
    found.add({
      code: 'MOF6201',
      location: now.location,
      message: `the method '${now.name}' of '${block.name}' is no longer Implemented`,
      before: { location: before.location, message: 'in the old text it is' },
      help: 'keep Implemented: WMI calls no other methods',
    });
  }
  if (now.id !== before.id) {
    found.add({
      code: 'MOF6203',
      location: idLocation(now),
      message: `the method '${now.name}' of '${block.name}' has the WmiMethodId ${now.id} instead of ${before.id}`,
      before: { location: idLocation(before), message: `in the old text it is ${before.id}` },
      help: `keep ${before.id} for it`,
    });
  }
  const turned = reportDirections(now, before, found);
  const place: RecordPlace = {
    owner: `the method '${now.name}'`,
    block: block.name,
    kind: 'parameters',
    location: now.location,
    oldLocation: before.location,
    isOpen: false,
    isEnd: true,
    isSent: true,
    isWritable: () => true,
    embedded,
  };
  compareRecords(now.input, before.input, place, found, turned);
  compareRecords(now.output, before.output, { ...place, isWritable: () => false }, found, turned);
}

function isImplemented({ qualifiers }: Method): boolean {
  return qualifiers.get('Implemented') === true;
}

function idLocation({ qualifiers, location }: Method): Location {
  return qualifiers.entry('WmiMethodId')?.location ?? location;
}

/** Reports parameters with another direction; the result are their names. */
function reportDirections(now: Method, before: Method, found: Changes): ReadonlySet<string> {
  const turned = new Set<string>();
  for (const { name, direction, id } of now.parameters) {
    const old = before.parameters.find((each) => nameKey(each.name) === nameKey(name));
    if (old === undefined || old.direction === direction) continue;
    turned.add(nameKey(name));
    found.add({
      code: 'MOF6204',
      location: parameterLocation(now, id),
      message: `the parameter '${name}' of the method '${now.name}' is ${WORDS[direction]} instead of ${WORDS[old.direction]}`,
      before: {
        location: parameterLocation(before, old.id),
        message: `in the old text it is ${WORDS[old.direction]}`,
      },
      help: NEW_METHOD,
    });
  }
  return turned;
}

const WORDS = { in: '[in]', out: '[out]', 'in-out': '[in, out]' } as const;

function parameterLocation({ input, output, location }: Method, id: number): Location {
  const find = ({ items }: WireRecord) => items.find((item) => item.id === id);
  return (find(input) ?? find(output))?.location ?? location;
}
