// The part of mofgen's C runtime core for drivers over WMILIB: registration, instances and their locks, events, and WMILIB's
// routines. The same for every MOF file; mofgen copies it beside the files that it generates.
#ifndef _MOFGEN_WMI_WDM_H_
#define _MOFGEN_WMI_WDM_H_

#include <ntddk.h>
#include <wmistr.h>

#include <wmilib.h>

#include "mofgen_wmi_pool.h"

// Not in every kit.
#ifndef _Dispatch_type_
#define _Dispatch_type_(Major)
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct _MOFGEN_WMI_DEVICE MOFGEN_WMI_DEVICE;
typedef struct _MOFGEN_WMI_INSTANCE MOFGEN_WMI_INSTANCE;

// One block or event: the functions that answer requests for it, NULL where there is no such request. Query and the Set
// functions run under the lock of the instance, unless Flags say otherwise. All run at PASSIVE_LEVEL.
typedef struct _MOFGEN_WMI_BLOCK
{
    GUID Guid;
    ULONG Flags; // MOFGEN_WMI_...
    NTSTATUS (*Query)(MOFGEN_WMI_INSTANCE *Instance, MOFGEN_REQUEST *Request);
    NTSTATUS (*SetInstance)(MOFGEN_WMI_INSTANCE *Instance, MOFGEN_REQUEST *Request);
    NTSTATUS (*SetItem)(MOFGEN_WMI_INSTANCE *Instance, ULONG Id, MOFGEN_REQUEST *Request);
    NTSTATUS (*Execute)(MOFGEN_WMI_INSTANCE *Instance, ULONG Id, MOFGEN_REQUEST *Request);
    NTSTATUS (*Collect)(PDEVICE_OBJECT Device, BOOLEAN Enable);
    NTSTATUS (*Create)(MOFGEN_WMI_INSTANCE *Instance);
    VOID (*Delete)(MOFGEN_WMI_INSTANCE *Instance);
    const UCHAR *MofData; // the binary MOF, of the block that shows it
    ULONG MofDataSize;
} MOFGEN_WMI_BLOCK;

// All blocks of one MOF file.
typedef struct _MOFGEN_WMI_PROVIDER
{
    const MOFGEN_WMI_BLOCK *Blocks;
    ULONG BlockCount;
    PCWSTR MofResource;             // the resource with the binary MOF; NULL for none
    const WMILIB_CONTEXT *Routines; // of MOFGEN_WMI_DEFINE_ROUTINES
} MOFGEN_WMI_PROVIDER;

// One instance of a block. It stays until the last request for it is complete, even when it is removed meanwhile.
struct _MOFGEN_WMI_INSTANCE
{
    PVOID Context;          // the driver's
    MOFGEN_WMI_DEVICE *Wmi; // the structure of its device
    ULONG InstanceIndex;    // WMI's name for it: how many older instances the block has
    // What follows is the core's.
    const MOFGEN_WMI_BLOCK *Block;
    LONG References; // one for the list
    LIST_ENTRY Link; // in the list of the block
    KMUTEX Lock;     // WMI does not serialize the requests for an instance
};

// What a device has for one MOF file, in memory that is never paged out and starts as zeros.
struct _MOFGEN_WMI_DEVICE
{
    WMILIB_CONTEXT Library;
    const MOFGEN_WMI_PROVIDER *Provider;
    PDEVICE_OBJECT DeviceObject;
    PDEVICE_OBJECT PhysicalDeviceObject;
    PDEVICE_OBJECT LowerDevice;
    LIST_ENTRY *Instances; // one list for each block, the oldest instance first
    UNICODE_STRING RegistryPath;
    KMUTEX Lock; // for the lists, the number of instances, and their indices
    BOOLEAN Registered;
    MOFGEN_WMI_DEVICE *First; // the one that registers and answers for this one; itself unless it was joined to another
    MOFGEN_WMI_DEVICE *Next;  // the next one of the same device object
};

