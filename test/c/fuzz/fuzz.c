/*
 * A libFuzzer target for one entry point of a provider of samples/sensor-log, by FUZZ_ENTRY: query, set instance, set item,
 * method, or whole requests. For any bytes: no sanitizer report, a refused request changes nothing, an accepted one can be
 * queried, and no memory leaks. The driver is called through an adapter of the vectors.
 */
#include <ntddk.h>
#include <wmistr.h>

#include "../host/host.h"
#include "../vectors/run.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#define FUZZ_QUERY 1
#define FUZZ_SET_INSTANCE 2
#define FUZZ_SET_ITEM 3
#define FUZZ_METHOD 4
#define FUZZ_REQUEST 5

static vector_block block;

int LLVMFuzzerTestOneInput(const UCHAR *bytes, size_t size);
int LLVMFuzzerInitialize(int *count, char ***words);

int LLVMFuzzerInitialize(int *count, char ***words)
{
    NTSTATUS status;
    UNREFERENCED_PARAMETER(count);
    UNREFERENCED_PARAMETER(words);
    vectors_driver.open();
    status = vectors_driver.start();
    host_check(NT_SUCCESS(status), "%s", host_status_name(status));
    host_check(vectors_driver.find(&fuzz_guids[0], &block), "no such block");
    return 0;
}

/* All of the instance's data, and how much there is; the caller frees it. */
static UCHAR *query(ULONG *used)
{
    UCHAR *data;
    NTSTATUS status = block.query(block.self, 0, NULL, used);
    host_check(status == STATUS_BUFFER_TOO_SMALL, "%s", host_status_name(status));
    data = malloc(*used);
    status = block.query(block.self, *used, data, used);
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

/* A copy of exactly its size, so that a sanitizer reports an access after its end. */
static UCHAR *copy(const UCHAR *bytes, size_t size, size_t room)
{
    size_t capacity = size > room ? size : room;
    UCHAR *memory = capacity == 0 ? NULL : malloc(capacity);
    if (size > 0) {
        memcpy(memory, bytes, size);
    }
    return memory;
}

/* What BufferUsed may be after a request with an answer. */
static VOID check_used(NTSTATUS status, ULONG used, ULONG room)
{
    host_check(used != 0xFFFFFFFF, "BufferUsed was not set: %s", host_status_name(status));
    host_check(!NT_SUCCESS(status) || used <= room, "%u bytes used of %u", used, room);
    host_check(status != STATUS_BUFFER_TOO_SMALL || used > room, "%u is not more than %u", used, room);
}

#if FUZZ_ENTRY == FUZZ_REQUEST
/* A request as WMI sends it: BufferSize is correct, and everything else is arbitrary. */
static NTSTATUS request(const UCHAR *bytes, size_t size)
{
    UCHAR minor = (UCHAR)(take(&bytes, &size, 1) % (IRP_MN_REGINFO_EX + 1));
    ULONG number = take(&bytes, &size, 1) % 3;
    BOOLEAN registers = minor == IRP_MN_REGINFO || minor == IRP_MN_REGINFO_EX;
    ULONG buffer_size = (ULONG)size < sizeof(WNODE_HEADER) ? (ULONG)sizeof(WNODE_HEADER) : (ULONG)size;
    UCHAR *buffer = calloc(1, buffer_size);
    host_request request =
        host_new_request(minor, registers ? NULL : &fuzz_guids[number], buffer, buffer_size);
    if (size > 0) {
        memcpy(buffer, bytes, size);
    }
    memcpy(buffer, &buffer_size, sizeof(buffer_size));
    fuzz_dispatch(&request);
    host_check(request.io.Information <= buffer_size, "%u bytes", (ULONG)request.io.Information);
    free(buffer);
    return request.io.Status;
}
#elif FUZZ_ENTRY == FUZZ_QUERY
/* A query; the first bytes give the room. */
static NTSTATUS request(const UCHAR *bytes, size_t size)
{
    ULONG room = take(&bytes, &size, 2);
    ULONG used = 0xFFFFFFFF;
    UCHAR *memory = copy(bytes, size, 0);
    NTSTATUS status = block.set_instance(block.self, (ULONG)size, memory);
    BOOLEAN stored = NT_SUCCESS(status);
    free(memory);
    memory = room == 0 ? NULL : malloc(room);
    status = block.query(block.self, room, memory, &used);
    check_used(status, used, room);
    free(memory);
    return stored ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
}
#else
static NTSTATUS request(const UCHAR *bytes, size_t size)
{
    NTSTATUS status;
    UCHAR *memory;
#if FUZZ_ENTRY == FUZZ_SET_INSTANCE
    memory = copy(bytes, size, 0);
    status = block.set_instance(block.self, (ULONG)size, memory);
#elif FUZZ_ENTRY == FUZZ_SET_ITEM
    ULONG id = take(&bytes, &size, 1);
    memory = copy(bytes, size, 0);
    status = block.set_item(block.self, id, (ULONG)size, memory);
#else
    ULONG id = take(&bytes, &size, 1);
    ULONG room = take(&bytes, &size, 2);
    ULONG used = 0xFFFFFFFF;
    memory = copy(bytes, size, room);
    status = block.execute(block.self, id, (ULONG)size, room, memory, &used);
    check_used(status, used, room);
#endif
    free(memory);
    return status;
}
#endif

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
    (void)copy;
    (void)check_used;
    return 0;
}
