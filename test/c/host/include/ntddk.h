/* What drivers include first: on the host all of it is in wdm.h; it must not know more. */
#ifndef MOFGEN_HOST_NTDDK_H
#define MOFGEN_HOST_NTDDK_H

#include <wdm.h>

#endif
