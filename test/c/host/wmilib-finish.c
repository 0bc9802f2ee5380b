/*
 * How WmiCompleteRequest maps a routine's status and BufferUsed (docs/spec/runtime.md#wmilib, rule 7;
 * src/runtime/wmilib/finish.ts).
 */
#include "wmilib-calls.h"

/*
 * With BufferAvail 0 a routine returns STATUS_BUFFER_TOO_SMALL, and in BufferUsed the size that it needs
 * ("DpWmiQueryDataBlock"). What happens if that size is 0 is not documented.
 */
static VOID check_size_query(NTSTATUS status, ULONG used)
{
    host_check(
        status != STATUS_BUFFER_TOO_SMALL || used > 0,
        "DpWmiQueryDataBlock: STATUS_BUFFER_TOO_SMALL, and no byte more would do");
}

static VOID finish_one_instance(
    const host_call *call,
    host_shape shape,
    PIO_STATUS_BLOCK io,
    NTSTATUS status,
    ULONG used)
{
    ULONGLONG end = (ULONGLONG)call->offset + used;
    if (shape == HOST_INSTANCE && call->offset >= call->buffer_size) {
        check_size_query(status, used);
    }
    /* No data to store, but no room for the fields that describe it either. */
    BOOLEAN no_room = NT_SUCCESS(status) && used == 0 && end > call->buffer_size;
    if (status == STATUS_BUFFER_TOO_SMALL || no_room) {
        host_complete_too_small(io, call->buffer, call->buffer_size, end);
    } else if (!NT_SUCCESS(status)) {
        host_complete(io, status, 0);
    } else if (end > call->buffer_size) {
        /* More than the room: it cannot have been written. */
        host_complete(io, STATUS_UNSUCCESSFUL, 0);
    } else {
        host_write_data_size(call->buffer, shape, used);
        host_complete_with_data(io, call->buffer, status, end);
    }
}

/* Whether the instances end at the routine's BufferUsed, inside the buffer. */
static BOOLEAN holds(const host_call *call, ULONG used)
{
    ULONGLONG end = 0;
    for (ULONG i = 0; call->lengths != NULL && i < call->count; i++) {
        if (call->lengths[i] > 0) {
            end = host_align_up(end, 8) + call->lengths[i];
        }
    }
    return end <= used && used <= call->buffer_size - call->offset;
}

/* Instances of one size use the form with one size, others a list of offsets and lengths. */
static VOID write_instances(const host_call *call)
{
    PUCHAR buffer = call->buffer;
    ULONG first = call->lengths == NULL ? 0 : call->lengths[0];
    BOOLEAN fixed = TRUE;
    for (ULONG i = 0; call->lengths != NULL && i < call->count; i++) {
        fixed = fixed && call->lengths[i] == first;
    }
    ULONG flags = host_read_ulong(buffer, offsetof(WNODE_HEADER, Flags)) &
                  ~(ULONG)WNODE_FLAG_FIXED_INSTANCE_SIZE;
    host_write_ulong(
        buffer,
        offsetof(WNODE_HEADER, Flags),
        fixed ? flags | WNODE_FLAG_FIXED_INSTANCE_SIZE : flags);
    host_write_ulong(buffer, offsetof(WNODE_ALL_DATA, DataBlockOffset), call->offset);
    host_write_ulong(buffer, offsetof(WNODE_ALL_DATA, InstanceCount), call->count);
    host_write_ulong(buffer, offsetof(WNODE_ALL_DATA, OffsetInstanceNameOffsets), 0);
    if (fixed) {
        host_write_ulong(buffer, offsetof(WNODE_ALL_DATA, FixedInstanceSize), first);
        return;
    }
    ULONG offset = call->offset;
    ULONG entry = offsetof(WNODE_ALL_DATA, OffsetInstanceDataAndLength);
    for (ULONG i = 0; i < call->count; i++) {
        ULONG length = call->lengths[i];
        /* The next boundary may be after the last byte, so an empty instance is put where the data starts. */
        host_write_ulong(buffer, entry, length == 0 ? call->offset : offset);
        host_write_ulong(buffer, entry + (ULONG)sizeof(ULONG), length);
        entry += (ULONG)sizeof(OFFSETINSTANCEDATAANDLENGTH);
        offset = (ULONG)host_align_up((ULONGLONG)offset + length, 8);
    }
}

static VOID finish_query_all(const host_call *call, PIO_STATUS_BLOCK io, NTSTATUS status, ULONG used)
{
    ULONGLONG end = (ULONGLONG)call->offset + used;
    BOOLEAN fits = call->offset <= call->buffer_size;
    if (call->lengths == NULL && fits) {
        check_size_query(status, used);
    }
    if (status == STATUS_BUFFER_TOO_SMALL || (NT_SUCCESS(status) && !fits && used == 0)) {
        host_complete_too_small(io, call->buffer, call->buffer_size, end);
    } else if (!NT_SUCCESS(status)) {
        host_complete(io, status, 0);
    } else if (!fits || !holds(call, used)) {
        host_complete(io, STATUS_UNSUCCESSFUL, 0);
    } else {
        write_instances(call);
        host_complete_with_data(io, call->buffer, status, end);
    }
}

VOID host_finish_call(const host_call *call, PIO_STATUS_BLOCK io, NTSTATUS status, ULONG used)
{
    switch (call->kind) {
    case HOST_CALL_QUERY_SINGLE:
        finish_one_instance(call, HOST_INSTANCE, io, status, used);
        break;
    case HOST_CALL_METHOD:
        finish_one_instance(call, HOST_METHOD, io, status, used);
        break;
    case HOST_CALL_QUERY_ALL:
        finish_query_all(call, io, status, used);
        break;
    case HOST_CALL_SET:
        /* A set has no output, so WMI expects a failure if its data was too small. */
        host_complete(io, status == STATUS_BUFFER_TOO_SMALL ? STATUS_WMI_SET_FAILURE : status, 0);
        break;
    case HOST_CALL_CONTROL:
    case HOST_CALL_RECORDED:
        host_complete(io, status, 0);
        break;
    }
}
