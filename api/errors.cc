// Errors -- asked, made, taken apart and kept.
//
// Not here: leaving a native function with one (exceptions.cc).

#include <cstdio>
#include <cstdlib>
#include <string>

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/native/libraries.h"
#include "vm/values/errors.h"
#include "vm/values/objects.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// An error handle that can be read without an isolate.
bool IsErrorText(Fart_Handle handle) {
  return ErrorTextOf(HandleValue::FromPointer(handle)).has_value();
}

// Whether `handle` leads to an error for which `test(ObjectPtr, quiet)` holds; a text counts as
// `is_so_of_texts`. What is no live handle is recorded.
template <typename Test>
bool Ask(const char* function, Fart_Handle handle, bool is_so_of_texts,
         Test&& test) FART_READS_OBJECTS {
  if (IsErrorText(handle)) [[unlikely]]
    return is_so_of_texts;
  const Isolate* const isolate = Isolate::Current();
  if (isolate == nullptr) [[unlikely]] {
    RecordText(function, ErrorText::kNoIsolate);
    return false;
  }
  const ObjectPtr* const slot = SlotOf(*isolate, handle);
  if (slot == nullptr) [[unlikely]] {
    RecordNotLive(*isolate, function, "handle", handle);
    return false;
  }
  const NoSafepointScope quiet;
  const ObjectPtr object = Rooted(slot).Get(quiet);
  return IsError(object) && test(object, quiet);
}

bool IsOfKind(const char* function, Fart_Handle handle, ErrorKind kind) FART_READS_OBJECTS {
  return Ask(function, handle, kind == ErrorKind::kApi,
             [kind](ObjectPtr error, const NoSafepointScope& quiet) {
               return ErrorKindOf(error, quiet) == kind;
             });
}

bool Is(Rooted error, ErrorKind kind) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return ErrorKindOf(error.Get(quiet), quiet) == kind;
}

using Part = ObjectPtr (*)(ObjectPtr error, const NoSafepointScope& quiet);

// A part that only an unhandled exception has; `parts` is its name in the plural.
Fart_Handle TakePart(const char* function, Fart_Handle handle, Part part,
                     const char* parts) FART_MAY_COLLECT {
  if (Isolate::Current() == nullptr) return AtPlace(ErrorText::kNoIsolate, function);
  Isolate& isolate = *Isolate::Current();
  if (!isolate.handles().locals.HasScope()) return AtPlace(ErrorText::kNoScope, function);
  const ObjectPtr* const slot = SlotOf(isolate, handle);
  if (slot == nullptr) return NotLive(isolate, function, "handle", handle);
  const Rooted error(slot);
  if (!Holds<IsError>(error)) {
    return NewErrorHandle(isolate, std::string("Can only get ") + parts + " from error handles.");
  }
  if (!Is(error, ErrorKind::kUnhandledException)) {
    return NewErrorHandle(isolate, "This error is not an unhandled exception error.");
  }
  const NoSafepointScope quiet;
  return WrapObject(isolate, part(error.Get(quiet), quiet), quiet);
}

}  // namespace

namespace fart::api {

std::string DescribeError(Isolate& isolate, Rooted error) {
  if (!Is(error, ErrorKind::kUnhandledException)) {
    const NoSafepointScope quiet;
    return ToUtf8(ErrorMessage(error.Get(quiet), quiet), quiet);
  }
  StackRoots<2> parts(isolate.stack());  // A-A3
  {
    const NoSafepointScope quiet;
    parts.Set(0, ErrorException(error.Get(quiet), quiet));
    parts.Set(1, ErrorStackTrace(error.Get(quiet), quiet));
  }
  return isolate.program().DescribeUnhandled(parts[0], parts[1]);
}

}  // namespace fart::api

// ---- Asking

namespace whole {

[[gnu::noinline]] static bool Fart_IsError(Fart_Handle handle) FART_READS_OBJECTS FART_TRY {
  return Ask(__func__, handle, true, [](ObjectPtr, const NoSafepointScope&) { return true; });
}
FART_CATCH_OR(false)

}  // namespace whole

bool Fart_IsError(Fart_Handle handle) FART_READS_OBJECTS {
  const Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr) [[likely]] {
    const ObjectPtr* const object = QuickSlot(*isolate, handle);
    if (object != nullptr) [[likely]] {
      const NoSafepointScope quiet;
      return IsError(*object);
    }
  }
  return whole::Fart_IsError(handle);
}

bool Fart_IsApiError(Fart_Handle handle) FART_READS_OBJECTS FART_TRY {
  return IsOfKind(__func__, handle, ErrorKind::kApi);
}
FART_CATCH_OR(false)

bool Fart_IsUnhandledExceptionError(Fart_Handle handle) FART_READS_OBJECTS FART_TRY {
  return IsOfKind(__func__, handle, ErrorKind::kUnhandledException);
}
FART_CATCH_OR(false)

bool Fart_IsCompilationError(Fart_Handle handle) FART_READS_OBJECTS FART_TRY {
  return IsOfKind(__func__, handle, ErrorKind::kCompilation);
}
FART_CATCH_OR(false)

bool Fart_IsFatalError(Fart_Handle handle) FART_READS_OBJECTS FART_TRY {
  return IsOfKind(__func__, handle, ErrorKind::kFatal);
}
FART_CATCH_OR(false)

