/* What the programs beside this file share: a device, and requests for it, as IRPs or straight to a routine of WMILIB. */
#ifndef MOFGEN_WDM_RIG_H
#define MOFGEN_WDM_RIG_H

#include <ntddk.h>
#include <wmistr.h>

#include <wmilib.h>

#include "../../c/host/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNUSED __attribute__((unused))

static VOID rig_expect(NTSTATUS status, NTSTATUS want, int line)
{
    host_check(
        status == want,
        "line %d: %s where %s is right",
        line,
        host_status_name(status),
        host_status_name(want));
}

#define EXPECT(status, want) rig_expect((status), (want), __LINE__)

static PDEVICE_OBJECT device;

/* The service's key, as DriverEntry gets it: gone when the call is over, so that nobody relies on it. */
static UNUSED UNICODE_STRING *registry_path(BOOLEAN there)
{
    static WCHAR text[] = L"\\Registry\\Machine\\Service";
    static UNICODE_STRING path;
    if (there) {
        memcpy(text, L"\\Registry", 9 * sizeof(WCHAR));
        RtlInitUnicodeString(&path, text);
    } else {
        memset(text, 'x', 9 * sizeof(WCHAR));
        path.Buffer = NULL;
    }
    return &path;
}

/* ---- Requests as IRPs ---- */

typedef struct answer {
    /* The size that a WNODE_TOO_SMALL asks for; 0 for any other answer. */
    ULONG needed;
    ULONG information;
    BOOLEAN forwarded;
    UCHAR bytes[1024];
} answer;

static UNUSED NTSTATUS send(
    UCHAR minor,
    const GUID *guid,
    ULONG instance,
    ULONG id,
    const VOID *data,
    ULONG size,
    ULONG room,
    answer *answer)
{
    ULONG buffer_size;
    PVOID buffer = host_build_wnode(minor, guid, instance, id, data, size, room, &buffer_size);
    host_request request = host_new_request(minor, guid, buffer, buffer_size);
    host_check(buffer_size <= sizeof(answer->bytes), "a request of %u bytes", buffer_size);
    host_wmilib_dispatch(device, &request);
    memcpy(answer->bytes, buffer, buffer_size);
    answer->needed = host_size_needed(buffer, buffer_size);
    answer->information = (ULONG)request.io.Information;
    answer->forwarded = request.forwarded;
    free(buffer);
    return request.io.Status;
}

/* A request whose buffer is `size` bytes that are zero but for BufferSize: query all, events, collection, registration. */
static UNUSED NTSTATUS send_plain(UCHAR minor, const VOID *data_path, ULONG size, answer *answer)
{
    host_request request = host_new_request(minor, data_path, answer->bytes, size);
    memset(answer->bytes, 0, sizeof(answer->bytes));
    memcpy(answer->bytes, &size, sizeof(size));
    host_wmilib_dispatch(device, &request);
    answer->needed = host_size_needed(answer->bytes, size);
    answer->information = (ULONG)request.io.Information;
    answer->forwarded = request.forwarded;
    return request.io.Status;
}

static UNUSED ULONG ulong_at(const UCHAR *bytes, ULONG offset)
{
    ULONG value;
    memcpy(&value, bytes + offset, sizeof(value));
    return value;
}

/* ---- Routines, called as WMILIB calls them ---- */

typedef struct outcome {
    NTSTATUS status;
    ULONG used;
} outcome;

static UNUSED outcome query(
    ULONG guid_index,
    ULONG first,
    ULONG count,
    ULONG *lengths,
    ULONG room,
    UCHAR *buffer)
{
    outcome outcome;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.QueryWmiDataBlock(
        device, irp, guid_index, first, count, lengths, room, buffer);
    host_wmilib_close(irp, returned, &outcome.status, &outcome.used);
    return outcome;
}

static UNUSED outcome set_block(
    ULONG guid_index,
    ULONG instance,
    ULONG size,
    UCHAR *buffer)
{
    outcome outcome;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.SetWmiDataBlock(device, irp, guid_index, instance, size, buffer);
    host_wmilib_close(irp, returned, &outcome.status, &outcome.used);
    return outcome;
}

static UNUSED outcome set_item(
    ULONG guid_index,
    ULONG instance,
    ULONG id,
    ULONG size,
    UCHAR *buffer)
{
    outcome outcome;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.SetWmiDataItem(device, irp, guid_index, instance, id, size, buffer);
    host_wmilib_close(irp, returned, &outcome.status, &outcome.used);
    return outcome;
}

static UNUSED outcome execute(
    ULONG guid_index,
    ULONG instance,
    ULONG id,
    ULONG size,
    ULONG room,
    UCHAR *buffer)
{
    outcome outcome;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.ExecuteWmiMethod(
        device, irp, guid_index, instance, id, size, room, buffer);
    host_wmilib_close(irp, returned, &outcome.status, &outcome.used);
    return outcome;
}

static UNUSED outcome control(
    ULONG guid_index,
    WMIENABLEDISABLECONTROL function,
    BOOLEAN enable)
{
    outcome outcome;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.WmiFunctionControl(device, irp, guid_index, function, enable);
    host_wmilib_close(irp, returned, &outcome.status, &outcome.used);
    return outcome;
}

/* What came of a routine. */
static UNUSED VOID rig_expect_outcome(outcome outcome, NTSTATUS status, ULONG used, int line)
{
    rig_expect(outcome.status, status, line);
    host_check(outcome.used == used, "line %d: BufferUsed %u where %u is right", line, outcome.used, used);
}

#define EXPECT_OUTCOME(outcome, status, used) rig_expect_outcome((outcome), (status), (used), __LINE__)

#endif
