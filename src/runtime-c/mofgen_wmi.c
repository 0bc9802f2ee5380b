// mofgen's C core: the part that knows no driver model.
//
// A stand-in. It defines nothing yet: the generated files still have all code that they need.

#include "mofgen_wmi.h"

// ISO C has no empty file.
typedef int MOFGEN_WMI_IS_A_STAND_IN;
