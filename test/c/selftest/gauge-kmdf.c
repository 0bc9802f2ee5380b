/* The driver of gauge-kmdf.h: three providers, each with one instance, and a wait lock for the values. */
#include "gauge-kmdf.h"

#include "gauge.h"

typedef struct gauge_device {
    gauge gauge;
    WDFWAITLOCK lock;
    WDFWMIINSTANCE alarm;
} gauge_device;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(gauge_device, gauge_of_device)

static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE evt_gauge_query;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE evt_gauge_set_instance;
static EVT_WDF_WMI_INSTANCE_SET_ITEM evt_gauge_set_item;
static EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD evt_gauge_execute;
static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE evt_note_query;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE evt_note_set_instance;
static EVT_WDF_WMI_INSTANCE_SET_ITEM evt_note_set_item;
static EVT_WDF_OBJECT_CONTEXT_CLEANUP evt_device_cleanup;

/* Takes the lock. */
static gauge *enter(WDFWMIINSTANCE instance)
{
    gauge_device *context = gauge_of_device(WdfWmiInstanceGetDevice(instance));
    PAGED_CODE();
    (VOID)WdfWaitLockAcquire(context->lock, NULL);
    return &context->gauge;
}

static NTSTATUS leave(WDFWMIINSTANCE instance, NTSTATUS status)
{
    WdfWaitLockRelease(gauge_of_device(WdfWmiInstanceGetDevice(instance))->lock);
    return status;
}

_Use_decl_annotations_
static NTSTATUS NTAPI evt_gauge_query(WDFWMIINSTANCE WmiInstance, ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed)
{
    gauge *gauge = enter(WmiInstance);
    return leave(WmiInstance, gauge_query(gauge, OutBufferSize, OutBuffer, BufferUsed));
}

_Use_decl_annotations_
static NTSTATUS NTAPI evt_gauge_set_instance(WDFWMIINSTANCE WmiInstance, ULONG InBufferSize, PVOID InBuffer)
{
    gauge *gauge = enter(WmiInstance);
    return leave(WmiInstance, gauge_set_instance(gauge, InBufferSize, InBuffer));
}

_Use_decl_annotations_
static NTSTATUS NTAPI evt_gauge_set_item(WDFWMIINSTANCE WmiInstance, ULONG DataItemId, ULONG InBufferSize, PVOID InBuffer)
{
    gauge *gauge = enter(WmiInstance);
    return leave(WmiInstance, gauge_set_item(gauge, DataItemId, InBufferSize, InBuffer));
}

_Use_decl_annotations_
static NTSTATUS NTAPI evt_gauge_execute(
    WDFWMIINSTANCE WmiInstance,
    ULONG MethodId,
    ULONG InBufferSize,
    ULONG OutBufferSize,
    PVOID Buffer,
    PULONG BufferUsed)
{
    gauge *gauge = enter(WmiInstance);
    return leave(
        WmiInstance,
        gauge_execute(gauge, MethodId, InBufferSize, OutBufferSize, Buffer, BufferUsed));
}

_Use_decl_annotations_
static NTSTATUS NTAPI evt_note_query(WDFWMIINSTANCE WmiInstance, ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed)
{
    gauge *gauge = enter(WmiInstance);
    *BufferUsed = 0;
    return leave(WmiInstance, note_query(gauge, OutBufferSize, OutBuffer, BufferUsed));
}

_Use_decl_annotations_
static NTSTATUS NTAPI evt_note_set_instance(WDFWMIINSTANCE WmiInstance, ULONG InBufferSize, PVOID InBuffer)
{
    gauge *gauge = enter(WmiInstance);
    return leave(WmiInstance, note_set_instance(gauge, InBufferSize, InBuffer));
}

_Use_decl_annotations_
static NTSTATUS NTAPI evt_note_set_item(WDFWMIINSTANCE WmiInstance, ULONG DataItemId, ULONG InBufferSize, PVOID InBuffer)
{
    gauge *gauge = enter(WmiInstance);
    return leave(WmiInstance, note_set_item(gauge, DataItemId, InBufferSize, InBuffer));
}

_Use_decl_annotations_
static VOID NTAPI evt_device_cleanup(WDFOBJECT Object)
{
    gauge_stop(&gauge_of_device(Object)->gauge);
}

static NTSTATUS make_block(
    WDFDEVICE device,
    const GUID *guid,
    ULONG flags,
    ULONG minimum,
    WDF_WMI_INSTANCE_CONFIG *config,
    WDFWMIINSTANCE *instance)
{
    WDF_WMI_PROVIDER_CONFIG provider;
    WDF_WMI_PROVIDER_CONFIG_INIT(&provider, guid);
    provider.Flags = flags;
    provider.MinInstanceBufferSize = minimum;
    config->Size = sizeof(*config);
    config->ProviderConfig = &provider;
    config->Register = TRUE;
    return WdfWmiInstanceCreate(device, config, WDF_NO_OBJECT_ATTRIBUTES, instance);
}

NTSTATUS gauge_initialize(WDFDEVICE device)
{
    DECLARE_CONST_UNICODE_STRING(mof, L"GaugeMof");
    WDF_OBJECT_ATTRIBUTES attributes;
    gauge_device *context = NULL;
    NTSTATUS status = WdfDeviceAssignMofResourceName(device, &mof);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, gauge_device);
    attributes.EvtCleanupCallback = evt_device_cleanup;
    status = WdfObjectAllocateContext(device, &attributes, (PVOID *)&context);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    gauge_start(&context->gauge);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    status = WdfWaitLockCreate(&attributes, &context->lock);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_WMI_INSTANCE_CONFIG gauge_config = {
        .EvtWmiInstanceQueryInstance = evt_gauge_query,
        .EvtWmiInstanceSetInstance = evt_gauge_set_instance,
        .EvtWmiInstanceSetItem = evt_gauge_set_item,
        .EvtWmiInstanceExecuteMethod = evt_gauge_execute,
    };
    status = make_block(device, &gauge_guid, 0, GAUGE_SIZE, &gauge_config, NULL);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_WMI_INSTANCE_CONFIG note_config = {
        .EvtWmiInstanceQueryInstance = evt_note_query,
        .EvtWmiInstanceSetInstance = evt_note_set_instance,
        .EvtWmiInstanceSetItem = evt_note_set_item,
    };
    status = make_block(device, &note_guid, 0, 0, &note_config, NULL);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_WMI_INSTANCE_CONFIG alarm_config = {.Register = TRUE};
    return make_block(
        device, &alarm_guid, WdfWmiProviderEventOnly, 0, &alarm_config, &context->alarm);
}

NTSTATUS gauge_fire_alarm(WDFDEVICE device, ULONG reading)
{
    return WdfWmiInstanceFireEvent(gauge_of_device(device)->alarm, sizeof(reading), &reading);
}
