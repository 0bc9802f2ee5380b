// The driver's part of door-light.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <scsiwmi.h>

#include "door-light_wmi.h"

// ==== DoorLight ====

// The values of one instance.
typedef struct _DOOR_LIGHT_CONTEXT
{
    DoorLight Data;
} DOOR_LIGHT_CONTEXT;

// Returns the values of an instance. As written, all instances of all devices share one set of values: change it to return those of
// InstanceIndex in your device (DeviceContext).
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

// Makes all changes, or fails and makes none. Only members that are TRUE in Changed are valid in Data.
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
