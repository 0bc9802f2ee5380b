/* What drivers include first. On the host all of it is in wdm.h. */
#ifndef MOFGEN_HOST_NTDDK_H
#define MOFGEN_HOST_NTDDK_H

#include <wdm.h>

#endif
