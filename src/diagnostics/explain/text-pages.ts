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
    what: 'An input of the command line does not exist, is a folder, or cannot be read. Nothing is emitted, not for the other inputs either.',
    wrong: '// There is no such file.\n',
    right: undefined,
    setting: { isMissing: true },
  },
  MOF1002: {
    what: 'The file begins with the byte order mark of UTF-8 or UTF-16, but what follows is not in that encoding: the file was cut off, or joined to a file in another encoding.',
    wrong: '// The file begins with FF FE and then has an odd number of bytes.\n',
    right: undefined,
    setting: { bytes: Uint8Array.of(0xff, 0xfe, 0x41) },
  },
  MOF1003: {
    what: 'The file has bytes beyond ASCII, but it is not UTF-8 and has no byte order mark. mofgen reads it as Windows-1252, which is a guess.',
    windows:
      'mofcomp reads such a file in the code page of the machine, so the same file has other characters on another machine. UTF-16 with a byte order mark is read the same way everywhere.',
    wrong: '// Größe\nclass A { };\n',
    right: '// Groesse\nclass A { };\n',
    setting: { bytes: Uint8Array.from(Buffer.from('// Größe\nclass A { };\n', 'latin1')) },
  },
  MOF1004: {
    what: 'An included MOF file is neither in the folder of the file that includes it nor in a folder of -I. Its declarations are unknown, so only the syntax is checked.',
    wrong: `#pragma include("missing.mof")\n${ONE}`,
    right: ONE,
  },
  MOF1005: {
    what: 'A file includes itself, directly or through others, so reading would never end.',
    wrong: `#pragma include("MOF1005.mof")\n${ONE}`,
    right: ONE,
  },
  MOF1006: {
    what: 'An include directive needs the name of one file, in quotes and parentheses.',
    wrong: `#pragma include\n${ONE}`,
    right: ONE,
  },
  MOF1007: {
    what: 'Includes are nested more than 100 deep, which is a mistake or an attack.',
    wrong: '#pragma include("part-0.mof")\n',
    right: ONE,
    setting: { files: CHAIN },
  },
  MOF1008: {
    what: 'A file that #include names is not found. This is a warning, because a MOF file usually needs only macros of its C headers. A macro that is missing because of it is reported where it is used. -I names the folder of the headers.',
    wrong: `#include "missing.h"\n${ONE}`,
    right: ONE,
  },
  MOF1009: {
    what: 'The file has NUL bytes before its end, so it is not text. Or it is a binary MOF where only text is accepted, as an included or localised file; mofgen decompile turns it into text.',
    wrong: '// The file begins like a Windows program.\n',
    right: undefined,
    setting: { bytes: Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0) },
  },
  MOF1010: {
    what: 'The file is UTF-8: it begins with the byte order mark of UTF-8, or has characters beyond ASCII. mofgen reads it; the warning is given once per file.',
    windows:
      'mofcomp reads UTF-16 with a byte order mark, and any other file in the code page of the machine. Characters beyond ASCII become other characters, which does not matter in comments. What mofcomp does with the byte order mark of UTF-8 is not documented.',
    wrong: '// Größe\nclass A { };\n',
    right: '// Groesse\nclass A { };\n',
  },
  MOF1011: {
    what: 'The name of an included file has a backslash before a letter, which makes an escape sequence: \\n is a line end. No file has the name that results, but one has the name as it is written, so mofgen uses that file. Other compilers may not. Write two backslashes, or a slash.',
    wrong: `#pragma include(".\\new.mof")\n${ONE}`,
    right: `#pragma include(".\\\\new.mof")\n${ONE}`,
    setting: { files: { 'new.mof': 'class New { };\n' } },
  },
  MOF1012: {
    what: 'The file begins as a binary MOF and cannot be read to its end: it was cut off or changed. The message has the offset of the first wrong byte, and what was expected there. Copy or extract the file again. A file that declares far more parts than any known binary MOF is refused as well, so that it cannot use up the memory.',
    wrong: '// The bytes of a binary MOF without the last twenty.\n',
    right: undefined,
    setting: { bytes: CUT_OFF },
  },
  MOF1013: {
    what: 'The binary MOF has a name, a type or a value that MOF text cannot express, so no text would compile to it. mofcomp does not write such files.',
    wrong: '// A binary MOF with a class of the name "A B".\n',
    right: undefined,
    setting: { bytes: CLASS_A_B },
  },
  MOF1014: {
    what: 'A part of the ACPI tables could not be read, or does not follow the ACPI specification. The rest is read.',
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
    what: 'The binary MOF was read completely, but a tool other than mofcomp wrote it, or bytes follow its end. Decompiling and compiling it again gives other bytes with the same meaning.',
    wrong: '// A binary MOF with a byte after its end.\n',
    right: undefined,
    setting: { bytes: WITH_MORE },
  },
  MOF1101: {
    what: 'MOF has no meaning for this character outside of strings and comments.',
    wrong: `${ONE}?\n`,
    right: ONE,
  },
  MOF1102: {
    what: 'A comment or a literal begins and never ends. The rest of the file is read as a part of it.',
    wrong: `${ONE}/* and so on\n`,
    right: `${ONE}/* and so on */\n`,
  },
  MOF1103: {
    what: 'The digits do not fit the base of the number: a leading zero means octal, a trailing b binary, 0x hexadecimal.',
    wrong: plain('A', 'uint8 B = 09;'),
    right: plain('A', 'uint8 B = 9;'),
  },
  MOF1104: {
    what: 'Some MOF compilers accept this form of a number, others refuse it. mofgen accepts it.',
    wrong: plain('A', 'real32 B = 1e5;'),
    right: plain('A', 'real32 B = 1.0e5;'),
  },
  MOF1105: {
    what: 'A backslash and the character after it are not an escape sequence of MOF. mofgen keeps both characters. Write two backslashes for one.',
    windows: 'MOF files of Windows often have "MS\\0x409" in Locale, where "MS\\\\0x409" is meant.',
    wrong: '[Locale("MS\\0x409")]\nclass A { };\n',
    right: '[Locale("MS\\\\0x409")]\nclass A { };\n',
  },
  MOF1106: {
    what: 'A string continues on the next line, so the line break is a part of the text.',
    wrong: '[Description("one\ntwo")]\nclass A { };\n',
    right: '[Description("one\\n" "two")]\nclass A { };\n',
  },
  MOF1107: {
    what: 'A character literal holds exactly one UTF-16 code unit. Text is written in double quotes.',
    wrong: plain('A', "char16 B = 'ab';"),
    right: plain('A', "char16 B = 'a';"),
  },
  MOF1120: {
    what: 'There is a word between two strings. Most often all three are one string that quotes the word without backslashes. An undefined macro looks the same; a name in capitals is read as a macro only where an included file is missing (MOF1205).',
    wrong: '[Description("The "fast" fan")]\nclass A { };\n',
    right: '[Description("The \\"fast\\" fan")]\nclass A { };\n',
  },
  MOF1121: {
    what: 'A string has its closing quote, but not the one that opens it.',
    wrong: '[Description(The fan")]\nclass A { };\n',
    right: '[Description("The fan")]\nclass A { };\n',
  },
  MOF1201: {
    what: 'The text does not follow the grammar of MOF. After an error, reading continues at the next place that looks like a beginning, so several errors can be reported at once.',
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
    what: 'mofgen does not know this #pragma and ignores it. The warning shows misspelled ones.',
    wrong: `#pragma includ("other.mof")\n${ONE}`,
    right: ONE,
  },
  MOF1204: {
    what: 'This is neither a directive of MOF nor one of the C preprocessor that mofgen supports.',
    wrong: `#import "a.tlb"\n${ONE}`,
    right: ONE,
  },
  MOF1205: {
    what: 'There is a name before a string, as a macro would be, or between strings while an included header, which may define it, is missing. The name is read as an empty text.',
    wrong: '[Description(VERSION "of the fan")]\nclass A { };\n',
    right: '#define VERSION "2 "\n[Description(VERSION "of the fan")]\nclass A { };\n',
  },
  MOF1301: {
    what: '#define and #undef take the name of a macro. A list of parameters holds names, each once, and at most one "..." at its end; # needs a parameter after it, ## a token on each side.',
    wrong: `#define 1 one\n${ONE}`,
    right: `#define ONE 1\n${ONE}`,
  },
  MOF1302: {
    what: 'A macro is defined again with another text and without an #undef in between. The new text is used from there on.',
    wrong: `#define ONE 1\n#define ONE 2\n${ONE}`,
    right: `#define ONE 1\n#undef ONE\n#define ONE 2\n${ONE}`,
  },
  MOF1303: {
    what: 'Macros that use each other expand to more text, or are nested deeper, than mofgen allows.',
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
    what: 'The condition of #if or #elif is not an integer expression that can be evaluated.',
    wrong: `#if 1 +\n#endif\n${ONE}`,
    right: `#if 1 + 1\n#endif\n${ONE}`,
  },
  MOF1307: {
    what: 'A C header has a condition that only a C compiler can evaluate. mofgen takes it as false, so macros that depend on it may be missing or different.',
    wrong: `#include "c.h"\n${ONE}`,
    right: ONE,
    setting: { files: { 'c.h': '#if sizeof(int) == 4\n#endif\n' } },
  },
  MOF1308: {
    what: 'The text has an #error on a path that the conditions select: it was written to be read with other macros. Its message follows.',
    wrong: `#error define BOARD first\n${ONE}`,
    right: ONE,
  },
  MOF1309: {
    what: 'The text has a #warning on a path that the conditions select. Its message follows.',
    wrong: `#warning this file is old\n${ONE}`,
    right: ONE,
  },
  MOF1401: {
    what: 'A localised file translates a class, an item or a method that the neutral file does not declare, so the translation is ignored.',
    windows: 'mofcomp -AMENDMENT makes both files from one, so they match.',
    wrong: 'class A { };\n',
    right: undefined,
    setting: {
      args: ['--mfl', 'texts.mfl'],
      files: { 'texts.mfl': '[Description("a fan") : amended, amendment]\nclass B { };\n' },
    },
  },
  MOF1420: {
    what: 'A macro is used with more or fewer arguments than it has parameters. A C compiler refuses it; mofgen does not expand it. Commas within inner parentheses do not separate arguments.',
    wrong: '#define LENGTH(words, size) words\nclass A { [Max(LENGTH(2))] uint8 B[]; };\n',
    right: '#define LENGTH(words, size) words\nclass A { [Max(LENGTH(2, 4))] uint8 B[]; };\n',
  },
  MOF1421: {
    what: 'A closing parenthesis is missing: the arguments of a macro reach to the end of the file or to a directive.',
    wrong: `#define BOTH(a) a\n${ONE}BOTH(\n`,
    right: `#define BOTH(a) a\n${ONE}BOTH()\n`,
  },
  MOF1422: {
    what: '## joins two tokens into one, but these two do not make a single token. They stay two. Some C compilers refuse that, others do the same.',
    wrong: '#define PLUS(a) a ## [2]\nclass A { uint8 PLUS(B); };\n',
    right: '#define PLUS(a) a[2]\nclass A { uint8 PLUS(B); };\n',
  },
  MOF1423: {
    what: 'A C header stops with #error, most often because a macro is missing that the C compiler defines. The rest of the header is read. --wdk defines the macros that the compiler of the Windows Driver Kit defines.',
    wrong: `#include "target.h"\n${ONE}`,
    right: ONE,
    setting: {
      files: { 'target.h': '#ifndef _AMD64_\n#error "No Target Architecture"\n#endif\n' },
    },
  },
  MOF1430: {
    what: 'There are no-break spaces (U+00A0) between words, as in text that was copied from a web page. mofgen reads them as spaces. The warning is given once per text.',
    windows: 'Whether mofcomp accepts them is not documented.',
    wrong: 'class A {\u00A0uint8\u00A0B; };\n',
    right: 'class A { uint8 B; };\n',
    setting: {
      bytes: Uint8Array.from(Buffer.from('\uFEFFclass A {\u00A0uint8\u00A0B; };\n', 'utf16le')),
    },
  },
  MOF1901: {
    what: 'A mofgen-allow comment suppresses a finding that does not occur, so it could only hide a future one. After code, a comment applies to its line; on a line of its own, to the declaration that follows. Text after a colon is for readers.',
    wrong: `// mofgen-allow MOF2203: ids as they are in the firmware\n${ONE}`,
    right: ONE,
  },
  MOF1902: {
    what: 'A mofgen-allow comment names a code that does not exist, or an error that cannot be suppressed.',
    wrong: `// mofgen-allow MOF2202\n${ONE}`,
    right: ONE,
  },
  MOF1903: {
    what: 'A mofgen comment has a word that mofgen does not know, or no class follows it. The word expensive means that collecting the data of the class is costly, so WMI notifies the provider when the first consumer opens it and the last one closes it.',
    windows:
      'The qualifier WmiExpense is unrelated to that, according to its documentation: it is a number for clients.',
    wrong: `// mofgen: expensiv\n${ONE}`,
    right: `// mofgen: expensive\n${ONE}`,
  },
  MOF1904: {
    what: 'No class has the name that --class or --expensive gives. Upper and lower case do not matter; a * at the end matches any rest.',
    wrong: ONE,
    right: undefined,
    setting: { args: ['--class', 'Pump'] },
  },
} as const satisfies Record<string, Page>;
