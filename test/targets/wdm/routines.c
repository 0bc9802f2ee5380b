/*
 * A driver whose instances are removed while each of WMILIB's routines holds them, with the lock of the instance and without it,
 * and the answers of the routines for a block without the functions.
 */
#include "rig.h"

#include "kept_wmi.h"

static PKEPT_WMI wmi;

/* What the next call of a function of the driver removes, and its status. */
static PKEPT_WMI_INSTANCE victim;
static NTSTATUS driver_status;

static NTSTATUS called(PKEPT_WMI_INSTANCE instance)
{
    if (victim != NULL) {
        EXPECT(KeptRemoveInstance(victim), STATUS_SUCCESS);
        victim = NULL;
    }
    /* The instance and its context exist until the function returns. */
    host_check(instance->Wmi == wmi && instance->Context != NULL, "no instance");
    return driver_status;
}

/* In place of the skeleton's functions. */
NTSTATUS
KeptQuery(
    PKEPT_WMI_INSTANCE Instance,
    Kept *Data)
{
    RtlCopyMemory(Data, Instance->Context, sizeof(*Data));
    return called(Instance);
}

NTSTATUS
KeptSet(
    PKEPT_WMI_INSTANCE Instance,
    const Kept *Data,
    const Kept_CHANGED *Changed)
{
    host_check(Changed->Value, "nothing changes");
    RtlCopyMemory(Instance->Context, Data, sizeof(*Data));
    return called(Instance);
}

NTSTATUS
KeptGo(
    PKEPT_WMI_INSTANCE Instance)
{
    return called(Instance);
}

/* Two instances of the block, and the first one is the next victim. */
static VOID begin(VOID)
{
    PKEPT_WMI_INSTANCE second;
    device = host_wmilib_device(KeptWmiSystemControl, sizeof(KEPT_WMI));
    wmi = (PKEPT_WMI)device->DeviceExtension;
    EXPECT(
        KeptWmiInitialize(
            wmi, device, host_wmilib_lower_device(device), host_wmilib_lower_device(device), registry_path(TRUE)),
        STATUS_SUCCESS);
    EXPECT(KeptWmiRegister(wmi), STATUS_SUCCESS);
    EXPECT(KeptAddInstance(wmi, &second), STATUS_SUCCESS);
    victim = KeptInstance(wmi);
}

static VOID end(VOID)
{
    KeptWmiCleanup(wmi);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
}

