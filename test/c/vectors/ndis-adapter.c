/*
 * Adapter for an NDIS miniport: makes OID requests for the codes of its OID_GEN_SUPPORTED_GUIDS answer, with working memory that
 * is unaligned and not zeroed.
 */
#include "ndis-adapter.h"

#include "../host/host.h"
#include "run.h"

#define SHIFT 3

static UCHAR device;

static UCHAR memory[0x100000 + SHIFT];

static NDIS_GUID guids[256];
static ULONG guid_count;

static NDIS_STATUS handle(PVOID context, PNDIS_OID_REQUEST request)
{
    memset(memory, 0xA5, 0x1000);
    return vectors_request(
        context, vectors_memory(sizeof(memory) - SHIFT, STATUS_INSUFFICIENT_RESOURCES), memory + SHIFT, request);
}

/* `too_short` and `invalid` are for NDIS_STATUS_INVALID_LENGTH and _INVALID_DATA, `not_there` is for what the block does not have. */
static NTSTATUS
ended(NDIS_STATUS status, NTSTATUS too_short, NTSTATUS invalid, NTSTATUS not_there)
{
    host_check(status != NDIS_STATUS_PENDING, "the request is pending");
    return status == NDIS_STATUS_INVALID_LENGTH  ? too_short
           : status == NDIS_STATUS_INVALID_DATA  ? invalid
           : status == NDIS_STATUS_NOT_SUPPORTED ? not_there
                                                 : status;
}

static NTSTATUS query(VOID *self, ULONG room, UCHAR *out, ULONG *used)
{
    const NDIS_GUID *guid = self;
    ULONG written;
    ULONG needed;
    NDIS_STATUS status = host_ndis_query(
        handle, &device, NdisRequestQueryStatistics, guid->Oid, room, out, &written, &needed);
    host_check(
        status != NDIS_STATUS_SUCCESS || guid->Size == MOFGEN_NDIS_VARIES || written == guid->Size,
        "%u bytes were written, and Size is %u",
        written,
        guid->Size);
    *used = status == NDIS_STATUS_SUCCESS ? written : needed;
    return ended(
        status, STATUS_BUFFER_TOO_SMALL, STATUS_UNSUCCESSFUL, STATUS_INVALID_DEVICE_REQUEST);
}

static NTSTATUS set_instance(VOID *self, ULONG size, UCHAR *in)
{
    const NDIS_GUID *guid = self;
    ULONG read;
    ULONG needed;
    NDIS_STATUS status = host_ndis_set(handle, &device, guid->Oid, size, in, &read, &needed);
    host_check(read == (status == NDIS_STATUS_SUCCESS ? size : 0), "%u bytes of %u were read", read, size);
    return ended(status, STATUS_WMI_SET_FAILURE, STATUS_WMI_SET_FAILURE, STATUS_WMI_READ_ONLY);
}

static NTSTATUS execute(VOID *self, ULONG id, ULONG in, ULONG out, UCHAR *buffer, ULONG *used)
{
    const NDIS_GUID *guid = self;
    ULONG written;
    ULONG needed;
    NDIS_STATUS status =
        host_ndis_method(handle, &device, guid->Oid, id, in, out, buffer, &written, &needed);
    *used = status == NDIS_STATUS_SUCCESS ? written : needed;
    return ended(
        status, STATUS_BUFFER_TOO_SMALL, STATUS_INVALID_PARAMETER_MIX, STATUS_INVALID_DEVICE_REQUEST);
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
    NTSTATUS status = vectors_initialize(&device);
    ULONG written;
    ULONG needed;
    host_check(
        host_ndis_query(
            handle, &device, NdisRequestQueryInformation, OID_GEN_SUPPORTED_GUIDS, 0, NULL, &written,
            &needed) == NDIS_STATUS_INVALID_LENGTH,
        "OID_GEN_SUPPORTED_GUIDS without room");
    host_check(needed <= sizeof(guids) && needed % sizeof(NDIS_GUID) == 0, "%u bytes of NDIS_GUIDs", needed);
    host_check(
        host_ndis_query(
            handle, &device, NdisRequestQueryInformation, OID_GEN_SUPPORTED_GUIDS, needed, (PUCHAR)guids,
            &written, &needed) == NDIS_STATUS_SUCCESS,
        "OID_GEN_SUPPORTED_GUIDS");
    guid_count = written / (ULONG)sizeof(NDIS_GUID);
    host_check(guid_count == vectors_guids(0, NULL), "%u NDIS_GUIDs", guid_count);
    return status;
}

static BOOLEAN find(const GUID *guid, vector_block *block)
{
    for (ULONG i = 0; i < guid_count; i++) {
        if (IsEqualGUID(&guids[i].Guid, guid) && (guids[i].Flags & fNDIS_GUID_TO_OID) != 0) {
            block->self = &guids[i];
            block->query = query;
            block->set_instance = (guids[i].Flags & fNDIS_GUID_ALLOW_WRITE) != 0 ? set_instance : NULL;
            block->execute = (guids[i].Flags & fNDIS_GUID_METHOD) != 0 ? execute : NULL;
            return TRUE;
        }
    }
    return FALSE;
}

const vector_driver vectors_driver = {open, close, start, find};
