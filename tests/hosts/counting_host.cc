// A host with an allocator, and with templates, of its own: what it allocates comes from there,
// what Fart gives it to free does too, and the instances that both have are not mixed.

#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>
#include <unordered_map>
#include <vector>

#include "dart_api.h"

namespace {
long allocated = 0;
}  // namespace

void* operator new(std::size_t size) {
  ++allocated;
  void* const block = std::malloc(size);
  if (block == nullptr) std::abort();
  return block;
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }

// The library instantiates the like for types of the same names. These hold something else.
namespace fart {
struct Isolate {
  std::string name = "the host's";
};
struct Message {
  long bytes[100] = {};
};
}  // namespace fart

int main() {
  std::vector<fart::Message> messages(3);
  std::unordered_map<std::string, fart::Isolate> isolates;
  for (int i = 0; i < 100; ++i) isolates[std::to_string(i)];
  const long before = allocated;
  if (before == 0) return 1;
  Fart_InitializeParams params = {};
  params.version = 77;
  char* const error = Fart_Initialize(&params);
  if (error == nullptr) return 1;
  std::free(error);  // The host frees it with its own.
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  if (Fart_Initialize(&params) != nullptr) return 1;
  for (int i = 0; i < 3; ++i) {
    if (Fart_CreateIsolate("x", "main", nullptr, nullptr, nullptr, nullptr) == nullptr) return 1;
    messages.emplace_back();
    isolates.erase(std::to_string(i));
    Fart_ShutdownIsolate();
  }
  if (Fart_Cleanup() != nullptr) return 1;
  for (const auto& [name, isolate] : isolates) {
    if (isolate.name != "the host's") return 1;
  }
  std::puts("counted");
}
