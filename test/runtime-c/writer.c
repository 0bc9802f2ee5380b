/* Writing: padding, items, strings, arrays, and values that are too large or inconsistent. */
#include "records.h"
#include "tests.h"

static WCHAR text_ab[] = {'a', 'b', 0};
static const UNICODE_STRING ab = {4, 6, text_ab};

TEST(write_alignment)
{
    static const struct {
        ULONG from, alignment, to;
    } rows[] = {{0, 8, 0}, {1, 1, 1}, {1, 2, 2}, {3, 4, 4}, {4, 4, 4}, {5, 8, 8}, {8, 8, 8}, {9, 8, 16}};
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        output out;
        open_measure(&out);
        out.writer.Offset = rows[i].from;
        MofgenWriterAlign(&out.writer, rows[i].alignment);
        close_output(&out, STATUS_SUCCESS, rows[i].to);
    }
}

TEST(write_items)
{
    static const UCHAR one = 1;
    static const ULONG four = 0x05040302;
    output out;
    open_output(&out, 8);
    MofgenWrite(&out.writer, 1, &one, 1);
    MofgenWrite(&out.writer, 4, &four, 4);
    EXPECT_BYTES(out.memory, 1, 0, 0, 0, 2, 3, 4, 5);
    close_output(&out, STATUS_SUCCESS, 8);
}

/* Without Data nothing is written, and the size is the same. */
TEST(write_measures)
{
    static const ULONGLONG eight = 8;
    output out;
    open_measure(&out);
    MofgenWrite(&out.writer, 1, &eight, 1);
    MofgenWrite(&out.writer, 8, &eight, 8);
    MofgenWriteBooleans(&out.writer, (const BOOLEAN *)&eight, 3);
    MofgenWriteString(&out.writer, &ab);
    MofgenWriteArray(&out.writer, 4, 4, 2, &eight);
    close_output(&out, STATUS_SUCCESS, 36);
}

/* Values that have grown since they were measured: nothing is written beyond the end, and the size shows it. */
TEST(write_beyond_the_end)
{
    static const ULONG value = 0x04030201;
    output out;
    for (ULONG size = 4; size < 8; size++) {
        open_output(&out, size);
        MofgenWrite(&out.writer, 4, &value, 4);
        MofgenWrite(&out.writer, 4, &value, 4);
        EXPECT_BYTES(out.memory, 1, 2, 3, 4);
        close_output(&out, STATUS_SUCCESS, 8);
    }
    for (ULONG size = 0; size < 6; size++) {
        open_output(&out, size);
        MofgenWriteString(&out.writer, &ab);
        close_output(&out, STATUS_SUCCESS, 6);
    }
    open_output(&out, 3);
    MofgenWriteBooleans(&out.writer, (const BOOLEAN *)&value, 4);
    close_output(&out, STATUS_SUCCESS, 4);
    open_output(&out, 3);
    MofgenWriteArray(&out.writer, 1, 1, 4, &value);
    close_output(&out, STATUS_SUCCESS, 4);
}

TEST(write_booleans)
{
    static const BOOLEAN values[] = {0, 1, 2, 0xFF};
    output out;
    open_output(&out, 4);
    MofgenWriteBooleans(&out.writer, values, 4);
    EXPECT_BYTES(out.memory, 0, 1, 1, 1);
    close_output(&out, STATUS_SUCCESS, 4);
    open_output(&out, 4);
    MofgenWriteBooleans(&out.writer, NULL, 0);
    close_output(&out, STATUS_SUCCESS, 0);
    open_output(&out, 4);
    MofgenWriteBooleans(&out.writer, NULL, 1);
    close_output(&out, STATUS_UNSUCCESSFUL, 0);
}

TEST(write_strings)
{
    static WCHAR text[] = {'a', 0, 'b', 0};
    static const struct {
        UNICODE_STRING string;
        NTSTATUS status;
        UCHAR bytes[8];
        ULONG size;
    } rows[] = {
        {{0, 0, NULL}, STATUS_SUCCESS, {0, 0}, 2},
        {{0, 8, text}, STATUS_SUCCESS, {0, 0}, 2},
        {{2, 8, text}, STATUS_SUCCESS, {2, 0, 'a', 0}, 4},
        {{6, 8, text}, STATUS_SUCCESS, {6, 0, 'a', 0, 0, 0, 'b', 0}, 8},
        {{4, 8, text}, STATUS_SUCCESS, {4, 0, 'a', 0, 0, 0}, 6},
        {{1, 8, text}, STATUS_UNSUCCESSFUL, {0}, 0},
        {{3, 8, text}, STATUS_UNSUCCESSFUL, {0}, 0},
        {{2, 8, NULL}, STATUS_UNSUCCESSFUL, {0}, 0},
        {{1, 8, NULL}, STATUS_UNSUCCESSFUL, {0}, 0},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        output out;
        open_output(&out, rows[i].size);
        MofgenWriteString(&out.writer, &rows[i].string);
        expect_bytes(__FILE__, __LINE__, out.memory, rows[i].bytes, rows[i].size);
        close_output(&out, rows[i].status, rows[i].size);
    }
}

