/*
 * A driver for samples/sensor-log: instances of varying length, an event, an expensive block, a method whose effect has to wait
 * for the commit, instances that are added while the device is registered, and allocation failures in each of these.
 */
#include "rig.h"

#include "sensor-log_wmi.h"

enum { LOG, ALARM };

static const GUID log_guid = SensorLogGuid;
static const GUID alarm_guid = SensorAlarmGuid;

static PSENSOR_LOG_WMI wmi;

/* ---- In place of the skeleton's functions ---- */

static ULONG drained;
static NTSTATUS commit_status;
static const LONG samples[] = {1, 2, 3};

NTSTATUS
SensorLogDrainPrepare(
    PSENSOR_LOG_WMI_INSTANCE Instance,
    ULONG Limit,
    ULONG *Count,
    const LONG **Samples,
    UNICODE_STRING *Note)
{
    host_check(Instance->Wmi == wmi, "an instance of another device");
    /* A method runs without the lock. */
    host_check(host_held_locks() == 0, "the method runs under the lock");
    *Count = Limit < ARRAYSIZE(samples) ? Limit : ARRAYSIZE(samples);
    *Samples = samples;
    RtlInitUnicodeString(Note, L"more");
    return STATUS_SUCCESS;
}

NTSTATUS
SensorLogDrainCommit(
    PSENSOR_LOG_WMI_INSTANCE Instance,
    ULONG Limit,
    ULONG Count,
    const LONG *Samples,
    const UNICODE_STRING *Note)
{
    host_check(Instance != NULL && Limit >= Count, "limit %u, count %u", Limit, Count);
    host_check(Samples == samples && Note->Length == 8, "outputs of another call");
    if (NT_SUCCESS(commit_status)) {
        drained += Count;
    }
    return commit_status;
}

static ULONG collecting;
static NTSTATUS collect_status;

NTSTATUS
SensorLogCollect(
    PDEVICE_OBJECT Device,
    BOOLEAN Enable)
{
    host_check(Device == device, "another device");
    collecting = Enable ? 1 : 0;
    return collect_status;
}

static VOID begin(VOID)
{
    device = host_wmilib_device(SensorLogWmiSystemControl, sizeof(SENSOR_LOG_WMI));
    wmi = (PSENSOR_LOG_WMI)device->DeviceExtension;
    EXPECT(
        SensorLogWmiInitialize(
            wmi, device, host_wmilib_lower_device(device), host_wmilib_lower_device(device), registry_path(TRUE)),
        STATUS_SUCCESS);
    EXPECT(SensorLogWmiRegister(wmi), STATUS_SUCCESS);
}

static VOID end(VOID)
{
    SensorLogWmiCleanup(wmi);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
}

static UCHAR hi[] = {4, 0, 'h', 0, 'i', 0};

#define EMPTY 62 /* an instance without a comment */

/* One instance of 62 bytes and one of 66, the second one on the next boundary after the first. */
static VOID instances(VOID)
{
    PSENSOR_LOG_WMI_INSTANCE second;
    ULONG lengths[2];
    UCHAR buffer[64 + EMPTY + 4];
    begin();
    /* The device is registered, so WMI queries it again at once. */
    EXPECT(SensorLogAddInstance(wmi, &second), STATUS_SUCCESS);
    host_check(second != SensorLogInstance(wmi), "the first instance again");
    EXPECT_OUTCOME(set_item(LOG, 1, 8, sizeof(hi), hi), STATUS_SUCCESS, 0);
    EXPECT_OUTCOME(query(LOG, 0, 2, NULL, 0, NULL), STATUS_BUFFER_TOO_SMALL, sizeof(buffer));
    for (ULONG room = 1; room < sizeof(buffer); room++) {
        EXPECT_OUTCOME(query(LOG, 0, 2, lengths, room, buffer), STATUS_BUFFER_TOO_SMALL, sizeof(buffer));
    }
    memset(buffer, 0xA5, sizeof(buffer));
    EXPECT_OUTCOME(query(LOG, 0, 2, lengths, sizeof(buffer), buffer), STATUS_SUCCESS, sizeof(buffer));
    host_check(lengths[0] == EMPTY && lengths[1] == EMPTY + 4, "lengths %u and %u", lengths[0], lengths[1]);
    host_check(buffer[62] == 0 && buffer[63] == 0, "padding that tells something");
    host_check(memcmp(buffer + 64 + EMPTY - 2, hi, sizeof(hi)) == 0, "another comment");
    SensorLogWmiLock(second);
    host_check(host_held_locks() == 1, "not locked");
    SensorLogWmiUnlock(second);
    end();
}

