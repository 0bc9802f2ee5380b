/* Rows that the gauge, a KMDF driver, has to meet: a real provider on the harness. */
#include "gauge.h"
#include "gauge-kmdf.h"

#include "../host/host.h"

static WDFDEVICE device;

static VOID begin(VOID)
{
    device = host_wdf_device();
    EXPECT_STATUS(gauge_initialize(device), STATUS_SUCCESS);
    host_wdf_start(device);
}

static VOID end(VOID)
{
    host_wdf_remove(device);
    WdfObjectDelete(device);
}

static NTSTATUS send(UCHAR minor, const GUID *guid, ULONG id, const VOID *data, ULONG size, ULONG room)
{
    ULONG buffer_size;
    PVOID buffer = host_build_wnode(minor, guid, 0, id, data, size, room, &buffer_size);
    NTSTATUS status = host_wdf_send(device, minor, guid, buffer, buffer_size, NULL);
    free(buffer);
    return status;
}

/* What the block holds, as two ULONGs. */
static VOID expect_gauge(ULONG limit, ULONG reading)
{
    ULONG size;
    ULONG_PTR information = 0;
    PVOID buffer = host_build_wnode(1, &gauge_guid, 0, 0, NULL, 0, 8, &size);
    EXPECT_STATUS(host_wdf_send(device, 1, &gauge_guid, buffer, size, &information), STATUS_SUCCESS);
    EXPECT_NUMBER(information, 72);
    EXPECT_NUMBER(field(buffer, 64), limit);
    EXPECT_NUMBER(field(buffer, 68), reading);
    free(buffer);
}

static VOID set_instance(VOID)
{
    const ULONG values[] = {5, 6, 0};
    begin();
    EXPECT_STATUS(send(2, &gauge_guid, 0, values, 7, 0), STATUS_WMI_SET_FAILURE);
    expect_gauge(100, 7);
    EXPECT_STATUS(send(2, &gauge_guid, 0, values, 8, 0), STATUS_SUCCESS);
    expect_gauge(5, 7);
    EXPECT_STATUS(send(2, &gauge_guid, 0, values, 12, 0), STATUS_SUCCESS);
    end();
}

static VOID set_item(VOID)
{
    const ULONG value = 5;
    const ULONG unknown[] = {0, 3, 0xFFFFFFFF};
    begin();
    for (size_t i = 0; i < ARRAYSIZE(unknown); i++) {
        EXPECT_STATUS(send(3, &gauge_guid, unknown[i], &value, 4, 0), STATUS_WMI_ITEMID_NOT_FOUND);
    }
    EXPECT_STATUS(send(3, &gauge_guid, 2, &value, 4, 0), STATUS_WMI_READ_ONLY);
    EXPECT_STATUS(send(3, &gauge_guid, 2, &value, 3, 0), STATUS_WMI_READ_ONLY);
    EXPECT_STATUS(send(3, &gauge_guid, 1, &value, 3, 0), STATUS_WMI_SET_FAILURE);
    EXPECT_STATUS(send(3, &gauge_guid, 1, NULL, 0, 0), STATUS_WMI_SET_FAILURE);
    expect_gauge(100, 7);
    EXPECT_STATUS(send(3, &gauge_guid, 1, &value, 4, 0), STATUS_SUCCESS);
    expect_gauge(5, 7);
    end();
}

static VOID method(VOID)
{
    const ULONG factor = 3;
    ULONG size;
    begin();
    EXPECT_STATUS(send(9, &gauge_guid, 9, &factor, 4, 8), STATUS_WMI_ITEMID_NOT_FOUND);
    EXPECT_STATUS(send(9, &gauge_guid, 1, &factor, 3, 8), STATUS_INVALID_PARAMETER_MIX);
    PUCHAR buffer = host_build_wnode(9, &gauge_guid, 0, 1, &factor, 4, 7, &size);
    EXPECT_STATUS(host_wdf_send(device, 9, &gauge_guid, buffer, size, NULL), STATUS_SUCCESS);
    EXPECT_NUMBER(host_size_needed(buffer, size), 80);
    free(buffer);
    expect_gauge(100, 7);
    buffer = host_build_wnode(9, &gauge_guid, 0, 1, &factor, 4, 8, &size);
    EXPECT_STATUS(host_wdf_send(device, 9, &gauge_guid, buffer, size, NULL), STATUS_SUCCESS);
    EXPECT_NUMBER(field(buffer, 72), 7);
    EXPECT_NUMBER(field(buffer, 76), 21);
    free(buffer);
    expect_gauge(100, 21);
    end();
}

