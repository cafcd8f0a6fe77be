/* The library of the listings that the documentation of dart:ffi begins with. */

#include <stdio.h>

__attribute__((visibility("default"))) void hello_world(void);

void hello_world(void) {
  puts("Hello World");
  fflush(stdout);
}
