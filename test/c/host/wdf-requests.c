/*
 * Dispatch of requests in the framework, and the four requests that name an instance: the rules of
 * src/runtime/kmdf/ with hardening (docs/spec/runtime.md#kmdf-dispatch and the sections after it). wdf-wmi.c creates objects,
 * wdf-query-all.c has query all.
 */
#include "wdf-wmi.h"

/* ---- Dispatch ---- */

/* With a reference. */
static host_wdf_instance_object *take_instance(
    const host_wdf_provider_object *provider,
    const host_request *request)
{
    PVOID found = NULL;
    /* The framework supports static names only, and does not check which kind. */
    ULONG flags = host_read_ulong(request->buffer, offsetof(WNODE_HEADER, Flags));
    ULONG index = host_read_ulong(request->buffer, offsetof(WNODE_SINGLE_INSTANCE, InstanceIndex));
    BOOLEAN named = (flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) != 0;
    host_read_tables();
    if (named && index < provider->instance_count) {
        found = provider->instances[index];
        WdfObjectReference(found);
    }
    host_leave_tables();
    return found;
}

static VOID dispatch_to_instance(host_wdf_provider_object *provider, host_request *request)
{
    if (request->size < HOST_INSTANCE_FIELDS_END) {
        host_complete(&request->io, host_cut_off_status(request->minor), 0);
        return;
    }
    host_wdf_instance_object *instance = take_instance(provider, request);
    if (instance == NULL) {
        /* Sets only the status: Information keeps the sender's value. */
        request->io.Status = STATUS_WMI_INSTANCE_NOT_FOUND;
        return;
    }
    host_instance_request(instance, request);
    WdfObjectDereference(instance);
}

VOID host_wdf_dispatch(WDFDEVICE handle, host_request *request)
{
    host_wdf_device_object *device = host_object_of(handle, HOST_DEVICE_OBJECT);
    ULONG_PTR own = (ULONG_PTR)device->device_object;
    BOOLEAN known = request->minor <= IRP_MN_EXECUTE_METHOD || request->minor == IRP_MN_REGINFO_EX;
    request->forwarded = FALSE;
    if (!known || (request->provider_id != 0 && request->provider_id != own)) {
        /* Without a device below it is completed with the status that its sender preset. */
        request->forwarded = !device->lowest;
        return;
    }
    if (request->minor == IRP_MN_REGINFO || request->minor == IRP_MN_REGINFO_EX) {
        host_reg_info(device, request);
        return;
    }
    host_read_tables();
    host_wdf_provider_object *provider = host_find_provider(device, request->data_path);
    if (provider != NULL) {
        WdfObjectReference(provider);
    }
    host_leave_tables();
    if (provider == NULL) {
        request->io.Status = STATUS_WMI_GUID_NOT_FOUND;
        return;
    }
    switch (request->minor) {
    case IRP_MN_QUERY_ALL_DATA:
        host_query_all(provider, request);
        break;
    case IRP_MN_ENABLE_EVENTS:
        host_function_control(provider, request, WdfWmiEventControl, TRUE);
        break;
    case IRP_MN_DISABLE_EVENTS:
        host_function_control(provider, request, WdfWmiEventControl, FALSE);
        break;
    case IRP_MN_ENABLE_COLLECTION:
        host_function_control(provider, request, WdfWmiInstanceControl, TRUE);
        break;
    case IRP_MN_DISABLE_COLLECTION:
        host_function_control(provider, request, WdfWmiInstanceControl, FALSE);
        break;
    default:
        dispatch_to_instance(provider, request);
        break;
    }
    WdfObjectDereference(provider);
}

NTSTATUS host_wdf_send(
    WDFDEVICE device,
    UCHAR minor,
    const GUID *guid,
    PVOID buffer,
    ULONG size,
    ULONG_PTR *information)
{
    host_request request = host_new_request(minor, guid, buffer, size);
    host_wdf_dispatch(device, &request);
    if (information != NULL) {
        *information = request.io.Information;
    }
    return request.io.Status;
}

/* ---- Queries ---- */

BOOLEAN host_supports_query(const host_wdf_instance_object *instance)
{
    return instance->config.UseContextForQuery ||
           instance->config.EvtWmiInstanceQueryInstance != NULL ||
           instance->config.EvtWmiInstanceExecuteMethod != NULL;
}

static NTSTATUS query_context(
    const host_wdf_instance_object *instance,
    ULONG room,
    PUCHAR at,
    ULONG *used)
{
    *used = instance->context_length;
    if (room < *used) {
        return STATUS_BUFFER_TOO_SMALL;
    }
    if (*used > 0) {
        memcpy(at, host_first_context(&instance->object), *used);
    }
    return STATUS_SUCCESS;
}

