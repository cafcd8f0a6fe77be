// Numbers -- ints and doubles made and read.

#include "vm/values/numbers.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/values/big_integers.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// As the header describes it.
std::optional<BigValue> ParseInteger(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const bool is_hex = text.starts_with("0x") || text.starts_with("0X");
  if (is_hex) text.remove_prefix(2);
  std::optional<BigValue> magnitude = BigValue::Parse(text, is_hex ? 16 : 10);
  if (magnitude && is_negative) return magnitude->Negated();
  return magnitude;
}

std::string HexText(Rooted integer) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  std::string text = IntegerToText(integer.Get(quiet), 16, quiet);
  std::transform(text.begin(), text.end(), text.begin(), [](char digit) {
    return digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
  });
  return text.insert(text[0] == '-' ? 1 : 0, "0x");
}

[[gnu::cold]] Fart_Handle DoesNotFit(Isolate& isolate, const char* function, Rooted integer,
                                     const char* type) FART_MAY_COLLECT {
  constexpr std::size_t kMostDigits = 1000;  // an error is to be read
  std::string text;
  {
    const NoSafepointScope quiet;
    text = IntegerToText(integer.Get(quiet), 10, quiet);
  }
  if (text.size() > kMostDigits) {
    text = text.substr(0, kMostDigits) + "... (" + std::to_string(text.size()) + " digits)";
  }
  return NewErrorHandle(isolate, std::string(function) + ": Integer " + text +
                                     " cannot be represented as " +
                                     (type[0] == 'u' ? "a " : "an ") + type + ".");
}

}  // namespace

bool Fart_IsNumber(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsNumber>(value);
}
FART_CATCH_OR(false)

bool Fart_IsInteger(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsInteger>(value);
}
FART_CATCH_OR(false)

bool Fart_IsDouble(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsDouble>(value);
}
FART_CATCH_OR(false)

namespace whole {

[[gnu::noinline]] static Fart_Handle Fart_NewInteger(std::int64_t value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  if (!ObjectPtr::IsSmiValue(value)) FART_NEED_NO_CALLBACK(isolate);
  return Wrap(isolate, NewInteger(isolate.mutator(), value));
}
FART_CATCH

}  // namespace whole

Fart_Handle Fart_NewInteger(std::int64_t value) FART_MAY_COLLECT {
  Isolate* const isolate = WithRoomForHandle();
  if (isolate != nullptr && ObjectPtr::IsSmiValue(value)) [[likely]] {
    const NoSafepointScope quiet;
    return QuickHandle(*isolate, ObjectPtr::FromSmi(value), quiet);
  }
  return whole::Fart_NewInteger(value);
}

Fart_Handle Fart_NewIntegerFromUint64(std::uint64_t value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  if (value <= static_cast<std::uint64_t>(ObjectPtr::kSmiMax)) [[likely]] {
    const NoSafepointScope quiet;
    return WrapObject(isolate, ObjectPtr::FromSmi(static_cast<std::int64_t>(value)), quiet);
  }
  FART_NEED_NO_CALLBACK(isolate);
  return Wrap(isolate, NewIntegerFromUint64(isolate.mutator(), value));
}
FART_CATCH

Fart_Handle Fart_NewIntegerFromHexCString(const char* value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_POINTER(isolate, value);
  const std::optional<BigValue> integer = ParseInteger(value);
  if (!integer) {
    return NewErrorHandle(isolate,
                          Expects(__func__, "value",
                                  "an integer of at most " +
                                      std::to_string(BigValue::kMaxLimbs * BigValue::kLimbBits) +
                                      " bits, in digits as in \"-0xFF\" or \"-255\""));
  }
  return Wrap(isolate, NewInteger(isolate.mutator(), *integer));
}
FART_CATCH

