/**
 * Finds changes of a MOF that break the consumers of its provider: compares the WMI classes of new and old texts by GUID.
 *
 * A pure function over models. A change is a break when a consumer that was compiled or registered with the old text fails with
 * the new provider. docs/breaking.md has every case.
 */
import { nameKey } from '../text/name-key.js';
import { type Diagnostic, type Location } from '../diagnostics/diagnostic.js';
import { type DataBlock, type Model, type MofClass } from '../model/model.js';

import { addTo } from '../text/lists.js';
import { type Changes, changes } from './changes.js';
import { compareMethods } from './methods.js';
import { compareData } from './records.js';

/** The two states of one text; a side is absent where the text was added or removed. */
export interface ComparedText {
  readonly now: Model | undefined;
  readonly before: Model | undefined;
  /** The place in the new text where a removed class is reported. */
  readonly place?: Location | undefined;
}

/** A block that is registered with WMI, so that consumers find it by its GUID. */
interface Registered {
  readonly block: DataBlock;
  readonly guid: string;
  readonly model: Model;
}

/**
 * Every change that consumers may notice, in the order of the old texts. A block is looked for in the new state of its own text
 * first, then in all others, so that classes may move from file to file.
 */
export function breakingChanges(texts: readonly ComparedText[]): readonly Diagnostic[] {
  const found = changes();
  const own = new Map(texts.map((text) => [text, lookup([text.now])]));
  const anywhere = lookup(texts.map(({ now }) => now));
  for (const text of texts) {
    const places = [own.get(text) ?? anywhere, anywhere];
    for (const old of registeredIn(text.before)) {
      const now = places.map(({ byGuid }) => byGuid.get(old.guid)?.[0]).find(isThere);
      const namesake = places
        .map(({ byName }) => byName.get(nameKey(old.block.name))?.[0])
        .find(isThere);
      if (now !== undefined) compareBlocks(now, old, namesake, found);
      else if (namesake !== undefined) reportOtherGuid(namesake, old, found);
      else reportGone(old, places, text.place, found);
    }
  }
  return found.all();
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}

interface Lookup {
  readonly byGuid: ReadonlyMap<string, readonly Registered[]>;
  readonly byName: ReadonlyMap<string, readonly Registered[]>;
  /** The classes by name, registered or not. */
  readonly classes: ReadonlyMap<string, readonly MofClass[]>;
}

function lookup(models: readonly (Model | undefined)[]): Lookup {
  const byGuid = new Map<string, Registered[]>();
  const byName = new Map<string, Registered[]>();
  const classes = new Map<string, MofClass[]>();
  for (const model of models) {
    for (const each of registeredIn(model)) {
      addTo(byGuid, each.guid, each);
      addTo(byName, nameKey(each.block.name), each);
    }
    for (const each of model?.classes ?? []) addTo(classes, nameKey(each.name), each);
  }
  return { byGuid, byName, classes };
}

function registeredIn(model: Model | undefined): readonly Registered[] {
  return (model?.blocks ?? []).flatMap((block) =>
    model === undefined || block.role === 'structure' || block.guid === undefined
      ? []
      : [{ block, guid: block.guid, model }],
  );
}

const KEEP_OLD =
  'keep the old block, and give the new one its own class name and guid: WMI has no versions of a block';

function compareBlocks(
  { block, model }: Registered,
  { block: old, model: oldModel }: Registered,
  namesake: Registered | undefined,
  found: Changes,
): void {
  if (nameKey(block.name) !== nameKey(old.name)) {
    const other =
      namesake === undefined ? '' : `; '${old.name}' is the block {${namesake.guid}} now`;
    found.add({
      code: 'MOF6004',
      location: block.class.location,
      message: `the block {${old.guid ?? ''}} is called '${block.name}' instead of '${old.name}'${other}`,
      before: { location: old.class.location, message: `in the old text it is '${old.name}'` },
      help: `call it '${old.name}': queries and scripts find a block by its class name`,
    });
  }
  if (block.role !== old.role) {
    const [is, was] =
      block.role === 'event' ? ['an event', 'a data block'] : ['a data block', 'an event'];
    found.add({
      code: 'MOF6003',
      location: block.class.location,
      message: `'${block.name}' is ${is} instead of ${was}`,
      before: { location: old.class.location, message: `in the old text it is ${was}` },
      help: KEEP_OLD,
    });
    return;
  }
  reportLostSuperclass(block, ancestorsOf(block, model), old, ancestorsOf(old, oldModel), found);
  compareData(block, old, found);
  compareMethods(block, old, found);
}

function reportOtherGuid(
  { block, guid }: Registered,
  { block: old, guid: oldGuid }: Registered,
  found: Changes,
): void {
  found.add({
    code: 'MOF6002',
    location: block.qualifiers.entry('guid')?.location ?? block.class.location,
    message: `'${block.name}' has the guid {${guid}} instead of {${oldGuid}}, which no block has now`,
    before: {
      location: old.qualifiers.entry('guid')?.location ?? old.class.location,
      message: `in the old text it is {${oldGuid}}`,
    },
    help: KEEP_OLD,
  });
}

function reportGone(
  { block: old, guid }: Registered,
  places: readonly Lookup[],
  place: Location | undefined,
  found: Changes,
): void {
  const unregistered = places
    .map(({ classes }) => classes.get(nameKey(old.name))?.[0])
    .find(isThere);
  const what = old.role === 'event' ? 'event' : 'block';
  found.add({
    code: 'MOF6001',
    location: unregistered?.location ?? place,
    message:
      unregistered === undefined
        ? `the ${what} '${old.name}' is gone: no class has the guid {${guid}}`
        : `'${old.name}' is no longer ${what === 'event' ? 'an event' : 'a block'} that WMI knows by the guid {${guid}}`,
    before: { location: old.class.location, message: `in the old text it is here` },
    help: `keep it as long as it has consumers`,
  });
}

/** The names of the classes above, the nearest first. */
function ancestorsOf({ class: from }: DataBlock, { classes }: Model): readonly string[] {
  const byName = new Map(classes.map((each) => [nameKey(each.name), each]));
  const names = new Map<string, string>();
  let next = from.superclass;
  while (next !== undefined && !names.has(nameKey(next))) {
    names.set(nameKey(next), next);
    next = byName.get(nameKey(next))?.superclass;
  }
  return [...names.values()];
}

function reportLostSuperclass(
  block: DataBlock,
  ancestors: readonly string[],
  old: DataBlock,
  oldAncestors: readonly string[],
  found: Changes,
): void {
  const kept = new Set(ancestors.map(nameKey));
  const lost = oldAncestors.find((each) => !kept.has(nameKey(each)));
  if (lost === undefined) return;
  found.add({
    code: 'MOF6005',
    location: block.class.location,
    message: `'${block.name}' no longer derives from '${lost}'`,
    before: { location: old.class.location, message: `in the old text it does` },
    help: `a query for '${lost}' no longer returns it; derive it from '${lost}' again`,
  });
}
