// DoorLight, one boolean: a KMDF provider as a careful author writes it by hand.
#include <ntddk.h>
#include <wdf.h>

#include "door-light_wmi.h"
#include "by-hand.h"

static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE DoorLightEvtQuery;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE DoorLightEvtSetInstance;
static EVT_WDF_WMI_INSTANCE_SET_ITEM DoorLightEvtSetItem;

_Use_decl_annotations_
static NTSTATUS NTAPI
DoorLightEvtQuery(
    WDFWMIINSTANCE WmiInstance,
    ULONG OutBufferSize,
    PVOID OutBuffer,
    PULONG BufferUsed)
{
    DoorLight data = {0};
    NTSTATUS status;

    PAGED_CODE();

    if (OutBuffer == NULL || OutBufferSize < DoorLight_SIZE)
    {
        *BufferUsed = WMI_REQUIRED_SIZE(DoorLight_SIZE);
        return STATUS_BUFFER_TOO_SMALL;
    }
    WmiLock(WmiInstance);
    status = DoorLightQuery(WmiInstance, &data);
    WmiUnlock(WmiInstance);
    status = WmiMapStatus(status, STATUS_UNSUCCESSFUL);
    if (!NT_SUCCESS(status))
    {
        *BufferUsed = 0;
        return status;
    }
    data.Lit = data.Lit != 0;
    RtlCopyMemory(OutBuffer, &data, DoorLight_SIZE);
    *BufferUsed = DoorLight_SIZE;
    return STATUS_SUCCESS;
}

static NTSTATUS
DoorLightChange(
    _In_ WDFWMIINSTANCE WmiInstance,
    _In_ const DoorLight *Data,
    _In_ const DoorLight_CHANGED *Changed)
{
    NTSTATUS status;

    WmiLock(WmiInstance);
    status = DoorLightSet(WmiInstance, Data, Changed);
    WmiUnlock(WmiInstance);
    return WmiMapStatus(status, STATUS_WMI_SET_FAILURE);
}

_Use_decl_annotations_
static NTSTATUS NTAPI
DoorLightEvtSetInstance(
    WDFWMIINSTANCE WmiInstance,
    ULONG InBufferSize,
    PVOID InBuffer)
{
    DoorLight_CHANGED changed;
    DoorLight data = {0};

    PAGED_CODE();

    if (InBuffer == NULL || InBufferSize < DoorLight_SIZE)
    {
        return STATUS_WMI_SET_FAILURE;
    }
    RtlCopyMemory(&data, InBuffer, DoorLight_SIZE);
    data.Lit = data.Lit != 0;
    RtlFillMemory(&changed, sizeof(changed), TRUE);
    return DoorLightChange(WmiInstance, &data, &changed);
}

_Use_decl_annotations_
static NTSTATUS NTAPI
DoorLightEvtSetItem(
    WDFWMIINSTANCE WmiInstance,
    ULONG DataItemId,
    ULONG InBufferSize,
    PVOID InBuffer)
{
    DoorLight_CHANGED changed = {0};
    DoorLight data = {0};

    PAGED_CODE();

    switch (DataItemId)
    {
    case DoorLight_Lit_ID:
        if (InBuffer == NULL || InBufferSize < DoorLight_Lit_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Lit, InBuffer, DoorLight_Lit_SIZE);
        data.Lit = data.Lit != 0;
        changed.Lit = TRUE;
        break;
    default:
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
    return DoorLightChange(WmiInstance, &data, &changed);
}

static const WMI_BLOCK DoorLightBlock = {
    .Guid = DoorLightGuid,
    .EvtQuery = DoorLightEvtQuery,
    .EvtSetInstance = DoorLightEvtSetInstance,
    .EvtSetItem = DoorLightEvtSetItem,
    .Attributes = DoorLightAttributes,
    .Create = DoorLightCreate,
};

_Use_decl_annotations_
NTSTATUS
DoorLightWmiInitialize(
    WDFDEVICE Device)
{
    PAGED_CODE();

    return WmiRegisterBlock(Device, &DoorLightBlock, DOOR_LIGHT_WMI_MOF_RESOURCE);
}
