/** Joins `_WDG` entries with classes by GUID, and lists GUIDs without a class and classes without an entry. */
import { nameKey } from '../text/name-key.js';
import { addTo } from '../text/lists.js';
import { type AcpiWmi, type AcpiWmiDevice, type AcpiWmiEntry } from './acpi-wmi.js';

/** A class of the machine's MOF. */
export interface JoinedClass {
  readonly name: string;
  /** The text of its qualifier `guid`, with or without braces, in any case; undefined when it has none. */
  readonly guid: string | undefined;
  /** The names of its properties and methods. When they are given, the sample's classes are compared with them, too. */
  readonly members?: readonly string[];
}

export interface AcpiJoin<Class extends JoinedClass = JoinedClass> {
  /** Every entry, in the order of the devices. */
  readonly entries: readonly JoinedEntry<Class>[];
  /** Entries without a class; that of the binary MOF itself needs none. */
  readonly withoutClass: readonly JoinedEntry<Class>[];
  /** Classes with a GUID that no entry has: nothing on this machine serves them. */
  readonly withoutEntry: readonly Class[];
}

export interface JoinedEntry<Class extends JoinedClass = JoinedClass> {
  readonly device: AcpiWmiDevice;
  readonly entry: AcpiWmiEntry;
  /** Several when classes share a GUID, but at most MAX_CLASSES. */
  readonly classes: readonly Class[];
  /** How many more classes share it. */
  readonly moreClasses: number;
  /** Whether it is the data block with the binary MOF, which needs no class. */
  readonly isBinaryMof: boolean;
}

/** A GUID has one class, or a few versions of it. Many entries may have one GUID, so more are only counted. */
const MAX_CLASSES = 20;

/** Compares the classes with Microsoft's sample AcpiTest. */
export interface SampleMatch {
  /** Whether the classes are exactly those of the sample: boilerplate that does not describe the machine. */
  readonly isUnchanged: boolean;
  /** Names of the sample's classes that are unchanged: same name and GUID, and same members where these are known. */
  readonly unchanged: readonly string[];
  /** Names of the sample's classes that have other members here. */
  readonly changed: readonly string[];
}

/** The data block with the binary MOF: MSWmi_MofData in the WDK's wmicore.mof, served by WQxx. */
export const BINARY_MOF_GUID = '05901221-d566-11d1-b2f0-00a0c9062910';

export function joinAcpi<Class extends JoinedClass>(
  acpi: Pick<AcpiWmi, 'devices'>,
  classes: readonly Class[],
): AcpiJoin<Class> {
  const byGuid = new Map<string, Class[]>();
  for (const each of classes) {
    const guid = plainGuid(each.guid);
    if (guid !== undefined) addTo(byGuid, guid, each);
  }
  const shownOf = new Map([...byGuid].map(([guid, all]) => [guid, all.slice(0, MAX_CLASSES)]));
  const entries = acpi.devices.flatMap((device) =>
    device.entries.map((entry) => ({
      device,
      entry,
      classes: shownOf.get(entry.guid) ?? [],
      moreClasses: Math.max(0, (byGuid.get(entry.guid)?.length ?? 0) - MAX_CLASSES),
      isBinaryMof: entry.guid === BINARY_MOF_GUID,
    })),
  );
  const served = new Set<string | undefined>(entries.map(({ entry }) => entry.guid));
  return {
    entries,
    withoutClass: entries.filter((each) => each.classes.length === 0 && !each.isBinaryMof),
    withoutEntry: classes.filter(({ guid }) => guid !== undefined && !served.has(plainGuid(guid))),
  };
}

/** A GUID in the form of entries: lower case, without braces. Other texts equal no GUID of an entry. */
export function plainGuid(guid: string | undefined): string | undefined {
  return guid?.toLowerCase().replace(/^\{(.*)\}$/, '$1');
}

/**
 * The classes of wmi/wmiacpi/acpimof.mof of Microsoft's Windows-driver-samples, which vendors ship in firmware: name, the part of
 * the GUID that differs, members. Vendors also use these GUIDs for their own classes, and these names for classes with more methods.
 */
const SAMPLE = new Map(
  (
    [
      ['Package', '60', 'Bytes'],
      ['AcpiTest_QSPackage', '6a', 'InstanceName Active Data'],
      ['AcpiTest_QSString', '6b', 'InstanceName Active Text'],
      ['AcpiTest_QULong', '6c', 'InstanceName Active ULong'],
      ['AcpiTest_MPackage', '6d', 'InstanceName Active GetPackage SetPackage FirePackage'],
      ['AcpiTest_MString', '6e', 'InstanceName Active GetString SetString FireString'],
      ['AcpiTest_MULong', '6f', 'InstanceName Active GetULong SetULong FireULong'],
      ['AcpiTest_EventPackage', '70', 'InstanceName Active Data'],
      ['AcpiTest_EventString', '71', 'InstanceName Active Text'],
      ['AcpiTest_EventULong', '72', 'InstanceName Active ULong'],
    ] as const
  ).map(([name, part, members]) => [
    nameKey(name),
    { guid: `abbc0f${part}-8ea1-11d1-00a0-c90629100000`, members: memberKey(members.split(' ')) },
  ]),
);

/** How much of the sample the classes of one binary MOF are; undefined when they have none of its AcpiTest classes. */
export function sampleMatch(classes: readonly JoinedClass[]): SampleMatch | undefined {
  const unchanged: string[] = [];
  const changed: string[] = [];
  let others = 0;
  for (const { name, guid, members } of classes) {
    const known = SAMPLE.get(nameKey(name));
    if (known === undefined) {
      // The base of the sample's events, which most firmware declares.
      if (nameKey(name) !== 'wmievent') others++;
    } else if (
      known.guid === plainGuid(guid) &&
      (members === undefined || memberKey(members) === known.members)
    ) {
      unchanged.push(name);
    } else {
      changed.push(name);
    }
  }
  if (![...unchanged, ...changed].some((name) => /^acpitest_/i.test(name))) return undefined;
  const isWhole = new Set(unchanged.map((name) => nameKey(name))).size === SAMPLE.size;
  return {
    isUnchanged: isWhole && changed.length === 0 && others === 0,
    unchanged,
    changed,
  };
}

function memberKey(members: readonly string[]): string {
  return members
    .map((member) => nameKey(member))
    .sort()
    .join(' ');
}
