// The driver's part of card-reader.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <wdf.h>

#include "card-reader_wmi.h"

// ==== CardReader_SlotState ====

// The context of one instance, initially zeroed.
typedef struct _CARD_READER_SLOT_STATE_CONTEXT
{
    CARD_SLOT_STATE_VALUES *Data;
} CARD_READER_SLOT_STATE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CARD_READER_SLOT_STATE_CONTEXT, CardReader_SlotState_GetContext)

static EVT_WDF_OBJECT_CONTEXT_DESTROY CardReader_SlotState_EvtDestroy;

// Called when the last reference to an instance is released. WMI requests, and the functions that delete instances, release it at
// PASSIVE_LEVEL, where paged memory may be freed.
static VOID NTAPI
CardReader_SlotState_EvtDestroy(
    WDFOBJECT Object)
{
    CardReader_SlotState_FreeStored(&CardReader_SlotState_GetContext(Object)->Data);
}

_Use_decl_annotations_
VOID
CardReader_SlotState_Attributes(
    PWDF_OBJECT_ATTRIBUTES Attributes)
{
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(Attributes, CARD_READER_SLOT_STATE_CONTEXT);
    Attributes->EvtDestroyCallback = CardReader_SlotState_EvtDestroy;
}

// Initializes a new CardReader_SlotState instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
CardReader_SlotState_Create(
    WDFWMIINSTANCE Instance)
{
    CARD_READER_SLOT_STATE_CONTEXT *context = CardReader_SlotState_GetContext(Instance);

    return CardReader_SlotState_UpdateStored(&context->Data, NULL, NULL);
}

// Returns the current values of a CardReader_SlotState instance.
// Memory that its pointers refer to must stay valid until the request is complete.
_Use_decl_annotations_
NTSTATUS
CardReader_SlotState_Query(
    WDFWMIINSTANCE Instance,
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
    WDFWMIINSTANCE Instance,
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
    WDFWMIINSTANCE Instance,
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
    WDFWMIINSTANCE Instance,
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

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CARD_READER_STATISTICS_CONTEXT, CardReader_Statistics_GetContext)

_Use_decl_annotations_
VOID
CardReader_Statistics_Attributes(
    PWDF_OBJECT_ATTRIBUTES Attributes)
{
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(Attributes, CARD_READER_STATISTICS_CONTEXT);
}

// Initializes a new CardReader_Statistics instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
CardReader_Statistics_Create(
    WDFWMIINSTANCE Instance)
{
    UNREFERENCED_PARAMETER(Instance);

    // The context is zeroed.
    return STATUS_SUCCESS;
}

// Returns the current values of a CardReader_Statistics instance.
_Use_decl_annotations_
NTSTATUS
CardReader_Statistics_Query(
    WDFWMIINSTANCE Instance,
    CardReader_Statistics_VALUES *Data)
{
    CARD_READER_STATISTICS_CONTEXT *context = CardReader_Statistics_GetContext(Instance);

    *Data = context->Data;
    return STATUS_SUCCESS;
}
