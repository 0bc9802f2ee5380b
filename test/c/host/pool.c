/* Pool memory: every block is known with its tag, filled, and counted, and any allocation can be made to fail. */
#include <stdio.h>

#include "internal.h"

typedef struct block {
    struct block *next;
    PVOID memory;
    SIZE_T size;
    ULONG tag;
    POOL_TYPE type;
} block;

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

BOOLEAN host_allocation_fails(VOID)
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

VOID host_fail_allocation_after(ULONG successes)
{
    successes_left = successes;
    failing = TRUE;
    failed = FALSE;
}

BOOLEAN host_stop_failing_allocations(VOID)
{
    failing = FALSE;
    return failed;
}

PVOID NTAPI ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    /* What Driver Verifier stops a system for. */
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
    made->next = live;
    live = made;
    live_count++;
    live_bytes += NumberOfBytes;
    memset(made->memory, 0xA5, NumberOfBytes);
    return made->memory;
}

static block **find(const VOID *memory)
{
    block **link = &live;
    while (*link != NULL && (*link)->memory != memory) {
        link = &(*link)->next;
    }
    return link;
}

static VOID free_block(PVOID memory, const ULONG *tag)
{
    block **link = find(memory);
    block *found = *link;
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
    *link = found->next;
    live_count--;
    live_bytes -= found->size;
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
    const block *found = *find(memory);
    if (found == NULL) {
        return FALSE;
    }
    *size = found->size;
    return TRUE;
}

ULONG host_live_blocks(VOID)
{
    return live_count;
}

SIZE_T host_live_bytes(VOID)
{
    return live_bytes;
}

ULONG host_allocation_count(VOID)
{
    return allocations;
}

VOID host_print_live_blocks(VOID)
{
    for (const block *each = live; each != NULL; each = each->next) {
        const UCHAR *tag = (const UCHAR *)&each->tag;
        fprintf(stderr, "live block: %zu bytes, tag '", (size_t)each->size);
        for (size_t i = 0; i < sizeof(each->tag); i++) {
            fputc(tag[i] >= 0x20 && tag[i] < 0x7f ? tag[i] : '?', stderr);
        }
        fprintf(stderr, "'\n");
    }
}
