/*
 * A libFuzzer target for the reader and the writer of the C core. The first bytes make a sequence of reads, and the rest is
 * the data. For any bytes: no sanitizer report, a read ends with one of its statuses, and no memory leaks. Values that were
 * read can be written, and reading them again returns the same values; so does storing them.
 */
#include "records.h"
#include "tests.h"

enum {
    FIXED,
    BOOLEANS,
    BOUNDED_STRING,
    STRING,
    ARRAY,
    LARGE_COUNT_ARRAY,
    STRINGS,
    GROUPS,
    BOUNDED_STRINGS,
    BOUNDED_STRINGS_INTO,
    PADDING,
    /* A step that reads to the end is the last one. */
    ARRAY_TO_END,
    STRINGS_TO_END,
    GROUPS_TO_END,
    BOUNDED_STRINGS_TO_END,
    KIND_COUNT
};

typedef struct step {
    UCHAR kind;
    /* A power of two. */
    UCHAR alignment;
    /* From 1 to 8. */
    UCHAR number;
} step;

#define MAX_STEPS 8

static step steps[MAX_STEPS];
static ULONG step_count;

/* The result of one step. */
typedef struct slot {
    UCHAR bytes[8];
    WCHAR text[9];
    short_name names[8];
    UNICODE_STRING string;
    ULONGLONG count;
    PVOID elements;
} slot;

typedef struct record {
    slot slots[MAX_STEPS];
} record;

static ULONG text_size(const step *step)
{
    return (ULONG)sizeof(WCHAR) * (1u + step->number);
}

static ULONG element_size(const step *step)
{
    return (ULONG)step->alignment * step->number;
}

/* The elements of an array that are read and written one by one. */
static const MOFGEN_ELEMENT *element_of(const step *step)
{
    switch (step->kind) {
    case STRINGS:
    case STRINGS_TO_END:
        return &MofgenStringElement;
    case GROUPS:
    case GROUPS_TO_END:
        return &group_element;
    default:
        return &short_name_element;
    }
}

static VOID read_count(MOFGEN_READER *reader, slot *slot)
{
    ULONG count;
    MofgenRead(reader, 4, &count, sizeof(count));
    slot->count = count;
}

static VOID read_step(MOFGEN_READER *reader, const step *step, slot *slot)
{
    ULONG count = 0;
    switch (step->kind) {
    case FIXED:
        MofgenRead(reader, step->alignment, slot->bytes, step->alignment);
        break;
    case BOOLEANS:
        MofgenReadBooleans(reader, slot->bytes, step->number);
        break;
    case BOUNDED_STRING:
        MofgenReadBoundedString(reader, slot->text, text_size(step));
        break;
    case STRING:
        MofgenReadString(reader, &slot->string);
        break;
    case ARRAY:
        read_count(reader, slot);
        slot->elements = MofgenReadArray(reader, step->alignment, element_size(step), slot->count);
        break;
    case LARGE_COUNT_ARRAY:
        MofgenRead(reader, 8, &slot->count, sizeof(slot->count));
        slot->elements = MofgenReadArray(reader, step->alignment, element_size(step), slot->count);
        break;
    case STRINGS:
    case GROUPS:
    case BOUNDED_STRINGS:
        read_count(reader, slot);
        slot->elements = MofgenReadElements(reader, element_of(step), slot->count);
        break;
    case BOUNDED_STRINGS_INTO:
        MofgenReadElementsInto(reader, &short_name_element, step->number, slot->names);
        break;
    case PADDING:
        MofgenReaderAlign(reader, step->alignment);
        break;
    case ARRAY_TO_END:
        slot->elements = MofgenReadArrayToEnd(reader, step->alignment, element_size(step), &count);
        slot->count = count;
        break;
    default:
        slot->elements = MofgenReadElementsToEnd(reader, element_of(step), &count);
        slot->count = count;
        break;
    }
}

