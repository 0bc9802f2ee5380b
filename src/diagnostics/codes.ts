/**
 * The table of every diagnostic code: one row a code, with its severity and what it is about in a few words.
 *
 * MOF1xxx are faults of the text (encoding, syntax, includes), MOF2xxx faults of what it says, MOF3xxx of generating, MOF4xxx
 * of files that were generated.
 * A code is never given a second meaning. test/diagnostics checks that each row has a bad sample.
 */

export type Severity = 'error' | 'warning';

interface Row {
  readonly severity: Severity;
  readonly title: string;
  /** An error that may be allowed: what is emitted is right whatever Windows says. Every warning may be allowed. */
  readonly allowable?: true;
}

export const DIAGNOSTICS = {
  // Text: encoding and includes.
  MOF1001: { severity: 'error', title: 'the file cannot be read' },
  MOF1002: { severity: 'error', title: 'the bytes are not in the encoding that the file claims' },
  MOF1003: { severity: 'warning', title: 'the file is neither Unicode nor ASCII' },
  MOF1004: { severity: 'error', title: 'an included file cannot be read' },
  MOF1005: { severity: 'error', title: 'a file includes itself' },
  MOF1006: { severity: 'error', title: 'an include directive without a file name' },
  MOF1007: { severity: 'error', title: 'includes nested too deep' },
  MOF1008: { severity: 'warning', title: 'C header that is not found' },
  MOF1009: { severity: 'error', title: 'the file is no text' },
  MOF1010: { severity: 'warning', title: 'UTF-8 that mofcomp does not read' },
  MOF1011: { severity: 'warning', title: 'file name with an escape sequence' },
  // Text: lexical.
  MOF1101: { severity: 'error', title: 'unexpected character' },
  MOF1102: { severity: 'error', title: 'comment or literal without an end' },
  MOF1103: { severity: 'error', title: 'malformed number' },
  MOF1104: { severity: 'warning', title: 'number form that only some MOF compilers take' },
  MOF1105: { severity: 'warning', title: 'unknown escape sequence' },
  MOF1106: { severity: 'warning', title: 'line break inside a string' },
  MOF1107: { severity: 'error', title: 'character literal that is not one character' },
  MOF1120: { severity: 'error', title: 'quote inside a string that is not escaped' },
  MOF1121: { severity: 'error', title: 'string without its opening quote' },
  // Text: syntax.
  MOF1201: { severity: 'error', title: 'syntax error' },
  MOF1202: { severity: 'error', title: 'nesting too deep' },
  MOF1203: { severity: 'warning', title: 'unknown compiler directive' },
  MOF1204: { severity: 'error', title: 'preprocessor directive that is not supported here' },
  MOF1205: { severity: 'warning', title: 'unknown macro beside strings' },
  // Text: preprocessor.
  MOF1301: { severity: 'error', title: 'malformed #define or #undef' },
  MOF1302: { severity: 'warning', title: 'macro defined again with another text' },
  MOF1303: { severity: 'error', title: 'macros that become too large or too deep' },
  MOF1304: { severity: 'error', title: '#if without #endif' },
  MOF1305: { severity: 'error', title: '#elif, #else or #endif out of place' },
  MOF1306: { severity: 'error', title: 'condition that cannot be evaluated' },
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
  MOF1430: { severity: 'warning', title: 'no-break spaces' },
  // Text: comments to mofgen, and names that a command line chooses.
  MOF1901: { severity: 'warning', title: 'mofgen-allow that allows nothing' },
  MOF1902: { severity: 'warning', title: 'mofgen-allow that cannot be followed' },
  MOF1903: { severity: 'warning', title: 'comment for a class that cannot be followed' },
  MOF1904: { severity: 'error', title: 'chosen class that is not there' },
  // Meaning: classes and their hierarchy.
  MOF2001: { severity: 'error', title: 'class declared again with other contents' },
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
  MOF2102: { severity: 'warning', title: 'qualifier where it means nothing' },
  MOF2103: { severity: 'error', title: 'qualifier given twice with different values' },
  MOF2104: { severity: 'error', title: 'malformed GUID' },
  MOF2105: { severity: 'error', title: 'WMI class without a GUID' },
  MOF2106: { severity: 'warning', title: 'one GUID on two classes' },
  MOF2107: { severity: 'warning', title: 'values and their map differ in length' },
  MOF2108: { severity: 'warning', title: 'name in place of a value that is left out' },
  MOF2109: { severity: 'error', title: 'name in place of a value that decides something' },
  MOF2110: { severity: 'warning', title: 'class that looks registered, but is not' },
  MOF2111: { severity: 'warning', title: 'block without the Provider WMIProv' },
  MOF2112: { severity: 'warning', title: 'block that is not Dynamic' },
  MOF2120: { severity: 'warning', title: 'qualifier that is probably misspelled' },
  // Meaning: data items and their ids.
  MOF2201: { severity: 'warning', title: 'property of a WMI block without a WmiDataId' },
  MOF2202: { severity: 'error', title: 'WmiDataId used twice' },
  MOF2203: { severity: 'warning', title: 'WmiDataIds do not count from 1 without gaps' },
  MOF2204: { severity: 'error', title: 'id outside of 0 to 4294967295' },
  MOF2205: { severity: 'warning', title: 'overridden under another id' },
  MOF2206: { severity: 'error', title: 'WmiDataId below an inherited one' },
  MOF2207: {
    severity: 'error',
    title: 'WmiDataId on InstanceName or Active of a registered class',
  },
  MOF2208: { severity: 'error', title: 'inherited data item overridden with another form' },
  MOF2209: { severity: 'error', title: 'block without InstanceName', allowable: true },
  MOF2210: { severity: 'error', title: 'InstanceName or Active of another form', allowable: true },
  MOF2211: { severity: 'warning', title: 'key that is not InstanceName' },
  MOF2212: { severity: 'warning', title: 'WmiTimeStamp on something that is no 64-bit integer' },
  MOF2213: { severity: 'warning', title: 'WmiEventTrigger or WmiEventRate names nothing' },
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
  MOF2306: { severity: 'warning', title: 'MaxLen on something that is no string' },
  MOF2311: { severity: 'error', title: 'array length out of range' },
  MOF2312: { severity: 'error', title: 'WmiSizeIs on something that is no array' },
  MOF2313: { severity: 'error', title: 'WmiSizeIs names nothing' },
  MOF2314: { severity: 'error', title: 'WmiSizeIs names no integer' },
  MOF2315: { severity: 'error', title: 'count after its array' },
  MOF2316: { severity: 'error', title: 'array whose end cannot be found' },
  MOF2317: { severity: 'warning', title: 'array that fills the rest of the buffer' },
  MOF2318: { severity: 'warning', title: 'WmiSizeIs on an array of fixed length' },
  MOF2319: { severity: 'warning', title: 'Max where it has no effect' },
  // Meaning: layout.
  MOF2401: { severity: 'error', title: 'data larger than a ULONG can say' },
  MOF2402: { severity: 'warning', title: 'variable-length item that is not last' },
  MOF2403: { severity: 'warning', title: 'event above 1 KB' },
  MOF2404: { severity: 'warning', title: 'order of items that costs padding' },
  // Meaning: methods.
  MOF2501: { severity: 'warning', title: 'method of a WMI block without a WmiMethodId' },
  MOF2502: { severity: 'error', title: 'WmiMethodId used twice' },
  MOF2503: { severity: 'warning', title: 'method that returns a value' },
  MOF2504: { severity: 'warning', title: 'parameter IDs that give no order' },
  MOF2505: { severity: 'warning', title: 'method of an event' },
  MOF2506: { severity: 'warning', title: 'input parameter behind an output parameter' },
  // Meaning: values, and arguments of directives.
  MOF2601: { severity: 'error', title: 'default value of another type', allowable: true },
  MOF2602: { severity: 'error', title: 'number that its type does not hold', allowable: true },
  MOF2603: { severity: 'error', title: 'default that is no datetime', allowable: true },
  MOF2604: { severity: 'error', title: 'default with too many elements', allowable: true },
  MOF2605: { severity: 'error', title: 'default longer than its MaxLen', allowable: true },
  MOF2606: { severity: 'error', title: 'name in place of a default value', allowable: true },
  MOF2607: { severity: 'warning', title: 'default of a count that is not that of its array' },
  MOF2608: { severity: 'warning', title: 'default that is left out' },
  MOF2611: {
    severity: 'warning',
    title: 'value outside of WMI layouts that does not fit its type',
  },
  MOF2612: { severity: 'warning', title: 'limit that allows nothing, or not the default' },
  MOF2613: { severity: 'warning', title: 'ValueMap entry that no value can be' },
  MOF2614: { severity: 'warning', title: 'instance gives a value to nothing of its class' },
  MOF2615: { severity: 'warning', title: 'alias that names nothing, or two instances' },
  MOF2621: { severity: 'warning', title: 'directive with arguments that mean nothing' },
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
} as const satisfies Record<`MOF${number}`, Row>;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;
