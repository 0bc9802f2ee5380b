/** The classes that every Windows namespace has; a file may use them without declaring them, and may declare them again. */
import { key } from './findings.js';

interface BuiltInClass {
  readonly name: string;
  readonly superclass: string | undefined;
  /** Whether a class that derives from it is an event that a provider fires. */
  readonly isEvent: boolean;
}

/** WMI's system classes for events (Win32 WMI reference, "WMI System Classes") and the roots of driver events and of ETW. */
export const BUILT_IN_CLASSES = [
  { name: '__Event', superclass: undefined, isEvent: true },
  { name: '__ExtrinsicEvent', superclass: '__Event', isEvent: true },
  { name: 'EventTrace', superclass: undefined, isEvent: false },
  { name: 'WMIEvent', superclass: '__ExtrinsicEvent', isEvent: true },
] as const satisfies readonly BuiltInClass[];

/**
 * Classes of wmicore.mof that have neither items nor methods and stand above those of one kind of driver. A file may derive
 * from them without declaring them ("inherit only from classes of the same file or of wmicore.mof").
 */
const PLAIN_BASES: ReadonlySet<string> = new Set(
  [
    'MSAcpi',
    'MSDiskDriver',
    'MSKeyboard',
    'MSMouse',
    'MSNdis',
    'MSParallel',
    'MSSerial',
    'MSStorageDriver',
    'MSWmi',
  ].map((each) => key(each)),
);

/** Whether Windows has a class of that name which gives no data to those that derive from it. */
export function isPlainBase(name: string): boolean {
  return PLAIN_BASES.has(key(name));
}

const byKey: ReadonlyMap<string, BuiltInClass> = new Map(
  BUILT_IN_CLASSES.map((each) => [key(each.name), each]),
);

/** The built-in class of that name, in any case. */
export function builtInClass(name: string): BuiltInClass | undefined {
  return byKey.get(key(name));
}
