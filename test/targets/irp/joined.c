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

int main(void)
{
    extension *both;
    PDEVICE_OBJECT lower;
    answer got;

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
    /* The other one's blocks go first. */
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
