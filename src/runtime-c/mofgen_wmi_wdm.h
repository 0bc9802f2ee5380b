// mofgen's C runtime core: the transport of WDM drivers that use WMILIB, with WMILIB's callback routines and the events that it sends.
// Blocks and instances are in mofgen_wmi_device.
// The same for every MOF file; mofgen copies it next to the files that it generates.
#ifndef _MOFGEN_WMI_WDM_H_
#define _MOFGEN_WMI_WDM_H_

#include <ntddk.h>
#include <wmistr.h>

#include <wmilib.h>

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
MofgenWmilibSystemControl(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp);

// Implements SendEvent of MOFGEN_WMI_PROVIDER.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmilibSendEvent(
    _In_ const MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG InstanceIndex,
    _In_ ULONG Size,
    _In_opt_ PVOID Data);

// ---- WMILIB's routines ----

// Returns the structure of a device. WMILIB passes only the device object, and the driver decides where its structure is.
typedef MOFGEN_WMI_DEVICE *MOFGEN_WMI_FROM_DEVICE(_In_ PDEVICE_OBJECT DeviceObject);

// Does not complete the request: WMILIB does.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmilibQueryReginfo(
    _In_ PDEVICE_OBJECT DeviceObject,
    _Out_ PULONG RegFlags,
    _In_ MOFGEN_WMI_FROM_DEVICE *FromDevice,
    _Outptr_ PUNICODE_STRING *RegistryPath,
    _Out_ PUNICODE_STRING MofResourceName,
    _Outptr_ PDEVICE_OBJECT *Pdo);

// The other routines have the parameters of WMILIB's routines, with FromDevice in place of the device object, which is in the current
// stack location of Irp. Each completes its request with WmiCompleteRequest.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmilibQueryDataBlock(
    _In_ MOFGEN_WMI_FROM_DEVICE *FromDevice,
    _In_ PIRP Irp,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG InstanceCount,
    _Out_writes_opt_(InstanceCount) PULONG InstanceLengthArray,
    _In_ ULONG BufferAvail,
    _Out_writes_bytes_opt_(BufferAvail) PUCHAR Buffer);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmilibSetDataBlock(
    _In_ MOFGEN_WMI_FROM_DEVICE *FromDevice,
    _In_ PIRP Irp,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG BufferSize,
    _In_reads_bytes_(BufferSize) PUCHAR Buffer);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmilibSetDataItem(
    _In_ MOFGEN_WMI_FROM_DEVICE *FromDevice,
    _In_ PIRP Irp,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG DataItemId,
    _In_ ULONG BufferSize,
    _In_reads_bytes_(BufferSize) PUCHAR Buffer);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmilibExecuteMethod(
    _In_ MOFGEN_WMI_FROM_DEVICE *FromDevice,
    _In_ PIRP Irp,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG MethodId,
    _In_ ULONG InBufferSize,
    _In_ ULONG OutBufferSize,
    _Inout_ PUCHAR Buffer);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmilibFunctionControl(
    _In_ MOFGEN_WMI_FROM_DEVICE *FromDevice,
    _In_ PIRP Irp,
    _In_ ULONG GuidIndex,
    _In_ WMIENABLEDISABLECONTROL Function,
    _In_ BOOLEAN Enable);

// These macros define WMILIB's routines for one MOF file, with names that begin with Name: the query routines, which every provider has,
// and the routines for set requests, methods, and blocks that are expensive to collect. Use the macros before including the generated
// header, because its macros could replace identifiers in them.
#define MOFGEN_WMILIB_DEFINE_QUERY(Name, FromDevice)                                              \
    _IRQL_requires_max_(PASSIVE_LEVEL)                                                            \
    MOFGEN_WMI_DEVICE *FromDevice(_In_ PDEVICE_OBJECT DeviceObject);                              \
    MOFGEN_PAGED static WMI_QUERY_REGINFO_CALLBACK Name##QueryReginfo;                            \
                                                                                                  \
    _Use_decl_annotations_                                                                        \
    MOFGEN_PAGED static NTSTATUS NTAPI                                                            \
    Name##QueryReginfo(                                                                           \
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
    }                                                                                             \
                                                                                                  \
    MOFGEN_PAGED static WMI_QUERY_DATABLOCK_CALLBACK Name##QueryDataBlock;                        \
                                                                                                  \
    _Use_decl_annotations_                                                                        \
    MOFGEN_PAGED static NTSTATUS NTAPI                                                            \
    Name##QueryDataBlock(                                                                         \
        PDEVICE_OBJECT DeviceObject,                                                              \
        PIRP Irp,                                                                                 \
        ULONG GuidIndex,                                                                          \
        ULONG InstanceIndex,                                                                      \
        ULONG InstanceCount,                                                                      \
        PULONG InstanceLengthArray,                                                               \
        ULONG BufferAvail,                                                                        \
        PUCHAR Buffer)                                                                            \
    {                                                                                             \
        PAGED_CODE();                                                                             \
                                                                                                  \
        UNREFERENCED_PARAMETER(DeviceObject); /* it is in Irp */                                  \
        return MofgenWmilibQueryDataBlock(                                                        \
            FromDevice, Irp, GuidIndex, InstanceIndex, InstanceCount, InstanceLengthArray,        \
            BufferAvail, Buffer);                                                                 \
    }

