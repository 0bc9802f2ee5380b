// How main.c sends requests to the one block of a program; each driver model implements it. The program defines BENCH_HEADER, BENCH_NAME and BENCH_SIZE: the block's header, its name, its size in a buffer.
#ifndef _BENCH_REQUESTS_H_
#define _BENCH_REQUESTS_H_

#define BENCH_PASTE(Prefix, Name, Suffix) Prefix##Name##Suffix
#define BENCH_JOIN(Prefix, Name, Suffix) BENCH_PASTE(Prefix, Name, Suffix)
#define BENCH_OF_BLOCK(Suffix) BENCH_JOIN(, BENCH_NAME, Suffix)
#define BENCH_WRAPPED(Suffix) BENCH_JOIN(__wrap_, BENCH_NAME, Suffix)
#define BENCH_DRIVERS(Suffix) BENCH_JOIN(__real_, BENCH_NAME, Suffix)

// Registers the block and starts the device.
VOID
BenchStart(VOID);

// Removes the device. The program stops if the driver left anything.
VOID
BenchStop(VOID);

// One request each, straight to the provider. *Used is the number of bytes of the answer, or what it needs.
NTSTATUS
BenchQuery(PVOID Buffer, ULONG Size, ULONG *Used);
NTSTATUS
BenchSetInstance(PVOID Buffer, ULONG Size);
NTSTATUS
BenchSetItem(ULONG Id, PVOID Buffer, ULONG Size);

// The status that the driver's Query and Set return from now on without doing anything else; STATUS_SUCCESS ends that.
extern NTSTATUS BenchDriverStatus;

#endif
