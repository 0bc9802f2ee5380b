/* The replacements of the driver headers need only wchar_t of <wchar.h>. */
#include <stddef.h>
