/* The gauge's WDM driver for replay.h. */
#include "../selftest/gauge-wmilib.h"

#include "replay.h"

static PDEVICE_OBJECT device;

VOID replay_start(VOID)
{
    device = host_wmilib_device(gauge_system_control, sizeof(gauge_extension));
    gauge_add(device, host_wmilib_lower_device(device));
    NTSTATUS status = IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER);
    host_check(NT_SUCCESS(status), "the gauge registers with %s", host_status_name(status));
}

VOID replay_send(host_request *request)
{
    host_wmilib_dispatch(device, request);
}

VOID replay_stop(VOID)
{
    IoWMIRegistrationControl(device, WMIREG_ACTION_DEREGISTER);
    gauge_remove(device);
    host_wmilib_delete_device(device);
}
