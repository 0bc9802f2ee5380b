// mofgen's C core: the part that knows no driver model.
//
// A stand-in. It declares nothing yet: the generated files still have all code that they need.

#ifndef MOFGEN_WMI_H
#define MOFGEN_WMI_H

#endif
