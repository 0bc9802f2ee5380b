/** The pages about values that a MOF gives to items, and about arguments of directives. */
import { block, type Page, plain, structure } from './page.js';

const LEFT_OUT = 'When it is left out, the item starts as if it had no default.';

export const VALUE_PAGES = {
  MOF2601: {
    what: `A default is no value of the type: a text for a number, one value for an array, a list for one value. ${LEFT_OUT}`,
    windows:
      'mofcomp rounds a real number for an integer; other readers take the value in other ways or refuse the file.',
    wrong: block('Fan', '[WmiDataId(1), read] uint32 Speed = "1200";'),
    right: block('Fan', '[WmiDataId(1), read] uint32 Speed = 1200;'),
  },
  MOF2602: {
    what: `A default, a MinValue or a MaxValue is a number that the type does not hold. ${LEFT_OUT}`,
    wrong: block('Fan', '[WmiDataId(1), read] uint8 Level = 300;'),
    right: block('Fan', '[WmiDataId(1), read] uint8 Level = 30;'),
  },
  MOF2603: {
    what: `A default of a datetime is none. It has 25 characters: yyyymmddhhmmss.mmmmmm and the minutes from UTC with their sign, or ddddddddhhmmss.mmmmmm:000 for an interval. A field that does not matter is written in asterisks. ${LEFT_OUT}`,
    wrong: block('Fan', '[WmiDataId(1), read] datetime Cleaned = "2026-01-15";'),
    right: block('Fan', '[WmiDataId(1), read] datetime Cleaned = "20260115000000.000000+000";'),
  },
  MOF2604: {
    what: `A default of an array has more elements than the array, or than the item that counts them can say. Fewer are right: the others start empty. ${LEFT_OUT}`,
    wrong: block('Fan', '[WmiDataId(1), read] uint16 Speeds[2] = {1, 2, 3};'),
    right: block('Fan', '[WmiDataId(1), read] uint16 Speeds[3] = {1, 2, 3};'),
  },
  MOF2605: {
    what: `A default of a string has more characters than MaxLen allows. ${LEFT_OUT}`,
    wrong: block('Fan', '[WmiDataId(1), read, MaxLen(4)] string Label = "Left fan";'),
    right: block('Fan', '[WmiDataId(1), read, MaxLen(8)] string Label = "Left fan";'),
  },
  MOF2606: {
    what: `A name stands where a default is expected: a macro that was not expanded, it seems, because the header with it is not there. ${LEFT_OUT}`,
    wrong: block('Fan', '[WmiDataId(1), read] uint32 Speed = FULL_SPEED;'),
    right: `#define FULL_SPEED 1200\n${block('Fan', '[WmiDataId(1), read] uint32 Speed = FULL_SPEED;')}`,
  },
  MOF2607: {
    what: 'An item that counts the elements of an array has a default of its own, which is another number than the array has elements to start with. The number of elements counts.',
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
    what: 'A default says nothing to mofgen: that of an embedded class, or that of an array whose count also counts an array of an embedded class. Items of the embedded class may have defaults, with which it starts wherever it is embedded.',
    wrong:
      structure('Point', '[WmiDataId(1)] uint32 X;') +
      block('Fan', '[WmiDataId(1), read] Point Place = instance of Point { X = 1; };'),
    right:
      structure('Point', '[WmiDataId(1)] uint32 X = 1;') +
      block('Fan', '[WmiDataId(1), read] Point Place;'),
  },
  MOF2611: {
    what: 'A value does not fit its type: a default of a property that is no data item, of a parameter or of a qualifier declaration, or a value of an instance, which has to fit the property of its class.',
    windows: 'mofcomp refuses some of these; other tools take them.',
    wrong: plain('Fan', 'uint8 Level = 300;'),
    right: plain('Fan', 'uint8 Level = 30;'),
  },
  MOF2612: {
    what: 'MinValue and MaxValue allow no value at all, do not allow the default, or stand on something that is no integer.',
    wrong: block('Fan', '[WmiDataId(1), read, MinValue(10), MaxValue(5)] uint8 Level;'),
    right: block('Fan', '[WmiDataId(1), read, MinValue(5), MaxValue(10)] uint8 Level;'),
  },
  MOF2613: {
    what: 'A ValueMap names a value that the item never has: a number that its type does not hold, or a text that is longer than MaxLen.',
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
    what: 'An instance gives a value to a property that neither its class nor one above that has.',
    windows: 'mofcomp writes such an instance into a binary MOF all the same.',
    wrong: `${plain('Fan', 'uint8 Level;')}instance of Fan\n{\n  Levle = 3;\n};\n`,
    right: `${plain('Fan', 'uint8 Level;')}instance of Fan\n{\n  Level = 3;\n};\n`,
  },
  MOF2615: {
    what: 'A value is an alias that no instance of the files has, or two instances of a file have one alias.',
    wrong: `${plain('Fan', 'Fan ref Other;')}instance of Fan\n{\n  Other = $Left;\n};\n`,
    right: `${plain('Fan', 'Fan ref Other;')}instance of Fan as $Left\n{\n  Other = $Left;\n};\n`,
  },
  MOF2621: {
    what: 'A compiler directive lacks an argument, has one too many, or has one that it does not take. Strings that follow each other without a comma are one string.',
    windows: 'mofcomp refuses such a file, or updates classes in another way than was meant.',
    wrong: `#pragma classflags("updateonly" "forceupdate")\n${plain('Fan', 'uint8 Level;')}`,
    right: `#pragma classflags("updateonly", "forceupdate")\n${plain('Fan', 'uint8 Level;')}`,
  },
} as const satisfies Record<string, Page>;