/* An instance exists even if the update of WMI failed, but not if its creation failed. */
static VOID additions(VOID)
{
    PSENSOR_LOG_WMI_INSTANCE added;
    ULONG lengths[4];
    UCHAR buffer[4 * 64];
    begin();
    /* The instance, its context, and its values, which are one allocation. */
    for (ULONG successes = 0; successes < 3; successes++) {
        host_fail_allocation_after(successes);
        EXPECT(SensorLogAddInstance(wmi, &added), STATUS_INSUFFICIENT_RESOURCES);
        host_check(host_stop_failing_allocations() && added == NULL, "an instance that is none");
        EXPECT_OUTCOME(
            query(LOG, 1, 1, lengths, sizeof(buffer), buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    }
    /* The list of blocks that WMI queries. */
    host_fail_allocation_after(3);
    EXPECT(SensorLogAddInstance(wmi, &added), STATUS_INSUFFICIENT_RESOURCES);
    host_check(host_stop_failing_allocations() && added != NULL, "no instance");
    EXPECT_OUTCOME(query(LOG, 1, 1, lengths, sizeof(buffer), buffer), STATUS_SUCCESS, EMPTY);
    EXPECT(IoWMIRegistrationControl(device, WMIREG_ACTION_DEREGISTER), STATUS_SUCCESS);
    EXPECT(SensorLogAddInstance(wmi, &added), STATUS_INVALID_PARAMETER);
    host_check(added != NULL && added->InstanceIndex == 2, "no instance");
    EXPECT_OUTCOME(query(LOG, 2, 1, lengths, sizeof(buffer), buffer), STATUS_SUCCESS, EMPTY);
    EXPECT(IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER), STATUS_SUCCESS);
    end();
    EXPECT(SensorLogAddInstance(&(SENSOR_LOG_WMI){0}, &added), STATUS_INVALID_DEVICE_STATE);
    host_check(added == NULL, "an instance of no device");
}

static VOID effects(VOID)
{
    const ULONG limit = 2;
    answer got;
    begin();
    drained = 0;
    commit_status = STATUS_SUCCESS;
    /* Too little room: the size is returned, and there is no effect (EM5, EM6). */
    EXPECT(send(9, &log_guid, 0, 10, &limit, sizeof(limit), 8, &got), STATUS_SUCCESS);
    host_check(got.needed == 72 + 4 + 8 + 10 && drained == 0, "needed %u, drained %u", got.needed, drained);
    EXPECT(send(9, &log_guid, 0, 10, &limit, sizeof(limit), 22, &got), STATUS_SUCCESS);
    host_check(got.needed == 0 && drained == 2, "needed %u, drained %u", got.needed, drained);
    host_check(got.information == 72 + 22, "%u bytes", got.information);
    commit_status = STATUS_DEVICE_NOT_READY;
    EXPECT(send(9, &log_guid, 0, 10, &limit, sizeof(limit), 22, &got), STATUS_DEVICE_NOT_READY);
    host_check(drained == 2 && got.information == 0, "drained %u", drained);
    EXPECT(send(9, &log_guid, 0, 10, &limit, 3, 22, &got), STATUS_INVALID_PARAMETER_MIX);
    EXPECT(send(9, &log_guid, 0, 12, &limit, sizeof(limit), 22, &got), STATUS_WMI_ITEMID_NOT_FOUND);
    end();
}

static VOID collection(VOID)
{
    answer got;
    begin();
    collect_status = STATUS_SUCCESS;
    EXPECT(send_plain(6, &log_guid, 48, &got), STATUS_SUCCESS);
    host_check(collecting == 1, "not collecting");
    /* Events are not collection, and an event collects nothing. */
    EXPECT(send_plain(5, &log_guid, 48, &got), STATUS_SUCCESS);
    EXPECT(send_plain(7, &alarm_guid, 48, &got), STATUS_SUCCESS);
    EXPECT(send_plain(4, &alarm_guid, 48, &got), STATUS_SUCCESS);
    host_check(collecting == 1, "not collecting");
    EXPECT(send_plain(7, &log_guid, 48, &got), STATUS_SUCCESS);
    host_check(collecting == 0, "still collecting");
    collect_status = STATUS_DEVICE_NOT_READY;
    EXPECT_OUTCOME(control(LOG, WmiDataBlockControl, TRUE), STATUS_DEVICE_NOT_READY, 0);
    /* STATUS_PENDING is not supported. */
    collect_status = STATUS_PENDING;
    EXPECT_OUTCOME(control(LOG, WmiDataBlockControl, TRUE), STATUS_UNSUCCESSFUL, 0);
    EXPECT_OUTCOME(control(2, WmiDataBlockControl, TRUE), STATUS_WMI_GUID_NOT_FOUND, 0);
    end();
}

static VOID events(VOID)
{
    SensorAlarm_VALUES alarm = {0};
    PSENSOR_LOG_WMI_INSTANCE second;
    const host_event *event;
    ULONG blocks;
    begin();
    blocks = host_live_blocks();
    alarm.Sample = -1;
    alarm.Threshold = 2;
    RtlCopyMemory(alarm.When, SENSOR_LOG_NO_TIME, sizeof(alarm.When));
    RtlInitUnicodeString(&alarm.Label, L"ab");
    EXPECT(SensorAlarmFire(wmi, &alarm), STATUS_SUCCESS);
    host_check(host_event_count() == 1, "%u events", host_event_count());
    event = host_event_at(0);
    host_check(memcmp(&event->guid, &alarm_guid, sizeof(GUID)) == 0, "another block");
    host_check(event->data_size == 58 + 2 + 4 && event->instance_index == 0, "size %u", event->data_size);
    host_check(memcmp(event->data, "\xff\xff\xff\xff\x02\0\0\0", 8) == 0, "other data");
    host_check(memcmp(event->data + 58, "\x04\0a\0b", 6) == 0, "other text");
    host_check(host_live_blocks() == blocks, "the event's data is not free");
    EXPECT(SensorAlarmAddInstance(wmi, &second), STATUS_SUCCESS);
    blocks = host_live_blocks();
    EXPECT(SensorAlarmFireFrom(second, &alarm), STATUS_SUCCESS);
    host_check(host_event_at(1)->instance_index == 1, "another instance");
    /* From an instance of another block, or before there is one, nothing is sent. */
    EXPECT(SensorAlarmFireFrom(SensorLogInstance(wmi), &alarm), STATUS_INVALID_PARAMETER);
    EXPECT(SensorAlarmFireFrom(NULL, &alarm), STATUS_INVALID_DEVICE_STATE);
    EXPECT(SensorAlarmFire(&(SENSOR_LOG_WMI){0}, &alarm), STATUS_INVALID_DEVICE_STATE);
    /* An instance is removed by the function of its own block; after the last one nothing can be sent. */
    EXPECT(SensorAlarmRemoveInstance(SensorLogInstance(wmi)), STATUS_INVALID_PARAMETER);
    EXPECT(SensorAlarmRemoveInstance(SensorAlarmInstance(wmi)), STATUS_SUCCESS);
    EXPECT(SensorAlarmFireFrom(second, &alarm), STATUS_SUCCESS);
    host_check(host_event_at(2)->instance_index == 0, "the younger one has not moved up");
    EXPECT(SensorAlarmRemoveInstance(second), STATUS_SUCCESS);
    EXPECT(SensorAlarmFire(wmi, &alarm), STATUS_INVALID_DEVICE_STATE);
    EXPECT(SensorAlarmAddInstance(wmi, &second), STATUS_SUCCESS);
    blocks = host_live_blocks();
    /* An inconsistent string is the driver's fault. */
    alarm.Label.Length = 3;
    EXPECT(SensorAlarmFire(wmi, &alarm), STATUS_UNSUCCESSFUL);
    alarm.Label.Length = 4;
    for (ULONG successes = 0;; successes++) {
        NTSTATUS status;
        host_fail_allocation_after(successes);
        status = SensorAlarmFire(wmi, &alarm);
        if (!host_stop_failing_allocations()) {
            EXPECT(status, STATUS_SUCCESS);
            host_check(successes == 2, "%u allocations", successes);
            break;
        }
        EXPECT(status, STATUS_INSUFFICIENT_RESOURCES);
        host_check(host_live_blocks() == blocks, "an event that was not sent left its data");
    }
    host_check(host_event_count() == 4, "%u events", host_event_count());
    host_fail_events(STATUS_UNSUCCESSFUL);
    EXPECT(SensorAlarmFire(wmi, &alarm), STATUS_UNSUCCESSFUL);
    host_fail_events(STATUS_SUCCESS);
    host_check(host_live_blocks() == blocks, "an event that was refused left its data");
    host_forget_events();
    end();
}

/* An event has no data to request: it can be neither set nor executed, and a query of all returns nothing. */
static VOID event_requests(VOID)
{
    ULONG length;
    UCHAR byte = 0;
    answer got;
    begin();
    EXPECT_OUTCOME(query(ALARM, 0, 1, &length, 1, &byte), STATUS_INVALID_DEVICE_REQUEST, 0);
    EXPECT(send_plain(0, &alarm_guid, 72, &got), STATUS_SUCCESS);
    host_check(got.information == 72 && ulong_at(got.bytes, 60) == 0, "%u bytes", got.information);
    EXPECT_OUTCOME(set_block(ALARM, 0, 1, &byte), STATUS_WMI_READ_ONLY, 0);
    EXPECT_OUTCOME(set_item(ALARM, 0, 1, 1, &byte), STATUS_WMI_READ_ONLY, 0);
    EXPECT_OUTCOME(execute(ALARM, 0, 10, 1, 1, &byte), STATUS_WMI_ITEMID_NOT_FOUND, 0);
    EXPECT_OUTCOME(execute(LOG, 1, 10, 1, 1, &byte), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT_OUTCOME(execute(2, 0, 10, 1, 1, &byte), STATUS_WMI_GUID_NOT_FOUND, 0);
    end();
}

/* The registration of the two blocks. */
static VOID flags(VOID)
{
    answer got;
    PDEVICE_OBJECT pdo;
    begin();
    pdo = host_wmilib_lower_device(device);
    EXPECT(send_plain(0x0b, (const VOID *)(ULONG_PTR)WMIUPDATE, 512, &got), STATUS_SUCCESS);
    host_check(
        ulong_at(got.bytes, 40) == (WMIREG_FLAG_INSTANCE_PDO | WMIREG_FLAG_EXPENSIVE),
        "flags %u",
        ulong_at(got.bytes, 40));
    host_check(
        ulong_at(got.bytes, 72) == (WMIREG_FLAG_INSTANCE_PDO | WMIREG_FLAG_EVENT_ONLY_GUID),
        "flags %u",
        ulong_at(got.bytes, 72));
    while (pdo->ReferenceCount > 1) {
        ObDereferenceObject(pdo);
    }
    end();
}

/* Every allocation of the start fails once, and of a set that the driver then cannot store: nothing leaks or changes. */
static VOID faults(VOID)
{
    UCHAR buffer[80];
    ULONG length;
    ULONG successes;
    NTSTATUS status;
    for (successes = 0;; successes++) {
        device = host_wmilib_device(SensorLogWmiSystemControl, sizeof(SENSOR_LOG_WMI));
        wmi = (PSENSOR_LOG_WMI)device->DeviceExtension;
        host_fail_allocation_after(successes);
        status = SensorLogWmiInitialize(wmi, device, host_wmilib_lower_device(device), NULL, registry_path(TRUE));
        if (!host_stop_failing_allocations()) {
            break;
        }
        EXPECT(status, STATUS_INSUFFICIENT_RESOURCES);
        host_check(host_live_blocks() == 0, "%u blocks are left", host_live_blocks());
        host_wmilib_delete_device(device);
    }
    EXPECT(status, STATUS_SUCCESS);
    host_check(successes > 4, "%u allocations", successes);
    end();
    begin();
    for (successes = 0;; successes++) {
        outcome got;
        host_fail_allocation_after(successes);
        got = set_item(LOG, 0, 8, sizeof(hi), hi);
        if (!host_stop_failing_allocations()) {
            EXPECT_OUTCOME(got, STATUS_SUCCESS, 0);
            break;
        }
        EXPECT_OUTCOME(got, STATUS_INSUFFICIENT_RESOURCES, 0);
        EXPECT_OUTCOME(query(LOG, 0, 1, &length, sizeof(buffer), buffer), STATUS_SUCCESS, EMPTY);
    }
    host_check(successes > 0, "nothing was allocated");
    end();
}

int main(void)
{
    instances();
    additions();
    effects();
    collection();
    events();
    event_requests();
    flags();
    faults();
    printf("sensor-log: all fine\n");
    return 0;
}
