// The driver's part of card-reader.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>

#include "card-reader_wmi.h"

// Returns the WMI state of a device. As written, it is at the start of the device extension: change it if yours is elsewhere.
_Use_decl_annotations_
PCARD_READER_WMI
CardReaderWmiFromDevice(
    PDEVICE_OBJECT DeviceObject)
{
    return (PCARD_READER_WMI)DeviceObject->DeviceExtension;
}

// ==== CardReader_SlotState ====

// The context of one instance, initially zeroed.
typedef struct _CARD_READER_SLOT_STATE_CONTEXT
{
    CARD_SLOT_STATE_VALUES *Data;
} CARD_READER_SLOT_STATE_CONTEXT;

static inline CARD_READER_SLOT_STATE_CONTEXT *
CardReader_SlotState_GetContext(
    PCARD_READER_WMI_INSTANCE Instance)
{
    return (CARD_READER_SLOT_STATE_CONTEXT *)Instance->Context;
}

// Initializes a new CardReader_SlotState instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
CardReader_SlotState_Create(
    PCARD_READER_WMI_INSTANCE Instance)
{
    CARD_READER_SLOT_STATE_CONTEXT *context = (CARD_READER_SLOT_STATE_CONTEXT *)CardReaderWmiAllocate(sizeof(*context));

    if (context == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Instance->Context = context;
    return CardReader_SlotState_UpdateStored(&context->Data, NULL, NULL);
}

// Frees the context of an instance. Also called after CardReader_SlotState_Create fails.
_Use_decl_annotations_
VOID
CardReader_SlotState_Delete(
    PCARD_READER_WMI_INSTANCE Instance)
{
    CARD_READER_SLOT_STATE_CONTEXT *context = CardReader_SlotState_GetContext(Instance);

    if (context != NULL)
    {
        CardReader_SlotState_FreeStored(&context->Data);
        CardReaderWmiFree(context);
    }
}

// Returns the current values of a CardReader_SlotState instance.
// Memory that its pointers refer to must stay valid until the request is complete.
_Use_decl_annotations_
NTSTATUS
CardReader_SlotState_Query(
    PCARD_READER_WMI_INSTANCE Instance,
    CARD_SLOT_STATE_VALUES *Data)
{
    CARD_READER_SLOT_STATE_CONTEXT *context = CardReader_SlotState_GetContext(Instance);

    *Data = *context->Data;
    return STATUS_SUCCESS;
}

// Makes all changes, or fails and makes none. Only members that are TRUE in Changed are valid in Data.
// Memory that its pointers refer to is freed when the request is complete.
_Use_decl_annotations_
NTSTATUS
CardReader_SlotState_Set(
    PCARD_READER_WMI_INSTANCE Instance,
    const CARD_SLOT_STATE_VALUES *Data,
    const CARD_SLOT_STATE_CHANGED *Changed)
{
    CARD_READER_SLOT_STATE_CONTEXT *context = CardReader_SlotState_GetContext(Instance);

    return CardReader_SlotState_UpdateStored(&context->Data, Data, Changed);
}

// Locks the slot, or gives the card back.
// WmiMethodId 10, card-reader.mof.
_Use_decl_annotations_
NTSTATUS
CardReader_SlotState_Lock(
    PCARD_READER_WMI_INSTANCE Instance,
    BOOLEAN Keep,
    ULONG *Outcome)
{
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(Keep);

    *Outcome = 0;

    return STATUS_SUCCESS;
}

// Takes a key off the reader.
// WmiMethodId 11, card-reader.mof.
_Use_decl_annotations_
NTSTATUS
CardReader_SlotState_Forget(
    PCARD_READER_WMI_INSTANCE Instance,
    CARD_KEY *Key)
{
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(Key);

    return STATUS_SUCCESS;
}

// ==== CardReader_Statistics ====

// The context of one instance, initially zeroed.
typedef struct _CARD_READER_STATISTICS_CONTEXT
{
    CardReader_Statistics_VALUES Data;
} CARD_READER_STATISTICS_CONTEXT;

static inline CARD_READER_STATISTICS_CONTEXT *
CardReader_Statistics_GetContext(
    PCARD_READER_WMI_INSTANCE Instance)
{
    return (CARD_READER_STATISTICS_CONTEXT *)Instance->Context;
}

// Initializes a new CardReader_Statistics instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
CardReader_Statistics_Create(
    PCARD_READER_WMI_INSTANCE Instance)
{
    CARD_READER_STATISTICS_CONTEXT *context = (CARD_READER_STATISTICS_CONTEXT *)CardReaderWmiAllocate(sizeof(*context));

    if (context == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Instance->Context = context;
    // The context is zeroed.
    return STATUS_SUCCESS;
}

// Frees the context of an instance. Also called after CardReader_Statistics_Create fails.
_Use_decl_annotations_
VOID
CardReader_Statistics_Delete(
    PCARD_READER_WMI_INSTANCE Instance)
{
    CARD_READER_STATISTICS_CONTEXT *context = CardReader_Statistics_GetContext(Instance);

    if (context != NULL)
    {
        CardReaderWmiFree(context);
    }
}

// Returns the current values of a CardReader_Statistics instance.
_Use_decl_annotations_
NTSTATUS
CardReader_Statistics_Query(
    PCARD_READER_WMI_INSTANCE Instance,
    CardReader_Statistics_VALUES *Data)
{
    CARD_READER_STATISTICS_CONTEXT *context = CardReader_Statistics_GetContext(Instance);

    *Data = context->Data;
    return STATUS_SUCCESS;
}
