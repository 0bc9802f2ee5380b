// The part of mofgen's C runtime core for WDM drivers: blocks, instances and their locks, registration, and requests for
// instances. It does not know how a request arrives or an event leaves: that is the transport's, such as mofgen_wmi_wdm.
// The same for every MOF file; mofgen copies it beside the files that it generates.
#ifndef _MOFGEN_WMI_DEVICE_H_
#define _MOFGEN_WMI_DEVICE_H_

#include <ntddk.h>
#include <wmistr.h>

#include "mofgen_wmi.h"

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
    PCWSTR MofResource; // the resource with the binary MOF; NULL for none
    // The transport's. SendEvent frees Data, pool of MofgenAllocateNonPaged or NULL, whatever the status is; it is NULL where
    // no event is.
    const VOID *Routines;
    NTSTATUS (*SendEvent)(const MOFGEN_WMI_DEVICE *Wmi, const GUID *Guid, ULONG InstanceIndex, ULONG Size, PVOID Data);
} MOFGEN_WMI_PROVIDER;

// One instance of a block. It stays until the last request for it is complete, even when it is removed meanwhile.
struct _MOFGEN_WMI_INSTANCE
{
    LONG References;        // the core's; one for the list
    ULONG InstanceIndex;    // WMI's name for it: how many older instances the block has
    PVOID Context;          // the driver's
    MOFGEN_WMI_DEVICE *Wmi; // the structure of its device
    // What follows is the core's.
    const MOFGEN_WMI_BLOCK *Block;
    MOFGEN_WMI_INSTANCE *Next; // in the list of the block: the next younger one
    KMUTEX Lock;               // WMI does not serialize the requests for an instance
};

// What WMI knows of a block, in the order of WMIGUIDREGINFO.
typedef struct _MOFGEN_WMI_REGISTRATION
{
    const GUID *Guid;
    ULONG InstanceCount;
    ULONG Flags; // WMIREG_FLAG_...
} MOFGEN_WMI_REGISTRATION;

// What a device has for one MOF file, in memory that is never paged out and starts as zeros.
struct _MOFGEN_WMI_DEVICE
{
    FAST_MUTEX Lock; // for the lists, the number of instances, and their indices; no other lock is taken under it
    ULONG_PTR Transport[8]; // what the transport keeps
    const MOFGEN_WMI_PROVIDER *Provider;
    ULONG BlockCount; // 0 while the device has no blocks: before MofgenWmiInitialize and after MofgenWmiCleanup
    MOFGEN_WMI_REGISTRATION *Registrations; // one for each block
    PDEVICE_OBJECT DeviceObject;
    PDEVICE_OBJECT PhysicalDeviceObject;
    PDEVICE_OBJECT LowerDevice;
    MOFGEN_WMI_INSTANCE **Instances; // for each block the oldest one
    UNICODE_STRING RegistryPath;
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

// ---- For the transport: requests for instances ----

typedef struct _MOFGEN_WMI_CALL MOFGEN_WMI_CALL;

// What a request does, and with which instance.
struct _MOFGEN_WMI_CALL
{
    NTSTATUS (*Run)(MOFGEN_WMI_INSTANCE *Instance, MOFGEN_WMI_CALL *Call); // one of the functions below
    ULONG Index;                                                           // of the block
    ULONG InstanceIndex;
    ULONG Id; // of the item or method
    MOFGEN_REQUEST Request;
};

// STATUS_INVALID_DEVICE_REQUEST for an event, which has no data.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiRunQuery(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _Inout_ MOFGEN_WMI_CALL *Call);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiRunSetInstance(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _Inout_ MOFGEN_WMI_CALL *Call);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiRunSetItem(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _Inout_ MOFGEN_WMI_CALL *Call);

// Queries or sets an instance. The caller then calls MofgenRequestComplete, as after the two functions that follow.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiRun(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _Inout_ MOFGEN_WMI_CALL *Call);

// Executes a method. Run is ignored.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiExecute(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _Inout_ MOFGEN_WMI_CALL *Call);

// Queries Count instances, from that of the call on, into the output of its request, each on a boundary of 8 bytes. Lengths is
// left alone when there is no output.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiQueryInstances(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _Inout_ MOFGEN_WMI_CALL *Call,
    _In_ ULONG Count,
    _Out_writes_opt_(Count) ULONG *Lengths);

// Enables or disables the collection of data, or events, for which there is nothing to do.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiControl(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ BOOLEAN IsCollection,
    _In_ BOOLEAN Enable);

// Copies what WMI knows of the blocks of a device and of those that were joined to it: instances may be added and removed
// meanwhile. The caller frees the copy. NULL when there is no memory.
_Ret_maybenull_
_IRQL_requires_max_(PASSIVE_LEVEL)
MOFGEN_WMI_REGISTRATION *
MofgenWmiCopyRegistrations(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _Out_ ULONG *Count);

#ifdef __cplusplus
}
#endif

#endif
