/*
 * Adapter for a driver that answers its IRPs itself: sends each vector as the WNODE of a request for the first instance of its
 * block, and reads the result from the answer.
 */
#include "irp-adapter.h"

#include <stdlib.h>

#include "../host/host.h"
#include "run.h"

static PDEVICE_OBJECT device;

/* A block's number is the distance of its `self` from here. */
static UCHAR indices[256];

static ULONG index_of(const VOID *self)
{
    return (ULONG)((const UCHAR *)self - indices);
}

static const GUID *guid_of(const VOID *self)
{
    return &vectors_wmi(device)->Provider->Blocks[index_of(self)].Guid;
}

static ULONG field(const UCHAR *wnode, ULONG offset)
{
    ULONG value;
    memcpy(&value, wnode + offset, sizeof(value));
    return value;
}

/*
 * Sends a request whose data is `size` bytes at the end of the WNODE, and copies them back. Maps a WNODE_TOO_SMALL to
 * STATUS_BUFFER_TOO_SMALL with the bytes that the data needs. The data itself is not compared then, because a sender reads
 * only the WNODE_TOO_SMALL.
 */
static NTSTATUS send(UCHAR minor, const VOID *self, ULONG id, ULONG in, ULONG size, UCHAR *data, ULONG *used)
{
    ULONG whole;
    PUCHAR wnode = host_build_wnode(minor, guid_of(self), 0, id, data, in, size, &whole);
    ULONG offset = whole - size;
    if (size > in) {
        memcpy(wnode + offset + in, data + in, size - in);
    }
    host_request request = host_new_request(minor, guid_of(self), wnode, whole);
    host_wdm_dispatch(device, &request);
    NTSTATUS status = request.io.Status;
    ULONG needed = host_size_needed(wnode, whole);
    host_check(!request.forwarded, "a request for the driver is forwarded");
    *used = 0;
    if (NT_SUCCESS(status) && needed > 0) {
        host_check(request.io.Information == sizeof(WNODE_TOO_SMALL), "Information %u", (ULONG)request.io.Information);
        status = STATUS_BUFFER_TOO_SMALL;
        *used = needed - offset;
    } else if (NT_SUCCESS(status) && (minor == IRP_MN_QUERY_SINGLE_INSTANCE || minor == IRP_MN_EXECUTE_METHOD)) {
        *used = field(
            wnode,
            minor == IRP_MN_EXECUTE_METHOD ? offsetof(WNODE_METHOD_ITEM, SizeDataBlock)
                                           : offsetof(WNODE_SINGLE_INSTANCE, SizeDataBlock));
        host_check(request.io.Information == offset + *used, "Information %u", (ULONG)request.io.Information);
        host_check(field(wnode, 0) == offset + *used, "BufferSize %u", field(wnode, 0));
    } else {
        host_check(request.io.Information == 0, "Information %u", (ULONG)request.io.Information);
    }
    if (size > 0) {
        memcpy(data, wnode + offset, size);
    }
    free(wnode);
    return status;
}

static NTSTATUS query(VOID *self, ULONG room, UCHAR *out, ULONG *used)
{
    return send(IRP_MN_QUERY_SINGLE_INSTANCE, self, 0, 0, room, out, used);
}

static NTSTATUS set_instance(VOID *self, ULONG size, UCHAR *in)
{
    ULONG used;
    return send(IRP_MN_CHANGE_SINGLE_INSTANCE, self, 0, size, size, in, &used);
}

static NTSTATUS set_item(VOID *self, ULONG id, ULONG size, UCHAR *in)
{
    ULONG used;
    return send(IRP_MN_CHANGE_SINGLE_ITEM, self, id, size, size, in, &used);
}

/* A WNODE_METHOD_ITEM has at least as much room as input. Less room is tested by a direct call, without an IRP. */
static NTSTATUS execute(VOID *self, ULONG id, ULONG in, ULONG out, UCHAR *buffer, ULONG *used)
{
    if (out >= in) {
        return send(IRP_MN_EXECUTE_METHOD, self, id, in, out, buffer, used);
    }
    MOFGEN_WMI_INSTANCE *instance;
    MOFGEN_REQUEST request;
    MofgenRequestInitialize(&request, buffer, in, buffer, out);
    NTSTATUS status = MofgenWmiReference(vectors_wmi(device), index_of(self), 0, &instance);
    if (NT_SUCCESS(status)) {
        status = MofgenWmiExecute(instance, id, &request);
        MofgenWmiRelease(instance);
    }
    *used = MofgenRequestComplete(&request, status);
    return status;
}

static VOID open(VOID)
{
    device = host_wdm_device(vectors_dispatch, vectors_extension_size);
}

static NTSTATUS start(VOID)
{
    return vectors_initialize(device, host_wdm_lower_device(device));
}

static VOID close(VOID)
{
    vectors_uninitialize(device);
    host_wdm_delete_device(device);
}

static BOOLEAN find(const GUID *guid, vector_block *block)
{
    const MOFGEN_WMI_DEVICE *wmi = vectors_wmi(device);
    host_check(wmi->BlockCount <= sizeof(indices), "%u blocks", wmi->BlockCount);
    for (ULONG i = 0; i < wmi->BlockCount; i++) {
        if (IsEqualGUID(&wmi->Provider->Blocks[i].Guid, guid)) {
            block->self = &indices[i];
            block->query = query;
            block->set_instance = set_instance;
            block->set_item = set_item;
            block->execute = execute;
            return TRUE;
        }
    }
    return FALSE;
}

const vector_driver vectors_driver = {open, close, start, find};
