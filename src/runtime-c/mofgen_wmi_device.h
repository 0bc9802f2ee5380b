// mofgen's C runtime core for WDM drivers: blocks, instances and their locks, registration, and requests for instances. A transport,
// such as mofgen_wmi_wdm, receives the requests and sends the events.
// The same for every MOF file; mofgen copies it next to the files that it generates.
#ifndef _MOFGEN_WMI_DEVICE_H_
#define _MOFGEN_WMI_DEVICE_H_

#include <ntddk.h>
#include <wmistr.h>

#include "mofgen_wmi_pool.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct _MOFGEN_WMI_DEVICE MOFGEN_WMI_DEVICE;
typedef struct _MOFGEN_WMI_INSTANCE MOFGEN_WMI_INSTANCE;
struct _WMILIB_CONTEXT; // <wmilib.h>

// The kind of a request for an instance, other than a method.
typedef enum _MOFGEN_WMI_KIND
{
    MofgenWmiQuery,
    MofgenWmiQueryOfAll, // for one instance of a request for all instances
    MofgenWmiSetInstance,
    MofgenWmiSetItem,
} MOFGEN_WMI_KIND;

// One block or event, and the functions for its requests; NULL for a request that it does not support. Query and the Set functions run
// under the instance lock, unless Flags has MOFGEN_WMI_NO_LOCK. All run at PASSIVE_LEVEL.
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
    const UCHAR *MofData; // the binary MOF, in the row of MSWmi_MofData
    ULONG MofDataSize;
} MOFGEN_WMI_BLOCK;

// All blocks of one MOF file.
typedef struct _MOFGEN_WMI_PROVIDER
{
    const MOFGEN_WMI_BLOCK *Blocks;
    ULONG BlockCount;
    PCWSTR MofResource; // the name of the binary MOF's resource, or NULL
    PCWSTR BaseName;    // the base name of instances without names of their own; NULL for the PDO (mofgen_wmi_irp)
    // MofgenWmiQueryEmpty when a block has no Query function, else NULL
    NTSTATUS (*QueryEmpty)(const MOFGEN_WMI_BLOCK *Block, MOFGEN_WMI_KIND Kind, MOFGEN_REQUEST *Request);
    // the WMILIB routines that the blocks need; the others are NULL (mofgen_wmi_wdm)
    const struct _WMILIB_CONTEXT *Routines;
    // a function of the transport, NULL without events. It always frees Data, which is from MofgenAllocateNonPaged or NULL
    NTSTATUS (*SendEvent)(const MOFGEN_WMI_INSTANCE *Instance, ULONG InstanceIndex, ULONG Size, PVOID Data);
} MOFGEN_WMI_PROVIDER;

// One instance of a block. It stays allocated until the last request for it is complete, even when it is removed before.
struct _MOFGEN_WMI_INSTANCE
{
    LONG References;        // private; the list holds one
    ULONG NextIndex;        // private; InstanceIndex after WMI's next registration request
    PVOID Context;          // for the driver
    MOFGEN_WMI_DEVICE *Wmi; // the structure of its device
    ULONG InstanceIndex;    // the index by which WMI names the instance
    UNICODE_STRING Name;    // given by the driver; empty for an instance that is named after the device
    // The members below are private.
    const MOFGEN_WMI_BLOCK *Block;
    MOFGEN_WMI_INSTANCE *Next; // the next younger instance of the block
    PCWSTR UpcasedName;        // as long as Name
    KMUTEX Lock;               // WMI does not serialize the requests for an instance
};

// The registration of a block, with the layout of WMIGUIDREGINFO. WMI uses the registered indices until the next registration
// request, so the InstanceIndex of a removed instance stays unused until then.
typedef struct _MOFGEN_WMI_REGISTRATION
{
    const GUID *Guid;
    ULONG InstanceCount; // includes removed instances, until the next registration request
    ULONG Flags; // WMIREG_FLAG_...
} MOFGEN_WMI_REGISTRATION;