static VOID strings(VOID)
{
    const UCHAR text[] = {4, 0, 'A', 0, 'b', 0};
    const UCHAR odd[] = {3, 0, 'A', 0, 'b', 0};
    begin();
    for (ULONG size = 0; size < sizeof(text); size++) {
        EXPECT_STATUS(send(2, &note_guid, 0, text, size, 0), STATUS_WMI_SET_FAILURE);
    }
    EXPECT_STATUS(send(2, &note_guid, 0, odd, sizeof(odd), 0), STATUS_WMI_SET_FAILURE);
    EXPECT_NUMBER(host_live_blocks(), 0);
    EXPECT_STATUS(send(2, &note_guid, 0, text, sizeof(text), 0), STATUS_SUCCESS);
    EXPECT_NUMBER(host_live_blocks(), 1);
    host_fail_allocation_after(0);
    EXPECT_STATUS(send(2, &note_guid, 0, text, sizeof(text), 0), STATUS_INSUFFICIENT_RESOURCES);
    EXPECT_NUMBER(host_live_blocks(), 1);
    host_fail_allocation_after(0);
    EXPECT_STATUS(send(1, &note_guid, 0, NULL, 0, 64), STATUS_INSUFFICIENT_RESOURCES);
    end();
}

static VOID event(VOID)
{
    begin();
    EXPECT_STATUS(gauge_fire_alarm(device, 0x12345678), STATUS_SUCCESS);
    EXPECT_NUMBER(field(host_event_at(0)->data, 0), 0x12345678);
    host_check(IsEqualGUID(&host_event_at(0)->guid, &alarm_guid), "the alarm's block");
    end();
}

/* With each allocation failing in turn, nothing leaks. */
static VOID failing_initialization(VOID)
{
    ULONG failures = 0;
    for (;;) {
        device = host_wdf_device();
        host_fail_allocation_after(failures);
        NTSTATUS status = gauge_initialize(device);
        BOOLEAN failed = host_stop_failing_allocations();
        EXPECT_STATUS(status, failed ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS);
        WdfObjectDelete(device);
        host_expect_nothing_left();
        if (!failed) {
            break;
        }
        failures++;
    }
    EXPECT_NUMBER(failures, 9);
}

/* The registered callbacks, called without the framework. */
static VOID raw_callbacks(VOID)
{
    begin();
    WDFWMIINSTANCE instance = host_wdf_instance(device, &gauge_guid, 0);
    const WDF_WMI_INSTANCE_CONFIG *config = host_wdf_instance_config(instance);
    ULONG values[2];
    ULONG used = 0;
    EXPECT_STATUS(
        config->EvtWmiInstanceQueryInstance(instance, 7, values, &used), STATUS_BUFFER_TOO_SMALL);
    EXPECT_NUMBER(used, 8);
    EXPECT_STATUS(config->EvtWmiInstanceQueryInstance(instance, 8, values, &used), STATUS_SUCCESS);
    EXPECT_NUMBER(values[1], 7);
    end();
}

const row gauge_kmdf_rows[] = {
    {"gauge kmdf CI10 CI11 CI13", set_instance},
    {"gauge kmdf IT2-IT6 IT11 IT12", set_item},
    {"gauge kmdf EM2 EM4-EM8", method},
    {"gauge kmdf P2 P3", strings},
    {"gauge kmdf E1", event},
    {"gauge kmdf failing initialization", failing_initialization},
    {"gauge kmdf raw callbacks", raw_callbacks},
    {NULL, NULL},
};
