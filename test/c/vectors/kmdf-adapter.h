/* What a test writes so that vectors reach a KMDF driver; it must not know which driver. */
#ifndef MOFGEN_VECTORS_KMDF_ADAPTER_H
#define MOFGEN_VECTORS_KMDF_ADAPTER_H

#include <ntddk.h>
#include <wdf.h>

/* Makes the driver's blocks on a device: a call of <Base>WmiInitialize. */
NTSTATUS vectors_initialize(WDFDEVICE device);

#endif