NTSTATUS host_query_instance(host_wdf_instance_object *instance, ULONG room, PUCHAR at, ULONG *used)
{
    *used = 0;
    if (instance->config.UseContextForQuery) {
        return query_context(instance, room, at, used);
    }
    if (instance->config.EvtWmiInstanceQueryInstance == NULL) {
        return STATUS_SUCCESS;
    }
    /* With no room left the callback gets one byte of the framework's own. */
    UCHAR scratch = 0;
    ULONG size = room == 0 ? 1 : room;
    host_region region = host_open_region(room == 0 ? &scratch : at, size);
    host_surroundings before = host_enter_callback();
    NTSTATUS status = host_never_pending(instance->config.EvtWmiInstanceQueryInstance(
        (WDFWMIINSTANCE)(PVOID)instance, size, region.copy, used));
    host_leave_callback(&before, "EvtWmiInstanceQueryInstance");
    host_close_region(&region);
    /* The framework's verifier stops a system for this (docs/spec/runtime.md#kmdf-query-single-instance, rule 6). */
    host_check(
        status != STATUS_BUFFER_TOO_SMALL || instance->provider->config.MinInstanceBufferSize == 0,
        "STATUS_BUFFER_TOO_SMALL of a query that had MinInstanceBufferSize bytes");
    if (NT_SUCCESS(status) && *used > size) {
        *used = 0;
        return STATUS_UNSUCCESSFUL;
    }
    /* The sender did not get data that was written to the framework's own byte: it needs room. */
    return NT_SUCCESS(status) && room == 0 && *used > 0 ? STATUS_BUFFER_TOO_SMALL : status;
}

static VOID query_single_instance(host_wdf_instance_object *instance, host_request *request)
{
    PIO_STATUS_BLOCK io = &request->io;
    ULONG minimum = instance->provider->config.MinInstanceBufferSize;
    if (!host_supports_query(instance)) {
        host_complete(io, STATUS_INVALID_DEVICE_REQUEST, 0);
        return;
    }
    if (request->size < sizeof(WNODE_SINGLE_INSTANCE)) {
        host_complete(io, STATUS_BUFFER_TOO_SMALL, 0);
        return;
    }
    ULONG offset = host_read_stated_data(request->buffer, HOST_INSTANCE).offset;
    if (!host_data_lies_inside(HOST_INSTANCE, offset, 0, request->size)) {
        host_complete(io, STATUS_INVALID_PARAMETER, 0);
        return;
    }
    ULONG room = request->size - offset;
    if (room < minimum) {
        host_complete_too_small(io, request->buffer, request->size, (ULONGLONG)offset + minimum);
        return;
    }
    ULONG used = 0;
    NTSTATUS status = host_query_instance(instance, room, (PUCHAR)request->buffer + offset, &used);
    host_write_data_size(request->buffer, HOST_INSTANCE, used);
    ULONGLONG end = (ULONGLONG)offset + used;
    if (NT_SUCCESS(status)) {
        host_complete_with_data(io, request->buffer, status, end);
    } else if (status == STATUS_BUFFER_TOO_SMALL) {
        host_complete_too_small(io, request->buffer, request->size, end);
    } else {
        host_complete(io, status, 0);
    }
}

/* ---- Sets ---- */

/*
 * WMI expects a set that found its buffer too small to fail this way; every other status passes
 * (docs/spec/runtime.md#kmdf-change-single-instance, rule 5).
 */
static VOID complete_set(PIO_STATUS_BLOCK io, NTSTATUS status)
{
    status = host_never_pending(status);
    host_complete(io, status == STATUS_BUFFER_TOO_SMALL ? STATUS_WMI_SET_FAILURE : status, 0);
}

static VOID change_single_instance(host_wdf_instance_object *instance, host_request *request)
{
    PIO_STATUS_BLOCK io = &request->io;
    PFN_WDF_WMI_INSTANCE_SET_INSTANCE set = instance->config.EvtWmiInstanceSetInstance;
    if (set == NULL) {
        host_complete(io, STATUS_WMI_READ_ONLY, 0);
        return;
    }
    if (request->size < sizeof(WNODE_SINGLE_INSTANCE)) {
        host_complete(io, STATUS_WMI_SET_FAILURE, 0);
        return;
    }
    host_stated_data stated = host_read_stated_data(request->buffer, HOST_INSTANCE);
    if (stated.size < instance->provider->config.MinInstanceBufferSize ||
        !host_data_lies_inside(HOST_INSTANCE, stated.offset, stated.size, request->size)) {
        host_complete(io, STATUS_WMI_SET_FAILURE, 0);
        return;
    }
    host_region region = host_open_region((PUCHAR)request->buffer + stated.offset, stated.size);
    host_surroundings before = host_enter_callback();
    NTSTATUS status = set((WDFWMIINSTANCE)(PVOID)instance, stated.size, region.copy);
    host_leave_callback(&before, "EvtWmiInstanceSetInstance");
    host_close_region(&region);
    complete_set(io, status);
}

