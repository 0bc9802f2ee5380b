/*
 * A driver for guest.mof, like drivers for guest agents: sessions and disks with names of their own are added and removed,
 * consumers find them by name, events have the names, and only static names are registered with WMI.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

#include "../device/rig.h"

#include "guest_wmi.h"

static const GUID session_guid = GuestSessionGuid;
static const GUID disk_guid = GuestDiskGuid;
static const GUID clock_guid = GuestClockGuid;
static const GUID load_guid = GuestLoadGuid;
static const GUID event_guid = GuestSessionEventGuid;
static const GUID restarted_guid = GuestRestartedGuid;

static PGUEST_WMI wmi;

/* What the driver's functions return next, and how often Collect has run. */
static NTSTATUS disk_status;
static NTSTATUS clock_status;
static NTSTATUS end_status;
static LONG collected;

/* What the next query of a clock removes. */
static PGUEST_WMI_INSTANCE victim;

/* In place of the skeleton's functions. */
NTSTATUS
GuestDiskSet(
    PGUEST_WMI_INSTANCE Instance,
    const GuestDisk *Data,
    const GuestDisk_CHANGED *Changed)
{
    if (NT_SUCCESS(disk_status) && Changed->Kind) {
        ((GuestDisk *)Instance->Context)->Kind = Data->Kind;
    }
    return disk_status;
}

NTSTATUS
GuestClockQuery(
    PGUEST_WMI_INSTANCE Instance,
    GuestClock *Data)
{
    if (victim != NULL) {
        EXPECT(GuestClockRemoveInstance(victim), STATUS_SUCCESS);
        victim = NULL;
    }
    Data->Ticks = Instance->InstanceIndex;
    return clock_status;
}

NTSTATUS
GuestSessionEndSession(
    PGUEST_WMI_INSTANCE Instance)
{
    /* The session is removed while the request holds it. */
    EXPECT(GuestSessionRemoveInstance(Instance), STATUS_SUCCESS);
    host_check(Instance->Name.Length > 0 && Instance->Context != NULL, "gone too early");
    return end_status;
}

NTSTATUS
GuestLoadCollect(
    PDEVICE_OBJECT Device,
    BOOLEAN Enable)
{
    host_check(Device == device, "another device");
    collected += Enable ? 1 : -1;
    return STATUS_SUCCESS;
}

static UNICODE_STRING *text(PCWSTR characters)
{
    static UNICODE_STRING string;
    RtlInitUnicodeString(&string, characters);
    return &string;
}

static VOID begin(VOID)
{
    device = host_wdm_device(GuestWmiSystemControl, sizeof(GUEST_WMI));
    wmi = (PGUEST_WMI)device->DeviceExtension;
    EXPECT(
        GuestWmiInitialize(
            wmi, device, host_wdm_lower_device(device), host_wdm_lower_device(device), registry_path(TRUE)),
        STATUS_SUCCESS);
    EXPECT(GuestWmiRegister(wmi), STATUS_SUCCESS);
}

static VOID end(VOID)
{
    GuestWmiCleanup(wmi);
    host_wdm_delete_device(device);
    host_expect_nothing_left();
}

/* A request for the session with the name, which is `shift` bytes after its usual offset. */
static NTSTATUS send_named(UCHAR minor, PCWSTR name, ULONG shift, ULONG id, const VOID *data, ULONG size, answer *got)
{
    ULONG part = minor == 3 || minor == 9 ? 68 : 64;
    USHORT count = text(name)->Length;
    ULONG at = (part + shift + 2 + count + 7) / 8 * 8;
    ULONG fields[5] = {part + shift, 0, at, size, 0};
    ULONG room = at + (size > 64 ? size : 64);
    PUCHAR buffer = malloc(room);
    memset(buffer, 0, room);
    memcpy(buffer, &room, sizeof(room));
    if (part == 68) {
        fields[2] = id;
        fields[3] = at;
        fields[4] = size;
    }
    memcpy(buffer + 48, fields, part - 48);
    memcpy(buffer + part + shift, &count, sizeof(count));
    memcpy(buffer + part + shift + 2, text(name)->Buffer, count);
    if (size > 0) {
        memcpy(buffer + at, data, size);
    }
    host_request request = host_new_request(minor, &session_guid, buffer, room);
    host_wdm_dispatch(device, &request);
    memcpy(got->bytes, buffer, room);
    got->information = (ULONG)request.io.Information;
    got->needed = host_size_needed(buffer, room);
    got->forwarded = request.forwarded;
    free(buffer);
    return request.io.Status;
}

