/* Reading arrays whose elements have different layouts in a buffer and in memory: strings, structures with arrays. */
#include "records.h"
#include "tests.h"

#define OVERHEAD sizeof(MOFGEN_MEMORY_BLOCK)

/* Strings of one character each: 'a', 'b', and so on. */
static UCHAR *letters(ULONG count)
{
    UCHAR *bytes = malloc(4 * count + 1);
    EXPECT(bytes != NULL);
    for (ULONG i = 0; i < count; i++) {
        const UCHAR one[] = {2, 0, (UCHAR)('a' + i % 26), 0};
        memcpy(bytes + 4 * i, one, sizeof(one));
    }
    return bytes;
}

static VOID expect_letters(const UNICODE_STRING *strings, ULONG count)
{
    for (ULONG i = 0; i < count; i++) {
        EXPECT_NUMBER(strings[i].Length, 2);
        EXPECT_NUMBER(strings[i].Buffer[0], 'a' + i % 26);
    }
}

/* For any number of elements: one block of exactly their size is left, and the smaller ones before it are freed. */
TEST(read_strings_of_a_growing_array)
{
    for (ULONG count = 1; count <= 70; count++) {
        input in;
        UCHAR *bytes = letters(count);
        open_input(&in, bytes, 4 * count);
        const UNICODE_STRING *strings = MofgenReadElements(&in.reader, &MofgenStringElement, count);
        expect_letters(strings, count);
        EXPECT_NUMBER(host_live_blocks(), 1);
        EXPECT_NUMBER(host_live_bytes(), count * sizeof(UNICODE_STRING) + OVERHEAD);
        EXPECT_NUMBER(in.request.Memory.Size, count * sizeof(UNICODE_STRING) + OVERHEAD);
        close_input(&in, STATUS_SUCCESS, 4 * count);
        free(bytes);
    }
}

TEST(read_strings_to_end)
{
    for (ULONG count = 0; count <= 20; count++) {
        for (ULONG extra = 0; extra < 2; extra++) {
            input in;
            ULONG read = 99;
            UCHAR *bytes = letters(count);
            bytes[4 * count] = 1;
            open_input(&in, bytes, 4 * count + extra);
            const UNICODE_STRING *strings = MofgenReadElementsToEnd(&in.reader, &MofgenStringElement, &read);
            EXPECT_NUMBER(read, count);
            EXPECT((strings == NULL) == (count == 0));
            expect_letters(strings, count);
            close_input(&in, STATUS_SUCCESS, 4 * count);
            free(bytes);
        }
    }
}

/* Strings are read while there may be one more, which has to be complete. */
TEST(read_strings_truncated_at_each_byte)
{
    UCHAR *bytes = letters(3);
    for (ULONG size = 0; size <= 12; size++) {
        input in;
        ULONG read = 99;
        BOOLEAN torn = size % 4 >= 2;
        open_input(&in, bytes, size);
        const UNICODE_STRING *strings = MofgenReadElementsToEnd(&in.reader, &MofgenStringElement, &read);
        expect_letters(strings, size / 4);
        EXPECT_NUMBER(read, size / 4 + torn);
        close_input(&in, torn ? MALFORMED : STATUS_SUCCESS, size / 4 * 4 + (torn ? 2 : 0));
        open_input(&in, bytes, size);
        (VOID)MofgenReadElements(&in.reader, &MofgenStringElement, 3);
        EXPECT_STATUS(in.reader.Status, size == 12 ? STATUS_SUCCESS : MALFORMED);
        drop_input(&in);
    }
    free(bytes);
}

TEST(read_strings_counts)
{
    static const UCHAR empty[] = {0, 0, 0, 0, 0, 0};
    static const struct {
        ULONG from;
        ULONGLONG count;
        NTSTATUS status;
        ULONG offset, allocations;
    } rows[] = {
        {0, 0, STATUS_SUCCESS, 0, 0},
        {0, 1, STATUS_SUCCESS, 2, 1},
        {0, 3, STATUS_SUCCESS, 6, 1},
        {0, 4, MALFORMED, 0, 0},
        {1, 2, STATUS_SUCCESS, 6, 1},
        {1, 3, MALFORMED, 1, 0},
        {6, 0, STATUS_SUCCESS, 6, 0},
        {6, 1, MALFORMED, 6, 0},
        {8, 0, STATUS_SUCCESS, 8, 0},
        {8, 1, MALFORMED, 8, 0},
        {0, MAXULONG, MALFORMED, 0, 0},
        {0, 0x100000000, MALFORMED, 0, 0},
        {0, 0x100000001, MALFORMED, 0, 0},
        {0, (ULONGLONG)-1, MALFORMED, 0, 0},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        input in;
        ULONG allocations = host_allocation_count();
        open_input(&in, empty, sizeof(empty));
        in.reader.Offset = rows[i].from;
        const UNICODE_STRING *strings =
            MofgenReadElements(&in.reader, &MofgenStringElement, rows[i].count);
        host_check((strings != NULL) == (rows[i].allocations > 0), "row %zu", i);
        EXPECT_NUMBER(host_allocation_count() - allocations, rows[i].allocations);
        close_input(&in, rows[i].status, rows[i].offset);
    }
}

