/*
 * A miniport like that of a virtual SCSI adapter: the functions of some classes of hba.mof, HwStartIo for SRBs with
 * SRB_FUNCTION_WMI, and a port driver that sends them at HBA_IRQL: DISPATCH_LEVEL, as full-duplex Storport does, unless it is defined.
 */
#include <ntddk.h>
#include <wmistr.h>

#include <scsiwmi.h>

#include "../../c/host/host.h"
#include "hba_wmi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static VOID expect(NTSTATUS status, NTSTATUS want, int line)
{
    host_check(
        status == want, "line %d: %s where %s is right", line, host_status_name(status), host_status_name(want));
}

#ifndef HBA_IRQL
#define HBA_IRQL DISPATCH_LEVEL
#endif

#define EXPECT(status, want) expect((status), (want), __LINE__)

/* ---- The miniport ---- */

#define PORTS 3

typedef struct port {
    Hba_Statistics statistics;
    Hba_Labels_VALUES *labels;
    ULONGLONG store[64];
    ULONG resets;
} port;

typedef struct hba {
    port ports[PORTS];
    /* The number of calls that return pending. */
    ULONG pending;
    ULONG collections;
    ULONG rescans;
    ULONG reads;
    /* The creation of that instance fails. */
    ULONG broken;
    /* Last, so that a sanitizer reports a GuidIndex that is too large. */
    HBA_WMI wmi;
} hba;

static hba *hba_of(PHBA_WMI_INSTANCE instance)
{
    return instance->DeviceContext;
}

static port *port_of(PHBA_WMI_INSTANCE instance)
{
    host_check(instance->InstanceIndex < PORTS, "instance %u", instance->InstanceIndex);
    return &hba_of(instance)->ports[instance->InstanceIndex];
}

/* Whether the hardware has no answer yet. */
static BOOLEAN waits(hba *hba)
{
    host_check(KeGetCurrentIrql() == HBA_IRQL, "a function at IRQL %u", KeGetCurrentIrql());
    if (hba->pending == 0) {
        return FALSE;
    }
    hba->pending--;
    return TRUE;
}

NTSTATUS Hba_Statistics_Create(PHBA_WMI_INSTANCE Instance)
{
    if (Instance->InstanceIndex == hba_of(Instance)->broken) {
        return STATUS_NOT_FOUND;
    }
    memset(&port_of(Instance)->statistics, 0, sizeof(port_of(Instance)->statistics));
    port_of(Instance)->statistics.Commands = 100 + Instance->InstanceIndex;
    return STATUS_SUCCESS;
}

NTSTATUS Hba_Statistics_Query(PHBA_WMI_INSTANCE Instance, Hba_Statistics *Data)
{
    if (waits(hba_of(Instance))) {
        memset(Data, 0xA5, sizeof(*Data));
        return STATUS_PENDING;
    }
    *Data = port_of(Instance)->statistics;
    return STATUS_SUCCESS;
}

NTSTATUS Hba_Statistics_Set(
    PHBA_WMI_INSTANCE Instance,
    const Hba_Statistics *Data,
    const Hba_Statistics_CHANGED *Changed)
{
    Hba_Statistics *own = &port_of(Instance)->statistics;
    if (waits(hba_of(Instance))) {
        return STATUS_PENDING;
    }
    own->Interval = Changed->Interval ? Data->Interval : own->Interval;
    own->Resets = Changed->Resets ? Data->Resets : own->Resets;
    return STATUS_SUCCESS;
}

NTSTATUS Hba_Statistics_Collect(PVOID Device, BOOLEAN Enable)
{
    ((hba *)Device)->collections += Enable ? 1 : 0x100;
    return STATUS_SUCCESS;
}

NTSTATUS Hba_Labels_Create(PHBA_WMI_INSTANCE Instance)
{
    port *own = port_of(Instance);
    own->labels = NULL;
    return Hba_Labels_UpdateStored(own->store, sizeof(own->store), &own->labels, NULL, NULL);
}

NTSTATUS Hba_Labels_Query(PHBA_WMI_INSTANCE Instance, Hba_Labels_VALUES *Data)
{
    if (waits(hba_of(Instance))) {
        return STATUS_PENDING;
    }
    *Data = *port_of(Instance)->labels;
    return STATUS_SUCCESS;
}

NTSTATUS Hba_Labels_Set(
    PHBA_WMI_INSTANCE Instance,
    const Hba_Labels_VALUES *Data,
    const Hba_Labels_CHANGED *Changed)
{
    port *own = port_of(Instance);
    if (waits(hba_of(Instance))) {
        return STATUS_PENDING;
    }
    return Hba_Labels_UpdateStored(own->store, sizeof(own->store), &own->labels, Data, Changed);
}

