/* A row about a driver for systems before Windows 10, version 2004, that is compiled with a current kit. */
#define HOST_CURRENT_KIT
#define NTDDI_VERSION 0x0A000007
#define POOL_ZERO_DOWN_LEVEL_SUPPORT
#include "selftest.h"

#include "../host/host.h"

#define TAG 0x74736554

static VOID the_kit_zeroes(VOID)
{
    PUCHAR block = ExAllocatePoolZero(NonPagedPoolNx, 9, TAG);
    host_check(block != NULL, "no block");
    for (ULONG i = 0; i < 9; i++) {
        EXPECT_NUMBER(block[i], 0);
    }
    ExFreePoolWithTag(block, TAG);
    host_fail_allocation_after(0);
    host_check(ExAllocatePoolZero(PagedPool, 9, TAG) == NULL, "no memory");
}

const row older_pool_rows[] = {
    {"pool ExAllocatePoolZero", the_kit_zeroes},
    {NULL, NULL},
};
