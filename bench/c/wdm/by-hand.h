// Shared code of the hand-written WMILIB providers of one driver, without mofgen's core.
//
// They do what the generated code does for a consumer: the same answers, statuses and sizes, one lock for each instance, requests
// that are not for the device handed down. They use the block's generated header for its layout and for the handle that the
// driver's functions take, and call those functions. They lack what a driver would call itself: each block has one instance, which
// lives as long as the device, so there is no list of instances, no lock for it and no count of references.
#ifndef _BENCH_BY_HAND_H_
#define _BENCH_BY_HAND_H_

#include <ntddk.h>
#include <wmistr.h>

#include <wmilib.h>

#include "mofgen_wmi_wdm.h" // for MOFGEN_WMI_INSTANCE, the driver's handle

typedef struct _WMI_BLOCK
{
    GUID Guid;
    NTSTATUS (*Query)(MOFGEN_WMI_INSTANCE *Instance, ULONG Size, PUCHAR Buffer, PULONG Used);
    NTSTATUS (*SetInstance)(MOFGEN_WMI_INSTANCE *Instance, ULONG Size, PUCHAR Buffer);
    NTSTATUS (*SetItem)(MOFGEN_WMI_INSTANCE *Instance, ULONG Id, ULONG Size, PUCHAR Buffer);
    NTSTATUS (*Create)(MOFGEN_WMI_INSTANCE *Instance);
    VOID (*Delete)(MOFGEN_WMI_INSTANCE *Instance);
} WMI_BLOCK;

// The device extension.
typedef struct _WMI_EXTENSION
{
    WMILIB_CONTEXT Library;
    const WMI_BLOCK *const *Blocks;
    PDEVICE_OBJECT PhysicalDeviceObject;
    PDEVICE_OBJECT LowerDevice;
    UNICODE_STRING RegistryPath;
    MOFGEN_WMI_INSTANCE *Instances; // one for each block
    BOOLEAN Registered;
} WMI_EXTENSION;

FORCEINLINE
VOID
WmiLock(
    _Inout_ MOFGEN_WMI_INSTANCE *Instance)
{
    (VOID)KeWaitForSingleObject(&Instance->Lock, Executive, KernelMode, FALSE, NULL);
}

FORCEINLINE
VOID
WmiUnlock(
    _Inout_ MOFGEN_WMI_INSTANCE *Instance)
{
    (VOID)KeReleaseMutex(&Instance->Lock, FALSE);
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

// Makes one instance of each block. The extension starts as zeros. When it fails, nothing is left to clean up.
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
WmiInitialize(
    _Inout_ PDEVICE_OBJECT DeviceObject,
    _In_ PDEVICE_OBJECT PhysicalDeviceObject,
    _In_opt_ PDEVICE_OBJECT LowerDevice,
    _In_ PCUNICODE_STRING RegistryPath,
    _In_reads_(Count) const WMI_BLOCK *const *Blocks,
    _In_ ULONG Count);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
WmiRegister(
    _Inout_ PDEVICE_OBJECT DeviceObject);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
WmiDeregister(
    _Inout_ PDEVICE_OBJECT DeviceObject);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
WmiCleanup(
    _Inout_ PDEVICE_OBJECT DeviceObject);

DRIVER_DISPATCH WmiControl;

#endif
