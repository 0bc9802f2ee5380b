// Sends requests to a provider: one kind of request many times, to count its instructions, or all kinds once, to print the
// results.
#include <ntddk.h>

#include "../../test/c/host/host.h"
#include "requests.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

NTSTATUS BenchDriverStatus = STATUS_SUCCESS;

// Aligned as the buffers of WMI are.
static union
{
    ULONGLONG Aligned[128];
    UCHAR Bytes[1024];
} buffer;

static UCHAR data[sizeof(buffer)];
static ULONG dataSize;

static VOID
ReadData(const char *path)
{
    FILE *file = fopen(path, "rb");

    host_check(file != NULL, "%s cannot be read", path);
    dataSize = (ULONG)fread(data, 1, sizeof(data), file);
    fclose(file);
}

static VOID
Check(NTSTATUS status)
{
    host_check(status == STATUS_SUCCESS, "%s", host_status_name(status));
}

// The counted part. The buffers of set requests have the data already, so no copy is counted.
static VOID
Repeat(const char *request, ULONG times)
{
    ULONG used;

    RtlCopyMemory(buffer.Bytes, data, dataSize);
    Check(BenchSetInstance(buffer.Bytes, dataSize));
    for (; times > 0; times -= 1)
    {
        if (strcmp(request, "query") == 0)
        {
            Check(BenchQuery(buffer.Bytes, sizeof(buffer), &used));
            host_check(used == dataSize, "%u bytes", used);
        }
        else if (strcmp(request, "set") == 0)
        {
            Check(BenchSetInstance(buffer.Bytes, dataSize));
        }
        else
        {
            Check(BenchSetItem(1, buffer.Bytes, 8));
        }
    }
}

static VOID
PrintQuery(ULONG size)
{
    ULONG used = 0;
    NTSTATUS status;
    ULONG i;

    memset(buffer.Bytes, 0xCC, sizeof(buffer));
    status = BenchQuery(size == 0 ? NULL : buffer.Bytes, size, &used);
    printf("query of %u: %s, %u bytes:", size, host_status_name(status), used);
    for (i = 0; i < size; i += 1)
    {
        printf(" %02X", buffer.Bytes[i]);
    }
    printf("\n");
}

static VOID
PrintSet(ULONG size)
{
    memset(buffer.Bytes, (int)size + 1, sizeof(buffer));
    printf("set of %u: %s\n", size, host_status_name(BenchSetInstance(buffer.Bytes, size)));
}

static VOID
PrintSetItem(ULONG id, ULONG size)
{
    memset(buffer.Bytes, (int)(16 * id + size), sizeof(buffer));
    printf("set of %u, %u: %s\n", id, size, host_status_name(BenchSetItem(id, buffer.Bytes, size)));
}

// Two providers that print the same answer the same requests in the same way.
static VOID
Print(VOID)
{
    static const NTSTATUS statuses[] = {
        STATUS_UNSUCCESSFUL,
        STATUS_BUFFER_TOO_SMALL,
        STATUS_PENDING,
        STATUS_WMI_READ_ONLY,
        STATUS_OBJECT_NAME_EXISTS,
    };
    ULONG size = BENCH_SIZE;
    ULONG id;
    ULONG i;

    for (i = 0; i <= size + 8; i += 1)
    {
        PrintQuery(i);
        PrintSet(i);
        PrintQuery(size);
    }
    for (id = 0; id <= 20; id += 1)
    {
        for (i = 0; i <= 9; i += 1)
        {
            PrintSetItem(id, i);
            PrintQuery(size);
        }
    }
    for (i = 0; i < RTL_NUMBER_OF(statuses); i += 1)
    {
        BenchDriverStatus = statuses[i];
        printf("%s of the driver\n", host_status_name(statuses[i]));
        PrintQuery(size);
        PrintSet(size);
        PrintSetItem(1, 8);
    }
    BenchDriverStatus = STATUS_SUCCESS;
    PrintQuery(size);
}

int
main(int argc, char **argv)
{
    host_check(argc == 1 || argc == 4, "nothing, or which request, how often and with which data?");
    BenchStart();
    if (argc == 4)
    {
        ReadData(argv[3]);
        Repeat(argv[1], (ULONG)strtoul(argv[2], NULL, 10));
    }
    else
    {
        Print();
    }
    BenchStop();
    host_expect_nothing_left();
    return 0;
}
