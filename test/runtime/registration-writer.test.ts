// The bytes of a WMIREGINFO that a driver model writes, and what a buffer without room gets.
import { expect, test } from 'vitest';
import { type DriverHost } from '../../src/runtime/driver-host.js';
import { createSystemControlIrp, IRP_MN_REGINFO } from '../../src/runtime/irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  ntStatusName,
} from '../../src/runtime/ntstatus.js';
import { completeRegistration } from '../../src/runtime/registration-writer.js';
import { readRegistrationInfo, type RegistrationInfo } from '../../src/runtime/wmireg.js';

const INFO: RegistrationInfo = {
  registryPath: '\\R',
  mofResourceName: 'Mof',
  guids: [
    {
      guid: '01234567-89ab-cdef-0123-456789abcdef',
      flags: 0x4,
      instanceCount: 2,
      naming: { kind: 'list', names: ['one', 'two'] },
    },
  ],
};

/** BufferSize, NextWmiRegInfo, RegistryPath, MofResourceName, GuidCount (wmistr.h), one WMIREGGUID, and the texts with their sizes. */
const SIZES = { x64: 24 + 32, x86: 20 + 28 };
const TEXTS = 'Mof\\RonetwO'.length * 2 + 4 * 2;

function answer(arch: 'x64' | 'x86', room: number) {
  const irp = createSystemControlIrp(IRP_MN_REGINFO, 1n, 0, new Uint8Array(room));
  const host = { arch } as DriverHost;
  completeRegistration(host, irp, room, INFO, STATUS_SUCCESS);
  return { irp, status: ntStatusName(irp.ioStatus.status), used: irp.ioStatus.information };
}

test.each(['x64', 'x86'] as const)('a WMIREGINFO on %s has its size and its count', (arch) => {
  const size = readSize(arch);
  const { irp, status, used } = answer(arch, 200);
  expect({ status, used }).toEqual({ status: 'STATUS_SUCCESS', used: size });
  expect(irp.view.getUint32(0, true)).toBe(size);
  expect(readRegistrationInfo(irp.memory, arch)).toEqual(INFO);
  // No byte after it is read.
  expect(readRegistrationInfo(irp.memory.subarray(0, size), arch)).toEqual(INFO);
});

test.each([
  [4, 'STATUS_SUCCESS', 4],
  [0, 'STATUS_BUFFER_TOO_SMALL', 0],
  [3, 'STATUS_BUFFER_TOO_SMALL', 0],
  [readSize('x64') - 1, 'STATUS_SUCCESS', 4],
  [readSize('x64'), 'STATUS_SUCCESS', readSize('x64')],
])('with %i bytes the status is %s, and %i bytes are used', (room, status, used) => {
  const outcome = answer('x64', room);
  expect({ status: outcome.status, used: outcome.used }).toEqual({ status, used });
  if (used > 0) expect(outcome.irp.view.getUint32(0, true)).toBe(readSize('x64'));
});

function readSize(arch: 'x64' | 'x86'): number {
  return SIZES[arch] + TEXTS;
}

test('the status without room is that of the caller', () => {
  const irp = createSystemControlIrp(IRP_MN_REGINFO, 1n, 0, new Uint8Array(8));
  completeRegistration({ arch: 'x64' } as DriverHost, irp, 8, INFO, STATUS_BUFFER_TOO_SMALL);
  expect(ntStatusName(irp.ioStatus.status)).toBe('STATUS_BUFFER_TOO_SMALL');
});
