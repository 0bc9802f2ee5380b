/** The pages about what targets cannot express, or express otherwise: MOF3xxx. */
import { block, type Page, plain, structure } from './page.js';

const HEADER = { args: ['-t', 'header'] } as const;
const SPEED = '[WmiDataId(1), read] uint32 Speed;';
const FAN = block('Fan', SPEED);
const KMDF = { args: ['-t', 'kmdf'] } as const;

const DEPTH = 17;
/** Classes of which each embeds the one before. */
const DEEP = Array.from({ length: DEPTH }, (_, index) =>
  plain(
    `Level${index}`,
    index === 0 ? '[WmiDataId(1)] uint8 Value;' : `[WmiDataId(1)] Level${index - 1} Inner;`,
  ),
).join('');

export const GENERATING_PAGES = {
  MOF3101: {
    what: 'Two classes would have the same name for their C structures. Give one of them another with HeaderName.',
    wrong:
      structure('Place', '[WmiDataId(1)] uint32 X;').replace('[WMI', '[HeaderName("FAN"), WMI') +
      block('Fan', SPEED).replace('[WMI', '[HeaderName("FAN"), WMI'),
    right:
      structure('Place', '[WmiDataId(1)] uint32 X;').replace('[WMI', '[HeaderName("PLACE"), WMI') +
      block('Fan', SPEED).replace('[WMI', '[HeaderName("FAN"), WMI'),
    setting: HEADER,
  },
  MOF3102: {
    what: 'A name of the MOF cannot be used in the C header: it is a keyword of C, a macro or a type of Windows, or already used for something else. The message has the name that is used instead.',
    wrong: block('Fan', '[WmiDataId(1), read] uint32 if;'),
    right: FAN,
    setting: HEADER,
  },
  MOF3103: {
    what: 'The names of methods and DefineValues become macros. This macro would replace a word elsewhere in the header, so it gets a prefix.',
    windows:
      'wmimofck always prints the names without a prefix: iscsimgt.h defines None, TCP, login and full.',
    wrong: block('Fan', SPEED, '[WmiMethodId(1)] void Fan();'),
    right: block('Fan', SPEED, '[WmiMethodId(1)] void Reset();'),
    setting: HEADER,
  },
  MOF3104: {
    what: 'cpp_quote holds C code for the header. A MOF file may come from anywhere, so its code is left out. If you have read and trust it, use --allow-cpp-quote.',
    windows: 'wmimofck copies it into the header unchanged.',
    wrong: FAN.replace('[WMI', '[cpp_quote("#include <fan.h>"), WMI'),
    right: FAN,
    setting: HEADER,
  },
  MOF3105: {
    what: 'An entry of DefineValues is not a name, or its entry in ValueMap is not an integer, so no macro can be defined.',
    wrong: block('Fan', '[WmiDataId(1), read, DefineValues{"FAN_ON"}, ValueMap{"x"}] uint8 State;'),
    right: block('Fan', '[WmiDataId(1), read, DefineValues{"FAN_ON"}, ValueMap{"1"}] uint8 State;'),
    setting: HEADER,
  },
  MOF3106: {
    what: 'An item is of a class whose WmiGenerateHeader is FALSE, so another header must declare its structure. Include that header first.',
    wrong:
      structure('Place', '[WmiDataId(1)] uint32 X;').replace(
        '[WMI',
        '[WmiGenerateHeader(FALSE), WMI',
      ) + block('Fan', '[WmiDataId(1), read] Place Where;'),
    right:
      structure('Place', '[WmiDataId(1)] uint32 X;') +
      block('Fan', '[WmiDataId(1), read] Place Where;'),
    setting: HEADER,
  },
  MOF3201: {
    what: 'Classes are embedded in each other deeper than a provider supports, because the stack of the kernel is small.',
    wrong: DEEP + block('Fan', `[WmiDataId(1), read] Level${DEPTH - 1} Inner;`),
    right: FAN,
    setting: KMDF,
  },
  MOF3202: {
    what: 'A driver cannot register the GUID of zeros: in a registration it means that there is no GUID.',
    wrong: FAN.replace(
      '5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11',
      '00000000-0000-0000-0000-000000000000',
    ),
    right: FAN,
    setting: KMDF,
  },
  MOF3204: {
    what: 'Two classes that the provider would register have the same GUID, and WMI finds a block by its GUID alone. The target header accepts both classes.',
    wrong: FAN + block('Pump', SPEED),
    right: FAN + block('Pump', SPEED).replace('5b3a5e0c', '5b3a5e0d'),
    setting: { args: ['-t', 'kmdf', '--allow', 'MOF2106'] },
  },
  MOF3203: {
    what: 'The data of a block is larger than a provider should hold in memory.',
    wrong: block('Fan', '[WmiDataId(1), read] uint64 Speeds[8388609];'),
    right: block('Fan', '[WmiDataId(1), read] uint64 Speeds[8];'),
    setting: KMDF,
  },
  MOF3205: {
    what: "Queries and set requests of a class hold a lock of the generated code even with --no-instance-lock. The data of the class varies in length, so what a query points to must stay valid until it is encoded, and that happens after the driver's callback has returned.",
    wrong: block('Fan', '[WmiDataId(1), read] string Name;'),
    right: block('Fan', '[WmiDataId(1), read] uint32 Speed;'),
    setting: { args: ['-t', 'kmdf', '--no-instance-lock'] },
  },
} as const satisfies Record<string, Page>;
