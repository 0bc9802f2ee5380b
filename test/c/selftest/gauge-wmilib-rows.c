/* Rows that the gauge, a WDM driver, has to meet, through all of WMILIB. */
#include "gauge-wmilib.h"

#include "../host/host.h"

static PDEVICE_OBJECT device;

static gauge_extension *extension(VOID)
{
    return device->DeviceExtension;
}

static VOID begin(VOID)
{
    device = host_wmilib_device(gauge_system_control, sizeof(gauge_extension));
    gauge_add(device, host_wmilib_lower_device(device));
    EXPECT_STATUS(IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER), STATUS_SUCCESS);
}

static VOID end(VOID)
{
    EXPECT_STATUS(IoWMIRegistrationControl(device, WMIREG_ACTION_DEREGISTER), STATUS_SUCCESS);
    gauge_remove(device);
    host_wmilib_delete_device(device);
}

static NTSTATUS send(UCHAR minor, const GUID *guid, ULONG id, const VOID *data, ULONG size, ULONG room)
{
    ULONG buffer_size;
    PVOID buffer = host_build_wnode(minor, guid, 1, id, data, size, room, &buffer_size);
    if (!IsEqualGUID(guid, &gauge_guid)) {
        set_field(buffer, offsetof(WNODE_SINGLE_INSTANCE, InstanceIndex), 0);
    }
    NTSTATUS status = host_wmilib_send(device, minor, guid, buffer, buffer_size, NULL);
    free(buffer);
    return status;
}

static VOID registration(VOID)
{
    UCHAR buffer[512] = {0};
    begin();
    EXPECT_NUMBER(host_wmilib_registered(device), TRUE);
    EXPECT_NUMBER(host_wmilib_guid_count(device), 3);
    EXPECT_STATUS(IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER), STATUS_INVALID_PARAMETER);
    EXPECT_STATUS(IoWMIRegistrationControl(device, 99), STATUS_INVALID_PARAMETER);
    EXPECT_STATUS(IoWMIRegistrationControl(device, WMIREG_ACTION_UPDATE_GUIDS), STATUS_SUCCESS);
    host_request request = host_new_request(IRP_MN_REGINFO_EX, WMIREGISTER, buffer, sizeof(buffer));
    host_wmilib_dispatch(device, &request);
    EXPECT_STATUS(request.io.Status, STATUS_SUCCESS);
    EXPECT_NUMBER(host_wmilib_last_disposition(), IrpNotCompleted);
    EXPECT_NUMBER(field(buffer, offsetof(WMIREGINFO, GuidCount)), 3);
    EXPECT_NUMBER(field(buffer, 24 + 16), WMIREG_FLAG_INSTANCE_PDO);
    EXPECT_NUMBER(field(buffer, 24 + 32 + 16), WMIREG_FLAG_INSTANCE_PDO | WMIREG_FLAG_EXPENSIVE);
    EXPECT_NUMBER(field(buffer, 24 + 64 + 16), WMIREG_FLAG_INSTANCE_PDO | WMIREG_FLAG_EVENT_ONLY_GUID);
    EXPECT_NUMBER(field(buffer, 24 + 20), 2);
    EXPECT_NUMBER(host_wmilib_lower_device(device)->ReferenceCount, 4);
    ULONG size = (ULONG)request.io.Information;
    request = host_new_request(IRP_MN_REGINFO_EX, WMIREGISTER, buffer, size - 1);
    host_wmilib_dispatch(device, &request);
    EXPECT_STATUS(request.io.Status, STATUS_SUCCESS);
    EXPECT_NUMBER(request.io.Information, 4);
    EXPECT_NUMBER(field(buffer, 0), size);
    end();
}

static VOID base_names(VOID)
{
    UCHAR buffer[512] = {0};
    begin();
    extension()->base_name = L"Gauge";
    host_request request = host_new_request(IRP_MN_REGINFO, (const VOID *)WMIUPDATE, buffer, sizeof(buffer));
    host_wmilib_dispatch(device, &request);
    EXPECT_STATUS(request.io.Status, STATUS_SUCCESS);
    ULONG name = field(buffer, 24 + 24);
    host_check(memcmp(buffer + name, "\12\0G\0a\0u\0g\0e\0", 12) == 0, "the base name");
    EXPECT_NUMBER(host_live_blocks(), 0);
    host_fail_allocation_after(0);
    request = host_new_request(IRP_MN_REGINFO, (const VOID *)WMIUPDATE, buffer, sizeof(buffer));
    host_wmilib_dispatch(device, &request);
    EXPECT_STATUS(request.io.Status, STATUS_INSUFFICIENT_RESOURCES);
    end();
}

