/*
 * Adapter for blocks without a transport: calls the functions of the core for the first instance of each block at
 * DISPATCH_LEVEL, with working memory that is unaligned and not zeroed.
 */
#include "blocks-adapter.h"

#include "../host/host.h"
#include "run.h"

#define SHIFT 3

static UCHAR device;

static UCHAR memory[0x100000 + SHIFT];

/* A block's GuidIndex is the distance of its `self` from here. */
static UCHAR indices[256];

static MOFGEN_BLOCK_CALL call_of(const VOID *self)
{
    MOFGEN_BLOCK_CALL call = {
        .Blocks = vectors_blocks,
        .GuidIndex = (ULONG)((const UCHAR *)self - indices),
        .DeviceContext = &device,
        .Memory = memory + SHIFT,
        .MemorySize = vectors_memory(sizeof(memory) - SHIFT, STATUS_INSUFFICIENT_RESOURCES),
    };
    memset(memory, 0xA5, 0x1000);
    host_set_irql(DISPATCH_LEVEL);
    return call;
}

static NTSTATUS ended(NTSTATUS status)
{
    host_set_irql(PASSIVE_LEVEL);
    return status;
}

static NTSTATUS query(VOID *self, ULONG room, UCHAR *out, ULONG *used)
{
    MOFGEN_BLOCK_CALL call = call_of(self);
    return ended(MofgenBlockQuery(&call, room, out, used));
}

static NTSTATUS set_instance(VOID *self, ULONG size, UCHAR *in)
{
    MOFGEN_BLOCK_CALL call = call_of(self);
    return ended(MofgenBlockSetInstance(&call, size, in));
}

static NTSTATUS set_item(VOID *self, ULONG id, ULONG size, UCHAR *in)
{
    MOFGEN_BLOCK_CALL call = call_of(self);
    return ended(MofgenBlockSetItem(&call, id, size, in));
}

static NTSTATUS execute(VOID *self, ULONG id, ULONG in, ULONG out, UCHAR *buffer, ULONG *used)
{
    MOFGEN_BLOCK_CALL call = call_of(self);
    return ended(MofgenBlockExecute(&call, id, in, out, buffer, used));
}

static VOID open(VOID)
{
}

static VOID close(VOID)
{
    host_check(host_allocation_count() == 0, "blocks have allocated pool");
}

static NTSTATUS start(VOID)
{
    return vectors_initialize(&device);
}

static BOOLEAN find(const GUID *guid, vector_block *block)
{
    ULONG index;
    host_check(vectors_blocks->BlockCount <= sizeof(indices), "%u blocks", vectors_blocks->BlockCount);
    if (!NT_SUCCESS(MofgenBlockFind(vectors_blocks, guid, &index))) {
        return FALSE;
    }
    const MOFGEN_BLOCK *found = &vectors_blocks->Blocks[index];
    block->self = &indices[index];
    block->query = query;
    block->set_instance = found->SetInstance == NULL ? NULL : set_instance;
    block->set_item = found->SetItem == NULL ? NULL : set_item;
    block->execute = found->Execute == NULL ? NULL : execute;
    return TRUE;
}

const vector_driver vectors_driver = {open, close, start, find};
