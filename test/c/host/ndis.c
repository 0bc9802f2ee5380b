/*
 * The part of NDIS that a miniport with WMI blocks uses: OID requests, with the checks of the answer that the page of
 * MiniportOidRequest requires, and NdisMIndicateStatusEx. How NDIS converts a WMI request to an OID request is not fully
 * documented, so a test makes the OID request itself.
 */
#include <ndis.h>

#include "internal.h"

/* "MINIPORT_OID_REQUEST callback function": it runs at PASSIVE_LEVEL. The miniport's answer stays in `request`. */
static NDIS_STATUS call(host_ndis_oid_request *handler, PVOID context, PNDIS_OID_REQUEST request)
{
    host_surroundings before = host_enter_callback();
    NDIS_STATUS status = handler(context, request);
    host_leave_callback(&before, "MiniportOidRequest");
    return status;
}

static NDIS_OID_REQUEST request_of(NDIS_REQUEST_TYPE type)
{
    NDIS_OID_REQUEST made;
    /* Output bytes start with arbitrary values. */
    memset(&made, 0xCD, sizeof(made));
    made.Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    made.Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    made.Header.Size = sizeof(made);
    made.RequestType = type;
    return made;
}

NDIS_STATUS host_ndis_query(
    host_ndis_oid_request *handler,
    PVOID context,
    NDIS_REQUEST_TYPE type,
    NDIS_OID oid,
    ULONG room,
    PUCHAR buffer,
    ULONG *written,
    ULONG *needed)
{
    NDIS_OID_REQUEST request = request_of(type);
    host_region region = host_open_region(buffer, room);
    request.DATA.QUERY_INFORMATION.Oid = oid;
    request.DATA.QUERY_INFORMATION.InformationBuffer = region.copy;
    request.DATA.QUERY_INFORMATION.InformationBufferLength = room;
    NDIS_STATUS status = call(handler, context, &request);
    host_close_region(&region);
    *written = request.DATA.QUERY_INFORMATION.BytesWritten;
    *needed = request.DATA.QUERY_INFORMATION.BytesNeeded;
    host_check(
        status != NDIS_STATUS_SUCCESS || *written <= room, "BytesWritten is %u of %u", *written, room);
    host_check(
        status != NDIS_STATUS_INVALID_LENGTH || *needed > room, "%u bytes are too few for %u", room, *needed);
    return status;
}

NDIS_STATUS host_ndis_set(
    host_ndis_oid_request *handler,
    PVOID context,
    NDIS_OID oid,
    ULONG size,
    PUCHAR buffer,
    ULONG *read,
    ULONG *needed)
{
    NDIS_OID_REQUEST request = request_of(NdisRequestSetInformation);
    host_region region = host_open_region(buffer, size);
    request.DATA.SET_INFORMATION.Oid = oid;
    request.DATA.SET_INFORMATION.InformationBuffer = region.copy;
    request.DATA.SET_INFORMATION.InformationBufferLength = size;
    NDIS_STATUS status = call(handler, context, &request);
    host_close_region(&region);
    *read = request.DATA.SET_INFORMATION.BytesRead;
    *needed = request.DATA.SET_INFORMATION.BytesNeeded;
    host_check(status != NDIS_STATUS_SUCCESS || *read <= size, "BytesRead is %u of %u", *read, size);
    host_check(
        status != NDIS_STATUS_INVALID_LENGTH || *needed > size, "%u bytes are too few for %u", size, *needed);
    return status;
}

NDIS_STATUS host_ndis_method(
    host_ndis_oid_request *handler,
    PVOID context,
    NDIS_OID oid,
    ULONG id,
    ULONG in,
    ULONG out,
    PUCHAR buffer,
    ULONG *written,
    ULONG *needed)
{
    NDIS_OID_REQUEST request = request_of(NdisRequestMethod);
    host_region region = host_open_region(buffer, in > out ? in : out);
    request.DATA.METHOD_INFORMATION.Oid = oid;
    request.DATA.METHOD_INFORMATION.InformationBuffer = region.copy;
    request.DATA.METHOD_INFORMATION.InputBufferLength = in;
    request.DATA.METHOD_INFORMATION.OutputBufferLength = out;
    request.DATA.METHOD_INFORMATION.MethodId = id;
    NDIS_STATUS status = call(handler, context, &request);
    host_close_region(&region);
    *written = request.DATA.METHOD_INFORMATION.BytesWritten;
    *needed = request.DATA.METHOD_INFORMATION.BytesNeeded;
    host_check(
        status != NDIS_STATUS_SUCCESS || (*written <= out && request.DATA.METHOD_INFORMATION.BytesRead <= in),
        "%u bytes of %u were written, %u of %u were read",
        *written,
        out,
        request.DATA.METHOD_INFORMATION.BytesRead,
        in);
    host_check(
        status != NDIS_STATUS_INVALID_LENGTH || *needed > out, "%u bytes are too few for %u", out, *needed);
    return status;
}

/* ---- Status indications ---- */

static host_ndis_indication last_indication;
static ULONG indication_count;

ULONG host_ndis_indication_count(VOID)
{
    return indication_count;
}

const host_ndis_indication *host_ndis_last_indication(VOID)
{
    host_check(indication_count > 0, "there was no indication");
    return &last_indication;
}

/* "NdisMIndicateStatusEx function": at IRQL <= DISPATCH_LEVEL. The header is that of "NDIS_STATUS_INDICATION structure". */
VOID NTAPI NdisMIndicateStatusEx(NDIS_HANDLE MiniportAdapterHandle, PNDIS_STATUS_INDICATION StatusIndication)
{
    host_check(KeGetCurrentIrql() <= DISPATCH_LEVEL, "an indication at IRQL %u", KeGetCurrentIrql());
    const NDIS_OBJECT_HEADER *header = &StatusIndication->Header;
    host_check(
        header->Type == NDIS_OBJECT_TYPE_STATUS_INDICATION &&
            header->Revision == NDIS_STATUS_INDICATION_REVISION_1 &&
            header->Size == NDIS_SIZEOF_STATUS_INDICATION_REVISION_1,
        "a header of another structure");
    host_check(StatusIndication->SourceHandle == MiniportAdapterHandle, "another SourceHandle");
    ULONG size = StatusIndication->StatusBufferSize;
    host_check(size <= sizeof(last_indication.data), "an indication of %u bytes", size);
    host_check((size == 0) == (StatusIndication->StatusBuffer == NULL), "%u bytes of an indication", size);
    memset(&last_indication, 0, sizeof(last_indication));
    last_indication.adapter = MiniportAdapterHandle;
    last_indication.status = StatusIndication->StatusCode;
    last_indication.data_size = size;
    if (size > 0) {
        memcpy(last_indication.data, StatusIndication->StatusBuffer, size);
    }
    indication_count++;
}
