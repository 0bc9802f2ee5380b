/*
 * The reader and writer of replay.h. A request is five ULONGs (minor, whether it is for another device, Status and
 * Information as preset, bytes), the GUID, and its buffer; an answer three ULONGs (Status, Information, whether it was
 * forwarded) and the buffer. All little-endian.
 */
#include "replay.h"

#include <stdio.h>
#include <stdlib.h>

static BOOLEAN read_bytes(VOID *bytes, size_t size, BOOLEAN may_end)
{
    size_t got = fread(bytes, 1, size, stdin);
    host_check(got == size || (may_end && got == 0), "a request ends in the middle");
    return got == size;
}

static VOID write_bytes(const VOID *bytes, size_t size)
{
    host_check(fwrite(bytes, 1, size, stdout) == size, "an answer cannot be written");
}

int main(VOID)
{
    ULONG head[5];
    GUID guid;
    replay_start();
    while (read_bytes(head, sizeof(head), TRUE)) {
        read_bytes(&guid, sizeof(guid), FALSE);
        /* Exactly its size, so that a sanitizer reports an access after its end. */
        UCHAR *buffer = malloc(head[4]);
        host_check(buffer != NULL || head[4] == 0, "no memory for a request");
        read_bytes(buffer, head[4], head[4] == 0);
        host_request request = host_new_request((UCHAR)head[0], &guid, buffer, head[4]);
        request.provider_id = head[1];
        request.io.Status = (NTSTATUS)head[2];
        request.io.Information = head[3];
        replay_send(&request);
        const ULONG answer[] = {
            (ULONG)request.io.Status, (ULONG)request.io.Information, request.forwarded};
        write_bytes(answer, sizeof(answer));
        write_bytes(buffer, head[4]);
        free(buffer);
    }
    replay_stop();
    host_expect_nothing_left();
    return 0;
}
