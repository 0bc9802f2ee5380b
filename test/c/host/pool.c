/* Pool memory: each block is recorded with its tag, filled and counted, and any allocation can be made to fail. */
#define _POSIX_C_SOURCE 200809L
/* Defines the functions of all kits. */
#define HOST_CURRENT_KIT
#include <pthread.h>
#include <stdio.h>

#include "internal.h"

typedef struct block {
    struct block *next;
    PVOID memory;
    SIZE_T size;
    ULONG tag;
    POOL_TYPE type;
} block;

/* Guards all that follows. */
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

static block *live;
static ULONG live_count;
static SIZE_T live_bytes;
static ULONG allocations;

/* How many allocations succeed before one fails. */
static ULONG successes_left;
static BOOLEAN failing;
static BOOLEAN failed;

PVOID host_own_memory(SIZE_T size)
{
    PVOID memory = malloc(size);
    host_check(memory != NULL, "the harness has no memory of its own");
    return memory;
}

static BOOLEAN counts_as_failure(VOID)
{
    allocations++;
    if (!failing) {
        return FALSE;
    }
    if (successes_left > 0) {
        successes_left--;
        return FALSE;
    }
    failing = FALSE;
    failed = TRUE;
    return TRUE;
}

BOOLEAN host_allocation_fails(VOID)
{
    pthread_mutex_lock(&guard);
    BOOLEAN fails = counts_as_failure();
    pthread_mutex_unlock(&guard);
    return fails;
}

VOID host_fail_allocation_after(ULONG successes)
{
    pthread_mutex_lock(&guard);
    successes_left = successes;
    failing = TRUE;
    failed = FALSE;
    pthread_mutex_unlock(&guard);
}

BOOLEAN host_stop_failing_allocations(VOID)
{
    pthread_mutex_lock(&guard);
    BOOLEAN happened = failed;
    failing = FALSE;
    pthread_mutex_unlock(&guard);
    return happened;
}

/* The bytes are `fill`. */
static PVOID allocate(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag, UCHAR fill)
{
    /* Driver Verifier stops a system for these. */
    host_check(NumberOfBytes > 0, "an allocation of no bytes");
    host_check(Tag != 0, "an allocation without a tag");
    host_check(
        PoolType == NonPagedPool || PoolType == PagedPool || PoolType == NonPagedPoolNx,
        "pool type %d",
        (int)PoolType);
    host_check(
        KeGetCurrentIrql() <= (PoolType == PagedPool ? APC_LEVEL : DISPATCH_LEVEL),
        "an allocation at IRQL %u",
        KeGetCurrentIrql());
    if (host_allocation_fails()) {
        return NULL;
    }
    block *made = host_own_memory(sizeof(block));
    made->memory = host_own_memory(NumberOfBytes);
    made->size = NumberOfBytes;
    made->tag = Tag;
    made->type = PoolType;
    PVOID memory = made->memory;
    memset(memory, fill, NumberOfBytes);
    pthread_mutex_lock(&guard);
    made->next = live;
    live = made;
    live_count++;
    live_bytes += NumberOfBytes;
    pthread_mutex_unlock(&guard);
    return memory;
}

#define UNINITIALIZED 0xA5

PVOID NTAPI ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    return allocate(PoolType, NumberOfBytes, Tag, UNINITIALIZED);
}

/* A driver for systems before Windows 10, version 2004, has to work where POOL_ZERO_ALLOCATION is ignored, as it is here. */
PVOID NTAPI host_allocate_pool(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    return allocate((POOL_TYPE)(PoolType & ~POOL_ZERO_ALLOCATION), NumberOfBytes, Tag, UNINITIALIZED);
}

PVOID NTAPI ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag)
{
    POOL_FLAGS pool = Flags & ~POOL_FLAG_UNINITIALIZED;
    host_check(
        pool == POOL_FLAG_PAGED || pool == POOL_FLAG_NON_PAGED, "pool flags 0x%llx", (ULONGLONG)Flags);
    return allocate(
        pool == POOL_FLAG_PAGED ? PagedPool : NonPagedPoolNx,
        NumberOfBytes,
        Tag,
        (Flags & POOL_FLAG_UNINITIALIZED) != 0 ? UNINITIALIZED : 0);
}

static block **find(const VOID *memory)
{
    block **link = &live;
    while (*link != NULL && (*link)->memory != memory) {
        link = &(*link)->next;
    }
    return link;
}

/* Takes a block out of the list; NULL when it is not there. */
static block *unlink_block(const VOID *memory)
{
    pthread_mutex_lock(&guard);
    block **link = find(memory);
    block *found = *link;
    if (found != NULL) {
        *link = found->next;
        live_count--;
        live_bytes -= found->size;
    }
    pthread_mutex_unlock(&guard);
    return found;
}

static VOID free_block(PVOID memory, const ULONG *tag)
{
    block *found = unlink_block(memory);
    host_check(found != NULL, "%p is no pool block: freed twice, or never allocated", memory);
    host_check(
        tag == NULL || *tag == found->tag,
        "a block with the tag 0x%08x is freed with 0x%08x",
        found->tag,
        *tag);
    host_check(
        KeGetCurrentIrql() <= (found->type == PagedPool ? APC_LEVEL : DISPATCH_LEVEL),
        "a block is freed at IRQL %u",
        KeGetCurrentIrql());
    memset(found->memory, 0xDE, found->size);
    free(found->memory);
    free(found);
}

VOID NTAPI ExFreePoolWithTag(PVOID P, ULONG Tag)
{
    free_block(P, &Tag);
}

VOID NTAPI ExFreePool(PVOID P)
{
    free_block(P, NULL);
}

BOOLEAN host_is_pool_block(const VOID *memory, SIZE_T *size)
{
    pthread_mutex_lock(&guard);
    const block *found = *find(memory);
    if (found != NULL) {
        *size = found->size;
    }
    pthread_mutex_unlock(&guard);
    return found != NULL;
}

ULONG host_live_blocks(VOID)
{
    pthread_mutex_lock(&guard);
    ULONG now = live_count;
    pthread_mutex_unlock(&guard);
    return now;
}

SIZE_T host_live_bytes(VOID)
{
    pthread_mutex_lock(&guard);
    SIZE_T now = live_bytes;
    pthread_mutex_unlock(&guard);
    return now;
}

ULONG host_allocation_count(VOID)
{
    pthread_mutex_lock(&guard);
    ULONG now = allocations;
    pthread_mutex_unlock(&guard);
    return now;
}

VOID host_print_live_blocks(VOID)
{
    pthread_mutex_lock(&guard);
    for (const block *each = live; each != NULL; each = each->next) {
        const UCHAR *tag = (const UCHAR *)&each->tag;
        fprintf(stderr, "live block: %zu bytes, tag '", (size_t)each->size);
        for (size_t i = 0; i < sizeof(each->tag); i++) {
            fputc(tag[i] >= 0x20 && tag[i] < 0x7f ? tag[i] : '?', stderr);
        }
        fprintf(stderr, "'\n");
    }
    pthread_mutex_unlock(&guard);
}
