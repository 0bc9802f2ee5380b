// Row P9 of the conformance table for NDIS miniports: generated C on the host harness, under sanitizers, answers as generated
// TypeScript on the runtime core does, as far as the status of an OID request shows, without an allocation.
import { join } from 'node:path';
import { testAgreement } from '../../c/agreement.js';

const vectors = join(import.meta.dirname, '../../c/vectors');

testAgreement({
  target: 'ndis',
  adapter: [join(vectors, 'ndis-adapter.c'), join(vectors, 'run.c')],
  // The adapter reads from the flag which blocks can be set.
  defines: ['DEVICE_WMI_STORE_BYTES=0x40000', 'DEVICE_WMI_WRITE_ACCESS=fNDIS_GUID_ALLOW_WRITE'],
  glue: `#include <ndis.h>
#include "${join(vectors, 'ndis-adapter.h')}"
#include "device_wmi.h"

NTSTATUS vectors_initialize(PVOID device)
{
    return DeviceWmiInitialize(device);
}

NDIS_STATUS vectors_request(PVOID device, ULONG size, PVOID memory, PNDIS_OID_REQUEST request)
{
    return DeviceWmiOidRequest(device, size, memory, request);
}

ULONG vectors_guids(ULONG count, NDIS_GUID *guids)
{
    return DeviceWmiGuids(count, guids);
}
`,
});
