/* Blocks as custom OIDs: which request calls which function, what is stored in the request, and how an event is indicated. */
#include "mofgen_wmi_ndis.h"
#include "tests.h"

static struct {
    NTSTATUS status;
    ULONG size; /* of an answer */
    ULONG calls;
    ULONG id;
    ULONG index;
    ULONG in_size;
    PVOID device;
    BOOLEAN has_memory;
} script;

static UCHAR device;
static ULONGLONG working[4];
static UCHAR bytes[64];
static ULONG moved;
static ULONG needed;

static NTSTATUS called(const MOFGEN_BLOCK_INSTANCE *instance, const MOFGEN_REQUEST *request)
{
    MOFGEN_MEMORY memory = *instance->Memory;
    script.calls++;
    script.device = instance->DeviceContext;
    script.index = instance->InstanceIndex;
    script.in_size = request->InSize;
    script.has_memory = MofgenMemoryAllocate(&memory, sizeof(working)) != NULL;
    return script.status;
}

static NTSTATUS query(MOFGEN_BLOCK_INSTANCE *Instance, MOFGEN_REQUEST *Request)
{
    UCHAR answer[64] = {0x55};
    NTSTATUS status = called(Instance, Request);
    return NT_SUCCESS(status) ? MofgenRequestAnswer(Request, answer, script.size) : status;
}

static NTSTATUS set_instance(MOFGEN_BLOCK_INSTANCE *Instance, MOFGEN_REQUEST *Request)
{
    return called(Instance, Request);
}

static NTSTATUS execute(MOFGEN_BLOCK_INSTANCE *Instance, ULONG Id, MOFGEN_REQUEST *Request)
{
    script.id = Id;
    return query(Instance, Request);
}

enum { FULL, READ_ONLY, EVENT };

#define FULL_OID 0xFF010201
#define READ_ONLY_OID 0xFF010202
/* An event whose status is not the number of an OID, and one with that of a block. */
#define EVENT_STATUS 0x60010000

static const MOFGEN_BLOCK rows[] = {
    [FULL] = {.Guid = {1, 2, 3, {4}}, .Query = query, .SetInstance = set_instance, .Execute = execute},
    [READ_ONLY] = {.Guid = {2, 2, 3, {4}}, .Query = query},
    [EVENT] = {.Guid = {3, 2, 3, {4}}, .Flags = MOFGEN_WMI_EVENT},
};

static const MOFGEN_BLOCKS blocks = {rows, RTL_NUMBER_OF(rows), NULL};

static const MOFGEN_NDIS_CODE codes[] = {
    [FULL] = {FULL_OID, fNDIS_GUID_TO_OID | fNDIS_GUID_ALLOW_READ | fNDIS_GUID_ALLOW_WRITE, 8, 8},
    [READ_ONLY] = {READ_ONLY_OID, fNDIS_GUID_TO_OID | fNDIS_GUID_ALLOW_READ, MOFGEN_NDIS_VARIES, 0},
    [EVENT] = {EVENT_STATUS, fNDIS_GUID_TO_STATUS, 4, 0},
};

static const MOFGEN_NDIS ndis = {&blocks, codes};

static NDIS_STATUS handle(PVOID context, PNDIS_OID_REQUEST request)
{
    return MofgenNdisRequest(&ndis, context, sizeof(working), working, request);
}

static VOID reset(VOID)
{
    memset(&script, 0, sizeof(script));
    memset(bytes, 0xEE, sizeof(bytes));
    script.size = 8;
}

static NDIS_STATUS send_request(NDIS_REQUEST_TYPE type, NDIS_OID oid, ULONG room)
{
    return host_ndis_query(handle, &device, type, oid, room, bytes, &moved, &needed);
}

static NDIS_STATUS set(NDIS_OID oid, ULONG size)
{
    return host_ndis_set(handle, &device, oid, size, bytes, &moved, &needed);
}

static NDIS_STATUS method(NDIS_OID oid, ULONG in, ULONG out)
{
    return host_ndis_method(handle, &device, oid, 7, in, out, bytes, &moved, &needed);
}

TEST(guids)
{
    NDIS_GUID guids[4];
    reset();
    memset(guids, 0xEE, sizeof(guids));
    EXPECT_NUMBER(MofgenNdisGuids(&ndis, 0, guids), 3);
    EXPECT_NUMBER(guids[0].Oid, 0xEEEEEEEE);
    EXPECT_NUMBER(MofgenNdisGuids(&ndis, 4, NULL), 3);
    EXPECT_NUMBER(MofgenNdisGuids(&ndis, 4, guids), 3);
    EXPECT_NUMBER(guids[FULL].Guid.Data1, 1);
    EXPECT_NUMBER(guids[FULL].Oid, FULL_OID);
    EXPECT_NUMBER(guids[FULL].Size, 8);
    EXPECT_NUMBER(guids[READ_ONLY].Size, MOFGEN_NDIS_VARIES);
    EXPECT_NUMBER(guids[READ_ONLY].Flags, fNDIS_GUID_TO_OID | fNDIS_GUID_ALLOW_READ);
    EXPECT_NUMBER((ULONG)guids[EVENT].Status, EVENT_STATUS);
    EXPECT_NUMBER(guids[EVENT].Flags, fNDIS_GUID_TO_STATUS);
    EXPECT_NUMBER(guids[3].Oid, 0xEEEEEEEE);
}

