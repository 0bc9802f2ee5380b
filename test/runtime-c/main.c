/* Runs all tests of the C core, or those that are named; knows none of them. */
#include "tests.h"

static test *first;
static test **last = &first;

VOID register_test(test *test)
{
    *last = test;
    last = &test->next;
}

static BOOLEAN is_wanted(const test *test, int count, char **words)
{
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], test->name) == 0) {
            return TRUE;
        }
    }
    return count == 1;
}

int main(int count, char **words)
{
    int ran = 0;
    for (const test *each = first; each != NULL; each = each->next) {
        if (is_wanted(each, count, words)) {
            each->run();
            host_stop_failing_allocations();
            host_forget_events();
            host_expect_nothing_left();
            printf("%s\n", each->name);
            fflush(stdout);
            ran++;
        }
    }
    return ran > 0 ? 0 : 2;
}

/* ---- What tests.h has for them ---- */

VOID expect_bytes(const char *file, int line, const VOID *actual, const UCHAR *expected, ULONG size)
{
    const UCHAR *bytes = actual;
    for (ULONG i = 0; i < size; i++) {
        if (bytes[i] != expected[i]) {
            host_stop(file, line, "bytes", "byte %u is 0x%02x, expected 0x%02x", i, bytes[i], expected[i]);
        }
    }
}

UCHAR *exact_copy(const VOID *bytes, ULONG size)
{
    UCHAR *copy = malloc(size == 0 ? 1 : size);
    EXPECT(copy != NULL);
    if (size > 0) {
        memcpy(copy, bytes, size);
    }
    return copy;
}

VOID open_shifted_input(input *input, ULONG shift, const UCHAR *bytes, ULONG size)
{
    input->memory = malloc(shift + size == 0 ? 1 : shift + size);
    EXPECT(input->memory != NULL);
    if (size > 0) {
        memcpy(input->memory + shift, bytes, size);
    }
    MofgenRequestInitialize(&input->request, input->memory + shift, size, NULL, 0);
    MofgenReaderInitialize(&input->reader, &input->request, MALFORMED);
}

VOID open_input(input *input, const UCHAR *bytes, ULONG size)
{
    open_shifted_input(input, 0, bytes, size);
    EXPECT(input->reader.Data == input->memory);
}

VOID drop_input(input *input)
{
    EXPECT_NUMBER(MofgenRequestComplete(&input->request, input->reader.Status), 0);
    free(input->memory);
}

VOID close_input(input *input, NTSTATUS status, ULONGLONG offset)
{
    EXPECT_STATUS(input->reader.Status, status);
    EXPECT_NUMBER(input->reader.Offset, offset);
    drop_input(input);
}

VOID open_output(output *output, ULONG size)
{
    const MOFGEN_WRITER writer = {NULL, size, 0, STATUS_SUCCESS};
    output->memory = calloc(1, size == 0 ? 1 : size);
    EXPECT(output->memory != NULL);
    output->writer = writer;
    output->writer.Data = output->memory;
}

VOID open_measure(output *output)
{
    open_output(output, 0);
    output->writer.Data = NULL;
}

VOID close_output(output *output, NTSTATUS status, ULONGLONG offset)
{
    EXPECT_STATUS(output->writer.Status, status);
    EXPECT_NUMBER(output->writer.Offset, offset);
    free(output->memory);
}
