#include "vm/values/errors.h"

#include "vm/memory/object_memory.h"
#include "vm/values/strings.h"

namespace fart {

namespace {

enum ErrorReference : std::size_t { kMessage, kException, kStackTrace, kReferences };

ObjectPtr* ReferencesOf(ObjectPtr error) {
  FART_DCHECK(IsError(error));
  return (error.address() + kReferencesOffset).As<ObjectPtr>();
}
// The raw bytes: kind, cause, zeros.
std::uint8_t* BytesOf(ObjectPtr error) {
  return reinterpret_cast<std::uint8_t*>(ReferencesOf(error) + kReferences);
}

// `roots`: message, exception, stack trace. Null at the heap limit.
FreshObject TryAllocateError(ObjectMemory& memory, ErrorKind kind, ErrorCause cause,
                             Roots roots) FART_MAY_COLLECT {
  Mutator& mutator = memory.mutator();
  const FreshObject fresh =
      mutator.AllocateFixed(core_shape::kError, memory.heap().shapes()[core_shape::kError]);
  if (fresh.is_null()) return fresh;
  const NoSafepointScope quiet;
  const ObjectPtr error = fresh.Get(quiet);
  for (std::size_t i = 0; i < kReferences; ++i) {
    mutator.InitField(error, ReferencesOf(error) + i, roots[i].Get(quiet));
  }
  BytesOf(error)[0] = static_cast<std::uint8_t>(kind);
  BytesOf(error)[1] = static_cast<std::uint8_t>(cause);
  return fresh;
}

Outcome OutcomeOfError(const ObjectMemory& memory, const FreshObject& error) FART_MAY_COLLECT {
  if (error.is_null()) return memory.ReadyErrorOutcome(ErrorText::kOutOfMemory);
  const NoSafepointScope quiet;
  return Outcome::Error(error.Get(quiet), quiet);
}

Outcome AllocateError(ObjectMemory& memory, ErrorKind kind, ErrorCause cause,
                      Roots roots) FART_MAY_COLLECT {
  return OutcomeOfError(memory, TryAllocateError(memory, kind, cause, roots));
}

// Null at the heap limit.
FreshObject TryNewErrorWithTrace(ObjectMemory& memory, ErrorKind kind, ErrorCause cause,
                                 std::string_view message, Rooted stack_trace) FART_MAY_COLLECT {
  StackRoots<kReferences> roots(memory.stack());
  {
    const FreshObject string = NewStringFromUtf8(memory.mutator(), message);
    if (string.is_null()) return string;
    const NoSafepointScope quiet;
    roots.Set(kMessage, string.Get(quiet));
    roots.Set(kStackTrace, stack_trace.Get(quiet));
  }
  return TryAllocateError(memory, kind, cause, roots.all());
}

Outcome NewErrorWithTrace(ObjectMemory& memory, ErrorKind kind, ErrorCause cause,
                          std::string_view message, Rooted stack_trace) FART_MAY_COLLECT {
  if (memory.IsInCallback()) return memory.ReadyErrorOutcome(ErrorText::kInCallback);
  return OutcomeOfError(memory, TryNewErrorWithTrace(memory, kind, cause, message, stack_trace));
}

}  // namespace

Outcome NewError(ObjectMemory& memory, ErrorKind kind, ErrorCause cause, std::string_view message) {
  return NewErrorWithTrace(memory, kind, cause, message, memory.ConstantObject(Constant::kNull));
}

FreshObject TryNewError(ObjectMemory& memory, ErrorKind kind, ErrorCause cause,
                        std::string_view message) {
  return TryNewErrorWithTrace(memory, kind, cause, message, memory.ConstantObject(Constant::kNull));
}

Outcome NewApiError(ObjectMemory& memory, std::string_view message) {
  return NewError(memory, ErrorKind::kApi, ErrorCause::kOther, message);
}
Outcome NewCompilationError(ObjectMemory& memory, std::string_view message) {
  return NewError(memory, ErrorKind::kCompilation, ErrorCause::kOther, message);
}
Outcome NewFatalError(ObjectMemory& memory, std::string_view message) {
  return NewError(memory, ErrorKind::kFatal, ErrorCause::kOther, message);
}
Outcome NewFatalError(ObjectMemory& memory, std::string_view message, Rooted stack_trace) {
  return NewErrorWithTrace(memory, ErrorKind::kFatal, ErrorCause::kOther, message, stack_trace);
}

Outcome NewUnhandledException(ObjectMemory& memory, Rooted exception, Rooted stack_trace) {
  if (memory.IsInCallback()) return memory.ReadyErrorOutcome(ErrorText::kInCallback);
  StackRoots<kReferences> roots(memory.stack());
  {
    const NoSafepointScope quiet;
    roots.Set(kException, exception.Get(quiet));
    roots.Set(kStackTrace, stack_trace.Get(quiet));
  }
  return AllocateError(memory, ErrorKind::kUnhandledException, ErrorCause::kOther, roots.all());
}

ErrorKind ErrorKindOf(ObjectPtr error, const NoSafepointScope&) {
  return static_cast<ErrorKind>(BytesOf(error)[0]);
}
ErrorCause ErrorCauseOf(ObjectPtr error, const NoSafepointScope&) {
  return static_cast<ErrorCause>(BytesOf(error)[1]);
}
ObjectPtr ErrorMessage(ObjectPtr error, const NoSafepointScope&) {
  return ReferencesOf(error)[kMessage];
}
ObjectPtr ErrorException(ObjectPtr error, const NoSafepointScope&) {
  return ReferencesOf(error)[kException];
}
ObjectPtr ErrorStackTrace(ObjectPtr error, const NoSafepointScope&) {
  return ReferencesOf(error)[kStackTrace];
}

}  // namespace fart
