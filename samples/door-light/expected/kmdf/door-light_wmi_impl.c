// The driver's part of door-light.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <wdf.h>

#include "door-light_wmi.h"

// ==== DoorLight ====

// The context of one instance, initially zeroed.
typedef struct _DOOR_LIGHT_CONTEXT
{
    DoorLight Data;
} DOOR_LIGHT_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DOOR_LIGHT_CONTEXT, DoorLightGetContext)

_Use_decl_annotations_
VOID
DoorLightAttributes(
    PWDF_OBJECT_ATTRIBUTES Attributes)
{
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(Attributes, DOOR_LIGHT_CONTEXT);
}

// Initializes a new DoorLight instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
DoorLightCreate(
    WDFWMIINSTANCE Instance)
{
    UNREFERENCED_PARAMETER(Instance);

    // The context is zeroed.
    return STATUS_SUCCESS;
}

// Returns the current values of a DoorLight instance.
_Use_decl_annotations_
NTSTATUS
DoorLightQuery(
    WDFWMIINSTANCE Instance,
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
    WDFWMIINSTANCE Instance,
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
