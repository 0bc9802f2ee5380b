// Limits, two numbers: a KMDF provider as a careful author writes it by hand. Only the block's header and the driver's functions are
// those of the generated provider; it must not use mofgen's core.
#include <ntddk.h>
#include <wdf.h>

#include "limits_wmi.h"

typedef struct _LIMITS_INSTANCE
{
    KMUTEX Lock;
} LIMITS_INSTANCE;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(LIMITS_INSTANCE, LimitsGetLock)

static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE LimitsEvtQuery;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE LimitsEvtSetInstance;
static EVT_WDF_WMI_INSTANCE_SET_ITEM LimitsEvtSetItem;

// STATUS_PENDING is not supported, and only the callback knows that a buffer is too small.
static NTSTATUS LimitsStatus(NTSTATUS Status, NTSTATUS TooSmall)
{
    if (Status == STATUS_PENDING)
    {
        return STATUS_UNSUCCESSFUL;
    }
    return Status == STATUS_BUFFER_TOO_SMALL ? TooSmall : Status;
}

static NTSTATUS NTAPI LimitsEvtQuery(WDFWMIINSTANCE WmiInstance, ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed)
{
    LIMITS_INSTANCE *instance = LimitsGetLock(WmiInstance);
    Limits data = {0};
    NTSTATUS status;

    PAGED_CODE();

    if (OutBuffer == NULL || OutBufferSize < Limits_SIZE)
    {
        *BufferUsed = (Limits_SIZE + MEMORY_ALLOCATION_ALIGNMENT - 1) & ~(ULONG)(MEMORY_ALLOCATION_ALIGNMENT - 1);
        return STATUS_BUFFER_TOO_SMALL;
    }
    KeWaitForSingleObject(&instance->Lock, Executive, KernelMode, FALSE, NULL);
    status = LimitsStatus(LimitsQuery(WmiInstance, &data), STATUS_UNSUCCESSFUL);
    KeReleaseMutex(&instance->Lock, FALSE);
    if (!NT_SUCCESS(status))
    {
        *BufferUsed = 0;
        return status;
    }
    RtlCopyMemory(OutBuffer, &data, Limits_SIZE);
    *BufferUsed = Limits_SIZE;
    return status;
}

static NTSTATUS LimitsChange(WDFWMIINSTANCE WmiInstance, const Limits *Data, const Limits_CHANGED *Changed)
{
    LIMITS_INSTANCE *instance = LimitsGetLock(WmiInstance);
    NTSTATUS status;

    KeWaitForSingleObject(&instance->Lock, Executive, KernelMode, FALSE, NULL);
    status = LimitsSet(WmiInstance, Data, Changed);
    KeReleaseMutex(&instance->Lock, FALSE);
    return LimitsStatus(status, STATUS_WMI_SET_FAILURE);
}

static NTSTATUS NTAPI LimitsEvtSetInstance(WDFWMIINSTANCE WmiInstance, ULONG InBufferSize, PVOID InBuffer)
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

static NTSTATUS NTAPI LimitsEvtSetItem(WDFWMIINSTANCE WmiInstance, ULONG DataItemId, ULONG InBufferSize, PVOID InBuffer)
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

_Use_decl_annotations_
NTSTATUS
LimitsWmiInitialize(
    WDFDEVICE Device)
{
    static const GUID guid = LimitsGuid;
    WDF_WMI_PROVIDER_CONFIG provider;
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWMIPROVIDER handle;
    WDFWMIINSTANCE instance;
    LIMITS_INSTANCE *context;
    NTSTATUS status;

    PAGED_CODE();

    WDF_WMI_PROVIDER_CONFIG_INIT(&provider, &guid);
    status = WdfWmiProviderCreate(Device, &provider, WDF_NO_OBJECT_ATTRIBUTES, &handle);
    if (status != STATUS_SUCCESS)
    {
        return NT_SUCCESS(status) ? STATUS_OBJECT_NAME_COLLISION : status;
    }
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    LimitsAttributes(&attributes);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, handle);
    config.EvtWmiInstanceQueryInstance = LimitsEvtQuery;
    config.EvtWmiInstanceSetInstance = LimitsEvtSetInstance;
    config.EvtWmiInstanceSetItem = LimitsEvtSetItem;
    status = WdfWmiInstanceCreate(Device, &config, &attributes, &instance);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, LIMITS_INSTANCE);
    status = WdfObjectAllocateContext(instance, &attributes, (PVOID *)&context);
    if (NT_SUCCESS(status))
    {
        KeInitializeMutex(&context->Lock, 0);
        status = LimitsCreate(instance);
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
