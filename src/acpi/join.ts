/**
 * Joins `_WDG` entries with classes by their GUIDs: which class a GUID has, which GUIDs have no class, which classes no GUID.
 *
 * Classes come as plain data. It must not know how a binary MOF or a MOF text is read.
 */
import { addTo } from '../lists.js';
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
  /** More than one when classes share a GUID. */
  readonly classes: readonly Class[];
  /** Whether it is the data block that gives out the binary MOF, which needs no class. */
  readonly isBinaryMof: boolean;
}

/** How much of Microsoft's sample AcpiTest the classes are. */
export interface SampleMatch {
  /** Whether the classes are all of the sample and no others: boilerplate that describes nothing of the machine. */
  readonly isUnchanged: boolean;
  /** Names of the sample's classes that are there unchanged, by name and GUID, and by members where these are known. */
  readonly unchanged: readonly string[];
  /** Names of the sample's classes that have other members here. */
  readonly changed: readonly string[];
}

/** The data block that gives out the binary MOF: MSWmi_MofData in the WDK's wmicore.mof, served by WQxx. */
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
  const entries = acpi.devices.flatMap((device) =>
    device.entries.map((entry) => ({
      device,
      entry,
      classes: byGuid.get(entry.guid) ?? [],
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

/** As entries have it, in lower case and without braces; what is no GUID equals none of an entry. */
export function plainGuid(guid: string | undefined): string | undefined {
  return guid?.toLowerCase().replace(/^\{(.*)\}$/, '$1');
}

/**
 * The classes of wmi/wmiacpi/acpimof.mof of Microsoft's Windows-driver-samples, which vendors ship in firmware: name, what differs
 * in the GUID, members. Vendors also give the GUIDs to classes of their own, and the names to classes with more methods.
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
    name.toLowerCase(),
    { guid: `abbc0f${part}-8ea1-11d1-00a0-c90629100000`, members: memberKey(members.split(' ')) },
  ]),
);

/** How much of the sample the classes of one binary MOF are; undefined when they have none of its AcpiTest classes. */
export function sampleMatch(classes: readonly JoinedClass[]): SampleMatch | undefined {
  const unchanged: string[] = [];
  const changed: string[] = [];
  let others = 0;
  for (const { name, guid, members } of classes) {
    const known = SAMPLE.get(name.toLowerCase());
    if (known === undefined) {
      // The base of the sample's events, which most firmware declares.
      if (name.toLowerCase() !== 'wmievent') others++;
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
  const isWhole = new Set(unchanged.map((name) => name.toLowerCase())).size === SAMPLE.size;
  return {
    isUnchanged: isWhole && changed.length === 0 && others === 0,
    unchanged,
    changed,
  };
}

function memberKey(members: readonly string[]): string {
  return members
    .map((member) => member.toLowerCase())
    .sort()
    .join(' ');
}