/* An array of characters of exactly its size, so that a sanitizer reports an access after its end. */
TEST(write_exact_characters)
{
    WCHAR *characters = (WCHAR *)(PVOID)exact_copy("a\0b", 4);
    const UNICODE_STRING string = {4, 4, characters};
    output out;
    open_output(&out, 6);
    MofgenWriteString(&out.writer, &string);
    EXPECT_BYTES(out.memory, 4, 0, 'a', 0, 'b', 0);
    close_output(&out, STATUS_SUCCESS, 6);
    free(characters);
}

/* MaxLen(2): always its full size. */
TEST(write_bounded_strings)
{
    static const struct {
        short_name string;
        NTSTATUS status;
        UCHAR bytes[6];
    } rows[] = {
        {{0, 'x', 'y'}, STATUS_SUCCESS, {4, 0, 0, 0, 0, 0}},
        {{2, 'x', 'y'}, STATUS_SUCCESS, {4, 0, 'x', 0, 0, 0}},
        {{4, 'x', 'y'}, STATUS_SUCCESS, {4, 0, 'x', 0, 'y', 0}},
        {{1, 'x', 'y'}, STATUS_UNSUCCESSFUL, {0}},
        {{3, 'x', 'y'}, STATUS_UNSUCCESSFUL, {0}},
        {{5, 'x', 'y'}, STATUS_UNSUCCESSFUL, {0}},
        {{6, 'x', 'y'}, STATUS_UNSUCCESSFUL, {0}},
        {{0xFFFE, 'x', 'y'}, STATUS_UNSUCCESSFUL, {0}},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        output out;
        open_output(&out, 6);
        MofgenWriteBoundedString(&out.writer, rows[i].string, sizeof(short_name));
        expect_bytes(__FILE__, __LINE__, out.memory, rows[i].bytes, 6);
        close_output(&out, rows[i].status, NT_SUCCESS(rows[i].status) ? 6 : 0);
    }
}

TEST(write_arrays)
{
    const ULONG *values = (const ULONG *)(PVOID)exact_copy(BYTES(1, 0, 0, 0, 2, 0, 0, 0));
    static const UCHAR one = 9;
    output out;
    open_output(&out, 12);
    MofgenWrite(&out.writer, 1, &one, 1);
    MofgenWriteArray(&out.writer, 4, 4, 2, values);
    EXPECT_BYTES(out.memory, 9, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0);
    close_output(&out, STATUS_SUCCESS, 12);
    free((VOID *)(ULONG_PTR)values);
}

/* Without elements there is no padding, and the pointer may be NULL. */
TEST(write_arrays_of_none)
{
    static const UCHAR one = 9;
    output out;
    for (ULONG i = 0; i < 2; i++) {
        open_output(&out, 1);
        MofgenWrite(&out.writer, 1, &one, 1);
        MofgenWriteArray(&out.writer, 8, 8, 0, i == 0 ? NULL : &one);
        MofgenWriteElements(&out.writer, &group_element, 0, i == 0 ? NULL : &one);
        close_output(&out, STATUS_SUCCESS, 1);
    }
}

TEST(write_arrays_without_elements)
{
    output out;
    open_measure(&out);
    MofgenWriteArray(&out.writer, 4, 4, 1, NULL);
    close_output(&out, STATUS_UNSUCCESSFUL, 0);
    open_measure(&out);
    MofgenWriteElements(&out.writer, &group_element, 1, NULL);
    close_output(&out, STATUS_UNSUCCESSFUL, 0);
}

/* 4 GB and more: nothing is read or written, and the first failure stays. */
TEST(write_overflow)
{
    static const UCHAR byte = 1;
    static const struct {
        ULONGLONG from, count;
        ULONG alignment, element_size;
        NTSTATUS status;
    } rows[] = {
        {0, MAXULONG, 1, 1, STATUS_SUCCESS},
        {1, MAXULONG, 1, 1, STATUS_INTEGER_OVERFLOW},
        {1, MAXULONG - 1, 1, 1, STATUS_SUCCESS},
        {MAXULONG - 1, 1, 1, 1, STATUS_SUCCESS},
        {MAXULONG, 1, 1, 1, STATUS_INTEGER_OVERFLOW},
        {MAXULONG - 8, 1, 8, 8, STATUS_INTEGER_OVERFLOW},
        {0, 0x1FFFFFFF, 8, 8, STATUS_SUCCESS},
        {0, 0x20000000, 8, 8, STATUS_INTEGER_OVERFLOW},
        {0, MAXULONG, 8, MAXULONG, STATUS_INTEGER_OVERFLOW},
        {MAXULONG, MAXULONG, 8, MAXULONG, STATUS_INTEGER_OVERFLOW},
        {0, 0x100000000, 1, 1, STATUS_INTEGER_OVERFLOW},
        /* The product is 0 in 64 bits. */
        {0, 1ULL << 62, 4, 4, STATUS_INTEGER_OVERFLOW},
        {0, (ULONGLONG)-1, 1, 1, STATUS_INTEGER_OVERFLOW},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        output out;
        open_measure(&out);
        out.writer.Offset = rows[i].from;
        MofgenWriteArray(&out.writer, rows[i].alignment, rows[i].element_size, rows[i].count, &byte);
        host_check(out.writer.Status == rows[i].status, "row %zu: %s", i, host_status_name(out.writer.Status));
        if (rows[i].element_size == 1) {
            EXPECT_NUMBER(rows[i].count <= MAXULONG - rows[i].from, NT_SUCCESS(rows[i].status));
            free(out.memory);
            open_measure(&out);
            out.writer.Offset = rows[i].from;
            MofgenWriteBooleans(&out.writer, &byte, rows[i].count);
            EXPECT_STATUS(out.writer.Status, rows[i].status);
        }
        MofgenWriteArray(&out.writer, 1, 1, 1, NULL);
        EXPECT_STATUS(out.writer.Status, NT_SUCCESS(rows[i].status) ? STATUS_UNSUCCESSFUL : rows[i].status);
        free(out.memory);
    }
}

