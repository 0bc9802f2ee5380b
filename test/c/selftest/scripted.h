/* Callbacks that return what a row sets, and record their arguments. */
#ifndef MOFGEN_SELFTEST_SCRIPTED_H
#define MOFGEN_SELFTEST_SCRIPTED_H

#include "selftest.h"

/* What a callback returns. It fills `used` bytes with `fill` if they fit, and returns STATUS_BUFFER_TOO_SMALL if not. */
typedef struct answer {
    BOOLEAN present;
    /* Returned as it is, with `used`, whatever the room. */
    BOOLEAN forced;
    NTSTATUS status;
    ULONG used;
    UCHAR fill;
} answer;

typedef struct script {
    answer query;
    answer set_instance;
    answer set_item;
    answer execute;
} script;

/* The last arguments of a callback, and the number of calls. */
typedef struct seen {
    ULONG calls;
    ULONG id;
    ULONG in_size;
    ULONG out_size;
    BOOLEAN null;
    /* How far the buffer is from a boundary of eight bytes. */
    ULONG shift;
    UCHAR first;
    UCHAR last;
} seen;

extern seen last_call;

/* Success with so many bytes. */
#define FILLED(count, byte) {TRUE, FALSE, STATUS_SUCCESS, (count), (byte)}
/* This status and this BufferUsed, whatever the room. */
#define FORCED(status, used) {TRUE, TRUE, (status), (used), 0}
#define ACCEPTED {TRUE, TRUE, STATUS_SUCCESS, 0, 0}

NTSTATUS answer_output(const answer *answer, ULONG in_size, ULONG room, PVOID buffer, PULONG used);
NTSTATUS answer_input(const answer *answer, ULONG size, PVOID buffer);

#endif
