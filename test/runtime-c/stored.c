/* Encoding in two passes, and values that outlast a request. */
#include "records.h"
#include "tests.h"

/* ---- Encoding ---- */

/* What a scripted write does in each pass: `sizes` of bytes that are all `byte`; then `status`. */
typedef struct script {
    ULONGLONG sizes[4];
    NTSTATUS statuses[4];
    ULONG passes;
} script;

static VOID write_script(MOFGEN_WRITER *writer, const VOID *data)
{
    static const UCHAR byte = 0x5A;
    /* A driver changes its values although they are const here. */
    script *script = (struct script *)(ULONG_PTR)data;
    ULONGLONG size = script->sizes[script->passes];
    if (size > 64) {
        MofgenWriteArray(writer, 1, 1, size, &byte);
    }
    for (ULONGLONG i = 0; size <= 64 && i < size; i++) {
        MofgenWrite(writer, 1, &byte, 1);
    }
    if (NT_SUCCESS(writer->Status)) {
        writer->Status = script->statuses[script->passes];
    }
    script->passes++;
}

TEST(encode)
{
    static const struct {
        const char *name;
        script script;
        ULONG room;
        BOOLEAN has_buffer;
        NTSTATUS status;
        ULONG used, passes;
    } rows[] = {
        {"nothing", {.passes = 0}, 0, FALSE, STATUS_SUCCESS, 0, 1},
        {"nothing into a buffer", {.passes = 0}, 4, TRUE, STATUS_SUCCESS, 0, 1},
        {"fits", {.sizes = {4, 4}}, 4, TRUE, STATUS_SUCCESS, 4, 2},
        {"fits with room left", {.sizes = {3, 3}}, 4, TRUE, STATUS_SUCCESS, 3, 2},
        {"one byte too large", {.sizes = {5, 5}}, 4, TRUE, STATUS_BUFFER_TOO_SMALL, 5, 1},
        {"no buffer", {.sizes = {5, 5}}, 0, FALSE, STATUS_BUFFER_TOO_SMALL, 5, 1},
        {"room without a buffer", {.sizes = {3, 3}}, 4, FALSE, STATUS_BUFFER_TOO_SMALL, 3, 1},
        {"as large as can be", {.sizes = {MAXULONG}}, 4, TRUE, STATUS_BUFFER_TOO_SMALL, MAXULONG, 1},
        {"4 GB", {.sizes = {0x100000000}}, 4, TRUE, STATUS_INTEGER_OVERFLOW, 0, 1},
        {"a failure", {.sizes = {4}, .statuses = {STATUS_NOT_FOUND}}, 4, TRUE, STATUS_NOT_FOUND, 0, 1},
        {"less in the second pass", {.sizes = {4, 3}}, 4, TRUE, STATUS_UNSUCCESSFUL, 4, 2},
        {"nothing in the second pass", {.sizes = {4, 0}}, 4, TRUE, STATUS_UNSUCCESSFUL, 4, 2},
        {"more in the second pass", {.sizes = {3, 4}}, 4, TRUE, STATUS_UNSUCCESSFUL, 3, 2},
        {"much more in the second pass", {.sizes = {3, 64}}, 4, TRUE, STATUS_UNSUCCESSFUL, 3, 2},
        {"4 GB in the second pass", {.sizes = {3, 0x100000000}}, 4, TRUE, STATUS_INTEGER_OVERFLOW, 3, 2},
        {"a failure in the second pass",
         {.sizes = {4, 4}, .statuses = {STATUS_SUCCESS, STATUS_NOT_FOUND}},
         4,
         TRUE,
         STATUS_NOT_FOUND,
         4,
         2},
        {"less and a failure in the second pass",
         {.sizes = {4, 3}, .statuses = {STATUS_SUCCESS, STATUS_NOT_FOUND}},
         4,
         TRUE,
         STATUS_NOT_FOUND,
         4,
         2},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        script script = rows[i].script;
        UCHAR *buffer = rows[i].has_buffer ? exact_copy("????", rows[i].room) : NULL;
        ULONG used = 99;
        NTSTATUS status = MofgenEncode(write_script, &script, rows[i].room, buffer, &used);
        host_check(status == rows[i].status, "%s: %s", rows[i].name, host_status_name(status));
        host_check(used == rows[i].used, "%s: %u", rows[i].name, used);
        EXPECT_NUMBER(script.passes, rows[i].passes);
        for (ULONG at = 0; status == STATUS_SUCCESS && at < rows[i].room; at++) {
            EXPECT_NUMBER(buffer[at], at < used ? 0x5A : '?');
        }
        free(buffer);
    }
}

