/* The harness's records of a KMDF device, its providers and its instances. */
#ifndef MOFGEN_HOST_WDF_WMI_H
#define MOFGEN_HOST_WDF_WMI_H

#include "wdf-objects.h"

typedef enum host_registration_state {
    HOST_UNREGISTERED,
    HOST_REGISTERED,
    HOST_DEREGISTERED,
    HOST_CLEANED_UP
} host_registration_state;

typedef struct host_wdf_instance_object host_wdf_instance_object;
typedef struct host_wdf_provider_object host_wdf_provider_object;

typedef struct host_wdf_device_object {
    host_object object;
    struct host_wdf_device_object *parent;
    BOOLEAN lowest;
    PDEVICE_OBJECT device_object;
    PDEVICE_OBJECT pdo;
    host_registration_state state;
    BOOLEAN has_mof_resource_name;
    UNICODE_STRING mof_resource_name;
    UNICODE_STRING registry_path;
    ULONG updates;
    /* In the order of their making. */
    host_wdf_provider_object **providers;
    ULONG provider_count;
} host_wdf_device_object;

struct host_wdf_provider_object {
    host_object object;
    host_wdf_device_object *device;
    WDF_WMI_PROVIDER_CONFIG config;
    /* Registered ones; the position is the InstanceIndex. */
    host_wdf_instance_object **instances;
    ULONG instance_count;
    BOOLEAN event_control_enabled;
    BOOLEAN data_block_control_enabled;
    ULONGLONG tracing_handle;
    /* The next registration request reports WMIREG_FLAG_REMOVE_GUID. */
    BOOLEAN remove_guid;
};

struct host_wdf_instance_object {
    host_object object;
    host_wdf_provider_object *provider;
    WDF_WMI_INSTANCE_CONFIG config;
    /* The bytes of a query by context. */
    ULONG context_length;
    BOOLEAN registered;
};

/* The tables are held. The position among the registered instances; their number for one that is not registered. */
ULONG host_instance_index(const host_wdf_instance_object *instance);

/* The tables are held. The block that a request is for, or NULL. */
host_wdf_provider_object *host_find_provider(const host_wdf_device_object *device, const GUID *guid);

/* Answers one of the four requests for an instance. */
VOID host_instance_request(host_wdf_instance_object *instance, host_request *request);

/* Answers a query of all instances. */
VOID host_query_all(host_wdf_provider_object *provider, host_request *request);

/* Answers a request that switches events or collection. */
VOID host_function_control(
    host_wdf_provider_object *provider,
    host_request *request,
    WDF_WMI_PROVIDER_CONTROL control,
    BOOLEAN enable);

/* Answers a registration request. */
VOID host_reg_info(host_wdf_device_object *device, host_request *request);

/*
 * Whether an instance answers queries: with a context, a query callback, or a method
 * (docs/spec/runtime.md#kmdf-query-single-instance, rule 4).
 */
BOOLEAN host_supports_query(const host_wdf_instance_object *instance);

/* Queries one instance, for both query requests: `room` bytes from `at` on. */
NTSTATUS host_query_instance(host_wdf_instance_object *instance, ULONG room, PUCHAR at, ULONG *used);

#endif
