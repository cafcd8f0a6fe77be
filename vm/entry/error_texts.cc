#include "vm/entry/error_texts.h"

#include <initializer_list>

#include "heap/base/check.h"

namespace fart {

const char* TextOf(ErrorText text) {
  switch (text) {
    case ErrorText::kNoIsolate:
      return "This thread has not entered an isolate.";
    case ErrorText::kNoScope:
      return "No scope is open to hold a local handle.";
    case ErrorText::kInCallback:
      return "Inside a callback nothing may be called that may collect, throw, or change the "
             "isolate.";
    case ErrorText::kOutOfMemory:
      return "Out of memory: the heap limit is reached.";
    case ErrorText::kNoHandleSpace:
      return "Out of memory: no room for another handle.";
    case ErrorText::kOffHeapMemory:
      return "Out of memory: the system gives no more.";
    case ErrorText::kStackOverflow:
      return "Stack Overflow";
    case ErrorText::kNoFrameToPropagate:
      return "No Fart frames on stack, cannot propagate error.";
    case ErrorText::kNoFrameToThrow:
      return "No Fart frames on stack, cannot throw exception";
  }
  return "An error handle that no version of this library makes.";
}

namespace {

std::string Join(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

const char* WhyNotLive(HandleStatus status, bool is_null) {
  switch (status) {
    case HandleStatus::kOk:
    case HandleStatus::kErrorText:
      FART_UNREACHABLE();
    case HandleStatus::kDead:
      return "its object is dead";
    case HandleStatus::kStale:
      return "it was deleted or its scope has ended";
    case HandleStatus::kForeign:
      return "it belongs to another isolate";
    case HandleStatus::kWrongKind:
      return "it is a handle of another kind";
    case HandleStatus::kNotAHandle:
      return is_null ? "it is NULL" : "it was never a handle, or its scope has ended";
  }
  FART_UNREACHABLE();
}

}  // namespace

std::string Expects(std::string_view function, std::string_view argument, std::string_view rule) {
  return Join({function, " expects argument '", argument, "' to be ", rule, "."});
}

std::string ExpectsNonNull(std::string_view function, std::string_view argument) {
  return Expects(function, argument, "non-null");
}

std::string ExpectsType(std::string_view function, std::string_view argument, std::string_view type,
                        std::string_view found) {
  return Expects(function, argument, Join({"of type ", type})) + ItIsOfType(found);
}

std::string ExpectsRange(std::string_view function, std::string_view argument, std::uint64_t max,
                         std::int64_t found) {
  return Expects(function, argument, Join({"in the range [0..", std::to_string(max), "]"})) +
         ItIs(found);
}

std::string ItIsOfType(std::string_view found) { return Join({" It is of type ", found, "."}); }

std::string ItIs(std::int64_t found) { return Join({" It is ", std::to_string(found), "."}); }

std::string ExpectsLiveHandle(std::string_view function, std::string_view argument,
                              HandleStatus status, bool is_null) {
  return Expects(function, argument, Join({"a live handle, but ", WhyNotLive(status, is_null)}));
}

}  // namespace fart
