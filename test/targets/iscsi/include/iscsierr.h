/* Status codes of which the MOF files use none by name. */
#pragma once
#define ISDSC_NON_SPECIFIC_ERROR ((ULONG)0xEFFF0001L)
