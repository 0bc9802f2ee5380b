/* From here on DEFINE_GUID defines, and does not only declare; it must not know any GUID. */
#ifndef INITGUID
#define INITGUID
#endif
#include <guiddef.h>
