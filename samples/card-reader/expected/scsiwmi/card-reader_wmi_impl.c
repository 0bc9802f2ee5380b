// The driver's part of card-reader.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <scsiwmi.h>

#include "card-reader_wmi.h"

// ==== CardReader_SlotState ====

// The values of one instance.
typedef struct _CARD_READER_SLOT_STATE_CONTEXT
{
    CARD_SLOT_STATE_VALUES *Data;
    ULONGLONG Store[CARD_READER_WMI_STORE_BYTES / sizeof(ULONGLONG)]; // holds the values at Data
} CARD_READER_SLOT_STATE_CONTEXT;

// Returns the values of an instance. As written, all instances of all devices share one set of values: change it to return those of
// InstanceIndex in your device (DeviceContext).
static CARD_READER_SLOT_STATE_CONTEXT *
CardReader_SlotState_GetContext(
    PCARD_READER_WMI_INSTANCE Instance)
{
    static CARD_READER_SLOT_STATE_CONTEXT context;

    UNREFERENCED_PARAMETER(Instance);
    return &context;
}

// Initializes a new CardReader_SlotState instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
CardReader_SlotState_Create(
    PCARD_READER_WMI_INSTANCE Instance)
{
    CARD_READER_SLOT_STATE_CONTEXT *context = CardReader_SlotState_GetContext(Instance);

    RtlZeroMemory(context, sizeof(*context));
    return CardReader_SlotState_UpdateStored(context->Store, sizeof(context->Store), &context->Data, NULL, NULL);
}

// Returns the current values of a CardReader_SlotState instance.
// Memory that its pointers refer to must stay valid and unchanged until the core's call returns; the core takes no lock.
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
// Memory that its pointers refer to is valid only during the call.
_Use_decl_annotations_
NTSTATUS
CardReader_SlotState_Set(
    PCARD_READER_WMI_INSTANCE Instance,
    const CARD_SLOT_STATE_VALUES *Data,
    const CARD_SLOT_STATE_CHANGED *Changed)
{
    CARD_READER_SLOT_STATE_CONTEXT *context = CardReader_SlotState_GetContext(Instance);

    return CardReader_SlotState_UpdateStored(context->Store, sizeof(context->Store), &context->Data, Data, Changed);
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

// The values of one instance.
typedef struct _CARD_READER_STATISTICS_CONTEXT
{
    CardReader_Statistics_VALUES Data;
} CARD_READER_STATISTICS_CONTEXT;

// Returns the values of an instance. As written, all instances of all devices share one set of values: change it to return those of
// InstanceIndex in your device (DeviceContext).
static CARD_READER_STATISTICS_CONTEXT *
CardReader_Statistics_GetContext(
    PCARD_READER_WMI_INSTANCE Instance)
{
    static CARD_READER_STATISTICS_CONTEXT context;

    UNREFERENCED_PARAMETER(Instance);
    return &context;
}

// Initializes a new CardReader_Statistics instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
CardReader_Statistics_Create(
    PCARD_READER_WMI_INSTANCE Instance)
{
    CARD_READER_STATISTICS_CONTEXT *context = CardReader_Statistics_GetContext(Instance);

    RtlZeroMemory(context, sizeof(*context));
    return STATUS_SUCCESS;
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
