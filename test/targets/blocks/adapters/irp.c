/*
 * The adapter for drivers that answer IRPs themselves: the rules for IRP_MN_CHANGE_SINGLE_INSTANCE with static names in
 * docs/spec/runtime.md#irp_mn_change_single_instance and in the model of such drivers (src/runtime/self-handled).
 */
#include "../../wdm/rig.h"

#include <stddef.h>

#include "calibration_wmi.h"

NTSTATUS AnswerSystemControl(PDEVICE_OBJECT DeviceObject, PDEVICE_OBJECT LowerDevice, PIRP Irp);

static NTSTATUS NTAPI dispatch(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return AnswerSystemControl(DeviceObject, host_wmilib_lower_device(DeviceObject), Irp);
}

static const GUID guid = CalibrationGuid;

/* A request with one ULONG of it changed, and its buffer cut off. */
static NTSTATUS send_changed(const Calibration *data, size_t offset, ULONG value, ULONG less)
{
    ULONG size;
    UCHAR *whole = host_build_wnode(
        IRP_MN_CHANGE_SINGLE_INSTANCE, &guid, 0, 0, data, Calibration_SIZE, Calibration_SIZE, &size);
    UCHAR *buffer = malloc(size - less);
    host_request request = host_new_request(IRP_MN_CHANGE_SINGLE_INSTANCE, &guid, buffer, size - less);
    memcpy(whole + offset, &value, sizeof(value));
    memcpy(buffer, whole, size - less);
    host_wmilib_dispatch(device, &request);
    host_check(!request.forwarded, "a request for this device goes down");
    host_check(request.io.Information == 0, "Information %u", (ULONG)request.io.Information);
    free(buffer);
    free(whole);
    return request.io.Status;
}

#define FIELD(member) offsetof(WNODE_SINGLE_INSTANCE, member)
#define FLAGS (offsetof(WNODE_SINGLE_INSTANCE, WnodeHeader) + offsetof(WNODE_HEADER, Flags))

int main(void)
{
    const GUID other = {1, 2, 3, {4}};
    Calibration data = {0};
    Calibration seen;
    MOFGEN_BLOCK_CALL call = {&CalibrationWmiBlocks, 0, 0, NULL, NULL, 0};
    ULONG used;
    answer got;

    device = host_wmilib_device(dispatch, 0);
    EXPECT(CalibrationWmiInitialize(device), STATUS_SUCCESS);
    data.Factors[0] = 21;

    /* For another device, and of another kind: passed down the stack. */
    host_request foreign = host_new_request(IRP_MN_CHANGE_SINGLE_INSTANCE, &guid, NULL, 0);
    foreign.provider_id = (ULONG_PTR)host_wmilib_lower_device(device);
    host_wmilib_dispatch(device, &foreign);
    host_check(foreign.forwarded, "a request for another device is answered");
    (VOID)send(IRP_MN_QUERY_SINGLE_INSTANCE, &guid, 0, 0, NULL, 0, 0, &got);
    host_check(got.forwarded, "a query is answered");

    EXPECT(send(2, &other, 0, 0, &data, Calibration_SIZE, Calibration_SIZE, &got), STATUS_WMI_GUID_NOT_FOUND);
    EXPECT(send(2, &guid, 1, 0, &data, Calibration_SIZE, Calibration_SIZE, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    EXPECT(send_changed(&data, FLAGS, WNODE_FLAG_SINGLE_INSTANCE, 0), STATUS_WMI_INSTANCE_NOT_FOUND);
    EXPECT(send_changed(&data, FIELD(DataBlockOffset), 63, 0), STATUS_WMI_SET_FAILURE);
    EXPECT(send_changed(&data, FIELD(DataBlockOffset), 64 + Calibration_SIZE, 0), STATUS_WMI_SET_FAILURE);
    EXPECT(send_changed(&data, FIELD(DataBlockOffset), 0xFFFFFFF0, 0), STATUS_WMI_SET_FAILURE);
    EXPECT(send_changed(&data, FIELD(SizeDataBlock), Calibration_SIZE - 1, 0), STATUS_WMI_SET_FAILURE);
    EXPECT(send_changed(&data, FIELD(SizeDataBlock), Calibration_SIZE + 1, 0), STATUS_WMI_SET_FAILURE);
    EXPECT(send_changed(&data, FIELD(SizeDataBlock), 0xFFFFFFFF, 0), STATUS_WMI_SET_FAILURE);
    for (ULONG less = 1; less <= 64 + Calibration_SIZE; less++) {
        EXPECT(send_changed(&data, FIELD(InstanceIndex), 0, less), STATUS_WMI_SET_FAILURE);
    }
    EXPECT(MofgenBlockQuery(&call, sizeof(seen), &seen, &used), STATUS_SUCCESS);
    host_check(seen.Factors[0] == 0, "a refused request has changed a value");

    EXPECT(send_changed(&data, FIELD(InstanceIndex), 0, 0), STATUS_SUCCESS);
    EXPECT(MofgenBlockQuery(&call, sizeof(seen), &seen, &used), STATUS_SUCCESS);
    host_check(seen.Factors[0] == 21, "the factor is %lld", (long long)seen.Factors[0]);

    host_wmilib_delete_device(device);
    host_expect_nothing_left();
    printf("irp: all fine\n");
    return 0;
}
