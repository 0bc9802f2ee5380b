// mofgen's C core: the part for drivers over WMILIB.
//
// A stand-in. It defines nothing yet: the generated files still have all code that they need.

#include "mofgen_wmi_wdm.h"

// ISO C has no empty file.
typedef int MOFGEN_WMI_WDM_IS_A_STAND_IN;
