/*
 * IRP_MN_QUERY_ALL_DATA as the framework answers it, without its defects (docs/spec/runtime.md#kmdf-query-all-data;
 * src/runtime/kmdf/query-all-data.ts).
 */
#include "wdf-wmi.h"

static VOID write_entry(VOID *buffer, ULONG index, ULONG offset, ULONG length)
{
    ULONG entry = (ULONG)(offsetof(WNODE_ALL_DATA, OffsetInstanceDataAndLength) +
                          index * sizeof(OFFSETINSTANCEDATAANDLENGTH));
    host_write_ulong(buffer, entry, offset);
    host_write_ulong(buffer, entry + (ULONG)sizeof(ULONG), length);
}

/* Returns it with a reference; NULL when a callback has deleted it meanwhile. */
static host_wdf_instance_object *take_instance(const host_wdf_provider_object *provider, ULONG index)
{
    PVOID found = NULL;
    host_read_tables();
    if (index < provider->instance_count) {
        found = provider->instances[index];
        WdfObjectReference(found);
    }
    host_leave_tables();
    return found;
}

static VOID query_every_instance(host_wdf_provider_object *provider, host_request *request, ULONG count, ULONG start)
{
    PIO_STATUS_BLOCK io = &request->io;
    NTSTATUS status = STATUS_SUCCESS;
    BOOLEAN too_small = start > request->size;
    ULONG offset = start;
    ULONG remaining = too_small ? 0 : request->size - start;
    ULONGLONG total = 0;
    ULONG last_padding = 0;
    ULONG end = start;

    for (ULONG index = 0; index < count; index++) {
        host_wdf_instance_object *instance = take_instance(provider, index);
        ULONG used = 0;
        if (instance == NULL) {
            break;
        }
        if (!host_supports_query(instance)) {
            if (start <= request->size) {
                write_entry(request->buffer, index, offset, 0);
            }
            WdfObjectDereference(instance);
            continue;
        }
        status = host_query_instance(instance, remaining, (PUCHAR)request->buffer + offset, &used);
        WdfObjectDereference(instance);
        if (status == STATUS_BUFFER_TOO_SMALL) {
            too_small = TRUE;
        } else if (!NT_SUCCESS(status)) {
            host_complete(io, status, 0);
            return;
        }
        ULONGLONG adjusted = host_align_up(used, MEMORY_ALLOCATION_ALIGNMENT);
        total += adjusted;
        if (total > HOST_MAX_ULONG) {
            host_complete(io, STATUS_INTEGER_OVERFLOW, 0);
            return;
        }
        last_padding = (ULONG)(adjusted - used);
        ULONG consumed = adjusted < remaining ? (ULONG)adjusted : remaining;
        if (!too_small) {
            write_entry(request->buffer, index, offset, used);
            end = offset + used;
        }
        offset += consumed;
        remaining -= consumed;
    }
    if (too_small) {
        host_complete_too_small(io, request->buffer, request->size, start + total - last_padding);
    } else {
        host_complete_with_data(io, request->buffer, status, end);
    }
}

VOID host_query_all(host_wdf_provider_object *provider, host_request *request)
{
    PIO_STATUS_BLOCK io = &request->io;
    host_read_tables();
    const ULONG count = provider->instance_count;
    host_leave_tables();
    const ULONG minimum = provider->config.MinInstanceBufferSize;
    if (request->size < sizeof(WNODE_ALL_DATA)) {
        host_complete(io, STATUS_UNSUCCESSFUL, 0);
        return;
    }
    if (count == 0) {
        host_complete(io, STATUS_WMI_INSTANCE_NOT_FOUND, 0);
        return;
    }
    ULONG flags = host_read_ulong(request->buffer, offsetof(WNODE_HEADER, Flags));
    host_write_ulong(
        request->buffer, offsetof(WNODE_HEADER, Flags), flags & ~(ULONG)WNODE_FLAG_FIXED_INSTANCE_SIZE);
    host_write_ulong(request->buffer, offsetof(WNODE_ALL_DATA, InstanceCount), count);
    ULONGLONG start = host_align_up(
        offsetof(WNODE_ALL_DATA, OffsetInstanceDataAndLength) +
            (ULONGLONG)count * sizeof(OFFSETINSTANCEDATAANDLENGTH),
        MEMORY_ALLOCATION_ALIGNMENT);
    if (start > HOST_MAX_ULONG) {
        host_complete(io, STATUS_INTEGER_OVERFLOW, 0);
        return;
    }
    host_write_ulong(request->buffer, offsetof(WNODE_ALL_DATA, DataBlockOffset), (ULONG)start);
    if (minimum != 0) {
        ULONGLONG room = start > request->size ? 0 : request->size - start;
        ULONGLONG stride = host_align_up(minimum, MEMORY_ALLOCATION_ALIGNMENT);
        ULONGLONG needed = stride * (count - 1) + minimum;
        if (needed > HOST_MAX_ULONG) {
            host_complete(io, STATUS_INTEGER_OVERFLOW, 0);
            return;
        }
        if (room < needed) {
            host_complete_too_small(io, request->buffer, request->size, start + needed);
            return;
        }
    }
    query_every_instance(provider, request, count, (ULONG)start);
}
