// The part of mofgen's C runtime core for KMDF drivers: registration, instances and their locks, and the framework's
// callbacks. The same for every MOF file; mofgen copies it beside the files that it generates.
#ifndef _MOFGEN_WMI_KMDF_H_
#define _MOFGEN_WMI_KMDF_H_

#include <ntddk.h>
#include <wdf.h>

#include "mofgen_wmi_pool.h"

#ifdef __cplusplus
extern "C" {
#endif

// One block or event: the functions that answer requests for it, NULL where there is no such request. Query and the Set
// functions run under the lock of the instance, unless Flags say otherwise. All run at PASSIVE_LEVEL.
typedef struct _MOFGEN_WMI_BLOCK
{
    GUID Guid;
    ULONG Flags; // MOFGEN_WMI_...
    NTSTATUS (*Query)(WDFWMIINSTANCE Instance, MOFGEN_REQUEST *Request);
    NTSTATUS (*SetInstance)(WDFWMIINSTANCE Instance, MOFGEN_REQUEST *Request);
    NTSTATUS (*SetItem)(WDFWMIINSTANCE Instance, ULONG Id, MOFGEN_REQUEST *Request);
    NTSTATUS (*Execute)(WDFWMIINSTANCE Instance, ULONG Id, MOFGEN_REQUEST *Request);
    NTSTATUS (*Collect)(WDFDEVICE Device, BOOLEAN Enable);
    VOID (*Attributes)(PWDF_OBJECT_ATTRIBUTES Attributes);
    NTSTATUS (*Create)(WDFWMIINSTANCE Instance);
    const UCHAR *MofData; // the binary MOF, of the block that shows it
    ULONG MofDataSize;
} MOFGEN_WMI_BLOCK;

// What a device has of one block.
typedef struct _MOFGEN_WMI_REGISTRATION
{
    WDFWMIPROVIDER Provider;
    LIST_ENTRY Instances; // the oldest first
    KSPIN_LOCK Lock;      // for the list
} MOFGEN_WMI_REGISTRATION;

// Declares the context that a device has for one MOF file.
#define MOFGEN_WMI_DECLARE_DEVICE(Type, Getter, BlockCount) \
    typedef struct _##Type Type;                            \
    struct _##Type                                          \
    {                                                       \
        MOFGEN_WMI_REGISTRATION Registrations[BlockCount];  \
    };                                                      \
    WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(Type, Getter)

// All blocks of one MOF file.
typedef struct _MOFGEN_WMI_PROVIDER
{
    const MOFGEN_WMI_BLOCK *Blocks;
    ULONG BlockCount;
    PCWSTR MofResource;                           // the resource with the binary MOF; NULL for none
    PCWDF_OBJECT_CONTEXT_TYPE_INFO DeviceContext; // MOFGEN_WMI_REGISTRATION[BlockCount]
} MOFGEN_WMI_PROVIDER;

// Registers every block, with one instance each. A second call for the same device is STATUS_INVALID_DEVICE_REQUEST.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiInitialize(
    _In_ WDFDEVICE Device,
    _In_ const MOFGEN_WMI_PROVIDER *Provider);

// Adds an instance of the block at Index. STATUS_INVALID_DEVICE_STATE before MofgenWmiInitialize.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiAddInstance(
    _In_ WDFDEVICE Device,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index,
    _Out_ WDFWMIINSTANCE *Instance);

// Deletes an instance of the block at Index; STATUS_INVALID_PARAMETER for another block's. Requests that have started are
// completed as usual.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiRemoveInstance(
    _In_ WDFWMIINSTANCE Instance,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index);

// Returns the oldest instance of the block at Index, NULL when there is none. It takes no reference: the caller knows that
// nobody removes the instance meanwhile.
_Ret_maybenull_
_IRQL_requires_max_(PASSIVE_LEVEL)
WDFWMIINSTANCE
MofgenWmiFirstInstance(
    _In_ WDFDEVICE Device,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index);

// Takes the lock under which Query and the Set functions of the instance run. Its owner may take it again.
_Acquires_lock_(Instance)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmiLock(
    _In_ WDFWMIINSTANCE Instance);

_Releases_lock_(Instance)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
MofgenWmiUnlock(
    _In_ WDFWMIINSTANCE Instance);

// Sends the event at Index from one of its instances. STATUS_INVALID_PARAMETER for an instance of something else,
// STATUS_INVALID_DEVICE_STATE for NULL. Write encodes Data; it is NULL for an event without data.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiFireFrom(
    _In_opt_ WDFWMIINSTANCE Instance,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index,
    _In_opt_ MOFGEN_WRITE Write,
    _When_(Write != NULL, _In_) _When_(Write == NULL, _In_opt_) const VOID *Data);

// Sends it from its oldest instance.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiFire(
    _In_ WDFDEVICE Device,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index,
    _In_opt_ MOFGEN_WRITE Write,
    _When_(Write != NULL, _In_) _When_(Write == NULL, _In_opt_) const VOID *Data);

#ifdef __cplusplus
}
#endif

#endif
