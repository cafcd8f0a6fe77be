#include "vm/entry/place_errors.h"

#include <cstddef>
#include <deque>
#include <mutex>
#include <string>

namespace fart {

namespace {

struct PlaceError {
  ErrorText text;
  std::string function;
  std::string message;
};

struct PlaceErrors {
  std::mutex lock;
  std::deque<PlaceError> errors;  // Elements stay where they are.
};

// Never destroyed: hosts may ask while the process ends.
PlaceErrors& ThePlaceErrors() {
  alignas(PlaceErrors) static std::byte place[sizeof(PlaceErrors)];
  static PlaceErrors& errors = *new (place) PlaceErrors;
  return errors;
}

// Far more than there are functions.
constexpr std::size_t kMaxPlaceErrors = 4096;

}  // namespace

HandleValue PlaceErrorHandle(ErrorText text, std::string_view function) {
  PlaceErrors& places = ThePlaceErrors();
  const std::lock_guard<std::mutex> guard(places.lock);
  std::uint32_t index = kErrorTexts;
  for (const PlaceError& error : places.errors) {
    if (error.text == text && error.function == function) return HandleValue::ErrorText(index);
    ++index;
  }
  if (places.errors.size() == kMaxPlaceErrors) return ErrorHandle(text);
  // Without memory it says what is wrong, and not who was called.
  try {
    const std::string name(function);
    places.errors.push_back({text, name, name + ": " + TextOf(text)});
  } catch (const std::bad_alloc&) {
    return ErrorHandle(text);
  }
  return HandleValue::ErrorText(index);
}

void HoldPlaceErrorsForFork() { ThePlaceErrors().lock.lock(); }
void ReleasePlaceErrors() { ThePlaceErrors().lock.unlock(); }

std::optional<ErrorText> place_errors_internal::TextOfPlace(std::uint32_t index) {
  PlaceErrors& places = ThePlaceErrors();
  const std::lock_guard<std::mutex> guard(places.lock);
  if (index - kErrorTexts >= places.errors.size()) return std::nullopt;
  return places.errors[index - kErrorTexts].text;
}

const char* MessageOfErrorHandle(HandleValue value) {
  const std::uint32_t index = value.index();
  PlaceErrors& places = ThePlaceErrors();
  const std::lock_guard<std::mutex> guard(places.lock);
  if (index < kErrorTexts || index - kErrorTexts >= places.errors.size()) {
    return TextOfErrorHandle(value);
  }
  return places.errors[index - kErrorTexts].message.c_str();
}

}  // namespace fart
