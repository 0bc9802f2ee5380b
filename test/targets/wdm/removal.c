/*
 * A driver for samples/smart-fan whose instances go while requests have them: the requests end as usual, nothing is freed under
 * them, and the instances that are left move up.
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

/* In place of the skeleton's function. */
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
            victims[i] = NULL;
        }
    }
    /* The instance and its context are there to the end. */
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

/* Those that are there, told apart by their speeds. */
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

/* What WMI says of it is the status; the instance is gone all the same. */
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

static VOID under_requests(VOID)
{
    ULONG blocks;
    ULONG lengths[3];
    UCHAR buffer[2 * 80 + SIZE];
    begin();
    blocks = host_live_blocks();
    /* The one that is queried. */
    victims[0] = fans[1];
    EXPECT_OUTCOME(query(0, 1, 1, lengths, SIZE, buffer), STATUS_SUCCESS, SIZE);
    host_check(buffer[0] == 11, "another instance, %u", buffer[0]);
    host_check(host_live_blocks() == blocks - 2, "it is not freed");
    expect_fans(2, 10, 12);
    end();
    /* All that are queried: the answer has what was there when the request came. */
    begin();
    memcpy(victims, fans, sizeof(fans));
    EXPECT_OUTCOME(query(0, 0, 3, lengths, sizeof(buffer), buffer), STATUS_SUCCESS, sizeof(buffer));
    host_check(buffer[0] == 10 && buffer[80] == 11 && buffer[160] == 12, "other instances");
    expect_fans(0, 0, 0);
    end();
    /* No memory to hold all of them: none is queried, and none is lost. */
    begin();
    host_fail_allocation_after(0);
    EXPECT_OUTCOME(
        query(0, 0, 3, lengths, sizeof(buffer), buffer), STATUS_INSUFFICIENT_RESOURCES, 0);
    host_check(host_stop_failing_allocations(), "nothing was allocated");
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
    untold();
    under_requests();
    in_threads();
    printf("removal: all fine\n");
    return 0;
}
