/**
 * The table of every diagnostic code: one row a code, with its severity, a short title and each fact that some stage needs.
 *
 * The first digit is the stage (STAGES). A code is never given a second meaning. test/diagnostics checks that each row has a bad sample.
 */
import { type Severity, SYNTAX_CODES, type SyntaxRow } from '../../grammar/codes.js';

export { type Severity };

export interface Row extends Pick<SyntaxRow, 'severity' | 'title' | 'hides'> {
  /**
   * An error that may be suppressed: what is emitted is right whether Windows accepts the text or not, or, for a change since an
   * earlier text, the author decides who has to follow. Every warning may be suppressed.
   */
  readonly allowable?: true;
  /** A file is missing that may define macros. */
  readonly lacksInclude?: true;
  /** Concerns the bytes of a binary MOF or an ACPI table. */
  readonly ofBinary?: true;
  /** Compares two declarations, so a syntax error in either explains it. */
  readonly compares?: true;
  /** A name where a value belongs: a macro that was not read leaves one. */
  readonly mayBeMacro?: true;
  /** The qualifiers, in lower case, whose absence leads to it: a misspelled one explains it. */
  readonly lacksQualifier?: readonly string[];
  /** At its related places it explains the diagnostics of this code. */
  readonly explainsAtRelated?: `MOF${number}`;
  /** Reported only when nothing else is wrong with the classes. */
  readonly isHint?: true;
  /** Of several codes about one added item, the one with the highest rank is reported. */
  readonly additionRank?: number;
}

const { MOF1430, ...SYNTAX } = SYNTAX_CODES;