TEST(query_of_guids)
{
    NDIS_GUID guids[4];
    ULONG size = 3 * sizeof(NDIS_GUID);
    memset(guids, 0xEE, sizeof(guids));
    for (ULONG room = 0; room < size; room += size - 1) {
        EXPECT_NUMBER(
            host_ndis_query(
                handle, &device, NdisRequestQueryInformation, OID_GEN_SUPPORTED_GUIDS, room, (PUCHAR)guids,
                &moved, &needed),
            NDIS_STATUS_INVALID_LENGTH);
        EXPECT_NUMBER(moved, 0);
        EXPECT_NUMBER(needed, size);
        EXPECT_NUMBER(guids[0].Oid, 0xEEEEEEEE);
    }
    for (ULONG room = size; room <= sizeof(guids); room += sizeof(NDIS_GUID)) {
        EXPECT_NUMBER(
            host_ndis_query(
                handle, &device, NdisRequestQueryStatistics, OID_GEN_SUPPORTED_GUIDS, room, (PUCHAR)guids,
                &moved, &needed),
            NDIS_STATUS_SUCCESS);
        EXPECT_NUMBER(moved, size);
        EXPECT_NUMBER(guids[READ_ONLY].Oid, READ_ONLY_OID);
    }
}

TEST(query_of_a_block)
{
    for (ULONG type = 0; type < 2; type++) {
        NDIS_REQUEST_TYPE which = type == 0 ? NdisRequestQueryInformation : NdisRequestQueryStatistics;
        reset();
        EXPECT_NUMBER(send_request(which, FULL_OID, 7), NDIS_STATUS_INVALID_LENGTH);
        EXPECT_NUMBER(needed, 8);
        EXPECT_NUMBER(moved, 0);
        EXPECT_NUMBER(send_request(which, FULL_OID, 8), NDIS_STATUS_SUCCESS);
        EXPECT_NUMBER(moved, 8);
        EXPECT_NUMBER(needed, 0);
        EXPECT_NUMBER(bytes[0], 0x55);
        EXPECT(script.device == &device);
        EXPECT(script.has_memory);
        EXPECT_NUMBER(script.index, 0);
        script.status = STATUS_DEVICE_NOT_READY;
        EXPECT_NUMBER(send_request(which, READ_ONLY_OID, 8), STATUS_DEVICE_NOT_READY);
        EXPECT_NUMBER(moved, 0);
        EXPECT_NUMBER(needed, 0);
        EXPECT_NUMBER(script.calls, 3);
    }
}

TEST(set_of_a_block)
{
    reset();
    EXPECT_NUMBER(set(FULL_OID, 7), NDIS_STATUS_INVALID_LENGTH);
    EXPECT_NUMBER(needed, 8);
    EXPECT_NUMBER(moved, 0);
    EXPECT_NUMBER(script.calls, 0);
    EXPECT_NUMBER(set(FULL_OID, 8), NDIS_STATUS_SUCCESS);
    EXPECT_NUMBER(moved, 8);
    EXPECT_NUMBER(needed, 0);
    EXPECT_NUMBER(script.in_size, 8);
    script.status = STATUS_WMI_SET_FAILURE;
    EXPECT_NUMBER(set(FULL_OID, 9), NDIS_STATUS_INVALID_DATA);
    EXPECT_NUMBER(moved, 0);
    EXPECT_NUMBER(needed, 0);
    EXPECT_NUMBER(set(READ_ONLY_OID, 8), NDIS_STATUS_NOT_SUPPORTED);
    EXPECT_NUMBER(moved, 0);
    EXPECT_NUMBER(script.calls, 2);
}

TEST(method_of_a_block)
{
    reset();
    EXPECT_NUMBER(method(FULL_OID, 3, 7), NDIS_STATUS_INVALID_LENGTH);
    EXPECT_NUMBER(needed, 8);
    EXPECT_NUMBER(moved, 0);
    EXPECT_NUMBER(method(FULL_OID, 3, 8), NDIS_STATUS_SUCCESS);
    EXPECT_NUMBER(moved, 8);
    EXPECT_NUMBER(needed, 0);
    EXPECT_NUMBER(script.id, 7);
    EXPECT_NUMBER(script.in_size, 3);
    script.status = STATUS_INVALID_PARAMETER_MIX;
    EXPECT_NUMBER(method(FULL_OID, 0, 8), NDIS_STATUS_INVALID_DATA);
    EXPECT_NUMBER(moved, 0);
    EXPECT_NUMBER(method(READ_ONLY_OID, 0, 8), NDIS_STATUS_NOT_SUPPORTED);
}

