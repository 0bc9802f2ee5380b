/* Declarations that the parts of the harness share. */
#ifndef MOFGEN_HOST_INTERNAL_H
#define MOFGEN_HOST_INTERNAL_H

#include <stdlib.h>

#include <ntddk.h>
#include <wmistr.h>

#include "host.h"

/* ---- Memory of the harness itself: no pool, never failing ---- */

PVOID host_own_memory(SIZE_T size);

/* Counts an allocation; returns whether it has to fail. */
BOOLEAN host_allocation_fails(VOID);

/* Whether a pool block starts here, and its bytes. */
BOOLEAN host_is_pool_block(const VOID *block, SIZE_T *size);

/* ---- Bytes of a request ---- */

ULONG host_read_ulong(const VOID *buffer, ULONG offset);
VOID host_write_ulong(VOID *buffer, ULONG offset, ULONG value);

/*
 * A part of a request's buffer as a callback gets it: a copy of exactly its size, so that a sanitizer sees its end. It is as
 * far from a boundary of eight bytes as the part itself.
 */
typedef struct host_region {
    PUCHAR memory;
    PUCHAR copy;
    PUCHAR origin;
    ULONG size;
} host_region;

/* No bytes are a NULL pointer. */
host_region host_open_region(PUCHAR origin, ULONG size);
/* Stores the bytes back, and frees the copy. */
VOID host_close_region(host_region *region);

/* The state that a callback has to restore. */
typedef struct host_surroundings {
    ULONG held_locks;
    KIRQL irql;
} host_surroundings;

/* The state of this thread. */
VOID host_lock_taken(VOID);
VOID host_lock_released(VOID);

host_surroundings host_enter_callback(VOID);
VOID host_leave_callback(const host_surroundings *before, const char *callback);

/* ---- Threads ---- */

/* Identifies a running thread; never NULL. */
PVOID host_this_thread(VOID);

/*
 * A lock is the thread that owns it, or NULL. Waits for it, at most for the time-out (KeWaitForSingleObject);
 * FALSE if it is still held. A thread that waits for itself, or for a minute, stops the program.
 */
BOOLEAN host_acquire(PVOID *owner, const LONGLONG *timeout, const char *routine);
BOOLEAN host_owns(PVOID *owner);
VOID host_release(PVOID *owner);

/* The tables of the harness: objects, registrations, requests, events. No callback runs while they are held. */
VOID host_read_tables(VOID);
VOID host_write_tables(VOID);
VOID host_leave_tables(VOID);

/* ---- Answers (src/runtime/irp-answers.ts) ---- */

/* The WNODEs that name one instance, alone or with an item or a method. */
typedef enum host_shape { HOST_INSTANCE, HOST_ITEM, HOST_METHOD } host_shape;

typedef struct host_stated_data {
    ULONG id;
    ULONG offset;
    ULONG size;
} host_stated_data;

/* The bytes before the variable data. */
ULONG host_fixed_part(host_shape shape);
host_stated_data host_read_stated_data(const VOID *buffer, host_shape shape);
VOID host_write_data_size(VOID *buffer, host_shape shape, ULONG size);
/*
 * After the fixed part, and inside the buffer. WMI aligns data to eight bytes ("WNODE_SINGLE_INSTANCE"); neither the framework
 * nor WMILIB is known to check that, so a driver has to accept data at any offset.
 */
BOOLEAN host_data_lies_inside(host_shape shape, ULONG offset, ULONG size, ULONG buffer_size);

/* Flags and InstanceIndex end here in every WNODE that names an instance. */
#define HOST_INSTANCE_FIELDS_END 56
/* The status of a request for one instance whose buffer ends before that. */
NTSTATUS host_cut_off_status(UCHAR minor);

VOID host_complete(PIO_STATUS_BLOCK io, NTSTATUS status, ULONG information);
/* `needed` may be more than a ULONG: that is STATUS_INTEGER_OVERFLOW. Too little room: STATUS_BUFFER_TOO_SMALL. */
VOID host_complete_too_small(PIO_STATUS_BLOCK io, VOID *buffer, ULONG buffer_size, ULONGLONG needed);
VOID host_complete_with_data(PIO_STATUS_BLOCK io, VOID *buffer, NTSTATUS status, ULONGLONG size);

/* STATUS_PENDING is STATUS_UNSUCCESSFUL: callbacks answer at once. */
NTSTATUS host_never_pending(NTSTATUS status);

#define HOST_MAX_ULONG 0xFFFFFFFFull
ULONGLONG host_align_up(ULONGLONG value, ULONG alignment);

/* ---- Registration (src/runtime/registration-writer.ts) ---- */

typedef struct host_registered_guid {
    GUID guid;
    ULONG flags;
    ULONG instance_count;
} host_registered_guid;

typedef struct host_registration {
    const host_registered_guid *guids;
    ULONG guid_count;
    UNICODE_STRING mof_resource_name;
    UNICODE_STRING registry_path;
    /* One of the two; a base name follows the other strings, once for each block. */
    ULONG_PTR pdo;
    UNICODE_STRING base_name;
    /* KMDF writes strings that are empty; WMILIB writes offset 0 instead. */
    BOOLEAN empty_strings;
} host_registration;

ULONGLONG host_registration_size(const host_registration *registration);

/*
 * Answers a registration request with all of it. Too little room: the size as a ULONG and STATUS_SUCCESS, as KMDF and
 * Microsoft's own class driver do (docs/spec/runtime.md#differences, X2). A PDO that is given gets a reference for each block.
 */
VOID host_answer_registration(
    PIO_STATUS_BLOCK io,
    VOID *buffer,
    ULONG buffer_size,
    const host_registration *registration,
    PDEVICE_OBJECT referenced_pdo);

/* Builds an event in pool memory and hands it to IoWMIWriteEvent. NULL data has no bytes. */
NTSTATUS host_send_event(
    ULONG_PTR device_object,
    const GUID *guid,
    ULONG instance_index,
    const VOID *data,
    ULONG data_size);

/* ---- Devices and IRPs (irp.c) ---- */

/* A device object with a driver object of its own, a zeroed extension, and the device below, or NULL. */
PDEVICE_OBJECT host_make_device(PDRIVER_DISPATCH dispatch, ULONG extension_size, PDEVICE_OBJECT lower);
VOID host_free_device(PDEVICE_OBJECT device);
/* A device that completes every request unchanged. */
PDEVICE_OBJECT host_make_bus_device(VOID);
PDEVICE_OBJECT host_lower_device(PDEVICE_OBJECT device);

/* Sends the request to the device's driver as an IRP, which has to be completed when this returns. */
VOID host_send_irp(PDEVICE_OBJECT device, host_request *request);

/* An IRP that was not sent; IoCompleteRequest completes it like any other. */
PIRP host_new_irp(PDEVICE_OBJECT device, host_request *request);

/* ---- Counts that host_expect_nothing_left checks ---- */

ULONG host_open_irps(VOID);
/* Framework objects, in programs with KMDF drivers. */
extern ULONG (*host_count_objects)(VOID);

LONGLONG host_system_time(VOID);

#endif
