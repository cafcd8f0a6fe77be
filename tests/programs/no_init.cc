// A shared library that is no extension: it has no no_init_Init.

extern "C" __attribute__((visibility("default"))) int no_init_something(void);
int no_init_something(void) { return 1; }
