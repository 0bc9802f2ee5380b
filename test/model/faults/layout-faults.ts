// MOF texts with faults of layout, and what resolving must report.
import { block, inheritable, items, structure } from '../resolve-text.js';
import { type FaultRow } from './fault-row.js';

export const layoutFaults: readonly FaultRow[] = [
  {
    rule: 'an array that ends above 4 GB',
    text: block('Data', items('uint32 A', 'uint64 B[0x20000000]', 'uint8 C')),
    want: [['MOF2401', 'B']],
  },
  {
    rule: 'sizes that would overflow a double are caught',
    text: `${structure('S', items('uint64 A[0x10000000]'))}${block('Data', items('S B[0xFFFFFFFF]'))}`,
    want: [['MOF2401', 'B']],
  },
  {
    rule: 'strings whose counts alone end above 4 GB',
    text: block('Data', items('string A[0xF0000000]')),
    want: [['MOF2401', 'A']],
  },
  {
    rule: 'a variable item that is not last, once for each record',
    text: block('Data', items('string A', 'string B', 'uint8 C')),
    want: [['MOF2402', 'A', 'B']],
  },
  {
    rule: 'a string with MaxLen may be anywhere',
    text: block('Data', items('[MaxLen(8)] string A', 'uint8 B')),
    want: [],
  },
  {
    rule: 'an event above 1 KB with its header',
    text: block('Big : WMIEvent', items('uint8 A[961]')),
    want: [['MOF2403', 'Big']],
    contains: ['64', '961', '1025', '1024'],
  },
  {
    rule: 'an event of exactly 1 KB with its header',
    text: block('Fits : WMIEvent', items('uint8 A[960]')),
    want: [],
  },
  {
    rule: 'the full slots of an event count',
    text: block('Big : WMIEvent', items('uint32 A', '[MaxLen(500)] string B')),
    want: [['MOF2403', 'Big']],
  },
  {
    rule: 'the fixed part of an event of varying length counts',
    text: block('Big : WMIEvent', items('uint8 A[1000]', 'string B')),
    want: [['MOF2403', 'Big']],
  },
  {
    rule: 'an order that costs 8 bytes',
    text: block('Data', items('uint8 A', 'uint64 B', 'uint8 C')),
    want: [['MOF2404', 'B']],
    contains: ['24 bytes', '16 in another', '8 are padding', 'B, A, C'],
  },
  {
    rule: 'padding that no order saves, or not to the next instance',
    text:
      block('Data', items('uint8 A', 'uint64 B')) +
      block('Other', items('uint8 A', 'uint16 B', 'uint8 C')),
    want: [],
  },
  {
    rule: 'an embedded class begins where its alignment lets it: 12 bytes in place of 8 are too few to report',
    text: structure('S', items('uint8 A', 'uint32 B', 'uint8 C')) + block('Data', items('S A[10]')),
    want: [],
  },
  {
    rule: 'an order of an embedded class that costs 8 bytes',
    text:
      structure(
        'S',
        items('uint8 A', 'uint32 B', 'uint8 C', 'uint32 D', 'uint8 E', 'uint32 F', 'uint8 G'),
      ) + block('Data', items('S A')),
    want: [['MOF2404', 'B']],
    contains: ['28 bytes', '16 in another', '12 are padding'],
  },
  {
    rule: 'inherited items keep their place, so no order is better',
    text: `${inheritable(structure('Base', items('uint8 A')))}${block('Data : Base', '[WmiDataId(2)] uint64 B; [WmiDataId(3)] uint8 C;')}`,
    want: [],
  },
  {
    rule: 'items after one of varying length are not considered',
    text: block('Data', items('string A', 'uint8 B', 'uint64 C', 'uint8 D')),
    want: [['MOF2402', 'A', 'B']],
  },
  {
    rule: 'a data block may be larger',
    text: block('Data', items('uint8 A[4096]')),
    want: [],
  },
];
