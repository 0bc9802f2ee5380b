/* Framework objects inside the harness. */
#ifndef MOFGEN_HOST_WDF_OBJECTS_H
#define MOFGEN_HOST_WDF_OBJECTS_H

#include <ntddk.h>
#include <wdf.h>

#include "internal.h"

typedef enum host_object_kind {
    HOST_DEVICE_OBJECT = 0x44455643,
    HOST_PROVIDER_OBJECT = 0x50524F56,
    HOST_INSTANCE_OBJECT = 0x494E5354,
    HOST_LOCK_OBJECT = 0x4C4F434B
} host_object_kind;

struct host_context;

/* The head of every object; a handle is its address. */
typedef struct host_object {
    host_object_kind kind;
    struct host_object *parent;
    struct host_object *first_child;
    struct host_object *next_sibling;
    /* In the order of their making. */
    struct host_context *contexts;
    ULONG references;
    BOOLEAN deleted;
    /* Its cleanup callbacks have run. */
    BOOLEAN cleaned;
    /* What belongs to the kind, before the driver's cleanup callbacks; may be NULL. */
    VOID (*dispose)(struct host_object *object);
    /* The same when the last reference is released, after the driver's destroy callbacks. */
    VOID (*destroy)(struct host_object *object);
} host_object;

/*
 * Makes an object of `size` bytes, zeroed after the head, with the context that the attributes describe. NULL without
 * memory. The attributes were checked before.
 */
PVOID host_make_object(
    host_object_kind kind,
    SIZE_T size,
    const WDF_OBJECT_ATTRIBUTES *attributes,
    host_object *parent);

/* The object of a handle; stops the program if it is of another kind, or not an object. */
PVOID host_object_of(WDFOBJECT handle, host_object_kind kind);

BOOLEAN host_is_deleted(const host_object *object);

/* STATUS_SUCCESS, or why an object cannot be made with these attributes; NULL is fine. */
NTSTATUS host_check_attributes(const WDF_OBJECT_ATTRIBUTES *attributes, BOOLEAN may_have_parent);

/* The bytes of the context that the attributes describe: an override replaces the type's size. */
SIZE_T host_context_size(const WDF_OBJECT_ATTRIBUTES *attributes);

/* The bytes of an object's first context; NULL without one. */
PVOID host_first_context(const host_object *object);

#endif
