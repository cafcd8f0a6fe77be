// A host in C++ of the heap alone: fart.hpp and fart_direct.hpp. It prints `the heap alone` when
// all was as it should be.

#include <cstdio>
#include <cstdlib>
#include <string>

#include "fart.hpp"
#include "fart_direct.hpp"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

namespace {

#define CHECK(condition)                                                             \
  do {                                                                               \
    if (!(condition)) {                                                              \
      std::fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
      std::exit(1);                                                                  \
    }                                                                                \
  } while (false)

namespace direct = fart::direct;

struct Pair : direct::Object {
  static constexpr direct::Layout kLayout{"Pair", 2};
  direct::Field<direct::Any, 1> car;
  direct::Field<direct::Any, 2> cdr;
};
using Values = direct::Types<Pair>;

direct::Ref<> Reversed(direct::Ref<> list) FART_COLLECTS {
  direct::RootsOf<direct::Any, direct::Any> roots(list, nullptr);
  auto& [rest, result] = roots;
  while (!rest.is_null()) {
    result = direct::New<Pair>(rest.as<Pair>()->car, result);
    rest = rest.as<Pair>()->cdr;
  }
  return result;
}

void RootsAreFollowed() {
  CHECK(Values::Attach().ok());
  direct::RootsOf<direct::Any> roots(nullptr);
  auto& [list] = roots;
  for (int i = 0; i < 1000; ++i) list = direct::New<Pair>(direct::Smi(i), list);
  list = Reversed(list);
  CHECK(!Fart_IsError(Fart_Collect(Fart_Collection_kEverything)));
  int count = 0;
  for (direct::Ref<> rest = list; !rest.is_null(); rest = rest.as<Pair>()->cdr) {
    CHECK(rest.as<Pair>()->car.get().smi() == count++);
  }
  CHECK(count == 1000);
}

std::string TextOf(fart::Local object) {
  const auto text = fart::To<std::string>(object);
  return text.ok() ? text.value() : text.error().message();
}

void HandlesKeepAndWatch() {
  int deaths = 0;
  fart::Persistent kept;
  fart::Weak seen;
  {
    fart::Scope scope;
    const auto text = fart::Make("a text that is kept");
    CHECK(text.ok());
    kept = fart::Persistent(text.value());
    seen = fart::Weak(text.value(), [&deaths] { ++deaths; });
  }
  CHECK(!Fart_IsError(Fart_Collect(Fart_Collection_kEverything)));
  {
    fart::Scope scope;
    const auto again = seen.Load();
    CHECK(again.ok() && TextOf(again.value()) == "a text that is kept");
  }
  CHECK(deaths == 0);
  kept = fart::Persistent();
  CHECK(!Fart_IsError(Fart_Collect(Fart_Collection_kEverything)));
  CHECK(deaths == 1);
}

}  // namespace

int main() {
  const fart::Machine machine;
  CHECK(machine.ok());
  {
    const fart::Isolate isolate(Fart_CreateHeapIsolate(nullptr, nullptr));
    CHECK(isolate.ok());
    fart::Scope scope;
    HandlesKeepAndWatch();
    RootsAreFollowed();
#ifndef HEAP_ALONE_WITHOUT_LOOKS
    CHECK(Fart_VerifyHeap() == nullptr);
#endif
  }
  std::puts("the heap alone");
  return 0;
}
