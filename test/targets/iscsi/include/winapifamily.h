/* Which headers a program may use, in the manner of the Windows SDK: our own text. */
#ifndef _INC_WINAPIFAMILY
#define _INC_WINAPIFAMILY

#if defined(_MSC_VER) && !defined(MOFCOMP_PASS)
#if _MSC_VER >= 1200
#pragma warning(push)
#pragma warning(disable : 4001) /* nonstandard extension: single line comment */
#endif
#pragma once
#endif // defined(_MSC_VER) && !defined(MOFCOMP_PASS)

#include <winpackagefamily.h>

#define WINAPI_FAMILY_PC_APP      2   /* from the store */
#define WINAPI_FAMILY_SERVER      5
#define WINAPI_FAMILY_DESKTOP_APP 100 /* "desktop" */

#ifndef WINAPI_FAMILY
#define WINAPI_FAMILY WINAPI_FAMILY_DESKTOP_APP
#endif

#ifndef WINAPI_PARTITION_DESKTOP
#define WINAPI_PARTITION_DESKTOP (WINAPI_FAMILY == WINAPI_FAMILY_DESKTOP_APP)
#endif
#ifndef WINAPI_PARTITION_APP
#define WINAPI_PARTITION_APP \
    (WINAPI_FAMILY == WINAPI_FAMILY_DESKTOP_APP || \
     WINAPI_FAMILY == WINAPI_FAMILY_PC_APP)
#endif

/*
 * For instance:
 *   #if WINAPI_FAMILY_PARTITION(WINAPI_PARTITION_DESKTOP | WINAPI_PARTITION_APP)
 */
#define WINAPI_FAMILY_PARTITION(Partitions) (Partitions)
#define WINAPI_FAMILY_ONE_PARTITION(PartitionSet, Partition) \
    ((WINAPI_FAMILY == PartitionSet) && Partition)

#endif /* _INC_WINAPIFAMILY */
