/* The driver of guest.mof for requests/replay.h. */
#include "guest-device.h"

#include "../../c/requests/replay.h"

VOID replay_start(VOID)
{
    NTSTATUS status = guest_start();
    host_check(NT_SUCCESS(status), "the guest starts with %s", host_status_name(status));
}

VOID replay_send(host_request *request)
{
    host_wdm_dispatch(guest_device, request);
}

VOID replay_stop(VOID)
{
    guest_stop();
}
