/* Framework objects: parents, contexts, cleanup and destroy callbacks, references, wait locks. */
#include "wdf-objects.h"

typedef struct host_context {
    struct host_context *next;
    /* NULL when the attributes have callbacks alone. */
    PCWDF_OBJECT_CONTEXT_TYPE_INFO type;
    PFN_WDF_OBJECT_CONTEXT_CLEANUP cleanup;
    PFN_WDF_OBJECT_CONTEXT_DESTROY destroy;
    PVOID memory;
} host_context;

static ULONG live_objects;

ULONG host_wdf_live_objects(VOID)
{
    return __atomic_load_n(&live_objects, __ATOMIC_RELAXED);
}

NTSTATUS host_check_attributes(const WDF_OBJECT_ATTRIBUTES *attributes, BOOLEAN may_have_parent)
{
    if (attributes == NULL) {
        return STATUS_SUCCESS;
    }
    if (attributes->Size != sizeof(WDF_OBJECT_ATTRIBUTES)) {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (attributes->ExecutionLevel == WdfExecutionLevelInvalid ||
        attributes->SynchronizationScope == WdfSynchronizationScopeInvalid) {
        return STATUS_WDF_OBJECT_ATTRIBUTES_INVALID;
    }
    if (attributes->ContextSizeOverride != 0 &&
        (attributes->ContextTypeInfo == NULL ||
         attributes->ContextSizeOverride < attributes->ContextTypeInfo->ContextSize)) {
        return STATUS_WDF_OBJECT_ATTRIBUTES_INVALID;
    }
    return attributes->ParentObject != NULL && !may_have_parent
               ? STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED
               : STATUS_SUCCESS;
}

SIZE_T host_context_size(const WDF_OBJECT_ATTRIBUTES *attributes)
{
    if (attributes == NULL || attributes->ContextTypeInfo == NULL) {
        return 0;
    }
    return attributes->ContextSizeOverride != 0 ? attributes->ContextSizeOverride
                                                : attributes->ContextTypeInfo->ContextSize;
}

/* Readers take no lock: a context is whole when it is in the list. */
static host_context *follow(host_context *const *link)
{
    return __atomic_load_n(link, __ATOMIC_ACQUIRE);
}

/* The framework hands out contexts that are zero. */
static host_context *make_context(const WDF_OBJECT_ATTRIBUTES *attributes)
{
    SIZE_T size = host_context_size(attributes);
    host_context *context = host_own_memory(sizeof(host_context));
    context->next = NULL;
    context->type = attributes->ContextTypeInfo;
    context->cleanup = attributes->EvtCleanupCallback;
    context->destroy = attributes->EvtDestroyCallback;
    context->memory = NULL;
    if (context->type != NULL) {
        context->memory = host_own_memory(size);
        memset(context->memory, 0, size);
    }
    return context;
}

/* Appends to the list. The tables are held, or no other thread has the object yet. */
static VOID add_context(host_object *object, host_context *context)
{
    host_context **link = &object->contexts;
    while (*link != NULL) {
        link = &(*link)->next;
    }
    __atomic_store_n(link, context, __ATOMIC_RELEASE);
}

static VOID free_context(host_context *context)
{
    free(context->memory);
    free(context);
}

BOOLEAN host_is_deleted(const host_object *object)
{
    return __atomic_load_n(&object->deleted, __ATOMIC_RELAXED);
}

static VOID add_child(host_object *parent, host_object *object)
{
    host_write_tables();
    host_check(!host_is_deleted(parent), "an object is made under a parent that was deleted");
    host_object **link = &parent->first_child;
    while (*link != NULL) {
        link = &(*link)->next_sibling;
    }
    *link = object;
    host_leave_tables();
}

PVOID host_make_object(
    host_object_kind kind,
    SIZE_T size,
    const WDF_OBJECT_ATTRIBUTES *attributes,
    host_object *parent)
{
    if (host_allocation_fails()) {
        return NULL;
    }
    host_object *object = host_own_memory(size);
    memset(object, 0, size);
    object->kind = kind;
    object->references = 1;
    object->parent = parent;
    if (attributes != NULL && (attributes->ContextTypeInfo != NULL || attributes->EvtCleanupCallback != NULL ||
                               attributes->EvtDestroyCallback != NULL)) {
        add_context(object, make_context(attributes));
    }
    if (parent != NULL) {
        add_child(parent, object);
    }
    __atomic_fetch_add(&live_objects, 1, __ATOMIC_RELAXED);
    __atomic_store_n(&host_count_objects, host_wdf_live_objects, __ATOMIC_RELAXED);
    return object;
}

static host_object *object_of(WDFOBJECT handle)
{
    host_object *object = handle;
    host_check(handle != NULL, "a NULL handle");
    host_check(
        object->kind == HOST_DEVICE_OBJECT || object->kind == HOST_PROVIDER_OBJECT ||
            object->kind == HOST_INSTANCE_OBJECT || object->kind == HOST_LOCK_OBJECT,
        "%p is no handle",
        handle);
    return object;
}

PVOID host_object_of(WDFOBJECT handle, host_object_kind kind)
{
    host_object *object = object_of(handle);
    host_check(object->kind == kind, "%p is a handle of another kind", handle);
    return object;
}

static host_context *find_context(host_object *object, PCWDF_OBJECT_CONTEXT_TYPE_INFO type)
{
    for (host_context *each = follow(&object->contexts); each != NULL; each = follow(&each->next)) {
        if (each->type == type && type != NULL) {
            return each;
        }
    }
    return NULL;
}

PVOID NTAPI WdfObjectGetTypedContextWorker(WDFOBJECT Handle, PCWDF_OBJECT_CONTEXT_TYPE_INFO TypeInfo)
{
    host_context *context = find_context(object_of(Handle), TypeInfo);
    return context == NULL ? NULL : context->memory;
}

PVOID host_first_context(const host_object *object)
{
    for (const host_context *each = follow(&object->contexts); each != NULL;
         each = follow(&each->next)) {
        if (each->memory != NULL) {
            return each->memory;
        }
    }
    return NULL;
}

NTSTATUS NTAPI WdfObjectAllocateContext(
    WDFOBJECT Handle,
    PWDF_OBJECT_ATTRIBUTES ContextAttributes,
    PVOID *Context)
{
    host_object *object = object_of(Handle);
    host_check(ContextAttributes != NULL, "WdfObjectAllocateContext without attributes");
    NTSTATUS status = host_check_attributes(ContextAttributes, FALSE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    if (ContextAttributes->ContextTypeInfo == NULL) {
        return STATUS_WDF_OBJECT_ATTRIBUTES_INVALID;
    }
    if (host_is_deleted(object)) {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    host_context *context = find_context(object, ContextAttributes->ContextTypeInfo);
    if (context != NULL) {
        status = STATUS_OBJECT_NAME_EXISTS;
    } else if (host_allocation_fails()) {
        return STATUS_INSUFFICIENT_RESOURCES;
    } else {
        host_context *made = make_context(ContextAttributes);
        host_write_tables();
        context = find_context(object, ContextAttributes->ContextTypeInfo);
        if (context == NULL) {
            add_context(object, made);
            context = made;
        } else {
            /* Another thread was first. */
            free_context(made);
            status = STATUS_OBJECT_NAME_EXISTS;
        }
        host_leave_tables();
    }
    if (Context != NULL) {
        *Context = context->memory;
    }
    return status;
}

/* Marks an object as deleted; returns FALSE if it was already. The tables are held. */
static BOOLEAN mark_deleted(host_object *object)
{
    BOOLEAN first = !object->deleted;
    __atomic_store_n(&object->deleted, TRUE, __ATOMIC_RELAXED);
    return first;
}

/* The next child that is to be deleted, marked so. */
static host_object *take_child(const host_object *object)
{
    host_write_tables();
    host_object *child = object->first_child;
    while (child != NULL && !mark_deleted(child)) {
        child = child->next_sibling;
    }
    host_leave_tables();
    return child;
}

/* Children first: their cleanup may still use what their parent has. */
static VOID clean_up(host_object *object)
{
    host_object *child;
    while ((child = take_child(object)) != NULL) {
        clean_up(child);
    }
    if (object->dispose != NULL) {
        object->dispose(object);
    }
    for (host_context *each = follow(&object->contexts); each != NULL; each = follow(&each->next)) {
        if (each->cleanup != NULL) {
            each->cleanup(object);
        }
    }
    host_write_tables();
    object->cleaned = TRUE;
    host_leave_tables();
}

/* The tables are held. */
static VOID unlink_from_parent(host_object *object)
{
    /* Two threads that delete an object and its parent: how the framework handles that is not documented. */
    host_check(object->cleaned, "an object is deleted while another thread deletes it");
    if (object->parent == NULL) {
        return;
    }
    host_object **link = &object->parent->first_child;
    while (*link != object) {
        link = &(*link)->next_sibling;
    }
    *link = object->next_sibling;
    object->parent = NULL;
}

static VOID drop_reference(host_object *object)
{
    ULONG before = __atomic_fetch_sub(&object->references, 1, __ATOMIC_ACQ_REL);
    host_check(before > 0, "an object has no reference left to drop");
    if (before > 1) {
        return;
    }
    host_check(host_is_deleted(object), "the last reference of an object is dropped before it is deleted");
    for (host_context *each = follow(&object->contexts); each != NULL; each = follow(&each->next)) {
        if (each->destroy != NULL) {
            each->destroy(object);
        }
    }
    if (object->destroy != NULL) {
        object->destroy(object);
    }
    while (object->contexts != NULL) {
        host_context *first = object->contexts;
        object->contexts = first->next;
        free_context(first);
    }
    memset(object, 0xDE, sizeof(*object));
    free(object);
    __atomic_fetch_sub(&live_objects, 1, __ATOMIC_RELAXED);
}

/* Drops the references that the framework has had since the making, children first. */
static VOID release_tree(host_object *object)
{
    host_write_tables();
    unlink_from_parent(object);
    host_leave_tables();
    for (;;) {
        host_write_tables();
        host_object *child = object->first_child;
        host_leave_tables();
        if (child == NULL) {
            break;
        }
        release_tree(child);
    }
    drop_reference(object);
}

VOID NTAPI WdfObjectDelete(WDFOBJECT Object)
{
    host_object *object = object_of(Object);
    host_write_tables();
    BOOLEAN first = mark_deleted(object);
    host_leave_tables();
    host_check(first, "an object is deleted twice");
    clean_up(object);
    release_tree(object);
}

VOID NTAPI WdfObjectReferenceActual(WDFOBJECT Handle, PVOID Tag, LONG Line, const char *File)
{
    (void)Tag;
    (void)Line;
    (void)File;
    ULONG before = __atomic_fetch_add(&object_of(Handle)->references, 1, __ATOMIC_RELAXED);
    host_check(before > 0, "an object that is being destroyed gets a reference");
}

VOID NTAPI WdfObjectDereferenceActual(WDFOBJECT Handle, PVOID Tag, LONG Line, const char *File)
{
    (void)Tag;
    (void)Line;
    (void)File;
    drop_reference(object_of(Handle));
}

/* ---- Wait locks ---- */

/*
 * Its thread is in a critical region while it has the lock ("WdfWaitLockAcquire"), so that another thread cannot release
 * it. Deleting a lock that is held is not documented.
 */
typedef struct host_lock {
    host_object object;
    PVOID owner;
} host_lock;

static VOID dispose_lock(host_object *object)
{
    PVOID owner = __atomic_load_n(&((host_lock *)object)->owner, __ATOMIC_ACQUIRE);
    host_check(owner == NULL, "a wait lock is deleted while it is held");
}

NTSTATUS NTAPI WdfWaitLockCreate(PWDF_OBJECT_ATTRIBUTES LockAttributes, WDFWAITLOCK *Lock)
{
    host_object *parent = NULL;
    NTSTATUS status = host_check_attributes(LockAttributes, TRUE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    if (LockAttributes != NULL && LockAttributes->ParentObject != NULL) {
        parent = object_of(LockAttributes->ParentObject);
    }
    host_lock *lock = host_make_object(HOST_LOCK_OBJECT, sizeof(host_lock), LockAttributes, parent);
    if (lock == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    lock->object.dispose = dispose_lock;
    *Lock = (WDFWAITLOCK)(PVOID)lock;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI WdfWaitLockAcquire(WDFWAITLOCK Lock, PLONGLONG Timeout)
{
    host_lock *lock = host_object_of(Lock, HOST_LOCK_OBJECT);
    BOOLEAN waits = Timeout == NULL || *Timeout != 0;
    host_check(
        KeGetCurrentIrql() <= (waits ? PASSIVE_LEVEL : DISPATCH_LEVEL),
        "WdfWaitLockAcquire at IRQL %u",
        KeGetCurrentIrql());
    host_check(!host_is_deleted(&lock->object), "WdfWaitLockAcquire: the lock was deleted");
    if (!host_acquire(&lock->owner, Timeout, "WdfWaitLockAcquire")) {
        return STATUS_TIMEOUT;
    }
    host_check(!host_is_deleted(&lock->object), "WdfWaitLockAcquire: the lock was deleted");
    return STATUS_SUCCESS;
}

VOID NTAPI WdfWaitLockRelease(WDFWAITLOCK Lock)
{
    host_lock *lock = host_object_of(Lock, HOST_LOCK_OBJECT);
    host_check(host_owns(&lock->owner), "WdfWaitLockRelease: the lock is not held by this thread");
    host_release(&lock->owner);
}
