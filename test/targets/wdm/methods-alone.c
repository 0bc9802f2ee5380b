/*
 * A driver for a block with methods only. WMI queries an instance before it executes a method, so a query returns a ULONG of zero,
 * as in Microsoft's msdsm and iscsi samples.
 */
#include "rig.h"

#include "act_wmi.h"

static const GUID act_guid = ActGuid;

int main(void)
{
    PACT_WMI wmi;
    UCHAR buffer[12];
    ULONG lengths[2];
    PACT_WMI_INSTANCE second;
    WMILIB_CONTEXT library;
    answer got;

    device = host_wmilib_device(ActWmiSystemControl, sizeof(ACT_WMI));
    wmi = (PACT_WMI)device->DeviceExtension;
    EXPECT(
        ActWmiInitialize(
            wmi, device, host_wmilib_lower_device(device), host_wmilib_lower_device(device), registry_path(TRUE)),
        STATUS_SUCCESS);
    EXPECT(ActAddInstance(wmi, &second), STATUS_SUCCESS);
    EXPECT(ActWmiRegister(wmi), STATUS_SUCCESS);
    host_wmilib_context(device, &library);
    host_check(library.SetWmiDataBlock == NULL && library.SetWmiDataItem == NULL, "routines for nothing");

    for (ULONG room = 0; room < 4; room++) {
        EXPECT(send(1, &act_guid, 0, 0, NULL, 0, room, &got), STATUS_SUCCESS);
        host_check(got.needed == 64 + 4, "room %u: %u bytes are needed", room, got.needed);
    }
    EXPECT(send(1, &act_guid, 0, 0, NULL, 0, 4, &got), STATUS_SUCCESS);
    host_check(got.information == 64 + 4 && ulong_at(got.bytes, 64) == 0, "%u bytes", got.information);
    EXPECT_OUTCOME(query(0, 0, 2, NULL, 0, NULL), STATUS_BUFFER_TOO_SMALL, 12);
    memset(buffer, 0xA5, sizeof(buffer));
    EXPECT_OUTCOME(query(0, 0, 2, lengths, sizeof(buffer), buffer), STATUS_SUCCESS, 12);
    host_check(lengths[0] == 4 && lengths[1] == 4, "lengths %u and %u", lengths[0], lengths[1]);
    host_check(ulong_at(buffer, 0) == 0 && ulong_at(buffer, 4) == 0 && ulong_at(buffer, 8) == 0, "not zeros");
    EXPECT(send(9, &act_guid, 1, 1, NULL, 0, 0, &got), STATUS_SUCCESS);
    EXPECT(send(2, &act_guid, 0, 0, "1234", 4, 4, &got), STATUS_WMI_READ_ONLY);

    ActWmiCleanup(wmi);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
    printf("methods-alone: all fine\n");
    return 0;
}