NTSTATUS Hba_Operations_Create(PHBA_WMI_INSTANCE Instance)
{
    (VOID)Instance;
    return STATUS_SUCCESS;
}

NTSTATUS Hba_Operations_ResetPort(PHBA_WMI_INSTANCE Instance, ULONG Port, ULONG *Delay, ULONG *Outcome)
{
    hba *hba = hba_of(Instance);
    if (Port >= PORTS) {
        return STATUS_INVALID_PARAMETER;
    }
    if (waits(hba)) {
        *Delay = 0xDEAD;
        *Outcome = 0xDEAD;
        return STATUS_PENDING;
    }
    hba->ports[Port].resets++;
    *Outcome = *Delay + Port;
    *Delay = 2 * *Delay;
    return STATUS_SUCCESS;
}

NTSTATUS Hba_Operations_Rescan(PHBA_WMI_INSTANCE Instance)
{
    hba_of(Instance)->rescans++;
    return STATUS_SUCCESS;
}

NTSTATUS Hba_Operations_ReadLog_Prepare(PHBA_WMI_INSTANCE Instance, ULONG Lines, UNICODE_STRING *Text)
{
    static WCHAR text[] = L"all is well";
    if (waits(hba_of(Instance))) {
        return STATUS_PENDING;
    }
    Text->Buffer = text;
    Text->Length = (USHORT)(Lines > 5 ? 22 : 2 * Lines);
    return STATUS_SUCCESS;
}

static NTSTATUS commit_status;

NTSTATUS Hba_Operations_ReadLog_Commit(PHBA_WMI_INSTANCE Instance, ULONG Lines, const UNICODE_STRING *Text)
{
    host_check(Text->Length == (Lines > 5 ? 22 : 2 * Lines), "not what was prepared");
    hba_of(Instance)->reads++;
    return commit_status;
}

/* ---- HwStartIo of a Storport miniport ---- */

static hba *adapter;

/* The SRB extension. */
typedef struct srb_extension {
    HBA_WMI_REQUEST request;
} srb_extension;

static VOID complete(PSCSI_WMI_REQUEST_BLOCK Srb)
{
    srb_extension *extension = Srb->SrbExtension;
    Srb->DataTransferLength = ScsiPortWmiGetReturnSize(&extension->request.Context);
    Srb->SrbStatus = ScsiPortWmiGetReturnStatus(&extension->request.Context);
}

/* TRUE when the SRB is complete. */
static BOOLEAN start_io(PSCSI_WMI_REQUEST_BLOCK Srb)
{
    srb_extension *extension = Srb->SrbExtension;
    if (Srb->Function != SRB_FUNCTION_WMI || (Srb->WMIFlags & SRB_WMI_FLAGS_ADAPTER_REQUEST) == 0) {
        Srb->DataTransferLength = 0;
        Srb->SrbStatus = SRB_STATUS_INVALID_REQUEST;
        return TRUE;
    }
    extension->request.Context.UserContext = Srb;
    if (!HbaWmiDispatch(
            &adapter->wmi,
            &extension->request,
            Srb->WMISubFunction,
            Srb->DataPath,
            Srb->DataTransferLength,
            Srb->DataBuffer)) {
        return FALSE;
    }
    host_check(extension->request.Context.UserContext == Srb, "the UserContext is another one");
    complete(Srb);
    return TRUE;
}

/* Later, from a timer or an interrupt. */
static BOOLEAN go_on(PSCSI_WMI_REQUEST_BLOCK Srb)
{
    srb_extension *extension = Srb->SrbExtension;
    if (!HbaWmiResume(&extension->request)) {
        return FALSE;
    }
    complete(Srb);
    return TRUE;
}

/* ---- The port driver ---- */

static SCSI_WMI_REQUEST_BLOCK srb;
static srb_extension extension;

typedef struct answer {
    UCHAR status;
    ULONG used;
    UCHAR data[512];
} answer;

static BOOLEAN send(UCHAR minor, const GUID *guid, PVOID buffer, ULONG size)
{
    BOOLEAN complete;
    memset(&srb, 0, sizeof(srb));
    memset(&extension, 0xA5, sizeof(extension));
    srb.Function = SRB_FUNCTION_WMI;
    srb.WMISubFunction = minor;
    srb.WMIFlags = SRB_WMI_FLAGS_ADAPTER_REQUEST;
    srb.DataPath = (PVOID)(ULONG_PTR)guid;
    srb.DataBuffer = buffer;
    srb.DataTransferLength = size;
    srb.SrbExtension = &extension;
    host_set_irql(HBA_IRQL);
    complete = start_io(&srb);
    host_set_irql(PASSIVE_LEVEL);
    return complete;
}

static BOOLEAN resume(VOID)
{
    host_set_irql(HBA_IRQL);
    BOOLEAN complete = go_on(&srb);
    host_set_irql(PASSIVE_LEVEL);
    return complete;
}

