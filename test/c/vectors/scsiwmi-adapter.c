/*
 * Adapter for a miniport: calls its SCSI_WMILIB_CONTEXT callbacks for the first instance of each block at DISPATCH_LEVEL, and
 * reads what they pass to ScsiPortWmiPostProcess.
 */
#include "scsiwmi-adapter.h"

#include "../host/host.h"
#include "run.h"

static UCHAR extension;

static UCHAR memory[0x100000];

/* A block's GuidIndex is the distance of its `self` from here. */
static UCHAR indices[256];

static MOFGEN_SCSI_REQUEST request;

static PSCSIWMI_REQUEST_CONTEXT begin(VOID)
{
    memset(memory, 0xA5, 0x1000);
    memset(&request, 0xA5, sizeof(request));
    /* A miniport has one status for all failures. */
    vectors_wmi()->MemorySize = vectors_memory(sizeof(memory), STATUS_UNSUCCESSFUL);
    host_set_irql(DISPATCH_LEVEL);
    return &request.Context;
}

/* Maps to the four statuses that a miniport distinguishes; `not_there` is for what the block does not have. */
static NTSTATUS end(BOOLEAN complete, NTSTATUS not_there, ULONG *used)
{
    UCHAR status = ScsiPortWmiGetReturnStatus(&request.Context);
    host_set_irql(PASSIVE_LEVEL);
    host_check(complete, "the request is pending");
    *used = ScsiPortWmiGetReturnSize(&request.Context);
    return status == SRB_STATUS_SUCCESS           ? STATUS_SUCCESS
           : status == SRB_STATUS_DATA_OVERRUN    ? STATUS_BUFFER_TOO_SMALL
           : status == SRB_STATUS_INVALID_REQUEST ? not_there
                                                  : STATUS_UNSUCCESSFUL;
}

static ULONG index_of(const VOID *self)
{
    return (ULONG)((const UCHAR *)self - indices);
}

static PSCSI_WMILIB_CONTEXT library(VOID)
{
    return &vectors_wmi()->Library;
}

static NTSTATUS query(VOID *self, ULONG room, UCHAR *out, ULONG *used)
{
    ULONG length = 0;
    PSCSIWMI_REQUEST_CONTEXT context = begin();
    NTSTATUS status = end(
        host_scsiwmi_query(library(), vectors_wmi(), context, index_of(self), 0, 1, &length, room, out),
        STATUS_INVALID_DEVICE_REQUEST,
        used);
    host_check(
        status != STATUS_SUCCESS || room == 0 || length == *used,
        "InstanceLengthArray says %u, BufferUsed %u",
        length,
        *used);
    return status;
}

static NTSTATUS set_instance(VOID *self, ULONG size, UCHAR *in)
{
    ULONG used;
    PSCSIWMI_REQUEST_CONTEXT context = begin();
    return end(
        host_scsiwmi_set(library(), vectors_wmi(), context, index_of(self), 0, size, in),
        STATUS_WMI_READ_ONLY,
        &used);
}

static NTSTATUS set_item(VOID *self, ULONG id, ULONG size, UCHAR *in)
{
    ULONG used;
    PSCSIWMI_REQUEST_CONTEXT context = begin();
    return end(
        host_scsiwmi_set_item(library(), vectors_wmi(), context, index_of(self), 0, id, size, in),
        STATUS_WMI_READ_ONLY,
        &used);
}

static NTSTATUS execute(VOID *self, ULONG id, ULONG in, ULONG out, UCHAR *buffer, ULONG *used)
{
    PSCSIWMI_REQUEST_CONTEXT context = begin();
    return end(
        host_scsiwmi_execute(library(), vectors_wmi(), context, index_of(self), 0, id, in, out, buffer),
        STATUS_INVALID_DEVICE_REQUEST,
        used);
}

static VOID open(VOID)
{
}

static VOID close(VOID)
{
    host_check(host_allocation_count() == 0, "a miniport has allocated pool");
}

static NTSTATUS start(VOID)
{
    return vectors_initialize(&extension, sizeof(memory), memory);
}

static BOOLEAN find(const GUID *guid, vector_block *block)
{
    const SCSI_WMILIB_CONTEXT *context = library();
    host_check(context->GuidCount <= sizeof(indices), "%u blocks", context->GuidCount);
    for (ULONG i = 0; i < context->GuidCount; i++) {
        if (IsEqualGUID(context->GuidList[i].Guid, guid)) {
            block->self = &indices[i];
            block->query = query;
            block->set_instance = context->SetWmiDataBlock == NULL ? NULL : set_instance;
            block->set_item = context->SetWmiDataItem == NULL ? NULL : set_item;
            block->execute = context->ExecuteWmiMethod == NULL ? NULL : execute;
            return TRUE;
        }
    }
    return FALSE;
}

const vector_driver vectors_driver = {open, close, start, find};