/* The first check leaves out padding before the first element: reading the elements still finds the one that does not fit. */
TEST(read_strings_after_padding)
{
    static const UCHAR bytes[] = {9, 0xCC, 0, 0, 0, 0, 0};
    input in;
    open_input(&in, bytes, sizeof(bytes));
    in.reader.Offset = 1;
    (VOID)MofgenReadElements(&in.reader, &MofgenStringElement, 3);
    close_input(&in, MALFORMED, 6);
}

/* For a large count with few elements, memory for only a few is allocated. */
TEST(read_strings_of_a_wrong_count)
{
    static UCHAR bytes[8000];
    input in;
    bytes[2] = 1; /* the second string has half a character */
    open_input(&in, bytes, sizeof(bytes));
    (VOID)MofgenReadElements(&in.reader, &MofgenStringElement, 4000);
    EXPECT_NUMBER(host_live_bytes(), 4 * sizeof(UNICODE_STRING) + OVERHEAD);
    close_input(&in, MALFORMED, 5);
}

TEST(read_strings_beyond_the_limit)
{
    static const UCHAR bytes[2 * (MOFGEN_MAX_REQUEST_BYTES / sizeof(UNICODE_STRING))];
    input in;
    ULONG read;
    /* While it grows, the old and the new elements exist at once. */
    open_input(&in, bytes, 2 * 2048);
    EXPECT(MofgenReadElements(&in.reader, &MofgenStringElement, 2048) != NULL);
    close_input(&in, STATUS_SUCCESS, 2 * 2048);
    open_input(&in, bytes, sizeof(bytes));
    (VOID)MofgenReadElements(&in.reader, &MofgenStringElement, sizeof(bytes) / 2);
    close_input(&in, STATUS_INSUFFICIENT_RESOURCES, 2 * 2048);
    open_input(&in, bytes, sizeof(bytes));
    (VOID)MofgenReadElementsToEnd(&in.reader, &MofgenStringElement, &read);
    EXPECT_NUMBER(read, 2048);
    close_input(&in, STATUS_INSUFFICIENT_RESOURCES, 2 * 2048);
}

TEST(read_elements_after_a_failure)
{
    input in;
    ULONG read = 99;
    open_input(&in, BYTES(0, 0));
    in.reader.Status = MALFORMED;
    EXPECT_NULL(MofgenReadElementsToEnd(&in.reader, &MofgenStringElement, &read));
    EXPECT_NUMBER(read, 0);
    EXPECT_NULL(MofgenReadElements(&in.reader, &MofgenStringElement, 1));
    close_input(&in, MALFORMED, 0);
}

TEST(read_bounded_string_elements)
{
    input in;
    ULONG read = 0;
    open_input(&in, BYTES(2, 0, 'a', 0, 0, 0, 4, 0, 'b', 0, 'c', 0));
    const short_name *names = MofgenReadElementsToEnd(&in.reader, &short_name_element, &read);
    EXPECT_NUMBER(read, 3);
    EXPECT_BYTES(names, 2, 0, 'a', 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 'b', 0, 'c', 0);
    close_input(&in, STATUS_SUCCESS, 12);
}

TEST(read_elements_into_a_member)
{
    short_name *names = calloc(2, sizeof(short_name));
    input in;
    open_input(&in, BYTES(2, 0, 'a', 0, 2, 0, 'b', 0, 2, 0, 'c', 0));
    MofgenReadElementsInto(&in.reader, &short_name_element, 2, names);
    EXPECT_BYTES(names, 2, 0, 'a', 0, 0, 0, 2, 0, 'b', 0, 0, 0);
    EXPECT_NUMBER(host_live_blocks(), 0);
    close_input(&in, STATUS_SUCCESS, 8);
    memset(names, 0, 2 * sizeof(short_name));
    open_input(&in, BYTES(2, 0, 'a', 0, 2, 0, 'b'));
    MofgenReadElementsInto(&in.reader, &short_name_element, 2, names);
    EXPECT_BYTES(names, 2, 0, 'a', 0, 0, 0, 0, 0, 0, 0, 0, 0);
    close_input(&in, MALFORMED, 6);
    open_input(&in, BYTES(2, 0, 'a', 0));
    MofgenReadElementsInto(&in.reader, &short_name_element, 0, NULL);
    close_input(&in, STATUS_SUCCESS, 0);
    free(names);
}

