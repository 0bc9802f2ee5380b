/* Blocks without a transport: which function of a block is called with which arguments, and the result for its caller. */
#include "mofgen_wmi_blocks.h"
#include "tests.h"

/* What the block's functions do, and their recorded arguments. */
static struct {
    NTSTATUS status;
    ULONG size; /* of each instance */
    ULONG step; /* how much larger each further instance is */
    ULONG calls;
    ULONG creations;
    MOFGEN_BLOCK_INSTANCE instance;
    MOFGEN_REQUEST request;
    ULONG id;
    PVOID device;
    BOOLEAN enable;
} script;

static UCHAR device;
static ULONGLONG working[4];

static VOID reset(VOID)
{
    memset(&script, 0, sizeof(script));
    memset(working, 0xA5, sizeof(working));
}

static NTSTATUS answer(const MOFGEN_BLOCK_INSTANCE *instance, MOFGEN_REQUEST *request)
{
    UCHAR bytes[64];
    script.calls++;
    script.instance = *instance;
    script.request = *request;
    EXPECT(instance->Memory == &request->Memory);
    memset(bytes, (int)(0x10 + instance->InstanceIndex), sizeof(bytes));
    if (!NT_SUCCESS(script.status)) {
        request->Used = 99;
        return script.status;
    }
    return MofgenRequestAnswer(request, bytes, script.size + script.step * instance->InstanceIndex);
}

static NTSTATUS query(MOFGEN_BLOCK_INSTANCE *Instance, MOFGEN_REQUEST *Request)
{
    return answer(Instance, Request);
}

static NTSTATUS set_instance(MOFGEN_BLOCK_INSTANCE *Instance, MOFGEN_REQUEST *Request)
{
    script.calls++;
    script.instance = *Instance;
    script.request = *Request;
    return script.status;
}

static NTSTATUS set_item(MOFGEN_BLOCK_INSTANCE *Instance, ULONG Id, MOFGEN_REQUEST *Request)
{
    script.id = Id;
    return set_instance(Instance, Request);
}

static NTSTATUS execute(MOFGEN_BLOCK_INSTANCE *Instance, ULONG Id, MOFGEN_REQUEST *Request)
{
    script.id = Id;
    return answer(Instance, Request);
}

static NTSTATUS collect(PVOID DeviceContext, BOOLEAN Enable)
{
    script.calls++;
    script.device = DeviceContext;
    script.enable = Enable;
    return script.status;
}

static NTSTATUS create(MOFGEN_BLOCK_INSTANCE *Instance)
{
    script.creations++;
    script.instance = *Instance;
    EXPECT_NULL(MofgenBlockAllocate(Instance, 1));
    return script.status;
}

static const UCHAR mof[] = {0x46, 0x4F, 0x4D, 0x42, 0x07};

enum { FULL, EMPTY, METHODS, EVENT, MOF };

#define GUID_OF(number) {0x10 + (number), 2, 3, {4}}

static const MOFGEN_BLOCK rows[] = {
    [FULL] =
        {
            .Guid = GUID_OF(FULL),
            .Query = query,
            .SetInstance = set_instance,
            .SetItem = set_item,
            .Execute = execute,
            .Collect = collect,
            .Create = create,
        },
    [EMPTY] = {.Guid = GUID_OF(EMPTY)},
    [METHODS] = {.Guid = GUID_OF(METHODS), .Flags = MOFGEN_WMI_NO_FIRST_INSTANCE, .Execute = execute, .Create = create},
    [EVENT] = {.Guid = GUID_OF(EVENT), .Flags = MOFGEN_WMI_EVENT},
    [MOF] = {.Guid = GUID_OF(MOF), .MofData = mof, .MofDataSize = sizeof(mof)},
};
static const MOFGEN_BLOCKS blocks = {rows, ARRAYSIZE(rows), NULL};

static MOFGEN_BLOCK_CALL call_for(ULONG block, ULONG instance)
{
    const MOFGEN_BLOCK_CALL call = {&blocks, block, instance, &device, working, sizeof(working)};
    reset();
    return call;
}

