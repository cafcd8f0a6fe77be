// Exceptions -- leaving the running native function with an error or a thrown object.
//
// The frames here are unwound as well when it is left: nothing in them may be `noexcept`.

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/memory/core_shapes.h"
#include "vm/native/native_call.h"
#include "vm/values/errors.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

bool IsStackTrace(ObjectPtr object) { return HasShape(object, core_shape::kStackTrace); }

Fart_Handle HandleOf(const char* function, UnwindRefusal refusal, ErrorText no_frame) {
  switch (refusal) {
    case UnwindRefusal::kNoMark:
    case UnwindRefusal::kOtherIsolate:
    case UnwindRefusal::kOtherEntry:
      return ToForeign(no_frame);
    case UnwindRefusal::kBarrier:
      return AtPlace(ErrorText::kInCallback, function);
  }
  FART_UNREACHABLE();
}

// Comes back only if there is nowhere to go.
Fart_Handle Leave(Isolate& isolate, const char* function, Rooted error,
                  ErrorText no_frame) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return HandleOf(function, PropagateError(isolate, error.Get(quiet), quiet), no_frame);
}

Fart_Handle Throw(Isolate& isolate, const char* function, Rooted exception,
                  Rooted stack_trace) FART_MAY_COLLECT {
  const Outcome error = NewUnhandledException(isolate, exception, stack_trace);
  const NoSafepointScope quiet;
  return HandleOf(function, PropagateError(isolate, error.Get(quiet), quiet),
                  ErrorText::kNoFrameToThrow);
}

}  // namespace

Fart_Handle Fart_PropagateError(Fart_Handle handle) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_UNWRAP(isolate, error, handle);
  if (!Holds<IsError>(error)) {
    return NewErrorHandle(isolate, Expects(__func__, "handle", "an error handle"));
  }
  return Leave(isolate, __func__, error, ErrorText::kNoFrameToPropagate);
}
FART_CATCH

Fart_Handle Fart_ThrowException(Fart_Handle exception) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_UNWRAP(isolate, thrown, exception);
  if (Holds<IsError>(thrown)) return Leave(isolate, __func__, thrown, ErrorText::kNoFrameToThrow);
  if (!IsInstanceOf(isolate, thrown)) {
    return WrongType(isolate, __func__, "exception", exception, thrown, "Instance");
  }
  return Throw(isolate, __func__, thrown, isolate.ConstantObject(Constant::kNull));
}
FART_CATCH

Fart_Handle Fart_RethrowException(Fart_Handle exception,
                                  Fart_Handle stacktrace) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_UNWRAP(isolate, thrown, exception);
  FART_UNWRAP(isolate, trace, stacktrace);
  if (!IsInstanceOf(isolate, thrown)) {
    return WrongType(isolate, __func__, "exception", exception, thrown, "Instance");
  }
  FART_NEED_TYPE(isolate, trace, stacktrace, IsStackTrace, "StackTrace");
  return Throw(isolate, __func__, thrown, trace);
}
FART_CATCH
