// Goes before everything that is compiled: a free build, where PAGED_CODE is nothing (wdm.h, where DBG is 0).
#include <ntddk.h>

#undef PAGED_CODE
#define PAGED_CODE() ((VOID)0)