bool Fart_IsVMRestartRequest(Fart_Handle handle) FART_READS_OBJECTS FART_TRY {
  return Ask(__func__, handle, false, [](ObjectPtr error, const NoSafepointScope& quiet) {
    return ErrorKindOf(error, quiet) == ErrorKind::kFatal &&
           ErrorCauseOf(error, quiet) == ErrorCause::kRestart;
  });
}
FART_CATCH_OR(false)

bool Fart_ErrorHasException(Fart_Handle handle) FART_READS_OBJECTS FART_TRY {
  return IsOfKind(__func__, handle, ErrorKind::kUnhandledException);
}
FART_CATCH_OR(false)

const char* Fart_GetError(Fart_Handle handle) FART_MAY_COLLECT FART_TRY {
  if (IsErrorText(handle)) return MessageOfErrorHandle(HandleValue::FromPointer(handle));
  FART_ENTER_OR(isolate, TextOf(ErrorText::kNoIsolate));
  FART_UNWRAP_OR(isolate, error, handle,
                 "Fart_GetError expects argument 'handle' to be a live handle.");
  if (!Holds<IsError>(error)) return "";
  FART_NEED_SCOPE_OR(isolate, TextOf(ErrorText::kNoScope));
  if (Is(error, ErrorKind::kUnhandledException)) {
    FART_NEED_NO_CALLBACK_OR(isolate, TextOf(ErrorText::kInCallback));
  }
  std::string text = DescribeError(isolate, error);
  if (text.ends_with('\n')) text.pop_back();
  const char* const copy = CopyToScope(isolate, text);
  if (copy != nullptr) [[likely]]
    return copy;
  RecordText(__func__, ErrorText::kOffHeapMemory);
  return TextOf(ErrorText::kOffHeapMemory);
}
FART_CATCH_OR(TextOf(ErrorText::kOffHeapMemory))

// ---- Taking apart

Fart_Handle Fart_ErrorGetException(Fart_Handle handle) FART_MAY_COLLECT FART_TRY {
  return TakePart(__func__, handle, ErrorException, "exceptions");
}
FART_CATCH

Fart_Handle Fart_ErrorGetStackTrace(Fart_Handle handle) FART_MAY_COLLECT FART_TRY {
  return TakePart(__func__, handle, ErrorStackTrace, "stacktraces");
}
FART_CATCH

Fart_Handle Fart_ErrorGetStacktrace(Fart_Handle handle) FART_MAY_COLLECT FART_TRY {
  return TakePart(__func__, handle, ErrorStackTrace, "stacktraces");
}
FART_CATCH

// ---- Making

Fart_Handle Fart_NewApiError(const char* error) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_POINTER(isolate, error);
  return Wrap(isolate, NewApiError(isolate, error));
}
FART_CATCH

Fart_Handle Fart_NewUnhandledExceptionError(Fart_Handle exception) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, thrown, exception);
  StackRoots<1> message(isolate.stack());
  const bool is_error = Holds<IsError>(thrown);
  if (is_error) {
    if (!Is(thrown, ErrorKind::kApi) && !Is(thrown, ErrorKind::kCompilation)) return exception;
    const NoSafepointScope quiet;
    message.Set(0, ErrorMessage(thrown.Get(quiet), quiet));
  } else if (!IsInstanceOf(isolate, thrown)) {
    return WrongType(isolate, __func__, "exception", exception, thrown, "Instance");
  }
  return Wrap(isolate, NewUnhandledException(isolate, is_error ? message[0] : thrown,
                                             isolate.ConstantObject(Constant::kNull)));
}
FART_CATCH

// ---- Keeping

void Fart_SetStickyError(Fart_Handle error) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  FART_UNWRAP_OR(isolate, kept, error, FART_NOTHING);
  const bool may_be_kept =
      kept.is_null() || (Holds<IsError>(kept) &&
                         (Is(kept, ErrorKind::kUnhandledException) || Is(kept, ErrorKind::kFatal)));
  if (!may_be_kept) {
    RecordMisuse(Expects(__func__, "error", "an unhandled exception, a fatal error or null"));
    return;
  }
  if (!kept.is_null() && !isolate.sticky_error().is_null()) {
    RecordMisuse(std::string(__func__) + ": an error is already kept.");
    return;
  }
  const NoSafepointScope quiet;
  isolate.SetStickyError(kept.Get(quiet), quiet);
}
FART_CATCH_OR(FART_NOTHING)

bool Fart_HasStickyError() FART_TRY {
  FART_ENTER_OR(isolate, false);
  return !isolate.sticky_error().is_null();
}
FART_CATCH_OR(false)

Fart_Handle Fart_GetStickyError() FART_READS_OBJECTS FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  return Wrap(isolate, isolate.sticky_error());
}
FART_CATCH

// ---- Giving up

void _Fart_ReportErrorHandle(const char* file, int line, const char* handle_string,
                             const char* error) {
  const auto text = [](const char* given) { return given == nullptr ? "" : given; };
  std::fprintf(stderr, "%s:%d: error handle: '%s': %s\n", text(file), line, text(handle_string),
               text(error));
  std::abort();
}