static VOID expect_call(ULONG calls, ULONG instance)
{
    EXPECT_NUMBER(script.calls, calls);
    EXPECT(script.instance.DeviceContext == &device);
    EXPECT_NUMBER(script.instance.InstanceIndex, instance);
    EXPECT(script.request.Memory.Place == working);
    EXPECT_NUMBER(script.request.Memory.Size, sizeof(working));
}

TEST(block_find)
{
    static const GUID other = {0x10, 2, 3, {4, 0, 0, 0, 0, 0, 0, 1}};
    ULONG index;
    for (ULONG i = 0; i < blocks.BlockCount; i++) {
        index = 99;
        EXPECT_STATUS(MofgenBlockFind(&blocks, &rows[i].Guid, &index), STATUS_SUCCESS);
        EXPECT_NUMBER(index, i);
    }
    EXPECT_STATUS(MofgenBlockFind(&blocks, &other, &index), STATUS_WMI_GUID_NOT_FOUND);
    EXPECT_NUMBER(index, 0);
}

TEST(block_create)
{
    reset();
    EXPECT_STATUS(MofgenBlockCreate(&rows[EMPTY], &device, 3), STATUS_SUCCESS);
    EXPECT_NUMBER(script.creations, 0);
    EXPECT_STATUS(MofgenBlockCreate(&rows[METHODS], &device, 3), STATUS_SUCCESS);
    EXPECT_NUMBER(script.creations, 1);
    EXPECT(script.instance.DeviceContext == &device);
    EXPECT_NUMBER(script.instance.InstanceIndex, 3);
    script.status = STATUS_PENDING;
    EXPECT_STATUS(MofgenBlockCreate(&rows[FULL], &device, 0), STATUS_UNSUCCESSFUL);
    script.status = STATUS_BUFFER_TOO_SMALL;
    EXPECT_STATUS(MofgenBlockCreate(&rows[FULL], &device, 0), STATUS_UNSUCCESSFUL);
    script.status = STATUS_NOT_FOUND;
    EXPECT_STATUS(MofgenBlockCreate(&rows[FULL], &device, 0), STATUS_NOT_FOUND);
}

/* Adds the first instance of each block except those that start without one; stops at the first failure. */
TEST(blocks_create)
{
    static const MOFGEN_BLOCK some[] = {
        {.Flags = MOFGEN_WMI_NO_FIRST_INSTANCE, .Create = create}, {.Create = create}, {.Create = create}};
    static const MOFGEN_BLOCKS these = {some, ARRAYSIZE(some), NULL};
    reset();
    EXPECT_STATUS(MofgenBlocksCreate(&these, &device), STATUS_SUCCESS);
    EXPECT_NUMBER(script.creations, 2);
    EXPECT(script.instance.DeviceContext == &device);
    EXPECT_NUMBER(script.instance.InstanceIndex, 0);
    reset();
    script.status = STATUS_NOT_FOUND;
    EXPECT_STATUS(MofgenBlocksCreate(&these, &device), STATUS_NOT_FOUND);
    EXPECT_NUMBER(script.creations, 1);
}

TEST(block_query)
{
    MOFGEN_BLOCK_CALL call = call_for(FULL, 5);
    UCHAR buffer[8] = {0};
    ULONG used = 99;
    script.size = 4;
    EXPECT_STATUS(MofgenBlockQuery(&call, 4, buffer, &used), STATUS_SUCCESS);
    EXPECT_NUMBER(used, 4);
    EXPECT_BYTES(buffer, 0x15, 0x15, 0x15, 0x15, 0);
    expect_call(1, 5);
    EXPECT(script.request.Output == buffer);
    EXPECT_NUMBER(script.request.OutSize, 4);
    EXPECT_NULL(script.request.Input);
    EXPECT_STATUS(MofgenBlockQuery(&call, 3, buffer, &used), STATUS_BUFFER_TOO_SMALL);
    EXPECT_NUMBER(used, 4);
    EXPECT_STATUS(MofgenBlockQuery(&call, 8, NULL, &used), STATUS_BUFFER_TOO_SMALL);
    EXPECT_NUMBER(used, 4);
    script.status = STATUS_NOT_FOUND;
    EXPECT_STATUS(MofgenBlockQuery(&call, 8, buffer, &used), STATUS_NOT_FOUND);
    EXPECT_NUMBER(used, 0);
}

