/* Reading counted strings. */
#include "tests.h"

typedef struct string_row {
    const char *name;
    UCHAR bytes[16];
    ULONG size;
    NTSTATUS status;
    /* In bytes. */
    USHORT length;
    ULONG offset;
} string_row;

#define CUT {0xFF}, 0

TEST(read_string)
{
    static const string_row rows[] = {
        {"empty", {0, 0}, 2, STATUS_SUCCESS, 0, 2},
        {"empty with more after it", {0, 0, 'x', 0}, 4, STATUS_SUCCESS, 0, 2},
        {"one character", {2, 0, 'a', 0}, 4, STATUS_SUCCESS, 2, 4},
        {"two characters", {4, 0, 'a', 0, 'b', 0}, 6, STATUS_SUCCESS, 4, 6},
        {"a NUL at the end", {4, 0, 'a', 0, 0, 0}, 6, STATUS_SUCCESS, 2, 6},
        {"two NULs at the end", {6, 0, 'a', 0, 0, 0, 0, 0}, 8, STATUS_SUCCESS, 2, 8},
        {"NULs alone", {6, 0, 0, 0, 0, 0, 0, 0}, 8, STATUS_SUCCESS, 0, 8},
        {"a NUL inside", {6, 0, 'a', 0, 0, 0, 'b', 0}, 8, STATUS_SUCCESS, 6, 8},
        {"a NUL first", {4, 0, 0, 0, 'b', 0}, 6, STATUS_SUCCESS, 4, 6},
        {"a low byte of 0 at the end", {2, 0, 0, 1}, 4, STATUS_SUCCESS, 2, 4},
        {"a high byte of 0 at the end", {2, 0, 1, 0}, 4, STATUS_SUCCESS, 2, 4},
        {"one byte", {1, 0, 'a'}, 3, MALFORMED, 0, 3},
        {"three bytes", {3, 0, 'a', 0, 'b'}, 5, MALFORMED, 0, 5},
        {"one NUL byte", {1, 0, 0}, 3, MALFORMED, 0, 3},
        {"no data", CUT, MALFORMED, 0, 0},
        {"half a count", {2}, 1, MALFORMED, 0, 0},
        {"a count alone", {2, 0}, 2, MALFORMED, 0, 2},
        {"half a character", {2, 0, 'a'}, 3, MALFORMED, 0, 2},
        {"the last byte missing", {4, 0, 'a', 0, 'b'}, 5, MALFORMED, 0, 2},
        {"the longest count", {0xFE, 0xFF, 'a', 0}, 4, MALFORMED, 0, 2},
        {"the longest odd count", {0xFF, 0xFF, 'a', 0}, 4, MALFORMED, 0, 2},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        const string_row *row = &rows[i];
        input in;
        UNICODE_STRING string;
        memset(&string, 0xA5, sizeof(string));
        open_input(&in, row->bytes, row->size);
        MofgenReadString(&in.reader, &string);
        host_check(in.reader.Status == row->status, "%s: %s", row->name, host_status_name(in.reader.Status));
        host_check(string.Length == row->length, "%s: %u bytes", row->name, string.Length);
        EXPECT_NUMBER(string.MaximumLength, row->length);
        const UCHAR *buffer = (const UCHAR *)string.Buffer;
        host_check(
            row->status == STATUS_SUCCESS ? buffer == in.memory + 2 : buffer == NULL, "%s: pointer", row->name);
        close_input(&in, row->status, row->offset);
    }
}

TEST(read_string_after_padding)
{
    input in;
    UCHAR first;
    UNICODE_STRING string;
    open_input(&in, BYTES(1, 0xCC, 2, 0, 'a', 0));
    MofgenRead(&in.reader, 1, &first, 1);
    MofgenReadString(&in.reader, &string);
    EXPECT_NUMBER(string.Length, 2);
    EXPECT_NUMBER(string.Buffer[0], 'a');
    close_input(&in, STATUS_SUCCESS, 6);
}

TEST(read_longest_string)
{
    input in;
    UNICODE_STRING string;
    UCHAR *bytes = malloc(2 + 0xFFFE);
    EXPECT(bytes != NULL);
    memset(bytes, 'a', 2 + 0xFFFE);
    bytes[0] = 0xFE;
    bytes[1] = 0xFF;
    open_input(&in, bytes, 2 + 0xFFFE);
    MofgenReadString(&in.reader, &string);
    EXPECT_NUMBER(string.Length, 0xFFFE);
    close_input(&in, STATUS_SUCCESS, 2 + 0xFFFE);
    /* One byte less than its count. */
    open_input(&in, bytes, 2 + 0xFFFD);
    MofgenReadString(&in.reader, &string);
    close_input(&in, MALFORMED, 2);
    free(bytes);
}

/* MaxLen(2): WCHAR[3]. */
TEST(read_bounded_string)
{
    static const string_row rows[] = {
        {"empty", {0, 0}, 2, STATUS_SUCCESS, 0, 2},
        {"shorter than MaxLen", {2, 0, 'a', 0}, 4, STATUS_SUCCESS, 2, 4},
        {"MaxLen characters", {4, 0, 'a', 0, 'b', 0}, 6, STATUS_SUCCESS, 4, 6},
        {"one NUL more than MaxLen", {6, 0, 'a', 0, 'b', 0, 0, 0}, 8, STATUS_SUCCESS, 4, 8},
        {"NULs up to one more than MaxLen", {6, 0, 0, 0, 0, 0, 0, 0}, 8, STATUS_SUCCESS, 0, 8},
        {"two NULs more than MaxLen", {8, 0, 'a', 0, 'b', 0, 0, 0, 0, 0}, 10, MALFORMED, 0, 10},
        {"NULs alone, two more than MaxLen", {8, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 10, MALFORMED, 0, 10},
        {"one character more than MaxLen", {6, 0, 'a', 0, 'b', 0, 'c', 0}, 8, MALFORMED, 0, 8},
        {"a count of odd size", {3, 0, 'a', 0, 'b'}, 5, MALFORMED, 0, 5},
        {"an odd size beyond MaxLen", {5, 0, 'a', 0, 'b', 0, 0}, 7, MALFORMED, 0, 7},
        {"no data", CUT, MALFORMED, 0, 0},
        {"half a count", {0}, 1, MALFORMED, 0, 0},
        {"the last byte missing", {4, 0, 'a', 0, 'b'}, 5, MALFORMED, 0, 2},
        {"the longest count", {0xFE, 0xFF, 'a', 0}, 4, MALFORMED, 0, 2},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        const string_row *row = &rows[i];
        input in;
        WCHAR *string = (WCHAR *)(PVOID)exact_copy((const UCHAR[6]){0}, 6);
        const UCHAR *bytes = (const UCHAR *)string;
        open_input(&in, row->bytes, row->size);
        MofgenReadBoundedString(&in.reader, string, 6);
        host_check(in.reader.Status == row->status, "%s: %s", row->name, host_status_name(in.reader.Status));
        host_check(string[0] == row->length, "%s: %u bytes", row->name, string[0]);
        for (ULONG at = 0; at < 4; at++) {
            UCHAR wanted = at < row->length ? row->bytes[2 + at] : 0;
            host_check(bytes[2 + at] == wanted, "%s: byte %u is 0x%02x", row->name, at, bytes[2 + at]);
        }
        close_input(&in, row->status, row->offset);
        free(string);
    }
}