TEST(write_overflow_of_elements)
{
    static const UCHAR byte = 1;
    output out;
    open_measure(&out);
    MofgenWriteElements(&out.writer, &group_element, 0x100000000, &byte);
    close_output(&out, STATUS_INTEGER_OVERFLOW, 0);
    open_measure(&out);
    out.writer.Offset = MAXULONG;
    MofgenWriteString(&out.writer, &ab);
    EXPECT_STATUS(out.writer.Status, STATUS_INTEGER_OVERFLOW);
    free(out.memory);
    open_measure(&out);
    out.writer.Offset = MAXULONG;
    MofgenWriterAlign(&out.writer, 2);
    EXPECT_STATUS(out.writer.Status, STATUS_INTEGER_OVERFLOW);
    free(out.memory);
}

/* Data that is there is left alone when 4 GB are reached. */
TEST(write_overflow_into_a_buffer)
{
    static const UCHAR byte = 1;
    output out;
    open_output(&out, 1);
    MofgenWriteArray(&out.writer, 1, 1, 0x100000000, &byte);
    MofgenWrite(&out.writer, 1, &byte, 1);
    EXPECT_BYTES(out.memory, 0);
    close_output(&out, STATUS_INTEGER_OVERFLOW, 0);
}

TEST(write_elements)
{
    static WCHAR a[] = {'a'};
    static UNICODE_STRING names[] = {{2, 2, a}, {0, 0, NULL}};
    static group groups[] = {{0, NULL, 1}, {2, names, 2}, {1, names, 3}};
    static const list list = {77, 3, groups};
    output out;
    open_output(&out, 32);
    list_element.Write(&out.writer, &list);
    EXPECT_BYTES(out.memory, 77, 0, 0, 0, 0, 0, 1, 0, 2, 0, 2, 0, 'a', 0, 0, 0, 2, 0, 0, 0, 1, 0, 2, 0, 'a', 0, 3, 0);
    close_output(&out, STATUS_SUCCESS, 28);
}

TEST(write_bounded_string_elements)
{
    const short_name *names = (const short_name *)(PVOID)exact_copy(BYTES(2, 0, 'a', 0, 'x', 0, 0, 0, 0, 0, 0, 0));
    output out;
    open_output(&out, 12);
    MofgenWriteElements(&out.writer, &short_name_element, 2, names);
    EXPECT_BYTES(out.memory, 4, 0, 'a', 0, 0, 0, 4, 0, 0, 0, 0, 0);
    close_output(&out, STATUS_SUCCESS, 12);
    free((VOID *)(ULONG_PTR)names);
}

/* An element that cannot be written ends the array: later elements are not read. */
TEST(write_elements_until_a_failure)
{
    short_name *names = (short_name *)(PVOID)exact_copy(BYTES(1, 0, 0, 0, 0, 0));
    output out;
    open_output(&out, 12);
    MofgenWriteElements(&out.writer, &short_name_element, 2, names);
    close_output(&out, STATUS_UNSUCCESSFUL, 0);
    free(names);
}

TEST(write_nothing_after_a_failure)
{
    static const UCHAR byte = 1;
    static const UNICODE_STRING odd = {1, 1, text_ab};
    output out;
    open_output(&out, 32);
    MofgenWriteString(&out.writer, &odd);
    MofgenWrite(&out.writer, 1, &byte, 1);
    MofgenWriteBooleans(&out.writer, &byte, 1);
    MofgenWriteString(&out.writer, &ab);
    MofgenWriteArray(&out.writer, 1, 1, 1, &byte);
    MofgenWriteArray(&out.writer, 1, 1, 0x100000000, &byte);
    MofgenWriteElements(&out.writer, &MofgenStringElement, 1, &ab);
    MofgenWriterAlign(&out.writer, 8);
    EXPECT_BYTES(out.memory, 0, 0, 0, 0, 0, 0, 0, 0);
    close_output(&out, STATUS_UNSUCCESSFUL, 0);
}
