// Counters, 64 bytes: a KMDF provider as a careful author writes it by hand. Only the block's header and the driver's functions are
// those of the generated provider; it must not use mofgen's core.
#include <ntddk.h>
#include <wdf.h>

#include "counters_wmi.h"

typedef struct _COUNTERS_INSTANCE
{
    KMUTEX Lock;
} COUNTERS_INSTANCE;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(COUNTERS_INSTANCE, CountersGetLock)

static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE CountersEvtQuery;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE CountersEvtSetInstance;
static EVT_WDF_WMI_INSTANCE_SET_ITEM CountersEvtSetItem;

// STATUS_PENDING is not supported, and only the callback knows that a buffer is too small.
static NTSTATUS CountersStatus(NTSTATUS Status, NTSTATUS TooSmall)
{
    if (Status == STATUS_PENDING)
    {
        return STATUS_UNSUCCESSFUL;
    }
    return Status == STATUS_BUFFER_TOO_SMALL ? TooSmall : Status;
}

static NTSTATUS NTAPI CountersEvtQuery(WDFWMIINSTANCE WmiInstance, ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed)
{
    COUNTERS_INSTANCE *instance = CountersGetLock(WmiInstance);
    Counters data = {0};
    NTSTATUS status;

    PAGED_CODE();

    if (OutBuffer == NULL || OutBufferSize < Counters_SIZE)
    {
        *BufferUsed = (Counters_SIZE + MEMORY_ALLOCATION_ALIGNMENT - 1) & ~(ULONG)(MEMORY_ALLOCATION_ALIGNMENT - 1);
        return STATUS_BUFFER_TOO_SMALL;
    }
    KeWaitForSingleObject(&instance->Lock, Executive, KernelMode, FALSE, NULL);
    status = CountersStatus(CountersQuery(WmiInstance, &data), STATUS_UNSUCCESSFUL);
    KeReleaseMutex(&instance->Lock, FALSE);
    if (!NT_SUCCESS(status))
    {
        *BufferUsed = 0;
        return status;
    }
    RtlCopyMemory(OutBuffer, &data, Counters_SIZE);
    *BufferUsed = Counters_SIZE;
    return status;
}

static NTSTATUS CountersChange(WDFWMIINSTANCE WmiInstance, const Counters *Data, const Counters_CHANGED *Changed)
{
    COUNTERS_INSTANCE *instance = CountersGetLock(WmiInstance);
    NTSTATUS status;

    KeWaitForSingleObject(&instance->Lock, Executive, KernelMode, FALSE, NULL);
    status = CountersSet(WmiInstance, Data, Changed);
    KeReleaseMutex(&instance->Lock, FALSE);
    return CountersStatus(status, STATUS_WMI_SET_FAILURE);
}

static NTSTATUS NTAPI CountersEvtSetInstance(WDFWMIINSTANCE WmiInstance, ULONG InBufferSize, PVOID InBuffer)
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

static NTSTATUS NTAPI CountersEvtSetItem(WDFWMIINSTANCE WmiInstance, ULONG DataItemId, ULONG InBufferSize, PVOID InBuffer)
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

_Use_decl_annotations_
NTSTATUS
CountersWmiInitialize(
    WDFDEVICE Device)
{
    static const GUID guid = CountersGuid;
    WDF_WMI_PROVIDER_CONFIG provider;
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWMIPROVIDER handle;
    WDFWMIINSTANCE instance;
    COUNTERS_INSTANCE *context;
    NTSTATUS status;

    PAGED_CODE();

    WDF_WMI_PROVIDER_CONFIG_INIT(&provider, &guid);
    status = WdfWmiProviderCreate(Device, &provider, WDF_NO_OBJECT_ATTRIBUTES, &handle);
    if (status != STATUS_SUCCESS)
    {
        return NT_SUCCESS(status) ? STATUS_OBJECT_NAME_COLLISION : status;
    }
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    CountersAttributes(&attributes);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, handle);
    config.EvtWmiInstanceQueryInstance = CountersEvtQuery;
    config.EvtWmiInstanceSetInstance = CountersEvtSetInstance;
    config.EvtWmiInstanceSetItem = CountersEvtSetItem;
    status = WdfWmiInstanceCreate(Device, &config, &attributes, &instance);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, COUNTERS_INSTANCE);
    status = WdfObjectAllocateContext(instance, &attributes, (PVOID *)&context);
    if (NT_SUCCESS(status))
    {
        KeInitializeMutex(&context->Lock, 0);
        status = CountersCreate(instance);
    }
    if (NT_SUCCESS(status))
    {
        status = WdfWmiInstanceRegister(instance);
    }
    if (!NT_SUCCESS(status))
    {
        WdfObjectDelete(instance);
    }
    return status;
}