#define DATA_AT_INSTANCE 64
#define DATA_AT_ITEM 72

/* A request for one instance. It is pending `waits` times; other requests may come meanwhile. */
static answer request(
    UCHAR minor,
    const GUID *guid,
    ULONG instance,
    ULONG id,
    const VOID *data,
    ULONG size,
    ULONG room,
    ULONG waits)
{
    answer answer = {0, 0, {0}};
    ULONG whole;
    UCHAR *node = host_build_wnode(minor, guid, instance, id, data, size, room, &whole);
    ULONG at = minor == IRP_MN_CHANGE_SINGLE_ITEM || minor == IRP_MN_EXECUTE_METHOD ? DATA_AT_ITEM : DATA_AT_INSTANCE;
    adapter->pending = waits;
    BOOLEAN complete = send(minor, guid, node, whole);
    for (ULONG i = 0; i < waits; i++) {
        host_check(!complete, "call %u is not pending", i);
        host_check(host_scsiwmi_open_requests() == 1, "%u open requests", host_scsiwmi_open_requests());
        complete = resume();
    }
    host_check(complete, "the request is pending");
    host_check(host_scsiwmi_open_requests() == 0, "%u open requests", host_scsiwmi_open_requests());
    answer.status = srb.SrbStatus;
    answer.used = srb.DataTransferLength;
    host_check(whole - at <= sizeof(answer.data), "an answer of %u bytes", whole - at);
    memcpy(answer.data, node + at, whole - at);
    free(node);
    return answer;
}

static VOID expect_answer(answer answer, UCHAR status, ULONG used, int line)
{
    host_check(
        answer.status == status && answer.used == used,
        "line %d: status 0x%02x with %u bytes where 0x%02x with %u is right",
        line,
        answer.status,
        answer.used,
        status,
        used);
}

#define EXPECT_ANSWER(answer, status, used) expect_answer((answer), (status), (used), __LINE__)

static const GUID statistics_guid = Hba_StatisticsGuid;
static const GUID labels_guid = Hba_LabelsGuid;
static const GUID operations_guid = Hba_OperationsGuid;
static const GUID link_guid = Hba_LinkGuid;
static const GUID note_guid = Hba_NoteGuid;
static const GUID ping_guid = Hba_PingGuid;

enum { STATISTICS, LABELS, OPERATIONS, LINK, NOTE, PING, BLOCKS };

#define QUERY IRP_MN_QUERY_SINGLE_INSTANCE
#define CHANGE IRP_MN_CHANGE_SINGLE_INSTANCE
#define CHANGE_ITEM IRP_MN_CHANGE_SINGLE_ITEM
#define EXECUTE IRP_MN_EXECUTE_METHOD

/* ---- Registration ---- */

static VOID check_registration(VOID)
{
    static const GUID *const guids[] = {
        &statistics_guid, &labels_guid, &operations_guid, &link_guid, &note_guid, &ping_guid};
    const SCSI_WMILIB_CONTEXT *library = &adapter->wmi.Core.Library;
    UCHAR buffer[64] = {0};
    host_check(library->GuidCount == BLOCKS, "%u GUIDs", library->GuidCount);
    for (ULONG i = 0; i < BLOCKS; i++) {
        ULONG flags = i == STATISTICS ? WMIREG_FLAG_EXPENSIVE : i >= LINK ? WMIREG_FLAG_EVENT_ONLY_GUID : 0;
        host_check(IsEqualGUID(library->GuidList[i].Guid, guids[i]), "another GUID at %u", i);
        host_check(library->GuidList[i].InstanceCount == 1, "%u instances", library->GuidList[i].InstanceCount);
        host_check(library->GuidList[i].Flags == flags, "flags 0x%x", library->GuidList[i].Flags);
    }
    for (UCHAR minor = IRP_MN_REGINFO; minor <= IRP_MN_REGINFO_EX; minor += IRP_MN_REGINFO_EX - IRP_MN_REGINFO) {
        host_check(send(minor, NULL, buffer, sizeof(buffer)), "a registration is pending");
        host_check(srb.SrbStatus == SRB_STATUS_SUCCESS, "status 0x%02x", srb.SrbStatus);
        host_check(host_scsiwmi_resource() == NULL, "someone else's MOF is shipped again");
    }
}