/* ---- Arrays of arrays ---- */

/* So many groups after a byte; group i has i names. Returns the bytes, which end without the last padding. */
static UCHAR *groups(ULONG count, ULONG *size)
{
    UCHAR *bytes = calloc(1, 4 + count * (8 + 4 * count));
    ULONG at = 1;
    EXPECT(bytes != NULL);
    bytes[0] = 77;
    for (ULONG i = 0; i < count; i++) {
        UCHAR *names = letters(i);
        at = (at + 3) & ~3u;
        bytes[at] = (UCHAR)i;
        memcpy(bytes + at + 2, names, 4 * i);
        bytes[at + 2 + 4 * i] = (UCHAR)(100 + i);
        at += 3 + 4 * i;
        free(names);
    }
    *size = at;
    return bytes;
}

static VOID expect_groups(const list *list, ULONG count)
{
    EXPECT_NUMBER(list->mark, 77);
    EXPECT_NUMBER(list->count, count);
    for (ULONG i = 0; i < count; i++) {
        EXPECT_NUMBER(list->groups[i].count, i);
        EXPECT_NUMBER(list->groups[i].mark, 100 + i);
        EXPECT((list->groups[i].names == NULL) == (i == 0));
        expect_letters(list->groups[i].names, i);
    }
}

TEST(read_arrays_of_arrays)
{
    for (ULONG count = 0; count <= 20; count++) {
        input in;
        list list = {0};
        ULONG size;
        UCHAR *bytes = groups(count, &size);
        open_input(&in, bytes, size);
        list_element.Read(&in.reader, &list);
        expect_groups(&list, count);
        /* One block for the groups, and one for the names of each group that has any. */
        EXPECT_NUMBER(host_live_blocks(), count);
        close_input(&in, STATUS_SUCCESS, count == 0 ? 1 : (size + 3) & ~3u);
        free(bytes);
    }
}

TEST(read_arrays_of_arrays_truncated_at_each_byte)
{
    ULONG size;
    UCHAR *bytes = groups(4, &size);
    /* Where each group begins and ends. */
    static const ULONG starts[] = {4, 8, 16, 28}, ends[] = {7, 15, 27, 43};
    EXPECT_NUMBER(size, 43);
    for (ULONG cut = 1; cut <= size; cut++) {
        input in;
        list list = {0};
        ULONG whole = 0;
        while (whole < 4 && ends[whole] <= cut) {
            whole++;
        }
        BOOLEAN torn = whole < 4 && cut >= starts[whole] + group_element.MinimumSize;
        open_input(&in, bytes, cut);
        list_element.Read(&in.reader, &list);
        EXPECT_STATUS(in.reader.Status, torn ? MALFORMED : STATUS_SUCCESS);
        EXPECT_NUMBER(list.count, whole + torn);
        list.count = whole;
        expect_groups(&list, whole);
        drop_input(&in);
    }
    free(bytes);
}

/* If any allocation fails: the right status, and nothing leaks. */
TEST(read_arrays_of_arrays_without_pool)
{
    ULONG size;
    ULONG successes = 0;
    UCHAR *bytes = groups(9, &size);
    BOOLEAN failed;
    do {
        input in;
        list list = {0};
        host_fail_allocation_after(successes);
        /* Misaligned, so that the copy of the input is the first one. */
        open_shifted_input(&in, 1, bytes, size);
        list_element.Read(&in.reader, &list);
        failed = host_stop_failing_allocations();
        EXPECT_STATUS(in.reader.Status, failed ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS);
        if (!failed) {
            expect_groups(&list, 9);
        }
        drop_input(&in);
        EXPECT_NUMBER(host_live_blocks(), 0);
        successes++;
    } while (failed);
    /* The copy, groups for 4, 8 and 9, and names for eight of them, four of which grow. */
    EXPECT_NUMBER(successes, 1 + 1 + 3 + 8 + 4);
    free(bytes);
}
