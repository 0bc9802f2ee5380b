// Counters, 17 numbers in 64 bytes: a KMDF provider as a careful author writes it by hand.
#include <ntddk.h>
#include <wdf.h>

#include "counters_wmi.h"
#include "by-hand.h"

static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE CountersEvtQuery;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE CountersEvtSetInstance;
static EVT_WDF_WMI_INSTANCE_SET_ITEM CountersEvtSetItem;

_Use_decl_annotations_
static NTSTATUS NTAPI
CountersEvtQuery(
    WDFWMIINSTANCE WmiInstance,
    ULONG OutBufferSize,
    PVOID OutBuffer,
    PULONG BufferUsed)
{
    Counters data = {0};
    NTSTATUS status;

    PAGED_CODE();

    if (OutBuffer == NULL || OutBufferSize < Counters_SIZE)
    {
        *BufferUsed = WMI_REQUIRED_SIZE(Counters_SIZE);
        return STATUS_BUFFER_TOO_SMALL;
    }
    WmiLock(WmiInstance);
    status = CountersQuery(WmiInstance, &data);
    WmiUnlock(WmiInstance);
    status = WmiMapStatus(status, STATUS_UNSUCCESSFUL);
    if (!NT_SUCCESS(status))
    {
        *BufferUsed = 0;
        return status;
    }
    RtlCopyMemory(OutBuffer, &data, Counters_SIZE);
    *BufferUsed = Counters_SIZE;
    return STATUS_SUCCESS;
}

static NTSTATUS
CountersChange(
    _In_ WDFWMIINSTANCE WmiInstance,
    _In_ const Counters *Data,
    _In_ const Counters_CHANGED *Changed)
{
    NTSTATUS status;

    WmiLock(WmiInstance);
    status = CountersSet(WmiInstance, Data, Changed);
    WmiUnlock(WmiInstance);
    return WmiMapStatus(status, STATUS_WMI_SET_FAILURE);
}

_Use_decl_annotations_
static NTSTATUS NTAPI
CountersEvtSetInstance(
    WDFWMIINSTANCE WmiInstance,
    ULONG InBufferSize,
    PVOID InBuffer)
{
    Counters_CHANGED changed;
    Counters data = {0};

    PAGED_CODE();

    if (InBuffer == NULL || InBufferSize < Counters_SIZE)
    {
        return STATUS_WMI_SET_FAILURE;
    }
    RtlCopyMemory(&data, InBuffer, Counters_SIZE);
    RtlFillMemory(&changed, sizeof(changed), TRUE);
    return CountersChange(WmiInstance, &data, &changed);
}

_Use_decl_annotations_
static NTSTATUS NTAPI
CountersEvtSetItem(
    WDFWMIINSTANCE WmiInstance,
    ULONG DataItemId,
    ULONG InBufferSize,
    PVOID InBuffer)
{
    Counters_CHANGED changed = {0};
    Counters data = {0};

    PAGED_CODE();

    switch (DataItemId)
    {
    case Counters_Bytes_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Bytes_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Bytes, InBuffer, Counters_Bytes_SIZE);
        changed.Bytes = TRUE;
        break;
    case Counters_Packets_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Packets_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Packets, InBuffer, Counters_Packets_SIZE);
        changed.Packets = TRUE;
        break;
    case Counters_Balance_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Balance_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Balance, InBuffer, Counters_Balance_SIZE);
        changed.Balance = TRUE;
        break;
    case Counters_Errors_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Errors_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Errors, InBuffer, Counters_Errors_SIZE);
        changed.Errors = TRUE;
        break;
    case Counters_Drops_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Drops_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Drops, InBuffer, Counters_Drops_SIZE);
        changed.Drops = TRUE;
        break;
    case Counters_Resets_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Resets_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Resets, InBuffer, Counters_Resets_SIZE);
        changed.Resets = TRUE;
        break;
    case Counters_Offset_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Offset_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Offset, InBuffer, Counters_Offset_SIZE);
        changed.Offset = TRUE;
        break;
    case Counters_Speed_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Speed_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Speed, InBuffer, Counters_Speed_SIZE);
        changed.Speed = TRUE;
        break;
    case Counters_Limit_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Limit_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Limit, InBuffer, Counters_Limit_SIZE);
        changed.Limit = TRUE;
        break;
    case Counters_Ports_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Ports_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Ports, InBuffer, Counters_Ports_SIZE);
        changed.Ports = TRUE;
        break;
    case Counters_Lanes_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Lanes_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Lanes, InBuffer, Counters_Lanes_SIZE);
        changed.Lanes = TRUE;
        break;
    case Counters_Mask_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Mask_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Mask, InBuffer, Counters_Mask_SIZE);
        changed.Mask = TRUE;
        break;
    case Counters_Mode_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Mode_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Mode, InBuffer, Counters_Mode_SIZE);
        changed.Mode = TRUE;
        break;
    case Counters_Level_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Level_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Level, InBuffer, Counters_Level_SIZE);
        changed.Level = TRUE;
        break;
    case Counters_State_ID:
        if (InBuffer == NULL || InBufferSize < Counters_State_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.State, InBuffer, Counters_State_SIZE);
        changed.State = TRUE;
        break;
    case Counters_Low_ID:
        if (InBuffer == NULL || InBufferSize < Counters_Low_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Low, InBuffer, Counters_Low_SIZE);
        changed.Low = TRUE;
        break;
    case Counters_High_ID:
        if (InBuffer == NULL || InBufferSize < Counters_High_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.High, InBuffer, Counters_High_SIZE);
        changed.High = TRUE;
        break;
    default:
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
    return CountersChange(WmiInstance, &data, &changed);
}

static const WMI_BLOCK CountersBlock = {
    .Guid = CountersGuid,
    .EvtQuery = CountersEvtQuery,
    .EvtSetInstance = CountersEvtSetInstance,
    .EvtSetItem = CountersEvtSetItem,
    .Attributes = CountersAttributes,
    .Create = CountersCreate,
};

_Use_decl_annotations_
NTSTATUS
CountersWmiInitialize(
    WDFDEVICE Device)
{
    PAGED_CODE();

    return WmiRegisterBlock(Device, &CountersBlock, COUNTERS_WMI_MOF_RESOURCE);
}