static VOID check_instances(VOID)
{
    const SCSIWMIGUIDREGINFO *guid = &adapter->wmi.Core.Library.GuidList[STATISTICS];
    adapter->broken = 2;
    EXPECT(Hba_Statistics_SetInstanceCount(&adapter->wmi, 3), STATUS_NOT_FOUND);
    host_check(guid->InstanceCount == 2, "%u instances", guid->InstanceCount);
    host_check(adapter->ports[1].statistics.Commands == 101, "the second instance is not initialized");
    adapter->broken = PORTS;
    adapter->ports[1].statistics.Commands = 5;
    EXPECT(Hba_Statistics_SetInstanceCount(&adapter->wmi, 3), STATUS_SUCCESS);
    host_check(guid->InstanceCount == 3, "%u instances", guid->InstanceCount);
    host_check(adapter->ports[1].statistics.Commands == 5, "an instance is initialized again");
    EXPECT(Hba_Statistics_SetInstanceCount(&adapter->wmi, 1), STATUS_SUCCESS);
    host_check(guid->InstanceCount == 1, "%u instances", guid->InstanceCount);
    EXPECT(Hba_Statistics_SetInstanceCount(&adapter->wmi, PORTS), STATUS_SUCCESS);
    host_check(adapter->ports[1].statistics.Commands == 101, "a new instance is not initialized");
    EXPECT(Hba_Labels_SetInstanceCount(&adapter->wmi, PORTS), STATUS_SUCCESS);
    EXPECT(Hba_Link_SetInstanceCount(&adapter->wmi, PORTS), STATUS_SUCCESS);
}

/* ---- Requests ---- */

static VOID check_queries(ULONG waits)
{
    Hba_Statistics seen;
    ULONG lengths[PORTS];
    UCHAR buffer[PORTS * sizeof(seen)];
    PSCSI_WMILIB_CONTEXT library = &adapter->wmi.Core.Library;
    HBA_WMI_REQUEST own;
    for (ULONG room = 0; room < Hba_Statistics_SIZE; room++) {
        EXPECT_ANSWER(
            request(QUERY, &statistics_guid, 1, 0, NULL, 0, room, 0), SRB_STATUS_DATA_OVERRUN, Hba_Statistics_SIZE);
    }
    for (ULONG room = Hba_Statistics_SIZE; room < Hba_Statistics_SIZE + 9; room++) {
        answer got = request(QUERY, &statistics_guid, 1, 0, NULL, 0, room, waits);
        EXPECT_ANSWER(got, SRB_STATUS_SUCCESS, Hba_Statistics_SIZE);
        memcpy(&seen, got.data, Hba_Statistics_SIZE);
        host_check(seen.Commands == 101, "%u commands", (ULONG)seen.Commands);
    }
    EXPECT_ANSWER(request(QUERY, &link_guid, 0, 0, NULL, 0, 64, 0), SRB_STATUS_INVALID_REQUEST, 0);

    /* All instances at once, as the library queries them for IRP_MN_QUERY_ALL_DATA; the second one is pending. */
    memset(&own, 0, sizeof(own));
    memset(buffer, 0xEE, sizeof(buffer));
    adapter->pending = waits;
    host_set_irql(HBA_IRQL);
    BOOLEAN complete = host_scsiwmi_query(
        library, &adapter->wmi, &own.Context, STATISTICS, 0, PORTS, lengths, sizeof(buffer), buffer);
    while (waits > 0 && !complete) {
        waits--;
        complete = HbaWmiResume(&own);
    }
    host_set_irql(PASSIVE_LEVEL);
    host_check(complete && ScsiPortWmiGetReturnStatus(&own.Context) == SRB_STATUS_SUCCESS, "no answer");
    host_check(
        ScsiPortWmiGetReturnSize(&own.Context) == 2 * sizeof(seen) + Hba_Statistics_SIZE,
        "%u bytes",
        ScsiPortWmiGetReturnSize(&own.Context));
    for (ULONG i = 0; i < PORTS; i++) {
        memcpy(&seen, buffer + i * sizeof(seen), Hba_Statistics_SIZE);
        host_check(lengths[i] == Hba_Statistics_SIZE && seen.Commands == 100 + i, "instance %u", i);
    }
}

