// What every fuzz target does before its first input and after each.

#ifndef FART_FUZZ_FUZZ_HOST_H_
#define FART_FUZZ_FUZZ_HOST_H_

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "dart_api.h"

namespace fart::fuzz {

// Starts the machine, once for the process.
inline void StartOnce() {
  static const bool started = [] {
    Fart_InitializeParams params{};
    params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
    char* const error = Fart_Initialize(&params);
    if (error == nullptr) return true;
    std::fprintf(stderr, "%s\n", error);
    std::abort();
  }();
  static_cast<void>(started);
}

// What an input's first byte says of stress, in bits 1 and 2: the value of --gc-stress, or null.
inline const char* StressChosenBy(std::uint8_t flags) {
  switch (flags >> 1 & 3) {
    case 1:
      return "1";
    case 2:
      return "7";
    default:
      return nullptr;
  }
}

// A finding, if there is a text: the fuzzer keeps the input of a process that aborts.
inline void AbortOn(const std::string& mismatch) {
  if (mismatch.empty()) return;
  std::fprintf(stderr, "mismatch: %s\n", mismatch.c_str());
  std::abort();
}

}  // namespace fart::fuzz

#endif  // FART_FUZZ_FUZZ_HOST_H_
