// Row P9 of the conformance table for KMDF: generated C on the host harness, under sanitizers, answers as generated
// TypeScript on the runtime core does, byte for byte.
import { join } from 'node:path';
import { testAgreement } from '../../c/agreement.js';

const vectors = join(import.meta.dirname, '../../c/vectors');

testAgreement({
  target: 'kmdf',
  adapter: [join(vectors, 'kmdf-adapter.c'), join(vectors, 'run.c')],
  glue: `#include "${join(vectors, 'kmdf-adapter.h')}"
#include "device_wmi.h"

NTSTATUS vectors_initialize(WDFDEVICE device)
{
    return DeviceWmiInitialize(device);
}
`,
});
