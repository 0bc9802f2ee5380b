/* Requests: their buffers, their answers, and the statuses of driver functions. */
#include "tests.h"

TEST(request_initialize)
{
    const UCHAR in[4] = {0};
    UCHAR out[8];
    MOFGEN_REQUEST request;
    memset(&request, 0xA5, sizeof(request));
    MofgenRequestInitialize(&request, in, 4, out, 8);
    EXPECT(request.Input == in && request.Output == out);
    EXPECT_NUMBER(request.InSize, 4);
    EXPECT_NUMBER(request.OutSize, 8);
    EXPECT_NUMBER(request.Used, 0);
    EXPECT_NULL(request.Memory.Place);
    EXPECT_NUMBER(request.Memory.Size, 0);
}

TEST(request_without_buffers_has_no_bytes)
{
    MOFGEN_REQUEST request;
    MofgenRequestInitialize(&request, NULL, 4, NULL, 8);
    EXPECT_NULL(request.Input);
    EXPECT_NULL(request.Output);
    EXPECT_NUMBER(request.InSize, 0);
    EXPECT_NUMBER(request.OutSize, 0);
}

TEST(request_complete)
{
    static const struct {
        NTSTATUS status;
        ULONG used;
    } rows[] = {
        {STATUS_SUCCESS, 12},
        {STATUS_OBJECT_NAME_EXISTS, 12},
        {STATUS_BUFFER_TOO_SMALL, 12},
        {STATUS_UNSUCCESSFUL, 0},
        {STATUS_BUFFER_OVERFLOW, 0},
        {STATUS_INSUFFICIENT_RESOURCES, 0},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        MOFGEN_REQUEST request;
        MofgenRequestInitialize(&request, NULL, 0, NULL, 0);
        EXPECT(MofgenMemoryAllocate(&request.Memory, 1) != NULL);
        EXPECT(MofgenMemoryAllocate(&request.Memory, 2) != NULL);
        request.Used = 12;
        EXPECT_NUMBER(MofgenRequestComplete(&request, rows[i].status), rows[i].used);
        EXPECT_NUMBER(host_live_blocks(), 0);
    }
}

TEST(request_copy_input)
{
    UCHAR bytes[] = {1, 2, 3};
    MOFGEN_REQUEST request;
    MofgenRequestInitialize(&request, bytes, sizeof(bytes), bytes, sizeof(bytes));
    EXPECT_STATUS(MofgenRequestCopyInput(&request), STATUS_SUCCESS);
    memset(bytes, 0, sizeof(bytes));
    EXPECT(request.Input != bytes);
    EXPECT_NUMBER(request.InSize, 3);
    EXPECT_BYTES(request.Input, 1, 2, 3);
    EXPECT_NUMBER(MofgenRequestComplete(&request, STATUS_SUCCESS), 0);
}

TEST(request_copy_no_input)
{
    MOFGEN_REQUEST request;
    MofgenRequestInitialize(&request, NULL, 5, NULL, 0);
    EXPECT_STATUS(MofgenRequestCopyInput(&request), STATUS_SUCCESS);
    EXPECT_NUMBER(request.InSize, 0);
    EXPECT_NUMBER(MofgenRequestComplete(&request, STATUS_SUCCESS), 0);
}

TEST(request_copy_input_without_pool)
{
    const UCHAR bytes[] = {1, 2, 3};
    MOFGEN_REQUEST request;
    MofgenRequestInitialize(&request, bytes, sizeof(bytes), NULL, 0);
    host_fail_allocation_after(0);
    EXPECT_STATUS(MofgenRequestCopyInput(&request), STATUS_INSUFFICIENT_RESOURCES);
    EXPECT(request.Input == bytes);
}

TEST(request_copy_input_beyond_the_limit)
{
    ULONG size = MOFGEN_MAX_REQUEST_BYTES + 1;
    UCHAR *bytes = calloc(1, size);
    MOFGEN_REQUEST request;
    MofgenRequestInitialize(&request, bytes, size, NULL, 0);
    EXPECT_STATUS(MofgenRequestCopyInput(&request), STATUS_INSUFFICIENT_RESOURCES);
    free(bytes);
}