/* Indices that the port driver may leave unchecked. */
static VOID check_hostile_indices(VOID)
{
    static const ULONG indices[][3] = {
        {BLOCKS, 0, 1}, {MAXULONG, 0, 1}, {STATISTICS, PORTS, 1}, {STATISTICS, MAXULONG, 1},
        {STATISTICS, 1, PORTS}, {STATISTICS, 0, PORTS + 1}, {STATISTICS, 1, MAXULONG}, {STATISTICS, MAXULONG, MAXULONG},
    };
    PSCSI_WMILIB_CONTEXT library = &adapter->wmi.Core.Library;
    UCHAR buffer[64] = {0};
    ULONG lengths[1];
    HBA_WMI_REQUEST own;
    host_set_irql(HBA_IRQL);
    for (SIZE_T i = 0; i < ARRAYSIZE(indices); i++) {
        const ULONG *row = indices[i];
        memset(&own, 0, sizeof(own));
        /* Without a buffer there is no list of lengths either. */
        host_check(
            host_scsiwmi_query(library, &adapter->wmi, &own.Context, row[0], row[1], row[2], lengths, 0, NULL),
            "pending");
        host_check(ScsiPortWmiGetReturnStatus(&own.Context) == SRB_STATUS_INVALID_REQUEST, "query %zu", i);
        if (row[2] != 1) {
            continue;
        }
        host_check(
            host_scsiwmi_set(library, &adapter->wmi, &own.Context, row[0], row[1], sizeof(buffer), buffer), "pending");
        host_check(ScsiPortWmiGetReturnStatus(&own.Context) == SRB_STATUS_INVALID_REQUEST, "set %zu", i);
        host_check(
            host_scsiwmi_set_item(library, &adapter->wmi, &own.Context, row[0], row[1], 3, 4, buffer), "pending");
        host_check(ScsiPortWmiGetReturnStatus(&own.Context) == SRB_STATUS_INVALID_REQUEST, "set item %zu", i);
        host_check(
            host_scsiwmi_execute(library, &adapter->wmi, &own.Context, row[0], row[1], 1, 64, 64, buffer), "pending");
        host_check(ScsiPortWmiGetReturnStatus(&own.Context) == SRB_STATUS_INVALID_REQUEST, "method %zu", i);
        host_check(ScsiPortWmiGetReturnSize(&own.Context) == 0, "bytes of nothing");
    }
    host_set_irql(PASSIVE_LEVEL);
}

static VOID check_changes(ULONG waits)
{
    Hba_Statistics data = {0};
    ULONG interval = 30 + waits;
    data.Interval = 20 + waits;
    for (ULONG size = 0; size < Hba_Statistics_SIZE; size++) {
        EXPECT_ANSWER(request(CHANGE, &statistics_guid, 2, 0, &data, size, size, 0), SRB_STATUS_ERROR, 0);
    }
    EXPECT_ANSWER(
        request(CHANGE, &statistics_guid, 2, 0, &data, Hba_Statistics_SIZE, Hba_Statistics_SIZE, waits),
        SRB_STATUS_SUCCESS,
        0);
    host_check(adapter->ports[2].statistics.Interval == 20 + waits, "interval %u", adapter->ports[2].statistics.Interval);
    EXPECT_ANSWER(
        request(CHANGE_ITEM, &statistics_guid, 2, Hba_Statistics_Interval_ID, &interval, 3, 3, 0), SRB_STATUS_ERROR, 0);
    EXPECT_ANSWER(
        request(CHANGE_ITEM, &statistics_guid, 2, Hba_Statistics_Interval_ID, &interval, 4, 4, waits),
        SRB_STATUS_SUCCESS,
        0);
    host_check(adapter->ports[2].statistics.Interval == interval, "interval %u", adapter->ports[2].statistics.Interval);
    EXPECT_ANSWER(
        request(CHANGE_ITEM, &statistics_guid, 2, Hba_Statistics_Commands_ID, &data, 8, 8, 0),
        SRB_STATUS_INVALID_REQUEST,
        0);
    EXPECT_ANSWER(request(CHANGE_ITEM, &statistics_guid, 2, 77, &data, 8, 8, 0), SRB_STATUS_INVALID_REQUEST, 0);
    EXPECT_ANSWER(request(CHANGE, &operations_guid, 0, 0, &data, 8, 8, 0), SRB_STATUS_INVALID_REQUEST, 0);
}

