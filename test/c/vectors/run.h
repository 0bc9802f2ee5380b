/*
 * Replays vectors against a driver and compares: bytes in -> status, BufferUsed, bytes out (row P9). format.ts writes the
 * vectors; an adapter calls the driver.
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
    /* Creates a device without blocks, and removes it with everything on it. */
    VOID (*open)(VOID);
    VOID (*close)(VOID);
    /* Creates the blocks. After a failure `close` still frees everything. */
    NTSTATUS (*start)(VOID);
    /* Finds a block of a started device. */
    BOOLEAN (*find)(const GUID *guid, vector_block *block);
} vector_driver;

/* An adapter. */
extern const vector_driver vectors_driver;

/*
 * The bytes of working memory that a call gets, of the adapter's `all`: fewer while failures are tried. A call that needs more
 * fails with `failure`.
 */
ULONG vectors_memory(ULONG all, NTSTATUS failure);

/*
 * Reads vectors from standard input. Prints each mismatch, and `N vectors, N mismatches` at the end. With `--fail-allocations`
 * each operation, and the driver's start, first runs with each of its allocations failing in turn, and with too little working
 * memory: it has to return STATUS_INSUFFICIENT_RESOURCES, change nothing and leak nothing. The last line then has the number
 * of these failures. Returns 0 without a mismatch. run.c's main calls it.
 */
int run_vectors(const vector_driver *driver, int count, char **words);

#endif