#define MOFGEN_WMILIB_DEFINE_SET(Name, FromDevice)                                                \
    MOFGEN_PAGED static WMI_SET_DATABLOCK_CALLBACK Name##SetDataBlock;                            \
                                                                                                  \
    _Use_decl_annotations_                                                                        \
    MOFGEN_PAGED static NTSTATUS NTAPI                                                            \
    Name##SetDataBlock(                                                                           \
        PDEVICE_OBJECT DeviceObject,                                                              \
        PIRP Irp,                                                                                 \
        ULONG GuidIndex,                                                                          \
        ULONG InstanceIndex,                                                                      \
        ULONG BufferSize,                                                                         \
        PUCHAR Buffer)                                                                            \
    {                                                                                             \
        PAGED_CODE();                                                                             \
                                                                                                  \
        UNREFERENCED_PARAMETER(DeviceObject); /* it is in Irp */                                  \
        return MofgenWmilibSetDataBlock(                                                          \
            FromDevice, Irp, GuidIndex, InstanceIndex, BufferSize, Buffer);                       \
    }                                                                                             \
                                                                                                  \
    MOFGEN_PAGED static WMI_SET_DATAITEM_CALLBACK Name##SetDataItem;                              \
                                                                                                  \
    _Use_decl_annotations_                                                                        \
    MOFGEN_PAGED static NTSTATUS NTAPI                                                            \
    Name##SetDataItem(                                                                            \
        PDEVICE_OBJECT DeviceObject,                                                              \
        PIRP Irp,                                                                                 \
        ULONG GuidIndex,                                                                          \
        ULONG InstanceIndex,                                                                      \
        ULONG DataItemId,                                                                         \
        ULONG BufferSize,                                                                         \
        PUCHAR Buffer)                                                                            \
    {                                                                                             \
        PAGED_CODE();                                                                             \
                                                                                                  \
        UNREFERENCED_PARAMETER(DeviceObject); /* it is in Irp */                                  \
        return MofgenWmilibSetDataItem(                                                           \
            FromDevice, Irp, GuidIndex, InstanceIndex, DataItemId, BufferSize, Buffer);           \
    }

#define MOFGEN_WMILIB_DEFINE_METHODS(Name, FromDevice)                                            \
    MOFGEN_PAGED static WMI_EXECUTE_METHOD_CALLBACK Name##ExecuteMethod;                          \
                                                                                                  \
    _Use_decl_annotations_                                                                        \
    MOFGEN_PAGED static NTSTATUS NTAPI                                                            \
    Name##ExecuteMethod(                                                                          \
        PDEVICE_OBJECT DeviceObject,                                                              \
        PIRP Irp,                                                                                 \
        ULONG GuidIndex,                                                                          \
        ULONG InstanceIndex,                                                                      \
        ULONG MethodId,                                                                           \
        ULONG InBufferSize,                                                                       \
        ULONG OutBufferSize,                                                                      \
        PUCHAR Buffer)                                                                            \
    {                                                                                             \
        PAGED_CODE();                                                                             \
                                                                                                  \
        UNREFERENCED_PARAMETER(DeviceObject); /* it is in Irp */                                  \
        return MofgenWmilibExecuteMethod(                                                         \
            FromDevice, Irp, GuidIndex, InstanceIndex, MethodId, InBufferSize, OutBufferSize,     \
            Buffer);                                                                              \
    }

#define MOFGEN_WMILIB_DEFINE_CONTROL(Name, FromDevice)                                            \
    MOFGEN_PAGED static WMI_FUNCTION_CONTROL_CALLBACK Name##FunctionControl;                      \
                                                                                                  \
    _Use_decl_annotations_                                                                        \
    MOFGEN_PAGED static NTSTATUS NTAPI                                                            \
    Name##FunctionControl(                                                                        \
        PDEVICE_OBJECT DeviceObject,                                                              \
        PIRP Irp,                                                                                 \
        ULONG GuidIndex,                                                                          \
        WMIENABLEDISABLECONTROL Function,                                                         \
        BOOLEAN Enable)                                                                           \
    {                                                                                             \
        PAGED_CODE();                                                                             \
                                                                                                  \
        UNREFERENCED_PARAMETER(DeviceObject); /* it is in Irp */                                  \
        return MofgenWmilibFunctionControl(                                                       \
            FromDevice, Irp, GuidIndex, Function, Enable);                                        \
    }

#ifdef __cplusplus
}
#endif

#endif
