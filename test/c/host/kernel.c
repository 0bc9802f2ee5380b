/* Levels, locks, time and strings of the kernel, and the state that a callback has to restore. */
#include "internal.h"

#define MUTEX_READY 0x4D555458
#define FAST_READY 0x46535458
#define SPIN_READY 0x53504E4C

static _Thread_local KIRQL irql = PASSIVE_LEVEL;
static _Thread_local ULONG held_locks;
/* Of all threads. */
static ULONG all_held_locks;
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
    __atomic_fetch_add(&all_held_locks, 1, __ATOMIC_RELAXED);
}

VOID host_lock_released(VOID)
{
    held_locks--;
    __atomic_fetch_sub(&all_held_locks, 1, __ATOMIC_RELAXED);
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

/* ---- Mutexes and spin locks ---- */

VOID NTAPI KeInitializeMutex(PRKMUTEX Mutex, ULONG Level)
{
    host_check(Level == 0, "KeInitializeMutex: the level is reserved");
    Mutex->Initialized = MUTEX_READY;
    Mutex->Depth = 0;
    Mutex->Owner = NULL;
}

/*
 * Documentation of KeWaitForSingleObject: at IRQL <= APC_LEVEL, or DISPATCH_LEVEL with a time-out of zero. A driver waits
 * in kernel mode, for the reason Executive, and is not alerted.
 */
NTSTATUS NTAPI KeWaitForSingleObject(
    PVOID Object,
    KWAIT_REASON WaitReason,
    KPROCESSOR_MODE WaitMode,
    BOOLEAN Alertable,
    PLARGE_INTEGER Timeout)
{
    PRKMUTEX mutex = Object;
    BOOLEAN waits = Timeout == NULL || Timeout->QuadPart != 0;
    host_check(mutex->Initialized == MUTEX_READY, "KeWaitForSingleObject: no mutex that is ready");
    host_check(WaitReason == Executive && WaitMode == KernelMode && !Alertable, "a wait of a driver");
    host_check(irql <= (waits ? APC_LEVEL : DISPATCH_LEVEL), "a wait at IRQL %u", irql);
    /* The owner of a mutex may acquire it again ("Mutex Objects"). */
    if (host_owns(&mutex->Owner)) {
        host_lock_taken();
    } else if (!host_acquire(
                   &mutex->Owner,
                   Timeout == NULL ? NULL : &Timeout->QuadPart,
                   "KeWaitForSingleObject")) {
        return STATUS_TIMEOUT;
    }
    mutex->Depth++;
    return STATUS_SUCCESS;
}

/*
 * Documentation of KeReleaseMutex: at IRQL <= DISPATCH_LEVEL, by the thread that owns the mutex. It returns zero when the
 * mutex is free, else the state before, which counts down from zero.
 */
LONG NTAPI KeReleaseMutex(PRKMUTEX Mutex, BOOLEAN Wait)
{
    host_check(Mutex->Initialized == MUTEX_READY, "KeReleaseMutex: no mutex that is ready");
    host_check(!Wait, "KeReleaseMutex: no wait follows");
    host_check(irql <= DISPATCH_LEVEL, "KeReleaseMutex at IRQL %u", irql);
    host_check(
        host_owns(&Mutex->Owner),
        "STATUS_MUTANT_NOT_OWNED, KeReleaseMutex: the mutex is not held by this thread");
    LONG left = --Mutex->Depth;
    if (left > 0) {
        host_lock_released();
    } else {
        host_release(&Mutex->Owner);
    }
    return -left;
}

VOID NTAPI ExInitializeFastMutex(PFAST_MUTEX FastMutex)
{
    FastMutex->Initialized = FAST_READY;
    FastMutex->OldIrql = PASSIVE_LEVEL;
    FastMutex->Owner = NULL;
}

VOID NTAPI ExAcquireFastMutex(PFAST_MUTEX FastMutex)
{
    host_check(FastMutex->Initialized == FAST_READY, "ExAcquireFastMutex: no mutex that is ready");
    host_check(irql <= APC_LEVEL, "ExAcquireFastMutex at IRQL %u", irql);
    host_acquire(&FastMutex->Owner, NULL, "ExAcquireFastMutex");
    FastMutex->OldIrql = irql;
    irql = APC_LEVEL;
}

VOID NTAPI ExReleaseFastMutex(PFAST_MUTEX FastMutex)
{
    host_check(FastMutex->Initialized == FAST_READY, "ExReleaseFastMutex: no mutex that is ready");
    host_check(
        host_owns(&FastMutex->Owner), "ExReleaseFastMutex: the mutex is not held by this thread");
    host_check(irql == APC_LEVEL, "ExReleaseFastMutex at IRQL %u", irql);
    irql = FastMutex->OldIrql;
    host_release(&FastMutex->Owner);
}

VOID NTAPI KeInitializeSpinLock(PKSPIN_LOCK SpinLock)
{
    SpinLock->Initialized = SPIN_READY;
    SpinLock->Owner = NULL;
}

VOID NTAPI host_acquire_spin_lock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql)
{
    host_check(SpinLock->Initialized == SPIN_READY, "KeAcquireSpinLock: no lock that is ready");
    host_check(irql <= DISPATCH_LEVEL, "KeAcquireSpinLock at IRQL %u", irql);
    host_acquire(&SpinLock->Owner, NULL, "KeAcquireSpinLock");
    *OldIrql = irql;
    irql = DISPATCH_LEVEL;
}

