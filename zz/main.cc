#include "zapi.h"
#include <dlfcn.h>
#include <cstdio>
int main(int argc, char** argv) {
  if (argc < 2) return Fart_Z(0) == 1 ? 0 : 1;
  void* l = dlopen(argv[1], RTLD_NOW);
  if (l == nullptr) { std::puts(dlerror()); return 1; }
  auto f = reinterpret_cast<int (*)()>(dlsym(l, "ext"));
  std::printf("%d\n", f());
  return f() == 42 ? 0 : 1;
}
