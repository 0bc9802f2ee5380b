// Row P9 of the conformance table for blocks without a transport: generated C on the host harness, under sanitizers, answers as
// generated TypeScript on the runtime core does, byte for byte, at DISPATCH_LEVEL and without an allocation.
import { join } from 'node:path';
import { testAgreement } from '../../c/agreement.js';

const vectors = join(import.meta.dirname, '../../c/vectors');

testAgreement({
  target: 'blocks',
  adapter: [join(vectors, 'blocks-adapter.c'), join(vectors, 'run.c')],
  defines: ['DEVICE_WMI_STORE_BYTES=0x40000'],
  glue: `#include <ntddk.h>
#include "${join(vectors, 'blocks-adapter.h')}"
#include "device_wmi.h"

const MOFGEN_BLOCKS *const vectors_blocks = &DeviceWmiBlocks;

NTSTATUS vectors_initialize(PVOID device)
{
    return DeviceWmiInitialize(device);
}
`,
});
