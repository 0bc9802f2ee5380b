/*
 * What the tests of the C core share: tests that register themselves, expectations, and input in memory of exactly its size,
 * so that a sanitizer reports an access to the byte after it.
 */
#ifndef MOFGEN_RUNTIME_C_TESTS_H
#define MOFGEN_RUNTIME_C_TESTS_H

#include <stdio.h>
#include <stdlib.h>

#include <ntddk.h>

#include "../c/host/host.h"
#include "mofgen_wmi_pool.h"

typedef struct test {
    struct test *next;
    const char *name;
    VOID (*run)(VOID);
} test;

VOID register_test(test *test);

/* Defines a test. The program runs it by its name, or with all others. */
#define TEST(name)                                                     \
    static VOID test_##name(VOID);                                     \
    static test entry_##name = {NULL, #name, test_##name};             \
    __attribute__((constructor)) static VOID register_##name(VOID)     \
    {                                                                  \
        register_test(&entry_##name);                                  \
    }                                                                  \
    static VOID test_##name(VOID)

#define EXPECT_STATUS(actual, expected)                  \
    do {                                                 \
        NTSTATUS actual_ = (actual);                     \
        NTSTATUS expected_ = (expected);                 \
        host_check(                                      \
            actual_ == expected_,                        \
            "%s is %s, expected %s",                     \
            #actual,                                     \
            host_status_name(actual_),                   \
            host_status_name(expected_));                \
    } while (0)

#define EXPECT_NUMBER(actual, expected)                                                            \
    do {                                                                                           \
        ULONGLONG actual_ = (ULONGLONG)(actual);                                                   \
        ULONGLONG expected_ = (ULONGLONG)(expected);                                               \
        host_check(actual_ == expected_, "%s is %llu, expected %llu", #actual, actual_, expected_); \
    } while (0)

#define EXPECT(condition) host_check(condition, "not as expected")

#define EXPECT_NULL(pointer) host_check((pointer) == NULL, "%s is not NULL", #pointer)

/* Bytes as two arguments: a pointer, and how many there are. */
#define BYTES(...) ((const UCHAR[]){__VA_ARGS__}), (ULONG)sizeof((const UCHAR[]){__VA_ARGS__})

#define EXPECT_BYTES(actual, ...) expect_bytes(__FILE__, __LINE__, (actual), BYTES(__VA_ARGS__))

VOID expect_bytes(const char *file, int line, const VOID *actual, const UCHAR *expected, ULONG size);

/* A copy of exactly so many bytes; free() frees it. */
UCHAR *exact_copy(const VOID *bytes, ULONG size);

/* The status for malformed input in these tests, which the core itself never uses. */
#define MALFORMED STATUS_WMI_SET_FAILURE

/* A reader over a copy of bytes, on a boundary of 8 bytes or `shift` bytes after one. */
typedef struct input {
    UCHAR *memory;
    MOFGEN_REQUEST request;
    MOFGEN_READER reader;
} input;

VOID open_input(input *input, const UCHAR *bytes, ULONG size);
VOID open_shifted_input(input *input, ULONG shift, const UCHAR *bytes, ULONG size);
/* Frees everything; expects the status and the number of bytes read. */
VOID close_input(input *input, NTSTATUS status, ULONGLONG offset);
/* Frees everything; for tests that have checked the status themselves. */
VOID drop_input(input *input);

/* A writer into a block of exactly `size` zeroed bytes, or one that only measures. */
typedef struct output {
    UCHAR *memory;
    MOFGEN_WRITER writer;
} output;

VOID open_output(output *output, ULONG size);
VOID open_measure(output *output);
VOID close_output(output *output, NTSTATUS status, ULONGLONG offset);

#endif
