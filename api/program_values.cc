// Values of the language -- closures are called, maps are read, futures are told.

#include <limits>

#include "api/call_arguments.h"
#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/program.h"
#include "vm/values/errors.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

bool IsClosure(const Isolate& isolate, Rooted object) FART_READS_OBJECTS {
  if (!object.IsHeapObject()) return false;
  const NoSafepointScope quiet;
  return isolate.shapes().KindOf(object.Get(quiet)) == ShapeKind::kClosure;
}

}  // namespace

// ---- Closures and futures

bool Fart_IsClosure(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return IsClosure(isolate, value);
}
FART_CATCH_OR(false)

bool Fart_IsFuture(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return IsInstanceOf(isolate, value) && isolate.program().IsFuture(value);
}
FART_CATCH_OR(false)

Fart_Handle Fart_InvokeClosure(Fart_Handle closure, int number_of_arguments,
                               Fart_Handle* arguments) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, callee, closure);
  FART_NEED_RANGE(isolate, number_of_arguments, std::numeric_limits<int>::max());
  if (number_of_arguments != 0) FART_NEED_POINTER(isolate, arguments);
  if (!IsInstanceOf(isolate, callee)) {
    return WrongType(isolate, __func__, "closure", closure, callee, "Instance");
  }
  FART_PUSH_CALL(isolate, words, callee);
  const ProgramSection running(isolate);
  return FinishCall(isolate, isolate.program().InvokeClosure(words[0], words.From(1)));
}
FART_CATCH

// ---- Maps

bool Fart_IsMap(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return IsInstanceOf(isolate, value) && isolate.program().IsMap(value);
}
FART_CATCH_OR(false)

#define FART_NEED_MAP(isolate, object, handle)                                           \
  if (!IsInstanceOf(isolate, object) || !(isolate).program().IsMap(object)) [[unlikely]] \
  return WrongType(isolate, __func__, #handle, handle, object, "Map")

#define FART_NEED_KEY(isolate, object, handle)                            \
  if (!(object).is_null() && !IsInstanceOf(isolate, object)) [[unlikely]] \
  return WrongType(isolate, __func__, #handle, handle, object, "Instance")

// The map and the key, held.
#define FART_HOLD(isolate, held, first, second)                                              \
  if (!(isolate).stack().HasRoomFor(2)) return ToForeign(::fart::ErrorText::kStackOverflow); \
  StackRun held((isolate).stack());                                                          \
  held.Add(first);                                                                           \
  held.Add(second)

Fart_Handle Fart_MapGetAt(Fart_Handle map, Fart_Handle key) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, map);
  FART_UNWRAP(isolate, wanted, key);
  FART_NEED_MAP(isolate, object, map);
  FART_NEED_KEY(isolate, wanted, key);
  FART_HOLD(isolate, held, object, wanted);
  const ProgramSection running(isolate);
  return FinishCall(isolate, isolate.program().Invoke(held[0], "[]", held.From(1)));
}
FART_CATCH

Fart_Handle Fart_MapContainsKey(Fart_Handle map, Fart_Handle key) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, map);
  FART_UNWRAP(isolate, wanted, key);
  FART_NEED_MAP(isolate, object, map);
  FART_NEED_KEY(isolate, wanted, key);
  FART_HOLD(isolate, held, object, wanted);
  const ProgramSection running(isolate);
  return FinishCall(isolate, isolate.program().Invoke(held[0], "containsKey", held.From(1)));
}
FART_CATCH

Fart_Handle Fart_MapKeys(Fart_Handle map) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, map);
  FART_NEED_MAP(isolate, object, map);
  StackRoots<2> held(isolate.stack());  // A-A3
  {
    const NoSafepointScope quiet;
    held.Set(0, object.Get(quiet));
  }
  const ProgramSection running(isolate);
  const Outcome keys = isolate.program().GetProperty(held[0], "keys");
  if (keys.IsError()) return Wrap(isolate, keys);
  {
    const NoSafepointScope quiet;
    held.Set(1, keys.Get(quiet));
  }
  return FinishCall(isolate, isolate.program().Invoke(held[1], "toList", {}));
}
FART_CATCH
