// Limits, two numbers: a WMILIB provider as a careful author writes it by hand.
#include "by-hand.h"

#include "limits_wmi.h"

static NTSTATUS
LimitsQueryBlock(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG Size,
    _Out_writes_bytes_to_opt_(Size, *Used) PUCHAR Buffer,
    _Out_ PULONG Used)
{
    Limits data = {0};
    NTSTATUS status;

    PAGED_CODE();

    *Used = Limits_SIZE;
    if (Buffer == NULL || Size < Limits_SIZE)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    WmiLock(Instance);
    status = LimitsQuery(Instance, &data);
    WmiUnlock(Instance);
    status = WmiMapStatus(status, STATUS_UNSUCCESSFUL);
    if (!NT_SUCCESS(status))
    {
        *Used = 0;
        return status;
    }
    RtlCopyMemory(Buffer, &data, Limits_SIZE);
    return STATUS_SUCCESS;
}

static NTSTATUS
LimitsChange(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ const Limits *Data,
    _In_ const Limits_CHANGED *Changed)
{
    NTSTATUS status;

    WmiLock(Instance);
    status = LimitsSet(Instance, Data, Changed);
    WmiUnlock(Instance);
    return WmiMapStatus(status, STATUS_WMI_SET_FAILURE);
}

static NTSTATUS
LimitsSetBlock(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG Size,
    _In_reads_bytes_(Size) PUCHAR Buffer)
{
    Limits_CHANGED changed;
    Limits data = {0};

    PAGED_CODE();

    if (Buffer == NULL || Size < Limits_SIZE)
    {
        return STATUS_WMI_SET_FAILURE;
    }
    RtlCopyMemory(&data, Buffer, Limits_SIZE);
    RtlFillMemory(&changed, sizeof(changed), TRUE);
    return LimitsChange(Instance, &data, &changed);
}

static NTSTATUS
LimitsSetBlockItem(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG Id,
    _In_ ULONG Size,
    _In_reads_bytes_(Size) PUCHAR Buffer)
{
    Limits_CHANGED changed = {0};
    Limits data = {0};

    PAGED_CODE();

    switch (Id)
    {
    case Limits_Low_ID:
        if (Buffer == NULL || Size < Limits_Low_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Low, Buffer, Limits_Low_SIZE);
        changed.Low = TRUE;
        break;
    case Limits_High_ID:
        if (Buffer == NULL || Size < Limits_High_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.High, Buffer, Limits_High_SIZE);
        changed.High = TRUE;
        break;
    default:
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
    return LimitsChange(Instance, &data, &changed);
}

extern const WMI_BLOCK LimitsBlock;

const WMI_BLOCK LimitsBlock = {
    .Guid = LimitsGuid,
    .Query = LimitsQueryBlock,
    .SetInstance = LimitsSetBlock,
    .SetItem = LimitsSetBlockItem,
    .Create = LimitsCreate,
    .Delete = LimitsDelete,
};