// Queries Count instances of a block, the first of which is at InstanceIndex, as MofgenWmiQueryRange does.
typedef NTSTATUS MOFGEN_WMI_QUERY_SEVERAL(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ ULONG InstanceIndex,
    _In_ ULONG Count,
    _Out_writes_opt_(Count) ULONG *Lengths,
    _In_ ULONG BufferSize,
    _Out_writes_bytes_to_opt_(BufferSize, *BufferUsed) UCHAR *Buffer,
    _Out_ ULONG *BufferUsed);

// Numbers the instances of a block in two steps, with the device locked. When IsReported is FALSE, assigns each its NextIndex and
// sets *Count to their number, for the answer to a registration request. When WMI has that answer, IsReported is TRUE: NextIndex
// becomes InstanceIndex, and instances that were added since follow the *Count reported ones.
typedef VOID MOFGEN_WMI_RENUMBER(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _Inout_ ULONG *Count,
    _In_ BOOLEAN IsReported);

// The state of one device for one MOF file, in zero-initialized nonpaged memory.
struct _MOFGEN_WMI_DEVICE
{
    FAST_MUTEX Lock; // protects the lists, the numbers of instances, and their indices
    const MOFGEN_WMI_PROVIDER *Provider;
    ULONG BlockCount; // 0 before MofgenWmiInitialize and after MofgenWmiCleanup
    MOFGEN_WMI_REGISTRATION *Registrations; // one for each block
    PDEVICE_OBJECT DeviceObject;
    PDEVICE_OBJECT PhysicalDeviceObject;
    PDEVICE_OBJECT LowerDevice;
    MOFGEN_WMI_INSTANCE **Instances; // the oldest instance of each block, or NULL
    UNICODE_STRING RegistryPath;
    BOOLEAN Registered;
    MOFGEN_WMI_DEVICE *First; // the structure that registers with WMI and handles requests: this one, unless it was joined to another
    MOFGEN_WMI_DEVICE *Next;  // the next structure of the same device object
    // NULL until the driver adds an instance (QuerySeveral) or removes one (Renumber). The functions have no other reference, so the
    // linker drops them from a driver that does neither.
    MOFGEN_WMI_QUERY_SEVERAL *QuerySeveral;
    MOFGEN_WMI_RENUMBER *Renumber;
};

// Returns a pointer to Context, for a driver whose header has a macro of that name.
FORCEINLINE
PVOID *
MofgenWmiContext(
    _In_ MOFGEN_WMI_INSTANCE *Instance)
{
    return &Instance->Context;
}

// Creates one instance of every block. LowerDevice is NULL when there is no device below. RegistryPath is copied. On failure nothing
// needs cleanup. A second call returns STATUS_INVALID_DEVICE_REQUEST.
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

// Joins Other, another MOF file of the same device object, to First: WMI registers a device object only once, so First registers and
// handles requests for both. Call it after both are initialized and before MofgenWmiRegister. Clean up First before Other.
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmiJoin(
    _Inout_ MOFGEN_WMI_DEVICE *First,
    _Inout_ MOFGEN_WMI_DEVICE *Other);

// Registers the device with WMI; does nothing for a registered device. Returns STATUS_INVALID_DEVICE_STATE before
// MofgenWmiInitialize and for a structure that was joined to another.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiRegister(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi);

// Deregisters the device. Waits until requests in progress are complete.
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmiDeregister(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi);

// Deregisters the device and deletes all instances. The driver's own threads must no longer use the structure or its instances: send
// events, add or remove instances.
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmiCleanup(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi);

// Adds an instance of the block at Index. Returns STATUS_INVALID_DEVICE_STATE before MofgenWmiInitialize. A registered device notifies
// WMI; if that fails, WMI's status is returned, and *Instance is not NULL.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiAddInstance(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index,
    _Outptr_ MOFGEN_WMI_INSTANCE **Instance);

