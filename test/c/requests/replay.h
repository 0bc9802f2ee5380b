/*
 * Sends whole requests, as bytes from standard input, to a driver on the harness, and writes the result of each to
 * standard output; requests.ts writes and reads them.
 */
#ifndef MOFGEN_REQUESTS_REPLAY_H
#define MOFGEN_REQUESTS_REPLAY_H

#include <ntddk.h>

#include "../host/host.h"

/* A driver's device: a program defines these. */
VOID replay_start(VOID);
VOID replay_send(host_request *request);
VOID replay_stop(VOID);

#endif