static VOID write_step(MOFGEN_WRITER *writer, const step *step, const slot *slot)
{
    ULONG count = (ULONG)slot->count;
    switch (step->kind) {
    case FIXED:
        MofgenWrite(writer, step->alignment, slot->bytes, step->alignment);
        break;
    case BOOLEANS:
        MofgenWriteBooleans(writer, slot->bytes, step->number);
        break;
    case BOUNDED_STRING:
        MofgenWriteBoundedString(writer, slot->text, text_size(step));
        break;
    case STRING:
        MofgenWriteString(writer, &slot->string);
        break;
    case ARRAY:
        MofgenWrite(writer, 4, &count, sizeof(count));
        MofgenWriteArray(writer, step->alignment, element_size(step), count, slot->elements);
        break;
    case LARGE_COUNT_ARRAY:
        MofgenWrite(writer, 8, &slot->count, sizeof(slot->count));
        MofgenWriteArray(writer, step->alignment, element_size(step), slot->count, slot->elements);
        break;
    case STRINGS:
    case GROUPS:
    case BOUNDED_STRINGS:
        MofgenWrite(writer, 4, &count, sizeof(count));
        MofgenWriteElements(writer, element_of(step), count, slot->elements);
        break;
    case BOUNDED_STRINGS_INTO:
        MofgenWriteElements(writer, &short_name_element, step->number, slot->names);
        break;
    case PADDING:
        MofgenWriterAlign(writer, step->alignment);
        break;
    case ARRAY_TO_END:
        MofgenWriteArray(writer, step->alignment, element_size(step), count, slot->elements);
        break;
    default:
        MofgenWriteElements(writer, element_of(step), count, slot->elements);
        break;
    }
}

static VOID read_record(MOFGEN_READER *reader, VOID *data)
{
    for (ULONG i = 0; i < step_count; i++) {
        read_step(reader, &steps[i], &((record *)data)->slots[i]);
    }
}

static VOID write_record(MOFGEN_WRITER *writer, const VOID *data)
{
    for (ULONG i = 0; i < step_count; i++) {
        write_step(writer, &steps[i], &((const record *)data)->slots[i]);
    }
}

static const MOFGEN_ELEMENT record_element = {read_record, write_record, sizeof(record), 1, 8, 8};

/* ---- Equality ---- */

static VOID expect_same_string(const UNICODE_STRING *left, const UNICODE_STRING *right)
{
    EXPECT_NUMBER(left->Length, right->Length);
    EXPECT(left->Length == 0 || memcmp(left->Buffer, right->Buffer, left->Length) == 0);
    /* None ends with a NUL. */
    EXPECT(left->Length == 0 || left->Buffer[left->Length / sizeof(WCHAR) - 1] != 0);
}

static VOID expect_same_elements(const step *step, const slot *left, const slot *right)
{
    const MOFGEN_ELEMENT *element = element_of(step);
    for (ULONGLONG i = 0; i < left->count; i++) {
        if (element == &MofgenStringElement) {
            expect_same_string(
                &((const UNICODE_STRING *)left->elements)[i], &((const UNICODE_STRING *)right->elements)[i]);
        } else if (element == &group_element) {
            const group *one = &((const group *)left->elements)[i];
            const group *other = &((const group *)right->elements)[i];
            EXPECT_NUMBER(one->count, other->count);
            EXPECT_NUMBER(one->mark, other->mark);
            for (ULONG k = 0; k < one->count; k++) {
                expect_same_string(&one->names[k], &other->names[k]);
            }
        } else {
            EXPECT(
                memcmp(((const short_name *)left->elements)[i], ((const short_name *)right->elements)[i], sizeof(short_name)) ==
                0);
        }
    }
}

static VOID expect_same(const record *left, const record *right)
{
    for (ULONG i = 0; i < step_count; i++) {
        const slot *one = &left->slots[i];
        const slot *other = &right->slots[i];
        EXPECT_NUMBER(memcmp(one->bytes, other->bytes, sizeof(one->bytes)), 0);
        EXPECT_NUMBER(memcmp(one->text, other->text, sizeof(one->text)), 0);
        EXPECT_NUMBER(memcmp(one->names, other->names, sizeof(one->names)), 0);
        expect_same_string(&one->string, &other->string);
        EXPECT_NUMBER(one->count, other->count);
        if (steps[i].kind == ARRAY || steps[i].kind == LARGE_COUNT_ARRAY || steps[i].kind == ARRAY_TO_END) {
            SIZE_T size = (SIZE_T)(one->count * element_size(&steps[i]));
            EXPECT_NUMBER((ULONG_PTR)one->elements % steps[i].alignment, 0);
            EXPECT(size == 0 || memcmp(one->elements, other->elements, size) == 0);
        } else {
            expect_same_elements(&steps[i], one, other);
        }
    }
}

