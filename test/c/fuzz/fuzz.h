/* What a driver defines for fuzz.c in addition to an adapter of the vectors. */
#ifndef MOFGEN_FUZZ_H
#define MOFGEN_FUZZ_H

#include <ntddk.h>

#include "../host/host.h"

/* The block that is fuzzed, another one of the driver, and one that it does not have. */
extern const GUID fuzz_guids[3];

/* Sends a whole request to the device. */
VOID fuzz_dispatch(host_request *request);

#endif
