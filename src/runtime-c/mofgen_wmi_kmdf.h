// mofgen's C core: the part for framework-based drivers.
//
// A stand-in. It declares nothing yet: the generated files still have all code that they need.

#ifndef MOFGEN_WMI_KMDF_H
#define MOFGEN_WMI_KMDF_H

#include "mofgen_wmi.h"

#endif
