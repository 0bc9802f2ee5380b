/** The pages about values that a MOF gives to items, and about arguments of directives. */
import { block, type Page, plain, structure } from './page.js';

const LEFT_OUT = 'If you allow the error, the item starts as if it had no default.';

export const VALUE_PAGES = {
  MOF2601: {
    what: `A default does not fit the type: a text for a number, one value for an array, a list for one value. ${LEFT_OUT}`,
    windows:
      'mofcomp rounds a real number for an integer; other readers convert the value in other ways or refuse the file.',
    wrong: block('Fan', '[WmiDataId(1), read] uint32 Speed = "1200";'),
    right: block('Fan', '[WmiDataId(1), read] uint32 Speed = 1200;'),
  },
  MOF2602: {
    what: `A default, a MinValue or a MaxValue is a number outside of the range of the type. ${LEFT_OUT}`,
    wrong: block('Fan', '[WmiDataId(1), read] uint8 Level = 300;'),
    right: block('Fan', '[WmiDataId(1), read] uint8 Level = 30;'),
  },
  MOF2603: {
    what: `The default of a datetime is not a datetime. A datetime has 25 characters: yyyymmddhhmmss.mmmmmm and the minutes from UTC with their sign, or ddddddddhhmmss.mmmmmm:000 for an interval. A field that does not apply is filled with asterisks. ${LEFT_OUT}`,
    wrong: block('Fan', '[WmiDataId(1), read] datetime Cleaned = "2026-01-15";'),
    right: block('Fan', '[WmiDataId(1), read] datetime Cleaned = "20260115000000.000000+000";'),
  },
  MOF2604: {
    what: `The default of an array has more elements than the array, or more than the item with the number of elements can hold. Fewer elements are allowed: the others start empty. ${LEFT_OUT}`,
    wrong: block('Fan', '[WmiDataId(1), read] uint16 Speeds[2] = {1, 2, 3};'),
    right: block('Fan', '[WmiDataId(1), read] uint16 Speeds[3] = {1, 2, 3};'),
  },
  MOF2605: {
    what: `The default of a string has more characters than MaxLen allows. ${LEFT_OUT}`,
    wrong: block('Fan', '[WmiDataId(1), read, MaxLen(4)] string Label = "Left fan";'),
    right: block('Fan', '[WmiDataId(1), read, MaxLen(8)] string Label = "Left fan";'),
  },
  MOF2606: {
    what: `There is a name where a default is expected. Most likely it is a macro that was not expanded, because its header is missing. ${LEFT_OUT}`,
    wrong: block('Fan', '[WmiDataId(1), read] uint32 Speed = FULL_SPEED;'),
    right: `#define FULL_SPEED 1200\n${block('Fan', '[WmiDataId(1), read] uint32 Speed = FULL_SPEED;')}`,
  },
  MOF2607: {
    what: "An item holds the number of elements of an array, and its default differs from the number of elements of the array's default. mofgen uses the number of elements.",
    wrong: block(
      'Fan',
      '[WmiDataId(1), read] uint32 Count = 3;',
      '[WmiDataId(2), read, WmiSizeIs("Count")] uint32 Speeds[];',
    ),
    right: block(
      'Fan',
      '[WmiDataId(1), read] uint32 Count = 3;',
      '[WmiDataId(2), read, WmiSizeIs("Count")] uint32 Speeds[] = {1, 2, 3};',
    ),
  },
  MOF2608: {
    what: 'mofgen ignores this default: it is the default of an embedded class, or of an array that shares its count with an array of an embedded class. Give the items of the embedded class their defaults; they apply wherever the class is embedded.',
    wrong:
      structure('Point', '[WmiDataId(1)] uint32 X;') +
      block('Fan', '[WmiDataId(1), read] Point Place = instance of Point { X = 1; };'),
    right:
      structure('Point', '[WmiDataId(1)] uint32 X = 1;') +
      block('Fan', '[WmiDataId(1), read] Point Place;'),
  },
  MOF2611: {
    what: 'A value does not fit its type. It is the default of a property that is not a data item, of a parameter or of a qualifier declaration, or the value of a property in an instance.',
    windows: 'mofcomp refuses some of these; other tools accept them.',
    wrong: plain('Fan', 'uint8 Level = 300;'),
    right: plain('Fan', 'uint8 Level = 30;'),
  },
  MOF2612: {
    what: 'MinValue and MaxValue allow no value at all, exclude the default, or are on an item that is not an integer.',
    wrong: block('Fan', '[WmiDataId(1), read, MinValue(10), MaxValue(5)] uint8 Level;'),
    right: block('Fan', '[WmiDataId(1), read, MinValue(5), MaxValue(10)] uint8 Level;'),
  },
  MOF2613: {
    what: 'A ValueMap has a value that the item can never have: a number outside of the range of its type, or a text longer than MaxLen.',
    wrong: block(
      'Fan',
      '[WmiDataId(1), read, Values{"off", "on"}, ValueMap{"0", "256"}] uint8 State;',
    ),
    right: block(
      'Fan',
      '[WmiDataId(1), read, Values{"off", "on"}, ValueMap{"0", "255"}] uint8 State;',
    ),
  },
  MOF2614: {
    what: 'An instance gives a value to a property that its class neither declares nor inherits.',
    windows: 'mofcomp writes such an instance into a binary MOF without an error.',
    wrong: `${plain('Fan', 'uint8 Level;')}instance of Fan\n{\n  Levle = 3;\n};\n`,
    right: `${plain('Fan', 'uint8 Level;')}instance of Fan\n{\n  Level = 3;\n};\n`,
  },
  MOF2615: {
    what: 'A value is an alias that no instance in the files has, or two instances of a file have the same alias.',
    wrong: `${plain('Fan', 'Fan ref Other;')}instance of Fan\n{\n  Other = $Left;\n};\n`,
    right: `${plain('Fan', 'Fan ref Other;')}instance of Fan as $Left\n{\n  Other = $Left;\n};\n`,
  },
  MOF2621: {
    what: 'A compiler directive lacks an argument, has one too many, or has one that is not valid for it. Strings without a comma between them are one string.',
    windows: 'mofcomp refuses such a file, or updates classes in another way than intended.',
    wrong: `#pragma classflags("updateonly" "forceupdate")\n${plain('Fan', 'uint8 Level;')}`,
    right: `#pragma classflags("updateonly", "forceupdate")\n${plain('Fan', 'uint8 Level;')}`,
  },
} as const satisfies Record<string, Page>;
