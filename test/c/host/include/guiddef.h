/* GUID and DEFINE_GUID, as guiddef.h documents them. */
#ifndef MOFGEN_HOST_GUIDDEF_H
#define MOFGEN_HOST_GUIDDEF_H

#include <stdint.h>
#include <string.h>

typedef struct _GUID {
    uint32_t Data1;
    uint16_t Data2;
    uint16_t Data3;
    uint8_t Data4[8];
} GUID, *LPGUID;

typedef const GUID *LPCGUID;

#define InlineIsEqualGUID(left, right) (memcmp((left), (right), sizeof(GUID)) == 0)
#define IsEqualGUID(left, right) (memcmp((left), (right), sizeof(GUID)) == 0)

#endif

/* Outside of the guard: <initguid.h> may come first or last. With INITGUID the GUIDs are defined, else declared. */
#undef DEFINE_GUID
#ifdef INITGUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
    extern const GUID name;                                          \
    __attribute__((weak)) const GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
#else
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) extern const GUID name
#endif
