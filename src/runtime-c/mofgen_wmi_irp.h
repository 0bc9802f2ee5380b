// mofgen's C runtime core: the transport of WDM drivers that handle IRP_MJ_SYSTEM_CONTROL without WMILIB. It reads and writes the WNODE
// structures of requests and events, and the registration. Blocks and instances are in mofgen_wmi_device.
// The same for every MOF file; mofgen copies it next to the files that it generates.
#ifndef _MOFGEN_WMI_IRP_H_
#define _MOFGEN_WMI_IRP_H_

#include <ntddk.h>
#include <wmistr.h>

#include "mofgen_wmi_device.h"

// Some kits lack it.
#ifndef _Dispatch_type_
#define _Dispatch_type_(Major)
#endif

#ifdef __cplusplus
extern "C" {
#endif

// Completes an IRP_MJ_SYSTEM_CONTROL request, or passes it to the device below.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenIrpSystemControl(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp);

// Implements SendEvent of MOFGEN_WMI_PROVIDER.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenIrpSendEvent(
    _In_ const MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG InstanceIndex,
    _In_ ULONG Size,
    _In_opt_ PVOID Data);

#ifdef __cplusplus
}
#endif

#endif
