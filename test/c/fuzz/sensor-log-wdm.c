/* samples/sensor-log as a WDM driver for the adapter of the vectors. */
#include "../vectors/wmilib-adapter.h"
#include "fuzz.h"

#include "sensor-log_wmi.h"

const GUID fuzz_guids[3] = {SensorLogGuid, SensorAlarmGuid, {0}};

static PDEVICE_OBJECT fuzzed;

const ULONG vectors_extension_size = sizeof(SENSOR_LOG_WMI);

static PSENSOR_LOG_WMI wmi_of(PDEVICE_OBJECT device)
{
    return (PSENSOR_LOG_WMI)device->DeviceExtension;
}

NTSTATUS vectors_initialize(PDEVICE_OBJECT device, PDEVICE_OBJECT lower)
{
    UNICODE_STRING path;
    NTSTATUS status;
    fuzzed = device;
    RtlInitUnicodeString(&path, L"\\Registry\\Machine\\Service");
    status = SensorLogWmiInitialize(wmi_of(device), device, lower, lower, &path);
    return NT_SUCCESS(status) ? SensorLogWmiRegister(wmi_of(device)) : status;
}

VOID vectors_uninitialize(PDEVICE_OBJECT device)
{
    SensorLogWmiCleanup(wmi_of(device));
}

NTSTATUS vectors_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
    return SensorLogWmiSystemControl(device, irp);
}

VOID fuzz_dispatch(host_request *request)
{
    host_wmilib_dispatch(fuzzed, request);
}
