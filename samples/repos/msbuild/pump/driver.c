// A KMDF driver with one pump; its WMI provider is generated at every build.
#include <ntddk.h>
#include <wdf.h>

#include "pump_wmi.h"

EVT_WDF_DRIVER_DEVICE_ADD PumpDeviceAdd;

NTSTATUS
PumpDeviceAdd(
    WDFDRIVER Driver,
    PWDFDEVICE_INIT DeviceInit)
{
    WDFDEVICE device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    return PumpWmiInitialize(device);
}
