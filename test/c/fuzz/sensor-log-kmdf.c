/* samples/sensor-log as a KMDF driver for the adapter of the vectors. */
#include "../vectors/kmdf-adapter.h"
#include "fuzz.h"

#include "sensor-log_wmi.h"

const GUID fuzz_guids[3] = {SensorLogGuid, SensorAlarmGuid, {0}};

static WDFDEVICE fuzzed;

NTSTATUS vectors_initialize(WDFDEVICE device)
{
    fuzzed = device;
    return SensorLogWmiInitialize(device);
}

VOID fuzz_dispatch(host_request *request)
{
    host_wdf_dispatch(fuzzed, request);
}
