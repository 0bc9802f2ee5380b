/* wchar_t is all that the stand-ins for the driver headers need of <wchar.h>. */
#include <stddef.h>