static VOID change_single_item(host_wdf_instance_object *instance, host_request *request)
{
    PIO_STATUS_BLOCK io = &request->io;
    PFN_WDF_WMI_INSTANCE_SET_ITEM set = instance->config.EvtWmiInstanceSetItem;
    if (set == NULL) {
        host_complete(io, STATUS_WMI_READ_ONLY, 0);
        return;
    }
    if (request->size < host_fixed_part(HOST_ITEM)) {
        host_complete(io, STATUS_WMI_SET_FAILURE, 0);
        return;
    }
    host_stated_data stated = host_read_stated_data(request->buffer, HOST_ITEM);
    if (!host_data_lies_inside(HOST_ITEM, stated.offset, stated.size, request->size)) {
        host_complete(io, STATUS_WMI_SET_FAILURE, 0);
        return;
    }
    host_region region = host_open_region((PUCHAR)request->buffer + stated.offset, stated.size);
    host_surroundings before = host_enter_callback();
    NTSTATUS status = set((WDFWMIINSTANCE)(PVOID)instance, stated.id, stated.size, region.copy);
    host_leave_callback(&before, "EvtWmiInstanceSetItem");
    host_close_region(&region);
    complete_set(io, status);
}

/* ---- Methods ---- */

/* One region from DataBlockOffset on for input and output. */
static VOID execute_method(host_wdf_instance_object *instance, host_request *request)
{
    PIO_STATUS_BLOCK io = &request->io;
    PFN_WDF_WMI_INSTANCE_EXECUTE_METHOD execute = instance->config.EvtWmiInstanceExecuteMethod;
    if (execute == NULL) {
        host_complete(io, STATUS_INVALID_DEVICE_REQUEST, 0);
        return;
    }
    if (request->size < host_fixed_part(HOST_METHOD)) {
        host_complete(io, STATUS_INVALID_PARAMETER, 0);
        return;
    }
    host_stated_data stated = host_read_stated_data(request->buffer, HOST_METHOD);
    if (!host_data_lies_inside(HOST_METHOD, stated.offset, stated.size, request->size)) {
        host_complete(io, STATUS_INVALID_PARAMETER, 0);
        return;
    }
    ULONG room = request->size - stated.offset;
    ULONG used = 0;
    host_region region = host_open_region((PUCHAR)request->buffer + stated.offset, room);
    host_surroundings before = host_enter_callback();
    NTSTATUS status = host_never_pending(execute(
        (WDFWMIINSTANCE)(PVOID)instance, stated.id, stated.size, room, region.copy, &used));
    host_leave_callback(&before, "EvtWmiInstanceExecuteMethod");
    host_close_region(&region);
    ULONGLONG end = (ULONGLONG)stated.offset + used;
    if (NT_SUCCESS(status) && used > room) {
        host_complete(io, STATUS_UNSUCCESSFUL, 0);
    } else if (NT_SUCCESS(status)) {
        host_write_data_size(request->buffer, HOST_METHOD, used);
        host_complete_with_data(io, request->buffer, status, end);
    } else if (status == STATUS_BUFFER_TOO_SMALL) {
        host_complete_too_small(io, request->buffer, request->size, end);
    } else {
        host_complete(io, status, 0);
    }
}

VOID host_instance_request(host_wdf_instance_object *instance, host_request *request)
{
    switch (request->minor) {
    case IRP_MN_QUERY_SINGLE_INSTANCE:
        query_single_instance(instance, request);
        break;
    case IRP_MN_CHANGE_SINGLE_INSTANCE:
        change_single_instance(instance, request);
        break;
    case IRP_MN_CHANGE_SINGLE_ITEM:
        change_single_item(instance, request);
        break;
    default:
        execute_method(instance, request);
        break;
    }
}

/* ---- Control ---- */

static VOID set_switch(host_wdf_provider_object *provider, WDF_WMI_PROVIDER_CONTROL control, BOOLEAN on)
{
    host_write_tables();
    if (control == WdfWmiEventControl) {
        provider->event_control_enabled = on;
    } else {
        provider->data_block_control_enabled = on;
    }
    host_leave_tables();
}

