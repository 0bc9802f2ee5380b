// The driver's part of door-light.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <scsiwmi.h>

#include "door-light_wmi.h"

// ==== DoorLight ====

// What the driver has of one instance.
typedef struct _DOOR_LIGHT_CONTEXT
{
    DoorLight Data;
} DOOR_LIGHT_CONTEXT;

// Finds it. Yours looks into the device that DeviceContext is, for the instance with that InstanceIndex; until then all instances
// of all devices have these values.
static DOOR_LIGHT_CONTEXT *
DoorLightGetContext(
    PDOOR_LIGHT_WMI_INSTANCE Instance)
{
    static DOOR_LIGHT_CONTEXT context;

    UNREFERENCED_PARAMETER(Instance);
    return &context;
}

// Initializes a new DoorLight instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
DoorLightCreate(
    PDOOR_LIGHT_WMI_INSTANCE Instance)
{
    DOOR_LIGHT_CONTEXT *context = DoorLightGetContext(Instance);

    RtlZeroMemory(context, sizeof(*context));
    return STATUS_SUCCESS;
}

// Returns the current values of a DoorLight instance.
_Use_decl_annotations_
NTSTATUS
DoorLightQuery(
    PDOOR_LIGHT_WMI_INSTANCE Instance,
    DoorLight *Data)
{
    DOOR_LIGHT_CONTEXT *context = DoorLightGetContext(Instance);

    *Data = context->Data;
    return STATUS_SUCCESS;
}

// Makes all the changes and succeeds, or makes none and fails. Only members that are TRUE in Changed have a
// value in Data.
_Use_decl_annotations_
NTSTATUS
DoorLightSet(
    PDOOR_LIGHT_WMI_INSTANCE Instance,
    const DoorLight *Data,
    const DoorLight_CHANGED *Changed)
{
    DOOR_LIGHT_CONTEXT *context = DoorLightGetContext(Instance);

    if (Changed->Lit)
    {
        context->Data.Lit = Data->Lit;
    }
    return STATUS_SUCCESS;
}
