/* The callbacks of scripted.h. */
#include "scripted.h"

seen last_call;

static VOID keep(ULONG in_size, ULONG out_size, const UCHAR *buffer)
{
    last_call.calls++;
    last_call.in_size = in_size;
    last_call.out_size = out_size;
    last_call.null = buffer == NULL;
    last_call.shift = (ULONG)((ULONG_PTR)buffer % 8);
    last_call.first = in_size > 0 ? buffer[0] : 0;
    last_call.last = in_size > 0 ? buffer[in_size - 1] : 0;
}

NTSTATUS answer_output(const answer *answer, ULONG in_size, ULONG room, PVOID buffer, PULONG used)
{
    keep(in_size, room, buffer);
    *used = answer->used;
    if (answer->forced) {
        return answer->status;
    }
    if (room < answer->used) {
        return STATUS_BUFFER_TOO_SMALL;
    }
    if (answer->used > 0) {
        memset(buffer, answer->fill, answer->used);
    }
    return answer->status;
}

NTSTATUS answer_input(const answer *answer, ULONG size, PVOID buffer)
{
    keep(size, 0, buffer);
    return answer->status;
}