Fart_Handle Fart_IntegerFitsIntoInt64(Fart_Handle integer, bool* fits) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, integer);
  FART_NEED_POINTER(isolate, fits);
  FART_NEED_TYPE(isolate, object, integer, IsInteger, "Integer");
  *fits = Holds<IsInt64>(object);
  return Success();
}
FART_CATCH

Fart_Handle Fart_IntegerFitsIntoUint64(Fart_Handle integer, bool* fits) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, integer);
  FART_NEED_POINTER(isolate, fits);
  FART_NEED_TYPE(isolate, object, integer, IsInteger, "Integer");
  const NoSafepointScope quiet;
  *fits = IntegerToUint64(object.Get(quiet), quiet).has_value();
  return Success();
}
FART_CATCH

namespace whole {

[[gnu::noinline]] static Fart_Handle Fart_IntegerToInt64(Fart_Handle integer, std::int64_t* value)
    FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, integer);
  FART_NEED_POINTER(isolate, value);
  FART_NEED_TYPE(isolate, object, integer, IsInteger, "Integer");
  {
    const NoSafepointScope quiet;
    if (const auto small = IntegerToInt64(object.Get(quiet), quiet)) [[likely]] {
      *value = *small;
      return Success();
    }
  }
  return DoesNotFit(isolate, __func__, object, "int64_t");
}
FART_CATCH

}  // namespace whole

Fart_Handle Fart_IntegerToInt64(Fart_Handle integer, std::int64_t* value) FART_MAY_COLLECT {
  const Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr && value != nullptr) [[likely]] {
    const ObjectPtr* const object = QuickSlot(*isolate, integer);
    if (object != nullptr && object->IsSmi()) [[likely]] {
      *value = object->SmiValue();
      return Success();
    }
  }
  return whole::Fart_IntegerToInt64(integer, value);
}

Fart_Handle Fart_IntegerToUint64(Fart_Handle integer,
                                 std::uint64_t* value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, integer);
  FART_NEED_POINTER(isolate, value);
  FART_NEED_TYPE(isolate, object, integer, IsInteger, "Integer");
  {
    const NoSafepointScope quiet;
    if (const auto small = IntegerToUint64(object.Get(quiet), quiet)) [[likely]] {
      *value = *small;
      return Success();
    }
  }
  return DoesNotFit(isolate, __func__, object, "uint64_t");
}
FART_CATCH

Fart_Handle Fart_IntegerToHexCString(Fart_Handle integer,
                                     const char** value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, integer);
  FART_NEED_POINTER(isolate, value);
  FART_NEED_TYPE(isolate, object, integer, IsInteger, "Integer");
  const char* const text = CopyToScope(isolate, HexText(object));
  if (text == nullptr) [[unlikely]]
    return ToForeign(ErrorText::kOffHeapMemory);
  *value = text;
  return Success();
}
FART_CATCH

namespace whole {

[[gnu::noinline]] static Fart_Handle Fart_NewDouble(double value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  return Wrap(isolate, NewDouble(isolate.mutator(), value));
}
FART_CATCH

}  // namespace whole

Fart_Handle Fart_NewDouble(double value) FART_MAY_COLLECT {
  Isolate* const isolate = WithRoomForObject();
  if (isolate != nullptr) [[likely]] {
    const NoSafepointScope quiet;
    const ObjectPtr object = isolate->mutator().TryAllocateInitialised(
        core_shape::kDouble, kDoubleSize, DoubleWords{value}, quiet);
    if (!object.is_null()) [[likely]]
      return QuickHandle(*isolate, object, quiet);
  }
  return whole::Fart_NewDouble(value);
}

Fart_Handle Fart_DoubleValue(Fart_Handle double_obj, double* value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, double_obj);
  FART_NEED_POINTER(isolate, value);
  FART_NEED_TYPE(isolate, object, double_obj, IsDouble, "Double");
  const NoSafepointScope quiet;
  *value = DoubleValue(object.Get(quiet), quiet);
  return Success();
}
FART_CATCH
