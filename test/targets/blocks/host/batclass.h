/* The part of batclass.h that the adapter needs, for the host: the declarations are those of mingw-w64's header. */
#ifndef MOFGEN_TEST_BATCLASS_H
#define MOFGEN_TEST_BATCLASS_H

#include <ntddk.h>

NTSTATUS BatteryClassSystemControl(
    PVOID ClassData,
    PVOID WmiLibContext,
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID Disposition);

NTSTATUS BatteryClassQueryWmiDataBlock(
    PVOID ClassData,
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    PULONG InstanceLengthArray,
    ULONG OutBufferSize,
    PUCHAR Buffer);

#endif
