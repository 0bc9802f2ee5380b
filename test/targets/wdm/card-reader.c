/*
 * A driver for samples/card-reader: a method called Lock, whose macro the structures give way to, a key that goes in and
 * comes out, and a second block, which cannot be set.
 */
#include "rig.h"

#include "card-reader_wmi.h"

#define EMPTY 144 /* a slot without a remark */

enum { SLOT, STATISTICS };

static const GUID slot_guid = GUID_CARD_SLOT_STATE;

static PCARD_READER_WMI wmi;

/* ---- In place of the skeleton's functions ---- */

NTSTATUS
CardReader_SlotState_Lock(
    PCARD_READER_WMI_INSTANCE Instance,
    BOOLEAN Keep,
    ULONG *Outcome)
{
    /* A method runs without the lock. */
    host_check(Instance->Wmi == wmi && host_held_locks() == 0, "%u locks", host_held_locks());
    *Outcome = Keep ? CARD_STAYS : CARD_LEAVES;
    return STATUS_SUCCESS;
}

NTSTATUS
CardReader_SlotState_Forget(
    PCARD_READER_WMI_INSTANCE Instance,
    CARD_KEY *Key)
{
    host_check(Instance->InstanceIndex == 1, "instance %u", Instance->InstanceIndex);
    host_check(Key->Bytes[15] == 16, "another key");
    memset(Key->Bytes, 0, sizeof(Key->Bytes));
    return STATUS_SUCCESS;
}

int main(void)
{
    UCHAR rights = CARD_MAY_WRITE;
    UCHAR buffer[2 * EMPTY + 8];
    UCHAR key[66] = {0};
    ULONG lengths[2];
    PCARD_READER_WMI_INSTANCE second;
    answer got;

    device = host_wmilib_device(CardReaderWmiSystemControl, sizeof(CARD_READER_WMI));
    wmi = (PCARD_READER_WMI)device->DeviceExtension;
    EXPECT(
        CardReaderWmiInitialize(
            wmi, device, host_wmilib_lower_device(device), host_wmilib_lower_device(device), registry_path(TRUE)),
        STATUS_SUCCESS);
    EXPECT(CardReaderWmiRegister(wmi), STATUS_SUCCESS);
    EXPECT(CardReader_SlotState_AddInstance(wmi, &second), STATUS_SUCCESS);

    EXPECT_OUTCOME(set_item(SLOT, 1, 3, 1, &rights), STATUS_SUCCESS, 0);
    EXPECT_OUTCOME(set_item(SLOT, 1, 2, 4, buffer), STATUS_WMI_READ_ONLY, 0);
    EXPECT_OUTCOME(query(SLOT, 0, 2, NULL, 0, NULL), STATUS_BUFFER_TOO_SMALL, 2 * EMPTY);
    EXPECT_OUTCOME(query(SLOT, 0, 2, lengths, 2 * EMPTY - 1, buffer), STATUS_BUFFER_TOO_SMALL, 2 * EMPTY);
    EXPECT_OUTCOME(query(SLOT, 0, 2, lengths, sizeof(buffer), buffer), STATUS_SUCCESS, 2 * EMPTY);
    host_check(lengths[0] == EMPTY && lengths[1] == EMPTY, "lengths %u and %u", lengths[0], lengths[1]);
    host_check(buffer[8] == 0 && buffer[EMPTY + 8] == CARD_MAY_WRITE, "rights elsewhere");

    /* A second block, which cannot be set. */
    EXPECT_OUTCOME(query(STATISTICS, 0, 1, lengths, 7, buffer), STATUS_BUFFER_TOO_SMALL, 8);
    EXPECT_OUTCOME(query(STATISTICS, 0, 1, lengths, 8, buffer), STATUS_SUCCESS, 8);
    EXPECT_OUTCOME(query(STATISTICS, 1, 1, lengths, 8, buffer), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    EXPECT_OUTCOME(set_block(STATISTICS, 0, 8, buffer), STATUS_WMI_READ_ONLY, 0);
    EXPECT_OUTCOME(set_item(STATISTICS, 0, 9, 8, buffer), STATUS_WMI_READ_ONLY, 0);
    EXPECT_OUTCOME(execute(STATISTICS, 0, 10, 8, 8, buffer), STATUS_WMI_ITEMID_NOT_FOUND, 0);

    EXPECT(send(9, &slot_guid, 0, Lock, "\1", 1, 3, &got), STATUS_SUCCESS);
    host_check(got.needed == 72 + 4, "needed %u", got.needed);
    EXPECT(send(9, &slot_guid, 0, Lock, "\0", 1, 4, &got), STATUS_SUCCESS);
    host_check(got.information == 72 + 4 && ulong_at(got.bytes, 72) == CARD_LEAVES, "the card stays");
    key[15] = 16;
    EXPECT(send(9, &slot_guid, 1, Forget, key, sizeof(key), sizeof(key), &got), STATUS_SUCCESS);
    host_check(got.information == 72 + sizeof(key) && got.bytes[72 + 15] == 0, "the key is not forgotten");

    CardReaderWmiCleanup(wmi);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
    printf("card-reader: all fine\n");
    return 0;
}
