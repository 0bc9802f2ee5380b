/*
 * Drivers for samples/door-light and guest.mof on one device object, which answers its IRPs itself: one registration has the
 * blocks of both, and requests for both are answered.
 */
#include "../device/rig.h"

#include "door-light_wmi.h"
#include "guest_wmi.h"

static const GUID light_guid = DoorLightGuid;
static const GUID clock_guid = GuestClockGuid;

typedef struct extension {
    DOOR_LIGHT_WMI light;
    GUEST_WMI guest;
} extension;

/* In place of the skeleton's function. */
PGUEST_WMI
GuestWmiFromDevice(
    PDEVICE_OBJECT DeviceObject)
{
    return &((extension *)DeviceObject->DeviceExtension)->guest;
}

/* The number of blocks of a registration that are named after a device; releases a reference to it for each. */
static LONG named_after(const answer *got, PDEVICE_OBJECT pdo)
{
    LONG count = 0;
    for (ULONG i = 0; i < ulong_at(got->bytes, 16); i += 1) {
        const UCHAR *row = got->bytes + 24 + 32 * i;
        if ((ulong_at(row, 16) & WMIREG_FLAG_INSTANCE_PDO) != 0 && memcmp(row + 24, &pdo, sizeof(pdo)) == 0) {
            ObDereferenceObject(pdo);
            count += 1;
        }
    }
    return count;
}

/* Each MOF file's blocks are named after the device that it was initialized with, and that one has the references. */
static VOID two_names(VOID)
{
    extension *both;
    PDEVICE_OBJECT light_pdo;
    PDEVICE_OBJECT guest_pdo;
    PDEVICE_OBJECT other;
    answer got;

    device = host_wdm_device(DoorLightWmiSystemControl, sizeof(extension));
    other = host_wdm_device(DoorLightWmiSystemControl, 0);
    both = device->DeviceExtension;
    light_pdo = host_wdm_lower_device(device);
    guest_pdo = host_wdm_lower_device(other);
    EXPECT(DoorLightWmiInitialize(&both->light, device, light_pdo, NULL, registry_path(TRUE)), STATUS_SUCCESS);
    EXPECT(GuestWmiInitialize(&both->guest, device, guest_pdo, NULL, registry_path(TRUE)), STATUS_SUCCESS);
    MofgenWmiJoin(&both->light, &both->guest);
    EXPECT(DoorLightWmiRegister(&both->light), STATUS_SUCCESS);
    host_check(light_pdo->ReferenceCount == 1, "%d references", light_pdo->ReferenceCount);
    host_check(guest_pdo->ReferenceCount == 1, "%d references", guest_pdo->ReferenceCount);
    EXPECT(send_plain(0x0b, NULL, 512, &got), STATUS_SUCCESS);
    host_check(light_pdo->ReferenceCount == 2, "%d references", light_pdo->ReferenceCount);
    host_check(guest_pdo->ReferenceCount == 4, "%d references", guest_pdo->ReferenceCount);
    host_check(named_after(&got, light_pdo) == 1 && named_after(&got, guest_pdo) == 3, "other names");
    DoorLightWmiCleanup(&both->light);
    GuestWmiCleanup(&both->guest);
    host_wdm_delete_device(device);
    host_wdm_delete_device(other);
    host_expect_nothing_left();
}

int main(void)
{
    extension *both;
    PDEVICE_OBJECT lower;
    answer got;

    two_names();

    device = host_wdm_device(DoorLightWmiSystemControl, sizeof(extension));
    both = device->DeviceExtension;
    lower = host_wdm_lower_device(device);
    EXPECT(DoorLightWmiInitialize(&both->light, device, lower, lower, registry_path(TRUE)), STATUS_SUCCESS);
    EXPECT(GuestWmiInitialize(&both->guest, device, lower, lower, registry_path(TRUE)), STATUS_SUCCESS);
    MofgenWmiJoin(&both->light, &both->guest);
    EXPECT(GuestWmiRegister(&both->guest), STATUS_INVALID_DEVICE_STATE);
    EXPECT(DoorLightWmiRegister(&both->light), STATUS_SUCCESS);
    host_check(host_wdm_guid_count(device) == 7, "%u blocks", host_wdm_guid_count(device));
    EXPECT(send(1, &light_guid, 0, 0, NULL, 0, 1, &got), STATUS_SUCCESS);
    host_check(got.information == 65, "%u bytes", got.information);
    EXPECT(send(1, &clock_guid, 0, 0, NULL, 0, 8, &got), STATUS_SUCCESS);
    host_check(got.information == 72, "%u bytes", got.information);
    /* The blocks of the other one are removed first. */
    GuestWmiCleanup(&both->guest);
    EXPECT(send(1, &clock_guid, 0, 0, NULL, 0, 8, &got), STATUS_WMI_GUID_NOT_FOUND);
    EXPECT(send_plain(8, NULL, 512, &got), STATUS_SUCCESS);
    host_check(ulong_at(got.bytes, 16) == 1, "%u blocks", ulong_at(got.bytes, 16));
    DoorLightWmiCleanup(&both->light);
    host_wdm_delete_device(device);
    host_expect_nothing_left();
    printf("joined: all fine\n");
    return 0;
}
