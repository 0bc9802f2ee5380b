/*
 * A driver for samples/odd-corners, emitted without locks: names that are keywords, texts and arrays of every kind, and
 * functions that run without a lock. The data of one instance can be set on another one.
 */
#include "rig.h"

#include "odd-corners_wmi.h"

static const GUID class_guid = classGuid;

static PODD_CORNERS_WMI wmi;

/* In place of the skeleton's function. */
NTSTATUS
classconstructor(
    PODD_CORNERS_WMI_INSTANCE Instance,
    LONGLONG function,
    ULONGLONG *delete_,
    BOOLEAN *both)
{
    host_check(Instance->InstanceIndex == 0, "instance %u", Instance->InstanceIndex);
    host_check(host_held_locks() == 0, "%u locks", host_held_locks());
    *delete_ = (ULONGLONG)function + 1;
    *both = !*both;
    return STATUS_SUCCESS;
}

int main(void)
{
    /* Everything that can be set, in both instances different. */
    static UCHAR text[] = {4, 0, 'a', 0, 'b', 0, 0, 0, 0, 0, 8, 0, 'w', 0, 'x', 0, 'y', 0, 'z', 0};
    static UCHAR number[] = {1, 2, 3, 4};
    struct {
        LONGLONG function;
        BOOLEAN both;
    } input = {41, FALSE};
    PODD_CORNERS_WMI_INSTANCE second;
    ULONG lengths[2];
    UCHAR *both;
    UCHAR *one;
    outcome size;
    outcome sizes;
    answer got;

    device = host_wmilib_device(OddCornersWmiSystemControl, sizeof(ODD_CORNERS_WMI));
    wmi = (PODD_CORNERS_WMI)device->DeviceExtension;
    EXPECT(
        OddCornersWmiInitialize(
            wmi, device, host_wmilib_lower_device(device), host_wmilib_lower_device(device), registry_path(TRUE)),
        STATUS_SUCCESS);
    EXPECT(classAddInstance(wmi, &second), STATUS_SUCCESS);
    EXPECT(OddCornersWmiRegister(wmi), STATUS_SUCCESS);

    EXPECT_OUTCOME(set_item(0, 1, 4, sizeof(text), text), STATUS_SUCCESS, 0);
    EXPECT_OUTCOME(set_item(0, 1, 1, sizeof(number), number), STATUS_SUCCESS, 0);
    size = query(0, 1, 1, NULL, 0, NULL);
    EXPECT(size.status, STATUS_BUFFER_TOO_SMALL);
    one = malloc(size.used);
    EXPECT_OUTCOME(query(0, 1, 1, lengths, size.used, one), STATUS_SUCCESS, size.used);
    host_check(ulong_at(one, 0) == 0x04030201, "another number");

    EXPECT_OUTCOME(set_block(0, 0, size.used, one), STATUS_SUCCESS, 0);
    sizes = query(0, 0, 2, NULL, 0, NULL);
    EXPECT(sizes.status, STATUS_BUFFER_TOO_SMALL);
    both = malloc(sizes.used);
    EXPECT_OUTCOME(query(0, 0, 2, lengths, sizes.used, both), STATUS_SUCCESS, sizes.used);
    host_check(lengths[0] == size.used && lengths[1] == size.used, "lengths %u and %u", lengths[0], lengths[1]);
    host_check(memcmp(both, one, size.used) == 0, "the first one took something else");
    host_check(memcmp(both + sizes.used - size.used, one, size.used) == 0, "the second one changed");
    /* Truncated at any byte, it is refused, and nothing changes. */
    for (ULONG length = 0; length < size.used; length++) {
        UCHAR *cut = malloc(length + 1);
        memcpy(cut, one, length);
        host_check(!NT_SUCCESS(set_block(0, 0, length, cut).status), "%u bytes are enough", length);
        free(cut);
    }
    EXPECT_OUTCOME(query(0, 0, 1, lengths, size.used, one), STATUS_SUCCESS, size.used);
    host_check(memcmp(both, one, size.used) == 0, "the first one has changed");
    free(one);
    free(both);

    EXPECT(send(9, &class_guid, 0, 1, &input, 9, 9, &got), STATUS_SUCCESS);
    host_check(got.information == 72 + 9 && got.bytes[72] == 42 && got.bytes[80] == 1, "%u bytes", got.information);

    OddCornersWmiCleanup(wmi);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
    printf("odd-corners: all fine\n");
    return 0;
}
