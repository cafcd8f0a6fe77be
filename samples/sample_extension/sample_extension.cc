// The C library's random numbers for Fart code: a synchronous native extension.
//
// Fart loads it for `import 'dart-ext:sample_extension';`, calls sample_extension_Init, and asks
// Resolve for each native function when it is first called.

#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "dart_api.h"

namespace {

// The handle, if it is no error; else this function does not return, and the Fart code that called
// sees the error. Destructors on the way run.
Fart_Handle Check(Fart_Handle handle) {
  if (Fart_IsError(handle)) Fart_PropagateError(handle);
  return handle;
}

// int systemRand()
void SystemRand(Fart_NativeArguments arguments) {
  Fart_SetIntegerReturnValue(arguments, std::rand());
}

// bool systemSrand(int seed): whether the seed was one.
void SystemSrand(Fart_NativeArguments arguments) {
  const Fart_Handle seed = Check(Fart_GetNativeArgument(arguments, 0));
  const bool is_seed = Fart_IsInteger(seed);
  if (is_seed) {
    int64_t value = 0;
    Check(Fart_IntegerToInt64(seed, &value));
    std::srand(static_cast<unsigned>(value));
  }
  Fart_SetBooleanReturnValue(arguments, is_seed);
}

struct Entry {
  const char* name;
  int argument_count;
  Fart_NativeFunction function;
};

constexpr Entry kEntries[] = {
    {"SystemRand", 0, SystemRand},
    {"SystemSrand", 1, SystemSrand},
};

// NULL for a name that is not known: the call in Fart throws then.
Fart_NativeFunction Resolve(Fart_Handle name, int argument_count, bool*) {
  const char* text = nullptr;
  Check(Fart_StringToCString(name, &text));
  for (const Entry& entry : kEntries) {
    if (std::strcmp(entry.name, text) == 0 && entry.argument_count == argument_count) {
      return entry.function;
    }
  }
  return nullptr;
}

}  // namespace

DART_EXPORT Fart_Handle sample_extension_Init(Fart_Handle library) {
  return Fart_SetNativeResolver(library, Resolve, nullptr);
}
