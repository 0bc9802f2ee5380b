/* Rows about the pool functions of current kits, for a driver that needs Windows 10, version 2004, and more of pool-older.c. */
#define HOST_CURRENT_KIT
#include "selftest.h"

#include "../host/host.h"

#define TAG 0x74736554

static VOID expect_block(PUCHAR block, UCHAR byte)
{
    host_check(block != NULL, "no block");
    for (ULONG i = 0; i < 9; i++) {
        EXPECT_NUMBER(block[i], byte);
    }
    EXPECT_NUMBER(host_live_bytes(), 9);
    ExFreePoolWithTag(block, TAG);
}

static VOID flags_say_which_pool(VOID)
{
    expect_block(ExAllocatePool2(POOL_FLAG_PAGED, 9, TAG), 0);
    expect_block(ExAllocatePool2(POOL_FLAG_PAGED | POOL_FLAG_UNINITIALIZED, 9, TAG), 0xA5);
    host_set_irql(DISPATCH_LEVEL);
    expect_block(ExAllocatePool2(POOL_FLAG_NON_PAGED, 9, TAG), 0);
    host_set_irql(PASSIVE_LEVEL);
    host_fail_allocation_after(0);
    host_check(ExAllocatePool2(POOL_FLAG_NON_PAGED, 9, TAG) == NULL, "no memory");
}

/* This file does not define POOL_ZERO_DOWN_LEVEL_SUPPORT. */
static VOID older_systems_zero_nothing(VOID)
{
    expect_block(ExAllocatePoolZero(PagedPool, 9, TAG), 0xA5);
}

const row pool_rows[] = {
    {"pool ExAllocatePool2", flags_say_which_pool},
    {"pool ExAllocatePoolZero without support for older systems", older_systems_zero_nothing},
    {NULL, NULL},
};

static VOID allocate_from_two_pools(VOID)
{
    ExAllocatePool2(POOL_FLAG_PAGED | POOL_FLAG_NON_PAGED, 9, TAG);
}

const fault pool_faults[] = {
    {"allocate from two pools", allocate_from_two_pools},
    {NULL, NULL},
};
