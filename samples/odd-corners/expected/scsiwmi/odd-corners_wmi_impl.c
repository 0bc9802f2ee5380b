// The driver's part of odd-corners.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <scsiwmi.h>

#include "odd-corners_wmi.h"

// ==== class ====

// The values of one instance.
typedef struct _CLASS_CONTEXT
{
    class__VALUES *Data;
    ULONGLONG Store[ODD_CORNERS_WMI_STORE_BYTES / sizeof(ULONGLONG)]; // holds the values at Data
} CLASS_CONTEXT;

// Returns the values of an instance. As written, all instances of all devices share one set of values: change it to return those of
// InstanceIndex in your device (DeviceContext).
static CLASS_CONTEXT *
classGetContext(
    PODD_CORNERS_WMI_INSTANCE Instance)
{
    static CLASS_CONTEXT context;

    UNREFERENCED_PARAMETER(Instance);
    return &context;
}

// Initializes a new class instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
classCreate(
    PODD_CORNERS_WMI_INSTANCE Instance)
{
    CLASS_CONTEXT *context = classGetContext(Instance);
    NTSTATUS status;

    RtlZeroMemory(context, sizeof(*context));
    status = classUpdateStored(context->Store, sizeof(context->Store), &context->Data, NULL, NULL);
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
    return classUpdateStored(context->Store, sizeof(context->Store), &context->Data, context->Data, NULL);
}

// Returns the current values of a class instance.
// Memory that its pointers refer to must stay valid and unchanged until the core's call returns; the core takes no lock.
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
// Memory that its pointers refer to is valid only during the call.
_Use_decl_annotations_
NTSTATUS
classSet(
    PODD_CORNERS_WMI_INSTANCE Instance,
    const class__VALUES *Data,
    const class__CHANGED *Changed)
{
    CLASS_CONTEXT *context = classGetContext(Instance);

    return classUpdateStored(context->Store, sizeof(context->Store), &context->Data, Data, Changed);
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
