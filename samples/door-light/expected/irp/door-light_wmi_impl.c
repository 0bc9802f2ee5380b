// The driver's part of door-light.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>

#include "door-light_wmi.h"

// Returns the WMI state of a device. As written, it is at the start of the device extension: change it if yours is elsewhere.
_Use_decl_annotations_
PDOOR_LIGHT_WMI
DoorLightWmiFromDevice(
    PDEVICE_OBJECT DeviceObject)
{
    return (PDOOR_LIGHT_WMI)DeviceObject->DeviceExtension;
}

// ==== DoorLight ====

// The context of one instance, initially zeroed.
typedef struct _DOOR_LIGHT_CONTEXT
{
    DoorLight Data;
} DOOR_LIGHT_CONTEXT;

static inline DOOR_LIGHT_CONTEXT *
DoorLightGetContext(
    PDOOR_LIGHT_WMI_INSTANCE Instance)
{
    return (DOOR_LIGHT_CONTEXT *)Instance->Context;
}

// Initializes a new DoorLight instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
DoorLightCreate(
    PDOOR_LIGHT_WMI_INSTANCE Instance)
{
    DOOR_LIGHT_CONTEXT *context = (DOOR_LIGHT_CONTEXT *)DoorLightWmiAllocate(sizeof(*context));

    if (context == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Instance->Context = context;
    // The context is zeroed.
    return STATUS_SUCCESS;
}

// Frees the context of an instance. Also called after DoorLightCreate fails.
_Use_decl_annotations_
VOID
DoorLightDelete(
    PDOOR_LIGHT_WMI_INSTANCE Instance)
{
    DOOR_LIGHT_CONTEXT *context = DoorLightGetContext(Instance);

    if (context != NULL)
    {
        DoorLightWmiFree(context);
    }
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
