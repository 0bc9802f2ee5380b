/* Rows about the kernel's part of the harness: memory, strings, locks. */
#include "selftest.h"

#include "../host/host.h"

#define TAG 0x74736554

static VOID new_memory_is_filled_and_counted(VOID)
{
    ULONG before = host_allocation_count();
    UCHAR *block = ExAllocatePoolWithTag(PagedPool, 33, TAG);
    host_check(block != NULL, "no block");
    for (ULONG i = 0; i < 33; i++) {
        EXPECT_NUMBER(block[i], 0xA5);
    }
    EXPECT_NUMBER(host_live_blocks(), 1);
    EXPECT_NUMBER(host_live_bytes(), 33);
    EXPECT_NUMBER(host_allocation_count() - before, 1);
    ExFreePoolWithTag(block, TAG);
    EXPECT_NUMBER(host_live_blocks(), 0);
}

static VOID one_allocation_fails(VOID)
{
    PVOID blocks[3];
    host_fail_allocation_after(1);
    for (ULONG i = 0; i < 3; i++) {
        blocks[i] = ExAllocatePoolWithTag(NonPagedPoolNx, 8, TAG);
    }
    host_check(blocks[0] != NULL && blocks[1] == NULL && blocks[2] != NULL, "the second one fails");
    EXPECT_NUMBER(host_stop_failing_allocations(), TRUE);
    ExFreePoolWithTag(blocks[0], TAG);
    ExFreePoolWithTag(blocks[2], TAG);
    host_fail_allocation_after(0);
    EXPECT_NUMBER(host_stop_failing_allocations(), FALSE);
}

static VOID strings_are_16_bits_wide(VOID)
{
    DECLARE_CONST_UNICODE_STRING(constant, L"Mof");
    static const UNICODE_STRING empty = RTL_CONSTANT_STRING(L"");
    UNICODE_STRING string;
    WCHAR copy[2];
    UNICODE_STRING target = {0, sizeof(copy), copy};
    RtlInitUnicodeString(&string, L"Mof");
    EXPECT_NUMBER(string.Length, 6);
    EXPECT_NUMBER(string.MaximumLength, 8);
    EXPECT_NUMBER(constant.Length, 6);
    EXPECT_NUMBER(empty.Length, 0);
    host_check(memcmp(string.Buffer, constant.Buffer, 8) == 0, "the same characters");
    RtlCopyUnicodeString(&target, &string);
    EXPECT_NUMBER(target.Length, 4);
    EXPECT_NUMBER(RtlCompareMemory("abcd", "abxd", 4), 2);
}

static VOID locks_change_the_level(VOID)
{
    FAST_MUTEX fast;
    KSPIN_LOCK spin;
    KMUTEX mutex;
    KIRQL old;
    ExInitializeFastMutex(&fast);
    KeInitializeSpinLock(&spin);
    KeInitializeMutex(&mutex, 0);
    ExAcquireFastMutex(&fast);
    EXPECT_NUMBER(KeGetCurrentIrql(), APC_LEVEL);
    PAGED_CODE();
    KeAcquireSpinLock(&spin, &old);
    EXPECT_NUMBER(KeGetCurrentIrql(), DISPATCH_LEVEL);
    EXPECT_NUMBER(host_held_locks(), 2);
    KeReleaseSpinLock(&spin, old);
    ExReleaseFastMutex(&fast);
    EXPECT_NUMBER(KeGetCurrentIrql(), PASSIVE_LEVEL);
    /* A mutex may be taken again by its owner. */
    EXPECT_STATUS(KeWaitForSingleObject(&mutex, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    EXPECT_STATUS(KeWaitForSingleObject(&mutex, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    KeReleaseMutex(&mutex, FALSE);
    KeReleaseMutex(&mutex, FALSE);
    EXPECT_NUMBER(host_held_locks(), 0);
}

/* L3: which statuses are success. */
static VOID success(VOID)
{
    host_check(NT_SUCCESS(STATUS_PENDING) && NT_SUCCESS(STATUS_OBJECT_NAME_EXISTS), "informational");
    host_check(!NT_SUCCESS(STATUS_BUFFER_OVERFLOW) && !NT_SUCCESS(STATUS_WMI_SET_FAILURE), "failures");
    host_check(strcmp(host_status_name(STATUS_WMI_READ_ONLY), "STATUS_WMI_READ_ONLY") == 0, "a name");
    host_check(strcmp(host_status_name((NTSTATUS)0xC0FFEE00), "0xc0ffee00") == 0, "a number");
}

const row kernel_rows[] = {
    {"kernel pool", new_memory_is_filled_and_counted},
    {"kernel failing allocation", one_allocation_fails},
    {"kernel strings", strings_are_16_bits_wide},
    {"kernel locks", locks_change_the_level},
    {"kernel L3", success},
    {NULL, NULL},
};
