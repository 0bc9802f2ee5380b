/* The adapter for MPIO: each function of its DSM_WMILIB_CONTEXT, called with the parameters that the documentation lists. */
#include "../../wdm/rig.h"

#include <dsm.h>

#include "calibration_wmi.h"

VOID CalibrationDsmWmiInitialize(PDSM_WMILIB_CONTEXT WmiInfo);

int main(void)
{
    DSM_WMILIB_CONTEXT info;
    DSM_IDS ids = {0, {NULL}};
    UCHAR context;
    Calibration data[2];
    LONGLONG factors[2] = {3, 4};
    ULONG lengths[2] = {0, 0};
    ULONG used;

    EXPECT(CalibrationWmiInitialize(&context), STATUS_SUCCESS);
    CalibrationDsmWmiInitialize(&info);
    host_check(info.GuidCount == CalibrationWmiBlocks.BlockCount, "%u GUIDs", info.GuidCount);
    host_check(IsEqualGUID(info.GuidList[0].Guid, &CalibrationWmiBlocks.Blocks[0].Guid), "another GUID");

    EXPECT(info.QueryWmiDataBlock(&context, &ids, NULL, 0, 0, 1, NULL, 0, NULL, &used), STATUS_BUFFER_TOO_SMALL);
    host_check(used == Calibration_SIZE, "%u bytes are needed", used);
    memset(data, 0xA5, sizeof(data));
    EXPECT(
        info.QueryWmiDataBlock(&context, &ids, NULL, 0, 0, 2, lengths, sizeof(data), (PUCHAR)data, &used),
        STATUS_SUCCESS);
    host_check(lengths[0] == Calibration_SIZE && lengths[1] == Calibration_SIZE, "%u and %u", lengths[0], lengths[1]);
    host_check(used == sizeof(Calibration) + Calibration_SIZE, "%u bytes", used);
    host_check(data[1].Factors[1] == 1, "the factor is %lld", (long long)data[1].Factors[1]);
    EXPECT(
        info.QueryWmiDataBlock(&context, &ids, NULL, 7, 0, 1, lengths, sizeof(data), (PUCHAR)data, &used),
        STATUS_WMI_GUID_NOT_FOUND);
    host_check(used == 0, "%u bytes of nothing", used);

    data[0].Factors[0] = 12;
    EXPECT(
        info.SetWmiDataBlock(&context, &ids, NULL, 0, 0, Calibration_SIZE - 1, (PUCHAR)data), STATUS_WMI_SET_FAILURE);
    EXPECT(info.SetWmiDataBlock(&context, &ids, NULL, 0, 0, Calibration_SIZE, (PUCHAR)data), STATUS_SUCCESS);

    used = SwapFactors_OUT_SIZE;
    EXPECT(
        info.ExecuteWmiMethod(&context, &ids, NULL, 0, 0, SwapFactors, SwapFactors_IN_SIZE, &used, (PUCHAR)factors),
        STATUS_SUCCESS);
    host_check(used == SwapFactors_OUT_SIZE, "%u bytes of output", used);
    used = SwapFactors_OUT_SIZE - 1;
    EXPECT(
        info.ExecuteWmiMethod(&context, &ids, NULL, 0, 0, SwapFactors, SwapFactors_IN_SIZE, &used, (PUCHAR)factors),
        STATUS_BUFFER_TOO_SMALL);
    host_check(used == SwapFactors_OUT_SIZE, "%u bytes are needed", used);

    host_check(host_allocation_count() == 0, "%u allocations", host_allocation_count());
    printf("mpio: all fine\n");
    return 0;
}