// Returns a pointer to Context, for a driver whose header has a macro of that name.
FORCEINLINE
PVOID *
MofgenWmiContext(
    _In_ MOFGEN_WMI_INSTANCE *Instance)
{
    return &Instance->Context;
}

// Makes one instance of every block. LowerDevice is NULL when there is nothing below. RegistryPath is copied. When it fails,
// nothing is left to clean up. A second call is STATUS_INVALID_DEVICE_REQUEST.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiInitialize(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ PDEVICE_OBJECT DeviceObject,
    _In_ PDEVICE_OBJECT PhysicalDeviceObject,
    _In_opt_ PDEVICE_OBJECT LowerDevice,
    _In_ PCUNICODE_STRING RegistryPath);

// Makes First register and answer for Other as well, a further MOF file of the same device object: WMI registers a device
// object once. Call it after both are initialized and before MofgenWmiRegister. First is cleaned up first.
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmiJoin(
    _Inout_ MOFGEN_WMI_DEVICE *First,
    _Inout_ MOFGEN_WMI_DEVICE *Other);

// Registers the device with WMI. STATUS_INVALID_DEVICE_STATE before MofgenWmiInitialize and for a structure that was joined to
// another. Does nothing for a device that is registered.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiRegister(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi);

// Deregisters the device, once the requests that have started are complete.
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmiDeregister(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi);

// Deregisters and deletes all instances.
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmiCleanup(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi);

// Adds an instance of the block at Index. STATUS_INVALID_DEVICE_STATE before MofgenWmiInitialize. A device that is registered
// notifies WMI; if that fails, the status is WMI's, and *Instance is not NULL.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiAddInstance(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index,
    _Outptr_ MOFGEN_WMI_INSTANCE **Instance);

// Deletes an instance of the block at Index; STATUS_INVALID_PARAMETER for another block's. Requests that have started are
// completed as usual, and Delete runs after the last one. The InstanceIndex of younger instances decreases by 1. A device that
// is registered notifies WMI; if that fails, the status is WMI's, and the instance is deleted all the same.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiRemoveInstance(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index);

// Returns the oldest instance of the block at Index, NULL when there is none. It takes no reference: the caller knows that
// nobody removes the instance meanwhile.
_Ret_maybenull_
_IRQL_requires_max_(PASSIVE_LEVEL)
MOFGEN_WMI_INSTANCE *
MofgenWmiFirstInstance(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index);

// Takes the lock under which Query and the Set functions of the instance run. Its owner may take it again.
_Acquires_lock_(Instance)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmiLock(
    _In_ MOFGEN_WMI_INSTANCE *Instance);

_Releases_lock_(Instance)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmiUnlock(
    _In_ MOFGEN_WMI_INSTANCE *Instance);

// Sends the event at Index from one of its instances. STATUS_INVALID_PARAMETER for an instance of something else,
// STATUS_INVALID_DEVICE_STATE for NULL. Write encodes Data; it is NULL for an event without data.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiFireFrom(
    _In_opt_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index,
    _In_opt_ MOFGEN_WRITE Write,
    _When_(Write != NULL, _In_) _When_(Write == NULL, _In_opt_) const VOID *Data);

// Sends it from its oldest instance.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiFire(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index,
    _In_opt_ MOFGEN_WRITE Write,
    _When_(Write != NULL, _In_) _When_(Write == NULL, _In_opt_) const VOID *Data);

// Completes a request of the type IRP_MJ_SYSTEM_CONTROL, or passes it to the device below.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiSystemControl(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp);

// ---- WMILIB's routines, with the structure of the device: each completes its request with WmiCompleteRequest ----

