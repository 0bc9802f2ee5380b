// DoorLight, one boolean: a KMDF provider as a careful author writes it by hand. Only the block's header and the driver's functions are
// those of the generated provider; it must not use mofgen's core.
#include <ntddk.h>
#include <wdf.h>

#include "doorlight_wmi.h"

typedef struct _DOORLIGHT_INSTANCE
{
    KMUTEX Lock;
} DOORLIGHT_INSTANCE;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DOORLIGHT_INSTANCE, DoorLightGetLock)

static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE DoorLightEvtQuery;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE DoorLightEvtSetInstance;
static EVT_WDF_WMI_INSTANCE_SET_ITEM DoorLightEvtSetItem;

// STATUS_PENDING is not supported, and only the callback knows that a buffer is too small.
static NTSTATUS DoorLightStatus(NTSTATUS Status, NTSTATUS TooSmall)
{
    if (Status == STATUS_PENDING)
    {
        return STATUS_UNSUCCESSFUL;
    }
    return Status == STATUS_BUFFER_TOO_SMALL ? TooSmall : Status;
}

static NTSTATUS NTAPI DoorLightEvtQuery(WDFWMIINSTANCE WmiInstance, ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed)
{
    DOORLIGHT_INSTANCE *instance = DoorLightGetLock(WmiInstance);
    DoorLight data = {0};
    NTSTATUS status;

    PAGED_CODE();

    if (OutBuffer == NULL || OutBufferSize < DoorLight_SIZE)
    {
        *BufferUsed = (DoorLight_SIZE + MEMORY_ALLOCATION_ALIGNMENT - 1) & ~(ULONG)(MEMORY_ALLOCATION_ALIGNMENT - 1);
        return STATUS_BUFFER_TOO_SMALL;
    }
    KeWaitForSingleObject(&instance->Lock, Executive, KernelMode, FALSE, NULL);
    status = DoorLightStatus(DoorLightQuery(WmiInstance, &data), STATUS_UNSUCCESSFUL);
    KeReleaseMutex(&instance->Lock, FALSE);
    if (!NT_SUCCESS(status))
    {
        *BufferUsed = 0;
        return status;
    }
    data.Lit = data.Lit != 0;
    RtlCopyMemory(OutBuffer, &data, DoorLight_SIZE);
    *BufferUsed = DoorLight_SIZE;
    return status;
}

static NTSTATUS DoorLightChange(WDFWMIINSTANCE WmiInstance, const DoorLight *Data, const DoorLight_CHANGED *Changed)
{
    DOORLIGHT_INSTANCE *instance = DoorLightGetLock(WmiInstance);
    NTSTATUS status;

    KeWaitForSingleObject(&instance->Lock, Executive, KernelMode, FALSE, NULL);
    status = DoorLightSet(WmiInstance, Data, Changed);
    KeReleaseMutex(&instance->Lock, FALSE);
    return DoorLightStatus(status, STATUS_WMI_SET_FAILURE);
}

static NTSTATUS NTAPI DoorLightEvtSetInstance(WDFWMIINSTANCE WmiInstance, ULONG InBufferSize, PVOID InBuffer)
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

static NTSTATUS NTAPI DoorLightEvtSetItem(WDFWMIINSTANCE WmiInstance, ULONG DataItemId, ULONG InBufferSize, PVOID InBuffer)
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

_Use_decl_annotations_
NTSTATUS
DoorLightWmiInitialize(
    WDFDEVICE Device)
{
    static const GUID guid = DoorLightGuid;
    WDF_WMI_PROVIDER_CONFIG provider;
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWMIPROVIDER handle;
    WDFWMIINSTANCE instance;
    DOORLIGHT_INSTANCE *context;
    NTSTATUS status;

    PAGED_CODE();

    WDF_WMI_PROVIDER_CONFIG_INIT(&provider, &guid);
    status = WdfWmiProviderCreate(Device, &provider, WDF_NO_OBJECT_ATTRIBUTES, &handle);
    if (status != STATUS_SUCCESS)
    {
        return NT_SUCCESS(status) ? STATUS_OBJECT_NAME_COLLISION : status;
    }
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    DoorLightAttributes(&attributes);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, handle);
    config.EvtWmiInstanceQueryInstance = DoorLightEvtQuery;
    config.EvtWmiInstanceSetInstance = DoorLightEvtSetInstance;
    config.EvtWmiInstanceSetItem = DoorLightEvtSetItem;
    status = WdfWmiInstanceCreate(Device, &config, &attributes, &instance);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DOORLIGHT_INSTANCE);
    status = WdfObjectAllocateContext(instance, &attributes, (PVOID *)&context);
    if (NT_SUCCESS(status))
    {
        KeInitializeMutex(&context->Lock, 0);
        status = DoorLightCreate(instance);
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
