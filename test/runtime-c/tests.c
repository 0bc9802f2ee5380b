/* Input and output of tests.h, for tests with the memory of requests in pool. */
#include "tests.h"

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
