/* Shared by the programs for drivers without a framework: a device, and requests for it as IRPs. */
#ifndef MOFGEN_DEVICE_RIG_H
#define MOFGEN_DEVICE_RIG_H

#include <ntddk.h>
#include <wmistr.h>

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

/* The service's key, as DriverEntry gets it: freed after the call, so that a sanitizer reports a later access. */
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
    /* SizeNeeded of a WNODE_TOO_SMALL; 0 for any other answer. */
    ULONG needed;
    ULONG information;
    BOOLEAN forwarded;
    /* Aligned like memory of the kernel. */
    _Alignas(16) UCHAR bytes[1024];
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
    host_wdm_dispatch(device, &request);
    memcpy(answer->bytes, buffer, buffer_size);
    answer->needed = host_size_needed(buffer, buffer_size);
    answer->information = (ULONG)request.io.Information;
    answer->forwarded = request.forwarded;
    free(buffer);
    return request.io.Status;
}

/* A request whose buffer is `size` bytes, zero except BufferSize: query all, events, collection, registration. */
static UNUSED NTSTATUS send_plain(UCHAR minor, const VOID *data_path, ULONG size, answer *answer)
{
    host_request request = host_new_request(minor, data_path, answer->bytes, size);
    memset(answer->bytes, 0, sizeof(answer->bytes));
    memcpy(answer->bytes, &size, sizeof(size));
    host_wdm_dispatch(device, &request);
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

#endif
