/*
 * The adapter for battery miniports, on the harness's WMILIB. A small replacement of the battery class driver has one block of its
 * own, with the GuidIndex `class_index`.
 */
#include "../../wdm/rig.h"

#include <batclass.h>

#include "calibration_wmi.h"

typedef struct _BATTERY_EXTENSION
{
    PVOID ClassData;
    PDEVICE_OBJECT LowerDevice;
    PDEVICE_OBJECT PhysicalDevice;
    UNICODE_STRING ServiceKey;
    WMILIB_CONTEXT Library;
} BATTERY_EXTENSION;

NTSTATUS BatteryWmiInitialize(BATTERY_EXTENSION *Extension);
NTSTATUS NTAPI BatterySystemControl(PDEVICE_OBJECT DeviceObject, PIRP Irp);

static UCHAR class_data;
static ULONG class_index = 1;

NTSTATUS BatteryClassSystemControl(
    PVOID ClassData,
    PVOID WmiLibContext,
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID Disposition)
{
    host_check(ClassData == &class_data, "another ClassData");
    return WmiSystemControl(WmiLibContext, DeviceObject, Irp, Disposition);
}

NTSTATUS BatteryClassQueryWmiDataBlock(
    PVOID ClassData,
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    PULONG InstanceLengthArray,
    ULONG OutBufferSize,
    PUCHAR Buffer)
{
    host_check(ClassData == &class_data, "another ClassData");
    if (GuidIndex != class_index) {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    host_check(OutBufferSize >= 1, "the test gives room");
    Buffer[0] = 0xB1;
    InstanceLengthArray[0] = 1;
    return WmiCompleteRequest(DeviceObject, Irp, STATUS_SUCCESS, 1, IO_NO_INCREMENT);
}

int main(void)
{
    const GUID guid = CalibrationGuid;
    const GUID other = {0};
    BATTERY_EXTENSION *extension;
    Calibration data;
    LONGLONG factors[2] = {5, 6};
    answer got;

    device = host_wmilib_device(BatterySystemControl, sizeof(BATTERY_EXTENSION));
    extension = device->DeviceExtension;
    extension->ClassData = &class_data;
    extension->LowerDevice = host_wmilib_lower_device(device);
    extension->PhysicalDevice = extension->LowerDevice;
    extension->ServiceKey = *registry_path(TRUE);
    EXPECT(BatteryWmiInitialize(extension), STATUS_SUCCESS);
    EXPECT(IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER), STATUS_SUCCESS);
    host_check(host_wmilib_guid_count(device) == 1, "%u blocks", host_wmilib_guid_count(device));

    EXPECT(send(IRP_MN_QUERY_SINGLE_INSTANCE, &guid, 0, 0, NULL, 0, Calibration_SIZE, &got), STATUS_SUCCESS);
    host_check(got.information == 64 + Calibration_SIZE, "%u bytes", got.information);
    memcpy(&data, got.bytes + 64, Calibration_SIZE);
    host_check(data.Factors[1] == 1, "the factor is %lld", (long long)data.Factors[1]);
    EXPECT(send(IRP_MN_QUERY_SINGLE_INSTANCE, &guid, 0, 0, NULL, 0, 1, &got), STATUS_SUCCESS);
    host_check(got.needed == 64 + Calibration_SIZE, "%u bytes are needed", got.needed);
    EXPECT(
        send(
            IRP_MN_EXECUTE_METHOD, &guid, 0, SwapFactors, factors, SwapFactors_IN_SIZE, SwapFactors_OUT_SIZE, &got),
        STATUS_SUCCESS);
    (VOID)send(IRP_MN_QUERY_SINGLE_INSTANCE, &other, 0, 0, NULL, 0, 8, &got);
    host_check(!got.forwarded, "a request for this device goes down");

    /* A block of the class driver. */
    class_index = 0;
    EXPECT(send(IRP_MN_QUERY_SINGLE_INSTANCE, &guid, 0, 0, NULL, 0, Calibration_SIZE, &got), STATUS_SUCCESS);
    host_check(got.information == 64 + 1 && got.bytes[64] == 0xB1, "not the answer of the class driver");

    EXPECT(IoWMIRegistrationControl(device, WMIREG_ACTION_DEREGISTER), STATUS_SUCCESS);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
    printf("battery: all fine\n");
    return 0;
}
