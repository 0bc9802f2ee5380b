// mofgen's C runtime core for KMDF drivers: registration, instances and their locks, and the framework's callbacks. The same for
// every MOF file; mofgen copies it next to the files that it generates.
#ifndef _MOFGEN_WMI_KMDF_H_
#define _MOFGEN_WMI_KMDF_H_

#include <ntddk.h>
#include <wdf.h>

#include "mofgen_wmi_pool.h"

#ifdef __cplusplus
extern "C" {
#endif

// One block or event, and the functions for its requests; NULL for a request that it does not support. Query and the Set functions run
// under the instance lock, unless Flags has MOFGEN_WMI_NO_LOCK. All run at PASSIVE_LEVEL.
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
    const UCHAR *MofData; // the binary MOF, in the row of MSWmi_MofData
    ULONG MofDataSize;
} MOFGEN_WMI_BLOCK;

// A device's registration of one block.
typedef struct _MOFGEN_WMI_REGISTRATION
{
    WDFWMIPROVIDER Provider;
    LIST_ENTRY Instances; // oldest first
    KSPIN_LOCK Lock;      // protects the list
} MOFGEN_WMI_REGISTRATION;

// Declares the device context type of one MOF file.
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
    PCWSTR MofResource;                           // the name of the binary MOF's resource, or NULL
    PCWDF_OBJECT_CONTEXT_TYPE_INFO DeviceContext; // MOFGEN_WMI_REGISTRATION[BlockCount]
} MOFGEN_WMI_PROVIDER;

// Registers every block, with one instance each. A second call for the same device returns STATUS_INVALID_DEVICE_REQUEST.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiInitialize(
    _In_ WDFDEVICE Device,
    _In_ const MOFGEN_WMI_PROVIDER *Provider);

// Adds an instance of the block at Index. Returns STATUS_INVALID_DEVICE_STATE before MofgenWmiInitialize.
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiAddInstance(
    _In_ WDFDEVICE Device,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index,
    _Out_ WDFWMIINSTANCE *Instance);

// Deletes an instance of the block at Index. Returns STATUS_INVALID_PARAMETER for an instance of another block. Requests in progress
// are completed.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
MofgenWmiRemoveInstance(
    _In_ WDFWMIINSTANCE Instance,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index);

// Returns the oldest instance of the block at Index, or NULL. It takes no reference: the caller ensures that the instance is not
// removed concurrently.
_Ret_maybenull_
_IRQL_requires_max_(PASSIVE_LEVEL)
WDFWMIINSTANCE
MofgenWmiFirstInstance(
    _In_ WDFDEVICE Device,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index);

// Acquires the instance lock, under which Query and the Set functions run. The lock is recursive.
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

// Sends the event at Index from one of its instances. Returns STATUS_INVALID_PARAMETER for an instance of another block and
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

// Sends the event at Index from its oldest instance.
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
