// The driver's part of smart-fan.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <wdf.h>

#include "smart-fan_wmi.h"

// ==== SmartFan ====

// The context of one instance, initially zeroed.
typedef struct _SMART_FAN_CONTEXT
{
    SmartFan Data;
} SMART_FAN_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(SMART_FAN_CONTEXT, SmartFanGetContext)

_Use_decl_annotations_
VOID
SmartFanAttributes(
    PWDF_OBJECT_ATTRIBUTES Attributes)
{
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(Attributes, SMART_FAN_CONTEXT);
}

// Initializes a new SmartFan instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
SmartFanCreate(
    WDFWMIINSTANCE Instance)
{
    SMART_FAN_CONTEXT *context = SmartFanGetContext(Instance);

    // All other members are zero.
    RtlCopyMemory(context->Data.LastCleaned, SMART_FAN_NO_TIME, sizeof(context->Data.LastCleaned));
    return STATUS_SUCCESS;
}

// Returns the current values of a SmartFan instance.
// Write-only items are returned to WMI as zeros.
_Use_decl_annotations_
NTSTATUS
SmartFanQuery(
    WDFWMIINSTANCE Instance,
    SmartFan *Data)
{
    SMART_FAN_CONTEXT *context = SmartFanGetContext(Instance);

    *Data = context->Data;
    return STATUS_SUCCESS;
}

// Makes all changes, or fails and makes none. Only members that are TRUE in Changed are valid in Data.
_Use_decl_annotations_
NTSTATUS
SmartFanSet(
    WDFWMIINSTANCE Instance,
    const SmartFan *Data,
    const SmartFan_CHANGED *Changed)
{
    SMART_FAN_CONTEXT *context = SmartFanGetContext(Instance);

    if (Changed->TargetSpeed)
    {
        context->Data.TargetSpeed = Data->TargetSpeed;
    }
    if (Changed->Mode)
    {
        context->Data.Mode = Data->Mode;
    }
    if (Changed->StartTemperature)
    {
        context->Data.StartTemperature = Data->StartTemperature;
    }
    if (Changed->ServiceKey)
    {
        context->Data.ServiceKey = Data->ServiceKey;
    }
    return STATUS_SUCCESS;
}
