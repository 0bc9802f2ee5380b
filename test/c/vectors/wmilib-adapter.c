/*
 * Adapter for a driver that uses WMILIB: calls the DpWmi routines of its WMILIB_CONTEXT for the first instance of each block,
 * and reads what they pass to WmiCompleteRequest.
 */
#include "wmilib-adapter.h"

#include <stdlib.h>

#include "../host/host.h"
#include "run.h"

static PDEVICE_OBJECT device;

/* A block's GuidIndex is the distance of its `self` from here. */
static UCHAR indices[256];

static ULONG index_of(const VOID *self)
{
    return (ULONG)((const UCHAR *)self - indices);
}

static NTSTATUS query(VOID *self, ULONG room, UCHAR *out, ULONG *used)
{
    NTSTATUS status;
    PULONG lengths = NULL;
    if (room > 0) {
        lengths = malloc(sizeof(ULONG));
        host_check(lengths != NULL, "no memory for a length");
        *lengths = 0xCDCDCDCD;
    }
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.QueryWmiDataBlock(
        device, irp, index_of(self), 0, 1, lengths, room, out);
    host_wmilib_close(irp, returned, &status, used);
    if (NT_SUCCESS(status) && lengths != NULL) {
        host_check(*lengths == *used, "InstanceLengthArray says %u, BufferUsed %u", *lengths, *used);
    }
    free(lengths);
    /* Without room a routine may return STATUS_BUFFER_TOO_SMALL even for data of no bytes: that counts as success. */
    return room == 0 && status == STATUS_BUFFER_TOO_SMALL && *used == 0 ? STATUS_SUCCESS : status;
}

static NTSTATUS set_instance(VOID *self, ULONG size, UCHAR *in)
{
    NTSTATUS status;
    ULONG used;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.SetWmiDataBlock(device, irp, index_of(self), 0, size, in);
    host_wmilib_close(irp, returned, &status, &used);
    return status;
}

static NTSTATUS set_item(VOID *self, ULONG id, ULONG size, UCHAR *in)
{
    NTSTATUS status;
    ULONG used;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.SetWmiDataItem(device, irp, index_of(self), 0, id, size, in);
    host_wmilib_close(irp, returned, &status, &used);
    return status;
}

static NTSTATUS execute(VOID *self, ULONG id, ULONG in, ULONG out, UCHAR *buffer, ULONG *used)
{
    NTSTATUS status;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.ExecuteWmiMethod(
        device, irp, index_of(self), 0, id, in, out, buffer);
    host_wmilib_close(irp, returned, &status, used);
    return status;
}

static VOID open(VOID)
{
    device = host_wmilib_device(vectors_dispatch, vectors_extension_size);
}

static NTSTATUS start(VOID)
{
    return vectors_initialize(device, host_wmilib_lower_device(device));
}

static VOID close(VOID)
{
    vectors_uninitialize(device);
    host_wmilib_delete_device(device);
}

static BOOLEAN find(const GUID *guid, vector_block *block)
{
    WMILIB_CONTEXT library;
    host_wmilib_context(device, &library);
    host_check(library.GuidCount <= sizeof(indices), "%u blocks", library.GuidCount);
    for (ULONG i = 0; i < library.GuidCount; i++) {
        if (IsEqualGUID(library.GuidList[i].Guid, guid)) {
            block->self = &indices[i];
            block->query = query;
            block->set_instance = library.SetWmiDataBlock == NULL ? NULL : set_instance;
            block->set_item = library.SetWmiDataItem == NULL ? NULL : set_item;
            block->execute = library.ExecuteWmiMethod == NULL ? NULL : execute;
            return TRUE;
        }
    }
    return FALSE;
}

const vector_driver vectors_driver = {open, close, start, find};
