/* Reading arrays whose elements have the same layout in a buffer and in memory. */
#include "tests.h"

static const UCHAR twelve[] = {1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0};

TEST(read_array)
{
    static const struct {
        ULONG from, size, alignment, element_size;
        ULONGLONG count;
        NTSTATUS status;
        ULONG start, end;
    } rows[] = {
        {0, 12, 4, 4, 3, STATUS_SUCCESS, 0, 12},
        {0, 12, 4, 4, 2, STATUS_SUCCESS, 0, 8},
        {0, 12, 4, 4, 1, STATUS_SUCCESS, 0, 4},
        {1, 12, 4, 4, 2, STATUS_SUCCESS, 4, 12},
        {1, 12, 4, 4, 3, MALFORMED, 0, 1},
        {0, 12, 1, 12, 1, STATUS_SUCCESS, 0, 12},
        {0, 12, 1, 13, 1, MALFORMED, 0, 0},
        {0, 12, 4, 4, 4, MALFORMED, 0, 0},
        {0, 11, 4, 4, 3, MALFORMED, 0, 0},
        {0, 11, 4, 4, 2, STATUS_SUCCESS, 0, 8},
        {0, 0, 4, 4, 1, MALFORMED, 0, 0},
        {12, 12, 1, 1, 1, MALFORMED, 0, 12},
        {9, 12, 8, 1, 1, MALFORMED, 0, 9},
        /* -1 as an INT32, and as a wider type. */
        {0, 12, 4, 4, MAXULONG, MALFORMED, 0, 0},
        {0, 12, 4, 4, 0x100000000, MALFORMED, 0, 0},
        {0, 12, 4, 4, 0x100000001, MALFORMED, 0, 0},
        {0, 12, 4, 4, (ULONGLONG)-1, MALFORMED, 0, 0},
        {0, 12, 1, 1, (ULONGLONG)-1, MALFORMED, 0, 0},
        /* The products are 0 and 4 in 64 bits. */
        {0, 12, 4, 4, 1ULL << 62, MALFORMED, 0, 0},
        {0, 12, 4, 4, (1ULL << 62) + 1, MALFORMED, 0, 0},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        input in;
        open_input(&in, twelve, rows[i].size);
        in.reader.Offset = rows[i].from;
        const UCHAR *array =
            MofgenReadArray(&in.reader, rows[i].alignment, rows[i].element_size, rows[i].count);
        const UCHAR *wanted = NT_SUCCESS(rows[i].status) ? in.memory + rows[i].start : NULL;
        host_check(array == wanted, "row %zu: %s", i, host_status_name(in.reader.Status));
        close_input(&in, rows[i].status, rows[i].end);
    }
}

/* Without elements the pointer is NULL, and the padding before them is not skipped. */
TEST(read_array_of_none)
{
    for (ULONG from = 0; from <= 12; from++) {
        input in;
        open_input(&in, twelve, sizeof(twelve));
        in.reader.Offset = from;
        EXPECT_NULL(MofgenReadArray(&in.reader, 8, 8, 0));
        close_input(&in, STATUS_SUCCESS, from);
    }
}

TEST(read_array_to_end)
{
    static const struct {
        ULONG from, size, alignment, element_size, count, start, end;
    } rows[] = {
        {0, 12, 4, 4, 3, 0, 12},
        {1, 12, 4, 4, 2, 4, 12},
        /* A part of an element is ignored. */
        {0, 11, 4, 4, 2, 0, 8},
        {0, 9, 4, 4, 2, 0, 8},
        {0, 8, 4, 4, 2, 0, 8},
        {0, 5, 4, 4, 1, 0, 4},
        {0, 12, 1, 5, 2, 0, 10},
        /* Nothing is read, not even padding. */
        {0, 3, 4, 4, 0, 0, 0},
        {0, 0, 4, 4, 0, 0, 0},
        {12, 12, 1, 1, 0, 0, 12},
        {9, 12, 8, 1, 0, 0, 9},
        {16, 12, 1, 1, 0, 0, 16},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        input in;
        ULONG count = 99;
        open_input(&in, twelve, rows[i].size);
        in.reader.Offset = rows[i].from;
        const UCHAR *array =
            MofgenReadArrayToEnd(&in.reader, rows[i].alignment, rows[i].element_size, &count);
        host_check(count == rows[i].count, "row %zu: %u", i, count);
        EXPECT(array == (count > 0 ? in.memory + rows[i].start : NULL));
        close_input(&in, STATUS_SUCCESS, rows[i].end);
    }
}

TEST(read_array_to_end_after_a_failure)
{
    input in;
    ULONG count = 99;
    open_input(&in, twelve, sizeof(twelve));
    in.reader.Status = MALFORMED;
    EXPECT_NULL(MofgenReadArrayToEnd(&in.reader, 1, 1, &count));
    EXPECT_NUMBER(count, 0);
    close_input(&in, MALFORMED, 0);
}
