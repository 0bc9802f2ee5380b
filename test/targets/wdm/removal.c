/*
 * A driver for samples/smart-fan whose instances are removed while requests hold them: the requests complete as usual, their
 * memory is kept until then, and the remaining instances move up after WMI has queried them again.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

#include "rig.h"

#include "smart-fan_wmi.h"

#define SIZE 78 /* of one instance; the next one starts at 80 */

static const GUID fan_guid = SmartFanGuid;

static PSMART_FAN_WMI wmi;
static PSMART_FAN_WMI_INSTANCE fans[3];

/* What the next query removes. */
static PSMART_FAN_WMI_INSTANCE victims[3];

/* While WMILIB queries the device's names, one instance is removed and another one added. */
static PSMART_FAN_WMI_INSTANCE leaving;
static PSMART_FAN_WMI_INSTANCE *coming;

/* In place of the skeleton's functions. */
PSMART_FAN_WMI
SmartFanWmiFromDevice(
    PDEVICE_OBJECT DeviceObject)
{
    static ULONG calls;
    /* First the dispatch routine calls it, then the routine for the names. */
    if (leaving != NULL && ++calls == 2) {
        PSMART_FAN_WMI_INSTANCE instance = leaving;
        leaving = NULL;
        EXPECT(SmartFanRemoveInstance(instance), STATUS_SUCCESS);
        EXPECT(SmartFanAddInstance(wmi, coming), STATUS_SUCCESS);
    }
    return (PSMART_FAN_WMI)DeviceObject->DeviceExtension;
}

NTSTATUS
SmartFanQuery(
    PSMART_FAN_WMI_INSTANCE Instance,
    SmartFan *Data)
{
    static ULONG zero;
    ULONG i;
    for (i = 0; i < ARRAYSIZE(victims); i++) {
        if (victims[i] != NULL) {
            EXPECT(SmartFanRemoveInstance(victims[i]), STATUS_SUCCESS);
            if (victims[i] == Instance) {
                /* The request still holds it. */
                EXPECT(SmartFanRemoveInstance(victims[i]), STATUS_INVALID_PARAMETER);
            }
            victims[i] = NULL;
        }
    }
    /* The instance and its context exist until the function returns. */
    host_check(Instance->Wmi == wmi && Instance->Context != NULL, "no instance");
    RtlCopyMemory(Data, Instance->Context, sizeof(zero));
    return STATUS_SUCCESS;
}

static VOID begin(VOID)
{
    device = host_wmilib_device(SmartFanWmiSystemControl, sizeof(SMART_FAN_WMI));
    wmi = (PSMART_FAN_WMI)device->DeviceExtension;
    EXPECT(
        SmartFanWmiInitialize(
            wmi, device, host_wmilib_lower_device(device), host_wmilib_lower_device(device), registry_path(TRUE)),
        STATUS_SUCCESS);
    fans[0] = SmartFanInstance(wmi);
    EXPECT(SmartFanWmiRegister(wmi), STATUS_SUCCESS);
    for (ULONG i = 0; i < 3; i++) {
        UCHAR speed[4] = {(UCHAR)(10 + i)};
        if (i > 0) {
            EXPECT(SmartFanAddInstance(wmi, &fans[i]), STATUS_SUCCESS);
        }
        EXPECT_OUTCOME(set_item(0, i, 1, sizeof(speed), speed), STATUS_SUCCESS, 0);
    }
}

static VOID end(VOID)
{
    SmartFanWmiCleanup(wmi);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
}

