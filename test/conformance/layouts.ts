/**
 * Rows L: sizes and offsets of the structures, and which statuses count as success.
 */
import { expect } from 'vitest';
import * as status from '../../src/runtime/ntstatus.js';
import * as wnode from '../../src/runtime/wnode.js';
import { WMIREGGUID, WMIREGINFO, registrationLayouts } from '../../src/runtime/wmireg.js';
import { type Row } from './row.js';

/** wmistr.h: offsets in order of the members, the size last. */
function everyWnode(): void {
  expect(Object.values(wnode.WNODE_HEADER)).toEqual([0, 4, 8, 8, 12, 16, 16, 16, 24, 40, 44, 48]);
  expect(Object.values(wnode.WNODE_ALL_DATA)).toEqual([48, 52, 56, 60, 60, 72]);
  expect(Object.values(wnode.WNODE_SINGLE_INSTANCE)).toEqual([48, 52, 56, 60, 64, 64]);
  expect(Object.values(wnode.WNODE_SINGLE_ITEM)).toEqual([48, 52, 56, 60, 64, 68, 72]);
  expect(Object.values(wnode.WNODE_METHOD_ITEM)).toEqual([48, 52, 56, 60, 64, 68, 72]);
  expect(Object.values(wnode.WNODE_EVENT_ITEM)).toEqual([48]);
  expect(Object.values(wnode.WNODE_EVENT_REFERENCE)).toEqual([48, 64, 68, 68, 72]);
  expect(Object.values(wnode.WNODE_TOO_SMALL)).toEqual([48, 56]);
  expect(Object.values(wnode.OFFSETINSTANCEDATAANDLENGTH)).toEqual([0, 4, 8]);
  expect(Object.values(WMIREGINFO)).toEqual([0, 4, 8, 12, 16]);
  expect(Object.values(WMIREGGUID)).toEqual([0, 16, 20, 24, 24, 24, 24]);
}

export const layoutRows: readonly Row[] = [
  {
    id: 'L1',
    condition: 'every structure on x64',
    expected: 'sizes and offsets of wmistr.h; WMIREGGUIDW 32, WMIREGINFOW 24',
    source: 'H structures',
    models: ['kmdf'],
    run() {
      everyWnode();
      const { regGuidSize, regInfoSize } = registrationLayouts.x64;
      expect([regGuidSize, regInfoSize]).toEqual([32, 24]);
    },
  },
  {
    id: 'L2',
    condition: 'every structure on x86',
    expected: 'the same, but WMIREGGUIDW 28, WMIREGINFOW 20',
    source: 'H structures',
    models: ['kmdf'],
    run() {
      everyWnode();
      const { regGuidSize, regInfoSize } = registrationLayouts.x86;
      expect([regGuidSize, regInfoSize]).toEqual([28, 20]);
    },
  },
  {
    id: 'L3',
    condition: 'NT_SUCCESS of every status',
    expected: 'true for 0, 0x103 and 0x40000000; false for 0x80000005 and every error',
    source: 'H structures',
    models: ['kmdf'],
    run() {
      const successes = Object.values(status.ntStatuses).filter((one) => status.ntSuccess(one));
      expect(successes).toEqual([0, 0x103, 0x40000000]);
    },
  },
];
