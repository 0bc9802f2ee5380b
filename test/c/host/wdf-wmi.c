/*
 * WMI providers and instances of KMDF devices: creating, registering, firing events. Each checks its errors in the framework's
 * order (docs/spec/runtime.md#kmdf-creation; src/runtime/kmdf/create.ts and registration.ts). Requests are in wdf-requests.c.
 */
#include "wdf-wmi.h"

struct WDFDEVICE_INIT {
    host_wdf_device_object *parent;
    BOOLEAN lowest;
};

static host_wdf_device_object *device_of(WDFDEVICE device)
{
    return host_object_of(device, HOST_DEVICE_OBJECT);
}

static host_wdf_provider_object *provider_of(WDFWMIPROVIDER provider)
{
    return host_object_of(provider, HOST_PROVIDER_OBJECT);
}

static host_wdf_instance_object *instance_of(WDFWMIINSTANCE instance)
{
    return host_object_of(instance, HOST_INSTANCE_OBJECT);
}

/* ---- Devices ---- */

PWDFDEVICE_INIT host_wdf_device_init(WDFDEVICE parent, BOOLEAN lowest)
{
    PWDFDEVICE_INIT init = host_own_memory(sizeof(struct WDFDEVICE_INIT));
    init->parent = parent == NULL ? NULL : device_of(parent);
    init->lowest = lowest;
    return init;
}

VOID host_wdf_free_device_init(PWDFDEVICE_INIT init)
{
    free(init);
}

static VOID dispose_device(host_object *object)
{
    host_write_tables();
    ((host_wdf_device_object *)object)->state = HOST_CLEANED_UP;
    host_leave_tables();
}

static VOID destroy_device(host_object *object)
{
    host_wdf_device_object *device = (host_wdf_device_object *)object;
    free(device->mof_resource_name.Buffer);
    free(device->providers);
    host_free_device(device->device_object);
    host_free_device(device->pdo);
}

