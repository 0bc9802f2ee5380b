/* Levels, locks, time and strings of the kernel, and what a callback has to leave as it was; no devices here. */
#include "internal.h"

#define MUTEX_READY 0x4D555458
#define FAST_READY 0x46535458
#define SPIN_READY 0x53504E4C

static KIRQL irql = PASSIVE_LEVEL;
static ULONG held_locks;
static LONGLONG system_time = 0x01DAFEDCBA987654;

KIRQL NTAPI KeGetCurrentIrql(VOID)
{
    return irql;
}

VOID host_set_irql(KIRQL level)
{
    irql = level;
}

VOID host_paged_code(const char *file, int line)
{
    if (irql > APC_LEVEL) {
        host_stop(file, line, "PAGED_CODE()", "paged code at IRQL %u", irql);
    }
}

ULONG host_held_locks(VOID)
{
    return held_locks;
}

VOID host_lock_taken(VOID)
{
    held_locks++;
}

VOID host_lock_released(VOID)
{
    held_locks--;
}

host_surroundings host_enter_callback(VOID)
{
    host_surroundings now = {held_locks, irql};
    return now;
}

VOID host_leave_callback(const host_surroundings *before, const char *callback)
{
    host_check(
        held_locks == before->held_locks,
        "%s left %u locks held that it found as %u",
        callback,
        held_locks,
        before->held_locks);
    host_check(
        irql == before->irql,
        "%s left IRQL %u that it found as %u",
        callback,
        irql,
        before->irql);
}

VOID NTAPI KeQuerySystemTime(PLARGE_INTEGER CurrentTime)
{
    CurrentTime->QuadPart = system_time;
}

LONGLONG host_system_time(VOID)
{
    return system_time;
}

VOID host_set_system_time(LONGLONG time)
{
    system_time = time;
}

/* ---- Mutexes: one thread, so that a wait for a held lock would never end ---- */

VOID NTAPI KeInitializeMutex(PRKMUTEX Mutex, ULONG Level)
{
    host_check(Level == 0, "KeInitializeMutex: the level is reserved");
    Mutex->Initialized = MUTEX_READY;
    Mutex->Depth = 0;
}

NTSTATUS NTAPI KeWaitForSingleObject(
    PVOID Object,
    KWAIT_REASON WaitReason,
    KPROCESSOR_MODE WaitMode,
    BOOLEAN Alertable,
    PLARGE_INTEGER Timeout)
{
    PRKMUTEX mutex = Object;
    host_check(mutex->Initialized == MUTEX_READY, "KeWaitForSingleObject: no mutex that is ready");
    host_check(WaitReason == Executive && WaitMode == KernelMode && !Alertable, "a wait of a driver");
    host_check(irql <= (Timeout == NULL ? APC_LEVEL : DISPATCH_LEVEL), "a wait at IRQL %u", irql);
    /* Its owner may take a mutex again. */
    mutex->Depth++;
    held_locks++;
    return STATUS_SUCCESS;
}

LONG NTAPI KeReleaseMutex(PRKMUTEX Mutex, BOOLEAN Wait)
{
    host_check(Mutex->Initialized == MUTEX_READY, "KeReleaseMutex: no mutex that is ready");
    host_check(!Wait, "KeReleaseMutex: no wait follows");
    host_check(Mutex->Depth > 0, "KeReleaseMutex: the mutex is not held");
    Mutex->Depth--;
    held_locks--;
    return Mutex->Depth;
}

VOID NTAPI ExInitializeFastMutex(PFAST_MUTEX FastMutex)
{
    FastMutex->Initialized = FAST_READY;
    FastMutex->Held = 0;
    FastMutex->OldIrql = PASSIVE_LEVEL;
}

VOID NTAPI ExAcquireFastMutex(PFAST_MUTEX FastMutex)
{
    host_check(FastMutex->Initialized == FAST_READY, "ExAcquireFastMutex: no mutex that is ready");
    host_check(irql <= APC_LEVEL, "ExAcquireFastMutex at IRQL %u", irql);
    host_check(!FastMutex->Held, "ExAcquireFastMutex: a deadlock, for the mutex is held");
    FastMutex->Held = 1;
    FastMutex->OldIrql = irql;
    irql = APC_LEVEL;
    held_locks++;
}