/* Padding is zero, even if the buffer was not. */
TEST(encode_zeroes_padding)
{
    static WCHAR a[] = {'a'};
    static UNICODE_STRING names[] = {{2, 2, a}};
    static group groups[] = {{1, names, 3}};
    static const list list = {77, 1, groups};
    UCHAR *buffer = exact_copy("????????????", 12);
    ULONG used;
    EXPECT_STATUS(MofgenEncode(list_element.Write, &list, 12, buffer, &used), STATUS_SUCCESS);
    EXPECT_NUMBER(used, 12);
    EXPECT_BYTES(buffer, 77, 0, 0, 0, 1, 0, 2, 0, 'a', 0, 3, 0);
    free(buffer);
}

/* ---- Stored values ---- */

static WCHAR letters[] = {'a', 'b', 'c'};
static UNICODE_STRING names[] = {
    {2, 2, letters}, {4, 4, letters}, {6, 6, letters}, {0, 0, NULL}, {2, 2, letters + 1}, {2, 2, letters + 2},
};
static group some_groups[] = {{0, NULL, 1}, {6, names, 2}, {1, names + 4, 3}, {3, names, 4}, {2, names, 5}};
static const list values = {77, ARRAYSIZE(some_groups), some_groups};

static VOID expect_equal(const list *stored, const list *original)
{
    EXPECT_NUMBER(stored->mark, original->mark);
    EXPECT_NUMBER(stored->count, original->count);
    for (ULONG i = 0; i < original->count; i++) {
        const group *left = &stored->groups[i];
        const group *right = &original->groups[i];
        EXPECT_NUMBER(left->mark, right->mark);
        EXPECT_NUMBER(left->count, right->count);
        for (ULONG k = 0; k < right->count; k++) {
            EXPECT_NUMBER(left->names[k].Length, right->names[k].Length);
            EXPECT(left->names[k].Buffer != right->names[k].Buffer);
            EXPECT_NUMBER(memcmp(left->names[k].Buffer, right->names[k].Buffer == NULL ? letters : right->names[k].Buffer, right->names[k].Length), 0);
        }
    }
}

TEST(store_nested_arrays)
{
    VOID *stored = NULL;
    VOID *again = NULL;
    EXPECT_STATUS(MofgenStore(list_element.Read, list_element.Write, &values, list_element.Size, &stored), STATUS_SUCCESS);
    EXPECT_NUMBER((ULONG_PTR)stored % 8, 0);
    expect_equal(stored, &values);
    /* A copy of the copy does not need the first one. */
    EXPECT_STATUS(MofgenStore(list_element.Read, list_element.Write, stored, list_element.Size, &again), STATUS_SUCCESS);
    MofgenFreeStored(stored);
    expect_equal(again, &values);
    MofgenFreeStored(again);
    EXPECT_NUMBER(host_live_blocks(), 0);
}

TEST(store_no_elements)
{
    static const list nothing = {5, 0, NULL};
    VOID *stored = NULL;
    EXPECT_STATUS(MofgenStore(list_element.Read, list_element.Write, &nothing, list_element.Size, &stored), STATUS_SUCCESS);
    EXPECT_NUMBER(((const list *)stored)->mark, 5);
    EXPECT_NULL(((const list *)stored)->groups);
    MofgenFreeStored(stored);
}

TEST(store_string)
{
    VOID *stored = NULL;
    EXPECT_STATUS(MofgenStore(MofgenStringElement.Read, MofgenStringElement.Write, &names[2], MofgenStringElement.Size, &stored), STATUS_SUCCESS);
    const UNICODE_STRING *string = stored;
    EXPECT_NUMBER(string->Length, 6);
    EXPECT_NUMBER(memcmp(string->Buffer, letters, 6), 0);
    MofgenFreeStored(stored);
}

TEST(free_nothing_stored)
{
    MofgenFreeStored(NULL);
}

TEST(store_without_pool)
{
    ULONG successes = 0;
    BOOLEAN failed;
    do {
        VOID *stored = &stored;
        host_fail_allocation_after(successes);
        NTSTATUS status = MofgenStore(list_element.Read, list_element.Write, &values, list_element.Size, &stored);
        failed = host_stop_failing_allocations();
        EXPECT_STATUS(status, failed ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS);
        EXPECT((stored == NULL) == failed);
        MofgenFreeStored(stored);
        EXPECT_NUMBER(host_live_blocks(), 0);
        successes++;
    } while (failed);
    /* The values, five groups that grow once, names of four groups, six of which grow once. */
    EXPECT_NUMBER(successes, 1 + 1 + 2 + 4 + 1);
}

TEST(store_values_that_contradict_themselves)
{
    static const list missing = {1, 2, NULL};
    VOID *stored = &stored;
    EXPECT_STATUS(MofgenStore(list_element.Read, list_element.Write, &missing, list_element.Size, &stored), STATUS_UNSUCCESSFUL);
    EXPECT_NULL(stored);
}

