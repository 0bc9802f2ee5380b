/*
 * What a driver defines for program.c: its blocks, requests for them, and the functions that it calls itself.
 */
#ifndef MOFGEN_THREADS_PROGRAM_H
#define MOFGEN_THREADS_PROGRAM_H

#include <ntddk.h>
#include <wmistr.h>

#include "../../c/host/host.h"

typedef struct threads_block {
    GUID guid;
    NTSTATUS (*add)(PVOID *instance);
    NTSTATUS (*remove)(PVOID instance);
    /* The oldest instance, NULL without one. */
    PVOID (*first)(VOID);
    /* Reads the values of an instance as other code of the driver does, under the lock; NULL for an event. */
    NTSTATUS (*read)(PVOID instance);
    /* Sends the event from an instance, from the oldest one for NULL; NULL for a block with data. */
    NTSTATUS (*fire)(PVOID instance);
} threads_block;

/* One request for one instance, for all of them, or for the block. */
typedef struct threads_request {
    UCHAR minor;
    ULONG block;
    /* Of an item or a method. */
    ULONG id;
    const UCHAR *data;
    ULONG data_size;
    /* For the returned data; for the whole buffer if the request names no instance. */
    ULONG room;
} threads_request;

extern const threads_block threads_blocks[];
extern const ULONG threads_block_count;
extern const threads_request threads_requests[];
extern const ULONG threads_request_count;

/* A device with one instance of each block, registered with WMI; and its end. */
VOID threads_start(VOID);
VOID threads_stop(VOID);
VOID threads_dispatch(host_request *request);

#endif
