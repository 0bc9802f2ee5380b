// The driver's part of odd-corners.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>

#include "odd-corners_wmi.h"

// Where the structure of a device is: at the start of the device extension, until you say otherwise.
_Use_decl_annotations_
PODD_CORNERS_WMI
OddCornersWmiFromDevice(
    PDEVICE_OBJECT DeviceObject)
{
    return (PODD_CORNERS_WMI)DeviceObject->DeviceExtension;
}

// ==== class ====

// What one instance has. It starts as zeros.
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

// Gives a new instance of class its first values, before a consumer can see it.
_Use_decl_annotations_
NTSTATUS
classCreate(
    PODD_CORNERS_WMI_INSTANCE Instance)
{
    CLASS_CONTEXT *context = (CLASS_CONTEXT *)OddCornersWmiAllocate(sizeof(*context));

    if (context == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Instance->Context = context;
    return classKeep(&context->Data, NULL, NULL);
}

// Frees what classCreate has made of an instance, also when that has failed half-way.
_Use_decl_annotations_
VOID
classDelete(
    PODD_CORNERS_WMI_INSTANCE Instance)
{
    CLASS_CONTEXT *context = classGetContext(Instance);

    if (context != NULL)
    {
        classRelease(&context->Data);
        OddCornersWmiFree(context);
    }
}

// The values of an instance of class now.
// What pointers in them point to has to stay until the request is over.
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
// value in Data; what pointers there point to is gone when the request is over.
_Use_decl_annotations_
NTSTATUS
classSet(
    PODD_CORNERS_WMI_INSTANCE Instance,
    const class__VALUES *Data,
    const class__CHANGED *Changed)
{
    CLASS_CONTEXT *context = classGetContext(Instance);

    return classKeep(&context->Data, Data, Changed);
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