static VOID check_methods(ULONG waits)
{
    const ULONG input[] = {1, 10};
    const ULONG bad[] = {PORTS, 10};
    const ULONG lines = 3;
    ULONG before = adapter->ports[1].resets;
    answer got;
    UCHAR buffer[8];
    HBA_WMI_REQUEST own;
    /* The output does not fit: no effect. A WNODE with this input has room for the output, so this calls the callback directly. */
    memset(&own, 0, sizeof(own));
    memcpy(buffer, input, sizeof(input));
    host_set_irql(HBA_IRQL);
    host_check(
        host_scsiwmi_execute(
            &adapter->wmi.Core.Library, &adapter->wmi, &own.Context, OPERATIONS, 0, ResetPort, 8, 7, buffer),
        "pending");
    host_set_irql(PASSIVE_LEVEL);
    host_check(ScsiPortWmiGetReturnStatus(&own.Context) == SRB_STATUS_DATA_OVERRUN, "an output that does not fit");
    host_check(ScsiPortWmiGetReturnSize(&own.Context) == 8, "%u bytes", ScsiPortWmiGetReturnSize(&own.Context));
    EXPECT_ANSWER(request(EXECUTE, &operations_guid, 0, ResetPort, input, 7, 8, 0), SRB_STATUS_ERROR, 0);
    EXPECT_ANSWER(request(EXECUTE, &operations_guid, 0, ResetPort, bad, 8, 8, 0), SRB_STATUS_ERROR, 0);
    host_check(adapter->ports[1].resets == before, "a refused method has had an effect");
    /* The input is unchanged in each repeated call of the method, and the effect happens once. */
    got = request(EXECUTE, &operations_guid, 0, ResetPort, input, 8, 8, waits);
    EXPECT_ANSWER(got, SRB_STATUS_SUCCESS, 8);
    host_check(((const ULONG *)(PVOID)got.data)[0] == 20 && ((const ULONG *)(PVOID)got.data)[1] == 11, "another output");
    host_check(adapter->ports[1].resets == before + 1, "%u resets", adapter->ports[1].resets);
    EXPECT_ANSWER(request(EXECUTE, &operations_guid, 0, Rescan, NULL, 0, 0, 0), SRB_STATUS_SUCCESS, 0);
    EXPECT_ANSWER(request(EXECUTE, &operations_guid, 0, 9, NULL, 0, 0, 0), SRB_STATUS_INVALID_REQUEST, 0);
    before = adapter->reads;
    EXPECT_ANSWER(request(EXECUTE, &operations_guid, 0, ReadLog, &lines, 4, 7, 0), SRB_STATUS_DATA_OVERRUN, 8);
    host_check(adapter->reads == before, "an output that does not fit has had an effect");
    got = request(EXECUTE, &operations_guid, 0, ReadLog, &lines, 4, 8, waits);
    EXPECT_ANSWER(got, SRB_STATUS_SUCCESS, 8);
    host_check(got.data[0] == 6 && got.data[2] == 'a' && got.data[6] == 'l', "another text");
    host_check(adapter->reads == before + 1, "%u reads", adapter->reads);
    /* The output has overwritten the input: a commit cannot be repeated. */
    commit_status = STATUS_PENDING;
    EXPECT_ANSWER(request(EXECUTE, &operations_guid, 0, ReadLog, &lines, 4, 8, 0), SRB_STATUS_ERROR, 0);
    commit_status = STATUS_SUCCESS;
}

static VOID check_control(VOID)
{
    UCHAR header[48] = {0};
    adapter->collections = 0;
    host_check(send(IRP_MN_ENABLE_COLLECTION, &statistics_guid, header, sizeof(header)), "pending");
    host_check(srb.SrbStatus == SRB_STATUS_SUCCESS && adapter->collections == 1, "0x%x", adapter->collections);
    host_check(send(IRP_MN_DISABLE_COLLECTION, &statistics_guid, header, sizeof(header)), "pending");
    host_check(srb.SrbStatus == SRB_STATUS_SUCCESS && adapter->collections == 0x101, "0x%x", adapter->collections);
    host_check(send(IRP_MN_ENABLE_COLLECTION, &labels_guid, header, sizeof(header)), "pending");
    host_check(srb.SrbStatus == SRB_STATUS_SUCCESS, "a block that is not expensive");
    for (UCHAR minor = IRP_MN_ENABLE_EVENTS; minor <= IRP_MN_DISABLE_EVENTS; minor++) {
        host_check(send(minor, &link_guid, header, sizeof(header)), "pending");
        host_check(srb.SrbStatus == SRB_STATUS_SUCCESS, "status 0x%02x", srb.SrbStatus);
    }
    host_check(adapter->collections == 0x101, "events have started a collection");
}

/* ---- Pending ---- */

/* Another request is answered while one is pending, and the instance of the pending one is removed. */
static VOID check_pending(VOID)
{
    ULONG size;
    UCHAR *node = host_build_wnode(QUERY, &statistics_guid, 2, 0, NULL, 0, Hba_Statistics_SIZE, &size);
    adapter->pending = 1;
    host_check(!send(QUERY, &statistics_guid, node, size), "not pending");
    SCSI_WMI_REQUEST_BLOCK first = srb;
    srb_extension first_extension = extension;
    /* The request keeps its memory; only the second one gets other memory. */
    static srb_extension second_extension;
    SCSI_WMI_REQUEST_BLOCK second = first;
    second.SrbExtension = &second_extension;
    UCHAR *other = host_build_wnode(QUERY, &statistics_guid, 0, 0, NULL, 0, Hba_Statistics_SIZE, &size);
    second.DataBuffer = other;
    second.DataTransferLength = size;
    host_set_irql(HBA_IRQL);
    host_check(start_io(&second), "the second request is pending");
    host_set_irql(PASSIVE_LEVEL);
    host_check(second.SrbStatus == SRB_STATUS_SUCCESS, "status 0x%02x", second.SrbStatus);
    host_check(memcmp(&extension, &first_extension, sizeof(extension)) == 0, "the pending request is changed");
    EXPECT(Hba_Statistics_SetInstanceCount(&adapter->wmi, 2), STATUS_SUCCESS);
    srb = first;
    host_check(resume() && srb.SrbStatus == SRB_STATUS_INVALID_REQUEST, "status 0x%02x", srb.SrbStatus);
    EXPECT(Hba_Statistics_SetInstanceCount(&adapter->wmi, PORTS), STATUS_SUCCESS);
    free(node);
    free(other);
}

