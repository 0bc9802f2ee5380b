#ifndef _AMD64_
#error "No Target Architecture"
#endif
