/* The gauge as a KMDF driver. */
#ifndef MOFGEN_SELFTEST_GAUGE_KMDF_H
#define MOFGEN_SELFTEST_GAUGE_KMDF_H

#include <ntddk.h>
#include <wdf.h>

/* Creates the blocks. After a failure, removing the device frees those that exist. */
NTSTATUS gauge_initialize(WDFDEVICE device);

NTSTATUS gauge_fire_alarm(WDFDEVICE device, ULONG reading);

#endif
