// MOF texts with faults of methods, and what resolving must report.
import { block, items } from '../resolve-text.js';
import { type FaultRow } from './fault-row.js';

export const methodFaults: readonly FaultRow[] = [
  {
    rule: 'methods without a WmiMethodId',
    text: block('Data', '[WmiMethodId(1)] void F(); void G(); [Implemented] void H();'),
    want: [
      ['MOF2501', 'G'],
      ['MOF2501', 'H'],
    ],
    contains: ['[WmiMethodId(2)]'],
  },
  {
    rule: 'methods of structures and plain classes need none',
    text: `class Plain { uint32 F(); }; [WMI, abstract] class Base { void G(); };`,
    want: [],
  },
  {
    rule: 'a WmiMethodId used twice',
    text: block('Data', '[WmiMethodId(7)] void F(); [WmiMethodId(7)] void G();'),
    want: [['MOF2502', 'WmiMethodId(7)', 'WmiMethodId(7)']],
    contains: ['the next free WmiMethodId is 1'],
  },
  {
    rule: 'WmiMethodIds may have gaps',
    text: block('Data', '[WmiMethodId(10)] void F(); [WmiMethodId(128)] void G();'),
    want: [],
  },
  {
    rule: 'a method that returns a value',
    text: block('Data', '[WmiMethodId(1)] uint32 F([out] uint8 A);'),
    want: [['MOF2503', 'uint32']],
    contains: ['at byte 4 of the output'],
  },
  {
    rule: 'a parameter named like the return value',
    text: block('Data', '[WmiMethodId(1)] uint32 F([out] uint8 returnValue);'),
    want: [
      ['MOF2003', 'uint32', 'returnValue'],
      ['MOF2503', 'uint32'],
    ],
  },
  {
    rule: 'parameters with one ID',
    text: block('Data', '[WmiMethodId(1)] void F([in, id(0)] uint8 A, [out, ID(0)] uint8 B);'),
    want: [['MOF2504', 'ID(0)']],
  },
  {
    rule: 'some parameters with an ID',
    text: block('Data', '[WmiMethodId(1)] void F([in, id(0)] uint8 A, [out] uint8 B);'),
    want: [['MOF2504', 'B']],
  },
  {
    rule: 'a single id(0), as firmware writes it',
    text: block('Data', '[WmiMethodId(1)] void F([in, out, id(0)] uint8 A);'),
    want: [],
  },
  {
    rule: 'a method of an event',
    text: block('E : WMIEvent', `${items('uint8 A')} [WmiMethodId(1)] void F();`),
    want: [['MOF2505', 'F']],
  },
  {
    rule: 'an output array sized by an output, as firmware writes it',
    text: block(
      'Data',
      '[WmiMethodId(1)] void F([in] uint32 A, [out] uint32 N, [out, WmiSizeIs("N") : ToInstance] uint8 B[]);',
    ),
    want: [],
  },
  {
    rule: 'an output array sized by an input takes the rest where it is last',
    text: block('Data', '[WmiMethodId(1)] void F([in] uint32 N, [out, WmiSizeIs("N")] uint8 A[]);'),
    want: [['MOF2317', 'WmiSizeIs("N")']],
  },
  {
    rule: 'an output array sized by an input that is not last',
    text: block(
      'Data',
      '[WmiMethodId(1)] void F([in] uint32 N, [out, WmiSizeIs("N")] uint8 A[], [out] uint8 B);',
    ),
    want: [['MOF2316', 'WmiSizeIs("N")']],
  },
  {
    rule: 'an input array sized by an output',
    text: block('Data', '[WmiMethodId(1)] void F([out] uint32 N, [in, WmiSizeIs("N")] uint8 A[]);'),
    want: [
      ['MOF2316', 'WmiSizeIs("N")'],
      ['MOF2506', 'A', 'N'],
    ],
  },
  {
    rule: 'WmiSizeIs that names no parameter',
    text: block('Data', '[WmiMethodId(1)] void F([in, WmiSizeIs("N")] uint8 A[]);'),
    want: [['MOF2313', 'WmiSizeIs("N")']],
  },
  {
    rule: 'a fault of a parameter that goes both ways is reported once',
    text: block('Data', '[WmiMethodId(1)] void F(real32 A);'),
    want: [['MOF2301', 'real32']],
  },
  {
    rule: 'clashes and missing ids of methods get suggestions of their own',
    text: block(
      'Data',
      '[WmiMethodId(1)] void F(); [WmiMethodId(1)] void G(); void H(); [WmiMethodId(1)] void I(); [WmiMethodId(3)] void J();',
    ),
    want: [
      ['MOF2502', 'WmiMethodId(1)', 'WmiMethodId(1)'],
      ['MOF2501', 'H'],
      ['MOF2502', 'WmiMethodId(1)', 'WmiMethodId(1)'],
    ],
    suggests: ['is 2', 'WmiMethodId(4)', 'is 5'],
  },
  {
    rule: 'WmiSizeIs that names no integer that goes the other way',
    text: block(
      'Data',
      '[WmiMethodId(1)] void F([in] string N, [out, WmiSizeIs("N")] uint8 A[]); [WmiMethodId(2)] void G([out] uint8 N[2], [in, WmiSizeIs("N")] uint8 A[]);',
    ),
    want: [
      ['MOF2314', 'WmiSizeIs("N")', 'N'],
      ['MOF2314', 'WmiSizeIs("N")', 'N'],
      ['MOF2506', 'A', 'N'],
    ],
  },
];