// Adds an instance of a block with MOFGEN_WMI_STATIC_NAMES or MOFGEN_WMI_DYNAMIC_NAMES. Name is copied. Returns
// STATUS_OBJECT_NAME_COLLISION for a name that the block has; names are case-insensitive. Returns STATUS_INVALID_PARAMETER for an
// empty name, for a length that is odd, and for a block without names. WMI is not notified of dynamic names.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiAddNamedInstance(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index,
    _In_ PCUNICODE_STRING Name,
    _Outptr_ MOFGEN_WMI_INSTANCE **Instance);

// Removes an instance of the block at Index. Returns STATUS_INVALID_PARAMETER for an instance of another block, and for a removed one
// that a request still references; otherwise a removed instance is freed memory and must not be passed. It does not wait for requests
// in progress; Delete runs after the last one. A registered device notifies WMI; if that fails, WMI's status is returned, and the
// instance is removed anyway. Until WMI's next registration request, requests for the instance's InstanceIndex fail with
// STATUS_WMI_INSTANCE_NOT_FOUND; after it, the InstanceIndex of instances that were added later decreases.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiRemoveInstance(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index);

// Returns the oldest instance of the block at Index, or NULL. It takes no reference: the caller ensures that the instance is not
// removed concurrently.
_Ret_maybenull_
_IRQL_requires_max_(PASSIVE_LEVEL)
MOFGEN_WMI_INSTANCE *
MofgenWmiFirstInstance(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index);

// Acquires the instance lock, under which Query and the Set functions run. The lock is recursive.
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

// Sends the event at Index from one of its instances. Returns STATUS_INVALID_PARAMETER for an instance of another block and
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

// Sends the event at Index from its oldest instance.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiFire(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index,
    _In_opt_ MOFGEN_WRITE Write,
    _When_(Write != NULL, _In_) _When_(Write == NULL, _In_opt_) const VOID *Data);

// ---- For the transport: requests for one instance ----

// References an instance for a request; the caller releases it with MofgenWmiRelease. Returns STATUS_WMI_GUID_NOT_FOUND or
// STATUS_WMI_INSTANCE_NOT_FOUND when there is no such block or instance.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE
NTSTATUS
MofgenWmiReference(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ ULONG InstanceIndex,
    _When_(NT_SUCCESS(return), _Outptr_) MOFGEN_WMI_INSTANCE **Instance)
{
    NTSTATUS status = STATUS_SUCCESS;
    MOFGEN_WMI_INSTANCE *instance;

    ExAcquireFastMutex(&Wmi->Lock);
    instance = Index < Wmi->BlockCount ? Wmi->Instances[Index] : NULL;
    while (instance != NULL && instance->InstanceIndex != InstanceIndex)
    {
        instance = instance->Next;
    }
    if (instance != NULL)
    {
        (VOID)InterlockedIncrement(&instance->References);
    }
    else
    {
        status = Index < Wmi->BlockCount ? STATUS_WMI_INSTANCE_NOT_FOUND : STATUS_WMI_GUID_NOT_FOUND;
    }
    ExReleaseFastMutex(&Wmi->Lock);
    *Instance = instance;
    return status;
}

// References the instance with the name that the driver gave it. Names are case-insensitive. The block at Index must exist.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiReferenceNamed(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ PCUNICODE_STRING Name,
    _Outptr_result_maybenull_ MOFGEN_WMI_INSTANCE **Instance);

// Deletes an instance without references.
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmiDelete(
    _Inout_ MOFGEN_WMI_INSTANCE *Instance);

// Releases a reference. The last one deletes the instance.
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE
VOID
MofgenWmiRelease(
    _Inout_ MOFGEN_WMI_INSTANCE *Instance)
{
    if (InterlockedDecrement(&Instance->References) == 0)
    {
        MofgenWmiDelete(Instance);
    }
}

// Implements Query of MSWmi_MofData.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiQueryMofData(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _Inout_ MOFGEN_REQUEST *Request);