TEST(store_beyond_the_limit)
{
    static const script large = {.sizes = {MOFGEN_MAX_REQUEST_BYTES}};
    static const MOFGEN_ELEMENT type = {NULL, write_script, sizeof(script), 1, 1, 1};
    script script = large;
    VOID *stored = &script;
    EXPECT_STATUS(MofgenStore(type.Read, type.Write, &script, type.Size, &stored), STATUS_INSUFFICIENT_RESOURCES);
    EXPECT_NULL(stored);
    EXPECT_NUMBER(script.passes, 1);
}

static VOID read_script(MOFGEN_READER *reader, VOID *data)
{
    script *script = data;
    EXPECT_NUMBER(script->sizes[0], 0);
    script->sizes[0] = reader->Size;
    EXPECT_NUMBER((ULONG_PTR)reader->Data % 8, 0);
    (VOID)MofgenReadArray(reader, 1, 1, 4);
}

/* Values that change while they are stored: those written last are stored, or nothing is. */
TEST(store_values_that_change)
{
    static const struct {
        const char *name;
        script script;
        NTSTATUS status;
        ULONG size, passes;
    } rows[] = {
        {"the same", {.sizes = {5, 5, 5}}, STATUS_SUCCESS, 5, 3},
        {"smaller", {.sizes = {5, 4, 4}}, STATUS_SUCCESS, 4, 3},
        {"larger", {.sizes = {5, 6, 6}}, STATUS_UNSUCCESSFUL, 0, 2},
        {"something after nothing", {.sizes = {0, 6, 6}}, STATUS_UNSUCCESSFUL, 0, 2},
        {"smaller in the last pass", {.sizes = {5, 5, 4}}, STATUS_UNSUCCESSFUL, 0, 3},
        {"larger in the last pass", {.sizes = {5, 5, 6}}, STATUS_UNSUCCESSFUL, 0, 3},
        {"too little to be read", {.sizes = {5, 3, 3}}, STATUS_UNSUCCESSFUL, 0, 3},
        {"a failure later",
         {.sizes = {5, 5, 5}, .statuses = {STATUS_SUCCESS, STATUS_SUCCESS, STATUS_NOT_FOUND}},
         STATUS_NOT_FOUND,
         0,
         3},
    };
    static const MOFGEN_ELEMENT type = {read_script, write_script, sizeof(script), 1, 1, 1};
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        script script = rows[i].script;
        VOID *stored = &script;
        NTSTATUS status = MofgenStore(type.Read, type.Write, &script, type.Size, &stored);
        host_check(status == rows[i].status, "%s: %s", rows[i].name, host_status_name(status));
        EXPECT_NUMBER(script.passes, rows[i].passes);
        if (NT_SUCCESS(status)) {
            EXPECT_NUMBER(((const struct script *)stored)->sizes[0], rows[i].size);
            MofgenFreeStored(stored);
        } else {
            EXPECT_NULL(stored);
        }
        EXPECT_NUMBER(host_live_blocks(), 0);
    }
}

/* A structure of odd size: its bytes and what is encoded after it do not overlap. */
typedef struct odd {
    UCHAR size;
    UCHAR bytes[12];
} odd;

static VOID read_odd(MOFGEN_READER *reader, VOID *data)
{
    MofgenRead(reader, 1, data, sizeof(odd));
    const ULONGLONG *tail = MofgenReadArray(reader, 8, 8, 1);
    EXPECT(tail != NULL);
    EXPECT_NUMBER((ULONG_PTR)tail % 8, 0);
    EXPECT((const UCHAR *)tail - (const UCHAR *)data >= (ptrdiff_t)sizeof(odd));
    EXPECT_NUMBER(*tail, 0x1122334455667788);
}

static VOID write_odd(MOFGEN_WRITER *writer, const VOID *data)
{
    static const ULONGLONG tail = 0x1122334455667788;
    MofgenWrite(writer, 1, data, sizeof(odd));
    MofgenWriteArray(writer, 8, 8, 1, &tail);
}

TEST(store_odd_size)
{
    static const MOFGEN_ELEMENT type = {read_odd, write_odd, sizeof(odd), 1, 1, 1};
    static const odd value = {13, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};
    VOID *stored = NULL;
    EXPECT_STATUS(MofgenStore(type.Read, type.Write, &value, type.Size, &stored), STATUS_SUCCESS);
    EXPECT_NUMBER(memcmp(stored, &value, sizeof(value)), 0);
    memset(stored, 0xFF, sizeof(value));
    EXPECT_BYTES((const UCHAR *)stored + 16, 13, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    MofgenFreeStored(stored);
}
