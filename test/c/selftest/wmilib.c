/* Rows about the harness's WMILIB: how it treats what routines return. */
#include "scripted.h"

#include <wmilib.h>

#include "../host/host.h"

typedef struct extension {
    script script;
    WMILIB_CONTEXT wmi;
    PDEVICE_OBJECT lower;
    /* For queries of all instances: the length of each, and BufferUsed. */
    ULONG lengths[3];
    ULONG all_used;
} extension;

static WMIGUIDREGINFO guids[] = {{&block_guid, 3, 0}, {&other_guid, 0, 0}};

static PDEVICE_OBJECT device;

static extension *ext(VOID)
{
    return device->DeviceExtension;
}

static WMI_QUERY_REGINFO_CALLBACK query_reginfo;
static WMI_QUERY_DATABLOCK_CALLBACK query_data_block;
static WMI_SET_DATABLOCK_CALLBACK set_data_block;
static WMI_SET_DATAITEM_CALLBACK set_data_item;
static WMI_EXECUTE_METHOD_CALLBACK execute_method;
static WMI_FUNCTION_CONTROL_CALLBACK function_control;
static DRIVER_DISPATCH system_control;

static NTSTATUS NTAPI query_reginfo(
    PDEVICE_OBJECT DeviceObject,
    PULONG RegFlags,
    PUNICODE_STRING InstanceName,
    PUNICODE_STRING *RegistryPath,
    PUNICODE_STRING MofResourceName,
    PDEVICE_OBJECT *Pdo)
{
    static UNICODE_STRING path = RTL_CONSTANT_STRING(L"\\Path");
    (void)DeviceObject;
    (void)InstanceName;
    (void)MofResourceName;
    *RegFlags = ext()->script.set_item.used;
    *RegistryPath = &path;
    *Pdo = ext()->lower;
    return ext()->script.query.status;
}

