#include "api/shim.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "api/inspect.h"
#include "vm/program.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/errors.h"

namespace fart::api {

const ObjectPtr* SlotOfTagged(const Isolate& isolate, HandleValue value) {
  const ResolveResult resolved = isolate.handles().Resolve(value);
  if (const auto text = ErrorTextOf(value)) return isolate.ReadyError(*text).slot();
  return resolved.slot;
}

std::string IndexedName(const char* argument, std::intptr_t index) {
  return std::string(argument) + "[" + std::to_string(index) + "]";
}

Fart_Handle AtPlace(ErrorText text, std::string_view function) {
  if (!function.starts_with("Fart_")) return ToForeign(text);
  return ToForeign(PlaceErrorHandle(text, function));
}

Fart_Handle NewErrorHandle(Isolate& isolate, std::string_view message) {
  // The sentence begins with the function's name, mostly.
  const std::string_view function = message.substr(0, message.find_first_of(" :"));
  if (isolate.IsInCallback()) return AtPlace(ErrorText::kInCallback, function);
  if (!isolate.handles().locals.HasScope()) return AtPlace(ErrorText::kNoScope, function);
  return Wrap(isolate, NewApiError(isolate, message));
}

namespace {

// The sentence of a handle that will not do. Where each of them is to be found, no other follows.
std::string LiveHandleText(const Isolate& isolate, const char* function, const char* argument,
                           HandleValue value, HandleStatus status, const void* entry) {
  std::string text = ExpectsLiveHandle(function, argument, status, value.is_empty());
  if (status != HandleStatus::kStale && status != HandleStatus::kDead) return text;
  text += EndedText(Isolate::Current()->handles(), value, entry);
  if (status == HandleStatus::kStale && isolate.flags().checked_handles_abort) {
    std::fprintf(stderr, "%s\n", text.c_str());
    std::abort();
  }
  return text;
}

}  // namespace

std::string BadHandleText(const Isolate& isolate, const char* function, const char* argument,
                          HandleValue value, HandleStatus status, const void* entry) {
  const bool is_elsewhere = status == HandleStatus::kNotAHandle &&
                            isolate.handles().Resolve(value).status == HandleStatus::kOk;
  if (is_elsewhere) status = HandleStatus::kWrongKind;
  return LiveHandleText(isolate, function, argument, value, status, entry);
}

std::string NotLiveText(const Isolate& isolate, const char* function, const char* argument,
                        HandleValue value, const void* entry) {
  HandleStatus status = isolate.handles().Resolve(value).status;
  // An error text that there is none of.
  if (status == HandleStatus::kErrorText) status = HandleStatus::kNotAHandle;
  return LiveHandleText(isolate, function, argument, value, status, entry);
}

Fart_Handle NotLive(Isolate& isolate, const char* function, const char* argument,
                    Fart_Handle handle) {
  return NewErrorHandle(isolate,
                        NotLiveText(isolate, function, argument, HandleValue::FromPointer(handle),
                                    __builtin_return_address(0)));
}

Fart_Handle WrongType(Isolate& isolate, const char* function, const char* argument,
                      Fart_Handle handle, Rooted object, const char* type) {
  if (Holds<IsError>(object)) return handle;
  if (object.is_null()) return NullPointer(isolate, function, argument);
  return NewErrorHandle(isolate,
                        ExpectsType(function, argument, type, TypeNameOf(isolate, object)));
}

Fart_Handle NullPointer(Isolate& isolate, const char* function, const char* argument) {
  return NewErrorHandle(isolate, ExpectsNonNull(function, argument));
}

Fart_Handle OutOfRange(Isolate& isolate, const char* function, const char* argument,
                       std::int64_t found, std::uint64_t max) {
  return NewErrorHandle(isolate, ExpectsRange(function, argument, max, found));
}

Fart_Handle BadIndex(Isolate& isolate, const char* function, const char* argument,
                     std::int64_t found, std::size_t count) {
  if (count != 0) return OutOfRange(isolate, function, argument, found, count - 1);
  return NewErrorHandle(
      isolate,
      Expects(function, argument, "an index, but there is nothing to count") + ItIs(found));
}

const char* TypeNameOf(const Isolate& isolate, Rooted object) {
  const NoSafepointScope quiet;
  return isolate.shapes().table()[ShapeIdOf(object.Get(quiet))].name();
}

void RecordForgottenScope(std::size_t handles, const char* function) {
  // So the next allocation asks the collector: it may want to look at them now.
  Isolate::Current()->mutator().RetireArea();
  if (handles == LocalHandles::kNoneForgotten) return;
  RecordMisuse(std::string(function) + ": " + std::to_string(handles) +
               " local handles are open. Is a scope missing around the body of a loop?");
}

void RecordText(const char* function, ErrorText text) {
  char sentence[256];
  std::snprintf(sentence, sizeof sentence, "%s: %s", function, TextOf(text));
  RecordMisuse(sentence);
}

void RecordNotLive(const Isolate& isolate, const char* function, const char* argument,
                   Fart_Handle handle) {
  RecordMisuse(NotLiveText(isolate, function, argument, HandleValue::FromPointer(handle),
                           __builtin_return_address(0)));
}

void RecordBadHandle(const Isolate& isolate, const char* function, const char* argument,
                     HandleValue value, HandleStatus status) {
  RecordMisuse(
      BadHandleText(isolate, function, argument, value, status, __builtin_return_address(0)));
}

void PutErrorText(char** error, const char* text) {
  if (error != nullptr) *error = ::strdup(text);
}

char* CopyToScope(Isolate& isolate, std::string_view text) {
  void* const room = isolate.handles().locals.arena().Allocate(ByteCount(text.size() + 1));
  if (room == nullptr) return nullptr;
  auto* const copy = static_cast<char*>(room);
  std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\0';
  return copy;
}

Fart_Handle FinishCall(Isolate& isolate, const Outcome& outcome) {
  if (outcome.IsError() || isolate.innermost_foreign_frame() != nullptr) {
    return Wrap(isolate, outcome);
  }
  StackRoots<1> result(isolate.stack());
  {
    const NoSafepointScope quiet;
    result.Set(0, outcome.Get(quiet));
  }
  const Outcome put_off = isolate.program().RunMicrotasks();
  return put_off.IsError() ? Wrap(isolate, put_off) : Wrap(isolate, result[0]);
}

}  // namespace fart::api
