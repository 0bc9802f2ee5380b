/* What a test defines so that vectors reach a driver that answers its IRPs itself. */
#ifndef MOFGEN_VECTORS_IRP_ADAPTER_H
#define MOFGEN_VECTORS_IRP_ADAPTER_H

#include <ntddk.h>
#include <wmistr.h>

#include "mofgen_wmi_irp.h"

/* Bytes of the DeviceExtension. */
extern const ULONG vectors_extension_size;

/* The driver's IRP_MJ_SYSTEM_CONTROL routine. */
DRIVER_DISPATCH vectors_dispatch;

/* Readies a device, above `lower`; after a failure vectors_uninitialize is called all the same. */
NTSTATUS vectors_initialize(PDEVICE_OBJECT device, PDEVICE_OBJECT lower);
VOID vectors_uninitialize(PDEVICE_OBJECT device);

/* The structure of an initialized device. */
MOFGEN_WMI_DEVICE *vectors_wmi(PDEVICE_OBJECT device);

#endif
