// MOF texts with faults of types and counts of items, and what resolving must report.
import { block, items, structure } from '../resolve-text.js';
import { type FaultRow } from './fault-row.js';

const twoInts = structure('Two', items('uint32 A', 'uint32 B'));

export const typeFaults: readonly FaultRow[] = [
  {
    rule: 'real numbers',
    text: block('Data', items('real32 A', 'real64 B[2]')),
    want: [
      ['MOF2301', 'real32'],
      ['MOF2301', 'real64'],
    ],
  },
  {
    rule: 'a real number as a parameter',
    text: block('Data', '[WmiMethodId(1)] void F([in] real32 A);'),
    want: [['MOF2301', 'real32']],
  },
  { rule: 'object', text: block('Data', items('object A')), want: [['MOF2302', 'object']] },
  {
    rule: 'a reference',
    text: `class Plain { }; ${block('Data', items('Plain ref A'))}`,
    want: [['MOF2302', 'Plain ref']],
  },
  {
    rule: 'a class embedded in itself',
    text: block('Data', items('uint8 A', 'Data B')),
    want: [['MOF2303', 'Data']],
    contains: ["'Data.B' -> 'Data'"],
  },
  {
    rule: 'classes embedded in each other',
    text: `${structure('A', items('B X'))}${structure('B', items('C Y'))}${structure('C', items('A Z'))}${block('Data', items('A D'))}`,
    want: [['MOF2303', 'A', 'B', 'C']],
    contains: ["'A.X' -> 'B.Y' -> 'C.Z' -> 'A'"],
  },
  {
    rule: 'a method may take the class that it belongs to',
    text: block('Data', `${items('uint8 A')} [WmiMethodId(1)] void F([in] Data D);`),
    want: [],
  },
  {
    rule: 'an embedded class without data items',
    text: `class Plain { uint8 A; }; ${block('Data', items('Plain B', 'WMIEvent C'))}`,
    want: [
      ['MOF2304', 'Plain', 'Plain'],
      ['MOF2304', 'WMIEvent'],
    ],
  },
  {
    rule: 'an embedded class with faults of its own is not reported again',
    text: `${structure('S', items('real32 A'))}${block('Data', items('S B', 'uint8 C'))}`,
    want: [['MOF2301', 'real32']],
  },
  {
    rule: 'a MaxLen that no string can have',
    text: block('Data', items('[MaxLen(32767)] string A', '[MaxLen(-1)] string B')),
    want: [
      ['MOF2305', 'MaxLen(32767)'],
      ['MOF2305', 'MaxLen(-1)'],
    ],
  },
  {
    rule: 'MaxLen on something that is not a string',
    text: twoInts + block('Data', items('[MaxLen(8)] uint8 A[8]', '[MaxLen(8)] Two B')),
    want: [
      ['MOF2306', 'MaxLen(8)'],
      ['MOF2306', 'MaxLen(8)'],
    ],
  },
  {
    rule: 'an array without elements',
    text: block('Data', items('uint8 A[0]', '[Max(0)] uint8 B[]')),
    want: [
      ['MOF2311', '[0]'],
      ['MOF2311', 'Max(0)'],
    ],
  },
  {
    rule: 'an array with more elements than a ULONG can count',
    text: block('Data', items('uint8 A[4294967296]')),
    want: [['MOF2311', '[4294967296]']],
  },
  {
    rule: 'WmiSizeIs on something that is not an array',
    text: block('Data', items('uint8 N', '[WmiSizeIs("N")] uint8 A')),
    want: [['MOF2312', 'WmiSizeIs("N")']],
  },
  {
    rule: 'WmiSizeIs that names nothing',
    text: block('Data', items('uint8 N', '[WmiSizeIs("M")] uint8 A[]')),
    want: [['MOF2313', 'WmiSizeIs("M")']],
  },
  {
    rule: 'WmiSizeIs that names no integer',
    text: block(
      'Data',
      items('boolean B', 'uint8 C[2]', '[WmiSizeIs("B")] uint8 X[]', '[WmiSizeIs("C")] uint8 Y[]'),
    ),
    want: [
      ['MOF2314', 'WmiSizeIs("B")', 'B'],
      ['MOF2314', 'WmiSizeIs("C")', 'C'],
    ],
  },
  {
    rule: 'WmiSizeIs that names the array itself',
    text: block('Data', items('[WmiSizeIs("A")] uint8 A[]')),
    want: [['MOF2314', 'WmiSizeIs("A")', 'A']],
  },
  {
    rule: 'WmiSizeIs that names an item of unknown type gives no second report',
    text: block('Data', items('ulong N', '[WmiSizeIs("N")] uint8 A[]')),
    want: [['MOF2008', 'ulong']],
  },
  {
    rule: 'WmiSizeIs that names an item without an id',
    text: block('Data', 'uint8 N; [WmiDataId(1), WmiSizeIs("N")] uint8 A[];'),
    want: [['MOF2313', 'WmiSizeIs("N")', 'N']],
    contains: ['no WmiDataId'],
  },
  {
    rule: 'a count after its array',
    text: block('Data', '[WmiDataId(2)] uint8 N; [WmiDataId(1), WmiSizeIs("N")] uint8 A[];'),
    want: [['MOF2315', 'WmiSizeIs("N")', 'N']],
  },
  {
    rule: 'an array without a length that is not last',
    text: block('Data', items('uint8 A[]', 'uint8 B')),
    want: [['MOF2316', 'A', 'B']],
    contains: ["'B'"],
  },
  {
    rule: 'an array without a length that is last',
    text: block('Data', items('uint8 B', 'uint8 A[]')),
    want: [['MOF2317', 'A']],
  },
  {
    rule: 'a class that ends in an array without a length is not last, or an array',
    text: `${structure('S', items('uint8 A[]'))}${block('D1', items('S X', 'uint8 B'))}${block('D2', items('S Y[2]'))}${block('D3', items('uint8 B', 'S Z'))}`,
    want: [
      ['MOF2317', 'A'],
      ['MOF2316', 'S'],
      ['MOF2316', 'S'],
    ],
  },
  {
    rule: 'a class whose last item is such a class ends in that array too',
    text: `${structure('S', items('uint8 A[]'))}${structure('T', items('uint8 B', 'S C'))}${block('D', items('T X', 'uint8 Y'))}`,
    want: [
      ['MOF2317', 'A'],
      ['MOF2316', 'T'],
    ],
  },
  {
    rule: 'WmiSizeIs on an array of fixed length',
    text: block('Data', items('uint8 N', '[WmiSizeIs("N")] uint8 A[4]')),
    want: [['MOF2318', 'WmiSizeIs("N")']],
  },
  {
    rule: 'Max that contradicts the array, or has no effect',
    text: block(
      'Data',
      items('[Max(4)] uint8 N', '[Max(4)] uint8 A[2]', '[Max(4), WmiSizeIs("N")] uint8 B[]'),
    ),
    want: [
      ['MOF2319', 'Max(4)'],
      ['MOF2319', 'Max(4)'],
      ['MOF2319', 'Max(4)'],
    ],
  },
  {
    rule: 'Max with the same length as the brackets',
    text: block('Data', items('[Max(2)] uint8 A[2]', '[Max(4)] uint8 B[]')),
    want: [],
  },
];
