// The driver's part of odd-corners.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>

#include "odd-corners_wmi.h"

// Returns the WMI state of a device. As written, it is at the start of the device extension: change it if yours is elsewhere.
_Use_decl_annotations_
PODD_CORNERS_WMI
OddCornersWmiFromDevice(
    PDEVICE_OBJECT DeviceObject)
{
    return (PODD_CORNERS_WMI)DeviceObject->DeviceExtension;
}

// ==== class ====

// The context of one instance, initially zeroed.
typedef struct _CLASS_CONTEXT
{
    class__VALUES *Data;
} CLASS_CONTEXT;

static inline CLASS_CONTEXT *
classGetContext(
    PODD_CORNERS_WMI_INSTANCE Instance)
{
    return (CLASS_CONTEXT *)Instance->Context;
}

// Initializes a new class instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
classCreate(
    PODD_CORNERS_WMI_INSTANCE Instance)
{
    CLASS_CONTEXT *context = (CLASS_CONTEXT *)OddCornersWmiAllocate(sizeof(*context));
    NTSTATUS status;

    if (context == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Instance->Context = context;
    status = classUpdateStored(&context->Data, NULL, NULL);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    {
        static const USHORT first[3] = {1, 2, 3};

        RtlCopyMemory(context->Data->of, first, sizeof(first));
    }
    RtlCopyMemory(context->Data->pragma[0], L"20260115120000.000000+060", sizeof(context->Data->pragma[0]));
    for (ULONG i = 0; i < 2; i += 1)
    {
        context->Data->uint8[i].Level = -1;
        context->Data->uint8[i].Tag[0] = 10;
        RtlCopyMemory(&context->Data->uint8[i].Tag[1], L"\"*/\x00E9\x0066", 10);
    }
    context->Data->count = 2;
    {
        static const UNICODE_STRING first[2] = {RTL_CONSTANT_STRING(L"one"), RTL_CONSTANT_STRING(L"two ?\?/ \xD83D\xDE00")};

        context->Data->names = first;
    }
    // Copy the constants, so that the instance owns all data that it points to.
    return classUpdateStored(&context->Data, context->Data, NULL);
}

// Frees the context of an instance. Also called after classCreate fails.
_Use_decl_annotations_
VOID
classDelete(
    PODD_CORNERS_WMI_INSTANCE Instance)
{
    CLASS_CONTEXT *context = classGetContext(Instance);

    if (context != NULL)
    {
        classFreeStored(&context->Data);
        OddCornersWmiFree(context);
    }
}

// Returns the current values of a class instance.
// Memory that its pointers refer to must stay valid until the request is complete.
_Use_decl_annotations_
NTSTATUS
classQuery(
    PODD_CORNERS_WMI_INSTANCE Instance,
    class__VALUES *Data)
{
    CLASS_CONTEXT *context = classGetContext(Instance);

    *Data = *context->Data;
    return STATUS_SUCCESS;
}

// Makes all changes, or fails and makes none. Only members that are TRUE in Changed are valid in Data.
// Memory that its pointers refer to is freed when the request is complete.
_Use_decl_annotations_
NTSTATUS
classSet(
    PODD_CORNERS_WMI_INSTANCE Instance,
    const class__VALUES *Data,
    const class__CHANGED *Changed)
{
    CLASS_CONTEXT *context = classGetContext(Instance);

    return classUpdateStored(&context->Data, Data, Changed);
}

// WmiMethodId 1, odd-corners.mof.
_Use_decl_annotations_
NTSTATUS
classconstructor(
    PODD_CORNERS_WMI_INSTANCE Instance,
    LONGLONG function,
    ULONGLONG *delete_,
    BOOLEAN *both)
{
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(function);
    UNREFERENCED_PARAMETER(both);

    *delete_ = 0;

    return STATUS_SUCCESS;
}