TEST(bytes_that_a_method_reads)
{
    NDIS_OID_REQUEST request;
    reset();
    memset(&request, 0, sizeof(request));
    request.RequestType = NdisRequestMethod;
    request.DATA.METHOD_INFORMATION.Oid = FULL_OID;
    request.DATA.METHOD_INFORMATION.InformationBuffer = bytes;
    request.DATA.METHOD_INFORMATION.InputBufferLength = 5;
    request.DATA.METHOD_INFORMATION.OutputBufferLength = 8;
    EXPECT_NUMBER(handle(&device, &request), NDIS_STATUS_SUCCESS);
    EXPECT_NUMBER(request.DATA.METHOD_INFORMATION.BytesRead, 5);
    script.status = STATUS_UNSUCCESSFUL;
    EXPECT_NUMBER(handle(&device, &request), NDIS_STATUS_FAILURE);
    EXPECT_NUMBER(request.DATA.METHOD_INFORMATION.BytesRead, 0);
}

TEST(other_requests)
{
    reset();
    EXPECT_NUMBER(send_request(NdisRequestQueryInformation, FULL_OID - 1, 8), NDIS_STATUS_NOT_SUPPORTED);
    EXPECT_NUMBER(moved, 0xCDCDCDCD);
    EXPECT_NUMBER(send_request(NdisRequestQueryInformation, EVENT_STATUS, 8), NDIS_STATUS_NOT_SUPPORTED);
    EXPECT_NUMBER(send_request(NdisRequestOpen, FULL_OID, 8), NDIS_STATUS_NOT_SUPPORTED);
    EXPECT_NUMBER(send_request(NdisRequestOpen, OID_GEN_SUPPORTED_GUIDS, sizeof(bytes)), NDIS_STATUS_NOT_SUPPORTED);
    EXPECT_NUMBER(set(OID_GEN_SUPPORTED_GUIDS, 8), NDIS_STATUS_NOT_SUPPORTED);
    EXPECT_NUMBER(script.calls, 0);
}

TEST(statuses)
{
    static const struct {
        NTSTATUS status;
        NDIS_STATUS want;
    } all[] = {
        {STATUS_SUCCESS, NDIS_STATUS_SUCCESS},
        {STATUS_PENDING, NDIS_STATUS_SUCCESS}, /* a success; the core has made STATUS_RETRY of a driver's */
        {STATUS_RETRY, NDIS_STATUS_PENDING},
        {STATUS_BUFFER_TOO_SMALL, NDIS_STATUS_INVALID_LENGTH},
        {STATUS_WMI_SET_FAILURE, NDIS_STATUS_INVALID_DATA},
        {STATUS_INVALID_PARAMETER_MIX, NDIS_STATUS_INVALID_DATA},
        {STATUS_WMI_GUID_NOT_FOUND, NDIS_STATUS_NOT_SUPPORTED},
        {STATUS_WMI_INSTANCE_NOT_FOUND, NDIS_STATUS_NOT_SUPPORTED},
        {STATUS_WMI_ITEMID_NOT_FOUND, NDIS_STATUS_NOT_SUPPORTED},
        {STATUS_WMI_READ_ONLY, NDIS_STATUS_NOT_SUPPORTED},
        {STATUS_INVALID_DEVICE_REQUEST, NDIS_STATUS_NOT_SUPPORTED},
        {STATUS_INSUFFICIENT_RESOURCES, NDIS_STATUS_RESOURCES},
        {STATUS_ACCESS_DENIED, STATUS_ACCESS_DENIED},
    };
    for (ULONG i = 0; i < RTL_NUMBER_OF(all); i++) {
        EXPECT_NUMBER((ULONG)MofgenNdisStatus(all[i].status), (ULONG)all[i].want);
    }
}

static VOID write_event(MOFGEN_WRITER *Writer, const VOID *Data)
{
    MofgenWrite(Writer, 4, Data, 4);
}

TEST(indications)
{
    const ULONG data = 0x01020304;
    ULONG before = host_ndis_indication_count();
    ULONG room = 0;
    reset();
    EXPECT_STATUS(
        MofgenNdisIndicate(&ndis, &device, EVENT, write_event, &data, 3, bytes), STATUS_BUFFER_TOO_SMALL);
    EXPECT_NUMBER(host_ndis_indication_count(), before);
    EXPECT_STATUS(MofgenNdisIndicate(&ndis, &device, EVENT, write_event, &data, 4, bytes), STATUS_SUCCESS);
    EXPECT_NUMBER(host_ndis_indication_count(), before + 1);
    EXPECT(host_ndis_last_indication()->adapter == &device);
    EXPECT_NUMBER((ULONG)host_ndis_last_indication()->status, EVENT_STATUS);
    EXPECT_NUMBER(host_ndis_last_indication()->data_size, 4);
    EXPECT_BYTES(host_ndis_last_indication()->data, 4, 3, 2, 1);
    EXPECT_STATUS(MofgenNdisIndicate(&ndis, &device, EVENT, NULL, NULL, room, bytes), STATUS_SUCCESS);
    EXPECT_NUMBER(host_ndis_last_indication()->data_size, 0);
}
