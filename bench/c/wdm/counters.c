// Counters, 17 numbers in 64 bytes: a WMILIB provider as a careful author writes it by hand.
#include "by-hand.h"

#include "counters_wmi.h"

static NTSTATUS
CountersQueryBlock(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG Size,
    _Out_writes_bytes_to_opt_(Size, *Used) PUCHAR Buffer,
    _Out_ PULONG Used)
{
    Counters data = {0};
    NTSTATUS status;

    PAGED_CODE();

    *Used = Counters_SIZE;
    if (Buffer == NULL || Size < Counters_SIZE)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    WmiLock(Instance);
    status = CountersQuery(Instance, &data);
    WmiUnlock(Instance);
    status = WmiMapStatus(status, STATUS_UNSUCCESSFUL);
    if (!NT_SUCCESS(status))
    {
        *Used = 0;
        return status;
    }
    RtlCopyMemory(Buffer, &data, Counters_SIZE);
    return STATUS_SUCCESS;
}

static NTSTATUS
CountersChange(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ const Counters *Data,
    _In_ const Counters_CHANGED *Changed)
{
    NTSTATUS status;

    WmiLock(Instance);
    status = CountersSet(Instance, Data, Changed);
    WmiUnlock(Instance);
    return WmiMapStatus(status, STATUS_WMI_SET_FAILURE);
}

static NTSTATUS
CountersSetBlock(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG Size,
    _In_reads_bytes_(Size) PUCHAR Buffer)
{
    Counters_CHANGED changed;
    Counters data = {0};

    PAGED_CODE();

    if (Buffer == NULL || Size < Counters_SIZE)
    {
        return STATUS_WMI_SET_FAILURE;
    }
    RtlCopyMemory(&data, Buffer, Counters_SIZE);
    RtlFillMemory(&changed, sizeof(changed), TRUE);
    return CountersChange(Instance, &data, &changed);
}

static NTSTATUS
CountersSetBlockItem(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG Id,
    _In_ ULONG Size,
    _In_reads_bytes_(Size) PUCHAR Buffer)
{
    Counters_CHANGED changed = {0};
    Counters data = {0};

    PAGED_CODE();

    switch (Id)
    {
    case Counters_Bytes_ID:
        if (Buffer == NULL || Size < Counters_Bytes_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Bytes, Buffer, Counters_Bytes_SIZE);
        changed.Bytes = TRUE;
        break;
    case Counters_Packets_ID:
        if (Buffer == NULL || Size < Counters_Packets_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Packets, Buffer, Counters_Packets_SIZE);
        changed.Packets = TRUE;
        break;
    case Counters_Balance_ID:
        if (Buffer == NULL || Size < Counters_Balance_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Balance, Buffer, Counters_Balance_SIZE);
        changed.Balance = TRUE;
        break;
    case Counters_Errors_ID:
        if (Buffer == NULL || Size < Counters_Errors_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Errors, Buffer, Counters_Errors_SIZE);
        changed.Errors = TRUE;
        break;
    case Counters_Drops_ID:
        if (Buffer == NULL || Size < Counters_Drops_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Drops, Buffer, Counters_Drops_SIZE);
        changed.Drops = TRUE;
        break;
    case Counters_Resets_ID:
        if (Buffer == NULL || Size < Counters_Resets_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Resets, Buffer, Counters_Resets_SIZE);
        changed.Resets = TRUE;
        break;
    case Counters_Offset_ID:
        if (Buffer == NULL || Size < Counters_Offset_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Offset, Buffer, Counters_Offset_SIZE);
        changed.Offset = TRUE;
        break;
    case Counters_Speed_ID:
        if (Buffer == NULL || Size < Counters_Speed_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Speed, Buffer, Counters_Speed_SIZE);
        changed.Speed = TRUE;
        break;
    case Counters_Limit_ID:
        if (Buffer == NULL || Size < Counters_Limit_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Limit, Buffer, Counters_Limit_SIZE);
        changed.Limit = TRUE;
        break;
    case Counters_Ports_ID:
        if (Buffer == NULL || Size < Counters_Ports_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Ports, Buffer, Counters_Ports_SIZE);
        changed.Ports = TRUE;
        break;
    case Counters_Lanes_ID:
        if (Buffer == NULL || Size < Counters_Lanes_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Lanes, Buffer, Counters_Lanes_SIZE);
        changed.Lanes = TRUE;
        break;
    case Counters_Mask_ID:
        if (Buffer == NULL || Size < Counters_Mask_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Mask, Buffer, Counters_Mask_SIZE);
        changed.Mask = TRUE;
        break;
    case Counters_Mode_ID:
        if (Buffer == NULL || Size < Counters_Mode_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Mode, Buffer, Counters_Mode_SIZE);
        changed.Mode = TRUE;
        break;
    case Counters_Level_ID:
        if (Buffer == NULL || Size < Counters_Level_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Level, Buffer, Counters_Level_SIZE);
        changed.Level = TRUE;
        break;
    case Counters_State_ID:
        if (Buffer == NULL || Size < Counters_State_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.State, Buffer, Counters_State_SIZE);
        changed.State = TRUE;
        break;
    case Counters_Low_ID:
        if (Buffer == NULL || Size < Counters_Low_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Low, Buffer, Counters_Low_SIZE);
        changed.Low = TRUE;
        break;
    case Counters_High_ID:
        if (Buffer == NULL || Size < Counters_High_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.High, Buffer, Counters_High_SIZE);
        changed.High = TRUE;
        break;
    default:
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
    return CountersChange(Instance, &data, &changed);
}

extern const WMI_BLOCK CountersBlock;

const WMI_BLOCK CountersBlock = {
    .Guid = CountersGuid,
    .Query = CountersQueryBlock,
    .SetInstance = CountersSetBlock,
    .SetItem = CountersSetBlockItem,
    .Create = CountersCreate,
    .Delete = CountersDelete,
};