/* Sessions are added and removed, and the registration does not change. */
static VOID sessions(VOID)
{
    PGUEST_WMI_INSTANCE first;
    PGUEST_WMI_INSTANCE second;
    PGUEST_WMI_INSTANCE none;
    ULONG size;
    const UCHAR *before;
    answer got;
    begin();
    before = host_wdm_registration(device, &size);
    host_check(GuestSessionInstance(wmi) == NULL, "a session that nobody has added");
    EXPECT(send_named(1, L"Session 1", 0, 0, NULL, 0, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    EXPECT(GuestSessionAddInstance(wmi, text(L"Session 1"), &first), STATUS_SUCCESS);
    EXPECT(GuestSessionAddInstance(wmi, text(L"Session 2"), &second), STATUS_SUCCESS);
    host_check(GuestSessionInstance(wmi) == first, "another one is the oldest");
    host_check(host_wdm_registration(device, &size) == before, "WMI is told of a dynamic name");
    EXPECT(GuestSessionAddInstance(wmi, text(L"SESSION 2"), &none), STATUS_OBJECT_NAME_COLLISION);
    host_check(none == NULL, "an instance beside a failure");
    EXPECT(GuestSessionAddInstance(wmi, text(L""), &none), STATUS_INVALID_PARAMETER);
    text(L"Session 3")->Length = 5;
    {
        UNICODE_STRING odd = {5, 5, (PWCH)(uintptr_t)L"Session 3"};
        EXPECT(GuestSessionAddInstance(wmi, &odd, &none), STATUS_INVALID_PARAMETER);
    }
    /* A block of the other kind. */
    EXPECT(MofgenWmiAddNamedInstance(wmi, wmi->Provider, 2, text(L"Clock"), &none), STATUS_INVALID_PARAMETER);
    EXPECT(MofgenWmiAddInstance(wmi, wmi->Provider, 0, &none), STATUS_INVALID_PARAMETER);

    EXPECT(send_named(3, L"session 2", 0, 3, "\7\0\0\0", 4, &got), STATUS_SUCCESS);
    EXPECT(send_named(1, L"Session 2", 0, 0, NULL, 0, &got), STATUS_SUCCESS);
    host_check(got.information == 88 + 12 && ulong_at(got.bytes, 88 + 8) == 7, "%u bytes", got.information);
    EXPECT(send_named(1, L"Session 1", 0, 0, NULL, 0, &got), STATUS_SUCCESS);
    host_check(ulong_at(got.bytes, 88 + 8) == 0, "another session was set");
    /* A name on an odd address; and each without memory for copies of it. */
    EXPECT(send_named(1, L"Session 1", 1, 0, NULL, 0, &got), STATUS_SUCCESS);
    for (ULONG odd = 0; odd < 2; odd++) {
        for (ULONG i = 0; i <= odd; i++) {
            host_fail_allocation_after(i);
            EXPECT(send_named(1, L"Session 1", odd, 0, NULL, 0, &got), STATUS_INSUFFICIENT_RESOURCES);
            host_check(host_stop_failing_allocations(), "no allocation");
        }
    }
    /* Without memory for the instance, or for its context. */
    for (ULONG i = 0; i < 2; i++) {
        host_fail_allocation_after(i);
        EXPECT(GuestSessionAddInstance(wmi, text(L"Session 3"), &none), STATUS_INSUFFICIENT_RESOURCES);
        host_check(host_stop_failing_allocations() && none == NULL, "no allocation");
        EXPECT(send_named(1, L"Session 3", 0, 0, NULL, 0, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    }

    /* The older one is removed. */
    EXPECT(GuestSessionRemoveInstance(first), STATUS_SUCCESS);
    EXPECT(send_named(1, L"Session 1", 0, 0, NULL, 0, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    EXPECT(send_named(1, L"Session 2", 0, 0, NULL, 0, &got), STATUS_SUCCESS);
    /* Its name is free again. */
    EXPECT(GuestSessionAddInstance(wmi, text(L"session 1"), &first), STATUS_SUCCESS);
    host_check(host_wdm_registration(device, &size) == before, "WMI is told of a dynamic name");
    EXPECT(GuestSessionRemoveInstance(first), STATUS_SUCCESS);

    /* A method that removes its own session: the request completes as usual. */
    end_status = STATUS_SUCCESS;
    EXPECT(send_named(9, L"Session 2", 0, 3, NULL, 0, &got), STATUS_SUCCESS);
    host_check(GuestSessionInstance(wmi) == NULL, "a session is left");
    EXPECT(send_named(9, L"Session 2", 0, 3, NULL, 0, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    EXPECT(GuestSessionAddInstance(wmi, text(L"Session 4"), &first), STATUS_SUCCESS);
    end_status = STATUS_ACCESS_DENIED;
    EXPECT(send_named(9, L"Session 4", 0, 3, NULL, 0, &got), STATUS_ACCESS_DENIED);
    end();
    EXPECT(GuestSessionAddInstance(&(GUEST_WMI){0}, text(L"Session 1"), &none), STATUS_INVALID_DEVICE_STATE);
}

/* Disks are added and removed, and WMI gets their names. */
static VOID disks(VOID)
{
    static const PCWSTR names[] = {L"Disk A", L"Disk B", L"Disk C"};
    PGUEST_WMI_INSTANCE made[3];
    const UCHAR *info;
    ULONG size;
    answer got;
    begin();
    for (ULONG i = 0; i < 3; i += 1) {
        EXPECT(GuestDiskAddInstance(wmi, text(names[i]), &made[i]), STATUS_SUCCESS);
        host_check(made[i]->InstanceIndex == i, "index %u", made[i]->InstanceIndex);
    }
    EXPECT(GuestDiskRemoveInstance(made[1]), STATUS_SUCCESS);
    info = host_wdm_registration(device, &size);
    host_check(memcmp(info + 24 + 32, &disk_guid, sizeof(GUID)) == 0, "another block");
    host_check(ulong_at(info, 56 + 16) == WMIREG_FLAG_INSTANCE_LIST, "flags 0x%x", ulong_at(info, 56 + 16));
    host_check(ulong_at(info, 56 + 20) == 2, "%u instances", ulong_at(info, 56 + 20));
    info += ulong_at(info, 56 + 24);
    host_check(memcmp(info, L"\14Disk A\14Disk C", 28) == 0, "other names");
    /* The younger one has moved up. */
    EXPECT(send(3, &disk_guid, 1, 2, "\5\0", 2, 2, &got), STATUS_SUCCESS);
    host_check(((GuestDisk *)made[2]->Context)->Kind == 5, "another disk was set");
    EXPECT(send(3, &disk_guid, 2, 2, "\5\0", 2, 2, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    /* A set request without data in a buffer of only the fixed part: the item is checked. One byte less is not a valid request. */
    for (ULONG size = 67; size <= 68; size++) {
        ULONG fields[] = {68, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, WNODE_FLAG_STATIC_INSTANCE_NAMES, 0, 0, 99, 68, 0};
        host_request bare = host_new_request(3, &disk_guid, fields, size);
        host_wdm_dispatch(device, &bare);
        EXPECT(bare.io.Status, size < 68 ? STATUS_WMI_SET_FAILURE : STATUS_WMI_ITEMID_NOT_FOUND);
    }
    end();
}

/* Requests during the cleanup of the structure, by a driver that does not wait for them, are answered. */
static VOID *ask_often(VOID *unused)
{
    static const UCHAR minors[] = {0, 1, 4, 8};
    (void)unused;
    for (ULONG i = 0; i < 400; i += 1) {
        UCHAR minor = minors[i % ARRAYSIZE(minors)];
        answer got;
        NTSTATUS status = minor == 1 ? send(1, &clock_guid, 0, 0, NULL, 0, 8, &got) : send_plain(minor, &clock_guid, 512, &got);
        host_check(status == STATUS_SUCCESS || status == STATUS_WMI_GUID_NOT_FOUND, "%s", host_status_name(status));
    }
    return NULL;
}

static VOID cleanup(VOID)
{
    pthread_t threads[2];
    answer got;
    begin();
    for (ULONG i = 0; i < ARRAYSIZE(threads); i += 1) {
        host_check(pthread_create(&threads[i], NULL, ask_often, NULL) == 0, "no thread");
    }
    GuestWmiCleanup(wmi);
    for (ULONG i = 0; i < ARRAYSIZE(threads); i += 1) {
        pthread_join(threads[i], NULL);
    }
    EXPECT(send_named(1, L"Session 1", 0, 0, NULL, 0, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    EXPECT(send_plain(4, &clock_guid, 48, &got), STATUS_WMI_GUID_NOT_FOUND);
    EXPECT(send_plain(0, &clock_guid, 256, &got), STATUS_WMI_GUID_NOT_FOUND);
    end();
}

/* The driver's own failures. "If the instance is valid but the driver cannot handle the request, it can return any status." */
static VOID failures(VOID)
{
    static const struct {
        NTSTATUS driver;
        NTSTATUS request;
    } rows[] = {
        {STATUS_ACCESS_DENIED, STATUS_ACCESS_DENIED},
        {STATUS_WMI_READ_ONLY, STATUS_WMI_READ_ONLY},
        {STATUS_WMI_SET_FAILURE, STATUS_WMI_SET_FAILURE},
        {STATUS_BUFFER_TOO_SMALL, STATUS_WMI_SET_FAILURE},
        {STATUS_PENDING, STATUS_UNSUCCESSFUL},
        {STATUS_SUCCESS, STATUS_SUCCESS},
    };
    PGUEST_WMI_INSTANCE disk;
    answer got;
    begin();
    EXPECT(GuestDiskAddInstance(wmi, text(L"Disk"), &disk), STATUS_SUCCESS);
    for (ULONG i = 0; i < ARRAYSIZE(rows); i += 1) {
        disk_status = rows[i].driver;
        EXPECT(send(2, &disk_guid, 0, 0, "\0\0\0\0\0\0\0\0\1\0\1", 11, 11, &got), rows[i].request);
        host_check(got.information == 0, "Information %u", got.information);
        EXPECT(send(3, &disk_guid, 0, 2, "\1\0", 2, 2, &got), rows[i].request);
        host_check(got.information == 0, "Information %u", got.information);
    }
    clock_status = STATUS_DEVICE_NOT_READY;
    EXPECT(send(1, &clock_guid, 0, 0, NULL, 0, 8, &got), STATUS_DEVICE_NOT_READY);
    EXPECT(send_plain(0, &clock_guid, 256, &got), STATUS_DEVICE_NOT_READY);
    host_check(got.information == 0, "Information %u", got.information);
    /* An informational status is a success. */
    clock_status = STATUS_OBJECT_NAME_EXISTS;
    EXPECT(send(1, &clock_guid, 0, 0, NULL, 0, 8, &got), STATUS_SUCCESS);
    host_check(got.information == 72, "Information %u", got.information);
    clock_status = STATUS_SUCCESS;
    end();
}

/* An instance is removed while a query of all holds it: it is in the answer, and gone afterwards. */
static VOID going(VOID)
{
    PGUEST_WMI_INSTANCE clocks[2];
    answer got;
    begin();
    EXPECT(GuestClockAddInstance(wmi, &clocks[0]), STATUS_SUCCESS);
    EXPECT(GuestClockAddInstance(wmi, &clocks[1]), STATUS_SUCCESS);
    victim = clocks[0];
    EXPECT(send_plain(0, &clock_guid, 256, &got), STATUS_SUCCESS);
    host_check(ulong_at(got.bytes, 52) == 3 && got.information == 72 + 24, "%u bytes", got.information);
    EXPECT(send_plain(0, &clock_guid, 256, &got), STATUS_SUCCESS);
    host_check(ulong_at(got.bytes, 52) == 2 && got.information == 72 + 16, "%u bytes", got.information);
    victim = GuestClockInstance(wmi);
    EXPECT(send(1, &clock_guid, 0, 0, NULL, 0, 8, &got), STATUS_SUCCESS);
    victim = GuestClockInstance(wmi);
    EXPECT(send(1, &clock_guid, 0, 0, NULL, 0, 8, &got), STATUS_SUCCESS);
    EXPECT(send_plain(0, &clock_guid, 256, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    end();
}

/* Until WMI queries the names and numbers of the instances again, its requests use the old ones. */
static VOID holes(VOID)
{
    PGUEST_WMI_INSTANCE clocks[3];
    PGUEST_WMI_INSTANCE disks[3];
    answer got;
    begin();
    clocks[0] = GuestClockInstance(wmi);
    EXPECT(GuestClockAddInstance(wmi, &clocks[1]), STATUS_SUCCESS);
    EXPECT(GuestClockAddInstance(wmi, &clocks[2]), STATUS_SUCCESS);
    EXPECT(GuestDiskAddInstance(wmi, text(L"Disk A"), &disks[0]), STATUS_SUCCESS);
    EXPECT(GuestDiskAddInstance(wmi, text(L"Disk B"), &disks[1]), STATUS_SUCCESS);
    host_delay_updates(TRUE);
    EXPECT(GuestClockRemoveInstance(clocks[0]), STATUS_SUCCESS);
    EXPECT(GuestDiskRemoveInstance(disks[0]), STATUS_SUCCESS);
    EXPECT(GuestDiskAddInstance(wmi, text(L"Disk C"), &disks[2]), STATUS_SUCCESS);
    host_check(GuestClockInstance(wmi) == clocks[1], "another one is the oldest");
    EXPECT(send(1, &clock_guid, 0, 0, NULL, 0, 8, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    EXPECT(send(1, &clock_guid, 2, 0, NULL, 0, 8, &got), STATUS_SUCCESS);
    /* No instance may be returned in place of another one. */
    EXPECT(send_plain(0, &clock_guid, 256, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    EXPECT(send_plain(0, &disk_guid, 256, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    EXPECT(send(3, &disk_guid, 2, 2, "\5\0", 2, 2, &got), STATUS_SUCCESS);
    host_check(((GuestDisk *)disks[2]->Context)->Kind == 5, "another disk was set");
    /* After an answer that does not fit, WMI keeps the old numbers. */
    EXPECT(send_plain(8, NULL, 64, &got), STATUS_BUFFER_TOO_SMALL);
    host_check(clocks[2]->InstanceIndex == 2 && disks[2]->InstanceIndex == 2, "moved already");
    EXPECT(send_plain(8, NULL, 1024, &got), STATUS_SUCCESS);
    host_check(clocks[1]->InstanceIndex == 0 && clocks[2]->InstanceIndex == 1, "not moved");
    host_check(disks[1]->InstanceIndex == 0 && disks[2]->InstanceIndex == 1, "not moved");
    EXPECT(send_plain(0, &clock_guid, 256, &got), STATUS_SUCCESS);
    host_check(ulong_at(got.bytes, 52) == 2, "%u instances", ulong_at(got.bytes, 52));
    EXPECT(send(1, &clock_guid, 2, 0, NULL, 0, 8, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    host_delay_updates(FALSE);
    end();
}

/* WNODE_ALL_DATA with names and instances of several sizes, in every size of a buffer. */
static VOID all_sessions(VOID)
{
    /* 60, two entries, two offsets of names, the names: 60 + 16 + 8 + 20 + 6 = 110. The first one has 12 bytes, then 4. */
    const ULONG start = 112;
    const ULONG whole = start + 16 + 16;
    PGUEST_WMI_INSTANCE session;
    answer got;
    begin();
    EXPECT(GuestSessionAddInstance(wmi, text(L"Session 1"), &session), STATUS_SUCCESS);
    EXPECT(GuestSessionAddInstance(wmi, text(L"II"), &session), STATUS_SUCCESS);
    EXPECT(send_named(3, L"ii", 0, 2, "\4\0o\0k\0", 6, &got), STATUS_SUCCESS);
    for (ULONG size = 0; size < 56; size += 1) {
        EXPECT(send_plain(0, &session_guid, size, &got), STATUS_BUFFER_TOO_SMALL);
    }
    for (ULONG size = 56; size < whole; size += 1) {
        EXPECT(send_plain(0, &session_guid, size, &got), STATUS_SUCCESS);
        host_check(got.needed == whole && got.information == 56, "size %u: %u needed", size, got.needed);
    }
    EXPECT(send_plain(0, &session_guid, whole, &got), STATUS_SUCCESS);
    host_check(got.information == whole && ulong_at(got.bytes, 0) == whole, "%u bytes", got.information);
    host_check(ulong_at(got.bytes, 44) == WNODE_FLAG_ALL_DATA, "flags 0x%x", ulong_at(got.bytes, 44));
    host_check(ulong_at(got.bytes, 48) == start && ulong_at(got.bytes, 52) == 2, "data elsewhere");
    host_check(ulong_at(got.bytes, 60) == start && ulong_at(got.bytes, 64) == 12, "the first entry");
    host_check(ulong_at(got.bytes, 68) == start + 16 && ulong_at(got.bytes, 72) == 16, "the second entry");
    host_check(ulong_at(got.bytes, 56) == 76, "offsets of names at %u", ulong_at(got.bytes, 56));
    host_check(memcmp(got.bytes + ulong_at(got.bytes, 76), L"\22Session 1", 20) == 0, "the first name");
    host_check(memcmp(got.bytes + ulong_at(got.bytes, 80), L"\4II", 6) == 0, "the second name");
    host_check(memcmp(got.bytes + start + 16, "\0\0\0\0\4\0o\0k\0\0\0\0\0\0\0", 16) == 0, "the second one's data");

    /* No memory for the list of instances, or for their lengths. */
    for (ULONG successes = 0; successes < 2; successes += 1) {
        host_fail_allocation_after(successes);
        EXPECT(send_plain(0, &session_guid, whole, &got), STATUS_INSUFFICIENT_RESOURCES);
        host_check(host_stop_failing_allocations() && got.information == 0, "no allocation");
    }
    end();
}

static const UCHAR *event_bytes(ULONG number, ULONG offset)
{
    return host_event_at(number)->wnode + offset;
}

static VOID events(VOID)
{
    GuestSessionEvent_VALUES values = {3, {4, 4, (PWCH)(uintptr_t)L"up"}};
    PGUEST_WMI_INSTANCE session;
    const host_event *event;
    begin();
    EXPECT(GuestSessionEventFire(wmi, &values), STATUS_INVALID_DEVICE_STATE);
    EXPECT(GuestSessionEventAddInstance(wmi, text(L"Session 7"), &session), STATUS_SUCCESS);
    EXPECT(GuestSessionEventFireFrom(session, &values), STATUS_SUCCESS);
    EXPECT(GuestSessionEventFire(wmi, &values), STATUS_SUCCESS);
    EXPECT(GuestRestartedFire(wmi), STATUS_SUCCESS);
    host_check(host_event_count() == 3, "%u events", host_event_count());
    event = host_event_at(1);
    host_check(memcmp(&event->guid, &event_guid, sizeof(GUID)) == 0, "another block");
    host_check(event->name_size == 18 && memcmp(event->name, L"Session 7", 18) == 0, "another name");
    host_check(event->data == event->wnode + 88 && event->data_size == 10, "%u bytes", event->data_size);
    host_check(memcmp(event->data, "\3\0\0\0\4\0u\0p\0", 10) == 0, "other data");
    host_check(ulong_at(event_bytes(1, 44), 0) == (WNODE_FLAG_EVENT_ITEM | WNODE_FLAG_SINGLE_INSTANCE), "flags");
    host_check(ulong_at(event_bytes(1, 4), 0) == (ULONG)(ULONG_PTR)device, "another provider");
    host_check(ulong_at(event_bytes(1, 0), 0) == event->wnode_size, "another size");
    event = host_event_at(2);
    host_check(memcmp(&event->guid, &restarted_guid, sizeof(GUID)) == 0, "another block");
    host_check(event->name == NULL && event->instance_index == 0 && event->data_size == 0, "another instance");
    host_check(event->data == event->wnode + 64, "data elsewhere");
    /* An instance of another event. */
    EXPECT(GuestSessionEventFireFrom(GuestRestartedInstance(wmi), &values), STATUS_INVALID_PARAMETER);

    /* An event that WMI refuses is freed here. */
    host_fail_events(STATUS_UNSUCCESSFUL);
    EXPECT(GuestSessionEventFire(wmi, &values), STATUS_UNSUCCESSFUL);
    host_fail_events(STATUS_SUCCESS);
    host_set_event_limit(97);
    EXPECT(GuestSessionEventFire(wmi, &values), STATUS_BUFFER_OVERFLOW);
    host_set_event_limit(98);
    EXPECT(GuestSessionEventFire(wmi, &values), STATUS_SUCCESS);
    host_set_event_limit(1024);
    /* No memory for the data, or for the event. */
    for (ULONG successes = 0; successes < 2; successes += 1) {
        host_fail_allocation_after(successes);
        EXPECT(GuestSessionEventFire(wmi, &values), STATUS_INSUFFICIENT_RESOURCES);
        host_check(host_stop_failing_allocations(), "no allocation");
    }
    host_check(host_event_count() == 4, "%u events", host_event_count());
    host_forget_events();
    end();
}

static VOID switches(VOID)
{
    static const struct {
        UCHAR minor;
        const GUID *guid;
        LONG collected;
    } rows[] = {
        {4, &load_guid, 0},
        {4, &event_guid, 0},
        {6, &load_guid, 1},
        {6, &clock_guid, 1},
        {5, &load_guid, 1},
        {7, &load_guid, 0},
    };
    answer got;
    begin();
    for (ULONG i = 0; i < ARRAYSIZE(rows); i += 1) {
        EXPECT(send_plain(rows[i].minor, rows[i].guid, 48, &got), STATUS_SUCCESS);
        host_check(collected == rows[i].collected && got.information == 0, "row %u: %d", i, collected);
        EXPECT(send_plain(rows[i].minor, rows[i].guid, 47, &got), STATUS_INVALID_PARAMETER);
        host_check(collected == rows[i].collected, "row %u: %d", i, collected);
    }
    end();
}

/* "Do not assume the thread context is that of the initiating user-mode application." */
static VOID *elsewhere(VOID *unused)
{
    answer got;
    (void)unused;
    disk_status = STATUS_SUCCESS;
    EXPECT(send(2, &disk_guid, 0, 0, "\0\0\0\0\0\0\0\0\3\0\1", 11, 11, &got), STATUS_SUCCESS);
    host_check(host_held_locks() == 0, "a lock is left");
    return NULL;
}

static VOID threads(VOID)
{
    PGUEST_WMI_INSTANCE disk;
    pthread_t thread;
    begin();
    EXPECT(GuestDiskAddInstance(wmi, text(L"Disk"), &disk), STATUS_SUCCESS);
    host_check(pthread_create(&thread, NULL, elsewhere, NULL) == 0, "no thread");
    pthread_join(thread, NULL);
    host_check(((GuestDisk *)disk->Context)->Kind == 3, "not set");
    end();
}

int main(void)
{
    sessions();
    disks();
    failures();
    going();
    holes();
    all_sessions();
    events();
    switches();
    threads();
    cleanup();
    printf("guest: all fine\n");
    return 0;
}
