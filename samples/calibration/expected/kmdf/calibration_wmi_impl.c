// The driver's part of calibration.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <wdf.h>

#include "calibration_wmi.h"

// ==== Calibration ====

// The context of one instance, initially zeroed.
typedef struct _CALIBRATION_CONTEXT
{
    Calibration Data;
} CALIBRATION_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CALIBRATION_CONTEXT, CalibrationGetContext)

_Use_decl_annotations_
VOID
CalibrationAttributes(
    PWDF_OBJECT_ATTRIBUTES Attributes)
{
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(Attributes, CALIBRATION_CONTEXT);
}

// Initializes a new Calibration instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
CalibrationCreate(
    WDFWMIINSTANCE Instance)
{
    CALIBRATION_CONTEXT *context = CalibrationGetContext(Instance);

    // All other members are zero.
    context->Data.Revision = 65;
    {
        static const LONGLONG first[2] = {0LL, 1LL};

        RtlCopyMemory(context->Data.Factors, first, sizeof(first));
    }
    return STATUS_SUCCESS;
}

// Returns the current values of a Calibration instance.
_Use_decl_annotations_
NTSTATUS
CalibrationQuery(
    WDFWMIINSTANCE Instance,
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
    WDFWMIINSTANCE Instance,
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
    WDFWMIINSTANCE Instance,
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
    WDFWMIINSTANCE Instance)
{
    UNREFERENCED_PARAMETER(Instance);

    return STATUS_SUCCESS;
}

// Swaps two factors.
// WmiMethodId 3, calibration.mof.
_Use_decl_annotations_
NTSTATUS
CalibrationSwapFactors(
    WDFWMIINSTANCE Instance,
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
    WDFWMIINSTANCE Instance,
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
