/* The parts of the harness's self-test: rows that must hold, and faults that the harness must stop. */
#ifndef MOFGEN_SELFTEST_H
#define MOFGEN_SELFTEST_H

#include <stdio.h>
#include <stdlib.h>

#include <ntddk.h>
#include <wmistr.h>

typedef struct row {
    /* The row's id in the conformance table, after the model's name. */
    const char *id;
    VOID (*run)(VOID);
} row;

typedef struct fault {
    const char *name;
    VOID (*run)(VOID);
} fault;

extern const row kernel_rows[];
extern const row pool_rows[];
extern const row older_pool_rows[];
extern const row thread_rows[];
extern const row kmdf_rows[];
extern const row gauge_kmdf_rows[];
extern const row wmilib_rows[];
extern const row gauge_wmilib_rows[];

/* Each stops the program, by the harness or by a sanitizer. */
extern const fault faults[];
extern const fault pool_faults[];
extern const fault thread_faults[];

static const GUID block_guid = {0x01234567, 0x89ab, 0xcdef, {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}};
static const GUID other_guid = {0x76543210, 0xba98, 0xfedc, {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}};

#define EXPECT_STATUS(actual, expected)                  \
    do {                                                 \
        NTSTATUS actual_ = (actual);                     \
        NTSTATUS expected_ = (expected);                 \
        host_check(                                      \
            actual_ == expected_,                        \
            "%s, where %s is right",                     \
            host_status_name(actual_),                   \
            host_status_name(expected_));                \
    } while (0)

#define EXPECT_NUMBER(actual, expected)                  \
    do {                                                 \
        ULONGLONG actual_ = (actual);                    \
        ULONGLONG expected_ = (expected);                \
        host_check(                                      \
            actual_ == expected_,                        \
            "%s is %llu, where %llu is right",           \
            #actual,                                     \
            actual_,                                     \
            expected_);                                  \
    } while (0)

static __inline __attribute__((unused)) ULONG field(const VOID *buffer, size_t offset)
{
    ULONG value;
    memcpy(&value, (const UCHAR *)buffer + offset, sizeof(value));
    return value;
}

static __inline __attribute__((unused)) VOID set_field(VOID *buffer, size_t offset, ULONG value)
{
    memcpy((UCHAR *)buffer + offset, &value, sizeof(value));
}

#endif
