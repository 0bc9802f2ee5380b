/* Pool, and the memory of one request. */
#include "tests.h"

static MOFGEN_MEMORY memory;

/* The overhead of an allocation. */
#define OVERHEAD sizeof(MOFGEN_MEMORY_BLOCK)

TEST(pool_is_zeroed)
{
    static const SIZE_T sizes[] = {1, 7, 8, 4096};
    for (SIZE_T i = 0; i < ARRAYSIZE(sizes); i++) {
        UCHAR *paged = MofgenAllocatePaged(sizes[i]);
        UCHAR *nonpaged = MofgenAllocateNonPaged(sizes[i]);
        EXPECT_NUMBER(host_live_bytes(), 2 * sizes[i]);
        for (SIZE_T at = 0; at < sizes[i]; at++) {
            EXPECT(paged[at] == 0 && nonpaged[at] == 0);
        }
        MofgenFree(paged);
        MofgenFree(nonpaged);
    }
}

TEST(pool_of_no_bytes)
{
    EXPECT_NULL(MofgenAllocatePaged(0));
    EXPECT_NULL(MofgenAllocateNonPaged(0));
}

TEST(pool_is_exhausted)
{
    host_fail_allocation_after(0);
    EXPECT_NULL(MofgenAllocatePaged(1));
    host_fail_allocation_after(0);
    EXPECT_NULL(MofgenAllocateNonPaged(1));
}

TEST(nonpaged_pool_at_dispatch_level)
{
    host_set_irql(DISPATCH_LEVEL);
    PVOID block = MofgenAllocateNonPaged(1);
    EXPECT(block != NULL);
    MofgenFree(block);
    host_set_irql(PASSIVE_LEVEL);
}

TEST(memory_is_aligned_and_zeroed)
{
    for (ULONG size = 0; size < 20; size++) {
        UCHAR *bytes = MofgenMemoryAllocate(&memory, size);
        EXPECT(bytes != NULL);
        EXPECT_NUMBER((ULONG_PTR)bytes % 8, 0);
        for (ULONG i = 0; i < size; i++) {
            EXPECT_NUMBER(bytes[i], 0);
            bytes[i] = 1;
        }
    }
    EXPECT_NUMBER(host_live_blocks(), 20);
    MofgenMemoryFree(&memory);
    EXPECT_NULL(memory.Place);
    EXPECT_NUMBER(memory.Size, 0);
}

TEST(memory_that_is_free_already)
{
    MofgenMemoryFree(&memory);
    EXPECT_NULL(memory.Place);
}

TEST(memory_has_a_limit)
{
    static const struct {
        ULONGLONG first, second;
        BOOLEAN fits;
    } rows[] = {
        {0, MOFGEN_MAX_REQUEST_BYTES - 2 * OVERHEAD, TRUE},
        {0, MOFGEN_MAX_REQUEST_BYTES - 2 * OVERHEAD + 1, FALSE},
        {1, MOFGEN_MAX_REQUEST_BYTES - 2 * OVERHEAD - 1, TRUE},
        {1, MOFGEN_MAX_REQUEST_BYTES - 2 * OVERHEAD, FALSE},
        {MOFGEN_MAX_REQUEST_BYTES - 2 * OVERHEAD, 0, TRUE},
        {MOFGEN_MAX_REQUEST_BYTES - 2 * OVERHEAD + 1, 0, FALSE},
        {MOFGEN_MAX_REQUEST_BYTES - OVERHEAD, 0, FALSE},
        {0, MOFGEN_MAX_REQUEST_BYTES, FALSE},
        {0, 0x100000000, FALSE},
        {0, (ULONGLONG)-1, FALSE},
        {0, (ULONGLONG)-(LONGLONG)OVERHEAD, FALSE},
        {1, (ULONGLONG)-(LONGLONG)OVERHEAD - 1, FALSE},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        EXPECT(MofgenMemoryAllocate(&memory, rows[i].first) != NULL);
        ULONGLONG before = memory.Size;
        BOOLEAN fits = MofgenMemoryAllocate(&memory, rows[i].second) != NULL;
        host_check(fits == rows[i].fits, "row %zu", i);
        EXPECT(fits || memory.Size == before);
        MofgenMemoryFree(&memory);
        EXPECT_NUMBER(host_live_blocks(), 0);
    }
}

/* Many small arrays, or only their headers, use at most as much pool as one large array may. */
TEST(limit_counts_all_pool)
{
    for (ULONG size = 0; size < 3; size++) {
        ULONG blocks = 0;
        while (blocks < MOFGEN_MAX_REQUEST_BYTES && MofgenMemoryAllocate(&memory, size) != NULL) {
            blocks++;
        }
        EXPECT(blocks > 0);
        EXPECT(host_live_bytes() <= MOFGEN_MAX_REQUEST_BYTES);
        MofgenMemoryFree(&memory);
    }
}

TEST(memory_is_exhausted)
{
    EXPECT(MofgenMemoryAllocate(&memory, 8) != NULL);
    ULONGLONG before = memory.Size;
    host_fail_allocation_after(0);
    EXPECT_NULL(MofgenMemoryAllocate(&memory, 8));
    EXPECT_NUMBER(memory.Size, before);
    EXPECT(MofgenMemoryAllocate(&memory, 8) != NULL);
    MofgenMemoryFree(&memory);
}

/* The old allocation is freed, whatever its position in the list, and the new one begins with its bytes. */
TEST(memory_grows)
{
    for (ULONG later = 0; later < 3; later++) {
        UCHAR *old = MofgenMemoryGrow(&memory, NULL, 0, 3);
        EXPECT(old != NULL);
        memcpy(old, "abc", 3);
        for (ULONG i = 0; i < later; i++) {
            EXPECT(MofgenMemoryAllocate(&memory, 1) != NULL);
        }
        ULONGLONG before = memory.Size;
        UCHAR *grown = MofgenMemoryGrow(&memory, old, 3, 5);
        EXPECT_BYTES(grown, 'a', 'b', 'c', 0, 0);
        EXPECT_NUMBER(host_live_blocks(), 1 + later);
        EXPECT_NUMBER(memory.Size, before + 2);
        host_fail_allocation_after(0);
        EXPECT_NULL(MofgenMemoryGrow(&memory, grown, 5, 9));
        EXPECT_BYTES(grown, 'a', 'b', 'c', 0, 0);
        EXPECT_NUMBER(memory.Size, before + 2);
        MofgenMemoryFree(&memory);
        EXPECT_NUMBER(host_live_blocks(), 0);
    }
}
