// A shared library that is no extension: nothing in it is called test_without_init_Init.

extern "C" __attribute__((visibility("default"))) int test_without_init() { return 1; }
