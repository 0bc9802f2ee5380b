/*
 * The base types and macros of Windows with their real sizes, although long has 64 bits here. Names and meanings are those
 * that Microsoft documents.
 */
#ifndef MOFGEN_HOST_NTDEF_H
#define MOFGEN_HOST_NTDEF_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include <guiddef.h>
#include <sal.h>

#ifdef __cplusplus
#define _Static_assert static_assert
#endif

_Static_assert(sizeof(wchar_t) == 2, "compile with -fshort-wchar");
#ifndef _WIN32
_Static_assert(sizeof(void *) == 8, "the host is a 64-bit machine");
#endif

#define VOID void
#define CONST const
#define IN
#define OUT
#define OPTIONAL
#ifdef _WIN32
#define NTAPI __stdcall
#else
#define NTAPI
#endif
#define FASTCALL
#define CALLBACK
#define EXTERN_C extern
#ifndef FORCEINLINE
#define FORCEINLINE static __inline __attribute__((always_inline, unused))
#endif
#define DECLSPEC_SELECTANY __attribute__((weak))
#define DECLSPEC_ALIGN(bytes) __attribute__((aligned(bytes)))
#define DECLSPEC_NORETURN __attribute__((noreturn))
#define UNALIGNED

typedef void *PVOID;
typedef void *HANDLE, **PHANDLE;
typedef char CHAR, *PCHAR, *PSTR;
typedef const char *PCSTR, *LPCSTR;
typedef unsigned char UCHAR, *PUCHAR;
typedef char CCHAR;
typedef unsigned char BOOLEAN, *PBOOLEAN;
typedef short SHORT, *PSHORT;
typedef short CSHORT;
typedef unsigned short USHORT, *PUSHORT;
typedef wchar_t WCHAR, *PWCHAR, *PWCH, *PWSTR;
typedef const wchar_t *PCWCH, *PCWSTR;
typedef int INT, *PINT;
typedef unsigned int UINT, *PUINT;
typedef int32_t LONG, *PLONG;
typedef uint32_t ULONG, *PULONG;
typedef long long LONGLONG, *PLONGLONG;
typedef unsigned long long ULONGLONG, *PULONGLONG;
typedef long long LONG64, *PLONG64;
typedef unsigned long long ULONG64, *PULONG64;
typedef int8_t INT8, *PINT8;
typedef uint8_t UINT8, *PUINT8;
typedef int16_t INT16, *PINT16;
typedef uint16_t UINT16, *PUINT16;
typedef int32_t INT32, *PINT32;
typedef uint32_t UINT32, *PUINT32;
typedef long long INT64, *PINT64;
typedef unsigned long long UINT64, *PUINT64;
typedef intptr_t LONG_PTR, *PLONG_PTR;
typedef uintptr_t ULONG_PTR, *PULONG_PTR;
typedef ULONG_PTR SIZE_T, *PSIZE_T;
typedef LONG NTSTATUS, *PNTSTATUS;

typedef union _LARGE_INTEGER {
    struct {
        ULONG LowPart;
        LONG HighPart;
    };
    struct {
        ULONG LowPart;
        LONG HighPart;
    } u;
    LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef struct _UNICODE_STRING {
    /* Bytes. */
    USHORT Length;
    USHORT MaximumLength;
    PWCH Buffer;
} UNICODE_STRING, *PUNICODE_STRING;
typedef const UNICODE_STRING *PCUNICODE_STRING;

typedef struct _LIST_ENTRY {
    struct _LIST_ENTRY *Flink;
    struct _LIST_ENTRY *Blink;
} LIST_ENTRY, *PLIST_ENTRY;

#define TRUE 1
#define FALSE 0
#define ANYSIZE_ARRAY 1
#define UNICODE_NULL ((WCHAR)0)

#define MAXUCHAR 0xff
#define MAXUSHORT 0xffff
#define MAXULONG 0xffffffff
#define MAXLONG 0x7fffffff

#define NT_SUCCESS(status) (((NTSTATUS)(status)) >= 0)

#define C_ASSERT(expression) _Static_assert(expression, #expression)
#define FIELD_OFFSET(type, field) ((LONG)offsetof(type, field))
#define UFIELD_OFFSET(type, field) ((ULONG)offsetof(type, field))
#define RTL_FIELD_SIZE(type, field) (sizeof(((type *)0)->field))
#define RTL_SIZEOF_THROUGH_FIELD(type, field) (offsetof(type, field) + RTL_FIELD_SIZE(type, field))
#define RTL_NUMBER_OF(array) (sizeof(array) / sizeof((array)[0]))
#define ARRAYSIZE(array) RTL_NUMBER_OF(array)
/* Doubly linked lists (documentation, "Singly and Doubly Linked Lists"). */
static __inline __attribute__((unused)) void InitializeListHead(PLIST_ENTRY ListHead)
{
    ListHead->Flink = ListHead;
    ListHead->Blink = ListHead;
}

static __inline __attribute__((unused)) BOOLEAN IsListEmpty(const LIST_ENTRY *ListHead)
{
    return ListHead->Flink == ListHead;
}

static __inline __attribute__((unused)) BOOLEAN RemoveEntryList(PLIST_ENTRY Entry)
{
    Entry->Blink->Flink = Entry->Flink;
    Entry->Flink->Blink = Entry->Blink;
    return Entry->Flink == Entry->Blink;
}

static __inline __attribute__((unused)) void InsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY Entry)
{
    Entry->Flink = ListHead;
    Entry->Blink = ListHead->Blink;
    ListHead->Blink->Flink = Entry;
    ListHead->Blink = Entry;
}

#define CONTAINING_RECORD(address, type, field) ((type *)(PVOID)((PUCHAR)(address)-offsetof(type, field)))
#define UNREFERENCED_PARAMETER(parameter) ((void)(parameter))
#define DBG_UNREFERENCED_PARAMETER(parameter) ((void)(parameter))
#define MEMORY_ALLOCATION_ALIGNMENT 16

#ifndef min
#define min(left, right) (((left) < (right)) ? (left) : (right))
#endif
#ifndef max
#define max(left, right) (((left) > (right)) ? (left) : (right))
#endif

#define RTL_CONSTANT_STRING(text) \
    {sizeof(text) - sizeof((text)[0]), sizeof(text), (PWCH)(uintptr_t)(text)}

#define DECLARE_CONST_UNICODE_STRING(name, text)            \
    const WCHAR name##_buffer[] = text;                     \
    const UNICODE_STRING name = {sizeof(text) - sizeof(WCHAR), sizeof(text), \
                                 (PWCH)(uintptr_t)name##_buffer}

#endif
