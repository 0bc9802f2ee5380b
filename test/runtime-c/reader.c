/* Reading items of one size: padding, truncated data, misaligned data. */
#include "tests.h"

TEST(read_alignment)
{
    static const struct {
        ULONGLONG from;
        ULONG alignment;
        ULONGLONG to;
    } rows[] = {
        {0, 1, 0}, {0, 8, 0}, {1, 1, 1}, {1, 2, 2}, {2, 2, 2}, {3, 4, 4},
        {4, 4, 4}, {5, 4, 8}, {7, 8, 8}, {8, 8, 8}, {9, 8, 16},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        input in;
        open_input(&in, BYTES(0));
        in.reader.Offset = rows[i].from;
        MofgenReaderAlign(&in.reader, rows[i].alignment);
        close_input(&in, STATUS_SUCCESS, rows[i].to);
    }
}

/* An item is read after its padding, at its own offset. */
TEST(read_item_after_padding)
{
    static const UCHAR bytes[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    static const struct {
        ULONG from, alignment, size, start;
    } rows[] = {
        {0, 1, 1, 0}, {1, 1, 1, 1}, {1, 2, 2, 2}, {2, 2, 2, 2}, {1, 4, 4, 4}, {4, 4, 4, 4},
        {1, 8, 8, 8}, {8, 8, 8, 8}, {5, 4, 8, 8}, {0, 4, 16, 0}, {15, 1, 1, 15},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        input in;
        UCHAR value[16];
        open_input(&in, bytes, sizeof(bytes));
        in.reader.Offset = rows[i].from;
        MofgenRead(&in.reader, rows[i].alignment, value, rows[i].size);
        EXPECT_NUMBER(memcmp(value, bytes + rows[i].start, rows[i].size), 0);
        close_input(&in, STATUS_SUCCESS, rows[i].start + rows[i].size);
    }
}

/* Data that ends at each byte: items are read while they are complete, and the first incomplete one is malformed. */
TEST(read_truncated_at_each_byte)
{
    static const UCHAR bytes[] = {1, 0xCC, 2, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0};
    static const ULONG ends[] = {1, 4, 8, 16};
    for (ULONG size = 0; size <= sizeof(bytes); size++) {
        input in;
        UCHAR one = 0xA5;
        USHORT two = 0xA5A5;
        ULONG four = 0xA5A5A5A5;
        ULONGLONG eight = 0xA5A5A5A5;
        ULONG whole = 0;
        open_input(&in, bytes, size);
        MofgenRead(&in.reader, 1, &one, 1);
        MofgenRead(&in.reader, 2, &two, 2);
        MofgenRead(&in.reader, 4, &four, 4);
        MofgenRead(&in.reader, 8, &eight, 8);
        while (whole < 4 && ends[whole] <= size) {
            whole++;
        }
        EXPECT_NUMBER(one, whole > 0 ? 1 : 0);
        EXPECT_NUMBER(two, whole > 1 ? 2 : 0);
        EXPECT_NUMBER(four, whole > 2 ? 3 : 0);
        EXPECT_NUMBER(eight, whole > 3 ? 4 : 0);
        close_input(&in, whole == 4 ? STATUS_SUCCESS : MALFORMED, whole == 0 ? 0 : ends[whole - 1]);
    }
}

TEST(read_nothing_after_a_failure)
{
    input in;
    UCHAR value = 0xA5;
    USHORT two = 0xA5A5;
    open_input(&in, BYTES(1));
    MofgenRead(&in.reader, 2, &two, 2);
    EXPECT_NUMBER(two, 0);
    MofgenRead(&in.reader, 1, &value, 1);
    EXPECT_NUMBER(value, 0);
    close_input(&in, MALFORMED, 0);
}

/* The first failure is kept; later ones do not replace it. */
TEST(read_keeps_the_first_failure)
{
    input in;
    UCHAR value;
    UNICODE_STRING string;
    open_input(&in, BYTES(1));
    in.reader.Status = STATUS_INSUFFICIENT_RESOURCES;
    MofgenRead(&in.reader, 1, &value, 1);
    MofgenReadString(&in.reader, &string);
    EXPECT_NULL(MofgenReadArray(&in.reader, 1, 1, 9));
    EXPECT_NULL(MofgenReadElements(&in.reader, &MofgenStringElement, 9));
    close_input(&in, STATUS_INSUFFICIENT_RESOURCES, 0);
}

/* Padding at the end may be missing; what comes after it may not. */
TEST(read_missing_trailing_padding)
{
    input in;
    UCHAR value = 0;
    open_input(&in, BYTES(1));
    MofgenRead(&in.reader, 1, &value, 1);
    MofgenReaderAlign(&in.reader, 8);
    close_input(&in, STATUS_SUCCESS, 8);
    open_input(&in, BYTES(1));
    MofgenRead(&in.reader, 1, &value, 1);
    MofgenReaderAlign(&in.reader, 8);
    EXPECT_NULL(MofgenReadArray(&in.reader, 1, 1, 0));
    MofgenRead(&in.reader, 1, &value, 1);
    EXPECT_NUMBER(value, 0);
    close_input(&in, MALFORMED, 8);
    /* A part of it may be there. */
    open_input(&in, BYTES(1, 0, 0));
    MofgenRead(&in.reader, 1, &value, 1);
    MofgenReaderAlign(&in.reader, 8);
    close_input(&in, STATUS_SUCCESS, 8);
}

TEST(read_no_data)
{
    MOFGEN_REQUEST request;
    MOFGEN_READER reader;
    UCHAR value = 1;
    ULONG count = 9;
    MofgenRequestInitialize(&request, NULL, 100, NULL, 0);
    MofgenReaderInitialize(&reader, &request, MALFORMED);
    EXPECT_STATUS(reader.Status, STATUS_SUCCESS);
    EXPECT_NULL(MofgenReadArrayToEnd(&reader, 4, 4, &count));
    EXPECT_NUMBER(count, 0);
    MofgenRead(&reader, 1, &value, 1);
    EXPECT_STATUS(reader.Status, MALFORMED);
    EXPECT_NUMBER(value, 0);
}

TEST(read_booleans)
{
    input in;
    BOOLEAN *values = (BOOLEAN *)exact_copy("????", 4);
    open_input(&in, BYTES(0, 1, 2, 0xFF));
    MofgenReadBooleans(&in.reader, values, 4);
    EXPECT_BYTES(values, FALSE, TRUE, TRUE, TRUE);
    close_input(&in, STATUS_SUCCESS, 4);
    for (UCHAR size = 0; size < 4; size++) {
        static const UCHAR bytes[] = {1, 1, 1};
        memset(values, 0xA5, 4);
        open_input(&in, bytes, size);
        MofgenReadBooleans(&in.reader, values, 4);
        EXPECT_BYTES(values, FALSE, FALSE, FALSE, FALSE);
        close_input(&in, MALFORMED, 0);
    }
    free(values);
}

/* Input that is not on a boundary of 8 bytes is copied: returned pointers point into the copy, and are aligned. */
TEST(read_misaligned_input)
{
    static const UCHAR bytes[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    for (ULONG shift = 0; shift <= 8; shift++) {
        input in;
        open_shifted_input(&in, shift, bytes, sizeof(bytes));
        EXPECT_NUMBER(host_live_blocks(), shift % 8 == 0 ? 0 : 1);
        memset(in.memory, shift % 8 == 0 ? 7 : 0, shift);
        const ULONGLONG *words = MofgenReadArray(&in.reader, 8, 8, 2);
        EXPECT_NUMBER((ULONG_PTR)words % 8, 0);
        EXPECT_NUMBER(words[1], 0x100F0E0D0C0B0A09);
        EXPECT((const UCHAR *)words == (shift % 8 == 0 ? in.memory + shift : (const UCHAR *)in.request.Input));
        close_input(&in, STATUS_SUCCESS, 16);
    }
}

TEST(read_misaligned_input_without_pool)
{
    input in;
    UCHAR value = 0xA5;
    host_fail_allocation_after(0);
    open_shifted_input(&in, 1, BYTES(1, 2));
    MofgenRead(&in.reader, 1, &value, 1);
    EXPECT_NUMBER(value, 0);
    close_input(&in, STATUS_INSUFFICIENT_RESOURCES, 0);
}