/* ---- Memory ---- */

/* The sender's bytes: the number of strings, and three strings. */
static const USHORT labels[] = {3, 0, 4, 'a', 'b', 2, 'c', 6, 'd', 'e', 'f'};

/* Blocks of one size have no working memory; those that vary fail without enough of it, and change nothing. */
static VOID check_memory(VOID)
{
    ULONG failures = 0;
    BOOLEAN complete = FALSE;
    Hba_Statistics data = {0};
    for (ULONG size = 0; !complete; size += 8) {
        UCHAR *memory = size == 0 ? NULL : malloc(size);
        EXPECT(HbaWmiInitialize(&adapter->wmi, adapter, size, memory), STATUS_SUCCESS);
        EXPECT_ANSWER(
            request(CHANGE, &statistics_guid, 0, 0, &data, Hba_Statistics_SIZE, Hba_Statistics_SIZE, 0),
            SRB_STATUS_SUCCESS,
            0);
        EXPECT_ANSWER(
            request(QUERY, &statistics_guid, 0, 0, NULL, 0, Hba_Statistics_SIZE, 0),
            SRB_STATUS_SUCCESS,
            Hba_Statistics_SIZE);
        answer got = request(CHANGE, &labels_guid, 0, 0, labels, sizeof(labels), sizeof(labels), 0);
        complete = got.status == SRB_STATUS_SUCCESS;
        host_check(complete || got.status == SRB_STATUS_ERROR, "status 0x%02x", got.status);
        host_check(
            adapter->ports[0].labels->Count == (complete ? 3 : 0), "%u labels", adapter->ports[0].labels->Count);
        failures += complete ? 0 : 1;
        free(memory);
    }
    host_check(failures > 3, "%u failures", failures);
}

static VOID check_labels(ULONG waits)
{
    static ULONGLONG memory[64];
    EXPECT(HbaWmiInitialize(&adapter->wmi, adapter, sizeof(memory), memory), STATUS_SUCCESS);
    for (ULONG size = 0; size < sizeof(labels); size++) {
        memset(memory, 0xA5, sizeof(memory));
        EXPECT_ANSWER(request(CHANGE, &labels_guid, 0, 0, labels, size, size, 0), SRB_STATUS_ERROR, 0);
    }
    memset(memory, 0xA5, sizeof(memory));
    EXPECT_ANSWER(
        request(CHANGE, &labels_guid, 0, 0, labels, sizeof(labels), sizeof(labels), waits), SRB_STATUS_SUCCESS, 0);
    const Hba_Labels_VALUES *stored = adapter->ports[0].labels;
    host_check(stored->Count == 3 && stored->Labels[2].Length == 6 && stored->Labels[2].Buffer[2] == 'f', "not stored");
    for (ULONG room = 0; room < sizeof(labels); room++) {
        EXPECT_ANSWER(
            request(QUERY, &labels_guid, 0, 0, NULL, 0, room, 0), SRB_STATUS_DATA_OVERRUN, sizeof(labels));
    }
    answer got = request(QUERY, &labels_guid, 0, 0, NULL, 0, sizeof(labels), waits);
    EXPECT_ANSWER(got, SRB_STATUS_SUCCESS, sizeof(labels));
    host_check(memcmp(got.data, labels, sizeof(labels)) == 0, "another answer");
}

/* ---- Events ---- */

static const host_scsiwmi_event *last(const GUID *guid, UCHAR path, UCHAR target, UCHAR lun, ULONG instance, ULONG size)
{
    const host_scsiwmi_event *event = host_scsiwmi_last_event();
    host_check(IsEqualGUID(&event->guid, guid) && event->extension == adapter, "another event");
    host_check(
        event->path == path && event->target == target && event->lun == lun, "from %u:%u:%u", event->path, event->target, event->lun);
    host_check(event->instance_index == instance, "instance %u", event->instance_index);
    host_check(event->data_size == size, "%u bytes", event->data_size);
    return event;
}

