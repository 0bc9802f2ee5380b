/*
 * A driver for samples/calibration: methods whose input and output share the buffer, and functions of the driver that
 * return statuses with which a request must not complete.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

#include "rig.h"

#include "calibration_wmi.h"

#define SIZE 112

static const GUID calibration_guid = CalibrationGuid;

static PCALIBRATION_WMI wmi;

/* ---- In place of the skeleton's functions ---- */

static NTSTATUS next_status;
static ULONG calls;

/* Another thread of the driver, which takes the lock. */
static PVOID take_lock(PVOID instance)
{
    CalibrationWmiLock(instance);
    CalibrationWmiUnlock(instance);
    return NULL;
}

NTSTATUS
CalibrationSwapFactors(
    PCALIBRATION_WMI_INSTANCE Instance,
    LONGLONG *First,
    LONGLONG *Second)
{
    LONGLONG first = *First;
    pthread_t other;
    host_check(Instance->InstanceIndex == 1, "instance %u", Instance->InstanceIndex);
    /* A method runs without the lock, so it may wait for a thread that takes it. */
    host_check(host_held_locks() == 0, "%u locks", host_held_locks());
    host_check(pthread_create(&other, NULL, take_lock, Instance) == 0, "no thread");
    pthread_join(other, NULL);
    calls++;
    *First = *Second;
    *Second = first;
    return next_status;
}

NTSTATUS
CalibrationSet(
    PCALIBRATION_WMI_INSTANCE Instance,
    const Calibration *Data,
    const Calibration_CHANGED *Changed)
{
    host_check(Instance->Context != NULL && Data != NULL, "nothing to set");
    host_check(Changed->Signature, "nothing changed");
    host_check(host_held_locks() == 1, "%u locks", host_held_locks());
    calls++;
    return next_status;
}

NTSTATUS
CalibrationQuery(
    PCALIBRATION_WMI_INSTANCE Instance,
    Calibration *Data)
{
    Data->SerialNumber = Instance->InstanceIndex;
    /* The owner of the lock may acquire it again. */
    CalibrationWmiLock(Instance);
    CalibrationWmiUnlock(Instance);
    return Instance->InstanceIndex == 1 ? next_status : STATUS_SUCCESS;
}

static VOID begin(VOID)
{
    PCALIBRATION_WMI_INSTANCE instance;
    device = host_wmilib_device(CalibrationWmiSystemControl, sizeof(CALIBRATION_WMI));
    wmi = (PCALIBRATION_WMI)device->DeviceExtension;
    EXPECT(
        CalibrationWmiInitialize(
            wmi, device, host_wmilib_lower_device(device), host_wmilib_lower_device(device), registry_path(TRUE)),
        STATUS_SUCCESS);
    EXPECT(CalibrationAddInstance(wmi, &instance), STATUS_SUCCESS);
    EXPECT(CalibrationAddInstance(wmi, &instance), STATUS_SUCCESS);
    EXPECT(CalibrationWmiRegister(wmi), STATUS_SUCCESS);
    next_status = STATUS_SUCCESS;
    calls = 0;
}

static VOID end(VOID)
{
    CalibrationWmiCleanup(wmi);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
}

static VOID methods(VOID)
{
    LONGLONG factors[2] = {1, 2};
    WMILIB_CONTEXT library;
    answer got;
    begin();
    host_wmilib_context(device, &library);
    host_check(library.WmiFunctionControl == NULL, "a routine for nothing");
    EXPECT(send(9, &calibration_guid, 1, 3, factors, 16, 16, &got), STATUS_SUCCESS);
    host_check(got.information == 72 + 16 && calls == 1, "%u bytes", got.information);
    host_check(got.bytes[72] == 2 && got.bytes[80] == 1, "an input was read after an output was written");
    /* Too little input, or too little room for output: no effect. */
    EXPECT_OUTCOME(execute(0, 1, 3, 15, 16, (UCHAR *)factors), STATUS_INVALID_PARAMETER_MIX, 0);
    EXPECT_OUTCOME(execute(0, 1, 3, 16, 15, (UCHAR *)factors), STATUS_BUFFER_TOO_SMALL, 16);
    EXPECT_OUTCOME(execute(0, 1, 3, 0, 0, NULL), STATUS_INVALID_PARAMETER_MIX, 0);
    EXPECT_OUTCOME(execute(0, 1, 5, 16, 16, (UCHAR *)factors), STATUS_WMI_ITEMID_NOT_FOUND, 0);
    EXPECT_OUTCOME(execute(0, 3, 3, 16, 16, (UCHAR *)factors), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    host_check(calls == 1, "%u calls", calls);
    /* A method without parameters, and one with output alone. */
    EXPECT_OUTCOME(execute(0, 0, 2, 0, 0, NULL), STATUS_SUCCESS, 0);
    EXPECT(send(9, &calibration_guid, 0, 4, "\1", 1, 55, &got), STATUS_SUCCESS);
    host_check(got.needed == 72 + 56, "needed %u", got.needed);
    EXPECT(send(9, &calibration_guid, 0, 4, "\1", 1, 56, &got), STATUS_SUCCESS);
    host_check(got.information == 72 + 56, "%u bytes", got.information);
    end();
}

/* For any status of the driver's functions, the request completes once, with a status that WMI expects. */
static VOID statuses(VOID)
{
    static UCHAR signature[16];
    LONGLONG factors[2] = {1, 2};
    ULONG lengths[3];
    UCHAR buffer[3 * SIZE];
    begin();
    for (ULONG i = 0; i < 4; i++) {
        static const NTSTATUS rows[][2] = {
            {STATUS_BUFFER_TOO_SMALL, STATUS_WMI_SET_FAILURE},
            {STATUS_PENDING, STATUS_UNSUCCESSFUL},
            {STATUS_ACCESS_DENIED, STATUS_ACCESS_DENIED},
            {STATUS_SUCCESS, STATUS_SUCCESS},
        };
        next_status = rows[i][0];
        EXPECT_OUTCOME(set_item(0, 0, 5, sizeof(signature), signature), rows[i][1], 0);
        memset(buffer, 0, SIZE);
        EXPECT_OUTCOME(set_block(0, 0, SIZE, buffer), rows[i][1], 0);
    }
    host_check(calls == 8, "%u calls", calls);
    next_status = STATUS_ACCESS_DENIED;
    EXPECT_OUTCOME(execute(0, 1, 3, 16, 16, (UCHAR *)factors), STATUS_ACCESS_DENIED, 0);
    /* One instance that fails makes all fail; the others answer alone. */
    EXPECT_OUTCOME(query(0, 0, 3, lengths, sizeof(buffer), buffer), STATUS_ACCESS_DENIED, 0);
    EXPECT_OUTCOME(query(0, 2, 1, lengths, sizeof(buffer), buffer), STATUS_SUCCESS, SIZE);
    next_status = STATUS_SUCCESS;
    EXPECT_OUTCOME(query(0, 0, 3, lengths, sizeof(buffer), buffer), STATUS_SUCCESS, 3 * SIZE);
    host_check(buffer[0] == 0 && buffer[SIZE] == 1 && buffer[2 * SIZE] == 2, "instances elsewhere");
    end();
}

int main(void)
{
    methods();
    statuses();
    printf("calibration: all fine\n");
    return 0;
}
