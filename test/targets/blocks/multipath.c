/*
 * A driver like a DSM: the functions of some classes of multipath.mof for two disks, an adapter with working memory for
 * each call, and requests for both.
 */
#include "../wdm/rig.h"

#include <dsm.h>

#include "multipath_wmi.h"

/* ---- The driver ---- */

#define DISKS 2
#define PATHS 3

typedef struct disk {
    Multipath_Path paths[PATHS];
    Multipath_Policy policy;
    /* A search for paths is running: requests have to wait. */
    BOOLEAN busy;
} disk;

typedef struct dsm {
    disk disks[DISKS];
} dsm;

static disk *disk_of(PMULTIPATH_WMI_INSTANCE instance)
{
    dsm *dsm = instance->DeviceContext;
    return &dsm->disks[instance->InstanceIndex];
}

static VOID name_port(Multipath_Path *path, const WCHAR *characters, USHORT size)
{
    path->Port[0] = size;
    memcpy(path->Port + 1, characters, size);
}

NTSTATUS Multipath_Paths_Create(PMULTIPATH_WMI_INSTANCE Instance)
{
    disk *disk = disk_of(Instance);
    for (ULONG i = 0; i < PATHS; i++) {
        disk->paths[i].PathId = 0x1000 + i;
        name_port(&disk->paths[i], L"fc", 4);
    }
    return STATUS_SUCCESS;
}

