// Objects -- the constants, and what can be asked of any object.

#include <cstdint>
#include <string>

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/memory/core_shapes.h"
#include "vm/native/libraries.h"
#include "vm/values/errors.h"
#include "vm/values/objects.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// What nobody asks the program for.
Fart_Handle NewText(Isolate& isolate, const std::string& text) FART_MAY_COLLECT {
  return Wrap(isolate, NewStringFromUtf8(isolate.mutator(), text));
}

std::string LibraryText(Isolate& isolate, Rooted library) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return "Library:'" + isolate.libraries().Of(library.Get(quiet), quiet).url + "'";
}

bool IsValue(const Isolate& isolate, Rooted object) FART_READS_OBJECTS {
  return object.is_null() || IsInstanceOf(isolate, object);
}

}  // namespace

// ---- Constants

Fart_Handle Fart_Null() { return ToForeign(Constant::kNull); }
Fart_Handle Fart_True() { return ToForeign(Constant::kTrue); }
Fart_Handle Fart_False() { return ToForeign(Constant::kFalse); }
Fart_Handle Fart_EmptyString() { return ToForeign(Constant::kEmptyString); }
Fart_Handle Fart_NewBoolean(bool value) { return value ? Fart_True() : Fart_False(); }

// ---- Kinds

namespace whole {

[[gnu::noinline]] static bool Fart_IsNull(Fart_Handle object) FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return value.is_null();
}
FART_CATCH_OR(false)

}  // namespace whole

bool Fart_IsNull(Fart_Handle object) {
  const Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr) [[likely]] {
    const ObjectPtr* const value = QuickSlot(*isolate, object);
    if (value != nullptr) [[likely]]
      return value->is_null();
  }
  return whole::Fart_IsNull(object);
}

bool Fart_IsInstance(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return IsInstanceOf(isolate, value);
}
FART_CATCH_OR(false)

bool Fart_IsBoolean(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsBool>(value);
}
FART_CATCH_OR(false)

Fart_Handle Fart_BooleanValue(Fart_Handle boolean_obj, bool* value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, boolean_obj);
  FART_NEED_POINTER(isolate, value);
  FART_NEED_TYPE(isolate, object, boolean_obj, IsBool, "Bool");
  *value = object.Is(kTrue);
  return Success();
}
FART_CATCH

// ---- Text, equality, identity

Fart_Handle Fart_ToString(Fart_Handle object) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, given, object);
  if (Holds<IsString>(given)) return Wrap(isolate, given);
  if (given.is_null()) return NewText(isolate, "null");
  if (Holds<IsError>(given)) return NewText(isolate, DescribeError(isolate, given));
  if (Holds<IsLibrary>(given)) return NewText(isolate, LibraryText(isolate, given));
  StackRoots<1> held(isolate.stack());  // A-A3
  {
    const NoSafepointScope quiet;
    held.Set(0, given.Get(quiet));
  }
  return Wrap(isolate, isolate.program().ToString(held[0]));
}
FART_CATCH

Fart_Handle Fart_ObjectEquals(Fart_Handle obj1, Fart_Handle obj2,
                              bool* equal) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, a, obj1);
  FART_UNWRAP(isolate, b, obj2);
  FART_NEED_POINTER(isolate, equal);
  if (!IsValue(isolate, a)) return WrongType(isolate, __func__, "obj1", obj1, a, "Instance");
  if (!IsValue(isolate, b)) return WrongType(isolate, __func__, "obj2", obj2, b, "Instance");
  StackRoots<2> held(isolate.stack());  // A-A3
  {
    const NoSafepointScope quiet;
    held.Set(0, a.Get(quiet));
    held.Set(1, b.Get(quiet));
  }
  const Outcome outcome = isolate.program().Equals(held[0], held[1]);
  if (outcome.IsError()) return Wrap(isolate, outcome);
  ObjectPtr answer;
  {
    const NoSafepointScope quiet;
    answer = outcome.Get(quiet);
  }
  if (!IsBool(answer)) return NewErrorHandle(isolate, "Expected boolean result from ==");
  *equal = answer == kTrue;
  return Success();
}
FART_CATCH

namespace whole {

[[gnu::noinline]] static bool Fart_IdentityEquals(Fart_Handle obj1,
                                                  Fart_Handle obj2) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, a, obj1, false);
  FART_UNWRAP_OR(isolate, b, obj2, false);
  const NoSafepointScope quiet;
  return AreIdentical(a.Get(quiet), b.Get(quiet), quiet);
}
FART_CATCH_OR(false)

}  // namespace whole

namespace {

// Whether another object could be identical to it: numbers, which are neighbours (VM-K1).
bool IsNumberObject(ObjectPtr object) {
  static_assert(core_shape::CountOf(core_shape::kDouble, core_shape::kBigInteger) == 3);
  return HasShapeOf(object, core_shape::kDouble, core_shape::kBigInteger);
}

}  // namespace

bool Fart_IdentityEquals(Fart_Handle obj1, Fart_Handle obj2) FART_READS_OBJECTS {
  const Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr) [[likely]] {
    const ObjectPtr* const a = QuickSlot(*isolate, obj1);
    const ObjectPtr* const b = QuickSlot(*isolate, obj2);
    if (a != nullptr && b != nullptr) [[likely]] {
      const NoSafepointScope quiet;
      if (*a == *b) return true;
      if (!IsNumberObject(*a)) return false;
    }
  }
  return whole::Fart_IdentityEquals(obj1, obj2);
}

std::uint64_t Fart_IdentityHash(Fart_Handle obj) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, 0);
  FART_UNWRAP_OR(isolate, object, obj, 0);
  if (!IsValue(isolate, object)) return 0;
  const NoSafepointScope quiet;
  return IdentityHashOf(isolate.mutator(), object.Get(quiet), quiet);
}
FART_CATCH_OR(0)
