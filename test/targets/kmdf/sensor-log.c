/*
 * A driver for samples/sensor-log on the host harness: what vectors do not reach. Registration and its failures, more
 * instances, locks, events, collection, and a method whose effect has to wait for the commit.
 */
#include <ntddk.h>
#include <wdf.h>

#include "../../c/host/host.h"
#include "sensor-log_wmi.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const GUID log_guid = SensorLogGuid;
static const GUID alarm_guid = SensorAlarmGuid;

static VOID expect(NTSTATUS status, NTSTATUS want, int line)
{
    host_check(
        status == want,
        "line %d: %s where %s is right",
        line,
        host_status_name(status),
        host_status_name(want));
}

#define EXPECT(status, want) expect((status), (want), __LINE__)

/* ---- The method with an effect, in place of the skeleton's ---- */

static ULONG drained;
/* What else the method does. */
static VOID (*while_preparing)(WDFWMIINSTANCE Instance);
static const LONG samples[] = {1, 2, 3};

NTSTATUS
SensorLogDrainPrepare(
    WDFWMIINSTANCE Instance,
    ULONG Limit,
    ULONG *Count,
    const LONG **Samples,
    UNICODE_STRING *Note)
{
    host_check(Instance != NULL, "no instance");
    host_check(host_held_locks() == 0, "a method of the driver runs under the lock");
    if (while_preparing != NULL) {
        while_preparing(Instance);
    }
    *Count = Limit < ARRAYSIZE(samples) ? Limit : ARRAYSIZE(samples);
    *Samples = samples;
    RtlInitUnicodeString(Note, L"more");
    return STATUS_SUCCESS;
}

static NTSTATUS commit_status;

