/* Memory from buffers of the caller: for requests, and for values that outlast a request. */
#include "mofgen_wmi_arena.h"
#include "records.h"
#include "tests.h"

static UCHAR *filled(ULONG size)
{
    UCHAR *memory = malloc(size == 0 ? 1 : size);
    EXPECT(memory != NULL);
    memset(memory, 0xA5, size);
    return memory;
}

static MOFGEN_MEMORY arena(VOID *buffer, ULONG size)
{
    MOFGEN_MEMORY memory;
    MofgenArenaInitialize(&memory, buffer, size);
    return memory;
}

static VOID expect_zeros(const UCHAR *bytes, ULONG size)
{
    for (ULONG i = 0; i < size; i++) {
        EXPECT_NUMBER(bytes[i], 0);
    }
}

TEST(arena_starts_on_a_boundary)
{
    for (ULONG shift = 0; shift < 9; shift++) {
        for (ULONG size = 0; size < 20; size++) {
            UCHAR *buffer = filled(shift + size);
            ULONG skipped = (8 - shift % 8) % 8;
            MOFGEN_MEMORY memory = arena(buffer + shift, size);
            if (size < skipped) {
                EXPECT_NULL(memory.Place);
                EXPECT_NUMBER(memory.Size, 0);
                EXPECT_NULL(MofgenMemoryAllocate(&memory, 0));
            } else {
                EXPECT(memory.Place == buffer + shift + skipped);
                EXPECT_NUMBER(memory.Size, size - skipped);
                EXPECT(MofgenMemoryAllocate(&memory, size - skipped) == buffer + shift + skipped);
                EXPECT_NUMBER(memory.Size, 0);
            }
            free(buffer);
        }
    }
}

TEST(arena_without_a_buffer)
{
    MOFGEN_MEMORY memory = arena(NULL, 64);
    EXPECT_NULL(memory.Place);
    EXPECT_NUMBER(memory.Size, 0);
    EXPECT_NULL(MofgenMemoryAllocate(&memory, 0));
    EXPECT_NULL(MofgenMemoryAllocate(&memory, 1));
    EXPECT_NULL(MofgenMemoryGrow(&memory, NULL, 0, 1));
}

TEST(arena_allocations_are_aligned_and_zeroed)
{
    UCHAR *buffer = filled(100);
    MOFGEN_MEMORY memory = arena(buffer, 100);
    ULONG end = 0;
    for (ULONG size = 0; size < 10; size++) {
        UCHAR *bytes = MofgenMemoryAllocate(&memory, size);
        EXPECT(bytes == buffer + end);
        expect_zeros(bytes, size);
        end += (size + 7) / 8 * 8;
        EXPECT_NUMBER(memory.Size, 100 - end);
    }
    free(buffer);
}

TEST(arena_to_its_last_byte)
{
    for (ULONG size = 1; size < 20; size++) {
        UCHAR *buffer = filled(size);
        MOFGEN_MEMORY memory = arena(buffer, size);
        EXPECT_NULL(MofgenMemoryAllocate(&memory, size + 1));
        EXPECT_NULL(MofgenMemoryAllocate(&memory, 0xFFFFFFFFFFFFFFFF));
        EXPECT_NULL(MofgenMemoryAllocate(&memory, 0x100000000));
        EXPECT(MofgenMemoryAllocate(&memory, size) == buffer);
        expect_zeros(buffer, size);
        EXPECT_NUMBER(memory.Size, 0);
        EXPECT_NULL(MofgenMemoryAllocate(&memory, 1));
        EXPECT(MofgenMemoryAllocate(&memory, 0) == buffer + size);
        free(buffer);
    }
}

