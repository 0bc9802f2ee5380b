/* Comparisons and copies of tests.h, for any memory of requests. */
#include "tests.h"

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
