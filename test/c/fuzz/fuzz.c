/*
 * A libFuzzer target for one entry point of a KMDF provider of samples/sensor-log: set instance, set item or method, by
 * FUZZ_ENTRY. Whatever the bytes are, sanitizers have nothing to say, a refused set has changed nothing, an accepted one
 * can be queried, and no memory is lost.
 */
#include <ntddk.h>
#include <wdf.h>

#include "../host/host.h"
#include "sensor-log_wmi.h"

#include <stdlib.h>
#include <string.h>

#define FUZZ_SET_INSTANCE 1
#define FUZZ_SET_ITEM 2
#define FUZZ_METHOD 3

static WDFWMIINSTANCE instance;
static const WDF_WMI_INSTANCE_CONFIG *config;

int LLVMFuzzerTestOneInput(const UCHAR *bytes, size_t size);
int LLVMFuzzerInitialize(int *count, char ***words);

int LLVMFuzzerInitialize(int *count, char ***words)
{
    static const GUID guid = SensorLogGuid;
    WDFDEVICE device = host_wdf_device();
    NTSTATUS status = SensorLogWmiInitialize(device);
    UNREFERENCED_PARAMETER(count);
    UNREFERENCED_PARAMETER(words);
    host_check(NT_SUCCESS(status), "%s", host_status_name(status));
    host_wdf_start(device);
    instance = host_wdf_instance(device, &guid, 0);
    config = host_wdf_instance_config(instance);
    return 0;
}

/* All of the instance's data, and how much there is; the caller frees it. */
static UCHAR *query(ULONG *used)
{
    UCHAR nothing;
    UCHAR *data;
    NTSTATUS status = config->EvtWmiInstanceQueryInstance(instance, 0, &nothing, used);
    host_check(status == STATUS_BUFFER_TOO_SMALL, "%s", host_status_name(status));
    data = malloc(*used);
    status = config->EvtWmiInstanceQueryInstance(instance, *used, data, used);
    host_check(status == STATUS_SUCCESS, "%s", host_status_name(status));
    return data;
}

/* The next `wanted` bytes as a number; fewer when there are no more. */
static ULONG take(const UCHAR **bytes, size_t *size, size_t wanted)
{
    ULONG number = 0;
    for (size_t i = 0; i < wanted && *size > 0; i++) {
        number |= (ULONG)**bytes << (8 * i);
        *bytes += 1;
        *size -= 1;
    }
    return number;
}

/* Exactly as many bytes as there are, so that one beyond is seen. */
static UCHAR *copy(const UCHAR *bytes, size_t size, size_t room)
{
    size_t capacity = size > room ? size : room;
    UCHAR *memory = capacity == 0 ? NULL : malloc(capacity);
    if (size > 0) {
        memcpy(memory, bytes, size);
    }
    return memory;
}

static NTSTATUS request(const UCHAR *bytes, size_t size)
{
    NTSTATUS status;
    UCHAR *memory;
#if FUZZ_ENTRY == FUZZ_SET_INSTANCE
    memory = copy(bytes, size, 0);
    status = config->EvtWmiInstanceSetInstance(instance, (ULONG)size, memory);
#elif FUZZ_ENTRY == FUZZ_SET_ITEM
    ULONG id = take(&bytes, &size, 1);
    memory = copy(bytes, size, 0);
    status = config->EvtWmiInstanceSetItem(instance, id, (ULONG)size, memory);
#else
    ULONG id = take(&bytes, &size, 1);
    ULONG room = take(&bytes, &size, 2);
    ULONG used = 0xFFFFFFFF;
    memory = copy(bytes, size, room);
    status = config->EvtWmiInstanceExecuteMethod(instance, id, (ULONG)size, room, memory, &used);
    host_check(used != 0xFFFFFFFF, "BufferUsed was not set: %s", host_status_name(status));
    host_check(!NT_SUCCESS(status) || used <= room, "%u bytes used of %u", used, room);
    host_check(status != STATUS_BUFFER_TOO_SMALL || used > room, "%u is not more than %u", used, room);
#endif
    free(memory);
    return status;
}

int LLVMFuzzerTestOneInput(const UCHAR *bytes, size_t size)
{
    ULONG blocks = host_live_blocks();
    ULONG before_size;
    ULONG after_size;
    UCHAR *before = query(&before_size);
    NTSTATUS status = request(bytes, size);
    UCHAR *after = query(&after_size);
    if (!NT_SUCCESS(status)) {
        host_check(
            before_size == after_size && memcmp(before, after, after_size) == 0,
            "%s, and yet something has changed",
            host_status_name(status));
        host_check(host_live_blocks() == blocks, "memory is lost");
    }
    free(before);
    free(after);
    (void)take;
    return 0;
}
