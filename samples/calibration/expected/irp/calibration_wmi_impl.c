// The driver's part of calibration.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>

#include "calibration_wmi.h"

// Returns the WMI state of a device. As written, it is at the start of the device extension: change it if yours is elsewhere.
_Use_decl_annotations_
PCALIBRATION_WMI
CalibrationWmiFromDevice(
    PDEVICE_OBJECT DeviceObject)
{
    return (PCALIBRATION_WMI)DeviceObject->DeviceExtension;
}

// ==== Calibration ====

// The context of one instance, initially zeroed.
typedef struct _CALIBRATION_CONTEXT
{
    Calibration Data;
} CALIBRATION_CONTEXT;

static inline CALIBRATION_CONTEXT *
CalibrationGetContext(
    PCALIBRATION_WMI_INSTANCE Instance)
{
    return (CALIBRATION_CONTEXT *)Instance->Context;
}

// Initializes a new Calibration instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
CalibrationCreate(
    PCALIBRATION_WMI_INSTANCE Instance)
{
    CALIBRATION_CONTEXT *context = (CALIBRATION_CONTEXT *)CalibrationWmiAllocate(sizeof(*context));

    if (context == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Instance->Context = context;
    // All other members are zero.
    context->Data.Revision = 65;
    {
        static const LONGLONG first[2] = {0LL, 1LL};

        RtlCopyMemory(context->Data.Factors, first, sizeof(first));
    }
    return STATUS_SUCCESS;
}

// Frees the context of an instance. Also called after CalibrationCreate fails.
_Use_decl_annotations_
VOID
CalibrationDelete(
    PCALIBRATION_WMI_INSTANCE Instance)
{
    CALIBRATION_CONTEXT *context = CalibrationGetContext(Instance);

    if (context != NULL)
    {
        CalibrationWmiFree(context);
    }
}

// Returns the current values of a Calibration instance.
_Use_decl_annotations_
NTSTATUS
CalibrationQuery(
    PCALIBRATION_WMI_INSTANCE Instance,
    Calibration *Data)
{
    CALIBRATION_CONTEXT *context = CalibrationGetContext(Instance);

    *Data = context->Data;
    return STATUS_SUCCESS;
}

// Makes all changes, or fails and makes none. Only members that are TRUE in Changed are valid in Data.
_Use_decl_annotations_
NTSTATUS
CalibrationSet(
    PCALIBRATION_WMI_INSTANCE Instance,
    const Calibration *Data,
    const Calibration_CHANGED *Changed)
{
    CALIBRATION_CONTEXT *context = CalibrationGetContext(Instance);

    if (Changed->Points)
    {
        RtlCopyMemory(context->Data.Points, Data->Points, sizeof(context->Data.Points));
    }
    if (Changed->Factors)
    {
        RtlCopyMemory(context->Data.Factors, Data->Factors, sizeof(context->Data.Factors));
    }
    if (Changed->Signature)
    {
        RtlCopyMemory(context->Data.Signature, Data->Signature, sizeof(context->Data.Signature));
    }
    if (Changed->Channels)
    {
        RtlCopyMemory(context->Data.Channels, Data->Channels, sizeof(context->Data.Channels));
    }
    return STATUS_SUCCESS;
}

// Puts one point in place of another.
// WmiMethodId 1, calibration.mof.
_Use_decl_annotations_
NTSTATUS
CalibrationReplacePoint(
    PCALIBRATION_WMI_INSTANCE Instance,
    ULONG Index,
    CALIBRATION_POINT *Point)
{
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(Index);
    UNREFERENCED_PARAMETER(Point);

    return STATUS_SUCCESS;
}

// Forgets all points.
// WmiMethodId 2, calibration.mof.
_Use_decl_annotations_
NTSTATUS
CalibrationReset(
    PCALIBRATION_WMI_INSTANCE Instance)
{
    UNREFERENCED_PARAMETER(Instance);

    return STATUS_SUCCESS;
}

// Swaps two factors.
// WmiMethodId 3, calibration.mof.
_Use_decl_annotations_
NTSTATUS
CalibrationSwapFactors(
    PCALIBRATION_WMI_INSTANCE Instance,
    LONGLONG *First,
    LONGLONG *Second)
{
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(First);
    UNREFERENCED_PARAMETER(Second);

    return STATUS_SUCCESS;
}

// Measures now.
// WmiMethodId 4, calibration.mof.
_Use_decl_annotations_
NTSTATUS
CalibrationMeasure(
    PCALIBRATION_WMI_INSTANCE Instance,
    UCHAR Channel,
    WCHAR *Taken,
    LONG *ReturnValue)
{
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(Channel);

    RtlCopyMemory(Taken, CALIBRATION_NO_TIME, 25 * sizeof(*Taken));
    *ReturnValue = 0;

    return STATUS_SUCCESS;
}