/* Expects these instances, identified by their speeds. */
static VOID expect_fans(ULONG count, UCHAR first, UCHAR second)
{
    const UCHAR speeds[] = {first, second};
    UCHAR buffer[160];
    ULONG lengths[2];
    answer got;
    for (ULONG i = 0; i < count; i++) {
        EXPECT_OUTCOME(query(0, i, 1, lengths, SIZE, buffer), STATUS_SUCCESS, SIZE);
        host_check(buffer[0] == speeds[i], "instance %u is %u", i, buffer[0]);
    }
    EXPECT_OUTCOME(query(0, count, 1, lengths, SIZE, buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT(send(1, &fan_guid, count, 0, NULL, 0, SIZE, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    if (count == 2) {
        EXPECT_OUTCOME(query(0, 0, 2, lengths, sizeof(buffer), buffer), STATUS_SUCCESS, 80 + SIZE);
    }
}

static VOID oldest_first(VOID)
{
    begin();
    EXPECT(SmartFanRemoveInstance(fans[1]), STATUS_SUCCESS);
    host_check(SmartFanInstance(wmi) == fans[0] && fans[2]->InstanceIndex == 1, "index %u", fans[2]->InstanceIndex);
    expect_fans(2, 10, 12);
    EXPECT(SmartFanRemoveInstance(fans[0]), STATUS_SUCCESS);
    host_check(SmartFanInstance(wmi) == fans[2] && fans[2]->InstanceIndex == 0, "another one is the oldest");
    expect_fans(1, 12, 0);
    EXPECT(SmartFanRemoveInstance(fans[2]), STATUS_SUCCESS);
    host_check(SmartFanInstance(wmi) == NULL, "an instance is left");
    expect_fans(0, 0, 0);
    EXPECT(SmartFanAddInstance(wmi, &fans[0]), STATUS_SUCCESS);
    host_check(SmartFanInstance(wmi) == fans[0] && fans[0]->InstanceIndex == 0, "index %u", fans[0]->InstanceIndex);
    end();
}

/* Expects an instance, identified by its speed; 0: no instance. */
static VOID expect_fan(ULONG index, UCHAR speed)
{
    UCHAR buffer[SIZE] = {0};
    ULONG length;
    NTSTATUS status = speed > 0 ? STATUS_SUCCESS : STATUS_WMI_INSTANCE_NOT_FOUND;
    EXPECT_OUTCOME(query(0, index, 1, &length, SIZE, buffer), status, speed > 0 ? SIZE : 0);
    host_check(buffer[0] == speed, "instance %u is %u", index, buffer[0]);
}

/* Until WMI queries the number of instances again, its requests use the old indices. */
static VOID holes(VOID)
{
    PSMART_FAN_WMI_INSTANCE late;
    UCHAR buffer[4 * 80];
    UCHAR speed[4] = {13};
    answer got;
    begin();
    host_delay_updates(TRUE);
    EXPECT(SmartFanRemoveInstance(fans[1]), STATUS_SUCCESS);
    expect_fan(0, 10);
    expect_fan(1, 0);
    expect_fan(2, 12);
    expect_fan(3, 0);
    EXPECT_OUTCOME(set_item(0, 1, 1, sizeof(speed), speed), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    host_check(fans[0]->InstanceIndex == 0 && fans[2]->InstanceIndex == 2, "moved already");
    /* No instance may be returned in place of another one. */
    for (ULONG i = 0; i < 2; i++) {
        EXPECT_OUTCOME(
            query(0, i, 3 - i, NULL, sizeof(buffer), buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    }
    EXPECT_OUTCOME(query(0, 0, 2, NULL, sizeof(buffer), buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT(send_plain(0, &fan_guid, 512, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    EXPECT(SmartFanAddInstance(wmi, &fans[1]), STATUS_SUCCESS);
    EXPECT_OUTCOME(set_item(0, 3, 1, sizeof(speed), speed), STATUS_SUCCESS, 0);
    EXPECT_OUTCOME(query(0, 2, 2, NULL, sizeof(buffer), buffer), STATUS_SUCCESS, 80 + SIZE);
    host_check(buffer[0] == 12 && buffer[80] == 13, "other instances");
    /* After an answer that does not fit, WMI keeps the old indices. */
    EXPECT(send_plain(8, NULL, 40, &got), STATUS_SUCCESS);
    host_check(got.information == 4 && fans[2]->InstanceIndex == 2, "index %u", fans[2]->InstanceIndex);
    host_fail_allocation_after(0);
    EXPECT(send_plain(8, NULL, 512, &got), STATUS_INSUFFICIENT_RESOURCES);
    host_check(host_stop_failing_allocations() && fans[2]->InstanceIndex == 2, "index %u", fans[2]->InstanceIndex);
    /* WMI gets three instances; meanwhile the first one is removed, and another one is added. */
    leaving = fans[0];
    coming = &late;
    EXPECT(send_plain(8, NULL, 512, &got), STATUS_SUCCESS);
    host_check(ulong_at(got.bytes, 24 + 20) == 3, "%u instances", ulong_at(got.bytes, 24 + 20));
    expect_fan(0, 0);
    expect_fan(1, 12);
    expect_fan(2, 13);
    host_check(late->InstanceIndex == 4, "index %u", late->InstanceIndex);
    EXPECT(send_plain(8, NULL, 512, &got), STATUS_SUCCESS);
    host_check(ulong_at(got.bytes, 24 + 20) == 3, "%u instances", ulong_at(got.bytes, 24 + 20));
    expect_fan(0, 12);
    expect_fan(1, 13);
    host_check(late->InstanceIndex == 2, "index %u", late->InstanceIndex);
    /* Another device's registration does not affect this one. */
    EXPECT(SmartFanRemoveInstance(fans[2]), STATUS_SUCCESS);
    host_request other = host_new_request(8, NULL, got.bytes, 512);
    other.provider_id = (ULONG_PTR)host_wmilib_lower_device(device);
    other.io.Information = 512;
    other.io.Status = STATUS_SUCCESS;
    host_wmilib_dispatch(device, &other);
    expect_fan(0, 0);
    expect_fan(1, 13);
    /* While the device is not registered, WMI has no indices. */
    SmartFanWmiDeregister(wmi);
    EXPECT(SmartFanRemoveInstance(late), STATUS_SUCCESS);
    expect_fan(0, 13);
    host_delay_updates(FALSE);
    end();
}

/* The status is that of WMI; the instance is removed in any case. */
static VOID untold(VOID)
{
    begin();
    EXPECT(IoWMIRegistrationControl(device, WMIREG_ACTION_DEREGISTER), STATUS_SUCCESS);
    EXPECT(SmartFanRemoveInstance(fans[0]), STATUS_INVALID_PARAMETER);
    EXPECT(IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER), STATUS_SUCCESS);
    expect_fans(2, 11, 12);
    /* A registration that WMI refuses can be tried again. */
    SmartFanWmiDeregister(wmi);
    EXPECT(IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER), STATUS_SUCCESS);
    EXPECT(SmartFanWmiRegister(wmi), STATUS_INVALID_PARAMETER);
    EXPECT(IoWMIRegistrationControl(device, WMIREG_ACTION_DEREGISTER), STATUS_SUCCESS);
    EXPECT(SmartFanWmiRegister(wmi), STATUS_SUCCESS);
    expect_fans(2, 11, 12);
    end();
}

/* Another thread removes an instance while WMI waits for requests that use the old indices. */
static VOID remove_second(VOID)
{
    EXPECT(SmartFanRemoveInstance(fans[1]), STATUS_SUCCESS);
    expect_fan(0, 10);
    expect_fan(1, 0);
    expect_fan(2, 12);
}

static VOID deregistering(VOID)
{
    begin();
    host_delay_updates(TRUE);
    host_while_deregistering(remove_second);
    SmartFanWmiDeregister(wmi);
    host_delay_updates(FALSE);
    host_check(fans[2]->InstanceIndex == 2, "index %u", fans[2]->InstanceIndex);
    EXPECT(SmartFanWmiRegister(wmi), STATUS_SUCCESS);
    expect_fans(2, 10, 12);
    end();
}

static VOID under_requests(VOID)
{
    ULONG blocks;
    ULONG lengths[3];
    UCHAR buffer[2 * 80 + SIZE];
    begin();
    blocks = host_live_blocks();
    /* The queried one is removed. */
    victims[0] = fans[1];
    EXPECT_OUTCOME(query(0, 1, 1, lengths, SIZE, buffer), STATUS_SUCCESS, SIZE);
    host_check(buffer[0] == 11, "another instance, %u", buffer[0]);
    host_check(host_live_blocks() == blocks - 2, "it is not freed");
    expect_fans(2, 10, 12);
    end();
    /* All queried ones are removed: the answer has those that existed at the start of the request. */
    begin();
    memcpy(victims, fans, sizeof(fans));
    EXPECT_OUTCOME(query(0, 0, 3, lengths, sizeof(buffer), buffer), STATUS_SUCCESS, sizeof(buffer));
    host_check(buffer[0] == 10 && buffer[80] == 11 && buffer[160] == 12, "other instances");
    expect_fans(0, 0, 0);
    end();
    /* No memory to hold all of them: none is queried, and none leaks. */
    begin();
    host_fail_allocation_after(0);
    EXPECT_OUTCOME(
        query(0, 0, 3, lengths, sizeof(buffer), buffer), STATUS_INSUFFICIENT_RESOURCES, 0);
    host_check(host_stop_failing_allocations(), "nothing was allocated");
    end();
}

/* Unknown blocks and instances, no instance at all, and callers without a buffer for lengths. */
static VOID counts(VOID)
{
    ULONG lengths[3] = {7, 7, 7};
    UCHAR buffer[2 * 80 + SIZE];
    begin();
    for (ULONG count = 0; count < 3; count++) {
        EXPECT_OUTCOME(
            query(9, 0, count, lengths, sizeof(buffer), buffer), STATUS_WMI_GUID_NOT_FOUND, 0);
        EXPECT_OUTCOME(
            query(0, 3, count, lengths, sizeof(buffer), buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    }
    EXPECT_OUTCOME(
        query(0, 2, 2, lengths, sizeof(buffer), buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT_OUTCOME(query(0, 1, MAXULONG, lengths, sizeof(buffer), buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT_OUTCOME(query(0, 0, 0, lengths, sizeof(buffer), buffer), STATUS_SUCCESS, 0);
    EXPECT_OUTCOME(query(0, 0, 1, NULL, sizeof(buffer), buffer), STATUS_SUCCESS, SIZE);
    EXPECT_OUTCOME(query(0, 0, 3, NULL, sizeof(buffer), buffer), STATUS_SUCCESS, sizeof(buffer));
    EXPECT_OUTCOME(query(0, 0, 1, lengths, 0, NULL), STATUS_BUFFER_TOO_SMALL, SIZE);
    EXPECT_OUTCOME(query(0, 0, 3, lengths, 0, NULL), STATUS_BUFFER_TOO_SMALL, sizeof(buffer));
    host_check(lengths[0] == 7 && lengths[2] == 7, "lengths of %u and %u", lengths[0], lengths[2]);
    EXPECT_OUTCOME(query(0, 0, 1, lengths, SIZE - 1, buffer), STATUS_BUFFER_TOO_SMALL, SIZE);
    host_check(lengths[0] == SIZE && lengths[1] == 7, "lengths of %u and %u", lengths[0], lengths[1]);
    EXPECT_OUTCOME(query(0, 0, 3, lengths, sizeof(buffer), buffer), STATUS_SUCCESS, sizeof(buffer));
    host_check(lengths[1] == SIZE && lengths[2] == SIZE, "lengths of %u and %u", lengths[1], lengths[2]);
    end();
}

#define ROUNDS 300

static PVOID query_often(PVOID nothing)
{
    for (ULONG i = 0; i < ROUNDS; i++) {
        UCHAR buffer[SIZE];
        ULONG length;
        outcome got = query(0, i % 3, 1, &length, sizeof(buffer), buffer);
        host_check(
            got.status == STATUS_SUCCESS || got.status == STATUS_WMI_INSTANCE_NOT_FOUND,
            "%s",
            host_status_name(got.status));
    }
    return nothing;
}

static PVOID change_often(PVOID nothing)
{
    for (ULONG i = 0; i < ROUNDS; i++) {
        PSMART_FAN_WMI_INSTANCE added;
        EXPECT(SmartFanAddInstance(wmi, &added), STATUS_SUCCESS);
        EXPECT(SmartFanRemoveInstance(added), STATUS_SUCCESS);
    }
    return nothing;
}

static VOID in_threads(VOID)
{
    pthread_t threads[4];
    begin();
    SmartFanWmiDeregister(wmi);
    for (size_t i = 0; i < ARRAYSIZE(threads); i++) {
        host_check(
            pthread_create(&threads[i], NULL, i < 2 ? query_often : change_often, NULL) == 0, "no thread");
    }
    for (size_t i = 0; i < ARRAYSIZE(threads); i++) {
        host_check(pthread_join(threads[i], NULL) == 0, "no end");
    }
    end();
}

int main(void)
{
    oldest_first();
    holes();
    untold();
    deregistering();
    under_requests();
    counts();
    in_threads();
    printf("removal: all fine\n");
    return 0;
}
