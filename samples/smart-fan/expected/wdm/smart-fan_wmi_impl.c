// The driver's part of smart-fan.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>

#include "smart-fan_wmi.h"

// Returns the WMI state of a device. As written, it is at the start of the device extension: change it if yours is elsewhere.
_Use_decl_annotations_
PSMART_FAN_WMI
SmartFanWmiFromDevice(
    PDEVICE_OBJECT DeviceObject)
{
    return (PSMART_FAN_WMI)DeviceObject->DeviceExtension;
}

// ==== SmartFan ====

// The context of one instance, initially zeroed.
typedef struct _SMART_FAN_CONTEXT
{
    SmartFan Data;
} SMART_FAN_CONTEXT;

static inline SMART_FAN_CONTEXT *
SmartFanGetContext(
    PSMART_FAN_WMI_INSTANCE Instance)
{
    return (SMART_FAN_CONTEXT *)Instance->Context;
}

// Initializes a new SmartFan instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
SmartFanCreate(
    PSMART_FAN_WMI_INSTANCE Instance)
{
    SMART_FAN_CONTEXT *context = (SMART_FAN_CONTEXT *)SmartFanWmiAllocate(sizeof(*context));

    if (context == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Instance->Context = context;
    // All other members are zero.
    RtlCopyMemory(context->Data.LastCleaned, SMART_FAN_NO_TIME, sizeof(context->Data.LastCleaned));
    return STATUS_SUCCESS;
}

// Frees the context of an instance. Also called after SmartFanCreate fails.
_Use_decl_annotations_
VOID
SmartFanDelete(
    PSMART_FAN_WMI_INSTANCE Instance)
{
    SMART_FAN_CONTEXT *context = SmartFanGetContext(Instance);

    if (context != NULL)
    {
        SmartFanWmiFree(context);
    }
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
