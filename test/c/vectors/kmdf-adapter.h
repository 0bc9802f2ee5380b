/* What a test defines so that vectors reach a KMDF driver. */
#ifndef MOFGEN_VECTORS_KMDF_ADAPTER_H
#define MOFGEN_VECTORS_KMDF_ADAPTER_H

#include <ntddk.h>
#include <wdf.h>

/* Makes the driver's blocks on a device: a call of <Base>WmiInitialize. */
NTSTATUS vectors_initialize(WDFDEVICE device);

#endif
