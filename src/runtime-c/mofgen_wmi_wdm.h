// mofgen's C core: the part for drivers over WMILIB.
//
// A stand-in. It declares nothing yet: the generated files still have all code that they need.

#ifndef MOFGEN_WMI_WDM_H
#define MOFGEN_WMI_WDM_H

#include "mofgen_wmi.h"

#endif
