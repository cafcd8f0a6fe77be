// Errors -- the four kinds of error, as objects of the heap.
//
// An error is no value of a program: it is what an operation came to instead of one (Outcome), and
// travels outwards until somebody handles it. An unhandled exception carries what was thrown; where
// the language meets one it continues as thrown. The others discard program frames up to the host,
// except that a cause below kRestart is for the language to make a catchable exception of.
//
// Not here: errors that need no heap (error_texts.h).

#ifndef FART_VM_VALUES_ERRORS_H_
#define FART_VM_VALUES_ERRORS_H_

#include <cstdint>
#include <string_view>

#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/object_ptr.h"
#include "vm/memory/core_shapes.h"
#include "vm/roots/rooted.h"

namespace fart {

class ObjectMemory;

enum class ErrorKind : std::uint8_t { kApi, kUnhandledException, kCompilation, kFatal };

// Why the VM itself raised it.
enum class ErrorCause : std::uint8_t {
  kOther,
  kOutOfMemory,    // a program sees an OutOfMemoryError
  kStackOverflow,  // a program sees a StackOverflowError
  kNoSuchNative,   // a program sees an exception with the error's message
  kForeignEscape,  // so it does: C++ let an exception out
  kRestart,        // of a fatal error: the whole machine should be started again
};

// ---- Constructors: always an error; the isolate's out-of-memory error if there is no room for the
// one asked for. Messages are UTF-8.
Outcome NewApiError(ObjectMemory& memory, std::string_view message) FART_MAY_COLLECT;
Outcome NewCompilationError(ObjectMemory& memory, std::string_view message) FART_MAY_COLLECT;
Outcome NewFatalError(ObjectMemory& memory, std::string_view message) FART_MAY_COLLECT;
// With a stack trace, or null.
Outcome NewFatalError(ObjectMemory& memory, std::string_view message,
                      Rooted stack_trace) FART_MAY_COLLECT;
// The message stays null: it is the exception's toString, made when asked for.
Outcome NewUnhandledException(ObjectMemory& memory, Rooted exception,
                              Rooted stack_trace) FART_MAY_COLLECT;
// The general one.
// Null at the heap limit: for those that are made before there is a ready one.
FreshObject TryNewError(ObjectMemory& memory, ErrorKind kind, ErrorCause cause,
                        std::string_view message) FART_MAY_COLLECT;
Outcome NewError(ObjectMemory& memory, ErrorKind kind, ErrorCause cause,
                 std::string_view message) FART_MAY_COLLECT;

// ---- Readers
inline bool IsError(ObjectPtr object) { return HasShape(object, core_shape::kError); }
ErrorKind ErrorKindOf(ObjectPtr error, const NoSafepointScope&);
ErrorCause ErrorCauseOf(ObjectPtr error, const NoSafepointScope&);
// A string; null for an unhandled exception.
ObjectPtr ErrorMessage(ObjectPtr error, const NoSafepointScope&);
// Null for every other kind.
ObjectPtr ErrorException(ObjectPtr error, const NoSafepointScope&);
// Null where there is none.
ObjectPtr ErrorStackTrace(ObjectPtr error, const NoSafepointScope&);

}  // namespace fart

#endif  // FART_VM_VALUES_ERRORS_H_