static VOID check_events(VOID)
{
    static WCHAR text[] = L"note";
    const Hba_Link link = {7, TRUE};
    Hba_Note_VALUES note;
    UCHAR buffer[10];
    ULONG sent;
    host_set_irql(HBA_IRQL);
    EXPECT(Hba_Link_Fire(adapter, 2, &link), STATUS_SUCCESS);
    const UCHAR *data = last(&link_guid, 0xff, 0, 0, 2, Hba_Link_SIZE)->data;
    host_check(data[0] == 7 && data[4] == 1, "other data");
    EXPECT(Hba_Link_FireFrom(adapter, 1, 2, 3, 0, &link), STATUS_SUCCESS);
    (VOID)last(&link_guid, 1, 2, 3, 0, Hba_Link_SIZE);
    EXPECT(Hba_Ping_Fire(adapter, 0), STATUS_SUCCESS);
    (VOID)last(&ping_guid, 0xff, 0, 0, 0, 0);
    EXPECT(Hba_Ping_FireFrom(adapter, 4, 5, 6, 1), STATUS_SUCCESS);
    (VOID)last(&ping_guid, 4, 5, 6, 1, 0);

    RtlInitUnicodeString(&note.Text, text);
    EXPECT(Hba_Note_Fire(adapter, 0, &note, sizeof(buffer), buffer), STATUS_SUCCESS);
    data = last(&note_guid, 0xff, 0, 0, 0, 10)->data;
    host_check(data[0] == 8 && data[2] == 'n' && data[8] == 'e', "another text");
    EXPECT(Hba_Note_FireFrom(adapter, 1, 0, 0, 0, &note, sizeof(buffer), buffer), STATUS_SUCCESS);
    sent = host_scsiwmi_event_count();
    EXPECT(Hba_Note_Fire(adapter, 0, &note, sizeof(buffer) - 1, buffer), STATUS_BUFFER_TOO_SMALL);
    EXPECT(Hba_Note_Fire(adapter, 0, &note, 0, NULL), STATUS_BUFFER_TOO_SMALL);
    note.Text.Length = 3;
    EXPECT(Hba_Note_Fire(adapter, 0, &note, sizeof(buffer), buffer), STATUS_UNSUCCESSFUL);
    host_check(host_scsiwmi_event_count() == sent, "an event that cannot be encoded is sent");
    host_set_irql(PASSIVE_LEVEL);
}

/* Data of 64 bytes and its WNODE_EVENT_ITEM are the 128 bytes of WMI_MINIPORT_EVENT_ITEM_MAX_SIZE, where a kit has it. */
static VOID check_event_limit(VOID)
{
    static WCHAR text[32];
    Hba_Note_VALUES note = {{0, sizeof(text), text}};
    UCHAR buffer[sizeof(USHORT) + sizeof(text)];
#ifdef WMI_MINIPORT_EVENT_ITEM_MAX_SIZE
    const NTSTATUS too_large = STATUS_INVALID_BUFFER_SIZE;
#else
    const NTSTATUS too_large = STATUS_SUCCESS;
#endif
    host_set_irql(HBA_IRQL);
    note.Text.Length = 62;
    EXPECT(Hba_Note_Fire(adapter, 0, &note, sizeof(buffer), buffer), STATUS_SUCCESS);
    (VOID)last(&note_guid, 0xff, 0, 0, 0, 64);
    ULONG sent = host_scsiwmi_event_count();
    note.Text.Length = 64;
    EXPECT(Hba_Note_Fire(adapter, 0, &note, sizeof(buffer), buffer), too_large);
    EXPECT(Hba_Note_FireFrom(adapter, 1, 2, 3, 0, &note, sizeof(buffer), buffer), too_large);
    host_check(
        host_scsiwmi_event_count() == sent + (NT_SUCCESS(too_large) ? 2 : 0), "%u events", host_scsiwmi_event_count());
    host_set_irql(PASSIVE_LEVEL);
}

int main(void)
{
    adapter = malloc(sizeof(*adapter));
    memset(adapter, 0xA5, sizeof(*adapter));
    adapter->pending = 0;
    adapter->rescans = 0;
    adapter->reads = 0;
    adapter->broken = 0;
    memset(adapter->ports, 0, sizeof(adapter->ports));
    host_set_irql(HBA_IRQL);
    EXPECT(HbaWmiInitialize(&adapter->wmi, adapter, 0, NULL), STATUS_NOT_FOUND);
    host_check(adapter->wmi.Core.Library.GuidCount == 0, "an adapter that is not prepared has blocks");
    adapter->broken = PORTS;
    EXPECT(HbaWmiInitialize(&adapter->wmi, adapter, 0, NULL), STATUS_SUCCESS);
    host_set_irql(PASSIVE_LEVEL);

    check_registration();
    check_instances();
    for (ULONG waits = 0; waits < 3; waits++) {
        check_queries(waits);
        check_changes(waits);
        check_methods(waits);
    }
    check_hostile_indices();
    check_control();
    check_pending();
    check_memory();
    for (ULONG waits = 0; waits < 3; waits++) {
        check_labels(waits);
    }
    check_events();
    check_event_limit();
    host_check(host_allocation_count() == 0, "%u allocations", host_allocation_count());
    free(adapter);
    host_expect_nothing_left();
    printf("hba: all fine\n");
    return 0;
}
