// Steps: errors, misuse and throwing; objects and numbers.

#include <cmath>
#include <string_view>

#include "fuzz/api_steps.h"

namespace fart::fuzz {
namespace {

// ---- Errors

void AskError(ApiWorld& world) {
  const Fart_Handle handle = world.Of(Kind::kError);
  const bool is_error = FUZZ_CALL(Fart_IsError, handle);
  int kinds = 0;
  kinds += FUZZ_CALL(Fart_IsApiError, handle) ? 1 : 0;
  kinds += FUZZ_CALL(Fart_IsUnhandledExceptionError, handle) ? 1 : 0;
  kinds += FUZZ_CALL(Fart_IsCompilationError, handle) ? 1 : 0;
  kinds += FUZZ_CALL(Fart_IsFatalError, handle) ? 1 : 0;
  world.Expect(kinds == (is_error ? 1 : 0), "an error is of one kind");
  world.Expect(FUZZ_CALL(Fart_ErrorHasException, handle) == Fart_IsUnhandledExceptionError(handle),
               "an unhandled exception has an exception");
  FUZZ_CALL(Fart_IsVMRestartRequest, handle);
}

void GetError(ApiWorld& world) {
  const Fart_Handle handle = world.Of(Kind::kError);
  const char* const text = FUZZ_CALL(Fart_GetError, handle);
  // It may be empty: programs make errors from empty texts.
  world.Expect(text != nullptr, "an error's text is never NULL");
}

void GetException(ApiWorld& world) {
  const Fart_Handle handle = world.Of(Kind::kError);
  world.Keep(FUZZ_CALL(Fart_ErrorGetException, handle), Kind::kInstance);
}
void GetStackTrace(ApiWorld& world) {
  const Fart_Handle handle = world.Of(Kind::kError);
  world.Keep(FUZZ_CALL(Fart_ErrorGetStackTrace, handle), Kind::kTrace);
  world.Keep(FUZZ_CALL(Fart_ErrorGetStacktrace, handle), Kind::kTrace);
}

void NewApiError(ApiWorld& world) {
  const std::string text = world.Text();
  const char* const place = world.Place(text.c_str());
  world.Keep(FUZZ_CALL(Fart_NewApiError, place), Kind::kError);
}
void NewUnhandled(ApiWorld& world) {
  const Fart_Handle exception = world.Any();
  world.Keep(FUZZ_CALL(Fart_NewUnhandledExceptionError, exception), Kind::kError);
}

void Propagate(ApiWorld& world) {
  const Fart_Handle handle = world.Of(Kind::kError);
  const Fart_Handle answer = FUZZ_CALL(Fart_PropagateError, handle);
  world.Expect(Fart_IsError(answer), "what comes back is an error");
}
void Throw(ApiWorld& world) {
  const Fart_Handle exception = world.Any();
  const Fart_Handle answer = FUZZ_CALL(Fart_ThrowException, exception);
  world.Expect(Fart_IsError(answer), "what comes back is an error");
}
void Rethrow(ApiWorld& world) {
  const Fart_Handle exception = world.Any();
  const Fart_Handle trace = world.Of(Kind::kTrace);
  const Fart_Handle answer = FUZZ_CALL(Fart_RethrowException, exception, trace);
  world.Expect(Fart_IsError(answer), "what comes back is an error");
}

void StickyError(ApiWorld& world) {
  const Fart_Handle error = world.OneIn(3) ? Fart_Null() : world.Of(Kind::kError);
  const std::uint64_t misuses = Fart_MisuseCount();
  FUZZ_CALL(Fart_SetStickyError, error);
  const bool is_set = Fart_MisuseCount() == misuses;
  const bool has = FUZZ_CALL(Fart_HasStickyError);
  if (is_set) world.Expect(has == Fart_IsError(error), "a sticky error is kept");
  const Fart_Handle kept = FUZZ_CALL(Fart_GetStickyError);
  if (world.WentWell(kept)) world.Expect(!has, "a sticky error is an error");
  world.Keep(kept, Kind::kError);
}

// ---- Misuse

void OnMisuse(const char* message, void* data) {
  auto& world = *static_cast<ApiWorld*>(data);
  world.Expect(message != nullptr && message[0] != '\0', "a misuse has a text");
  Fart_IsNull(nullptr);  // A misuse inside: recorded, not called again.
}

void Misuse(ApiWorld& world) {
  const bool hears = world.OneIn(2);
  FUZZ_CALL(Fart_SetMisuseCallback, hears ? OnMisuse : nullptr, &world);
  const std::uint64_t before = FUZZ_CALL(Fart_MisuseCount);
  Fart_IsNull(nullptr);
  world.Expect(Fart_MisuseCount() == before + (hears ? 2 : 1), "a misuse is counted");
  const char* const said = FUZZ_CALL(Fart_GetMisuse);
  world.Expect(said != nullptr && said[0] != '\0', "a misuse is recorded");
  // Two are counted for one else, which no step's reckoning allows for.
  Fart_SetMisuseCallback(nullptr, nullptr);
}

// ---- Objects

void Constants(ApiWorld& world) {
  world.Keep(FUZZ_CALL(Fart_Null), Kind::kAny);
  world.Keep(FUZZ_CALL(Fart_True), Kind::kAny);
  world.Keep(FUZZ_CALL(Fart_False), Kind::kAny);
  world.Keep(FUZZ_CALL(Fart_EmptyString), Kind::kString);
  const bool value = world.OneIn(2);
  world.Keep(FUZZ_CALL(Fart_NewBoolean, value), Kind::kAny);
}

void AskObject(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  const bool is_null = FUZZ_CALL(Fart_IsNull, object);
  const bool is_instance = FUZZ_CALL(Fart_IsInstance, object);
  world.Expect(!is_null || !is_instance, "null is no instance");
  const bool is_bool = FUZZ_CALL(Fart_IsBoolean, object);
  world.Expect(!is_bool || is_instance, "a bool is an instance");
  const bool is_number = FUZZ_CALL(Fart_IsNumber, object);
  const bool is_int = FUZZ_CALL(Fart_IsInteger, object);
  const bool is_double = FUZZ_CALL(Fart_IsDouble, object);
  world.Expect(is_number == (is_int || is_double), "a number is an int or a double");
}

void BooleanValue(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  bool value = false;
  bool* const place = world.Place(&value);
  if (world.WentWell(FUZZ_CALL(Fart_BooleanValue, object, place), {place})) {
    world.Expect(Fart_IdentityEquals(object, Fart_NewBoolean(value)), "a bool reads right");
  }
}

void ToString(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  const Fart_Handle text = FUZZ_CALL(Fart_ToString, object);
  if (world.WentWell(text)) world.Expect(Fart_IsString(text), "toString gives a String");
  world.Keep(text, Kind::kString);
}

void ObjectEquals(ApiWorld& world) {
  const Fart_Handle one = world.Any();
  const Fart_Handle other = world.Any();
  bool equal = false;
  bool* const place = world.Place(&equal);
  world.WentWell(FUZZ_CALL(Fart_ObjectEquals, one, other, place), {place});
}

void Identity(ApiWorld& world) {
  const Fart_Handle one = world.Any();
  const Fart_Handle other = world.Any();
  const bool same = FUZZ_CALL(Fart_IdentityEquals, one, other);
  const std::uint64_t hash = FUZZ_CALL(Fart_IdentityHash, one);
  if (same) world.Expect(Fart_IdentityHash(other) == hash, "identical objects have one hash");
}

// ---- Numbers

void NewInteger(ApiWorld& world) {
  const std::int64_t value = world.Number();
  const std::size_t nested = world.nested;
  const Fart_Handle made = FUZZ_CALL(Fart_NewInteger, value);
  std::int64_t read = 0;
  if (world.IsUndisturbed(made, nested) && world.WentWell(Fart_IntegerToInt64(made, &read))) {
    world.Expect(read == value, "an int reads back");
  }
  world.Keep(made, Kind::kNumber);
}

void NewUnsigned(ApiWorld& world) {
  const auto value = static_cast<std::uint64_t>(world.Number());
  const std::size_t nested = world.nested;
  const Fart_Handle made = FUZZ_CALL(Fart_NewIntegerFromUint64, value);
  std::uint64_t read = 0;
  if (world.IsUndisturbed(made, nested) && world.WentWell(Fart_IntegerToUint64(made, &read))) {
    world.Expect(read == value, "an unsigned int reads back");
  }
  world.Keep(made, Kind::kNumber);
}

void NewFromHex(ApiWorld& world) {
  static constexpr char kDigits[] = "0123456789abcdefABCDEF-x ";
  std::string text = world.OneIn(2) ? "-0x" : "0x";
  for (std::size_t left = world.Below(40); left > 0; --left) {
    text += kDigits[world.Below(world.OneIn(16) ? sizeof(kDigits) - 1 : 22)];
  }
  const char* const place = world.Place(text.c_str());
  world.Keep(FUZZ_CALL(Fart_NewIntegerFromHexCString, place), Kind::kNumber);
}

void ReadInteger(ApiWorld& world) {
  const Fart_Handle object = world.Of(Kind::kNumber);
  bool fits = false;
  bool fits_unsigned = false;
  std::int64_t value = 0;
  std::uint64_t unsigned_value = 0;
  bool* const fits_place = world.Place(&fits);
  std::int64_t* const place = world.Place(&value);
  std::uint64_t* const unsigned_place = world.Place(&unsigned_value);
  const bool is_asked =
      world.WentWell(FUZZ_CALL(Fart_IntegerFitsIntoInt64, object, fits_place), {fits_place});
  const bool is_read = world.WentWell(FUZZ_CALL(Fart_IntegerToInt64, object, place), {place});
  if (is_asked && place != nullptr) world.Expect(fits == is_read, "an int that fits is read");
  FUZZ_CALL(Fart_IntegerFitsIntoUint64, object, &fits_unsigned);
  const bool is_unsigned_read =
      world.WentWell(FUZZ_CALL(Fart_IntegerToUint64, object, unsigned_place), {unsigned_place});
  if (is_read && is_unsigned_read) {
    world.Expect(static_cast<std::uint64_t>(value) == unsigned_value, "an int is one number");
  }
}

void ReadHex(ApiWorld& world) {
  const Fart_Handle object = world.Of(Kind::kNumber);
  const char* text = nullptr;
  const char** const place = world.Place(&text);
  if (!world.WentWell(FUZZ_CALL(Fart_IntegerToHexCString, object, place), {place})) return;
  const std::size_t nested = world.nested;
  const Fart_Handle again = Fart_NewIntegerFromHexCString(text);
  if (world.IsUndisturbed(again, nested)) {
    world.Expect(Fart_IdentityEquals(again, object), "an int reads back from its digits");
  }
}

void NewDouble(ApiWorld& world) {
  const std::uint64_t bits = world.OneIn(2) ? static_cast<std::uint64_t>(world.Number()) << 52
                                            : static_cast<std::uint64_t>(world.Number());
  double value = 0;
  std::memcpy(&value, &bits, sizeof(value));
  const std::size_t nested = world.nested;
  const Fart_Handle made = FUZZ_CALL(Fart_NewDouble, value);
  double read = 0;
  if (world.IsUndisturbed(made, nested) && world.WentWell(Fart_DoubleValue(made, &read))) {
    world.Expect(std::memcmp(&read, &value, sizeof(read)) == 0, "a double's bits read back");
  }
  world.Keep(made, Kind::kNumber);
}
void ReadDouble(ApiWorld& world) {
  const Fart_Handle object = world.Of(Kind::kNumber);
  double value = 0;
  double* const place = world.Place(&value);
  world.WentWell(FUZZ_CALL(Fart_DoubleValue, object, place), {place});
}

}  // namespace

std::span<const ApiStep> ErrorSteps() {
  static constexpr ApiStep kSteps[] = {
      AskError,  GetError, GetException, GetStackTrace, NewApiError, NewUnhandled,
      Propagate, Throw,    Rethrow,      StickyError,   Misuse,
  };
  return kSteps;
}

std::span<const ApiStep> ValueSteps() {
  static constexpr ApiStep kSteps[] = {
      Constants,  AskObject,   BooleanValue, ToString,    ObjectEquals, Identity,  NewInteger,
      NewInteger, NewUnsigned, NewFromHex,   ReadInteger, ReadHex,      NewDouble, ReadDouble,
  };
  return kSteps;
}

}  // namespace fart::fuzz
