/** The pages about what targets cannot say, or say otherwise: MOF3xxx. Plain data. */
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
    what: 'Two classes would have one name for their C structures. HeaderName gives a class another one.',
    wrong:
      structure('Place', '[WmiDataId(1)] uint32 X;').replace('[WMI', '[HeaderName("FAN"), WMI') +
      block('Fan', SPEED).replace('[WMI', '[HeaderName("FAN"), WMI'),
    right:
      structure('Place', '[WmiDataId(1)] uint32 X;').replace('[WMI', '[HeaderName("PLACE"), WMI') +
      block('Fan', SPEED).replace('[WMI', '[HeaderName("FAN"), WMI'),
    setting: HEADER,
  },
  MOF3102: {
    what: 'A name of the MOF cannot stand in the C header as it is: it is a word of C, a macro or a type of Windows, or something else has it already. The message says which name it got.',
    wrong: block('Fan', '[WmiDataId(1), read] uint32 if;'),
    right: FAN,
    setting: HEADER,
  },
  MOF3103: {
    what: 'Methods and DefineValues become macros that are their bare names. This one would replace a word elsewhere in the header, so it has a prefix.',
    windows:
      'wmimofck prints bare names whatever they are: iscsimgt.h defines None, TCP, login and full.',
    wrong: block('Fan', SPEED, '[WmiMethodId(1)] void Fan();'),
    right: block('Fan', SPEED, '[WmiMethodId(1)] void Reset();'),
    setting: HEADER,
  },
  MOF3104: {
    what: 'cpp_quote holds C code for the header. A MOF file may come from anywhere, so its code is left out unless --allow-cpp-quote says that somebody has looked at it.',
    windows: 'wmimofck copies it into the header as it is.',
    wrong: FAN.replace('[WMI', '[cpp_quote("#include <fan.h>"), WMI'),
    right: FAN,
    setting: HEADER,
  },
  MOF3105: {
    what: 'An entry of DefineValues has no name, or no integer in ValueMap, so there is nothing to define.',
    wrong: block('Fan', '[WmiDataId(1), read, DefineValues{"FAN_ON"}, ValueMap{"x"}] uint8 State;'),
    right: block('Fan', '[WmiDataId(1), read, DefineValues{"FAN_ON"}, ValueMap{"1"}] uint8 State;'),
    setting: HEADER,
  },
  MOF3106: {
    what: 'An item is of a class whose WmiGenerateHeader is FALSE: its structure is expected in another header, which has to be included first.',
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
    what: 'Classes are embedded in each other deeper than a provider follows: it does so on the small stack of the kernel.',
    wrong: DEEP + block('Fan', `[WmiDataId(1), read] Level${DEPTH - 1} Inner;`),
    right: FAN,
    setting: KMDF,
  },
  MOF3202: {
    what: 'A driver cannot register the GUID of zeros: it stands for no GUID where registrations are exchanged.',
    wrong: FAN.replace(
      '5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11',
      '00000000-0000-0000-0000-000000000000',
    ),
    right: FAN,
    setting: KMDF,
  },
  MOF3204: {
    what: 'Two classes that the provider would register have one GUID. WMI finds a block by its GUID alone. The C header can have both.',
    wrong: FAN + block('Pump', SPEED),
    right: FAN + block('Pump', SPEED).replace('5b3a5e0c', '5b3a5e0d'),
    setting: { args: ['-t', 'kmdf', '--allow', 'MOF2106'] },
  },
  MOF3203: {
    what: 'The data of a block is larger than a provider can be expected to serve from memory.',
    wrong: block('Fan', '[WmiDataId(1), read] uint64 Speeds[8388609];'),
    right: block('Fan', '[WmiDataId(1), read] uint64 Speeds[8];'),
    setting: KMDF,
  },
  MOF3205: {
    what: 'Queries and set requests of a class run under a lock of mofgen even with --no-instance-lock: its data varies in length, so what a query points to has to stay until it is encoded, which no lock of the driver itself reaches.',
    wrong: block('Fan', '[WmiDataId(1), read] string Name;'),
    right: block('Fan', '[WmiDataId(1), read] uint32 Speed;'),
    setting: { args: ['-t', 'kmdf', '--no-instance-lock'] },
  },
} as const satisfies Record<string, Page>;
