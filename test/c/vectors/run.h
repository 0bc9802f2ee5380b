/*
 * Replays vectors against a driver and compares: bytes in -> status, BufferUsed, bytes out (row P9). What it reads is
 * written by format.ts; what it calls is a driver behind an adapter. It must not know a driver model.
 */
#ifndef MOFGEN_VECTORS_RUN_H
#define MOFGEN_VECTORS_RUN_H

#include <ntddk.h>

/* The callbacks of one block's first instance. One that the driver does not have is NULL. */
typedef struct vector_block {
    /* Handed to each of them. */
    VOID *self;
    NTSTATUS (*query)(VOID *self, ULONG room, UCHAR *out, ULONG *used);
    NTSTATUS (*set_instance)(VOID *self, ULONG size, UCHAR *in);
    NTSTATUS (*set_item)(VOID *self, ULONG id, ULONG size, UCHAR *in);
    /* Input and output share one buffer, which has the larger of the two sizes. */
    NTSTATUS (*execute)(VOID *self, ULONG id, ULONG in, ULONG out, UCHAR *buffer, ULONG *used);
} vector_block;

typedef struct vector_driver {
    /* Makes a device without blocks, and takes it away with everything on it. */
    VOID (*open)(VOID);
    VOID (*close)(VOID);
    /* Makes the blocks; a failure leaves nothing that `close` does not take away. */
    NTSTATUS (*start)(VOID);
    /* Finds a block of a started device. */
    BOOLEAN (*find)(const GUID *guid, vector_block *block);
} vector_driver;

/* What an adapter is. */
extern const vector_driver vectors_driver;

/*
 * Reads vectors from standard input, and prints each that the driver answers otherwise, and `N vectors, N mismatches` at
 * the end. With `--fail-allocations` every operation, and the driver's start, is tried before with each of its allocations
 * failing in turn: it has to return STATUS_INSUFFICIENT_RESOURCES, change nothing and leave no memory behind. Returns
 * 0 without a mismatch. run.c's main calls it.
 */
int run_vectors(const vector_driver *driver, int count, char **words);

#endif
