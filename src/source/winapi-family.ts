/**
 * The macros of the Windows SDK's winapifamily.h, as they are for desktop programs and drivers. Conditions of C headers fall
 * back on them where that header is not found, since nearly all of the SDK's headers depend on them as a whole.
 */
import { type Macro, macroFrom } from './macros.js';

/** Microsoft's documentation of API partitions: a program that says nothing else is of the family DESKTOP_APP. */
const MACROS: readonly (readonly [head: string, body: string])[] = [
  ['WINAPI_FAMILY_DESKTOP_APP', '100'],
  ['WINAPI_FAMILY', '100'],
  ['WINAPI_PARTITION_DESKTOP', '1'],
  ['WINAPI_PARTITION_APP', '1'],
  ['WINAPI_PARTITION_PC_APP', '1'],
  ['WINAPI_FAMILY_PARTITION(Partitions)', '(Partitions)'],
  ['WINAPI_FAMILY_ONE_PARTITION(Family, Partition)', '((WINAPI_FAMILY == Family) && Partition)'],
];

let byName: ReadonlyMap<string, Macro> | undefined;

/** What winapifamily.h defines as `name`. */
export function winapiFamilyMacro(name: string): Macro | undefined {
  if (!name.startsWith('WINAPI_')) return undefined;
  byName ??= new Map(
    MACROS.flatMap(([head, body]) => {
      const macro = macroFrom('winapifamily.h', head, body);
      return macro === undefined ? [] : [[macro.name, macro] as const];
    }),
  );
  return byName.get(name);
}
