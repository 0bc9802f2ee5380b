/* Completing requests as the driver models do, and reading where a request's data is. */
#include "internal.h"

ULONG host_read_ulong(const VOID *buffer, ULONG offset)
{
    ULONG value;
    memcpy(&value, (const UCHAR *)buffer + offset, sizeof(value));
    return value;
}

VOID host_write_ulong(VOID *buffer, ULONG offset, ULONG value)
{
    memcpy((UCHAR *)buffer + offset, &value, sizeof(value));
}

ULONGLONG host_align_up(ULONGLONG value, ULONG alignment)
{
    return (value + alignment - 1) / alignment * alignment;
}

NTSTATUS host_never_pending(NTSTATUS status)
{
    return status == STATUS_PENDING ? STATUS_UNSUCCESSFUL : status;
}

VOID host_complete(PIO_STATUS_BLOCK io, NTSTATUS status, ULONG information)
{
    io->Status = status;
    io->Information = information;
}

VOID host_complete_too_small(PIO_STATUS_BLOCK io, VOID *buffer, ULONG buffer_size, ULONGLONG needed)
{
    if (needed > HOST_MAX_ULONG) {
        host_complete(io, STATUS_INTEGER_OVERFLOW, 0);
    } else if (buffer_size < sizeof(WNODE_TOO_SMALL)) {
        host_complete(io, STATUS_BUFFER_TOO_SMALL, 0);
    } else {
        host_write_ulong(buffer, offsetof(WNODE_HEADER, BufferSize), sizeof(WNODE_TOO_SMALL));
        host_write_ulong(buffer, offsetof(WNODE_HEADER, Flags), WNODE_FLAG_TOO_SMALL);
        host_write_ulong(buffer, offsetof(WNODE_TOO_SMALL, SizeNeeded), (ULONG)needed);
        host_complete(io, STATUS_SUCCESS, sizeof(WNODE_TOO_SMALL));
    }
}

VOID host_complete_with_data(PIO_STATUS_BLOCK io, VOID *buffer, NTSTATUS status, ULONGLONG size)
{
    LONGLONG now = host_system_time();
    host_write_ulong(buffer, offsetof(WNODE_HEADER, BufferSize), (ULONG)size);
    memcpy((UCHAR *)buffer + offsetof(WNODE_HEADER, TimeStamp), &now, sizeof(now));
    host_complete(io, status, (ULONG)size);
}

typedef struct shape {
    ULONG fixed_part;
    ULONG data_block_offset;
    ULONG data_size;
} shape;

static const shape shapes[] = {
    [HOST_INSTANCE] =
        {offsetof(WNODE_SINGLE_INSTANCE, VariableData),
         offsetof(WNODE_SINGLE_INSTANCE, DataBlockOffset),
         offsetof(WNODE_SINGLE_INSTANCE, SizeDataBlock)},
    [HOST_ITEM] =
        {offsetof(WNODE_SINGLE_ITEM, VariableData),
         offsetof(WNODE_SINGLE_ITEM, DataBlockOffset),
         offsetof(WNODE_SINGLE_ITEM, SizeDataItem)},
    [HOST_METHOD] =
        {offsetof(WNODE_METHOD_ITEM, VariableData),
         offsetof(WNODE_METHOD_ITEM, DataBlockOffset),
         offsetof(WNODE_METHOD_ITEM, SizeDataBlock)},
};

/* ItemId and MethodId have the same offset. */
C_ASSERT(offsetof(WNODE_SINGLE_ITEM, ItemId) == offsetof(WNODE_METHOD_ITEM, MethodId));

ULONG host_fixed_part(host_shape shape)
{
    return shapes[shape].fixed_part;
}

