// mofgen's C core: the part for framework-based drivers.
//
// A stand-in. It defines nothing yet: the generated files still have all code that they need.

#include "mofgen_wmi_kmdf.h"

// ISO C has no empty file.
typedef int MOFGEN_WMI_KMDF_IS_A_STAND_IN;
