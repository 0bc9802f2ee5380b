/*
 * Structures for tests of elements, as generated code has them: a group has a counted array of strings, and a list has
 * an array of groups to its end.
 */
#ifndef MOFGEN_RUNTIME_C_RECORDS_H
#define MOFGEN_RUNTIME_C_RECORDS_H

#include "mofgen_wmi.h"

/* In a buffer: a USHORT, strings, a byte, and padding up to a boundary of 4 bytes. */
typedef struct group {
    USHORT count;
    UNICODE_STRING *names;
    UCHAR mark;
} group;

/* In a buffer: a byte, and groups up to the end. */
typedef struct list {
    UCHAR mark;
    ULONG count;
    group *groups;
} list;

/* A string with MaxLen(2). */
typedef WCHAR short_name[3];

extern const MOFGEN_ELEMENT group_element;
extern const MOFGEN_ELEMENT list_element;
extern const MOFGEN_ELEMENT short_name_element;

#endif
