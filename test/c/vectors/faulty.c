/*
 * A driver in which each block makes one mistake, to check that the runner reports them. The last eight bytes of a block's
 * GUID name the mistake. Each block holds one byte, which a set replaces; method 1 returns it.
 */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>

#include "../host/host.h"

#define TAG 0x6C756146

typedef struct faulty_block {
    const char *mistake;
    UCHAR value;
} faulty_block;

static faulty_block blocks[16];
static ULONG block_count;
static PVOID kept;

static BOOLEAN makes(const VOID *self, const char *mistake)
{
    return strcmp(((const faulty_block *)self)->mistake, mistake) == 0;
}

static NTSTATUS query(VOID *self, ULONG room, UCHAR *out, ULONG *used)
{
    faulty_block *block = self;
    if (makes(self, "nostore!")) {
        return STATUS_BUFFER_TOO_SMALL;
    }
    *used = makes(self, "badused!") ? 2 : 1;
    if (room < 1) {
        return STATUS_BUFFER_TOO_SMALL;
    }
    out[0] = makes(self, "badbyte!") ? (UCHAR)(block->value + 1) : block->value;
    if (makes(self, "partial!")) {
        *used = 0;
        return STATUS_UNSUCCESSFUL;
    }
    if (makes(self, "behind!!") && room > 1) {
        out[1] = 0;
    }
    if (makes(self, "qryleak!") && kept == NULL) {
        kept = ExAllocatePoolWithTag(PagedPool, 1, TAG);
    }
    return STATUS_SUCCESS;
}

static NTSTATUS set_instance(VOID *self, ULONG size, UCHAR *in)
{
    faulty_block *block = self;
    if (makes(self, "early!!!") && size > 0) {
        block->value = in[0];
    }
    if (size < (makes(self, "longer!!") ? 2u : 1u)) {
        return makes(self, "badstat!") ? STATUS_BUFFER_TOO_SMALL : STATUS_WMI_SET_FAILURE;
    }
    PVOID scratch = ExAllocatePoolWithTag(PagedPool, 8, TAG);
    if (scratch == NULL) {
        return makes(self, "nomem!!!") ? STATUS_NO_MEMORY : STATUS_INSUFFICIENT_RESOURCES;
    }
    PVOID more = ExAllocatePoolWithTag(PagedPool, 8, TAG);
    if (more == NULL) {
        if (!makes(self, "memleak!")) {
            ExFreePoolWithTag(scratch, TAG);
        }
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    block->value = in[0];
    if (makes(self, "scribble")) {
        in[0] = 0;
    }
    ExFreePoolWithTag(scratch, TAG);
    ExFreePoolWithTag(more, TAG);
    return STATUS_SUCCESS;
}

static NTSTATUS set_item(VOID *self, ULONG id, ULONG size, UCHAR *in)
{
    return id == 1 ? set_instance(self, size, in) : STATUS_WMI_ITEMID_NOT_FOUND;
}

static NTSTATUS execute(VOID *self, ULONG id, ULONG in, ULONG out, UCHAR *buffer, ULONG *used)
{
    (void)in;
    *used = 0;
    if (id != 1) {
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
    *used = 1;
    if (out < 1) {
        return STATUS_BUFFER_TOO_SMALL;
    }
    buffer[0] = ((const faulty_block *)self)->value;
    return STATUS_SUCCESS;
}

static VOID open(VOID)
{
    block_count = 0;
}

static NTSTATUS start(VOID)
{
    return STATUS_SUCCESS;
}

static VOID close(VOID)
{
    for (ULONG i = 0; i < block_count; i++) {
        if (kept != NULL && makes(&blocks[i], "qryleak!")) {
            ExFreePoolWithTag(kept, TAG);
            kept = NULL;
        }
    }
}

static BOOLEAN find(const GUID *guid, vector_block *block)
{
    static const char *const mistakes[] = {
        "nothing!", "nostore!", "badused!", "badbyte!", "partial!", "behind!!", "qryleak!",
        "early!!!", "longer!!", "badstat!", "nomem!!!", "memleak!", "scribble", "readonly"};
    for (size_t i = 0; i < ARRAYSIZE(mistakes); i++) {
        if (memcmp(guid->Data4, mistakes[i], 8) == 0) {
            faulty_block *self = &blocks[block_count++];
            self->mistake = mistakes[i];
            self->value = 7;
            block->self = self;
            block->query = query;
            block->set_instance = makes(self, "readonly") ? NULL : set_instance;
            block->set_item = makes(self, "readonly") ? NULL : set_item;
            block->execute = makes(self, "readonly") ? NULL : execute;
            return TRUE;
        }
    }
    return FALSE;
}

const vector_driver vectors_driver = {open, close, start, find};
