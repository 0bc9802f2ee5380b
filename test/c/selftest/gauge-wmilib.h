/* The gauge as a WDM driver with WMILIB. */
#ifndef MOFGEN_SELFTEST_GAUGE_WMILIB_H
#define MOFGEN_SELFTEST_GAUGE_WMILIB_H

#include <ntddk.h>
#include <wmistr.h>

#include <wmilib.h>

#include "gauge.h"

/* What the driver keeps for a device, in its DeviceExtension. */
typedef struct gauge_extension {
    gauge gauge;
    FAST_MUTEX lock;
    PDEVICE_OBJECT lower;
    WMILIB_CONTEXT wmi;
    /* The base name of instances; without one they are named after the device. */
    PCWSTR base_name;
} gauge_extension;

DRIVER_DISPATCH gauge_system_control;

VOID gauge_add(PDEVICE_OBJECT device, PDEVICE_OBJECT lower);
VOID gauge_remove(PDEVICE_OBJECT device);

/* The alarm's block is the last one; the gauge has two instances, which are the same. */
NTSTATUS gauge_fire(PDEVICE_OBJECT device, ULONG reading);

#endif
