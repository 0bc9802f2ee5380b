// The transport of mofgen's C runtime core for drivers over WMILIB: WMILIB's routines, and events that it sends. It does not
// know blocks and instances: those are in mofgen_wmi_device.
// The same for every MOF file; mofgen copies it beside the files that it generates.
#ifndef _MOFGEN_WMI_WDM_H_
#define _MOFGEN_WMI_WDM_H_

#include <ntddk.h>
#include <wmistr.h>

#include <wmilib.h>

#include "mofgen_wmi_device.h"

// Not in every kit.
#ifndef _Dispatch_type_
#define _Dispatch_type_(Major)
#endif

#ifdef __cplusplus
extern "C" {
#endif

// Returns the structure of a device.
typedef MOFGEN_WMI_DEVICE *MOFGEN_WMI_FROM_DEVICE(_In_ PDEVICE_OBJECT DeviceObject);

// MofgenWmiInitialize, with Routines of the provider.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmilibInitialize(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ PDEVICE_OBJECT DeviceObject,
    _In_ PDEVICE_OBJECT PhysicalDeviceObject,
    _In_opt_ PDEVICE_OBJECT LowerDevice,
    _In_ PCUNICODE_STRING RegistryPath);

// MofgenWmiCleanup.
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmilibCleanup(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi);

// Completes a request of the type IRP_MJ_SYSTEM_CONTROL, or passes it to the device below. While the driver has the request,
// DriverContext[0] of the IRP is the structure of the device.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmilibSystemControl(
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp,
    _In_ MOFGEN_WMI_FROM_DEVICE *FromDevice);

// Sends an event: SendEvent of a MOFGEN_WMI_PROVIDER.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmilibSendEvent(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ const GUID *Guid,
    _In_ ULONG InstanceIndex,
    _In_ ULONG Size,
    _In_opt_ PVOID Data);

// ---- WMILIB's routines, for the WMILIB_CONTEXT of a MOF file (Routines of a MOFGEN_WMI_PROVIDER) ----

// A MOF file needs the first, and those that a block of it has a function for. Each completes its request with
// WmiCompleteRequest.
WMI_QUERY_DATABLOCK_CALLBACK MofgenWmilibQueryDataBlock;
WMI_SET_DATABLOCK_CALLBACK MofgenWmilibSetDataBlock;
WMI_SET_DATAITEM_CALLBACK MofgenWmilibSetDataItem;
WMI_EXECUTE_METHOD_CALLBACK MofgenWmilibExecuteMethod;
WMI_FUNCTION_CONTROL_CALLBACK MofgenWmilibFunctionControl;

// What DpWmiQueryReginfo returns for a device.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmilibQueryReginfo(
    _In_ PDEVICE_OBJECT DeviceObject,
    _Out_ PULONG RegFlags,
    _In_ MOFGEN_WMI_FROM_DEVICE *FromDevice,
    _Outptr_ PUNICODE_STRING *RegistryPath,
    _Out_ PUNICODE_STRING MofResourceName,
    _Outptr_ PDEVICE_OBJECT *Pdo);

// Defines DpWmiQueryReginfo of a MOF file. WMILIB passes the device object, from which FromDevice returns the structure. Use
// it before the generated header, whose macros may replace words of it.
#define MOFGEN_WMILIB_DEFINE_QUERY_REGINFO(Name, FromDevice)                                         \
    _IRQL_requires_max_(PASSIVE_LEVEL)                                                            \
    MOFGEN_WMI_FROM_DEVICE FromDevice;                                                            \
    MOFGEN_PAGED static WMI_QUERY_REGINFO_CALLBACK Name;                                          \
                                                                                                  \
    _Use_decl_annotations_                                                                        \
    MOFGEN_PAGED static NTSTATUS NTAPI                                                            \
    Name(                                                                                         \
        PDEVICE_OBJECT DeviceObject,                                                              \
        PULONG RegFlags,                                                                          \
        PUNICODE_STRING InstanceName,                                                             \
        PUNICODE_STRING *RegistryPath,                                                            \
        PUNICODE_STRING MofResourceName,                                                          \
        PDEVICE_OBJECT *Pdo)                                                                      \
    {                                                                                             \
        PAGED_CODE();                                                                             \
                                                                                                  \
        UNREFERENCED_PARAMETER(InstanceName); /* instances are named after Pdo */                 \
        return MofgenWmilibQueryReginfo(                                                          \
            DeviceObject, RegFlags, FromDevice, RegistryPath, MofResourceName, Pdo);              \
    }

#ifdef __cplusplus
}
#endif

#endif