/* The victim is gone, and the instance after it is now the only one. */
static VOID end_with_one(VOID)
{
    UCHAR value[4] = {9};
    ULONG length = 7;
    host_check(victim == NULL && KeptInstance(wmi) != NULL, "nothing was removed");
    EXPECT_OUTCOME(set_item(0, 1, 1, sizeof(value), value), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT_OUTCOME(set_item(0, 0, 1, sizeof(value), value), STATUS_SUCCESS, 0);
    value[0] = 0;
    EXPECT_OUTCOME(query(0, 0, 1, &length, sizeof(value), value), STATUS_SUCCESS, sizeof(value));
    host_check(value[0] == 9 && length == sizeof(value), "%u, length %u", value[0], length);
    end();
}

static VOID removals(VOID)
{
    UCHAR value[4] = {1};
    ULONG blocks;

    begin();
    blocks = host_live_blocks();
    EXPECT_OUTCOME(query(0, 0, 1, NULL, sizeof(value), value), STATUS_SUCCESS, sizeof(value));
    host_check(host_live_blocks() == blocks - 2, "it is not freed");
    end_with_one();

    begin();
    EXPECT_OUTCOME(set_block(0, 0, sizeof(value), value), STATUS_SUCCESS, 0);
    end_with_one();

    begin();
    EXPECT_OUTCOME(set_item(0, 0, 1, sizeof(value), value), STATUS_SUCCESS, 0);
    end_with_one();

    begin();
    EXPECT_OUTCOME(execute(0, 0, 1, 0, sizeof(value), value), STATUS_SUCCESS, 0);
    end_with_one();
}

/* Each routine, for an unknown block and an unknown instance. */
static VOID missing(VOID)
{
    const struct {
        ULONG block;
        ULONG instance;
        NTSTATUS status;
    } rows[] = {
        {2, 0, STATUS_WMI_GUID_NOT_FOUND},
        {0, 2, STATUS_WMI_INSTANCE_NOT_FOUND},
        {0, MAXULONG, STATUS_WMI_INSTANCE_NOT_FOUND},
        {1, 1, STATUS_WMI_INSTANCE_NOT_FOUND},
    };
    UCHAR value[4] = {1};
    ULONG length = 7;

    begin();
    for (ULONG i = 0; i < ARRAYSIZE(rows); i++) {
        ULONG block = rows[i].block;
        ULONG instance = rows[i].instance;
        NTSTATUS status = rows[i].status;
        for (ULONG count = 0; count <= 2; count++) {
            EXPECT_OUTCOME(query(block, instance, count, &length, sizeof(value), value), status, 0);
        }
        EXPECT_OUTCOME(set_block(block, instance, sizeof(value), value), status, 0);
        EXPECT_OUTCOME(set_item(block, instance, 1, sizeof(value), value), status, 0);
        EXPECT_OUTCOME(execute(block, instance, 1, 0, sizeof(value), value), status, 0);
    }
    host_check(length == 7 && victim != NULL, "a length of %u", length);
    end();
}

/* A block that can neither be set nor has methods, in a MOF file with one that has both. */
static VOID shown(VOID)
{
    UCHAR value[4] = {1};
    ULONG length = 7;

    begin();
    EXPECT_OUTCOME(set_block(1, 0, sizeof(value), value), STATUS_WMI_READ_ONLY, 0);
    EXPECT_OUTCOME(set_item(1, 0, 1, sizeof(value), value), STATUS_WMI_READ_ONLY, 0);
    EXPECT_OUTCOME(execute(1, 0, 1, 0, sizeof(value), value), STATUS_WMI_ITEMID_NOT_FOUND, 0);
    EXPECT_OUTCOME(query(1, 0, 1, &length, sizeof(value), value), STATUS_SUCCESS, sizeof(value));
    host_check(length == sizeof(value), "a length of %u", length);
    end();
}

/* A failure of the driver becomes the status of the request, without a size; the lock is released. */
static VOID failures(VOID)
{
    UCHAR value[4] = {1};
    ULONG length = 7;

    begin();
    victim = NULL;
    driver_status = STATUS_UNSUCCESSFUL;
    for (ULONG room = 0; room <= sizeof(value); room++) {
        NTSTATUS status = room < sizeof(value) ? STATUS_BUFFER_TOO_SMALL : STATUS_UNSUCCESSFUL;
        length = 7;
        EXPECT_OUTCOME(
            query(0, 0, 1, &length, room, value), status, status == STATUS_BUFFER_TOO_SMALL ? sizeof(value) : 0);
        host_check(length == (room == 0 || room == sizeof(value) ? 7 : sizeof(value)), "room %u: length %u", room, length);
    }
    EXPECT_OUTCOME(set_block(0, 0, sizeof(value), value), STATUS_UNSUCCESSFUL, 0);
    EXPECT_OUTCOME(set_item(0, 0, 1, sizeof(value), value), STATUS_UNSUCCESSFUL, 0);
    EXPECT_OUTCOME(execute(0, 0, 1, 0, sizeof(value), value), STATUS_UNSUCCESSFUL, 0);
    driver_status = STATUS_SUCCESS;
    end();
}

/* A request before the structure is initialized, and one after it was cleaned up. */
static VOID outside(VOID)
{
    const GUID guid = KeptGuid;
    answer got;

    device = host_wmilib_device(KeptWmiSystemControl, sizeof(KEPT_WMI));
    EXPECT(send(1, &guid, 0, 0, NULL, 0, 4, &got), STATUS_NOT_SUPPORTED);
    host_check(got.information == 0, "%u bytes", got.information);
    host_wmilib_delete_device(device);

    begin();
    KeptWmiCleanup(wmi);
    EXPECT(KeptAddInstance(wmi, &victim), STATUS_INVALID_DEVICE_STATE);
    host_check(victim == NULL && KeptInstance(wmi) == NULL, "an instance without a block");
    EXPECT(send(1, &guid, 0, 0, NULL, 0, 4, &got), STATUS_WMI_GUID_NOT_FOUND);
    end();
}

int main(void)
{
    outside();
    removals();
    missing();
    shown();
    failures();
    printf("routines: all fine\n");
    return 0;
}