VOID NTAPI KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql)
{
    host_check(SpinLock->Initialized == SPIN_READY, "KeReleaseSpinLock: no lock that is ready");
    host_check(host_owns(&SpinLock->Owner), "KeReleaseSpinLock: the lock is not held by this thread");
    host_check(irql == DISPATCH_LEVEL, "KeReleaseSpinLock at IRQL %u", irql);
    irql = NewIrql;
    host_release(&SpinLock->Owner);
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

/*
 * The upper case of a character. Windows has a table of its own; the harness has that of Latin-1, and returns other characters
 * unchanged: their upper case is outside Latin-1 (UnicodeData.txt), so they never equal a Latin-1 name. It stops for the
 * four characters whose case change crosses the border of Latin-1.
 */
static WCHAR upper_case(WCHAR character)
{
    BOOLEAN lower = (character >= 'a' && character <= 'z') ||
                    (character >= 0xE0 && character <= 0xFE && character != 0xF7);
    host_check(
        character != 0xB5 && character != 0xFF && character != 0x131 && character != 0x17F,
        "the harness does not know the upper case of U+%04X",
        character);
    return lower ? (WCHAR)(character - 0x20) : character;
}

/*
 * Documentation of RtlUpcaseUnicodeString: at PASSIVE_LEVEL, one character for each; STATUS_BUFFER_OVERFLOW for a destination
 * that is too small.
 */
NTSTATUS NTAPI RtlUpcaseUnicodeString(
    PUNICODE_STRING DestinationString,
    PCUNICODE_STRING SourceString,
    BOOLEAN AllocateDestinationString)
{
    host_check(irql == PASSIVE_LEVEL, "RtlUpcaseUnicodeString at IRQL %u", irql);
    host_check(!AllocateDestinationString, "RtlUpcaseUnicodeString: the harness allocates no strings");
    if (DestinationString->MaximumLength < SourceString->Length) {
        return STATUS_BUFFER_OVERFLOW;
    }
    for (USHORT i = 0; i < SourceString->Length / sizeof(WCHAR); i++) {
        DestinationString->Buffer[i] = upper_case(SourceString->Buffer[i]);
    }
    DestinationString->Length = SourceString->Length;
    return STATUS_SUCCESS;
}

/* ---- Regions ---- */

host_region host_open_region(PUCHAR origin, ULONG size)
{
    host_region region = {NULL, NULL, origin, size};
    if (size > 0) {
        ULONG shift = (ULONG)((ULONG_PTR)origin % 8);
        region.memory = host_own_memory((SIZE_T)shift + size);
        region.copy = region.memory + shift;
        memcpy(region.copy, origin, size);
    }
    return region;
}

VOID host_close_region(host_region *region)
{
    if (region->copy != NULL) {
        memcpy(region->origin, region->copy, region->size);
        free(region->memory);
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
    ULONG held = __atomic_load_n(&all_held_locks, __ATOMIC_RELAXED);
    host_check(held == 0, "%u locks were never released", held);
    host_check(irql == PASSIVE_LEVEL, "IRQL %u was never lowered", irql);
}
