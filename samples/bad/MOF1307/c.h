#if sizeof(int) == 4
#endif
