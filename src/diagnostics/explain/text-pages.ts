/** The pages about faults of the text: MOF1xxx. Plain data. */
import { CLASS_A_B, CUT_OFF, EMPTY_TABLE, WITH_MORE, WRONG_CHECKSUM } from './binary-examples.js';
import { plain, type Page } from './page.js';

const ONE = plain('A', 'uint8 B;');

/** Each includes the next one, farther than mofgen follows. */
const CHAIN = Object.fromEntries(
  Array.from({ length: 101 }, (_, index) => [
    `part-${index}.mof`,
    `#pragma include("part-${index + 1}.mof")\n`,
  ]),
);

const DOUBLING = [
  '#define M0 0 0',
  ...Array.from({ length: 30 }, (_, index) => `#define M${index + 1} M${index} M${index}`),
  'class A { uint8 B = M30; };',
  '',
].join('\n');

export const TEXT_PAGES = {
  MOF1001: {
    what: 'An input of the command line is not there, is a folder, or may not be read. Nothing is emitted, also not for the other inputs.',
    wrong: '// There is no such file.\n',
    right: undefined,
    setting: { isMissing: true },
  },
  MOF1002: {
    what: 'The file begins with the mark of UTF-8 or UTF-16, but what follows is not in that encoding: it was cut off, or joined to a file in another one.',
    wrong: '// The file begins with FF FE and then has an odd number of bytes.\n',
    right: undefined,
    setting: { bytes: Uint8Array.of(0xff, 0xfe, 0x41) },
  },
  MOF1003: {
    what: 'The file has bytes beyond ASCII, but it is not UTF-8 and has no byte order mark. mofgen reads it as Windows-1252, which is a guess.',
    windows:
      'mofcomp takes such a file to be in the code page of the machine, so that the same file says something else elsewhere. UTF-16 with a byte order mark is read the same way everywhere.',
    wrong: '// Größe\nclass A { };\n',
    right: '// Groesse\nclass A { };\n',
    setting: { bytes: Uint8Array.from(Buffer.from('// Größe\nclass A { };\n', 'latin1')) },
  },
  MOF1004: {
    what: 'An included MOF file is neither beside the file that includes it nor in a folder of -I. What it declares is unknown, so nothing is checked beyond the syntax.',
    wrong: `#pragma include("missing.mof")\n${ONE}`,
    right: ONE,
  },
  MOF1005: {
    what: 'A file includes itself, directly or through others. It would never end.',
    wrong: `#pragma include("MOF1005.mof")\n${ONE}`,
    right: ONE,
  },
  MOF1006: {
    what: 'An include directive needs the name of one file, in quotes and parentheses.',
    wrong: `#pragma include\n${ONE}`,
    right: ONE,
  },
  MOF1007: {
    what: 'Files include each other more than a hundred deep, which is a mistake or an attack.',
    wrong: '#pragma include("part-0.mof")\n',
    right: ONE,
    setting: { files: CHAIN },
  },
  MOF1008: {
    what: 'A file that #include names is not there. C headers often are not where MOF files are, and a MOF text usually needs nothing but macros of them, so this is a warning; a macro that is missing then is reported where it is used.',
    wrong: `#include "missing.h"\n${ONE}`,
    right: ONE,
  },
  MOF1009: {
    what: 'The file has NUL bytes before its end, so it is no text, or it is a binary MOF where only a text can be: as an included or localised file. mofgen decompile makes a text of a binary MOF.',
    wrong: '// The file begins as a Windows program does.\n',
    right: undefined,
    setting: { bytes: Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0) },
  },
  MOF1010: {
    what: 'The file is UTF-8: it begins with the byte order mark of UTF-8, or has characters beyond ASCII. mofgen reads it, and says so once.',
    windows:
      'mofcomp reads UTF-16 with a byte order mark, and takes any other file to be in the code page of the machine: characters beyond ASCII become others, which does not matter in comments. The byte order mark of UTF-8 is not documented.',
    wrong: '// Größe\nclass A { };\n',
    right: '// Groesse\nclass A { };\n',
  },
  MOF1011: {
    what: 'The name of an included file has a backslash in front of a letter, which makes an escape sequence: \\n is a line end. No file has the name that the string stands for, but one has the name as it is written, and mofgen takes that. Other compilers may not.',
    wrong: `#pragma include(".\\new.mof")\n${ONE}`,
    right: `#pragma include(".\\\\new.mof")\n${ONE}`,
    setting: { files: { 'new.mof': 'class New { };\n' } },
  },
  MOF1012: {
    what: 'The file begins as a binary MOF and cannot be read to its end: it was cut off or changed. The message has the offset of the first wrong byte, and what was expected there. Copy or extract the file again. One that declares far more parts than any known binary MOF is refused as well, so that no file takes all memory.',
    wrong: '// The bytes of a binary MOF without the last twenty.\n',
    right: undefined,
    setting: { bytes: CUT_OFF },
  },
  MOF1013: {
    what: 'The binary MOF has a name, a type or a value for which MOF text has no form, so no text would compile to it. mofcomp does not write such files.',
    wrong: '// A binary MOF with a class of the name "A B".\n',
    right: undefined,
    setting: { bytes: CLASS_A_B },
  },
  MOF1014: {
    what: 'A part of the ACPI tables could not be read, or is not as the ACPI specification has it. All else is read.',
    wrong: '// An SSDT with a binary MOF and a wrong checksum.\n',
    right: undefined,
    setting: { bytes: WRONG_CHECKSUM },
  },
  MOF1015: {
    what: 'The input is ACPI tables, and none of their objects holds a binary MOF. mofgen show --acpi prints the WMI objects that they have.',
    wrong: '// An SSDT without any object.\n',
    right: undefined,
    setting: { bytes: EMPTY_TABLE },
  },
  MOF1016: {
    what: 'Everything in the binary MOF was read, but another tool than mofcomp wrote it, or bytes follow its end. Decompiling and compiling it gives other bytes with the same meaning.',
    wrong: '// A binary MOF with a byte after its end.\n',
    right: undefined,
    setting: { bytes: WITH_MORE },
  },
  MOF1101: {
    what: 'A character that no MOF text has at that place.',
    wrong: `${ONE}?\n`,
    right: ONE,
  },
  MOF1102: {
    what: 'A comment or a literal begins and never ends. The rest of the file is taken for a part of it.',
    wrong: `${ONE}/* and so on\n`,
    right: `${ONE}/* and so on */\n`,
  },
  MOF1103: {
    what: 'Digits that make no number of the base that their form says: a leading zero means octal, a trailing b binary, 0x hexadecimal.',
    wrong: plain('A', 'uint8 B = 09;'),
    right: plain('A', 'uint8 B = 9;'),
  },
  MOF1104: {
    what: 'A form of numbers that some MOF compilers take and others refuse. mofgen takes it.',
    wrong: plain('A', 'real32 B = 1e5;'),
    right: plain('A', 'real32 B = 1.0e5;'),
  },
  MOF1105: {
    what: 'A backslash in front of a character that makes no escape sequence. mofgen keeps both characters.',
    windows: 'MOF files of Windows often have "MS\\0x409" in Locale, where "MS\\\\0x409" is meant.',
    wrong: '[Locale("MS\\0x409")]\nclass A { };\n',
    right: '[Locale("MS\\\\0x409")]\nclass A { };\n',
  },
  MOF1106: {
    what: 'A string goes on in the next line. The line break is a part of the text.',
    wrong: '[Description("one\ntwo")]\nclass A { };\n',
    right: '[Description("one\\n" "two")]\nclass A { };\n',
  },
  MOF1107: {
    what: 'A character literal holds exactly one UTF-16 code unit; text stands in double quotes.',
    wrong: plain('A', "char16 B = 'ab';"),
    right: plain('A', "char16 B = 'a';"),
  },
  MOF1120: {
    what: 'A word stands between two strings. Most often it is part of one string, in which it is quoted without backslashes. A macro that nobody defines looks the same; only where an included file is missing, a name in capitals is taken for one (MOF1205).',
    wrong: '[Description("The "fast" fan")]\nclass A { };\n',
    right: '[Description("The \\"fast\\" fan")]\nclass A { };\n',
  },
  MOF1121: {
    what: 'A string has its closing quote, but not the one that opens it.',
    wrong: '[Description(The fan")]\nclass A { };\n',
    right: '[Description("The fan")]\nclass A { };\n',
  },
  MOF1201: {
    what: 'The text does not follow the grammar of MOF. One report for each place where reading had to begin anew.',
    windows: 'mofcomp stops with exit code 3 at the first syntax error.',
    wrong: plain('A', 'uint8 B'),
    right: ONE,
  },
  MOF1202: {
    what: 'Braces or brackets are nested deeper than any MOF text needs.',
    wrong: `class A { [Values${'{'.repeat(101)}\n`,
    right: ONE,
  },
  MOF1203: {
    what: 'A #pragma that mofgen does not know. It changes nothing; a typing error here would go unseen.',
    wrong: `#pragma includ("other.mof")\n${ONE}`,
    right: ONE,
  },
  MOF1204: {
    what: 'A directive that is neither one of MOF nor one of the C preprocessor.',
    wrong: `#import "a.tlb"\n${ONE}`,
    right: ONE,
  },
  MOF1205: {
    what: 'A name stands before a string, as a macro would, or between strings where a header that may define it is missing. It counts as an empty text.',
    wrong: '[Description(VERSION "of the fan")]\nclass A { };\n',
    right: '#define VERSION "2 "\n[Description(VERSION "of the fan")]\nclass A { };\n',
  },
  MOF1301: {
    what: '#define and #undef take the name of a macro. A list of parameters holds names, each once, and at most one "..." at its end; # takes one of the parameters, ## two tokens.',
    wrong: `#define 1 one\n${ONE}`,
    right: `#define ONE 1\n${ONE}`,
  },
  MOF1302: {
    what: 'A macro gets another text without an #undef in between. The later text counts from there on.',
    wrong: `#define ONE 1\n#define ONE 2\n${ONE}`,
    right: `#define ONE 1\n#undef ONE\n#define ONE 2\n${ONE}`,
  },
  MOF1303: {
    what: 'Macros that use others many times over become larger, or deeper, than a file can be.',
    wrong: DOUBLING,
    right: '#define M0 0\nclass A { uint8 B = M0; };\n',
  },
  MOF1304: {
    what: 'A condition has no #endif, so that the rest of the file belongs to it.',
    wrong: `#if 1\n${ONE}`,
    right: `#if 1\n${ONE}#endif\n`,
  },
  MOF1305: {
    what: '#elif, #else or #endif without the #if that it belongs to.',
    wrong: `${ONE}#endif\n`,
    right: `#if 1\n${ONE}#endif\n`,
  },
  MOF1306: {
    what: 'What stands behind #if is no expression of integers that can be worked out.',
    wrong: `#if 1 +\n#endif\n${ONE}`,
    right: `#if 1 + 1\n#endif\n${ONE}`,
  },
  MOF1307: {
    what: 'A C header has a condition that needs a C compiler. It counts as false; macros that depend on it may be missing or different.',
    wrong: `#include "c.h"\n${ONE}`,
    right: ONE,
    setting: { files: { 'c.h': '#if sizeof(int) == 4\n#endif\n' } },
  },
  MOF1308: {
    what: 'The text says itself that it cannot be read like this.',
    wrong: `#error define BOARD first\n${ONE}`,
    right: ONE,
  },
  MOF1309: {
    what: 'The text has a warning for whoever reads it.',
    wrong: `#warning this file is old\n${ONE}`,
    right: ONE,
  },
  MOF1401: {
    what: 'A localised file translates a class, an item or a method that the neutral file does not declare. Its text goes nowhere.',
    windows:
      'Splitting a file with mofcomp -AMENDMENT gives both halves from one, so that they fit.',
    wrong: 'class A { };\n',
    right: undefined,
    setting: {
      args: ['--mfl', 'texts.mfl'],
      files: { 'texts.mfl': '[Description("a fan") : amended, amendment]\nclass B { };\n' },
    },
  },
  MOF1420: {
    what: 'A macro is used with more or fewer arguments than it has parameters. A C compiler refuses it, or goes on with other arguments than were meant; mofgen leaves it as it is. Commas within parentheses separate none.',
    wrong: '#define LENGTH(words, size) words\nclass A { [Max(LENGTH(2))] uint8 B[]; };\n',
    right: '#define LENGTH(words, size) words\nclass A { [Max(LENGTH(2, 4))] uint8 B[]; };\n',
  },
  MOF1421: {
    what: 'The arguments of a macro go on to the end of the file, or to a directive, because a parenthesis is missing.',
    wrong: `#define BOTH(a) a\n${ONE}BOTH(\n`,
    right: `#define BOTH(a) a\n${ONE}BOTH()\n`,
  },
  MOF1422: {
    what: '## joins two tokens, and what comes of these is no single token. They stay two. Some C compilers refuse it, others do the same.',
    wrong: '#define PLUS(a) a ## [2]\nclass A { uint8 PLUS(B); };\n',
    right: '#define PLUS(a) a[2]\nclass A { uint8 PLUS(B); };\n',
  },
  MOF1423: {
    what: 'A C header stops with #error, most often because it lacks a macro that the C compiler defines. Its macros after that are read all the same. --wdk defines what the compiler of the Windows Driver Kit does.',
    wrong: `#include "target.h"\n${ONE}`,
    right: ONE,
    setting: {
      files: { 'target.h': '#ifndef _AMD64_\n#error "No Target Architecture"\n#endif\n' },
    },
  },
  MOF1430: {
    what: 'No-break spaces (U+00A0) are between the words, as in text that is copied from web pages. They look like blanks, and mofgen takes them for blanks. One report for all of a text.',
    windows: 'That mofcomp takes them is not documented.',
    wrong: 'class A {\u00A0uint8\u00A0B; };\n',
    right: 'class A { uint8 B; };\n',
    setting: {
      bytes: Uint8Array.from(Buffer.from('\uFEFFclass A {\u00A0uint8\u00A0B; };\n', 'utf16le')),
    },
  },
  MOF1901: {
    what: 'A comment allows a finding that is not there, so it only hides one that may come. A comment behind something is about its line, else about the declaration that follows; what stands behind a colon is for people.',
    wrong: `// mofgen-allow MOF2203: ids as they are in the firmware\n${ONE}`,
    right: ONE,
  },
  MOF1902: {
    what: 'A comment allows a code that does not exist, or an error that cannot be left out.',
    wrong: `// mofgen-allow MOF2202\n${ONE}`,
    right: ONE,
  },
  MOF1903: {
    what: 'A comment for a class chooses nothing that mofgen knows, or no class follows. expensive: collecting the data of the class costs something, so WMI tells the provider when the first consumer comes and the last one has gone.',
    windows:
      'WmiExpense is unrelated to that, as its documentation says: it is a number for clients.',
    wrong: `// mofgen: expensiv\n${ONE}`,
    right: `// mofgen: expensive\n${ONE}`,
  },
  MOF1904: {
    what: 'A name of --class or --expensive is that of no class. Names are the same in any case; * at the end stands for any rest.',
    wrong: ONE,
    right: undefined,
    setting: { args: ['--class', 'Pump'] },
  },
} as const satisfies Record<string, Page>;
