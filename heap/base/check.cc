#include "heap/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace fart {

void CheckFailed(const char* file, int line, const char* fact) {
  std::fprintf(stderr, "%s:%d: check failed: %s\n", file, line, fact);
  std::fflush(stderr);
  std::abort();
}

void FatalError(const char* text) {
  std::fprintf(stderr, "%s\n", text);
  std::fflush(stderr);
  std::abort();
}

}  // namespace fart