/* A copy in the memory of the call: the paths may change as soon as this returns. */
NTSTATUS Multipath_Paths_Query(PMULTIPATH_WMI_INSTANCE Instance, Multipath_Paths_VALUES *Data)
{
    static WCHAR disk_name[] = L"disk";
    disk *disk = disk_of(Instance);
    if (disk->busy) {
        return STATUS_PENDING;
    }
    Multipath_Path *paths = MultipathWmiAllocate(Instance, sizeof(disk->paths));
    if (paths == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    memcpy(paths, disk->paths, sizeof(disk->paths));
    Data->PathCount = PATHS - Instance->InstanceIndex;
    Data->Paths = paths;
    RtlInitUnicodeString(&Data->Disk, disk_name);
    return STATUS_SUCCESS;
}

NTSTATUS Multipath_Policy_Create(PMULTIPATH_WMI_INSTANCE Instance)
{
    disk_of(Instance)->policy.RetryCount = 3;
    return STATUS_SUCCESS;
}

NTSTATUS Multipath_Policy_Query(PMULTIPATH_WMI_INSTANCE Instance, Multipath_Policy *Data)
{
    *Data = disk_of(Instance)->policy;
    return STATUS_SUCCESS;
}

NTSTATUS Multipath_Policy_Set(
    PMULTIPATH_WMI_INSTANCE Instance,
    const Multipath_Policy *Data,
    const Multipath_Policy_CHANGED *Changed)
{
    disk *disk = disk_of(Instance);
    ULONG policy = Changed->Policy ? Data->Policy : disk->policy.Policy;
    if (disk->busy) {
        return STATUS_PENDING;
    }
    if (policy > 4) {
        return STATUS_INVALID_PARAMETER;
    }
    disk->policy.Policy = policy;
    disk->policy.RetryCount = Changed->RetryCount ? Data->RetryCount : disk->policy.RetryCount;
    return STATUS_SUCCESS;
}

NTSTATUS Multipath_Operations_Create(PMULTIPATH_WMI_INSTANCE Instance)
{
    (VOID)Instance;
    return STATUS_SUCCESS;
}

NTSTATUS Multipath_Operations_Clear(PMULTIPATH_WMI_INSTANCE Instance)
{
    disk_of(Instance)->policy.Failovers = 0;
    return STATUS_SUCCESS;
}

NTSTATUS Multipath_Operations_Rename_Prepare(
    PMULTIPATH_WMI_INSTANCE Instance,
    ULONG Index,
    const UNICODE_STRING *Port,
    UNICODE_STRING *OldPort)
{
    disk *disk = disk_of(Instance);
    if (Index >= PATHS || Port->Length > 15 * sizeof(WCHAR)) {
        return STATUS_INVALID_PARAMETER;
    }
    OldPort->Length = disk->paths[Index].Port[0];
    OldPort->Buffer = disk->paths[Index].Port + 1;
    return STATUS_SUCCESS;
}

NTSTATUS Multipath_Operations_Rename_Commit(
    PMULTIPATH_WMI_INSTANCE Instance,
    ULONG Index,
    const UNICODE_STRING *Port,
    const UNICODE_STRING *OldPort)
{
    (VOID)OldPort;
    name_port(&disk_of(Instance)->paths[Index], Port->Buffer, Port->Length);
    return STATUS_SUCCESS;
}

/* The number of keys; the keys themselves are not stored. */
static ULONG key_count;

NTSTATUS Multipath_Keys_Create(PMULTIPATH_WMI_INSTANCE Instance)
{
    (VOID)Instance;
    return STATUS_SUCCESS;
}

NTSTATUS Multipath_Keys_Query(PMULTIPATH_WMI_INSTANCE Instance, Multipath_Keys_VALUES *Data)
{
    (VOID)Instance;
    Data->KeyCount = key_count;
    return STATUS_SUCCESS;
}

NTSTATUS Multipath_Keys_Set(
    PMULTIPATH_WMI_INSTANCE Instance,
    const Multipath_Keys_VALUES *Data,
    const Multipath_Keys_CHANGED *Changed)
{
    (VOID)Instance;
    if (Changed->KeyCount) {
        key_count = Data->KeyCount;
    }
    return STATUS_SUCCESS;
}

/* ---- The adapter ---- */

static dsm context;
static ULONG memory_size = 4096;

static NTSTATUS query_data(
    PVOID DsmContext,
    PDSM_IDS DsmIds,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG InstanceCount,
    PULONG InstanceLengthArray,
    ULONG BufferAvail,
    PUCHAR Buffer,
    PULONG DataLength,
    ...)
{
    PVOID memory = malloc(memory_size);
    MOFGEN_BLOCK_CALL call = {&MultipathWmiBlocks, GuidIndex, InstanceIndex, DsmContext, memory, memory_size};
    NTSTATUS status;
    (VOID)DsmIds;
    (VOID)Irp;
    memset(memory, 0xA5, memory_size);
    status = MofgenBlockQueryInstances(&call, InstanceCount, InstanceLengthArray, BufferAvail, Buffer, DataLength);
    free(memory);
    return status;
}

static NTSTATUS query_block(const GUID *guid, ULONG first, ULONG count, ULONG *lengths, ULONG room, UCHAR *buffer, ULONG *used)
{
    DSM_QUERY_DATABLOCK query = query_data;
    ULONG index;
    EXPECT(MofgenBlockFind(&MultipathWmiBlocks, guid, &index), STATUS_SUCCESS);
    return query(&context, NULL, NULL, index, first, count, lengths, room, buffer, used);
}

static NTSTATUS execute_method(ULONG instance, ULONG id, UCHAR *buffer, ULONG in, ULONG out, ULONG *used)
{
    static const GUID guid = Multipath_OperationsGuid;
    static ULONGLONG memory[16];
    MOFGEN_BLOCK_CALL call = {&MultipathWmiBlocks, 0, instance, &context, memory, sizeof(memory)};
    EXPECT(MofgenBlockFind(&MultipathWmiBlocks, &guid, &call.GuidIndex), STATUS_SUCCESS);
    return MofgenBlockExecute(&call, id, in, out, buffer, used);
}

/* ---- Requests ---- */

static const GUID paths_guid = Multipath_PathsGuid;
static const GUID policy_guid = Multipath_PolicyGuid;
static const GUID event_guid = Multipath_PathChangedGuid;

#define PATHS_AT 8
#define STRING_SIZE (2 + 4 * 2)

static VOID query_paths(VOID)
{
    UCHAR buffer[512];
    ULONG lengths[DISKS] = {0, 0};
    ULONG sizes[DISKS];
    ULONG used;
    Multipath_Path path;
    for (ULONG i = 0; i < DISKS; i++) {
        sizes[i] = PATHS_AT + (PATHS - i) * (ULONG)sizeof(Multipath_Path) + STRING_SIZE;
    }
    EXPECT(query_block(&paths_guid, 0, DISKS, NULL, 0, NULL, &used), STATUS_BUFFER_TOO_SMALL);
    ULONG second = (sizes[0] + 7) / 8 * 8;
    host_check(used == second + sizes[1], "%u bytes are needed", used);
    for (ULONG room = 1; room < used; room++) {
        UCHAR *exact = malloc(room);
        ULONG needed;
        EXPECT(query_block(&paths_guid, 0, DISKS, lengths, room, exact, &needed), STATUS_BUFFER_TOO_SMALL);
        host_check(needed == used, "room %u: %u bytes are needed", room, needed);
        free(exact);
    }
    memset(buffer, 0xEE, sizeof(buffer));
    EXPECT(query_block(&paths_guid, 0, DISKS, lengths, used, buffer, &used), STATUS_SUCCESS);
    host_check(lengths[0] == sizes[0] && lengths[1] == sizes[1], "lengths %u and %u", lengths[0], lengths[1]);
    for (ULONG i = sizes[0]; i < second; i++) {
        host_check(buffer[i] == 0, "stale bytes between instances");
    }
    host_check(ulong_at(buffer, 0) == PATHS && ulong_at(buffer, second) == PATHS - 1, "not the counts of the disks");
    memcpy(&path, buffer + second + PATHS_AT + sizeof(path), sizeof(path));
    /* A string with MaxLen is sent in its full size. */
    host_check(path.PathId == 0x1001 && path.Port[0] == 30 && path.Port[1] == 'f', "not the second path");
    host_check(buffer[used] == 0xEE, "bytes after the end");

    /* Less working memory than the copy of the paths. */
    memory_size = sizeof(Multipath_Path) * PATHS - 1;
    EXPECT(
        query_block(&paths_guid, 0, 1, lengths, sizeof(buffer), buffer, &used), STATUS_INSUFFICIENT_RESOURCES);
    memory_size = sizeof(Multipath_Path) * PATHS;
    EXPECT(query_block(&paths_guid, 0, 1, lengths, sizeof(buffer), buffer, &used), STATUS_SUCCESS);

    /* A driver that cannot answer yet: nothing is encoded, and the call is repeated. */
    context.disks[1].busy = TRUE;
    EXPECT(query_block(&paths_guid, 0, DISKS, lengths, sizeof(buffer), buffer, &used), STATUS_RETRY);
    host_check(used == 0, "%u bytes of an answer that is not there", used);
    context.disks[1].busy = FALSE;
    EXPECT(query_block(&paths_guid, 0, DISKS, lengths, sizeof(buffer), buffer, &used), STATUS_SUCCESS);
}

static VOID set_policy(VOID)
{
    Multipath_Policy policy;
    MOFGEN_BLOCK_CALL call = {&MultipathWmiBlocks, 0, 1, &context, NULL, 0};
    ULONG value = 2;
    ULONG used;
    EXPECT(MofgenBlockFind(&MultipathWmiBlocks, &policy_guid, &call.GuidIndex), STATUS_SUCCESS);
    context.disks[1].busy = TRUE;
    EXPECT(MofgenBlockSetItem(&call, 1, sizeof(value), &value), STATUS_RETRY);
    context.disks[1].busy = FALSE;
    EXPECT(MofgenBlockSetItem(&call, 1, sizeof(value), &value), STATUS_SUCCESS);
    EXPECT(MofgenBlockSetItem(&call, 3, 8, &policy), STATUS_WMI_READ_ONLY);
    value = 5;
    EXPECT(MofgenBlockSetItem(&call, 1, sizeof(value), &value), STATUS_INVALID_PARAMETER);
    EXPECT(query_block(&policy_guid, 1, 1, &used, sizeof(policy), (PUCHAR)&policy, &used), STATUS_SUCCESS);
    host_check(policy.Policy == 2 && policy.RetryCount == 3, "policy %u, retries %u", policy.Policy, policy.RetryCount);
    policy.Policy = 4;
    policy.RetryCount = 9;
    EXPECT(MofgenBlockSetInstance(&call, sizeof(policy), &policy), STATUS_SUCCESS);
    host_check(context.disks[1].policy.RetryCount == 9, "the instance is not set");
    host_check(context.disks[0].policy.RetryCount == 3, "another disk is changed");
}

static VOID execute_operations(VOID)
{
    UCHAR buffer[32];
    ULONG used;
    const USHORT name[] = {3 * 2, 'i', 'b', '0'};
    memset(buffer, 0, sizeof(buffer));
    buffer[0] = 1;
    memcpy(buffer + 4, name, sizeof(name));
    EXPECT(execute_method(1, Rename, buffer, 4 + sizeof(name) - 1, sizeof(buffer), &used), STATUS_INVALID_PARAMETER_MIX);
    EXPECT(execute_method(1, Rename, buffer, 4 + sizeof(name), 5, &used), STATUS_BUFFER_TOO_SMALL);
    host_check(used == 6, "%u bytes are needed", used);
    host_check(context.disks[1].paths[1].Port[0] == 4, "an output that does not fit has had an effect");
    EXPECT(execute_method(1, Rename, buffer, 4 + sizeof(name), sizeof(buffer), &used), STATUS_SUCCESS);
    host_check(used == 6 && buffer[0] == 4 && buffer[2] == 'f', "not the old name");
    host_check(
        context.disks[1].paths[1].Port[0] == 6 && context.disks[1].paths[1].Port[3] == '0', "the path has its old name");
    context.disks[0].policy.Failovers = 7;
    EXPECT(execute_method(0, Clear, NULL, 0, 0, &used), STATUS_SUCCESS);
    host_check(context.disks[0].policy.Failovers == 0, "not cleared");
    EXPECT(execute_method(0, 3, NULL, 0, 0, &used), STATUS_WMI_ITEMID_NOT_FOUND);
}

static VOID encode_event(VOID)
{
    Multipath_PathChanged event;
    UCHAR buffer[sizeof(event)];
    ULONG used;
    event.Path = context.disks[0].paths[2];
    EXPECT(Multipath_PathChanged_Encode(&event, 0, NULL, &used), STATUS_BUFFER_TOO_SMALL);
    host_check(used == Multipath_PathChanged_SIZE, "%u bytes are needed", used);
    EXPECT(Multipath_PathChanged_Encode(&event, used, buffer, &used), STATUS_SUCCESS);
    host_check(ulong_at(buffer, 0) == 0x1002, "not the path");
    EXPECT(query_block(&event_guid, 0, 1, NULL, 0, NULL, &used), STATUS_INVALID_DEVICE_REQUEST);
}

/* Keys are shown as zeros, which take working memory where there are keys. */
static VOID hide_keys(VOID)
{
    static const GUID guid = Multipath_KeysGuid;
    static ULONGLONG memory[2];
    MOFGEN_BLOCK_CALL call;
    UCHAR buffer[24];
    ULONG index;
    ULONG used;
    EXPECT(MofgenBlockFind(&MultipathWmiBlocks, &guid, &index), STATUS_SUCCESS);
    MofgenBlockCallInitialize(&call, &MultipathWmiBlocks, index, 0, &context);
    EXPECT(MofgenBlockQuery(&call, sizeof(buffer), buffer, &used), STATUS_SUCCESS);
    host_check(used == 4 && ulong_at(buffer, 0) == 0, "%u bytes", used);
    key_count = 2;
    EXPECT(MofgenBlockQuery(&call, sizeof(buffer), buffer, &used), STATUS_INSUFFICIENT_RESOURCES);
    call.Memory = memory;
    call.MemorySize = sizeof(memory);
    memset(buffer, 0xEE, sizeof(buffer));
    memset(memory, 0xEE, sizeof(memory));
    EXPECT(MofgenBlockQuery(&call, sizeof(buffer), buffer, &used), STATUS_SUCCESS);
    host_check(used == 24 && ulong_at(buffer, 0) == 2, "%u bytes", used);
    for (ULONG i = 4; i < used; i++) {
        host_check(buffer[i] == 0, "a key is shown");
    }
}

int main(void)
{
    static const GUID not_chosen = {0x7C0B1D60, 0x54D1, 0x4C7B, {0x9C, 0x44, 0x20, 0xB1, 0xB6, 0xC0, 0xA1, 0x05}};
    ULONG index;
    host_check(MultipathWmiBlocks.BlockCount == 5, "%u blocks", MultipathWmiBlocks.BlockCount);
    host_check(MultipathWmiBlocks.MofResource == NULL, "someone else's MOF is shipped again");
    EXPECT(MofgenBlockFind(&MultipathWmiBlocks, &not_chosen, &index), STATUS_WMI_GUID_NOT_FOUND);

    host_set_irql(DISPATCH_LEVEL);
    EXPECT(MultipathWmiInitialize(&context), STATUS_SUCCESS);
    for (index = 0; index < MultipathWmiBlocks.BlockCount; index++) {
        EXPECT(MofgenBlockCreate(&MultipathWmiBlocks.Blocks[index], &context, 1), STATUS_SUCCESS);
    }
    query_paths();
    set_policy();
    execute_operations();
    encode_event();
    hide_keys();
    host_set_irql(PASSIVE_LEVEL);
    host_check(host_allocation_count() == 0, "%u allocations", host_allocation_count());
    host_expect_nothing_left();
    printf("multipath: all fine\n");
    return 0;
}
