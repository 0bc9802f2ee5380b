// The driver's part of odd-corners.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <scsiwmi.h>

#include "odd-corners_wmi.h"

// ==== class ====

// What the driver has of one instance.
typedef struct _CLASS_CONTEXT
{
    class__VALUES *Data;
    ULONGLONG Store[ODD_CORNERS_WMI_STORE_BYTES / sizeof(ULONGLONG)]; // where Data points into
} CLASS_CONTEXT;

// Finds it. Yours looks into the device that DeviceContext is, for the instance with that InstanceIndex; until then all instances
// of all devices have these values.
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
    status = classKeep(context->Store, sizeof(context->Store), &context->Data, NULL, NULL);
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
    // What pointers point to becomes a copy that the instance owns.
    return classKeep(context->Store, sizeof(context->Store), &context->Data, context->Data, NULL);
}

// Returns the current values of a class instance.
// What their pointers point to must stay valid until the call that asked for them returns, which no lock of the core sees
// to: nobody else may change it meanwhile.
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

// Makes all the changes and succeeds, or makes none and fails. Only members that are TRUE in Changed have a
// value in Data; what pointers there point to is gone when the call returns.
_Use_decl_annotations_
NTSTATUS
classSet(
    PODD_CORNERS_WMI_INSTANCE Instance,
    const class__VALUES *Data,
    const class__CHANGED *Changed)
{
    CLASS_CONTEXT *context = classGetContext(Instance);

    return classKeep(context->Store, sizeof(context->Store), &context->Data, Data, Changed);
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
