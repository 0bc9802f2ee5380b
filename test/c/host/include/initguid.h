/* From here on DEFINE_GUID defines, and does not only declare. */
#ifndef INITGUID
#define INITGUID
#endif
#include <guiddef.h>