static VOID dispositions(VOID)
{
    UCHAR buffer[72] = {0};
    begin();
    host_request request = host_new_request(0x0c, &gauge_guid, buffer, sizeof(buffer));
    host_wmilib_dispatch(device, &request);
    EXPECT_NUMBER(host_wmilib_last_disposition(), IrpNotWmi);
    EXPECT_NUMBER(request.forwarded, TRUE);
    EXPECT_STATUS(request.io.Status, STATUS_NOT_SUPPORTED);
    request = host_new_request(1, &gauge_guid, buffer, sizeof(buffer));
    request.provider_id = 1;
    host_wmilib_dispatch(device, &request);
    EXPECT_NUMBER(host_wmilib_last_disposition(), IrpForward);
    EXPECT_NUMBER(request.forwarded, TRUE);
    EXPECT_STATUS(send(1, &other_guid, 0, NULL, 0, 8), STATUS_WMI_GUID_NOT_FOUND);
    EXPECT_NUMBER(host_wmilib_last_disposition(), IrpNotCompleted);
    EXPECT_STATUS(send(1, &gauge_guid, 0, NULL, 0, 8), STATUS_SUCCESS);
    EXPECT_NUMBER(host_wmilib_last_disposition(), IrpProcessed);
    EXPECT_NUMBER(host_wmilib_last_disposition(), 0xFFFFFFFF);
    end();
}

static VOID queries(VOID)
{
    ULONG size;
    ULONG_PTR information = 0;
    begin();
    for (ULONG room = 0; room < 8; room++) {
        PVOID small = host_build_wnode(1, &gauge_guid, 1, 0, NULL, 0, room, &size);
        EXPECT_STATUS(host_wmilib_send(device, 1, &gauge_guid, small, size, &information), STATUS_SUCCESS);
        EXPECT_NUMBER(host_size_needed(small, size), 72);
        free(small);
    }
    PVOID buffer = host_build_wnode(1, &gauge_guid, 1, 0, NULL, 0, 8, &size);
    EXPECT_STATUS(host_wmilib_send(device, 1, &gauge_guid, buffer, size, &information), STATUS_SUCCESS);
    EXPECT_NUMBER(information, 72);
    EXPECT_NUMBER(field(buffer, 60), 8);
    EXPECT_NUMBER(field(buffer, 68), 7);
    set_field(buffer, offsetof(WNODE_SINGLE_INSTANCE, InstanceIndex), 2);
    EXPECT_STATUS(
        host_wmilib_send(device, 1, &gauge_guid, buffer, size, NULL), STATUS_WMI_INSTANCE_NOT_FOUND);
    EXPECT_STATUS(host_wmilib_send(device, 1, &gauge_guid, buffer, 55, NULL), STATUS_BUFFER_TOO_SMALL);
    free(buffer);
    end();
}

static VOID query_all(VOID)
{
    UCHAR buffer[128] = {0};
    ULONG_PTR information = 0;
    begin();
    EXPECT_STATUS(host_wmilib_send(device, 0, &gauge_guid, buffer, 55, NULL), STATUS_BUFFER_TOO_SMALL);
    EXPECT_STATUS(host_wmilib_send(device, 0, &gauge_guid, buffer, 95, NULL), STATUS_SUCCESS);
    EXPECT_NUMBER(host_size_needed(buffer, 95), 96);
    EXPECT_STATUS(host_wmilib_send(device, 0, &gauge_guid, buffer, 60, NULL), STATUS_SUCCESS);
    EXPECT_NUMBER(host_size_needed(buffer, 60), 96);
    EXPECT_STATUS(host_wmilib_send(device, 0, &gauge_guid, buffer, 96, &information), STATUS_SUCCESS);
    EXPECT_NUMBER(information, 96);
    EXPECT_NUMBER(field(buffer, 44) & WNODE_FLAG_FIXED_INSTANCE_SIZE, WNODE_FLAG_FIXED_INSTANCE_SIZE);
    EXPECT_NUMBER(field(buffer, 60), 8);
    EXPECT_NUMBER(field(buffer, 48), 80);
    EXPECT_NUMBER(field(buffer, 92), 7);
    EXPECT_STATUS(host_wmilib_send(device, 0, &alarm_guid, buffer, 128, &information), STATUS_SUCCESS);
    EXPECT_NUMBER(information, 72);
    EXPECT_NUMBER(field(buffer, 60), 0);
    EXPECT_STATUS(send(1, &alarm_guid, 0, NULL, 0, 8), STATUS_INVALID_DEVICE_REQUEST);
    end();
}

