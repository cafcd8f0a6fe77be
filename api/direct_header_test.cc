// fart_direct_api.h as C++17 without exceptions compiles it, with the warnings of a careful host:
// the program in C is one in C++ as well.

#include "api/direct_c_test.c"  // NOLINT
