/*
 * A driver for samples/smart-fan: several instances in one query, with every size of the buffer, and the ranges that WMILIB
 * leaves to the driver's routines.
 */
#include "rig.h"

#include "smart-fan_wmi.h"

#define SIZE 78 /* of one instance; the next one starts at 80 */

static const GUID fan_guid = SmartFanGuid;

static PSMART_FAN_WMI wmi;
static PSMART_FAN_WMI_INSTANCE fans[3];

static VOID begin(VOID)
{
    device = host_wmilib_device(SmartFanWmiSystemControl, sizeof(SMART_FAN_WMI));
    wmi = (PSMART_FAN_WMI)device->DeviceExtension;
    EXPECT(
        SmartFanWmiInitialize(
            wmi, device, host_wmilib_lower_device(device), host_wmilib_lower_device(device), registry_path(TRUE)),
        STATUS_SUCCESS);
    fans[0] = SmartFanInstance(wmi);
    EXPECT(SmartFanAddInstance(wmi, &fans[1]), STATUS_SUCCESS);
    EXPECT(SmartFanAddInstance(wmi, &fans[2]), STATUS_SUCCESS);
    EXPECT(SmartFanWmiRegister(wmi), STATUS_SUCCESS);
    for (ULONG i = 0; i < 3; i++) {
        /* TargetSpeed identifies them. */
        UCHAR speed[4] = {(UCHAR)(10 + i)};
        EXPECT_OUTCOME(set_item(0, i, 1, sizeof(speed), speed), STATUS_SUCCESS, 0);
    }
}

static VOID end(VOID)
{
    SmartFanWmiCleanup(wmi);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
}

/* Expects the whole answer for `count` instances, in `room` bytes of a buffer that was not zeroed. */
static VOID expect_all(ULONG first, ULONG count, ULONG room)
{
    ULONG lengths[3] = {1, 1, 1};
    UCHAR *buffer = malloc(room);
    memset(buffer, 0xA5, room);
    EXPECT_OUTCOME(
        query(0, first, count, lengths, room, buffer), STATUS_SUCCESS, (count - 1) * 80 + SIZE);
    for (ULONG i = 0; i < count; i++) {
        host_check(lengths[i] == SIZE, "length %u", lengths[i]);
        host_check(ulong_at(buffer, i * 80) == 10 + first + i, "instance %u elsewhere", i);
        host_check(i == 0 || (buffer[i * 80 - 1] == 0 && buffer[i * 80 - 2] == 0), "padding that tells something");
    }
    for (ULONG i = (count - 1) * 80 + SIZE; i < room; i++) {
        host_check(buffer[i] == 0xA5, "byte %u is behind the data", i);
    }
    free(buffer);
}

static VOID rooms(VOID)
{
    ULONG lengths[3];
    const ULONG whole = 2 * 80 + SIZE;
    begin();
    /* From no room to one byte less than enough: the size of all instances, even if some fit. */
    for (ULONG room = 0; room < whole; room++) {
        UCHAR *buffer = room == 0 ? NULL : malloc(room);
        EXPECT_OUTCOME(
            query(0, 0, 3, room == 0 ? NULL : lengths, room, buffer), STATUS_BUFFER_TOO_SMALL, whole);
        free(buffer);
    }
    expect_all(0, 3, whole);
    expect_all(0, 3, whole + 9);
    expect_all(1, 2, 80 + SIZE);
    expect_all(2, 1, SIZE);
    end();
}

static VOID ranges(VOID)
{
    UCHAR buffer[80];
    UCHAR byte = 1;
    ULONG length;
    WMILIB_CONTEXT library;
    begin();
    host_wmilib_context(device, &library);
    host_check(library.ExecuteWmiMethod == NULL && library.WmiFunctionControl == NULL, "routines for nothing");
    EXPECT_OUTCOME(query(0, 3, 1, &length, 80, buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT_OUTCOME(query(0, 1, 3, &length, 80, buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT_OUTCOME(query(0, 2, MAXULONG, &length, 80, buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT_OUTCOME(query(0, MAXULONG, 2, &length, 80, buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT_OUTCOME(query(1, 0, 1, &length, 80, buffer), STATUS_WMI_GUID_NOT_FOUND, 0);
    EXPECT_OUTCOME(query(MAXULONG, 0, 1, &length, 80, buffer), STATUS_WMI_GUID_NOT_FOUND, 0);
    EXPECT_OUTCOME(set_block(0, 3, 80, buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT_OUTCOME(set_block(1, 0, 80, buffer), STATUS_WMI_GUID_NOT_FOUND, 0);
    EXPECT_OUTCOME(set_item(0, 3, 3, 1, &byte), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT_OUTCOME(set_item(1, 0, 3, 1, &byte), STATUS_WMI_GUID_NOT_FOUND, 0);
    /* Short, unknown, read-only: nothing changes. */
    EXPECT_OUTCOME(set_block(0, 0, SIZE - 1, buffer), STATUS_WMI_SET_FAILURE, 0);
    EXPECT_OUTCOME(set_item(0, 0, 1, 3, buffer), STATUS_WMI_SET_FAILURE, 0);
    EXPECT_OUTCOME(set_item(0, 0, 9, 8, buffer), STATUS_WMI_ITEMID_NOT_FOUND, 0);
    EXPECT_OUTCOME(set_item(0, 0, 2, 0, NULL), STATUS_WMI_READ_ONLY, 0);
    expect_all(0, 3, 2 * 80 + SIZE);
    end();
}

/* The same through WMILIB: a WNODE_ALL_DATA, with buffers of the sizes that it returns as needed. */
static VOID all_data(VOID)
{
    const ULONG start = 88; /* 60 + 3 * 8, on a boundary */
    const ULONG whole = start + 2 * 80 + SIZE;
    answer got;
    begin();
    for (ULONG size = 56; size < whole; size++) {
        EXPECT(send_plain(0, &fan_guid, size, &got), STATUS_SUCCESS);
        host_check(got.needed == whole, "size %u: %u are needed, not %u", size, whole, got.needed);
    }
    EXPECT(send_plain(0, &fan_guid, whole, &got), STATUS_SUCCESS);
    host_check(got.information == whole && got.needed == 0, "%u bytes", got.information);
    for (ULONG i = 0; i < 3; i++) {
        host_check(ulong_at(got.bytes, start + i * 80) == 10 + i, "instance %u elsewhere", i);
    }
    end();
}

/* Only a write-only item is returned as zeros. */
static VOID secrets(VOID)
{
    UCHAR key[4] = {1, 2, 3, 4};
    UCHAR values[SIZE];
    ULONG length;
    begin();
    EXPECT_OUTCOME(set_item(0, 1, 7, sizeof(key), key), STATUS_SUCCESS, 0);
    EXPECT_OUTCOME(query(0, 1, 1, &length, SIZE, values), STATUS_SUCCESS, SIZE);
    host_check(ulong_at(values, 24) == 0, "the key is shown");
    host_check(values[28] == '0' && values[29] == 0, "no time is no datetime");
    end();
}

int main(void)
{
    rooms();
    ranges();
    all_data();
    secrets();
    printf("smart-fan: all fine\n");
    return 0;
}
