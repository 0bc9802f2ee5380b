/* The adapter for classpnp: each function of its CLASS_WMI_INFO, called as classpnp calls it, completes the request once. */
#include "../../wdm/rig.h"

#include <classpnp.h>

#include "calibration_wmi.h"

extern const CLASS_WMI_INFO CalibrationClassWmiInfo;

static IRP irp;
static ULONG completions;
static outcome completed;

NTSTATUS NTAPI ClassWmiCompleteRequest(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    NTSTATUS Status,
    ULONG BufferUsed,
    CCHAR PriorityBoost)
{
    host_check(DeviceObject == device && Irp == &irp, "another request is completed");
    host_check(PriorityBoost == IO_NO_INCREMENT, "the boost is %d", PriorityBoost);
    completions++;
    completed = (outcome){Status, BufferUsed};
    return Status;
}

static outcome ended(NTSTATUS returned)
{
    host_check(completions == 1, "%u completions", completions);
    host_check(returned == completed.status, "the returned status is not that of the request");
    completions = 0;
    return completed;
}

int main(void)
{
    const CLASS_WMI_INFO *info = &CalibrationClassWmiInfo;
    Calibration data = {0};
    UNICODE_STRING name = {0, 0, NULL};
    ULONG flags = 0;
    LONGLONG factors[3] = {7, 8, 9};
    const GUID guid = CalibrationGuid;

    device = host_wmilib_device(NULL, 0);
    EXPECT(CalibrationWmiInitialize(device), STATUS_SUCCESS);
    host_check(info->GuidCount == CalibrationWmiBlocks.BlockCount, "%u GUIDs", info->GuidCount);
    host_check(IsEqualGUID(&info->GuidRegInfo[0].Guid, &guid), "another GUID");
    EXPECT(info->ClassQueryWmiRegInfo(device, &flags, &name), STATUS_SUCCESS);
    host_check(flags == WMIREG_FLAG_INSTANCE_PDO, "flags 0x%x", flags);

    EXPECT_OUTCOME(
        ended(info->ClassQueryWmiDataBlock(device, &irp, 0, Calibration_SIZE - 1, (PUCHAR)&data)),
        STATUS_BUFFER_TOO_SMALL,
        Calibration_SIZE);
    EXPECT_OUTCOME(
        ended(info->ClassQueryWmiDataBlock(device, &irp, 0, Calibration_SIZE, (PUCHAR)&data)),
        STATUS_SUCCESS,
        Calibration_SIZE);
    host_check(data.Factors[1] == 1, "the factor is %lld", (long long)data.Factors[1]);
    EXPECT_OUTCOME(
        ended(info->ClassQueryWmiDataBlock(device, &irp, 1, Calibration_SIZE, (PUCHAR)&data)),
        STATUS_WMI_GUID_NOT_FOUND,
        0);

    EXPECT_OUTCOME(
        ended(info->ClassSetWmiDataItem(device, &irp, 0, Calibration_Factors_ID, sizeof(factors), (PUCHAR)factors)),
        STATUS_SUCCESS,
        0);
    EXPECT_OUTCOME(
        ended(info->ClassSetWmiDataItem(device, &irp, 0, Calibration_SerialNumber_ID, 8, (PUCHAR)factors)),
        STATUS_WMI_READ_ONLY,
        0);
    EXPECT_OUTCOME(
        ended(info->ClassQueryWmiDataBlock(device, &irp, 0, sizeof(data), (PUCHAR)&data)),
        STATUS_SUCCESS,
        Calibration_SIZE);
    host_check(memcmp(data.Factors, factors, sizeof(factors)) == 0, "the item is not set");

    data.Factors[2] = 10;
    EXPECT_OUTCOME(
        ended(info->ClassSetWmiDataBlock(device, &irp, 0, Calibration_SIZE - 1, (PUCHAR)&data)),
        STATUS_WMI_SET_FAILURE,
        0);
    EXPECT_OUTCOME(
        ended(info->ClassSetWmiDataBlock(device, &irp, 0, Calibration_SIZE, (PUCHAR)&data)), STATUS_SUCCESS, 0);

    EXPECT_OUTCOME(
        ended(info->ClassExecuteWmiMethod(
            device, &irp, 0, SwapFactors, SwapFactors_IN_SIZE, SwapFactors_OUT_SIZE, (PUCHAR)factors)),
        STATUS_SUCCESS,
        SwapFactors_OUT_SIZE);
    EXPECT_OUTCOME(
        ended(info->ClassExecuteWmiMethod(device, &irp, 0, 99, 0, 0, NULL)), STATUS_WMI_ITEMID_NOT_FOUND, 0);

    host_wmilib_delete_device(device);
    host_expect_nothing_left();
    printf("classpnp: all fine\n");
    return 0;
}