static VOID sets(VOID)
{
    const ULONG values[] = {5, 6};
    const UCHAR text[] = {4, 0, 'A', 0, 'b', 0};
    begin();
    EXPECT_STATUS(send(2, &gauge_guid, 0, values, 7, 0), STATUS_WMI_SET_FAILURE);
    EXPECT_STATUS(send(2, &gauge_guid, 0, values, 8, 0), STATUS_SUCCESS);
    EXPECT_NUMBER(extension()->gauge.limit, 5);
    EXPECT_NUMBER(extension()->gauge.reading, 7);
    EXPECT_STATUS(send(3, &gauge_guid, 2, values, 4, 0), STATUS_WMI_READ_ONLY);
    EXPECT_STATUS(send(3, &gauge_guid, 1, values + 1, 4, 0), STATUS_SUCCESS);
    EXPECT_NUMBER(extension()->gauge.limit, 6);
    EXPECT_STATUS(send(2, &note_guid, 0, text, 5, 0), STATUS_WMI_SET_FAILURE);
    EXPECT_STATUS(send(2, &note_guid, 0, text, 6, 0), STATUS_SUCCESS);
    EXPECT_NUMBER(host_live_blocks(), 1);
    end();
}

static VOID methods(VOID)
{
    const ULONG factor = 3;
    ULONG size;
    ULONG_PTR information = 0;
    begin();
    EXPECT_STATUS(send(9, &gauge_guid, 9, &factor, 4, 8), STATUS_WMI_ITEMID_NOT_FOUND);
    PVOID buffer = host_build_wnode(9, &gauge_guid, 0, 1, &factor, 4, 7, &size);
    EXPECT_STATUS(host_wmilib_send(device, 9, &gauge_guid, buffer, size, NULL), STATUS_SUCCESS);
    EXPECT_NUMBER(host_size_needed(buffer, size), 80);
    free(buffer);
    EXPECT_NUMBER(extension()->gauge.reading, 7);
    buffer = host_build_wnode(9, &gauge_guid, 0, 1, &factor, 4, 8, &size);
    EXPECT_STATUS(host_wmilib_send(device, 9, &gauge_guid, buffer, size, &information), STATUS_SUCCESS);
    EXPECT_NUMBER(information, 80);
    EXPECT_NUMBER(field(buffer, 76), 21);
    free(buffer);
    end();
}

static VOID control(VOID)
{
    UCHAR buffer[48] = {0};
    begin();
    /* The digits: the block, 1 for events or 0 for collection, 1 for on. */
    const ULONG wanted[][2] = {{4, 211}, {5, 210}, {6, 201}, {7, 200}};
    for (size_t i = 0; i < ARRAYSIZE(wanted); i++) {
        UCHAR minor = (UCHAR)wanted[i][0];
        EXPECT_STATUS(host_wmilib_send(device, minor, &alarm_guid, buffer, 48, NULL), STATUS_SUCCESS);
        EXPECT_NUMBER(extension()->gauge.reading, wanted[i][1]);
    }
    EXPECT_STATUS(host_wmilib_send(device, 7, &note_guid, buffer, 48, NULL), STATUS_SUCCESS);
    EXPECT_NUMBER(extension()->gauge.reading, 100);
    end();
}

static VOID events(VOID)
{
    begin();
    EXPECT_STATUS(gauge_fire(device, 0x12345678), STATUS_SUCCESS);
    EXPECT_NUMBER(field(host_event_at(0)->data, 0), 0x12345678);
    EXPECT_NUMBER(host_live_blocks(), 0);
    host_fail_events(STATUS_UNSUCCESSFUL);
    EXPECT_STATUS(gauge_fire(device, 1), STATUS_UNSUCCESSFUL);
    host_fail_events(STATUS_SUCCESS);
    EXPECT_NUMBER(host_live_blocks(), 0);
    for (ULONG i = 0; i < 2; i++) {
        host_fail_allocation_after(i);
        EXPECT_STATUS(gauge_fire(device, 1), STATUS_INSUFFICIENT_RESOURCES);
        EXPECT_NUMBER(host_live_blocks(), 0);
    }
    end();
}

static VOID raw_routines(VOID)
{
    ULONG used = 0;
    NTSTATUS status;
    begin();
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned =
        library.QueryWmiDataBlock(device, irp, 0, 0, 1, NULL, 0, NULL);
    host_wmilib_close(irp, returned, &status, &used);
    EXPECT_STATUS(status, STATUS_BUFFER_TOO_SMALL);
    EXPECT_NUMBER(used, 8);
    end();
}

const row gauge_wmilib_rows[] = {
    {"gauge wmilib RG1 RG2 RG5 RG6 RG22 RG23", registration},
    {"gauge wmilib base names", base_names},
    {"gauge wmilib dispositions D1-D3 D5", dispositions},
    {"gauge wmilib QS5 QS6 QS14 QS17 D8", queries},
    {"gauge wmilib QA2 QA5 QA11 QA12", query_all},
    {"gauge wmilib CI3 CI10 IT3 IT5 P2", sets},
    {"gauge wmilib EM2 EM5-EM8", methods},
    {"gauge wmilib FC2-FC6", control},
    {"gauge wmilib E1 E4 E8", events},
    {"gauge wmilib raw routines", raw_routines},
    {NULL, NULL},
};