/* An index after the last block, for each function. */
TEST(block_that_is_not_there)
{
    for (ULONG i = 0; i < 2; i++) {
        MOFGEN_BLOCK_CALL call = call_for(i == 0 ? ARRAYSIZE(rows) : MAXULONG, 0);
        UCHAR buffer[8];
        ULONG used = 99;
        EXPECT_STATUS(MofgenBlockQuery(&call, 8, buffer, &used), STATUS_WMI_GUID_NOT_FOUND);
        EXPECT_NUMBER(used, 0);
        used = 99;
        EXPECT_STATUS(MofgenBlockQueryInstances(&call, 1, NULL, 8, buffer, &used), STATUS_WMI_GUID_NOT_FOUND);
        EXPECT_NUMBER(used, 0);
        EXPECT_STATUS(MofgenBlockSetInstance(&call, 8, buffer), STATUS_WMI_GUID_NOT_FOUND);
        EXPECT_STATUS(MofgenBlockSetItem(&call, 1, 8, buffer), STATUS_WMI_GUID_NOT_FOUND);
        used = 99;
        EXPECT_STATUS(MofgenBlockExecute(&call, 1, 8, 8, buffer, &used), STATUS_WMI_GUID_NOT_FOUND);
        EXPECT_NUMBER(used, 0);
        EXPECT_STATUS(MofgenBlockCollect(&call, TRUE), STATUS_WMI_GUID_NOT_FOUND);
    }
}

