/**
 * Predefined macros, as data with their sources: those of the Windows Driver Kit's compiler (--wdk), and those of winapifamily.h, on
 * which conditions of C headers fall back when that header is not found.
 */
import { type Macro, macroFrom, predefinedMacro } from './macros.js';
import { type WdkArchitecture } from './options.js';

/** https://learn.microsoft.com/cpp/preprocessor/predefined-macros, for C without /Za. */
const COMPILER = 'Microsoft C++, predefined macros';
/** https://learn.microsoft.com/cpp/porting/modifying-winver-and-win32-winnt: the value of Windows 10, which Windows 11 has too. */
const VERSION = 'Microsoft C++, update WINVER and _WIN32_WINNT';
/** The PreprocessorDefinitions of a platform, as they are on the compiler's command line in the log of a driver's build. */
const KIT = 'WDK, build/WindowsDriver.*.props';
/** storage/iscsi of Microsoft's driver samples defines it before its MOF includes a header that C shares. */
const SAMPLES = 'Windows-driver-samples, storage/iscsi/src/common.mof';

interface Row {
  readonly name: string;
  readonly text: string;
  /** `undefined` for all. */
  readonly only: readonly WdkArchitecture[] | undefined;
  readonly source: string;
}

function row(name: string, text: string, source: string, ...only: WdkArchitecture[]): Row {
  return { name, text, source, only: only.length === 0 ? undefined : only };
}

/** RC_INVOKED is not among them: it is the resource compiler's. */
export const WDK_MACROS: readonly Row[] = [
  row('_WIN32', '1', COMPILER),
  row('_WIN64', '1', COMPILER, 'x64', 'arm64'),
  // Visual Studio 2022, version 17.0.
  row('_MSC_VER', '1930', COMPILER),
  row('_MSC_EXTENSIONS', '1', COMPILER),
  row('_MSVC_TRADITIONAL', '1', COMPILER),
  row('_INTEGRAL_MAX_BITS', '64', COMPILER),
  row('_M_FP_PRECISE', '1', COMPILER),
  row('__STDC_HOSTED__', '1', COMPILER),
  row('_M_AMD64', '100', COMPILER, 'x64'),
  row('_M_X64', '100', COMPILER, 'x64'),
  row('_M_IX86', '600', COMPILER, 'x86'),
  row('_M_ARM64', '1', COMPILER, 'arm64'),
  row('_WIN32_WINNT', '0x0A00', VERSION),
  row('WINVER', '0x0A00', VERSION),
  row('_AMD64_', '1', KIT, 'x64'),
  row('AMD64', '1', KIT, 'x64'),
  row('_X86_', '1', KIT, 'x86'),
  row('i386', '1', KIT, 'x86'),
  row('_ARM64_', '1', KIT, 'arm64'),
  row('ARM64', '1', KIT, 'arm64'),
  row('MOFCOMP_PASS', '', SAMPLES),
];

/** The macros for one architecture. */
export function wdkMacros(architecture: WdkArchitecture): readonly Macro[] {
  return WDK_MACROS.filter(({ only }) => only?.includes(architecture) ?? true).map(
    ({ name, text }) => predefinedMacro(name, text),
  );
}

/** Microsoft's documentation of API partitions: without a definition of WINAPI_FAMILY a program belongs to the family DESKTOP_APP. */
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
