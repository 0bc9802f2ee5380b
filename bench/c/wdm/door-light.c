// DoorLight, one boolean: a WMILIB provider as a careful author writes it by hand.
#include "by-hand.h"

#include "door-light_wmi.h"

static NTSTATUS
DoorLightQueryBlock(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG Size,
    _Out_writes_bytes_to_opt_(Size, *Used) PUCHAR Buffer,
    _Out_ PULONG Used)
{
    DoorLight data = {0};
    NTSTATUS status;

    PAGED_CODE();

    *Used = DoorLight_SIZE;
    if (Buffer == NULL || Size < DoorLight_SIZE)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    WmiLock(Instance);
    status = DoorLightQuery(Instance, &data);
    WmiUnlock(Instance);
    status = WmiMapStatus(status, STATUS_UNSUCCESSFUL);
    if (!NT_SUCCESS(status))
    {
        *Used = 0;
        return status;
    }
    data.Lit = data.Lit != 0;
    RtlCopyMemory(Buffer, &data, DoorLight_SIZE);
    return STATUS_SUCCESS;
}

static NTSTATUS
DoorLightChange(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ const DoorLight *Data,
    _In_ const DoorLight_CHANGED *Changed)
{
    NTSTATUS status;

    WmiLock(Instance);
    status = DoorLightSet(Instance, Data, Changed);
    WmiUnlock(Instance);
    return WmiMapStatus(status, STATUS_WMI_SET_FAILURE);
}

static NTSTATUS
DoorLightSetBlock(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG Size,
    _In_reads_bytes_(Size) PUCHAR Buffer)
{
    DoorLight_CHANGED changed;
    DoorLight data = {0};

    PAGED_CODE();

    if (Buffer == NULL || Size < DoorLight_SIZE)
    {
        return STATUS_WMI_SET_FAILURE;
    }
    RtlCopyMemory(&data, Buffer, DoorLight_SIZE);
    data.Lit = data.Lit != 0;
    RtlFillMemory(&changed, sizeof(changed), TRUE);
    return DoorLightChange(Instance, &data, &changed);
}

static NTSTATUS
DoorLightSetBlockItem(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG Id,
    _In_ ULONG Size,
    _In_reads_bytes_(Size) PUCHAR Buffer)
{
    DoorLight_CHANGED changed = {0};
    DoorLight data = {0};

    PAGED_CODE();

    switch (Id)
    {
    case DoorLight_Lit_ID:
        if (Buffer == NULL || Size < DoorLight_Lit_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Lit, Buffer, DoorLight_Lit_SIZE);
        data.Lit = data.Lit != 0;
        changed.Lit = TRUE;
        break;
    default:
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
    return DoorLightChange(Instance, &data, &changed);
}

extern const WMI_BLOCK DoorLightBlock;

const WMI_BLOCK DoorLightBlock = {
    .Guid = DoorLightGuid,
    .Query = DoorLightQueryBlock,
    .SetInstance = DoorLightSetBlock,
    .SetItem = DoorLightSetBlockItem,
    .Create = DoorLightCreate,
    .Delete = DoorLightDelete,
};
