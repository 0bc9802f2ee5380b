// The driver's part of smart-fan.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <scsiwmi.h>

#include "smart-fan_wmi.h"

// ==== SmartFan ====

// The values of one instance.
typedef struct _SMART_FAN_CONTEXT
{
    SmartFan Data;
} SMART_FAN_CONTEXT;

// Returns the values of an instance. As written, all instances of all devices share one set of values: change it to return those of
// InstanceIndex in your device (DeviceContext).
static SMART_FAN_CONTEXT *
SmartFanGetContext(
    PSMART_FAN_WMI_INSTANCE Instance)
{
    static SMART_FAN_CONTEXT context;

    UNREFERENCED_PARAMETER(Instance);
    return &context;
}

// Initializes a new SmartFan instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
SmartFanCreate(
    PSMART_FAN_WMI_INSTANCE Instance)
{
    SMART_FAN_CONTEXT *context = SmartFanGetContext(Instance);

    RtlZeroMemory(context, sizeof(*context));
    RtlCopyMemory(context->Data.LastCleaned, SMART_FAN_NO_TIME, sizeof(context->Data.LastCleaned));
    return STATUS_SUCCESS;
}

// Returns the current values of a SmartFan instance.
// Write-only items are returned to WMI as zeros.
_Use_decl_annotations_
NTSTATUS
SmartFanQuery(
    PSMART_FAN_WMI_INSTANCE Instance,
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
    PSMART_FAN_WMI_INSTANCE Instance,
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