VOID NTAPI ExReleaseFastMutex(PFAST_MUTEX FastMutex)
{
    host_check(FastMutex->Initialized == FAST_READY, "ExReleaseFastMutex: no mutex that is ready");
    host_check(FastMutex->Held, "ExReleaseFastMutex: the mutex is not held");
    host_check(irql == APC_LEVEL, "ExReleaseFastMutex at IRQL %u", irql);
    FastMutex->Held = 0;
    irql = FastMutex->OldIrql;
    held_locks--;
}

VOID NTAPI KeInitializeSpinLock(PKSPIN_LOCK SpinLock)
{
    SpinLock->Initialized = SPIN_READY;
    SpinLock->Held = 0;
}

VOID NTAPI host_acquire_spin_lock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql)
{
    host_check(SpinLock->Initialized == SPIN_READY, "KeAcquireSpinLock: no lock that is ready");
    host_check(irql <= DISPATCH_LEVEL, "KeAcquireSpinLock at IRQL %u", irql);
    host_check(!SpinLock->Held, "KeAcquireSpinLock: a deadlock, for the lock is held");
    SpinLock->Held = 1;
    *OldIrql = irql;
    irql = DISPATCH_LEVEL;
    held_locks++;
}

VOID NTAPI KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql)
{
    host_check(SpinLock->Initialized == SPIN_READY, "KeReleaseSpinLock: no lock that is ready");
    host_check(SpinLock->Held, "KeReleaseSpinLock: the lock is not held");
    host_check(irql == DISPATCH_LEVEL, "KeReleaseSpinLock at IRQL %u", irql);
    SpinLock->Held = 0;
    irql = NewIrql;
    held_locks--;
}

/* ---- Memory and strings ---- */

PVOID NTAPI RtlSecureZeroMemory(PVOID Pointer, SIZE_T Size)
{
    return memset(Pointer, 0, Size);
}

SIZE_T NTAPI RtlCompareMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length)
{
    const UCHAR *left = Source1;
    const UCHAR *right = Source2;
    SIZE_T equal = 0;
    while (equal < Length && left[equal] == right[equal]) {
        equal++;
    }
    return equal;
}

VOID NTAPI RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
    size_t length = 0;
    if (SourceString != NULL) {
        while (SourceString[length] != UNICODE_NULL) {
            length++;
        }
        host_check(length < 32767, "RtlInitUnicodeString: %zu characters", length);
    }
    DestinationString->Length = (USHORT)(length * sizeof(WCHAR));
    DestinationString->MaximumLength =
        SourceString == NULL ? 0 : (USHORT)((length + 1) * sizeof(WCHAR));
    DestinationString->Buffer = (PWCH)(uintptr_t)SourceString;
}

VOID NTAPI RtlCopyUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString)
{
    USHORT length = SourceString == NULL ? 0 : SourceString->Length;
    if (length > DestinationString->MaximumLength) {
        length = DestinationString->MaximumLength;
    }
    if (length > 0) {
        memmove(DestinationString->Buffer, SourceString->Buffer, length);
    }
    DestinationString->Length = length;
    if (length + sizeof(WCHAR) <= DestinationString->MaximumLength) {
        DestinationString->Buffer[length / sizeof(WCHAR)] = UNICODE_NULL;
    }
}

/* ---- Regions ---- */

host_region host_open_region(PUCHAR origin, ULONG size)
{
    host_region region = {NULL, origin, size};
    if (size > 0) {
        region.copy = host_own_memory(size);
        memcpy(region.copy, origin, size);
    }
    return region;
}

VOID host_close_region(host_region *region)
{
    if (region->copy != NULL) {
        memcpy(region->origin, region->copy, region->size);
        free(region->copy);
        region->copy = NULL;
    }
}

/* ---- The end ---- */

ULONG (*host_count_objects)(VOID);

VOID host_expect_nothing_left(VOID)
{
    if (host_live_blocks() != 0) {
        host_print_live_blocks();
    }
    host_check(host_live_blocks() == 0, "%u pool blocks were never freed", host_live_blocks());
    if (host_count_objects != NULL) {
        ULONG objects = host_count_objects();
        host_check(objects == 0, "%u framework objects were never deleted", objects);
    }
    host_check(host_open_irps() == 0, "%u requests were never completed", host_open_irps());
    host_check(held_locks == 0, "%u locks were never released", held_locks);
    host_check(irql == PASSIVE_LEVEL, "IRQL %u was never lowered", irql);
}
