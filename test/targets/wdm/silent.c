/* A driver for an event without data that adds all instances itself. */
#include "rig.h"

#include "ping_wmi.h"

int main(void)
{
    PPING_WMI wmi;
    PPING_WMI_INSTANCE only;

    device = host_wmilib_device(PingWmiSystemControl, sizeof(PING_WMI));
    wmi = (PPING_WMI)device->DeviceExtension;
    EXPECT(
        PingWmiInitialize(
            wmi, device, host_wmilib_lower_device(device), host_wmilib_lower_device(device), registry_path(TRUE)),
        STATUS_SUCCESS);
    EXPECT(PingWmiRegister(wmi), STATUS_SUCCESS);
    host_check(PingInstance(wmi) == NULL, "an instance that nobody has added");
    EXPECT(PingFire(wmi), STATUS_INVALID_DEVICE_STATE);
    EXPECT(PingAddInstance(wmi, &only), STATUS_SUCCESS);
    EXPECT(PingFire(wmi), STATUS_SUCCESS);
    EXPECT(PingFireFrom(only), STATUS_SUCCESS);
    host_check(host_event_count() == 2 && host_event_at(1)->data_size == 0, "%u events", host_event_count());
    host_forget_events();

    PingWmiCleanup(wmi);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
    printf("silent: all fine\n");
    return 0;
}
