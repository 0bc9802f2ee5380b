// Row P9 of the conformance table for miniports: generated C on the host harness, under sanitizers, answers as generated TypeScript
// on the runtime core does, as far as the status of an SRB shows, at DISPATCH_LEVEL and without an allocation.
import { join } from 'node:path';
import { testAgreement } from '../../c/agreement.js';

const vectors = join(import.meta.dirname, '../../c/vectors');

testAgreement({
  target: 'scsiwmi',
  adapter: [join(vectors, 'scsiwmi-adapter.c'), join(vectors, 'run.c')],
  defines: ['DEVICE_WMI_STORE_BYTES=0x40000'],
  glue: `#include <ntddk.h>
#include <scsiwmi.h>
#include "${join(vectors, 'scsiwmi-adapter.h')}"
#include "device_wmi.h"

static DEVICE_WMI wmi;

NTSTATUS vectors_initialize(PVOID extension, ULONG size, PVOID memory)
{
    return DeviceWmiInitialize(&wmi, extension, size, memory);
}

MOFGEN_SCSI_WMI *vectors_wmi(VOID)
{
    return &wmi.Core;
}
`,
});
