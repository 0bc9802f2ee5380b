// Limits, two numbers: a KMDF provider as a careful author writes it by hand.
#include <ntddk.h>
#include <wdf.h>

#include "limits_wmi.h"
#include "by-hand.h"

static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE LimitsEvtQuery;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE LimitsEvtSetInstance;
static EVT_WDF_WMI_INSTANCE_SET_ITEM LimitsEvtSetItem;

_Use_decl_annotations_
static NTSTATUS NTAPI
LimitsEvtQuery(
    WDFWMIINSTANCE WmiInstance,
    ULONG OutBufferSize,
    PVOID OutBuffer,
    PULONG BufferUsed)
{
    Limits data = {0};
    NTSTATUS status;

    PAGED_CODE();

    if (OutBuffer == NULL || OutBufferSize < Limits_SIZE)
    {
        *BufferUsed = WMI_REQUIRED_SIZE(Limits_SIZE);
        return STATUS_BUFFER_TOO_SMALL;
    }
    WmiLock(WmiInstance);
    status = LimitsQuery(WmiInstance, &data);
    WmiUnlock(WmiInstance);
    status = WmiMapStatus(status, STATUS_UNSUCCESSFUL);
    if (!NT_SUCCESS(status))
    {
        *BufferUsed = 0;
        return status;
    }
    RtlCopyMemory(OutBuffer, &data, Limits_SIZE);
    *BufferUsed = Limits_SIZE;
    return STATUS_SUCCESS;
}

static NTSTATUS
LimitsChange(
    _In_ WDFWMIINSTANCE WmiInstance,
    _In_ const Limits *Data,
    _In_ const Limits_CHANGED *Changed)
{
    NTSTATUS status;

    WmiLock(WmiInstance);
    status = LimitsSet(WmiInstance, Data, Changed);
    WmiUnlock(WmiInstance);
    return WmiMapStatus(status, STATUS_WMI_SET_FAILURE);
}

_Use_decl_annotations_
static NTSTATUS NTAPI
LimitsEvtSetInstance(
    WDFWMIINSTANCE WmiInstance,
    ULONG InBufferSize,
    PVOID InBuffer)
{
    Limits_CHANGED changed;
    Limits data = {0};

    PAGED_CODE();

    if (InBuffer == NULL || InBufferSize < Limits_SIZE)
    {
        return STATUS_WMI_SET_FAILURE;
    }
    RtlCopyMemory(&data, InBuffer, Limits_SIZE);
    RtlFillMemory(&changed, sizeof(changed), TRUE);
    return LimitsChange(WmiInstance, &data, &changed);
}

_Use_decl_annotations_
static NTSTATUS NTAPI
LimitsEvtSetItem(
    WDFWMIINSTANCE WmiInstance,
    ULONG DataItemId,
    ULONG InBufferSize,
    PVOID InBuffer)
{
    Limits_CHANGED changed = {0};
    Limits data = {0};

    PAGED_CODE();

    switch (DataItemId)
    {
    case Limits_Low_ID:
        if (InBuffer == NULL || InBufferSize < Limits_Low_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.Low, InBuffer, Limits_Low_SIZE);
        changed.Low = TRUE;
        break;
    case Limits_High_ID:
        if (InBuffer == NULL || InBufferSize < Limits_High_SIZE)
        {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&data.High, InBuffer, Limits_High_SIZE);
        changed.High = TRUE;
        break;
    default:
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
    return LimitsChange(WmiInstance, &data, &changed);
}

static const WMI_BLOCK LimitsBlock = {
    .Guid = LimitsGuid,
    .EvtQuery = LimitsEvtQuery,
    .EvtSetInstance = LimitsEvtSetInstance,
    .EvtSetItem = LimitsEvtSetItem,
    .Attributes = LimitsAttributes,
    .Create = LimitsCreate,
};

_Use_decl_annotations_
NTSTATUS
LimitsWmiInitialize(
    WDFDEVICE Device)
{
    PAGED_CODE();

    return WmiRegisterBlock(Device, &LimitsBlock, LIMITS_WMI_MOF_RESOURCE);
}