export const DIAGNOSTICS = {
  // Text: encoding and includes.
  MOF1001: { severity: 'error', title: 'the file cannot be read', hides: 'text' },
  MOF1002: {
    severity: 'error',
    title: 'the bytes are not in the encoding that the file claims',
    hides: 'text',
  },
  MOF1003: { severity: 'warning', title: 'the file is neither Unicode nor ASCII' },
  MOF1004: {
    severity: 'error',
    title: 'an included file cannot be read',
    hides: 'text',
    lacksInclude: true,
  },
  MOF1005: { severity: 'error', title: 'a file includes itself', hides: 'text' },
  MOF1006: { severity: 'error', title: 'an include directive without a file name', hides: 'text' },
  MOF1007: { severity: 'error', title: 'includes nested too deep', hides: 'text' },
  MOF1008: { severity: 'warning', title: 'C header that is not found', lacksInclude: true },
  MOF1009: { severity: 'error', title: 'the file is not text', hides: 'text' },
  MOF1010: { severity: 'warning', title: 'UTF-8 that mofcomp does not read' },
  MOF1011: { severity: 'warning', title: 'file name with an escape sequence' },
  MOF1012: { severity: 'error', title: 'damaged binary MOF', ofBinary: true },
  MOF1013: { severity: 'error', title: 'binary MOF that no MOF text describes', ofBinary: true },
  MOF1014: { severity: 'warning', title: 'ACPI table that is read in part', ofBinary: true },
  MOF1015: { severity: 'error', title: 'ACPI tables without a binary MOF', ofBinary: true },
  MOF1016: {
    severity: 'warning',
    title: 'binary MOF with other bytes than mofcomp writes',
    ofBinary: true,
  },
  // Text: lexical and syntax.
  ...SYNTAX,
  // Text: preprocessor.
  MOF1301: { severity: 'error', title: 'malformed #define or #undef', hides: 'text' },
  MOF1302: { severity: 'warning', title: 'macro defined again with another text' },
  MOF1303: { severity: 'error', title: 'macros that become too large or too deep', hides: 'text' },
  MOF1304: { severity: 'error', title: '#if without #endif', hides: 'text' },
  MOF1305: { severity: 'error', title: '#elif, #else or #endif out of place' },
  MOF1306: { severity: 'error', title: 'condition that cannot be evaluated', hides: 'text' },
  MOF1307: { severity: 'warning', title: 'condition of a C header that cannot be evaluated' },
  MOF1308: { severity: 'error', title: '#error was reached' },
  MOF1309: { severity: 'warning', title: '#warning was reached' },
  // Text: localisation.
  MOF1401: { severity: 'warning', title: 'amendment of something that is not declared' },
  // Text: macros with parameters, and C headers.
  MOF1420: { severity: 'error', title: 'wrong number of arguments of a macro' },
  MOF1421: { severity: 'error', title: 'arguments of a macro without an end' },
  MOF1422: { severity: 'warning', title: '## that makes no token' },
  MOF1423: { severity: 'warning', title: '#error of a C header was reached' },
  // Text: what other programs bring along.
  MOF1430,
  // Text: comments to mofgen, and names that a command line chooses.
  MOF1901: { severity: 'warning', title: 'unused mofgen-allow' },
  MOF1902: { severity: 'warning', title: 'malformed mofgen-allow' },
  MOF1903: { severity: 'warning', title: 'malformed comment for a class' },
  MOF1904: { severity: 'error', title: 'chosen class that does not exist' },
  // Meaning: classes and their hierarchy.
  MOF2001: { severity: 'error', title: 'class declared again with other contents', compares: true },
  MOF2002: { severity: 'warning', title: 'class declared more than once' },
  MOF2003: { severity: 'error', title: 'name declared twice in one place' },
  MOF2004: { severity: 'error', title: 'unknown superclass of a WMI class', allowable: true },
  MOF2005: { severity: 'warning', title: 'unknown superclass' },
  MOF2006: { severity: 'error', title: 'class derives from itself' },
  MOF2007: { severity: 'warning', title: 'unknown class outside of WMI' },
  MOF2008: { severity: 'error', title: 'unknown class in a WMI layout' },
  MOF2009: { severity: 'warning', title: 'class name with an underscore at an end' },
  MOF2010: { severity: 'warning', title: 'name with a character that WMI refuses' },
  MOF2011: { severity: 'warning', title: 'class embedded before it is declared' },
  MOF2012: { severity: 'warning', title: 'event derived from __ExtrinsicEvent itself' },
  MOF2013: { severity: 'warning', title: 'abstract class of events' },
  MOF2014: { severity: 'warning', title: 'second abstract class of a hierarchy' },
  MOF2015: { severity: 'warning', title: 'event that does not derive from WMIEvent' },
  MOF2016: { severity: 'error', title: 'hierarchy that is too deep or too large' },
  // Meaning: qualifiers and GUIDs.
  MOF2101: { severity: 'error', title: 'qualifier value of the wrong type' },
  MOF2102: { severity: 'warning', title: 'qualifier where it has no effect' },
  MOF2103: { severity: 'error', title: 'qualifier given twice with different values' },
  MOF2104: { severity: 'error', title: 'malformed GUID' },
  MOF2105: { severity: 'error', title: 'WMI class without a GUID', lacksQualifier: ['guid'] },
  MOF2106: { severity: 'warning', title: 'one GUID on two classes' },
  MOF2107: { severity: 'warning', title: 'values and their map differ in length' },
  MOF2108: {
    severity: 'warning',
    title: 'name in place of a value that is left out',
    mayBeMacro: true,
  },
  MOF2109: {
    severity: 'error',
    title: 'name in place of a value that decides something',
    mayBeMacro: true,
  },
  MOF2110: {
    severity: 'warning',
    title: 'class that looks registered, but is not',
    lacksQualifier: ['dynamic', 'guid', 'wmi'],
  },
  MOF2111: {
    severity: 'warning',
    title: 'block without the Provider WMIProv',
    lacksQualifier: ['provider'],
  },
  MOF2112: { severity: 'warning', title: 'block that is not Dynamic', lacksQualifier: ['dynamic'] },
  MOF2120: { severity: 'warning', title: 'qualifier that is probably misspelled' },
  // Meaning: data items and their ids.
  MOF2201: {
    severity: 'warning',
    title: 'property of a WMI block without a WmiDataId',
    lacksQualifier: ['wmidataid'],
  },
  MOF2202: { severity: 'error', title: 'WmiDataId used twice' },
  MOF2203: { severity: 'warning', title: 'WmiDataIds do not count from 1 without gaps' },
  MOF2204: { severity: 'error', title: 'id outside of 0 to 4294967295' },
  MOF2205: {
    severity: 'warning',
    title: 'overridden under another id',
    compares: true,
    lacksQualifier: ['wmidataid', 'wmimethodid'],
  },
  MOF2206: { severity: 'error', title: 'WmiDataId below an inherited one' },
  MOF2207: {
    severity: 'error',
    title: 'WmiDataId on InstanceName or Active of a registered class',
  },
  MOF2208: {
    severity: 'error',
    title: 'inherited data item overridden with another form',
    compares: true,
  },
  MOF2209: { severity: 'error', title: 'block without InstanceName', allowable: true },
  MOF2210: {
    severity: 'error',
    title: 'InstanceName or Active of another form',
    allowable: true,
    lacksQualifier: ['key'],
  },
  MOF2211: { severity: 'warning', title: 'key that is not InstanceName' },
  MOF2212: { severity: 'warning', title: 'WmiTimeStamp on something that is not a 64-bit integer' },
  MOF2213: { severity: 'warning', title: 'WmiEventTrigger or WmiEventRate names no item' },
  MOF2214: { severity: 'warning', title: 'block without Active' },
  MOF2215: {
    severity: 'error',
    title: 'WmiDataId or size that does not reach a derived class',
    allowable: true,
  },
  MOF2216: { severity: 'warning', title: 'write that does not reach a derived class' },
  MOF2217: { severity: 'warning', title: 'method without parentheses' },
  MOF2218: {
    severity: 'error',
    title: 'value that a superclass does not allow to change',
    allowable: true,
  },
  // Meaning: types and counts of items.
  MOF2301: { severity: 'error', title: 'real number in a WMI layout' },
  MOF2302: { severity: 'error', title: 'type that WMI data cannot have' },
  MOF2303: { severity: 'error', title: 'class embedded in itself' },
  MOF2304: { severity: 'error', title: 'embedded class without data items' },
  MOF2305: { severity: 'error', title: 'MaxLen out of range' },
  MOF2306: { severity: 'warning', title: 'MaxLen on something that is not a string' },
  MOF2311: { severity: 'error', title: 'array length out of range' },
  MOF2312: { severity: 'error', title: 'WmiSizeIs on something that is not an array' },
  MOF2313: {
    severity: 'error',
    title: 'WmiSizeIs names no item',
    lacksQualifier: ['wmidataid'],
    explainsAtRelated: 'MOF2201',
  },
  MOF2314: { severity: 'error', title: 'WmiSizeIs names something that is not an integer' },
  MOF2315: { severity: 'error', title: 'count after its array' },
  MOF2316: {
    severity: 'error',
    title: 'array whose end cannot be found',
    lacksQualifier: ['max', 'wmisizeis'],
  },
  MOF2317: {
    severity: 'warning',
    title: 'array that fills the rest of the buffer',
    lacksQualifier: ['max', 'wmisizeis'],
  },
  MOF2318: { severity: 'warning', title: 'WmiSizeIs on an array of fixed length' },
  MOF2319: { severity: 'warning', title: 'Max where it has no effect' },
  // Meaning: layout.
  MOF2401: { severity: 'error', title: 'data larger than a ULONG can hold' },
  MOF2402: { severity: 'warning', title: 'variable-length item that is not last' },
  MOF2403: { severity: 'warning', title: 'event above 1 KB' },
  MOF2404: { severity: 'warning', title: 'order of items that costs padding', isHint: true },
  // Meaning: methods.
  MOF2501: {
    severity: 'warning',
    title: 'method of a WMI block without a WmiMethodId',
    lacksQualifier: ['wmimethodid'],
  },
  MOF2502: { severity: 'error', title: 'WmiMethodId used twice' },
  MOF2503: { severity: 'warning', title: 'method that returns a value' },
  MOF2504: { severity: 'warning', title: 'parameter IDs without an order' },
  MOF2505: { severity: 'warning', title: 'method of an event' },
  MOF2506: { severity: 'warning', title: 'input parameter after an output parameter' },
  // Meaning: values, and arguments of directives.
  MOF2601: { severity: 'error', title: 'default value of another type', allowable: true },
  MOF2602: { severity: 'error', title: 'number that its type does not hold', allowable: true },
  MOF2603: { severity: 'error', title: 'default that is not a datetime', allowable: true },
  MOF2604: { severity: 'error', title: 'default with too many elements', allowable: true },
  MOF2605: { severity: 'error', title: 'default longer than its MaxLen', allowable: true },
  MOF2606: {
    severity: 'error',
    title: 'name in place of a default value',
    allowable: true,
    mayBeMacro: true,
  },
  MOF2607: { severity: 'warning', title: 'default of a count that is not that of its array' },
  MOF2608: { severity: 'warning', title: 'default that is left out' },
  MOF2611: {
    severity: 'warning',
    title: 'value outside of WMI layouts that does not fit its type',
  },
  MOF2612: { severity: 'warning', title: 'limit that allows nothing, or not the default' },
  MOF2613: { severity: 'warning', title: 'ValueMap entry that no value can be' },
  MOF2614: { severity: 'warning', title: 'instance gives a value to an unknown property' },
  MOF2615: { severity: 'warning', title: 'alias of no instance, or of two' },
  MOF2621: { severity: 'warning', title: 'directive with arguments that have no meaning' },
  // Generating: the C header.
  MOF3101: { severity: 'error', title: 'one C structure name for two classes' },
  MOF3102: { severity: 'warning', title: 'name that the C header changes' },
  MOF3103: { severity: 'warning', title: 'macro that cannot have its bare name' },
  MOF3104: { severity: 'warning', title: 'cpp_quote left out of the C header' },
  MOF3105: { severity: 'warning', title: 'value that cannot be a macro' },
  MOF3106: { severity: 'warning', title: 'structure that another C header has to declare' },
  // Generating: what a driver's provider in C cannot do.
  MOF3201: { severity: 'error', title: 'classes embedded too deep for a kernel stack' },
  MOF3202: { severity: 'error', title: 'GUID that a driver cannot register' },
  MOF3203: { severity: 'warning', title: 'data too large for a provider' },
  MOF3204: { severity: 'error', title: 'one GUID for two classes of a provider' },
  MOF3205: { severity: 'warning', title: 'lock that --no-instance-lock does not take away' },
  // Generating: targets that are not built in.
  MOF3301: { severity: 'error', title: 'target that is not found' },
  MOF3302: { severity: 'error', title: 'target that cannot be imported' },
  MOF3303: { severity: 'error', title: 'module without a target' },
  MOF3304: { severity: 'error', title: 'target with a wrong part' },
  MOF3305: { severity: 'error', title: 'target with the name of another one' },
  MOF3306: { severity: 'error', title: 'file of a target that leaves the output folder' },
  MOF3307: { severity: 'error', title: 'one file name for two files of targets' },
  MOF3308: { severity: 'error', title: 'target that fails' },
  // Generated files, compared by generate --check.
  MOF4001: { severity: 'error', title: 'generated file that is missing' },
  MOF4002: { severity: 'error', title: 'generated file that was edited' },
  MOF4003: { severity: 'error', title: 'generated file that is out of date' },
  MOF4004: { severity: 'error', title: 'file that is no longer generated' },
  MOF4005: { severity: 'warning', title: 'file that is no longer generated and is kept' },
  MOF4006: { severity: 'warning', title: 'file of yours under two names' },
  // Compiling to a binary MOF.
  MOF5001: { severity: 'error', title: 'value that a binary MOF cannot hold' },
  MOF5002: { severity: 'error', title: 'list of values of different kinds' },
  MOF5003: { severity: 'error', title: 'type that a binary MOF cannot hold' },
  MOF5004: { severity: 'warning', title: 'directive that a binary MOF cannot hold' },
  // Compared with an earlier text: classes.
  MOF6001: { severity: 'error', title: 'block that is gone', allowable: true },
  MOF6002: { severity: 'error', title: 'class with another GUID', allowable: true },
  MOF6003: {
    severity: 'error',
    title: 'event that was a data block, or the reverse',
    allowable: true,
  },
  MOF6004: { severity: 'error', title: 'block with another class name', allowable: true },
  MOF6005: { severity: 'warning', title: 'block that left a superclass' },
  // Compared with an earlier text: items.
  MOF6101: { severity: 'error', title: 'item that is gone', allowable: true },
  MOF6102: { severity: 'error', title: 'item or parameter with another name', allowable: true },
  MOF6103: { severity: 'error', title: 'item with another WmiDataId', allowable: true },
  MOF6104: { severity: 'error', title: 'item of another type', allowable: true },
  MOF6105: { severity: 'error', title: 'layout that moved', allowable: true, additionRank: 2 },
  MOF6106: { severity: 'error', title: 'item that can no longer be read or set', allowable: true },
  MOF6107: { severity: 'warning', title: 'item added where nothing moves', additionRank: 0 },
  MOF6108: { severity: 'warning', title: 'item added to data that consumers set', additionRank: 1 },
  MOF6109: { severity: 'warning', title: 'number that means something else' },
  // Compared with an earlier text: methods.
  MOF6201: { severity: 'error', title: 'method that is gone', allowable: true },
  MOF6202: { severity: 'error', title: 'method with another name', allowable: true },
  MOF6203: { severity: 'error', title: 'method with another WmiMethodId', allowable: true },
  MOF6204: { severity: 'error', title: 'method with another signature', allowable: true },
} as const satisfies Record<`MOF${number}`, Row>;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;

/** The row of a code, with every column. */
export function rowOf(code: DiagnosticCode): Row {
  return DIAGNOSTICS[code];
}

/** The stages, by the digit after `MOF`. */
const STAGES = {
  1: { name: 'text' },
  2: { name: 'model' },
  3: { name: 'emit', variesByRun: true },
  4: { name: 'outputs' },
  5: { name: 'binary' },
  6: { name: 'breaking', variesByRun: true },
} as const satisfies Record<Digit, StageRow>;

type Digit = DiagnosticCode extends `MOF${infer D extends number}${number}` ? D : never;

export interface StageRow {
  readonly name: 'text' | 'model' | 'emit' | 'outputs' | 'binary' | 'breaking';
  /** Another run may find more: with other targets, or compared with another text. */
  readonly variesByRun?: true;
}

export function stageOf(code: DiagnosticCode): StageRow {
  return STAGES[Number(code[3]) as Digit];
}