host_stated_data host_read_stated_data(const VOID *buffer, host_shape shape)
{
    host_stated_data stated = {0, 0, 0};
    if (shape != HOST_INSTANCE) {
        stated.id = host_read_ulong(buffer, offsetof(WNODE_SINGLE_ITEM, ItemId));
    }
    stated.offset = host_read_ulong(buffer, shapes[shape].data_block_offset);
    stated.size = host_read_ulong(buffer, shapes[shape].data_size);
    return stated;
}

VOID host_write_data_size(VOID *buffer, host_shape shape, ULONG size)
{
    host_write_ulong(buffer, shapes[shape].data_size, size);
}

BOOLEAN host_data_lies_inside(host_shape shape, ULONG offset, ULONG size, ULONG buffer_size)
{
    return offset >= shapes[shape].fixed_part && (ULONGLONG)offset + size <= buffer_size;
}

NTSTATUS host_cut_off_status(UCHAR minor)
{
    switch (minor) {
    case IRP_MN_QUERY_SINGLE_INSTANCE:
        return STATUS_BUFFER_TOO_SMALL;
    case IRP_MN_EXECUTE_METHOD:
        return STATUS_INVALID_PARAMETER;
    default:
        return STATUS_WMI_SET_FAILURE;
    }
}

/* ---- What tests build and read ---- */

host_request host_new_request(UCHAR minor, const VOID *data_path, PVOID buffer, ULONG size)
{
    host_request request;
    memset(&request, 0, sizeof(request));
    request.minor = minor;
    request.data_path = data_path;
    request.buffer = buffer;
    request.size = size;
    request.io.Status = STATUS_NOT_SUPPORTED;
    return request;
}

PVOID host_build_wnode(
    UCHAR minor,
    const GUID *guid,
    ULONG instance_index,
    ULONG id,
    const VOID *data,
    ULONG data_size,
    ULONG room,
    ULONG *size)
{
    host_shape shape = minor == IRP_MN_CHANGE_SINGLE_ITEM ? HOST_ITEM
                       : minor == IRP_MN_EXECUTE_METHOD   ? HOST_METHOD
                                                          : HOST_INSTANCE;
    ULONG kind = shape == HOST_ITEM     ? WNODE_FLAG_SINGLE_ITEM
                 : shape == HOST_METHOD ? WNODE_FLAG_METHOD_ITEM
                                        : WNODE_FLAG_SINGLE_INSTANCE;
    ULONG offset = (ULONG)host_align_up(shapes[shape].fixed_part, 8);
    ULONG space = room > data_size ? room : data_size;
    PUCHAR buffer = host_own_memory((SIZE_T)offset + space);
    memset(buffer, 0, offset);
    memset(buffer + offset, 0xCC, space);
    *size = offset + space;
    host_write_ulong(buffer, offsetof(WNODE_HEADER, BufferSize), *size);
    memcpy(buffer + offsetof(WNODE_HEADER, Guid), guid, sizeof(GUID));
    host_write_ulong(buffer, offsetof(WNODE_HEADER, Flags), kind | WNODE_FLAG_STATIC_INSTANCE_NAMES);
    host_write_ulong(buffer, offsetof(WNODE_SINGLE_INSTANCE, InstanceIndex), instance_index);
    if (shape != HOST_INSTANCE) {
        host_write_ulong(buffer, offsetof(WNODE_SINGLE_ITEM, ItemId), id);
    }
    host_write_ulong(buffer, shapes[shape].data_block_offset, offset);
    host_write_ulong(buffer, shapes[shape].data_size, data_size);
    if (data_size > 0) {
        memcpy(buffer + offset, data, data_size);
    }
    return buffer;
}

ULONG host_size_needed(const VOID *buffer, ULONG size)
{
    if (size < sizeof(WNODE_TOO_SMALL) ||
        host_read_ulong(buffer, offsetof(WNODE_HEADER, Flags)) != WNODE_FLAG_TOO_SMALL) {
        return 0;
    }
    return host_read_ulong(buffer, offsetof(WNODE_TOO_SMALL, SizeNeeded));
}
