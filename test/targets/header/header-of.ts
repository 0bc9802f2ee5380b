// Emits the C header for MOF texts of tests, and compiles it.
import { type Diagnostic, hasErrors } from '../../../src/diagnostics/diagnostic.js';
import { finish } from '../../../src/diagnostics/finish.js';
import { emitContext } from '../../../src/emit.js';
import { analyze } from '../../../src/generate.js';
import { checkHeader } from '../../../src/targets/header/check.js';
import { header } from '../../../src/targets/header/index.js';
import { type EmitOptions } from '../../../src/targets/options.js';
import { availableCompilers, compile, type CompilerName } from '../../c/toolchain.js';

export interface EmittedHeader {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The header for a MOF text that has no faults of its own; an error of the header's check leaves it empty. */
export function headerOf(mof: string, options: EmitOptions = {}, name = 'test.mof'): EmittedHeader {
  const { value, diagnostics } = analyze(new TextEncoder().encode(mof), name, () => undefined);
  if (hasErrors(diagnostics)) {
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  }
  const context = emitContext(name, options);
  const found = checkHeader(value, context);
  const [file] = hasErrors(found) ? [] : header.emit(value, context);
  const reported = finish([{ diagnostics: found, files: [name] }]);
  return { text: file?.text ?? '', diagnostics: reported };
}

let guids = 0;

/** A fresh GUID for each use. */
export function newGuid(): string {
  guids += 1;
  return `{6f5d2c00-0000-4000-8000-${guids.toString(16).padStart(12, '0')}}`;
}

/** A registered data block; `qualifiers` begins with a comma. */
export function dataBlock(name: string, body: string, qualifiers = ''): string {
  return `[WMI, Dynamic, Provider("WMIProv"), guid("${newGuid()}")${qualifiers}]
class ${name} { [key, read] string InstanceName; [read] boolean Active; ${body} };\n`;
}

/** A class to embed; `qualifiers` begins with a comma. */
export function structure(name: string, body: string, qualifiers = ''): string {
  return `[WMI, guid("${newGuid()}")${qualifiers}] class ${name} { ${body} };\n`;
}

/** A MOF string literal of any text. */
export function mofString(text: string): string {
  const escaped = Array.from({ length: text.length }, (_, index) => {
    const code = text.charCodeAt(index);
    const character = text.charAt(index);
    if (character === '"' || character === '\\') return `\\${character}`;
    if (code >= 0x20 && code < 0x7f) return character;
    return code === 0 ? '' : `\\x${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped.join('')}"`;
}

/** What this machine's own compiler needs before a header. */
const HOST_PRELUDE = `#ifndef PRELUDE
#define PRELUDE
typedef unsigned char BOOLEAN;
typedef char CHAR;
typedef unsigned char UCHAR;
typedef short SHORT;
typedef unsigned short USHORT;
typedef int LONG;
typedef unsigned int ULONG;
typedef long long LONGLONG;
typedef unsigned long long ULONGLONG;
typedef unsigned short WCHAR;
typedef struct _GUID { ULONG Data1; USHORT Data2; USHORT Data3; UCHAR Data4[8]; } GUID;
#define NULL 0
#define TRUE 1
#define FALSE 0
#define VOID void
#define CONST const
#define IN
#define OUT
#define OPTIONAL
#define interface struct
#define small char
#define hyper long long
#define far
#define near
#define DELETE 0x00010000L
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) extern const GUID name
#define FIELD_OFFSET(Type, Field) ((LONG) __builtin_offsetof(Type, Field))
#define C_ASSERT(e) typedef char __C_ASSERT__[(e)?1:-1]
#endif
`;

const PRELUDES = {
  host: HOST_PRELUDE,
  'ntddk.h': '#include <ntddk.h>\n#include <guiddef.h>\n',
  'ntdef.h': '#include <ntdef.h>\n#include <guiddef.h>\n',
} as const;

/**
 * A compiler's messages for each text after the prelude; empty without a fault. All texts are compiled in one run, each in a
 * block of its own, so that they may declare the same names.
 */
export async function complaints(
  compiler: CompilerName,
  after: keyof typeof PRELUDES,
  texts: readonly string[],
): Promise<readonly string[]> {
  const blocks = texts.map((text, index) => {
    const macros = Array.from(text.matchAll(/^[ \t]*#define (\w+)/gm), ([, name]) => name);
    return [
      `void in_block_${index}(void);\nvoid in_block_${index}(void)\n{`,
      `#line 1 "text-${index}"`,
      text,
      `}\n#line 1 "after-${index}"`,
      ...macros.map((name) => `#undef ${name}`),
    ].join('\n');
  });
  const { output, status } = await compile({
    compiler,
    text: `${PRELUDES[after]}${blocks.join('\n')}\n`,
    flags: ['-fsyntax-only', '-Wno-unused-local-typedefs', '-Wno-unused-variable'],
  });
  if (status === 0) return texts.map(() => '');
  const found = texts.map((_text, index) =>
    output
      .split('\n')
      .filter((line) => line.includes(`text-${index}:`) || line.includes(`after-${index}:`))
      .join('\n'),
  );
  // A message that belongs to no text.
  if (found.every((each) => each === '')) throw new Error(output);
  return found;
}

/** This machine's own compilers for C and C++. */
export function hostCompilers(check: string): readonly CompilerName[] {
  return availableCompilers(check, ['gcc', 'g++']);
}
