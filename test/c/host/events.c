/* Events: building them in pool memory, and IoWMIWriteEvent, which keeps them for the test. */
#include "internal.h"

#define EVENT_TAG 0x45696D57 /* 'WmiE' */

static host_event *events;
static ULONG event_count;
static ULONG event_limit = 1024;
static NTSTATUS event_failure = STATUS_SUCCESS;

ULONG host_event_count(VOID)
{
    host_read_tables();
    ULONG count = event_count;
    host_leave_tables();
    return count;
}

const host_event *host_event_at(ULONG number)
{
    host_check(number < event_count, "there are %u events, none with number %u", event_count, number);
    return &events[number];
}

VOID host_forget_events(VOID)
{
    for (ULONG i = 0; i < event_count; i++) {
        free((VOID *)(uintptr_t)events[i].wnode);
    }
    free(events);
    events = NULL;
    event_count = 0;
}

VOID host_fail_events(NTSTATUS status)
{
    event_failure = status;
}

VOID host_set_event_limit(ULONG bytes)
{
    event_limit = bytes;
}

ULONG NTAPI IoWMIDeviceObjectToProviderId(PDEVICE_OBJECT DeviceObject)
{
    return (ULONG)(ULONG_PTR)DeviceObject;
}

/*
 * The name of an instance that is not named by an index: a USHORT count and as many bytes, between the fixed part and the
 * data ("WNODE_SINGLE_INSTANCE").
 */
static const UCHAR *event_name(const UCHAR *wnode, ULONG data_offset, ULONG *size)
{
    USHORT count;
    if ((host_read_ulong(wnode, offsetof(WNODE_HEADER, Flags)) & WNODE_FLAG_STATIC_INSTANCE_NAMES) != 0) {
        return NULL;
    }
    ULONG at = host_read_ulong(wnode, offsetof(WNODE_SINGLE_INSTANCE, OffsetInstanceName));
    host_check(
        at >= sizeof(WNODE_SINGLE_INSTANCE) && at <= data_offset && data_offset - at >= sizeof(count),
        "an event's name at %u, its data at %u",
        at,
        data_offset);
    memcpy(&count, wnode + at, sizeof(count));
    host_check(count % sizeof(WCHAR) == 0 && count <= data_offset - at - sizeof(count), "an event's name of %u bytes", count);
    *size = count;
    return wnode + at + sizeof(count);
}

static VOID remember(const VOID *wnode, ULONG size)
{
    ULONG offset = host_read_ulong(wnode, offsetof(WNODE_SINGLE_INSTANCE, DataBlockOffset));
    ULONG data_size = host_read_ulong(wnode, offsetof(WNODE_SINGLE_INSTANCE, SizeDataBlock));
    host_check((ULONGLONG)offset + data_size <= size, "an event's data lies outside of it");
    /* "WNODE_SINGLE_INSTANCE": data is on a boundary of eight bytes. */
    host_check(offset % 8 == 0, "an event's data at %u", offset);
    PUCHAR copy = host_own_memory(size);
    memcpy(copy, wnode, size);
    ULONG name_size = 0;
    const UCHAR *name = event_name(copy, offset, &name_size);
    host_write_tables();
    events = realloc(events, (event_count + 1) * sizeof(*events));
    host_check(events != NULL, "the harness has no memory of its own");
    host_event *event = &events[event_count++];
    event->wnode = copy;
    event->wnode_size = size;
    memcpy(&event->guid, copy + offsetof(WNODE_HEADER, Guid), sizeof(GUID));
    event->instance_index = host_read_ulong(copy, offsetof(WNODE_SINGLE_INSTANCE, InstanceIndex));
    event->name = name;
    event->name_size = name_size;
    event->data = copy + offset;
    event->data_size = data_size;
    host_leave_tables();
}

NTSTATUS NTAPI IoWMIWriteEvent(PVOID WnodeEventItem)
{
    SIZE_T block_size = 0;
    host_check(host_is_pool_block(WnodeEventItem, &block_size), "an event is no pool block");
    if (event_failure != STATUS_SUCCESS) {
        return event_failure;
    }
    if (block_size < sizeof(WNODE_HEADER)) {
        return STATUS_INVALID_PARAMETER;
    }
    ULONG size = host_read_ulong(WnodeEventItem, offsetof(WNODE_HEADER, BufferSize));
    ULONG flags = host_read_ulong(WnodeEventItem, offsetof(WNODE_HEADER, Flags));
    if (size < sizeof(WNODE_HEADER) || size > block_size) {
        return STATUS_INVALID_PARAMETER;
    }
    if (size > event_limit) {
        return STATUS_BUFFER_OVERFLOW;
    }
    host_check(
        (flags & WNODE_FLAG_EVENT_ITEM) != 0 && (flags & WNODE_FLAG_SINGLE_INSTANCE) != 0,
        "an event with Flags 0x%08x: the harness knows WNODE_SINGLE_INSTANCE alone",
        flags);
    host_check(size >= sizeof(WNODE_SINGLE_INSTANCE), "an event of %u bytes", size);
    remember(WnodeEventItem, size);
    ExFreePool(WnodeEventItem);
    return STATUS_SUCCESS;
}

NTSTATUS host_send_event(
    ULONG_PTR device_object,
    const GUID *guid,
    ULONG instance_index,
    const VOID *data,
    ULONG data_size)
{
    if (data == NULL) {
        data_size = 0;
    }
    ULONGLONG size = (ULONGLONG)sizeof(WNODE_SINGLE_INSTANCE) + data_size;
    if (size > HOST_MAX_ULONG) {
        return STATUS_INTEGER_OVERFLOW;
    }
    PUCHAR wnode = ExAllocatePoolWithTag(NonPagedPoolNx, size, EVENT_TAG);
    if (wnode == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    LONGLONG now = host_system_time();
    memset(wnode, 0, sizeof(WNODE_SINGLE_INSTANCE));
    host_write_ulong(wnode, offsetof(WNODE_HEADER, BufferSize), (ULONG)size);
    host_write_ulong(wnode, offsetof(WNODE_HEADER, ProviderId), (ULONG)device_object);
    memcpy(wnode + offsetof(WNODE_HEADER, TimeStamp), &now, sizeof(now));
    memcpy(wnode + offsetof(WNODE_HEADER, Guid), guid, sizeof(GUID));
    host_write_ulong(
        wnode,
        offsetof(WNODE_HEADER, Flags),
        WNODE_FLAG_EVENT_ITEM | WNODE_FLAG_SINGLE_INSTANCE | WNODE_FLAG_STATIC_INSTANCE_NAMES);
    host_write_ulong(wnode, offsetof(WNODE_SINGLE_INSTANCE, InstanceIndex), instance_index);
    host_write_ulong(
        wnode,
        offsetof(WNODE_SINGLE_INSTANCE, DataBlockOffset),
        sizeof(WNODE_SINGLE_INSTANCE));
    host_write_ulong(wnode, offsetof(WNODE_SINGLE_INSTANCE, SizeDataBlock), data_size);
    if (data_size > 0) {
        memcpy(wnode + sizeof(WNODE_SINGLE_INSTANCE), data, data_size);
    }
    NTSTATUS status = IoWMIWriteEvent(wnode);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(wnode, EVENT_TAG);
    }
    return status;
}