TEST(request_zero_elements)
{
    static const struct {
        ULONGLONG count;
        ULONG element_size;
        BOOLEAN fits;
    } rows[] = {
        {0, 8, TRUE},
        {3, 8, TRUE},
        {MAXULONG, 1, FALSE},
        {MAXULONG, MAXULONG, FALSE},
        {0x100000000, 1, FALSE},
        /* The product is 0, 8 and 4 in 64 bits. */
        {1ULL << 63, 2, FALSE},
        {(1ULL << 61) + 1, 8, FALSE},
        {(1ULL << 62) + 1, 4, FALSE},
        {(ULONGLONG)-1, 1, FALSE},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        MOFGEN_REQUEST request;
        MofgenRequestInitialize(&request, NULL, 0, NULL, 0);
        const UCHAR *zeros = MofgenRequestZeroElements(&request, rows[i].count, rows[i].element_size);
        host_check((zeros != NULL) == rows[i].fits, "row %zu", i);
        for (ULONGLONG at = 0; zeros != NULL && at < rows[i].count * rows[i].element_size; at++) {
            EXPECT_NUMBER(zeros[at], 0);
        }
        EXPECT_NUMBER(MofgenRequestComplete(&request, STATUS_SUCCESS), 0);
    }
}

TEST(request_zero_elements_without_pool)
{
    MOFGEN_REQUEST request;
    MofgenRequestInitialize(&request, NULL, 0, NULL, 0);
    host_fail_allocation_after(0);
    EXPECT_NULL(MofgenRequestZeroElements(&request, 1, 1));
}

TEST(driver_statuses)
{
    static const struct {
        NTSTATUS status, mapped;
    } rows[] = {
        {STATUS_SUCCESS, STATUS_SUCCESS},
        {STATUS_PENDING, STATUS_UNSUCCESSFUL},
        {STATUS_BUFFER_TOO_SMALL, STATUS_NOT_FOUND},
        {STATUS_WMI_READ_ONLY, STATUS_WMI_READ_ONLY},
        {STATUS_UNSUCCESSFUL, STATUS_UNSUCCESSFUL},
        {STATUS_OBJECT_NAME_EXISTS, STATUS_OBJECT_NAME_EXISTS},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        EXPECT_STATUS(MofgenMapDriverStatus(rows[i].status, STATUS_NOT_FOUND), rows[i].mapped);
    }
}

TEST(request_answer)
{
    static const UCHAR bytes[] = {1, 2, 3};
    for (ULONG room = 0; room <= sizeof(bytes) + 1; room++) {
        BOOLEAN fits = room >= sizeof(bytes);
        UCHAR *out = exact_copy("????", room);
        MOFGEN_REQUEST request;
        MofgenRequestInitialize(&request, NULL, 0, room > 0 ? out : NULL, room);
        EXPECT_STATUS(
            MofgenRequestAnswer(&request, bytes, sizeof(bytes)),
            fits ? STATUS_SUCCESS : STATUS_BUFFER_TOO_SMALL);
        EXPECT_NUMBER(request.Used, sizeof(bytes));
        if (fits) {
            EXPECT_BYTES(out, 1, 2, 3);
        }
        free(out);
    }
}

TEST(request_answer_of_nothing)
{
    MOFGEN_REQUEST request;
    MofgenRequestInitialize(&request, NULL, 0, NULL, 0);
    EXPECT_STATUS(MofgenRequestAnswer(&request, NULL, 0), STATUS_SUCCESS);
    EXPECT_NUMBER(request.Used, 0);
}

TEST(runs_locked)
{
    static const struct {
        ULONG flags;
        BOOLEAN data, methods;
    } rows[] = {
        {0, TRUE, FALSE},
        {MOFGEN_WMI_EXPENSIVE, TRUE, FALSE},
        {MOFGEN_WMI_LOCK_METHODS, TRUE, TRUE},
        {MOFGEN_WMI_NO_LOCK, FALSE, FALSE},
    };
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        EXPECT_NUMBER(MofgenRunsLocked(rows[i].flags, FALSE), rows[i].data);
        EXPECT_NUMBER(MofgenRunsLocked(rows[i].flags, TRUE), rows[i].methods);
    }
}
