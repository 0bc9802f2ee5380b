/* The gauge as a KMDF driver; it must not know who tests it. */
#ifndef MOFGEN_SELFTEST_GAUGE_KMDF_H
#define MOFGEN_SELFTEST_GAUGE_KMDF_H

#include <ntddk.h>
#include <wdf.h>

/* Makes the blocks. On failure what was made goes with the device. */
NTSTATUS gauge_initialize(WDFDEVICE device);

NTSTATUS gauge_fire_alarm(WDFDEVICE device, ULONG reading);

#endif