/* The last allocation grows in place, others are copied; the new bytes are zero. */
TEST(arena_allocations_grow)
{
    UCHAR *buffer = filled(64);
    for (ULONG old_size = 1; old_size <= 17; old_size++) {
        for (ULONG new_size = old_size; new_size <= 40; new_size++) {
            for (ULONG later = 0; later < 2; later++) {
                memset(buffer, 0xA5, 64);
                MOFGEN_MEMORY memory = arena(buffer, 64);
                UCHAR *old = MofgenMemoryGrow(&memory, NULL, 0, old_size);
                EXPECT(old == buffer);
                memset(old, 0x5A, old_size);
                EXPECT(later == 0 || MofgenMemoryAllocate(&memory, 1) != NULL);
                ULONG used = 64 - (ULONG)memory.Size;
                UCHAR *grown = MofgenMemoryGrow(&memory, old, old_size, new_size);
                ULONG start = later == 0 ? 0 : used;
                ULONG end = start + (new_size + 7) / 8 * 8;
                if (start + new_size > 64) {
                    EXPECT_NULL(grown);
                    EXPECT_NUMBER(memory.Size, 64 - used);
                    continue;
                }
                EXPECT(grown == buffer + start);
                for (ULONG i = 0; i < new_size; i++) {
                    EXPECT_NUMBER(grown[i], i < old_size ? 0x5A : 0);
                }
                EXPECT_NUMBER(memory.Size, 64 - end);
            }
        }
    }
    free(buffer);
}

TEST(arena_allocation_that_cannot_grow)
{
    UCHAR *buffer = filled(20);
    MOFGEN_MEMORY memory = arena(buffer, 20);
    UCHAR *old = MofgenMemoryAllocate(&memory, 10);
    EXPECT_NULL(MofgenMemoryGrow(&memory, old, 10, 21));
    EXPECT_NUMBER(memory.Size, 4);
    EXPECT(MofgenMemoryGrow(&memory, old, 10, 20) == old);
    EXPECT_NUMBER(memory.Size, 0);
    /* The end of the buffer is not aligned, so this is not recognized as the last allocation. */
    EXPECT_NULL(MofgenMemoryGrow(&memory, old, 20, 21));
    EXPECT_BYTES(old, 0, 0);
    free(buffer);
}

/* ---- Values that outlast a request ---- */

static WCHAR letters[] = {'a', 'b', 'c'};
static UNICODE_STRING names[] = {
    {2, 2, letters}, {4, 4, letters}, {6, 6, letters}, {0, 0, NULL}, {2, 2, letters + 1}, {2, 2, letters + 2},
};
static group some_groups[] = {{0, NULL, 1}, {6, names, 2}, {1, names + 4, 3}, {3, names, 4}, {2, names, 5}};
static const list values = {77, ARRAYSIZE(some_groups), some_groups};

static NTSTATUS store(UCHAR *buffer, ULONG size, const list *data, list **stored)
{
    MOFGEN_MEMORY memory;
    VOID *result = buffer;
    MofgenArenaForStored(&memory, buffer, size, *stored);
    NTSTATUS status =
        MofgenArenaStore(&memory, list_element.Read, list_element.Write, data, list_element.Size, &result);
    EXPECT((result == NULL) == !NT_SUCCESS(status));
    if (NT_SUCCESS(status)) {
        *stored = result;
    }
    return status;
}

static VOID expect_values(const list *stored)
{
    EXPECT_NUMBER(stored->mark, 77);
    EXPECT_NUMBER(stored->count, ARRAYSIZE(some_groups));
    EXPECT_NUMBER(stored->groups[1].count, 6);
    EXPECT_NUMBER(stored->groups[1].names[2].Length, 6);
    EXPECT_NUMBER(memcmp(stored->groups[1].names[2].Buffer, letters, 6), 0);
    EXPECT_NUMBER(stored->groups[4].mark, 5);
}

/* The new values go into the half that does not have the old ones. */
TEST(arena_stores_in_halves)
{
    UCHAR *buffer = filled(4096);
    list *stored = NULL;
    EXPECT_STATUS(store(buffer, 4096, &values, &stored), STATUS_SUCCESS);
    EXPECT((UCHAR *)stored == buffer);
    expect_values(stored);
    for (ULONG i = 0; i < 4; i++) {
        const list *old = stored;
        EXPECT_STATUS(store(buffer, 4096, old, &stored), STATUS_SUCCESS);
        EXPECT((UCHAR *)stored == (i % 2 == 0 ? buffer + 2048 : buffer));
        expect_values(old);
        expect_values(stored);
        EXPECT(stored->groups != old->groups);
    }
    free(buffer);
}

