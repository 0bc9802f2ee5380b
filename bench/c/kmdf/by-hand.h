// Shared code of the hand-written KMDF providers of one driver, without mofgen's core.
//
// They do what the generated code does for a consumer: the same answers, statuses and sizes, one lock for each instance, a
// registration that fails where a GUID is taken. They use the block's generated header and call the same driver's functions.
// They lack what a driver would call itself: further instances, their list, and MOFGEN_TRACE.
#ifndef _BENCH_BY_HAND_H_
#define _BENCH_BY_HAND_H_

#include <ntddk.h>
#include <wdf.h>

// The size that a query without room reports: for all instances the framework needs an aligned one.
#define WMI_REQUIRED_SIZE(Size) \
    (((Size) + MEMORY_ALLOCATION_ALIGNMENT - 1) & ~(ULONG)(MEMORY_ALLOCATION_ALIGNMENT - 1))

typedef struct _WMI_INSTANCE
{
    KMUTEX Lock; // the framework does not serialize the callbacks of an instance
} WMI_INSTANCE;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(WMI_INSTANCE, WmiGetInstance)

typedef struct _WMI_BLOCK
{
    GUID Guid;
    PFN_WDF_WMI_INSTANCE_QUERY_INSTANCE EvtQuery;
    PFN_WDF_WMI_INSTANCE_SET_INSTANCE EvtSetInstance;
    PFN_WDF_WMI_INSTANCE_SET_ITEM EvtSetItem;
    VOID (*Attributes)(PWDF_OBJECT_ATTRIBUTES Attributes);
    NTSTATUS (*Create)(WDFWMIINSTANCE Instance);
} WMI_BLOCK;

FORCEINLINE
VOID
WmiLock(
    _In_ WDFWMIINSTANCE Instance)
{
    (VOID)KeWaitForSingleObject(&WmiGetInstance(Instance)->Lock, Executive, KernelMode, FALSE, NULL);
}

FORCEINLINE
VOID
WmiUnlock(
    _In_ WDFWMIINSTANCE Instance)
{
    (VOID)KeReleaseMutex(&WmiGetInstance(Instance)->Lock, FALSE);
}

// STATUS_PENDING is not supported, and only the callback knows that a buffer is too small.
FORCEINLINE
NTSTATUS
WmiMapStatus(
    _In_ NTSTATUS Status,
    _In_ NTSTATUS TooSmall)
{
    if (Status == STATUS_PENDING)
    {
        return STATUS_UNSUCCESSFUL;
    }
    return Status == STATUS_BUFFER_TOO_SMALL ? TooSmall : Status;
}

// Registers a block with one instance.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
WmiRegisterBlock(
    _In_ WDFDEVICE Device,
    _In_ const WMI_BLOCK *Block,
    _In_opt_ PCWSTR MofResource);

#endif
