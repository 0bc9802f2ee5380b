/* The gauge's KMDF driver for replay.h. */
#include "../selftest/gauge-kmdf.h"

#include "replay.h"

static WDFDEVICE device;

VOID replay_start(VOID)
{
    device = host_wdf_device();
    NTSTATUS status = gauge_initialize(device);
    host_check(NT_SUCCESS(status), "the gauge starts with %s", host_status_name(status));
    host_wdf_start(device);
}

VOID replay_send(host_request *request)
{
    host_wdf_dispatch(device, request);
}

VOID replay_stop(VOID)
{
    WdfObjectDelete(device);
}
