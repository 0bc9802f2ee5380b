/*
 * A driver for a block without data and without methods: a query succeeds with no bytes if its buffer reaches the start of the
 * data, and returns the needed size if it ends before.
 */
#include "../device/rig.h"

#include "nothing_wmi.h"

static const GUID nothing_guid = NothingGuid;

/* The answer to a query with this DataBlockOffset in a buffer of 64 bytes. */
static VOID expect_query(ULONG offset, NTSTATUS status, ULONG information, ULONG needed)
{
    ULONG buffer[16] = {sizeof(buffer)};
    host_request request = host_new_request(1, &nothing_guid, buffer, sizeof(buffer));
    buffer[11] = WNODE_FLAG_STATIC_INSTANCE_NAMES;
    buffer[14] = offset;
    host_wdm_dispatch(device, &request);
    EXPECT(request.io.Status, status);
    host_check(request.io.Information == information, "offset %u: %u bytes", offset, (ULONG)request.io.Information);
    host_check(host_size_needed(buffer, sizeof(buffer)) == needed, "offset %u: another size", offset);
}

int main(void)
{
    PNOTHING_WMI wmi;

    device = host_wdm_device(NothingWmiSystemControl, sizeof(NOTHING_WMI));
    wmi = (PNOTHING_WMI)device->DeviceExtension;
    EXPECT(NothingWmiInitialize(wmi, device, host_wdm_lower_device(device), NULL, registry_path(TRUE)), STATUS_SUCCESS);
    expect_query(63, STATUS_INVALID_PARAMETER, 0, 0);
    expect_query(64, STATUS_SUCCESS, 64, 0);
    expect_query(65, STATUS_SUCCESS, 56, 65);
    expect_query(0xFFFFFFFF, STATUS_SUCCESS, 56, 0xFFFFFFFF);
    NothingWmiCleanup(wmi);
    host_wdm_delete_device(device);
    host_expect_nothing_left();
    printf("nothing: all fine\n");
    return 0;
}