NTSTATUS NTAPI WdfDeviceCreate(
    PWDFDEVICE_INIT *DeviceInit,
    PWDF_OBJECT_ATTRIBUTES DeviceAttributes,
    WDFDEVICE *Device)
{
    static WCHAR registry_path[] = L"\\REGISTRY\\MACHINE\\SYSTEM\\CurrentControlSet\\Services\\driver";
    NTSTATUS status = host_check_attributes(DeviceAttributes, FALSE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    host_check(DeviceInit != NULL && *DeviceInit != NULL, "WdfDeviceCreate without an initialisation");
    host_wdf_device_object *device = host_make_object(
        HOST_DEVICE_OBJECT, sizeof(host_wdf_device_object), DeviceAttributes, NULL);
    if (device == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    device->object.dispose = dispose_device;
    device->object.destroy = destroy_device;
    device->parent = (*DeviceInit)->parent;
    device->lowest = (*DeviceInit)->lowest;
    device->pdo = host_make_bus_device();
    device->device_object = host_make_device(NULL, 0, device->lowest ? NULL : device->pdo);
    RtlInitUnicodeString(&device->registry_path, registry_path);
    /* The framework owns it now. */
    host_wdf_free_device_init(*DeviceInit);
    *DeviceInit = NULL;
    *Device = (WDFDEVICE)(PVOID)device;
    return STATUS_SUCCESS;
}

WDFDEVICE host_wdf_device(VOID)
{
    PWDFDEVICE_INIT init = host_wdf_device_init(NULL, FALSE);
    WDFDEVICE device = NULL;
    NTSTATUS status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
    host_check(status == STATUS_SUCCESS, "no device: %s", host_status_name(status));
    return device;
}

PDEVICE_OBJECT NTAPI WdfDeviceWdmGetDeviceObject(WDFDEVICE Device)
{
    return device_of(Device)->device_object;
}

PDEVICE_OBJECT host_wdf_pdo(WDFDEVICE device)
{
    return device_of(device)->pdo;
}

NTSTATUS NTAPI WdfDeviceAssignMofResourceName(WDFDEVICE Device, PCUNICODE_STRING MofResourceName)
{
    host_wdf_device_object *device = device_of(Device);
    host_write_tables();
    if (device->has_mof_resource_name || host_allocation_fails()) {
        BOOLEAN second = device->has_mof_resource_name;
        host_leave_tables();
        return second ? STATUS_INVALID_DEVICE_REQUEST : STATUS_INSUFFICIENT_RESOURCES;
    }
    /* A copy without a NUL: it is a counted string. */
    device->has_mof_resource_name = TRUE;
    device->mof_resource_name.Length = MofResourceName->Length;
    device->mof_resource_name.MaximumLength = MofResourceName->Length;
    if (MofResourceName->Length > 0) {
        device->mof_resource_name.Buffer = host_own_memory(MofResourceName->Length);
        memcpy(device->mof_resource_name.Buffer, MofResourceName->Buffer, MofResourceName->Length);
    }
    host_leave_tables();
    return STATUS_SUCCESS;
}

VOID host_wdf_start(WDFDEVICE device)
{
    host_wdf_device_object *started = device_of(device);
    host_write_tables();
    host_check(started->state == HOST_UNREGISTERED, "a device starts once");
    started->state = HOST_REGISTERED;
    host_leave_tables();
}

VOID host_wdf_remove(WDFDEVICE device)
{
    host_wdf_device_object *removed = device_of(device);
    host_write_tables();
    host_check(removed->state == HOST_REGISTERED, "a device that did not start is removed");
    removed->state = HOST_DEREGISTERED;
    host_leave_tables();
}

ULONG host_wdf_update_count(WDFDEVICE device)
{
    host_read_tables();
    ULONG updates = device_of(device)->updates;
    host_leave_tables();
    return updates;
}

/* The tables are held. */
static VOID update_guids(host_wdf_device_object *device)
{
    if (device->state == HOST_REGISTERED) {
        device->updates++;
    }
}

/* ---- Lists ---- */

static PVOID *grow(PVOID *list, ULONG count)
{
    PVOID *grown = realloc(list, (count + 1) * sizeof(*grown));
    host_check(grown != NULL, "the harness has no memory of its own");
    return grown;
}

host_wdf_provider_object *host_find_provider(const host_wdf_device_object *device, const GUID *guid)
{
    for (ULONG i = 0; i < device->provider_count; i++) {
        if (IsEqualGUID(&device->providers[i]->config.Guid, guid)) {
            return device->providers[i];
        }
    }
    return NULL;
}

ULONG host_instance_index(const host_wdf_instance_object *instance)
{
    const host_wdf_provider_object *provider = instance->provider;
    ULONG index = 0;
    while (index < provider->instance_count && provider->instances[index] != instance) {
        index++;
    }
    return index;
}

WDFWMIPROVIDER host_wdf_provider(WDFDEVICE device, ULONG number)
{
    const host_wdf_device_object *asked = device_of(device);
    host_read_tables();
    PVOID found = number < asked->provider_count ? asked->providers[number] : NULL;
    host_leave_tables();
    return found;
}

WDFWMIPROVIDER host_wdf_provider_of(WDFDEVICE device, const GUID *guid)
{
    host_read_tables();
    PVOID found = host_find_provider(device_of(device), guid);
    host_leave_tables();
    return found;
}

const WDF_WMI_PROVIDER_CONFIG *host_wdf_provider_config(WDFWMIPROVIDER provider)
{
    return &provider_of(provider)->config;
}

WDFWMIINSTANCE host_wdf_instance(WDFDEVICE device, const GUID *guid, ULONG index)
{
    host_read_tables();
    const host_wdf_provider_object *provider = host_find_provider(device_of(device), guid);
    PVOID found = provider != NULL && index < provider->instance_count ? provider->instances[index]
                                                                       : NULL;
    host_leave_tables();
    return found;
}

const WDF_WMI_INSTANCE_CONFIG *host_wdf_instance_config(WDFWMIINSTANCE instance)
{
    return &instance_of(instance)->config;
}

/* ---- Providers ---- */

static BOOLEAN has_flag(const host_wdf_provider_object *provider, ULONG flag)
{
    return (provider->config.Flags & flag) != 0;
}

static VOID dispose_provider(host_object *object)
{
    host_wdf_provider_object *provider = (host_wdf_provider_object *)object;
    host_wdf_device_object *device = provider->device;
    host_write_tables();
    for (ULONG i = 0; i < device->provider_count; i++) {
        if (device->providers[i] == provider) {
            device->provider_count--;
            memmove(
                &device->providers[i],
                &device->providers[i + 1],
                (device->provider_count - i) * sizeof(*device->providers));
        }
    }
    host_leave_tables();
}

static VOID destroy_provider(host_object *object)
{
    free(((host_wdf_provider_object *)object)->instances);
}

static NTSTATUS check_provider_config(const WDF_WMI_PROVIDER_CONFIG *config)
{
    static const GUID no_guid = {0};
    const ULONG all = WdfWmiProviderEventOnly | WdfWmiProviderExpensive | WdfWmiProviderTracing;
    const ULONG flags = config->Flags;
    if (config->Size != sizeof(WDF_WMI_PROVIDER_CONFIG)) {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if ((flags & ~all) != 0) {
        return STATUS_INVALID_PARAMETER;
    }
    if ((flags & WdfWmiProviderTracing) != 0 && flags != WdfWmiProviderTracing) {
        return STATUS_INVALID_PARAMETER;
    }
    /* Only an expensive or a tracing provider gets control callbacks (docs/spec/runtime.md#differences, X9). */
    if (config->EvtWmiProviderFunctionControl != NULL &&
        (flags & (WdfWmiProviderExpensive | WdfWmiProviderTracing)) == 0) {
        return STATUS_INVALID_PARAMETER;
    }
    return IsEqualGUID(&config->Guid, &no_guid) ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
}

static NTSTATUS check_new_provider(const host_wdf_device_object *device, const GUID *guid)
{
    NTSTATUS status = STATUS_SUCCESS;
    host_read_tables();
    if (host_find_provider(device, guid) != NULL) {
        /*
         * The framework accepts a second one and leaks it; refusing it is the model's decision (docs/spec/runtime.md#kmdf-creation,
         * rule 6).
         */
        status = STATUS_OBJECT_NAME_EXISTS;
    } else if (device->state == HOST_DEREGISTERED) {
        status = STATUS_INVALID_DEVICE_STATE;
    }
    host_leave_tables();
    return status;
}

static NTSTATUS create_provider(
    host_wdf_device_object *device,
    const WDF_WMI_PROVIDER_CONFIG *config,
    const WDF_OBJECT_ATTRIBUTES *attributes,
    host_wdf_provider_object **made)
{
    NTSTATUS status = host_check_attributes(attributes, FALSE);
    if (NT_SUCCESS(status)) {
        status = check_provider_config(config);
    }
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = check_new_provider(device, &config->Guid);
    if (!NT_SUCCESS(status) || status == STATUS_OBJECT_NAME_EXISTS) {
        return status;
    }
    host_wdf_provider_object *provider = host_make_object(
        HOST_PROVIDER_OBJECT, sizeof(host_wdf_provider_object), attributes, &device->object);
    if (provider == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    provider->object.dispose = dispose_provider;
    provider->object.destroy = destroy_provider;
    provider->device = device;
    provider->config = *config;
    host_write_tables();
    host_check(
        host_find_provider(device, &config->Guid) == NULL, "two threads make one provider at once");
    device->providers = (host_wdf_provider_object **)grow((PVOID *)device->providers, device->provider_count);
    device->providers[device->provider_count++] = provider;
    if (has_flag(provider, WdfWmiProviderTracing)) {
        update_guids(device);
    }
    host_leave_tables();
    *made = provider;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI WdfWmiProviderCreate(
    WDFDEVICE Device,
    PWDF_WMI_PROVIDER_CONFIG WmiProviderConfig,
    PWDF_OBJECT_ATTRIBUTES ProviderAttributes,
    WDFWMIPROVIDER *WmiProvider)
{
    host_wdf_provider_object *provider = NULL;
    *WmiProvider = NULL;
    NTSTATUS status =
        create_provider(device_of(Device), WmiProviderConfig, ProviderAttributes, &provider);
    *WmiProvider = (WDFWMIPROVIDER)(PVOID)provider;
    return status;
}

WDFDEVICE NTAPI WdfWmiProviderGetDevice(WDFWMIPROVIDER WmiProvider)
{
    return (WDFDEVICE)(PVOID)provider_of(WmiProvider)->device;
}

BOOLEAN NTAPI WdfWmiProviderIsEnabled(WDFWMIPROVIDER WmiProvider, WDF_WMI_PROVIDER_CONTROL ProviderControl)
{
    const host_wdf_provider_object *provider = provider_of(WmiProvider);
    BOOLEAN enabled = FALSE;
    host_read_tables();
    if (ProviderControl == WdfWmiEventControl) {
        enabled = provider->event_control_enabled;
    } else if (ProviderControl == WdfWmiInstanceControl) {
        enabled = provider->data_block_control_enabled;
    }
    host_leave_tables();
    return enabled;
}

ULONGLONG NTAPI WdfWmiProviderGetTracingHandle(WDFWMIPROVIDER WmiProvider)
{
    host_read_tables();
    ULONGLONG handle = provider_of(WmiProvider)->tracing_handle;
    host_leave_tables();
    return handle;
}

/* ---- Instances ---- */

/* The tables are held. */
static NTSTATUS list_instance(host_wdf_instance_object *instance)
{
    host_wdf_provider_object *provider = instance->provider;
    host_wdf_device_object *device = provider->device;
    if (has_flag(provider, WdfWmiProviderTracing) || host_is_deleted(&provider->object) ||
        instance->registered) {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (device->state == HOST_CLEANED_UP) {
        return STATUS_INVALID_DEVICE_STATE;
    }
    provider->instances =
        (host_wdf_instance_object **)grow((PVOID *)provider->instances, provider->instance_count);
    provider->instances[provider->instance_count++] = instance;
    instance->registered = TRUE;
    provider->remove_guid = FALSE;
    update_guids(device);
    return STATUS_SUCCESS;
}

static NTSTATUS add_instance(host_wdf_instance_object *instance)
{
    host_write_tables();
    NTSTATUS status = list_instance(instance);
    host_leave_tables();
    return status;
}

/* The tables are held. */
static VOID unlist_instance(host_wdf_instance_object *instance)
{
    host_wdf_provider_object *provider = instance->provider;
    host_wdf_device_object *device = provider->device;
    if (!instance->registered) {
        return;
    }
    ULONG index = host_instance_index(instance);
    provider->instance_count--;
    memmove(
        &provider->instances[index],
        &provider->instances[index + 1],
        (provider->instance_count - index) * sizeof(*provider->instances));
    instance->registered = FALSE;
    if (host_is_deleted(&provider->object)) {
        return;
    }
    if (device->state == HOST_REGISTERED && provider->instance_count == 0 &&
        !has_flag(provider, WdfWmiProviderExpensive)) {
        provider->remove_guid = TRUE;
    }
    update_guids(device);
}

static VOID remove_instance(host_wdf_instance_object *instance)
{
    host_write_tables();
    unlist_instance(instance);
    host_leave_tables();
}

static VOID dispose_instance(host_object *object)
{
    remove_instance((host_wdf_instance_object *)object);
}

static NTSTATUS check_event_only(
    const host_wdf_provider_object *provider,
    const WDF_WMI_INSTANCE_CONFIG *config)
{
    BOOLEAN answers = config->UseContextForQuery || config->EvtWmiInstanceQueryInstance != NULL ||
                      config->EvtWmiInstanceSetInstance != NULL ||
                      config->EvtWmiInstanceSetItem != NULL ||
                      config->EvtWmiInstanceExecuteMethod != NULL;
    return has_flag(provider, WdfWmiProviderEventOnly) && answers ? STATUS_INVALID_PARAMETER
                                                                  : STATUS_SUCCESS;
}

static NTSTATUS check_context_query(
    const host_wdf_provider_object *provider,
    const WDF_WMI_INSTANCE_CONFIG *config,
    const WDF_OBJECT_ATTRIBUTES *attributes)
{
    if (!config->UseContextForQuery) {
        return STATUS_SUCCESS;
    }
    if (config->EvtWmiInstanceSetInstance != NULL || config->EvtWmiInstanceSetItem != NULL ||
        attributes == NULL || attributes->ContextTypeInfo == NULL) {
        return STATUS_INVALID_PARAMETER;
    }
    if (host_context_size(attributes) > HOST_MAX_ULONG) {
        return STATUS_INTEGER_OVERFLOW;
    }
    return host_context_size(attributes) < provider->config.MinInstanceBufferSize
               ? STATUS_BUFFER_TOO_SMALL
               : STATUS_SUCCESS;
}

static NTSTATUS create_instance(
    host_wdf_provider_object *provider,
    const WDF_WMI_INSTANCE_CONFIG *config,
    const WDF_OBJECT_ATTRIBUTES *attributes,
    host_wdf_instance_object **made)
{
    NTSTATUS status = check_event_only(provider, config);
    if (NT_SUCCESS(status)) {
        status = host_check_attributes(attributes, FALSE);
    }
    if (NT_SUCCESS(status)) {
        status = check_context_query(provider, config, attributes);
    }
    if (!NT_SUCCESS(status)) {
        return status;
    }
    host_wdf_instance_object *instance = host_make_object(
        HOST_INSTANCE_OBJECT, sizeof(host_wdf_instance_object), attributes, &provider->object);
    if (instance == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    instance->object.dispose = dispose_instance;
    instance->provider = provider;
    instance->config = *config;
    instance->config.Provider = (WDFWMIPROVIDER)(PVOID)provider;
    instance->config.ProviderConfig = NULL;
    if (config->UseContextForQuery) {
        /* A query callback in addition is ignored without an error; a method is kept. */
        instance->config.EvtWmiInstanceQueryInstance = NULL;
        instance->context_length = (ULONG)host_context_size(attributes);
    }
    if (config->Register) {
        status = add_instance(instance);
        if (!NT_SUCCESS(status)) {
            WdfObjectDelete(instance);
            return status;
        }
    }
    *made = instance;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI WdfWmiInstanceCreate(
    WDFDEVICE Device,
    PWDF_WMI_INSTANCE_CONFIG InstanceConfig,
    PWDF_OBJECT_ATTRIBUTES InstanceAttributes,
    WDFWMIINSTANCE *Instance)
{
    host_wdf_device_object *device = device_of(Device);
    host_wdf_provider_object *provider = NULL;
    host_wdf_instance_object *instance = NULL;
    BOOLEAN own = InstanceConfig->ProviderConfig != NULL;
    NTSTATUS status;
    if (InstanceConfig->Size != sizeof(WDF_WMI_INSTANCE_CONFIG)) {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (own == (InstanceConfig->Provider != NULL)) {
        return STATUS_INVALID_PARAMETER;
    }
    if (own) {
        status = create_provider(device, InstanceConfig->ProviderConfig, NULL, &provider);
        if (provider == NULL) {
            return status;
        }
    } else {
        provider = provider_of(InstanceConfig->Provider);
        if (host_is_deleted(&provider->object) || provider->device != device) {
            return STATUS_INVALID_PARAMETER;
        }
    }
    status = create_instance(provider, InstanceConfig, InstanceAttributes, &instance);
    if (!NT_SUCCESS(status) && own) {
        WdfObjectDelete(provider);
    }
    if (NT_SUCCESS(status) && Instance != NULL) {
        *Instance = (WDFWMIINSTANCE)(PVOID)instance;
    }
    return status;
}

VOID (*host_wdf_on_register)(WDFWMIINSTANCE instance);

NTSTATUS NTAPI WdfWmiInstanceRegister(WDFWMIINSTANCE WmiInstance)
{
    NTSTATUS status = add_instance(instance_of(WmiInstance));
    if (NT_SUCCESS(status) && host_wdf_on_register != NULL) {
        host_wdf_on_register(WmiInstance);
    }
    return status;
}

VOID NTAPI WdfWmiInstanceDeregister(WDFWMIINSTANCE WmiInstance)
{
    remove_instance(instance_of(WmiInstance));
}

WDFDEVICE NTAPI WdfWmiInstanceGetDevice(WDFWMIINSTANCE WmiInstance)
{
    return (WDFDEVICE)(PVOID)instance_of(WmiInstance)->provider->device;
}

WDFWMIPROVIDER NTAPI WdfWmiInstanceGetProvider(WDFWMIINSTANCE WmiInstance)
{
    return (WDFWMIPROVIDER)(PVOID)instance_of(WmiInstance)->provider;
}

NTSTATUS NTAPI WdfWmiInstanceFireEvent(WDFWMIINSTANCE WmiInstance, ULONG EventDataSize, PVOID EventData)
{
    const host_wdf_instance_object *instance = instance_of(WmiInstance);
    const host_wdf_provider_object *provider = instance->provider;
    host_check(KeGetCurrentIrql() <= APC_LEVEL, "an event at IRQL %u", KeGetCurrentIrql());
    host_read_tables();
    ULONG index = host_instance_index(instance);
    host_leave_tables();
    return host_send_event(
        (ULONG_PTR)provider->device->device_object,
        &provider->config.Guid,
        index,
        EventData,
        EventDataSize);
}