// Completes no request: WMILIB does that.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiQueryReginfo(
    _In_ MOFGEN_WMI_DEVICE *Wmi,
    _Out_ PULONG RegFlags,
    _Outptr_ PUNICODE_STRING *RegistryPath,
    _Out_ PUNICODE_STRING MofResourceName,
    _Outptr_ PDEVICE_OBJECT *Pdo);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiQueryDataBlock(
    _In_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG InstanceCount,
    _Out_writes_opt_(InstanceCount) PULONG InstanceLengthArray,
    _In_ ULONG BufferAvail,
    _Out_writes_bytes_opt_(BufferAvail) PUCHAR Buffer);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiSetDataBlock(
    _In_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG BufferSize,
    _In_reads_bytes_(BufferSize) PUCHAR Buffer);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiSetDataItem(
    _In_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG DataItemId,
    _In_ ULONG BufferSize,
    _In_reads_bytes_(BufferSize) PUCHAR Buffer);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiExecuteMethod(
    _In_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG MethodId,
    _In_ ULONG InBufferSize,
    _In_ ULONG OutBufferSize,
    _Inout_ PUCHAR Buffer);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiFunctionControl(
    _In_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp,
    _In_ ULONG GuidIndex,
    _In_ WMIENABLEDISABLECONTROL Function,
    _In_ BOOLEAN Enable);

// Defines WMILIB's routines for one MOF file, and the WMILIB_CONTEXT Name with them. WMILIB passes the device object, from
// which FromDevice returns the structure. Use it before the generated header, whose macros may replace words of it.
#define MOFGEN_WMI_DEFINE_ROUTINES(Name, FromDevice)                                              \
    _IRQL_requires_max_(PASSIVE_LEVEL)                                                            \
    MOFGEN_WMI_DEVICE *FromDevice(_In_ PDEVICE_OBJECT DeviceObject);                              \
    MOFGEN_PAGED static WMI_QUERY_REGINFO_CALLBACK Name##QueryReginfo;                            \
    MOFGEN_PAGED static WMI_QUERY_DATABLOCK_CALLBACK Name##QueryDataBlock;                        \
    MOFGEN_PAGED static WMI_SET_DATABLOCK_CALLBACK Name##SetDataBlock;                            \
    MOFGEN_PAGED static WMI_SET_DATAITEM_CALLBACK Name##SetDataItem;                              \
    MOFGEN_PAGED static WMI_EXECUTE_METHOD_CALLBACK Name##ExecuteMethod;                          \
    MOFGEN_PAGED static WMI_FUNCTION_CONTROL_CALLBACK Name##FunctionControl;                      \
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
        return MofgenWmiQueryReginfo(                                                             \
            FromDevice(DeviceObject), RegFlags, RegistryPath, MofResourceName, Pdo);              \
    }                                                                                             \
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
        return MofgenWmiQueryDataBlock(                                                           \
            FromDevice(DeviceObject), DeviceObject, Irp, GuidIndex, InstanceIndex, InstanceCount, \
            InstanceLengthArray, BufferAvail, Buffer);                                            \
    }                                                                                             \
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
        return MofgenWmiSetDataBlock(                                                             \
            FromDevice(DeviceObject), DeviceObject, Irp, GuidIndex, InstanceIndex, BufferSize,    \
            Buffer);                                                                              \
    }                                                                                             \
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
        return MofgenWmiSetDataItem(                                                              \
            FromDevice(DeviceObject), DeviceObject, Irp, GuidIndex, InstanceIndex, DataItemId,    \
            BufferSize, Buffer);                                                                  \
    }                                                                                             \
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
        return MofgenWmiExecuteMethod(                                                            \
            FromDevice(DeviceObject), DeviceObject, Irp, GuidIndex, InstanceIndex, MethodId,      \
            InBufferSize, OutBufferSize, Buffer);                                                 \
    }                                                                                             \
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
        return MofgenWmiFunctionControl(                                                          \
            FromDevice(DeviceObject), DeviceObject, Irp, GuidIndex, Function, Enable);            \
    }                                                                                             \
                                                                                                  \
    static const WMILIB_CONTEXT Name = {                                                          \
        0, /* the blocks are those of a device */                                                 \
        NULL,                                                                                     \
        Name##QueryReginfo,                                                                       \
        Name##QueryDataBlock,                                                                     \
        Name##SetDataBlock,                                                                       \
        Name##SetDataItem,                                                                        \
        Name##ExecuteMethod,                                                                      \
        Name##FunctionControl,                                                                    \
    };

#ifdef __cplusplus
}
#endif

#endif
