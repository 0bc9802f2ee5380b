// The transport of mofgen's C runtime core for WDM drivers that answer IRP_MJ_SYSTEM_CONTROL themselves, without WMILIB: the
// WNODE structures of requests, answers and events, and the registration. It does not know what blocks and instances do: those
// are in mofgen_wmi_device.
// The same for every MOF file; mofgen copies it beside the files that it generates.
#ifndef _MOFGEN_WMI_IRP_H_
#define _MOFGEN_WMI_IRP_H_

#include <ntddk.h>
#include <wmistr.h>

#include "mofgen_wmi_device.h"

// Not in every kit.
#ifndef _Dispatch_type_
#define _Dispatch_type_(Major)
#endif

#ifdef __cplusplus
extern "C" {
#endif

// Completes a request of the type IRP_MJ_SYSTEM_CONTROL, or passes it to the device below.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenIrpSystemControl(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp);

// SendEvent of a MOFGEN_WMI_PROVIDER.
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