TEST(arena_halves)
{
    static const struct {
        ULONG shift, size, first, half;
    } rows[] = {
        {0, 0, 0, 0},
        {0, 15, 0, 0},
        {0, 16, 0, 8},
        {0, 31, 0, 8},
        {0, 32, 0, 16},
        {4, 19, 8, 0},
        {4, 20, 8, 8},
        {1, 39, 8, 16},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        UCHAR *buffer = filled(rows[i].shift + rows[i].size);
        UCHAR *first = buffer + rows[i].first;
        ULONG half = rows[i].half;
        MOFGEN_MEMORY memory;
        MofgenArenaForStored(&memory, buffer + rows[i].shift, rows[i].size, NULL);
        EXPECT(memory.Place == first);
        EXPECT_NUMBER(memory.Size, half);
        for (ULONG at = 0; at < 2 * half; at++) {
            MofgenArenaForStored(&memory, buffer + rows[i].shift, rows[i].size, first + at);
            EXPECT(memory.Place == (at < half ? first + half : first));
            EXPECT_NUMBER(memory.Size, half);
        }
        free(buffer);
    }
}

/* For any size of the buffer: the values are stored or the old ones are kept, and nothing is written beyond it. */
TEST(arena_stores_or_leaves_all_as_it_was)
{
    ULONG failures = 0;
    BOOLEAN fits = FALSE;
    for (ULONG size = 0; !fits; size += 4) {
        UCHAR *buffer = filled(size);
        list *stored = NULL;
        NTSTATUS status = store(buffer, size, &values, &stored);
        fits = NT_SUCCESS(status);
        if (fits) {
            list *first = stored;
            expect_values(stored);
            EXPECT_STATUS(store(buffer, size, stored, &stored), STATUS_SUCCESS);
            EXPECT(stored != first);
            expect_values(first);
            expect_values(stored);
        } else {
            EXPECT_STATUS(status, STATUS_INSUFFICIENT_RESOURCES);
            EXPECT_NULL(stored);
            failures++;
        }
        free(buffer);
    }
    EXPECT(failures > 10);
}

TEST(arena_store_of_values_that_contradict_themselves)
{
    static const list missing = {1, 2, NULL};
    UCHAR buffer[256];
    list *stored = NULL;
    EXPECT_STATUS(store(buffer, sizeof(buffer), &missing, &stored), STATUS_UNSUCCESSFUL);
    EXPECT_NULL(stored);
    EXPECT_STATUS(store(NULL, sizeof(buffer), &values, &stored), STATUS_INSUFFICIENT_RESOURCES);
    EXPECT_NULL(stored);
}

/* What a scripted write and read do in each pass. */
typedef struct passes {
    ULONG sizes[3];
    ULONG pass;
} passes;

static VOID write_passes(MOFGEN_WRITER *writer, const VOID *data)
{
    static const UCHAR byte = 0x5A;
    passes *passes = (struct passes *)(ULONG_PTR)data; /* a driver changes its values although they are const here */
    for (ULONG i = 0; i < passes->sizes[passes->pass]; i++) {
        MofgenWrite(writer, 1, &byte, 1);
    }
    passes->pass++;
}

static VOID read_passes(MOFGEN_READER *reader, VOID *data)
{
    passes *passes = data;
    EXPECT_NUMBER(passes->sizes[0], 0);
    passes->sizes[0] = (ULONG)reader->Size;
    (VOID)MofgenReadArray(reader, 1, 1, 4);
}

TEST(arena_store_of_values_that_change)
{
    static const struct {
        passes passes;
        NTSTATUS status;
        ULONG count;
    } rows[] = {
        {{{5, 5, 5}, 0}, STATUS_SUCCESS, 3},
        {{{5, 4, 4}, 0}, STATUS_SUCCESS, 3},
        {{{5, 6, 6}, 0}, STATUS_UNSUCCESSFUL, 2},
        {{{5, 3, 3}, 0}, STATUS_UNSUCCESSFUL, 3},
        {{{5, 5, 4}, 0}, STATUS_UNSUCCESSFUL, 3},
        {{{5, 5, 6}, 0}, STATUS_UNSUCCESSFUL, 3},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        UCHAR *buffer = filled(64);
        passes passes = rows[i].passes;
        MOFGEN_MEMORY memory = arena(buffer, 64);
        VOID *stored = &passes;
        EXPECT_STATUS(
            MofgenArenaStore(&memory, read_passes, write_passes, &passes, sizeof(passes), &stored), rows[i].status);
        EXPECT_NUMBER(passes.pass, rows[i].count);
        EXPECT((stored == NULL) == !NT_SUCCESS(rows[i].status));
        if (stored != NULL) {
            EXPECT_NUMBER(((const struct passes *)stored)->sizes[0], rows[i].passes.sizes[1]);
        }
        free(buffer);
    }
}
