/* The part of <string.h> that the replacements of the driver headers use, for compilers without a C library. */
#ifndef MOFGEN_MSVC_STRING_H
#define MOFGEN_MSVC_STRING_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void *__cdecl memcpy(void *to, const void *from, size_t size);
void *__cdecl memmove(void *to, const void *from, size_t size);
void *__cdecl memset(void *to, int value, size_t size);
int __cdecl memcmp(const void *left, const void *right, size_t size);

#ifdef __cplusplus
}
#endif

#endif
