/* A request that a DpWmi routine has and has not completed yet. */
#ifndef MOFGEN_HOST_WMILIB_CALLS_H
#define MOFGEN_HOST_WMILIB_CALLS_H

#include <ntddk.h>
#include <wmilib.h>

#include "internal.h"

typedef enum host_call_kind {
    HOST_CALL_QUERY_SINGLE,
    HOST_CALL_QUERY_ALL,
    HOST_CALL_METHOD,
    HOST_CALL_SET,
    HOST_CALL_CONTROL,
    /* Only the status and BufferUsed are kept. */
    HOST_CALL_RECORDED
} host_call_kind;

typedef struct host_call {
    struct host_call *next;
    host_call_kind kind;
    PDEVICE_OBJECT device;
    PIRP irp;
    /* The request's buffer, and where its data is. */
    PUCHAR buffer;
    ULONG buffer_size;
    ULONG offset;
    /* The part of it that the routine got. */
    host_region region;
    /* A query's lengths, one for each instance; NULL when only the size was requested. */
    PULONG lengths;
    ULONG count;
    BOOLEAN completed;
    NTSTATUS status;
    ULONG used;
} host_call;

/*
 * The number of instances of a block. WMILIB gets the driver's own list but no lock of the driver ("WMIGUIDREGINFO",
 * "WmiSystemControl"): it reads the number, an aligned ULONG, for each request. So ThreadSanitizer does not check this read,
 * and tests see how a driver handles an outdated number.
 */
ULONG host_instance_count(const WMILIB_CONTEXT *context, ULONG guid_index);

/* Passes the request to a routine. */
VOID host_open_call(host_call *call);
/* Takes it back when the routine has returned: it has completed the request, and returns the request's status. */
VOID host_close_call(host_call *call, NTSTATUS returned, const char *routine);

/* Completes the request with a routine's status and BufferUsed, as WmiCompleteRequest does. */
VOID host_finish_call(const host_call *call, PIO_STATUS_BLOCK io, NTSTATUS status, ULONG used);

/* Answers a registration request. */
VOID host_wmilib_reg_info(PWMILIB_CONTEXT context, PDEVICE_OBJECT device, PIRP irp);

#endif