TEST(block_without_a_query)
{
    UCHAR buffer[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    ULONG used = 99;
    MOFGEN_BLOCK_CALL call = call_for(EMPTY, 0);
    EXPECT_STATUS(MofgenBlockQuery(&call, 8, buffer, &used), STATUS_SUCCESS);
    EXPECT_NUMBER(used, 0);
    call = call_for(METHODS, 0);
    EXPECT_STATUS(MofgenBlockQuery(&call, 3, buffer, &used), STATUS_BUFFER_TOO_SMALL);
    EXPECT_NUMBER(used, 4);
    EXPECT_STATUS(MofgenBlockQuery(&call, 4, buffer, &used), STATUS_SUCCESS);
    EXPECT_NUMBER(used, 4);
    EXPECT_BYTES(buffer, 0, 0, 0, 0, 1);
    call = call_for(EVENT, 0);
    EXPECT_STATUS(MofgenBlockQuery(&call, 8, buffer, &used), STATUS_INVALID_DEVICE_REQUEST);
    EXPECT_NUMBER(used, 0);
    call = call_for(MOF, 0);
    EXPECT_STATUS(MofgenBlockQuery(&call, 4, buffer, &used), STATUS_BUFFER_TOO_SMALL);
    EXPECT_NUMBER(used, 5);
    EXPECT_STATUS(MofgenBlockQuery(&call, 5, buffer, &used), STATUS_SUCCESS);
    EXPECT_BYTES(buffer, 0x46, 0x4F, 0x4D, 0x42, 0x07, 1);
}

/* Each instance on a boundary of 8 bytes, zeros between them, nothing after the last one. */
TEST(block_query_of_instances)
{
    MOFGEN_BLOCK_CALL call = call_for(FULL, 1);
    UCHAR buffer[32];
    ULONG lengths[3] = {99, 99, 99};
    ULONG used;
    script.size = 2;
    script.step = 1;
    memset(buffer, 0xEE, sizeof(buffer));
    EXPECT_STATUS(MofgenBlockQueryInstances(&call, 3, lengths, sizeof(buffer), buffer, &used), STATUS_SUCCESS);
    EXPECT_NUMBER(used, 21);
    expect_call(3, 3);
    EXPECT_NUMBER(lengths[0], 3);
    EXPECT_NUMBER(lengths[1], 4);
    EXPECT_NUMBER(lengths[2], 5);
    EXPECT_BYTES(
        buffer, 0x11, 0x11, 0x11, 0, 0, 0, 0, 0, 0x12, 0x12, 0x12, 0x12, 0, 0, 0, 0, 0x13, 0x13, 0x13, 0x13, 0x13, 0xEE);
    EXPECT_STATUS(MofgenBlockQueryInstances(&call, 3, NULL, 21, buffer, &used), STATUS_SUCCESS);
    EXPECT_NUMBER(used, 21);
}

/* If something does not fit, the size of all of them is computed, and no byte is written outside the buffer. */
TEST(block_query_of_instances_that_do_not_fit)
{
    for (ULONG room = 0; room < 21; room++) {
        MOFGEN_BLOCK_CALL call = call_for(FULL, 1);
        UCHAR *buffer = exact_copy("????????????????????", room);
        ULONG lengths[3] = {99, 99, 99};
        ULONG used;
        script.size = 2;
        script.step = 1;
        EXPECT_STATUS(
            MofgenBlockQueryInstances(&call, 3, room == 0 ? NULL : lengths, room, room == 0 ? NULL : buffer, &used),
            STATUS_BUFFER_TOO_SMALL);
        EXPECT_NUMBER(used, 21);
        EXPECT_NUMBER(lengths[2], room == 0 ? 99 : 5);
        EXPECT_NUMBER(script.calls, 3);
        free(buffer);
    }
    /* Without a buffer the size argument does not matter. */
    MOFGEN_BLOCK_CALL call = call_for(FULL, 1);
    ULONG used;
    script.size = 2;
    EXPECT_STATUS(MofgenBlockQueryInstances(&call, 3, NULL, 100, NULL, &used), STATUS_BUFFER_TOO_SMALL);
    EXPECT_NUMBER(used, 18);
    /* Lengths are stored only if there is a buffer. */
    ULONG lengths[1] = {99};
    EXPECT_STATUS(MofgenBlockQueryInstances(&call, 1, lengths, 0, NULL, &used), STATUS_BUFFER_TOO_SMALL);
    EXPECT_NUMBER(lengths[0], 99);
}

TEST(block_query_of_instances_without_data)
{
    MOFGEN_BLOCK_CALL call = call_for(FULL, 0);
    UCHAR buffer[24];
    ULONG lengths[3] = {99, 99, 99};
    ULONG used = 99;
    memset(buffer, 0xEE, sizeof(buffer));
    EXPECT_STATUS(MofgenBlockQueryInstances(&call, 2, lengths, 16, buffer, &used), STATUS_SUCCESS);
    EXPECT_NUMBER(used, 0);
    EXPECT_NUMBER(lengths[1], 0);
    EXPECT_STATUS(MofgenBlockQueryInstances(&call, 2, NULL, 0, NULL, &used), STATUS_SUCCESS);
    EXPECT_STATUS(MofgenBlockQueryInstances(&call, 0, NULL, 0, NULL, &used), STATUS_SUCCESS);
    EXPECT_NUMBER(used, 0);
    /* The last instances are empty: the bytes end where the first one ends. */
    call = call_for(FULL, 0);
    script.size = 6;
    script.step = (ULONG)-3;
    EXPECT_STATUS(MofgenBlockQueryInstances(&call, 3, lengths, 24, buffer, &used), STATUS_SUCCESS);
    EXPECT_NUMBER(used, 11);
    EXPECT_NUMBER(lengths[2], 0);
    EXPECT_BYTES(buffer, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0, 0, 0x11, 0x11, 0x11, 0xEE);
}

static NTSTATUS query_much(MOFGEN_BLOCK_INSTANCE *Instance, MOFGEN_REQUEST *Request)
{
    script.calls++;
    Request->Used = Instance->InstanceIndex == 0 ? 0xFFFFFFF8 : script.size;
    return STATUS_BUFFER_TOO_SMALL;
}

TEST(block_query_of_4_gb)
{
    static const MOFGEN_BLOCK much[] = {{.Query = query_much}};
    static const MOFGEN_BLOCKS these = {much, 1, NULL};
    const MOFGEN_BLOCK_CALL call = {&these, 0, 0, NULL, NULL, 0};
    ULONG used;
    reset();
    script.size = 7;
    EXPECT_STATUS(MofgenBlockQueryInstances(&call, 2, NULL, 0, NULL, &used), STATUS_BUFFER_TOO_SMALL);
    EXPECT_NUMBER(used, MAXULONG);
    script.size = 8;
    EXPECT_STATUS(MofgenBlockQueryInstances(&call, 2, NULL, 0, NULL, &used), STATUS_INTEGER_OVERFLOW);
    EXPECT_NUMBER(used, 0);
}

TEST(block_query_of_instances_that_fails)
{
    MOFGEN_BLOCK_CALL call = call_for(FULL, 0);
    UCHAR buffer[16];
    ULONG used = 99;
    script.status = STATUS_NOT_FOUND;
    EXPECT_STATUS(MofgenBlockQueryInstances(&call, 2, NULL, 16, buffer, &used), STATUS_NOT_FOUND);
    EXPECT_NUMBER(used, 0);
    EXPECT_NUMBER(script.calls, 1);
}

TEST(block_set_instance)
{
    MOFGEN_BLOCK_CALL call = call_for(FULL, 2);
    UCHAR buffer[4] = {0};
    EXPECT_STATUS(MofgenBlockSetInstance(&call, 4, buffer), STATUS_SUCCESS);
    expect_call(1, 2);
    EXPECT(script.request.Input == buffer);
    EXPECT_NUMBER(script.request.InSize, 4);
    EXPECT_NULL(script.request.Output);
    EXPECT_STATUS(MofgenBlockSetInstance(&call, 4, NULL), STATUS_SUCCESS);
    EXPECT_NUMBER(script.request.InSize, 0);
    script.status = STATUS_WMI_SET_FAILURE;
    EXPECT_STATUS(MofgenBlockSetInstance(&call, 4, buffer), STATUS_WMI_SET_FAILURE);
    call = call_for(METHODS, 2);
    EXPECT_STATUS(MofgenBlockSetInstance(&call, 4, buffer), STATUS_WMI_READ_ONLY);
    EXPECT_NUMBER(script.calls, 0);
}

TEST(block_set_item)
{
    MOFGEN_BLOCK_CALL call = call_for(FULL, 2);
    UCHAR buffer[4] = {0};
    EXPECT_STATUS(MofgenBlockSetItem(&call, 7, 4, buffer), STATUS_SUCCESS);
    expect_call(1, 2);
    EXPECT_NUMBER(script.id, 7);
    EXPECT(script.request.Input == buffer);
    EXPECT_NUMBER(script.request.InSize, 4);
    EXPECT_NULL(script.request.Output);
    script.status = STATUS_WMI_ITEMID_NOT_FOUND;
    EXPECT_STATUS(MofgenBlockSetItem(&call, 7, 4, buffer), STATUS_WMI_ITEMID_NOT_FOUND);
    call = call_for(METHODS, 2);
    EXPECT_STATUS(MofgenBlockSetItem(&call, 7, 4, buffer), STATUS_WMI_READ_ONLY);
    EXPECT_NUMBER(script.calls, 0);
}

TEST(block_execute)
{
    MOFGEN_BLOCK_CALL call = call_for(METHODS, 2);
    UCHAR buffer[8] = {0};
    ULONG used = 99;
    script.size = 6;
    EXPECT_STATUS(MofgenBlockExecute(&call, 9, 4, 8, buffer, &used), STATUS_SUCCESS);
    expect_call(1, 2);
    EXPECT_NUMBER(used, 6);
    EXPECT_NUMBER(script.id, 9);
    EXPECT(script.request.Input == buffer && script.request.Output == buffer);
    EXPECT_NUMBER(script.request.InSize, 4);
    EXPECT_NUMBER(script.request.OutSize, 8);
    EXPECT_STATUS(MofgenBlockExecute(&call, 9, 8, 4, buffer, &used), STATUS_BUFFER_TOO_SMALL);
    EXPECT_NUMBER(used, 6);
    script.status = STATUS_NOT_FOUND;
    EXPECT_STATUS(MofgenBlockExecute(&call, 9, 8, 8, buffer, &used), STATUS_NOT_FOUND);
    EXPECT_NUMBER(used, 0);
    call = call_for(EMPTY, 2);
    EXPECT_STATUS(MofgenBlockExecute(&call, 9, 8, 8, buffer, &used), STATUS_WMI_ITEMID_NOT_FOUND);
    EXPECT_NUMBER(used, 0);
}

TEST(block_collect)
{
    MOFGEN_BLOCK_CALL call = call_for(EMPTY, 0);
    EXPECT_STATUS(MofgenBlockCollect(&call, TRUE), STATUS_SUCCESS);
    call = call_for(FULL, 0);
    EXPECT_STATUS(MofgenBlockCollect(&call, TRUE), STATUS_SUCCESS);
    EXPECT_NUMBER(script.calls, 1);
    EXPECT(script.enable && script.device == &device);
    EXPECT_STATUS(MofgenBlockCollect(&call, FALSE), STATUS_SUCCESS);
    EXPECT(!script.enable);
    script.status = STATUS_PENDING;
    EXPECT_STATUS(MofgenBlockCollect(&call, TRUE), STATUS_UNSUCCESSFUL);
}

TEST(block_memory)
{
    MOFGEN_MEMORY memory;
    MOFGEN_BLOCK_INSTANCE instance = {NULL, 0, &memory};
    reset();
    MofgenArenaInitialize(&memory, working, sizeof(working));
    EXPECT(MofgenBlockAllocate(&instance, 8) == working);
    EXPECT_NUMBER(working[0], 0);
    EXPECT_NULL(MofgenBlockAllocate(&instance, sizeof(working)));
}

/* What a driver's function returned, and the resulting status: a function that is pending is called again later. */
TEST(block_statuses)
{
    EXPECT_STATUS(MofgenMapBlockStatus(STATUS_SUCCESS, STATUS_UNSUCCESSFUL), STATUS_SUCCESS);
    EXPECT_STATUS(MofgenMapBlockStatus(STATUS_PENDING, STATUS_UNSUCCESSFUL), STATUS_RETRY);
    EXPECT_STATUS(MofgenMapBlockStatus(STATUS_BUFFER_TOO_SMALL, STATUS_UNSUCCESSFUL), STATUS_UNSUCCESSFUL);
    EXPECT_STATUS(MofgenMapBlockStatus(STATUS_NOT_FOUND, STATUS_UNSUCCESSFUL), STATUS_NOT_FOUND);
    /* A driver's own STATUS_RETRY does not mean pending. */
    EXPECT_STATUS(MofgenMapBlockStatus(STATUS_RETRY, STATUS_WMI_SET_FAILURE), STATUS_UNSUCCESSFUL);
    EXPECT_STATUS(MofgenMapFinalStatus(STATUS_SUCCESS, STATUS_WMI_SET_FAILURE), STATUS_SUCCESS);
    EXPECT_STATUS(MofgenMapFinalStatus(STATUS_PENDING, STATUS_WMI_SET_FAILURE), STATUS_UNSUCCESSFUL);
    EXPECT_STATUS(MofgenMapFinalStatus(STATUS_RETRY, STATUS_WMI_SET_FAILURE), STATUS_UNSUCCESSFUL);
    EXPECT_STATUS(MofgenMapFinalStatus(STATUS_BUFFER_TOO_SMALL, STATUS_WMI_SET_FAILURE), STATUS_WMI_SET_FAILURE);
}
