// The registration of the hand-written KMDF providers.
#include <ntddk.h>
#include <wdf.h>

#include "by-hand.h"

static NTSTATUS
WmiPrepareInstance(
    _In_ WDFWMIINSTANCE Instance,
    _In_ const WMI_BLOCK *Block)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WMI_INSTANCE *context;
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, WMI_INSTANCE);
    status = WdfObjectAllocateContext(Instance, &attributes, (PVOID *)&context);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    KeInitializeMutex(&context->Lock, 0);
    status = Block->Create(Instance);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    return WdfWmiInstanceRegister(Instance);
}

_Use_decl_annotations_
NTSTATUS
WmiRegisterBlock(
    WDFDEVICE Device,
    const WMI_BLOCK *Block,
    PCWSTR MofResource)
{
    WDF_WMI_PROVIDER_CONFIG providerConfig;
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWMIPROVIDER provider;
    WDFWMIINSTANCE instance;
    UNICODE_STRING name;
    NTSTATUS status;

    PAGED_CODE();

    if (MofResource != NULL)
    {
        RtlInitUnicodeString(&name, MofResource);
        status = WdfDeviceAssignMofResourceName(Device, &name);
        if (!NT_SUCCESS(status))
        {
            return status;
        }
    }
    WDF_WMI_PROVIDER_CONFIG_INIT(&providerConfig, &Block->Guid);
    status = WdfWmiProviderCreate(Device, &providerConfig, WDF_NO_OBJECT_ATTRIBUTES, &provider);
    if (status == STATUS_OBJECT_NAME_EXISTS)
    {
        // The device has a provider with this GUID already. That is a success code, but there is no second provider.
        return STATUS_OBJECT_NAME_COLLISION;
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    Block->Attributes(&attributes);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
    config.EvtWmiInstanceQueryInstance = Block->EvtQuery;
    config.EvtWmiInstanceSetInstance = Block->EvtSetInstance;
    config.EvtWmiInstanceSetItem = Block->EvtSetItem;
    status = WdfWmiInstanceCreate(Device, &config, &attributes, &instance);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = WmiPrepareInstance(instance, Block);
    if (!NT_SUCCESS(status))
    {
        WdfObjectDelete(instance);
    }
    return status;
}