/* ---- One input ---- */

int LLVMFuzzerTestOneInput(const UCHAR *bytes, size_t size);

/* Parses the steps from the first bytes; returns the number of these bytes. */
static ULONG take_steps(const UCHAR *bytes, ULONG size)
{
    ULONG at = 0;
    step_count = 0;
    while (at + 1 < size && step_count < MAX_STEPS) {
        UCHAR kind = bytes[at] % (KIND_COUNT + 1);
        UCHAR detail = bytes[at + 1];
        at += 2;
        if (kind == KIND_COUNT) {
            break;
        }
        steps[step_count].kind = kind;
        steps[step_count].alignment = (UCHAR)(1 << (detail & 3));
        steps[step_count].number = (UCHAR)(1 + (detail >> 2 & 7));
        step_count++;
        if (kind >= ARRAY_TO_END) {
            break;
        }
    }
    return at;
}

/* Writes the values that were read; the caller frees the bytes. */
static UCHAR *write_again(const record *values, ULONG *used)
{
    NTSTATUS status = MofgenEncode(write_record, values, 0, NULL, used);
    UCHAR *written = malloc(*used == 0 ? 1 : *used);
    EXPECT(written != NULL);
    EXPECT_STATUS(status, *used == 0 ? STATUS_SUCCESS : STATUS_BUFFER_TOO_SMALL);
    memset(written, 0xA5, *used);
    EXPECT_STATUS(MofgenEncode(write_record, values, *used, written, used), STATUS_SUCCESS);
    return written;
}

static VOID check_stored(const record *values)
{
    VOID *stored;
    NTSTATUS status = MofgenStore(record_element.Read, record_element.Write, values, record_element.Size, &stored);
    if (NT_SUCCESS(status)) {
        expect_same(stored, values);
        MofgenFreeStored(stored);
    } else {
        EXPECT_STATUS(status, STATUS_INSUFFICIENT_RESOURCES);
    }
}

static VOID check_values(const record *values)
{
    static record again;
    ULONG used;
    ULONG used_again;
    input in;
    UCHAR *written = write_again(values, &used);
    memset(&again, 0, sizeof(again));
    open_input(&in, written, used);
    read_record(&in.reader, &again);
    expect_same(values, &again);
    UCHAR *written_again = write_again(&again, &used_again);
    EXPECT_NUMBER(used_again, used);
    EXPECT_NUMBER(memcmp(written, written_again, used), 0);
    check_stored(&again);
    close_input(&in, STATUS_SUCCESS, used);
    free(written);
    free(written_again);
}

int LLVMFuzzerTestOneInput(const UCHAR *bytes, size_t size)
{
    static record values;
    input in;
    if (size < 2) {
        return 0;
    }
    ULONG shift = bytes[0] & 7;
    ULONG taken = take_steps(bytes + 2, (ULONG)size - 2) + 2;
    memset(&values, 0, sizeof(values));
    BOOLEAN may_fail = (bytes[0] & 0x80) != 0;
    if (may_fail) {
        host_fail_allocation_after(bytes[1] % 16);
    }
    open_shifted_input(&in, shift, bytes + taken, (ULONG)size - taken);
    read_record(&in.reader, &values);
    BOOLEAN failed = host_stop_failing_allocations() && may_fail;
    if (failed) {
        EXPECT_STATUS(in.reader.Status, STATUS_INSUFFICIENT_RESOURCES);
    } else if (NT_SUCCESS(in.reader.Status)) {
        check_values(&values);
    } else {
        EXPECT(in.reader.Status == MALFORMED || in.reader.Status == STATUS_INSUFFICIENT_RESOURCES);
    }
    drop_input(&in);
    EXPECT_NUMBER(host_live_blocks(), 0);
    return 0;
}
