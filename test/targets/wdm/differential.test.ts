// Row P9 of the conformance table for WMILIB: generated C on the host harness, under sanitizers, answers as generated
// TypeScript on the runtime core does, byte for byte.
import { join } from 'node:path';
import { testAgreement } from '../../c/agreement.js';

const vectors = join(import.meta.dirname, '../../c/vectors');

testAgreement({
  target: 'wdm',
  adapter: [join(vectors, 'wmilib-adapter.c'), join(vectors, 'run.c')],
  glue: `#include "${join(vectors, 'wmilib-adapter.h')}"
#include "device_wmi.h"

const ULONG vectors_extension_size = sizeof(DEVICE_WMI);

NTSTATUS vectors_initialize(PDEVICE_OBJECT device, PDEVICE_OBJECT lower)
{
    UNICODE_STRING path;
    NTSTATUS status;

    RtlInitUnicodeString(&path, L"\\\\Registry\\\\device");
    status = DeviceWmiInitialize((PDEVICE_WMI)device->DeviceExtension, device, lower, lower, &path);
    return NT_SUCCESS(status) ? DeviceWmiRegister((PDEVICE_WMI)device->DeviceExtension) : status;
}

VOID vectors_uninitialize(PDEVICE_OBJECT device)
{
    DeviceWmiCleanup((PDEVICE_WMI)device->DeviceExtension);
}

NTSTATUS vectors_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
    return DeviceWmiSystemControl(device, irp);
}
`,
});