NTSTATUS
SensorLogDrainCommit(
    WDFWMIINSTANCE Instance,
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

/* ---- Collection ---- */

static ULONG collecting;

NTSTATUS
SensorLogCollect(
    WDFDEVICE Device,
    BOOLEAN Enable)
{
    host_check(Device != NULL, "no device");
    collecting = Enable ? 1 : 0;
    return STATUS_SUCCESS;
}

/* ---- Requests ---- */

static WDFDEVICE device;

static WDFDEVICE started(VOID)
{
    device = host_wdf_device();
    EXPECT(SensorLogWmiInitialize(device), STATUS_SUCCESS);
    host_wdf_start(device);
    return device;
}

static VOID end(VOID)
{
    host_wdf_remove(device);
    WdfObjectDelete(device);
    host_expect_nothing_left();
}

static NTSTATUS send(UCHAR minor, ULONG instance, ULONG id, const VOID *data, ULONG size, ULONG room, ULONG *needed)
{
    ULONG buffer_size;
    PVOID buffer = host_build_wnode(minor, &log_guid, instance, id, data, size, room, &buffer_size);
    NTSTATUS status = host_wdf_send(device, minor, &log_guid, buffer, buffer_size, NULL);
    *needed = host_size_needed(buffer, buffer_size);
    free(buffer);
    return status;
}

static VOID registration(VOID)
{
    ULONG needed;
    device = started();
    const WDF_WMI_PROVIDER_CONFIG *config = host_wdf_provider_config(host_wdf_provider_of(device, &log_guid));
    host_check(config->Flags == WdfWmiProviderExpensive, "flags %u", config->Flags);
    host_check(config->MinInstanceBufferSize == 0, "minimum %u", config->MinInstanceBufferSize);
    config = host_wdf_provider_config(host_wdf_provider_of(device, &alarm_guid));
    host_check(config->Flags == WdfWmiProviderEventOnly, "flags %u", config->Flags);
    host_check(host_wdf_provider(device, 2) == NULL, "more than two providers");
    EXPECT(send(1, 0, 0, NULL, 0, 256, &needed), STATUS_SUCCESS);
    EXPECT(send(1, 1, 0, NULL, 0, 256, &needed), STATUS_WMI_INSTANCE_NOT_FOUND);
    /* A second call finds the first one's state. */
    EXPECT(SensorLogWmiInitialize(device), STATUS_INVALID_DEVICE_REQUEST);
    host_check(host_wdf_provider(device, 2) == NULL, "more than two providers");
    end();
}

static VOID instances(VOID)
{
    static const UCHAR text[] = {4, 0, 'h', 0, 'i', 0};
    WDFWMIINSTANCE second;
    ULONG needed;
    device = started();
    EXPECT(SensorLogAddInstance(device, &second), STATUS_SUCCESS);
    host_check(second != SensorLogInstance(device), "the first instance again");
    /* Each has a context of its own. */
    EXPECT(send(3, 1, 8, text, sizeof(text), 0, &needed), STATUS_SUCCESS);
    EXPECT(send(1, 0, 0, NULL, 0, 0, &needed), STATUS_SUCCESS);
    host_check(needed == 64 + 64, "first: %u", needed);
    EXPECT(send(1, 1, 0, NULL, 0, 0, &needed), STATUS_SUCCESS);
    host_check(needed == 64 + 80, "second: %u", needed);
    SensorLogWmiLock(second);
    host_check(host_held_locks() == 1, "not locked");
    SensorLogWmiUnlock(second);
    host_check(host_held_locks() == 0, "still locked");
    end();
}

static VOID effects(VOID)
{
    const ULONG limit = 2;
    ULONG needed;
    device = started();
    drained = 0;
    commit_status = STATUS_SUCCESS;
    /* Too little room: the size is returned, and there is no effect (EM5, EM6). */
    EXPECT(send(9, 0, 10, &limit, sizeof(limit), 8, &needed), STATUS_SUCCESS);
    host_check(needed == 72 + 4 + 8 + 10, "needed %u", needed);
    host_check(drained == 0, "drained %u", drained);
    EXPECT(send(9, 0, 10, &limit, sizeof(limit), 22, &needed), STATUS_SUCCESS);
    host_check(needed == 0 && drained == 2, "needed %u, drained %u", needed, drained);
    commit_status = STATUS_DEVICE_NOT_READY;
    EXPECT(send(9, 0, 10, &limit, sizeof(limit), 22, &needed), STATUS_DEVICE_NOT_READY);
    /* Only the core decides that a buffer is too small: the caller would retry, without knowing the size. */
    commit_status = STATUS_BUFFER_TOO_SMALL;
    EXPECT(send(9, 0, 10, &limit, sizeof(limit), 22, &needed), STATUS_UNSUCCESSFUL);
    host_check(needed == 0, "needed %u", needed);
    host_check(drained == 2, "drained %u", drained);
    end();
}

static VOID collection(VOID)
{
    UCHAR header[48] = {48};
    device = started();
    EXPECT(host_wdf_send(device, 6, &log_guid, header, sizeof(header), NULL), STATUS_SUCCESS);
    host_check(collecting == 1, "not collecting");
    /* Events are not collection. */
    EXPECT(host_wdf_send(device, 5, &log_guid, header, sizeof(header), NULL), STATUS_SUCCESS);
    host_check(collecting == 1, "not collecting");
    EXPECT(host_wdf_send(device, 7, &log_guid, header, sizeof(header), NULL), STATUS_SUCCESS);
    host_check(collecting == 0, "still collecting");
    end();
}

static VOID events(VOID)
{
    SensorAlarm_VALUES alarm = {0};
    WDFWMIINSTANCE second;
    const host_event *event;
    RtlInitUnicodeString(&alarm.Label, L"ab");
    /* A driver whose initialization has failed may continue without WMI. */
    device = host_wdf_device();
    EXPECT(SensorAlarmFire(device, &alarm), STATUS_INVALID_DEVICE_STATE);
    EXPECT(SensorLogAddInstance(device, &second), STATUS_INVALID_DEVICE_STATE);
    host_check(second == NULL && SensorLogInstance(device) == NULL, "an instance of nothing");
    WdfObjectDelete(device);
    device = started();
    EXPECT(SensorAlarmFireFrom(SensorLogInstance(device), &alarm), STATUS_INVALID_PARAMETER);
    SensorLogWmiLock(SensorAlarmInstance(device));
    SensorLogWmiUnlock(SensorAlarmInstance(device));
    alarm.Sample = -1;
    alarm.Threshold = 2;
    RtlCopyMemory(alarm.When, SENSOR_LOG_NO_TIME, sizeof(alarm.When));
    EXPECT(SensorAlarmFire(device, &alarm), STATUS_SUCCESS);
    host_check(host_event_count() == 1, "%u events", host_event_count());
    event = host_event_at(0);
    host_check(memcmp(&event->guid, &alarm_guid, sizeof(GUID)) == 0, "another block");
    host_check(event->data_size == 58 + 2 + 4 && event->instance_index == 0, "size %u", event->data_size);
    host_check(memcmp(event->data, "\xff\xff\xff\xff\x02\0\0\0", 8) == 0, "other data");
    host_check(memcmp(event->data + 58, "\x04\0a\0b", 6) == 0, "other text");
    EXPECT(SensorAlarmAddInstance(device, &second), STATUS_SUCCESS);
    EXPECT(SensorAlarmFireFrom(second, &alarm), STATUS_SUCCESS);
    host_check(host_event_at(1)->instance_index == 1, "another instance");
    /* An inconsistent string is the driver's fault; nothing is sent. */
    alarm.Label.Length = 3;
    EXPECT(SensorAlarmFire(device, &alarm), STATUS_UNSUCCESSFUL);
    alarm.Label.Length = 4;
    alarm.Label.Buffer = NULL;
    EXPECT(SensorAlarmFire(device, &alarm), STATUS_UNSUCCESSFUL);
    host_check(host_event_count() == 2, "%u events", host_event_count());
    host_fail_events(STATUS_UNSUCCESSFUL);
    RtlInitUnicodeString(&alarm.Label, L"ab");
    EXPECT(SensorAlarmFire(device, &alarm), STATUS_UNSUCCESSFUL);
    host_fail_events(STATUS_SUCCESS);
    host_forget_events();
    end();
}

/* ---- Instances that are removed while requests hold them ---- */

static VOID delete_instance(WDFWMIINSTANCE Instance)
{
    WdfObjectDelete(Instance);
}

static VOID *take_lock(VOID *instance)
{
    SensorLogWmiLock((WDFWMIINSTANCE)instance);
    SensorLogWmiUnlock((WDFWMIINSTANCE)instance);
    return NULL;
}

/* The method waits for a thread that reads the values under the lock, as a method waits for its own timer. */
static VOID wait_for_thread(WDFWMIINSTANCE Instance)
{
    pthread_t thread;
    host_check(pthread_create(&thread, NULL, take_lock, Instance) == 0, "no thread");
    host_check(pthread_join(thread, NULL) == 0, "the thread does not end");
}

static VOID methods(VOID)
{
    const ULONG limit = 2;
    ULONG needed;
    device = started();
    commit_status = STATUS_SUCCESS;
    while_preparing = wait_for_thread;
    EXPECT(send(9, 0, 10, &limit, sizeof(limit), 22, &needed), STATUS_SUCCESS);
    /* The context, with the lock in it, is kept until the request completes. */
    while_preparing = delete_instance;
    EXPECT(send(9, 0, 10, &limit, sizeof(limit), 22, &needed), STATUS_SUCCESS);
    while_preparing = NULL;
    host_check(SensorLogInstance(device) == NULL, "a handle of an instance that is gone");
    EXPECT(send(1, 0, 0, NULL, 0, 256, &needed), STATUS_WMI_INSTANCE_NOT_FOUND);
    end();
}

static VOID removal(VOID)
{
    SensorAlarm_VALUES alarm = {0};
    WDFWMIINSTANCE second;
    device = started();
    EXPECT(SensorAlarmAddInstance(device, &second), STATUS_SUCCESS);
    EXPECT(SensorLogRemoveInstance(second), STATUS_INVALID_PARAMETER);
    EXPECT(SensorAlarmRemoveInstance(SensorAlarmInstance(device)), STATUS_SUCCESS);
    host_check(SensorAlarmInstance(device) == second, "not the oldest that lives");
    RtlCopyMemory(alarm.When, SENSOR_LOG_NO_TIME, sizeof(alarm.When));
    EXPECT(SensorAlarmFire(device, &alarm), STATUS_SUCCESS);
    EXPECT(SensorAlarmRemoveInstance(second), STATUS_SUCCESS);
    host_check(SensorAlarmInstance(device) == NULL, "a handle of an instance that is gone");
    EXPECT(SensorAlarmFire(device, &alarm), STATUS_INVALID_DEVICE_STATE);
    /* wmisamp deletes and creates one every minute. */
    EXPECT(SensorAlarmAddInstance(device, &second), STATUS_SUCCESS);
    host_check(SensorAlarmInstance(device) == second, "not the one that was added");
    EXPECT(SensorAlarmFire(device, &alarm), STATUS_SUCCESS);
    host_forget_events();
    end();
}

/* Every allocation of the start fails once: removing the device then frees everything that exists. */
static VOID faults(VOID)
{
    ULONG successes;
    NTSTATUS status;
    for (successes = 0;; successes += 1) {
        device = host_wdf_device();
        host_fail_allocation_after(successes);
        status = SensorLogWmiInitialize(device);
        if (!host_stop_failing_allocations()) {
            break;
        }
        EXPECT(status, STATUS_INSUFFICIENT_RESOURCES);
        WdfObjectDelete(device);
        host_expect_nothing_left();
    }
    host_check(successes > 8, "only %u allocations", successes);
    EXPECT(status, STATUS_SUCCESS);
    WdfObjectDelete(device);
    host_expect_nothing_left();
}

/* A set that the driver has no memory to store changes nothing. */
static VOID keeping(VOID)
{
    static const UCHAR text[] = {4, 0, 'h', 0, 'i', 0};
    ULONG successes;
    ULONG needed;
    device = started();
    for (successes = 0;; successes += 1) {
        NTSTATUS status;
        host_fail_allocation_after(successes);
        status = send(3, 0, 8, text, sizeof(text), 0, &needed);
        if (!host_stop_failing_allocations()) {
            EXPECT(status, STATUS_SUCCESS);
            break;
        }
        EXPECT(status, STATUS_INSUFFICIENT_RESOURCES);
        EXPECT(send(1, 0, 0, NULL, 0, 0, &needed), STATUS_SUCCESS);
        host_check(needed == 64 + 64, "changed: %u", needed);
    }
    host_check(successes > 0, "nothing was allocated");
    end();
}

int main(void)
{
    registration();
    instances();
    effects();
    collection();
    events();
    methods();
    removal();
    faults();
    keeping();
    printf("sensor-log: all fine\n");
    return 0;
}
