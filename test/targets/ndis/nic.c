/*
 * A paravirtual network adapter, like NetKVM: the functions of some classes of nic.mof, a MiniportOidRequest with OIDs of
 * its own, and OID requests for all of them.
 */
#include <ndis.h>

#include "../../c/host/host.h"

#include "nic_wmi.h"

#include <stdio.h>
#include <string.h>

/* ---- The driver ---- */

typedef struct adapter {
    NDIS_HANDLE handle;
    Nic_Logging logging;
    Nic_Statistics statistics;
    ULONG lengths[4];
    UNICODE_STRING owner;
    WCHAR owner_text[32];
    ULONG resets;
    /* The host's answer is pending: requests have to wait. */
    BOOLEAN busy;
} adapter;

static adapter *adapter_of(PNIC_WMI_INSTANCE instance)
{
    host_check(instance->InstanceIndex == 0, "instance %u", instance->InstanceIndex);
    return instance->DeviceContext;
}

NTSTATUS Nic_Logging_Create(PNIC_WMI_INSTANCE Instance)
{
    adapter_of(Instance)->logging.Level = 1;
    return STATUS_SUCCESS;
}

NTSTATUS Nic_Logging_Query(PNIC_WMI_INSTANCE Instance, Nic_Logging *Data)
{
    *Data = adapter_of(Instance)->logging;
    return STATUS_SUCCESS;
}

NTSTATUS Nic_Logging_Set(PNIC_WMI_INSTANCE Instance, const Nic_Logging *Data, const Nic_Logging_CHANGED *Changed)
{
    adapter *adapter = adapter_of(Instance);
    host_check(Changed->Level && Changed->ToDebugger, "NDIS sets whole blocks");
    if (adapter->busy) {
        return STATUS_PENDING;
    }
    if (Data->Level > 5) {
        return STATUS_INVALID_PARAMETER;
    }
    adapter->logging = *Data;
    return STATUS_SUCCESS;
}

NTSTATUS Nic_Statistics_Create(PNIC_WMI_INSTANCE Instance)
{
    (VOID)Instance;
    return STATUS_SUCCESS;
}

NTSTATUS Nic_Statistics_Query(PNIC_WMI_INSTANCE Instance, Nic_Statistics *Data)
{
    adapter *adapter = adapter_of(Instance);
    if (adapter->busy) {
        return STATUS_PENDING;
    }
    adapter->statistics.Sent++;
    *Data = adapter->statistics;
    return STATUS_SUCCESS;
}

NTSTATUS Nic_Queues_Create(PNIC_WMI_INSTANCE Instance)
{
    adapter *adapter = adapter_of(Instance);
    adapter->owner.Buffer = adapter->owner_text;
    adapter->owner.MaximumLength = sizeof(adapter->owner_text);
    return STATUS_SUCCESS;
}