static VOID set_tracing_handle(host_wdf_provider_object *provider, ULONGLONG handle)
{
    host_write_tables();
    provider->tracing_handle = handle;
    host_leave_tables();
}

/* Sets the switch before the callback runs, and turns it off if the callback fails. */
VOID host_function_control(
    host_wdf_provider_object *provider,
    host_request *request,
    WDF_WMI_PROVIDER_CONTROL control,
    BOOLEAN enable)
{
    PFN_WDF_WMI_PROVIDER_FUNCTION_CONTROL callback = provider->config.EvtWmiProviderFunctionControl;
    BOOLEAN tracing =
        control == WdfWmiEventControl && (provider->config.Flags & WdfWmiProviderTracing) != 0;
    NTSTATUS status = STATUS_SUCCESS;
    if (request->size < sizeof(WNODE_HEADER)) {
        host_complete(&request->io, STATUS_INVALID_PARAMETER, 0);
        return;
    }
    if (tracing) {
        ULONGLONG handle;
        memcpy(
            &handle,
            (PUCHAR)request->buffer + offsetof(WNODE_HEADER, HistoricalContext),
            sizeof(handle));
        set_tracing_handle(provider, handle);
    }
    set_switch(provider, control, enable);
    if (callback != NULL) {
        host_surroundings before = host_enter_callback();
        status = host_never_pending(callback((WDFWMIPROVIDER)(PVOID)provider, control, enable));
        host_leave_callback(&before, "EvtWmiProviderFunctionControl");
    }
    if (!NT_SUCCESS(status)) {
        set_switch(provider, control, FALSE);
        if (tracing) {
            set_tracing_handle(provider, 0);
        }
    }
    host_complete(&request->io, status, 0);
}

/* ---- Registration ---- */

/* The tables are held. WMIREG_FLAG_… of a provider. WMIREG_FLAG_REMOVE_GUID is reported once. */
static ULONG take_registration_flags(host_wdf_provider_object *provider)
{
    ULONG own = provider->config.Flags;
    ULONG flags = WMIREG_FLAG_INSTANCE_PDO;
    if ((own & WdfWmiProviderExpensive) != 0) {
        flags |= WMIREG_FLAG_EXPENSIVE;
    }
    if ((own & WdfWmiProviderEventOnly) != 0) {
        flags |= WMIREG_FLAG_EVENT_ONLY_GUID;
    }
    if ((own & WdfWmiProviderTracing) != 0) {
        flags = WMIREG_FLAG_TRACED_GUID | WMIREG_FLAG_TRACE_CONTROL_GUID;
    }
    if (provider->remove_guid) {
        provider->remove_guid = FALSE;
        flags |= WMIREG_FLAG_REMOVE_GUID;
    }
    return flags;
}

/* The device's own MOF resource name, else that of the nearest ancestor that has one. */
static UNICODE_STRING mof_resource_name(const host_wdf_device_object *device)
{
    UNICODE_STRING none = {0, 0, NULL};
    while (device != NULL) {
        if (device->has_mof_resource_name) {
            return device->mof_resource_name;
        }
        device = device->parent;
    }
    return none;
}

/* Returns the whole list, for a registration and for an update (DataPath). */
VOID host_reg_info(host_wdf_device_object *device, host_request *request)
{
    host_registration registration;
    host_write_tables();
    host_registered_guid *guids =
        host_own_memory((device->provider_count + 1) * sizeof(host_registered_guid));
    memset(&registration, 0, sizeof(registration));
    registration.guids = guids;
    registration.guid_count = device->provider_count;
    registration.mof_resource_name = mof_resource_name(device);
    registration.registry_path = device->registry_path;
    registration.pdo = (ULONG_PTR)device->pdo;
    registration.empty_strings = TRUE;
    /* A buffer that is too small does not use up WMIREG_FLAG_REMOVE_GUID (docs/spec/runtime.md#kmdf-registration-information, rule 4). */
    BOOLEAN fits = request->size >= host_registration_size(&registration);
    for (ULONG i = 0; i < device->provider_count; i++) {
        host_wdf_provider_object *provider = device->providers[i];
        guids[i].guid = provider->config.Guid;
        guids[i].flags = fits ? take_registration_flags(provider) : 0;
        guids[i].instance_count = provider->instance_count;
    }
    host_answer_registration(
        &request->io,
        request->buffer,
        request->size,
        &registration,
        request->minor == IRP_MN_REGINFO_EX ? device->pdo : NULL);
    host_leave_tables();
    free(guids);
}