static NTSTATUS NTAPI query_data_block(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG InstanceCount,
    PULONG InstanceLengthArray,
    ULONG BufferAvail,
    PUCHAR Buffer)
{
    ULONG used = 0;
    (void)GuidIndex;
    last_call.id = InstanceIndex;
    host_check((InstanceLengthArray == NULL) == (BufferAvail == 0), "no array only without room");
    NTSTATUS status = answer_output(&ext()->script.query, 0, BufferAvail, Buffer, &used);
    for (ULONG i = 0; InstanceCount > 1 && InstanceLengthArray != NULL && i < InstanceCount; i++) {
        InstanceLengthArray[i] = ext()->lengths[i];
    }
    return WmiCompleteRequest(
        DeviceObject, Irp, status, InstanceCount > 1 ? ext()->all_used : used, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI set_data_block(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG BufferSize,
    PUCHAR Buffer)
{
    (void)GuidIndex;
    (void)InstanceIndex;
    NTSTATUS status = answer_input(&ext()->script.set_instance, BufferSize, Buffer);
    return WmiCompleteRequest(DeviceObject, Irp, status, 0, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI set_data_item(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG DataItemId,
    ULONG BufferSize,
    PUCHAR Buffer)
{
    (void)GuidIndex;
    (void)InstanceIndex;
    last_call.id = DataItemId;
    NTSTATUS status = answer_input(&ext()->script.set_item, BufferSize, Buffer);
    return WmiCompleteRequest(DeviceObject, Irp, status, 0, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI execute_method(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG MethodId,
    ULONG InBufferSize,
    ULONG OutBufferSize,
    PUCHAR Buffer)
{
    ULONG used = 0;
    (void)GuidIndex;
    (void)InstanceIndex;
    last_call.id = MethodId;
    NTSTATUS status = answer_output(&ext()->script.execute, InBufferSize, OutBufferSize, Buffer, &used);
    return WmiCompleteRequest(DeviceObject, Irp, status, used, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI function_control(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    WMIENABLEDISABLECONTROL Function,
    BOOLEAN Enable)
{
    (void)GuidIndex;
    (void)Function;
    (void)Enable;
    last_call.calls++;
    return WmiCompleteRequest(
        DeviceObject, Irp, ext()->script.set_item.status, 0, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI system_control(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    SYSCTL_IRP_DISPOSITION disposition;
    NTSTATUS status = WmiSystemControl(&ext()->wmi, DeviceObject, Irp, &disposition);
    if (disposition == IrpNotCompleted) {
        IoCompleteRequest(Irp, IO_NO_INCREMENT);
    } else if (disposition != IrpProcessed) {
        IoCopyCurrentIrpStackLocationToNext(Irp);
        status = IoCallDriver(ext()->lower, Irp);
    }
    return status;
}

static VOID begin(script script)
{
    device = host_wmilib_device(system_control, sizeof(extension));
    ext()->script = script;
    ext()->lower = host_wmilib_lower_device(device);
    ext()->wmi.GuidCount = ARRAYSIZE(guids);
    ext()->wmi.GuidList = guids;
    ext()->wmi.QueryWmiRegInfo = query_reginfo;
    ext()->wmi.QueryWmiDataBlock = query_data_block;
    ext()->wmi.SetWmiDataBlock = script.set_instance.present ? set_data_block : NULL;
    ext()->wmi.SetWmiDataItem = script.set_item.present ? set_data_item : NULL;
    ext()->wmi.ExecuteWmiMethod = script.execute.present ? execute_method : NULL;
    ext()->wmi.WmiFunctionControl = script.set_item.present ? function_control : NULL;
    memset(&last_call, 0, sizeof(last_call));
}

static VOID end(VOID)
{
    host_wmilib_delete_device(device);
}

typedef struct sent {
    NTSTATUS status;
    ULONG information;
    UCHAR buffer[256];
    ULONG size;
} sent;

static sent dispatch(host_request *request)
{
    sent sent;
    memset(&sent, 0, sizeof(sent));
    host_wmilib_dispatch(device, request);
    sent.status = request->io.Status;
    sent.information = (ULONG)request->io.Information;
    sent.size = request->size;
    host_check(request->size <= sizeof(sent.buffer), "a longer request than rows need");
    memcpy(sent.buffer, request->buffer, request->size);
    return sent;
}

static sent send_data(UCHAR minor, ULONG id, const VOID *data, ULONG data_size, ULONG room)
{
    ULONG size;
    PVOID buffer = host_build_wnode(minor, &block_guid, 1, id, data, data_size, room, &size);
    host_request request = host_new_request(minor, &block_guid, buffer, size);
    request.io.Information = 99;
    sent sent = dispatch(&request);
    free(buffer);
    return sent;
}

static sent query(ULONG room)
{
    return send_data(IRP_MN_QUERY_SINGLE_INSTANCE, 0, NULL, 0, room);
}

static VOID expect_done(const sent *sent, NTSTATUS status, ULONG information)
{
    EXPECT_STATUS(sent->status, status);
    EXPECT_NUMBER(sent->information, information);
}

static VOID expect_too_small(const sent *sent, ULONG needed)
{
    expect_done(sent, STATUS_SUCCESS, 56);
    EXPECT_NUMBER(host_size_needed(sent->buffer, sent->size), needed);
}

static VOID query_answers(VOID)
{
    begin((script){.query = FILLED(10, 4)});
    sent sent = query(0);
    expect_too_small(&sent, 74);
    EXPECT_NUMBER(last_call.null, TRUE);
    EXPECT_NUMBER(last_call.id, 1);
    sent = query(9);
    expect_too_small(&sent, 74);
    sent = query(10);
    expect_done(&sent, STATUS_SUCCESS, 74);
    EXPECT_NUMBER(field(sent.buffer, offsetof(WNODE_SINGLE_INSTANCE, SizeDataBlock)), 10);
    EXPECT_NUMBER(field(sent.buffer, offsetof(WNODE_SINGLE_INSTANCE, DataBlockOffset)), 64);
    EXPECT_NUMBER(sent.buffer[73], 4);
    ext()->script.query = (answer)FORCED(STATUS_SUCCESS, 9);
    sent = query(8);
    expect_done(&sent, STATUS_UNSUCCESSFUL, 0);
    ext()->script.query = (answer)FORCED(STATUS_ACCESS_DENIED, 3);
    sent = query(8);
    expect_done(&sent, STATUS_ACCESS_DENIED, 0);
    end();
}

static VOID all_lengths(VOID)
{
    UCHAR buffer[160] = {0};
    begin((script){.query = FORCED(STATUS_SUCCESS, 0)});
    /* 84 is where three entries end; the data starts at 88. */
    const ULONG different[] = {5, 0, 3};
    memcpy(ext()->lengths, different, sizeof(different));
    ext()->all_used = 11;
    host_request request = host_new_request(0, &block_guid, buffer, sizeof(buffer));
    sent sent = dispatch(&request);
    expect_done(&sent, STATUS_SUCCESS, 99);
    EXPECT_NUMBER(field(buffer, 44) & WNODE_FLAG_FIXED_INSTANCE_SIZE, 0);
    EXPECT_NUMBER(field(buffer, 48), 88);
    EXPECT_NUMBER(field(buffer, 52), 3);
    const ULONG entries[] = {88, 5, 88, 0, 96, 3};
    for (size_t i = 0; i < ARRAYSIZE(entries); i++) {
        EXPECT_NUMBER(field(buffer, 60 + 4 * i), entries[i]);
    }
    /* BufferUsed that ends before the last instance, or after the buffer. */
    ext()->all_used = 10;
    request = host_new_request(0, &block_guid, buffer, sizeof(buffer));
    sent = dispatch(&request);
    expect_done(&sent, STATUS_UNSUCCESSFUL, 0);
    ext()->all_used = 73;
    request = host_new_request(0, &block_guid, buffer, sizeof(buffer));
    sent = dispatch(&request);
    expect_done(&sent, STATUS_UNSUCCESSFUL, 0);
    request = host_new_request(0, &other_guid, buffer, sizeof(buffer));
    sent = dispatch(&request);
    expect_done(&sent, STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    end();
}

/* Queries of all instances for which there is no room at all, or just not enough. */
static VOID all_without_room(VOID)
{
    UCHAR buffer[160] = {0};
    begin((script){.query = FORCED(STATUS_BUFFER_TOO_SMALL, 0)});
    const struct {
        ULONG size;
        NTSTATUS status;
        ULONG used;
        ULONG needed;
        NTSTATUS answer;
    } cases[] = {
        /* 88 bytes hold the entries alone. */
        {88, STATUS_BUFFER_TOO_SMALL, 5, 93, STATUS_SUCCESS},
        {88, STATUS_SUCCESS, 0, 0, STATUS_SUCCESS},
        {87, STATUS_BUFFER_TOO_SMALL, 0, 88, STATUS_SUCCESS},
        {87, STATUS_SUCCESS, 0, 88, STATUS_SUCCESS},
        {87, STATUS_SUCCESS, 1, 0, STATUS_UNSUCCESSFUL},
        {100, STATUS_BUFFER_TOO_SMALL, 13, 101, STATUS_SUCCESS},
        {100, STATUS_BUFFER_TOO_SMALL, 0xFFFFFFF0, 0, STATUS_INTEGER_OVERFLOW},
        {100, STATUS_ACCESS_DENIED, 1, 0, STATUS_ACCESS_DENIED},
    };
    for (size_t i = 0; i < ARRAYSIZE(cases); i++) {
        memset(buffer, 0, sizeof(buffer));
        ext()->script.query.status = cases[i].status;
        ext()->all_used = cases[i].used;
        host_request request = host_new_request(0, &block_guid, buffer, cases[i].size);
        sent sent = dispatch(&request);
        EXPECT_STATUS(sent.status, cases[i].answer);
        EXPECT_NUMBER(host_size_needed(sent.buffer, sent.size), cases[i].needed);
    }
    end();
}

static const UCHAR four[] = {1, 2, 3, 4};

static VOID missing_routines(VOID)
{
    UCHAR buffer[48] = {0};
    begin((script){.query = FILLED(1, 1)});
    sent sent = send_data(IRP_MN_CHANGE_SINGLE_INSTANCE, 0, four, 4, 0);
    expect_done(&sent, STATUS_WMI_READ_ONLY, 0);
    EXPECT_NUMBER(host_wmilib_last_disposition(), IrpNotCompleted);
    sent = send_data(IRP_MN_CHANGE_SINGLE_ITEM, 1, four, 4, 0);
    expect_done(&sent, STATUS_WMI_READ_ONLY, 0);
    sent = send_data(IRP_MN_EXECUTE_METHOD, 1, four, 4, 0);
    expect_done(&sent, STATUS_INVALID_DEVICE_REQUEST, 0);
    host_request request = host_new_request(IRP_MN_ENABLE_EVENTS, &block_guid, buffer, sizeof(buffer));
    sent = dispatch(&request);
    expect_done(&sent, STATUS_SUCCESS, 0);
    EXPECT_NUMBER(last_call.calls, 0);
    end();
}

static VOID set_statuses(VOID)
{
    static const NTSTATUS pairs[][2] = {
        {STATUS_SUCCESS, STATUS_SUCCESS},
        {STATUS_BUFFER_TOO_SMALL, STATUS_WMI_SET_FAILURE},
        {STATUS_WMI_READ_ONLY, STATUS_WMI_READ_ONLY},
        {STATUS_ACCESS_DENIED, STATUS_ACCESS_DENIED},
    };
    begin((script){.query = FILLED(1, 1), .set_instance = ACCEPTED, .set_item = ACCEPTED});
    for (size_t i = 0; i < ARRAYSIZE(pairs); i++) {
        ext()->script.set_instance.status = pairs[i][0];
        ext()->script.set_item.status = pairs[i][0];
        sent sent = send_data(IRP_MN_CHANGE_SINGLE_INSTANCE, 0, four, 4, 0);
        expect_done(&sent, pairs[i][1], 0);
        EXPECT_NUMBER(last_call.last, 4);
        sent = send_data(IRP_MN_CHANGE_SINGLE_ITEM, 7, four, 4, 0);
        expect_done(&sent, pairs[i][1], 0);
        EXPECT_NUMBER(last_call.id, 7);
        /* Control requests pass everything. */
        UCHAR buffer[48] = {0};
        host_request request = host_new_request(IRP_MN_ENABLE_EVENTS, &block_guid, buffer, 48);
        sent = dispatch(&request);
        expect_done(&sent, pairs[i][0], 0);
    }
    end();
}

static VOID methods(VOID)
{
    begin((script){.query = FILLED(1, 1), .execute = FILLED(6, 9)});
    sent sent = send_data(IRP_MN_EXECUTE_METHOD, 5, four, 4, 5);
    expect_too_small(&sent, 78);
    EXPECT_NUMBER(last_call.in_size, 4);
    EXPECT_NUMBER(last_call.out_size, 5);
    EXPECT_NUMBER(last_call.id, 5);
    sent = send_data(IRP_MN_EXECUTE_METHOD, 5, four, 4, 6);
    expect_done(&sent, STATUS_SUCCESS, 78);
    EXPECT_NUMBER(field(sent.buffer, offsetof(WNODE_METHOD_ITEM, SizeDataBlock)), 6);
    EXPECT_NUMBER(sent.buffer[77], 9);
    ext()->script.execute = (answer)FORCED(STATUS_SUCCESS, 9);
    sent = send_data(IRP_MN_EXECUTE_METHOD, 5, four, 4, 8);
    expect_done(&sent, STATUS_UNSUCCESSFUL, 0);
    ext()->script.execute = (answer)FORCED(STATUS_WMI_ITEMID_NOT_FOUND, 3);
    sent = send_data(IRP_MN_EXECUTE_METHOD, 5, four, 4, 8);
    expect_done(&sent, STATUS_WMI_ITEMID_NOT_FOUND, 0);
    /* Only a query can request the size. */
    ext()->script.execute = (answer)FORCED(STATUS_BUFFER_TOO_SMALL, 0);
    sent = send_data(IRP_MN_EXECUTE_METHOD, 5, NULL, 0, 0);
    expect_too_small(&sent, 72);
    end();
}

/* DataBlockOffset that is not a multiple of eight: the callback gets the data at the same misalignment. */
static VOID data_anywhere(VOID)
{
    static const UCHAR minors[] = {1, 2, 3, 9};
    begin((script){
        .query = FILLED(4, 1), .set_instance = ACCEPTED, .set_item = ACCEPTED, .execute = FILLED(4, 1)});
    for (size_t i = 0; i < ARRAYSIZE(minors); i++) {
        size_t offset_field = minors[i] < 3 ? 56 : 60;
        for (ULONG offset = 72; offset < 80; offset++) {
            UCHAR buffer[96] = {0};
            set_field(buffer, offsetof(WNODE_HEADER, Flags), WNODE_FLAG_STATIC_INSTANCE_NAMES);
            set_field(buffer, offset_field, offset);
            set_field(buffer, offset_field + 4, sizeof(four));
            memcpy(buffer + offset, four, sizeof(four));
            host_request request = host_new_request(minors[i], &block_guid, buffer, offset + 4);
            sent sent = dispatch(&request);
            EXPECT_STATUS(sent.status, STATUS_SUCCESS);
            EXPECT_NUMBER(last_call.shift, offset % 8);
            EXPECT_NUMBER(last_call.last, minors[i] == 1 ? 0 : four[3]);
            EXPECT_NUMBER(buffer[offset], minors[i] == 1 || minors[i] == 9 ? 1 : four[0]);
        }
    }
    end();
}

static VOID hardened_requests(VOID)
{
    static const UCHAR minors[] = {
        IRP_MN_CHANGE_SINGLE_INSTANCE,
        IRP_MN_CHANGE_SINGLE_ITEM,
        IRP_MN_EXECUTE_METHOD,
    };
    begin((script){
        .query = FILLED(4, 1),
        .set_instance = ACCEPTED,
        .set_item = ACCEPTED,
        .execute = FILLED(0, 0),
    });
    for (size_t i = 0; i < ARRAYSIZE(minors); i++) {
        size_t offset_field = minors[i] == IRP_MN_CHANGE_SINGLE_INSTANCE ? 56 : 60;
        NTSTATUS refusal =
            minors[i] == IRP_MN_EXECUTE_METHOD ? STATUS_INVALID_PARAMETER : STATUS_WMI_SET_FAILURE;
        const ULONG changes[][2] = {
            {4096, 4}, {56, 4}, {76, 4}, {72, 0xFFFFFFFF}, {0xFFFFFFF8, 8}, {72, 1000}, {64, 8}, {72, 8}};
        for (size_t j = 0; j < ARRAYSIZE(changes); j++) {
            ULONG size;
            PVOID buffer = host_build_wnode(minors[i], &block_guid, 1, 1, four, 4, 0, &size);
            set_field(buffer, offset_field, changes[j][0]);
            set_field(buffer, offset_field + 4, changes[j][1]);
            host_request request = host_new_request(minors[i], &block_guid, buffer, size);
            sent sent = dispatch(&request);
            expect_done(&sent, refusal, 0);
            for (ULONG cut = 0; cut < 64; cut++) {
                request = host_new_request(minors[i], &block_guid, buffer, cut);
                sent = dispatch(&request);
                EXPECT_STATUS(sent.status, refusal);
            }
            free(buffer);
        }
    }
    ULONG size;
    PVOID buffer = host_build_wnode(1, &block_guid, 1, 0, NULL, 0, 32, &size);
    set_field(buffer, offsetof(WNODE_SINGLE_INSTANCE, DataBlockOffset), 56);
    host_request request = host_new_request(1, &block_guid, buffer, size);
    sent sent = dispatch(&request);
    expect_done(&sent, STATUS_INVALID_PARAMETER, 0);
    EXPECT_NUMBER(last_call.calls, 0);
    /* A buffer that ends before its data starts requests only the size; so does one that ends before DataBlockOffset. */
    set_field(buffer, offsetof(WNODE_SINGLE_INSTANCE, DataBlockOffset), 4096);
    request = host_new_request(1, &block_guid, buffer, size);
    sent = dispatch(&request);
    expect_too_small(&sent, 4100);
    EXPECT_NUMBER(last_call.null, TRUE);
    set_field(buffer, offsetof(WNODE_HEADER, Flags), WNODE_FLAG_SINGLE_INSTANCE | WNODE_FLAG_STATIC_INSTANCE_NAMES);
    request = host_new_request(1, &block_guid, buffer, 60);
    sent = dispatch(&request);
    expect_too_small(&sent, 68);
    /* 56 bytes hold the fields that name the instance. */
    set_field(buffer, offsetof(WNODE_SINGLE_INSTANCE, InstanceIndex), 3);
    request = host_new_request(1, &block_guid, buffer, 56);
    sent = dispatch(&request);
    expect_done(&sent, STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    free(buffer);
    /* A set without data may have any DataBlockOffset. */
    buffer = host_build_wnode(2, &block_guid, 1, 0, NULL, 0, 0, &size);
    set_field(buffer, offsetof(WNODE_SINGLE_INSTANCE, DataBlockOffset), 7);
    request = host_new_request(2, &block_guid, buffer, size);
    sent = dispatch(&request);
    expect_done(&sent, STATUS_SUCCESS, 0);
    EXPECT_NUMBER(last_call.null, TRUE);
    free(buffer);
    end();
}

/* Flags of a registration: exactly one way to name instances that the library knows. */
static VOID registration_flags(VOID)
{
    static const ULONG refused[] = {
        0,
        WMIREG_FLAG_INSTANCE_LIST,
        WMIREG_FLAG_INSTANCE_BASENAME,
        WMIREG_FLAG_INSTANCE_PDO | WMIREG_FLAG_INSTANCE_LIST,
    };
    begin((script){.query = FILLED(1, 1), .set_item = ACCEPTED});
    for (size_t i = 0; i < ARRAYSIZE(refused); i++) {
        ext()->script.set_item.used = refused[i];
        EXPECT_STATUS(
            IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER), STATUS_INVALID_PARAMETER);
        EXPECT_NUMBER(host_wmilib_registered(device), FALSE);
    }
    ext()->script.query.status = STATUS_ACCESS_DENIED;
    EXPECT_STATUS(IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER), STATUS_ACCESS_DENIED);
    ext()->script.query.status = STATUS_SUCCESS;
    ext()->script.set_item.used = WMIREG_FLAG_INSTANCE_PDO;
    EXPECT_STATUS(IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER), STATUS_SUCCESS);
    EXPECT_NUMBER(host_wmilib_lower_device(device)->ReferenceCount, 1);
    EXPECT_STATUS(IoWMIRegistrationControl(device, WMIREG_ACTION_DEREGISTER), STATUS_SUCCESS);
    EXPECT_STATUS(
        IoWMIRegistrationControl(device, WMIREG_ACTION_DEREGISTER), STATUS_INVALID_PARAMETER);
    EXPECT_STATUS(
        IoWMIRegistrationControl(device, WMIREG_ACTION_UPDATE_GUIDS), STATUS_INVALID_PARAMETER);
    end();
}

const row wmilib_rows[] = {
    {"wmilib QS5 QS6 QS9 QS10 QS15", query_answers},
    {"wmilib QA12 D10", all_lengths},
    {"wmilib QA2 QA13", all_without_room},
    {"wmilib CI1 CI16 IT15 EM1 FC2", missing_routines},
    {"wmilib CI4 CI6 CI8 IT8 FC4", set_statuses},
    {"wmilib EM5 EM8 EM10 EM11", methods},
    {"wmilib CI14 CI15 EM15", hardened_requests},
    {"wmilib CI22 EM16", data_anywhere},
    {"wmilib RG22", registration_flags},
    {NULL, NULL},
};