// MOFGEN_WMI_MOF_DATA for these drivers.
#define MOFGEN_WMI_DEVICE_MOF_DATA(Bytes)                                                         \
    {                                                                                             \
        .Guid = MOFGEN_WMI_MOF_DATA_GUID,                                                         \
        .Query = MofgenWmiQueryMofData,                                                           \
        .MofData = (Bytes),                                                                       \
        .MofDataSize = sizeof(Bytes),                                                             \
    }

// Completes a query for a block without a Query function: an event, or a block that has only methods.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiQueryEmpty(
    _In_ const MOFGEN_WMI_BLOCK *Block,
    _In_ MOFGEN_WMI_KIND Kind,
    _Inout_ MOFGEN_REQUEST *Request);

// Executes a method.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiExecute(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG Id,
    _Inout_ MOFGEN_REQUEST *Request);

// Runs a request other than a method. Id is the item's id. Returns STATUS_WMI_READ_ONLY for a set request when the block has no
// writable item. The caller calls MofgenRequestComplete for every status.
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE
NTSTATUS
MofgenWmiRun(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ MOFGEN_WMI_KIND Kind,
    _In_ ULONG Id,
    _Inout_ MOFGEN_REQUEST *Request)
{
    const MOFGEN_WMI_BLOCK *block = Instance->Block;
    NTSTATUS status;

    if ((block->Flags & MOFGEN_WMI_NO_LOCK) == 0)
    {
        (VOID)KeWaitForSingleObject(&Instance->Lock, Executive, KernelMode, FALSE, NULL);
    }
    if (Kind == MofgenWmiSetInstance)
    {
        status = block->SetInstance != NULL ? block->SetInstance(Instance, Request) : STATUS_WMI_READ_ONLY;
    }
    else if (Kind == MofgenWmiSetItem)
    {
        status = block->SetItem != NULL ? block->SetItem(Instance, Id, Request) : STATUS_WMI_READ_ONLY;
    }
    else
    {
        status = block->Query != NULL ? block->Query(Instance, Request)
                                      : Instance->Wmi->Provider->QueryEmpty(block, Kind, Request);
    }
    if ((block->Flags & MOFGEN_WMI_NO_LOCK) == 0)
    {
        (VOID)KeReleaseMutex(&Instance->Lock, FALSE);
    }
    return status;
}

// ---- For the transport: requests for several instances ----

// Consecutive instances of one block, referenced while a request uses them.
typedef struct _MOFGEN_WMI_RANGE
{
    ULONG Count;
    MOFGEN_WMI_INSTANCE **Instances; // allocated from pool, or NULL; MofgenWmiReleaseRange frees it
} MOFGEN_WMI_RANGE;

// References *Count instances, or all when Count is NULL, the first of which is at InstanceIndex. Returns STATUS_WMI_INSTANCE_NOT_FOUND
// when one of them does not exist: IRP_MN_QUERY_ALL_DATA identifies instances by their position (documentation of WNODE_ALL_DATA), so
// none can be omitted. The caller calls MofgenWmiReleaseRange for every status.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiReferenceRange(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ ULONG InstanceIndex,
    _In_opt_ const ULONG *Count,
    _Out_ MOFGEN_WMI_RANGE *Range);

// Releases the references, also after a failure.
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmiReleaseRange(
    _Inout_ MOFGEN_WMI_RANGE *Range);

// Queries all instances into one buffer, each aligned to 8 bytes. *BufferUsed is the size of the output, or with
// STATUS_BUFFER_TOO_SMALL the required size. With both statuses Lengths receives the size of each instance.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiQueryRange(
    _In_ const MOFGEN_WMI_RANGE *Range,
    _Out_writes_opt_(Range->Count) ULONG *Lengths,
    _In_ ULONG BufferSize,
    _Out_writes_bytes_to_opt_(BufferSize, *BufferUsed) UCHAR *Buffer,
    _Out_ ULONG *BufferUsed);

// ---- For the transport: the device ----

// Enables or disables collection when IsCollection is TRUE, else events, which need no action.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiControl(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ BOOLEAN IsCollection,
    _In_ BOOLEAN Enable);

#ifdef __cplusplus
}
#endif

#endif
