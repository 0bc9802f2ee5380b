// The driver's part of odd-corners.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <wdf.h>

#include "odd-corners_wmi.h"

// ==== class ====

// The context of one instance, initially zeroed.
typedef struct _CLASS_CONTEXT
{
    class__VALUES *Data;
} CLASS_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CLASS_CONTEXT, classGetContext)

static EVT_WDF_OBJECT_CONTEXT_DESTROY classEvtDestroy;

// Called when the last reference to an instance is released. WMI requests, and the functions that delete instances, release it at
// PASSIVE_LEVEL, where paged memory may be freed.
static VOID NTAPI
classEvtDestroy(
    WDFOBJECT Object)
{
    classFreeStored(&classGetContext(Object)->Data);
}

_Use_decl_annotations_
VOID
classAttributes(
    PWDF_OBJECT_ATTRIBUTES Attributes)
{
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(Attributes, CLASS_CONTEXT);
    Attributes->EvtDestroyCallback = classEvtDestroy;
}

// Initializes a new class instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
classCreate(
    WDFWMIINSTANCE Instance)
{
    CLASS_CONTEXT *context = classGetContext(Instance);
    NTSTATUS status;

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

// Returns the current values of a class instance.
// Memory that its pointers refer to must stay valid until the request is complete.
_Use_decl_annotations_
NTSTATUS
classQuery(
    WDFWMIINSTANCE Instance,
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
    WDFWMIINSTANCE Instance,
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
    WDFWMIINSTANCE Instance,
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