/* A copy in the memory of the call: the lengths may change as soon as this returns. */
NTSTATUS Nic_Queues_Query(PNIC_WMI_INSTANCE Instance, Nic_Queues_VALUES *Data)
{
    adapter *adapter = adapter_of(Instance);
    ULONG *lengths = NicWmiAllocate(Instance, sizeof(adapter->lengths));
    if (lengths == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    memcpy(lengths, adapter->lengths, sizeof(adapter->lengths));
    Data->Count = 4;
    Data->Lengths = lengths;
    Data->Owner = adapter->owner;
    return STATUS_SUCCESS;
}

NTSTATUS Nic_Queues_Set(PNIC_WMI_INSTANCE Instance, const Nic_Queues_VALUES *Data, const Nic_Queues_CHANGED *Changed)
{
    adapter *adapter = adapter_of(Instance);
    if (Changed->Owner) {
        if (Data->Owner.Length > adapter->owner.MaximumLength) {
            return STATUS_INVALID_PARAMETER;
        }
        memcpy(adapter->owner_text, Data->Owner.Buffer, Data->Owner.Length);
        adapter->owner.Length = Data->Owner.Length;
    }
    return STATUS_SUCCESS;
}

NTSTATUS Nic_Operations_Create(PNIC_WMI_INSTANCE Instance)
{
    (VOID)Instance;
    return STATUS_SUCCESS;
}

NTSTATUS Nic_Operations_Reset(PNIC_WMI_INSTANCE Instance)
{
    adapter_of(Instance)->resets++;
    return STATUS_SUCCESS;
}

NTSTATUS Nic_Operations_Loopback(PNIC_WMI_INSTANCE Instance, ULONG Packets, ULONG *Returned)
{
    if (adapter_of(Instance)->busy) {
        return STATUS_PENDING;
    }
    *Returned = Packets - 1;
    return STATUS_SUCCESS;
}

#define OID_NIC_OWN 0xFF010101

static const NDIS_OID supported[] = {OID_NIC_OWN, NIC_WMI_OIDS};

static UCHAR memory[512];
static ULONG memory_size = sizeof(memory);

static NDIS_STATUS oid_request(PVOID context, PNDIS_OID_REQUEST request)
{
    NDIS_STATUS status = NicWmiOidRequest(context, memory_size, memory, request);
    if (status != NDIS_STATUS_NOT_SUPPORTED) {
        return status;
    }
    if (request->RequestType == NdisRequestQueryInformation &&
        request->DATA.QUERY_INFORMATION.Oid == OID_NIC_OWN &&
        request->DATA.QUERY_INFORMATION.InformationBufferLength >= sizeof(ULONG)) {
        memset(request->DATA.QUERY_INFORMATION.InformationBuffer, 0x11, sizeof(ULONG));
        request->DATA.QUERY_INFORMATION.BytesWritten = sizeof(ULONG);
        return NDIS_STATUS_SUCCESS;
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

/* ---- Requests of NDIS ---- */

#define EXPECT(left, right)                                                                              \
    do {                                                                                                 \
        ULONGLONG left_ = (ULONGLONG)(left);                                                             \
        ULONGLONG right_ = (ULONGLONG)(right);                                                           \
        host_check(left_ == right_, "line %d: 0x%llx where 0x%llx is right", __LINE__, left_, right_);  \
    } while (0)

static adapter nic = {.handle = &nic};
static UCHAR buffer[1024];
static ULONG moved;
static ULONG needed;

static NDIS_STATUS query(NDIS_OID oid, ULONG room)
{
    return host_ndis_query(oid_request, &nic, NdisRequestQueryInformation, oid, room, buffer, &moved, &needed);
}

static NDIS_STATUS set(NDIS_OID oid, const VOID *data, ULONG size)
{
    memcpy(buffer, data, size);
    return host_ndis_set(oid_request, &nic, oid, size, buffer, &moved, &needed);
}

static NDIS_STATUS method(NDIS_OID oid, ULONG id, ULONG in, ULONG out)
{
    return host_ndis_method(oid_request, &nic, oid, id, in, out, buffer, &moved, &needed);
}

static VOID expect_guid(const NDIS_GUID *guid, UCHAR last, ULONG code, ULONG size, ULONG flags)
{
    EXPECT(guid->Guid.Data4[7], last);
    EXPECT(guid->Oid, code);
    EXPECT(guid->Size, size);
    EXPECT(guid->Flags, flags);
}

static VOID guids_are_complete(VOID)
{
    NDIS_GUID guids[8];
    const ULONG block = fNDIS_GUID_TO_OID | fNDIS_GUID_ALLOW_READ;
    const ULONG event = fNDIS_GUID_TO_STATUS | fNDIS_GUID_ALLOW_READ;
    EXPECT(query(OID_GEN_SUPPORTED_GUIDS, 0), NDIS_STATUS_INVALID_LENGTH);
    EXPECT(needed, 7 * sizeof(NDIS_GUID));
    EXPECT(query(OID_GEN_SUPPORTED_GUIDS, needed - 1), NDIS_STATUS_INVALID_LENGTH);
    EXPECT(moved, 0);
    EXPECT(query(OID_GEN_SUPPORTED_GUIDS, sizeof(buffer)), NDIS_STATUS_SUCCESS);
    EXPECT(moved, 7 * sizeof(NDIS_GUID));
    memcpy(guids, buffer, moved);
    expect_guid(&guids[0], 1, NIC_LOGGING_OID, 5, block);
    expect_guid(&guids[1], 2, NIC_STATISTICS_OID, 20, block);
    expect_guid(&guids[2], 3, NIC_QUEUES_OID, MOFGEN_NDIS_VARIES, block);
    expect_guid(&guids[3], 4, NIC_OPERATIONS_OID, sizeof(ULONG), block | fNDIS_GUID_METHOD);
    expect_guid(&guids[4], 5, NIC_QUEUE_STOPPED_STATUS, MOFGEN_NDIS_VARIES, event);
    expect_guid(&guids[5], 6, NIC_LIMIT_CHANGED_STATUS, sizeof(ULONG), event);
    expect_guid(&guids[6], 7, NIC_LINK_BACK_STATUS, 0, event);
    /* For a miniport with GUIDs of its own, as many as fit. */
    memset(guids, 0xEE, sizeof(guids));
    EXPECT(NicWmiGuids(2, guids), 7);
    EXPECT(guids[1].Oid, NIC_STATISTICS_OID);
    EXPECT(guids[2].Oid, 0xEEEEEEEE);
    EXPECT(NicWmiGuids(8, NULL), 7);
    /* The list of OIDs, without those of events. */
    EXPECT(sizeof(supported) / sizeof(supported[0]), 6);
    EXPECT(supported[1], OID_GEN_SUPPORTED_GUIDS);
    EXPECT(supported[5], NIC_OPERATIONS_OID);
}

static VOID other_oids_are_the_drivers(VOID)
{
    EXPECT(query(OID_NIC_OWN, sizeof(ULONG)), NDIS_STATUS_SUCCESS);
    EXPECT(buffer[0], 0x11);
    EXPECT(query(NIC_OPERATIONS_OID + 1, 8), NDIS_STATUS_NOT_SUPPORTED);
    EXPECT(query(NIC_LIMIT_CHANGED_STATUS, 8), NDIS_STATUS_NOT_SUPPORTED);
    EXPECT(needed, 0xCDCDCDCD);
    EXPECT(set(OID_GEN_SUPPORTED_GUIDS, "", 1), NDIS_STATUS_NOT_SUPPORTED);
    EXPECT(
        host_ndis_query(oid_request, &nic, NdisRequestGeneric1, NIC_LOGGING_OID, 8, buffer, &moved, &needed),
        NDIS_STATUS_NOT_SUPPORTED);
}

static VOID fixed_blocks(VOID)
{
    static const UCHAR change[] = {3, 0, 0, 0, 7, 0xEE};
    static const UCHAR wrong[] = {9, 0, 0, 0, 1};
    EXPECT(query(NIC_LOGGING_OID, 4), NDIS_STATUS_INVALID_LENGTH);
    EXPECT(needed, 5);
    EXPECT(moved, 0);
    EXPECT(query(NIC_LOGGING_OID, 5), NDIS_STATUS_SUCCESS);
    EXPECT(moved, 5);
    EXPECT(buffer[0], 1);
    EXPECT(set(NIC_LOGGING_OID, change, 4), NDIS_STATUS_INVALID_LENGTH);
    EXPECT(needed, 5);
    EXPECT(moved, 0);
    EXPECT(nic.logging.Level, 1);
    EXPECT(set(NIC_LOGGING_OID, change, 6), NDIS_STATUS_SUCCESS);
    EXPECT(moved, 6);
    EXPECT(nic.logging.Level, 3);
    EXPECT(nic.logging.ToDebugger, TRUE);
    EXPECT(set(NIC_LOGGING_OID, wrong, 5), STATUS_INVALID_PARAMETER);
    EXPECT(nic.logging.Level, 3);
    /* Read-only, or without data. */
    EXPECT(set(NIC_STATISTICS_OID, change, 5), NDIS_STATUS_NOT_SUPPORTED);
    EXPECT(set(NIC_OPERATIONS_OID, change, 5), NDIS_STATUS_NOT_SUPPORTED);
    EXPECT(query(NIC_OPERATIONS_OID, 4), NDIS_STATUS_SUCCESS);
    EXPECT(moved, 4);
}

static VOID blocks_that_vary(VOID)
{
    /* Count, four lengths, a string of two characters. */
    static const UCHAR change[] = {4, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 'm', 0, 'e', 0};
    EXPECT(query(NIC_QUEUES_OID, 0), NDIS_STATUS_INVALID_LENGTH);
    EXPECT(needed, 22);
    EXPECT(set(NIC_QUEUES_OID, change, 5), NDIS_STATUS_INVALID_LENGTH);
    EXPECT(needed, 6);
    EXPECT(set(NIC_QUEUES_OID, change, sizeof(change) - 1), NDIS_STATUS_INVALID_DATA);
    EXPECT(needed, 0);
    EXPECT(nic.owner.Length, 0);
    EXPECT(set(NIC_QUEUES_OID, change, sizeof(change)), NDIS_STATUS_SUCCESS);
    EXPECT(nic.owner.Length, 4);
    EXPECT(query(NIC_QUEUES_OID, 26), NDIS_STATUS_SUCCESS);
    EXPECT(moved, 26);
    EXPECT(buffer[20], 4);
    memory_size = 8;
    EXPECT(query(NIC_QUEUES_OID, 26), NDIS_STATUS_RESOURCES);
    EXPECT(moved, 0);
    EXPECT(needed, 0);
    memory_size = sizeof(memory);
}

static VOID methods(VOID)
{
    static const UCHAR packets[] = {9, 0, 0, 0};
    memcpy(buffer, packets, sizeof(packets));
    EXPECT(method(NIC_OPERATIONS_OID, 2, 4, 3), NDIS_STATUS_INVALID_LENGTH);
    EXPECT(needed, 4);
    memcpy(buffer, packets, sizeof(packets));
    EXPECT(method(NIC_OPERATIONS_OID, 2, 3, 4), NDIS_STATUS_INVALID_DATA);
    EXPECT(needed, 0);
    memcpy(buffer, packets, sizeof(packets));
    EXPECT(method(NIC_OPERATIONS_OID, 2, 4, 4), NDIS_STATUS_SUCCESS);
    EXPECT(moved, 4);
    EXPECT(buffer[0], 8);
    EXPECT(method(NIC_OPERATIONS_OID, 1, 0, 0), NDIS_STATUS_SUCCESS);
    EXPECT(nic.resets, 1);
    EXPECT(method(NIC_OPERATIONS_OID, 3, 0, 0), NDIS_STATUS_NOT_SUPPORTED);
    EXPECT(method(NIC_LOGGING_OID, 1, 0, 0), NDIS_STATUS_NOT_SUPPORTED);
}

static VOID requests_wait(VOID)
{
    static const UCHAR change[] = {4, 0, 0, 0, 0};
    ULONGLONG sent = nic.statistics.Sent;
    nic.busy = TRUE;
    EXPECT(query(NIC_STATISTICS_OID, 20), NDIS_STATUS_PENDING);
    EXPECT(set(NIC_LOGGING_OID, change, 5), NDIS_STATUS_PENDING);
    EXPECT(method(NIC_OPERATIONS_OID, 2, 4, 4), NDIS_STATUS_PENDING);
    EXPECT(nic.logging.Level, 3);
    nic.busy = FALSE;
    EXPECT(query(NIC_STATISTICS_OID, 20), NDIS_STATUS_SUCCESS);
    EXPECT(nic.statistics.Sent, sent + 1);
    EXPECT(set(NIC_LOGGING_OID, change, 5), NDIS_STATUS_SUCCESS);
    EXPECT(nic.logging.Level, 4);
}

static VOID events(VOID)
{
    static WCHAR reason[] = L"full";
    const Nic_LimitChanged limit = {77};
    Nic_QueueStopped_VALUES stopped = {0};
    const host_ndis_indication *sent;
    host_set_irql(DISPATCH_LEVEL);
    EXPECT(Nic_LimitChanged_Fire(nic.handle, &limit), STATUS_SUCCESS);
    sent = host_ndis_last_indication();
    EXPECT((ULONG)sent->status, NIC_LIMIT_CHANGED_STATUS);
    EXPECT(sent->adapter == nic.handle, TRUE);
    EXPECT(sent->data_size, 4);
    EXPECT(sent->data[0], 77);
    EXPECT(Nic_LinkBack_Fire(nic.handle), STATUS_SUCCESS);
    EXPECT((ULONG)host_ndis_last_indication()->status, NIC_LINK_BACK_STATUS);
    EXPECT(host_ndis_last_indication()->data_size, 0);
    stopped.Queue = 2;
    RtlInitUnicodeString(&stopped.Reason, reason);
    EXPECT(Nic_QueueStopped_Fire(nic.handle, &stopped, 13, buffer), STATUS_BUFFER_TOO_SMALL);
    EXPECT(host_ndis_indication_count(), 2);
    EXPECT(Nic_QueueStopped_Fire(nic.handle, &stopped, 14, buffer), STATUS_SUCCESS);
    EXPECT(host_ndis_indication_count(), 3);
    EXPECT(host_ndis_last_indication()->data_size, 14);
    EXPECT(host_ndis_last_indication()->data[4], 8);
    host_set_irql(PASSIVE_LEVEL);
}

int main(VOID)
{
    EXPECT(NicWmiInitialize(&nic), STATUS_SUCCESS);
    guids_are_complete();
    other_oids_are_the_drivers();
    fixed_blocks();
    blocks_that_vary();
    methods();
    requests_wait();
    events();
    host_check(host_allocation_count() == 0, "a miniport has allocated pool");
    printf("nic: all fine\n");
    return 0;
}
