// Shim -- what every exported function does around the ONE call it makes.
//
//   check    FART_ENTER, FART_NEED_...   leaves the function with the answer that its header text
//                                        promises for such a call
//   unwrap   FART_UNWRAP                 a handle becomes the place of a slot, or the same
//   wrap     Wrap, WrapObject            an object becomes a local handle of the host's scope
//
//   end      FART_CATCH                  memory outside the heap was used up on the way: what we
//                                        threw ends here
//
// The macros end in _OR where the function cannot return a handle: the misuse is recorded and the
// last argument returned. Checks are a load and a compare; what a failed one says is put together
// out of line (shim.cc).
//
// Invariants
//   A-A1 order     entry, callback, scope, handles, pointers and ranges, types.
//   A-A2 quiet     a raw object is read only inside a NoSafepointScope.
//   A-A3 held      an argument that is needed after a call that may run callbacks of dead handles
//                  is copied to a slot of our own first: a callback may delete a persistent handle.
//   A-A4 shared    null, true and false have one handle each, whichever function answers them; but
//                  for a variable of the host's (Fart_NewLocalHandle), which holds any object.
//   A-A5 ended     no exception of ours leaves an exported function; the unwinds of others, which
//                  end a thread or a native function, pass through all of them.
//
// Which line to write first, and then: a function that
//   returns a handle           FART_ENTER(isolate), FART_UNWRAP, FART_NEED_POINTER, ...
//   returns anything else      FART_ENTER_OR(isolate, answer), ...; FART_NOTHING for void
//   may collect                FART_NEED_NO_CALLBACK behind it
//   makes a handle             FART_NEED_SCOPE behind that
//   has a quick way            the quick body stands first, the whole one above it
// and around all of that: `Fart_Function(...) try {` ... `} FART_CATCH` or `FART_CATCH_OR(answer)`;
// not around a quick body, which would need a frame then, and throws nothing.
//
// Not here: what the functions do (vm), what the sentences are (vm/entry/error_texts.h).

#ifndef FART_API_SHIM_H_
#define FART_API_SHIM_H_

#include <cstddef>
#include <cstdint>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

#include "api/include/dart_api.h"
#include "handles/handle_tables.h"
#include "handles/handle_value.h"
#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/object_ptr.h"
#include "vm/entry/error_texts.h"
#include "vm/entry/misuse.h"
#include "vm/entry/place_errors.h"
#include "vm/isolate.h"
#include "vm/roots/rooted.h"
#include "vm/values/objects.h"

// Put on a function that never collects but opens a NoSafepointScope of its own: to the compiler's
// analysis it is what it is called by and may call, as one that may collect.
#define FART_READS_OBJECTS FART_MAY_COLLECT

namespace fart::api {

// ---- Values that are handles

inline Fart_Handle ToForeign(HandleValue value) { return value.As<_Fart_Handle>(); }
inline Fart_Handle ToForeign(ErrorText text) { return ToForeign(ErrorHandle(text)); }
inline Fart_Handle ToForeign(Constant constant) { return ToForeign(ConstantHandle(constant)); }
// What functions answer that have nothing else to say.
inline Fart_Handle Success() { return ToForeign(Constant::kTrue); }

// ---- Unwrap

[[gnu::noinline]] const ObjectPtr* SlotOfTagged(const Isolate& isolate, HandleValue value);

// The slot that a handle of the host leads to, that of the ready-made error for an error text;
// null if it is not live.
inline const ObjectPtr* SlotOf(const Isolate& isolate, Fart_Handle handle) {
  const HandleValue value = HandleValue::FromPointer(handle);
  if (isolate.handles().locals.IsLive(value)) [[likely]]
    return value.As<const ObjectPtr>();
  return SlotOfTagged(isolate, value);
}

// Whether `kIs`, a predicate of objects, holds for what is in the slot.
template <auto kIs>
bool Holds(Rooted object) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return kIs(object.Get(quiet));
}

// Whether a program can have it as a value other than null.
inline bool IsInstanceOf(const Isolate& isolate, Rooted object) FART_READS_OBJECTS {
  if (object.IsSmi()) return true;
  const NoSafepointScope quiet;
  return IsInstance(isolate.shapes(), object.Get(quiet));
}

// ---- Wrap

// null, true and false have handles of their own (IsConstant): a host may compare what it got with
// Fart_Null(). (A-A4)
inline Fart_Handle ConstantOf(ObjectPtr object) { return ToForeign(ConstantHandleOf(object)); }
inline Fart_Handle NewLocal(Isolate& isolate, ObjectPtr object) {
  const HandleValue value = isolate.handles().locals.CreateHandle(object);
  if (value.is_empty()) [[unlikely]]
    return ToForeign(ErrorText::kNoHandleSpace);
  return ToForeign(value);
}
inline Fart_Handle WrapObject(Isolate& isolate, ObjectPtr object, const NoSafepointScope&) {
  if (IsConstant(object)) [[unlikely]]
    return ConstantOf(object);
  return NewLocal(isolate, object);
}
inline Fart_Handle Wrap(Isolate& isolate, Rooted object) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return WrapObject(isolate, object.Get(quiet), quiet);
}
inline Fart_Handle Wrap(Isolate& isolate, const FreshObject& object) FART_READS_OBJECTS {
  if (object.is_null()) [[unlikely]]
    return ToForeign(ErrorText::kOutOfMemory);
  const NoSafepointScope quiet;
  return NewLocal(isolate, object.Get(quiet));  // What was made is no constant.
}
inline Fart_Handle Wrap(Isolate& isolate, const Outcome& outcome) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return WrapObject(isolate, outcome.Get(quiet), quiet);
}

// ---- Quick ways
//
// A function that hosts call millions of times has two bodies. The quick one takes for granted what
// is usual (an isolate, a scope, local handles, room) and calls nothing, so that it needs no stack
// frame; as soon as something is otherwise it leaves everything, from the beginning, to the one in
// namespace `whole`, out of line, which has the function's own name and thus names it in errors.

// The current isolate, if a local handle can be made in it without a call; else null.
inline Isolate* WithRoomForHandle() {
  Isolate* const isolate = Isolate::Current();
  if (isolate == nullptr) [[unlikely]]
    return nullptr;
  const LocalHandles& locals = isolate->handles().locals;
  return locals.HasScope() && locals.HasRoom() ? isolate : nullptr;
}
// The same, if objects may be made too.
inline Isolate* WithRoomForObject() {
  Isolate* const isolate = WithRoomForHandle();
  return isolate != nullptr && !isolate->IsInCallback() ? isolate : nullptr;
}
// A handle that there is room for, of what is no immediate (A-A4).
inline Fart_Handle QuickHandle(Isolate& isolate, ObjectPtr object, const NoSafepointScope&) {
  return ToForeign(isolate.handles().locals.CreateInRoom(object));
}
// The same for any value. (A-A4)
inline Fart_Handle QuickValue(Isolate& isolate, ObjectPtr object, const NoSafepointScope& quiet) {
  if (IsConstant(object)) return ConstantOf(object);  // often null
  return QuickHandle(isolate, object, quiet);
}
// Whether it is a local handle, which LocalSlot may then be asked for.
inline bool IsLocal(const Isolate& isolate, Fart_Handle handle) {
  return isolate.handles().locals.IsLive(HandleValue::FromPointer(handle));
}
inline Rooted LocalSlot(Fart_Handle handle) {
  return Rooted(HandleValue::FromPointer(handle).As<const ObjectPtr>());
}

// The slot of a local, persistent or immortal handle; null: SlotOf may know more.
inline const ObjectPtr* QuickSlot(const Isolate& isolate, Fart_Handle handle) {
  const HandleValue value = HandleValue::FromPointer(handle);
  const HandleTables& tables = isolate.handles();
  if (tables.locals.IsLive(value)) [[likely]]
    return value.As<const ObjectPtr>();
  const ObjectPtr* const slot = tables.persistents.FindSlot(value);
  return slot != nullptr ? slot : tables.constants.FindSlot(value);
}

// ---- What is said of a call that is wrong, as an error handle of the current scope

// Of a call that is wrong for where it is made.
[[gnu::cold]] Fart_Handle AtPlace(ErrorText text, std::string_view function);
[[gnu::cold]] Fart_Handle NewErrorHandle(Isolate& isolate,
                                         std::string_view message) FART_MAY_COLLECT;
// `handle` has no slot.
[[gnu::cold]] Fart_Handle NotLive(Isolate& isolate, const char* function, const char* argument,
                                  Fart_Handle handle) FART_MAY_COLLECT;
// `object` is what `handle` leads to: an error is the answer itself.
[[gnu::cold]] Fart_Handle WrongType(Isolate& isolate, const char* function, const char* argument,
                                    Fart_Handle handle, Rooted object,
                                    const char* type) FART_MAY_COLLECT;
[[gnu::cold]] Fart_Handle NullPointer(Isolate& isolate, const char* function,
                                      const char* argument) FART_MAY_COLLECT;
[[gnu::cold]] Fart_Handle OutOfRange(Isolate& isolate, const char* function, const char* argument,
                                     std::int64_t found, std::uint64_t max) FART_MAY_COLLECT;
// Of an index into `count` things, of which there may be none.
[[gnu::cold]] Fart_Handle BadIndex(Isolate& isolate, const char* function, const char* argument,
                                   std::int64_t found, std::size_t count) FART_MAY_COLLECT;
// What a message calls an object's type; valid as long as the isolate.
const char* TypeNameOf(const Isolate& isolate, Rooted object) FART_READS_OBJECTS;

// ---- The same, recorded

// Why a value without a slot has none; where it was made and ended, if that was noted. `entry` is
// where the function goes on whose argument it is (PlaceFinder); null: not known.
std::string NotLiveText(const Isolate& isolate, const char* function, const char* argument,
                        HandleValue value, const void* entry = nullptr);
// Why `value` will not do, by the status that a table answered; one that is live somewhere else is
// a handle of another kind.
std::string BadHandleText(const Isolate& isolate, const char* function, const char* argument,
                          HandleValue value, HandleStatus status, const void* entry = nullptr);
[[gnu::cold]] void RecordBadHandle(const Isolate& isolate, const char* function,
                                   const char* argument, HandleValue value, HandleStatus status);
// What TakeForgottenScope has told.
[[gnu::cold]] void RecordForgottenScope(std::size_t handles, const char* function);
// Needs no memory.
[[gnu::cold]] void RecordText(const char* function, ErrorText text);
[[gnu::cold]] void RecordNotLive(const Isolate& isolate, const char* function, const char* argument,
                                 Fart_Handle handle);

// ---- For several topics

// Why a function made nothing, as a malloc text that the caller frees; `error` may be null.
void PutErrorText(char** error, const char* text);

// How an error calls an element of an argument: handles[3].
std::string IndexedName(const char* argument, std::intptr_t index);
// Copies `text` and a NUL to memory of the current scope; null when that is used up.
char* CopyToScope(Isolate& isolate, std::string_view text);
// The answer to a host that has called the program. If the call went well and nothing else of the
// program is running, what it put off (Program::RunMicrotasks) runs before; an error of that is the
// answer then.
Fart_Handle FinishCall(Isolate& isolate, const Outcome& outcome) FART_MAY_COLLECT;
// What Fart_GetError says of an error object.
std::string DescribeError(Isolate& isolate, Rooted error) FART_MAY_COLLECT;
// Whether asking and deleting leave a weak handle alone: it has ended, or its object has.
inline bool HasEnded(HandleStatus status) {
  return status == HandleStatus::kDead || status == HandleStatus::kStale;
}
// kOk only for a live handle of this kind, which is kWeak or kFinalizable.
inline HandleStatus WeakStatusOf(const Isolate& isolate, HandleKind kind, HandleValue value) {
  if (value.IsTagged() && value.kind() != kind) return HandleStatus::kWrongKind;
  return isolate.handles().weaks.StatusOf(value);
}
inline bool IsInRange(std::int64_t value, std::uint64_t max) {
  return static_cast<std::uint64_t>(value) <= max;  // A negative one is huge.
}

}  // namespace fart::api

// ---- Functions that return a handle

// Declares `isolate`, the one this thread is inside of.
#define FART_ENTER(isolate)                                           \
  ::fart::Isolate* const isolate##_here = ::fart::Isolate::Current(); \
  if (isolate##_here == nullptr) [[unlikely]]                         \
    return AtPlace(::fart::ErrorText::kNoIsolate, __func__);          \
  ::fart::Isolate& isolate = *isolate##_here

#define FART_NEED_NO_CALLBACK(isolate)       \
  if ((isolate).IsInCallback()) [[unlikely]] \
  return AtPlace(::fart::ErrorText::kInCallback, __func__)

#define FART_NEED_SCOPE(isolate)                                                             \
  if (!(isolate).handles().locals.HasScope()) [[unlikely]]                                   \
    return AtPlace(::fart::ErrorText::kNoScope, __func__);                                   \
  if (const std::size_t isolate##_handles = (isolate).handles().locals.TakeForgottenScope(); \
      isolate##_handles != 0) [[unlikely]]                                                   \
  RecordForgottenScope(isolate##_handles, __func__)

// Declares `object`, the Rooted that the parameter `handle` leads to.
#define FART_UNWRAP(isolate, object, handle)                              \
  const ::fart::ObjectPtr* const object##_slot = SlotOf(isolate, handle); \
  if (object##_slot == nullptr) [[unlikely]]                              \
    return NotLive(isolate, __func__, #handle, handle);                   \
  const ::fart::Rooted object(object##_slot)

#define FART_NEED_TYPE(isolate, object, handle, predicate, type) \
  if (!Holds<predicate>(object)) [[unlikely]]                    \
  return WrongType(isolate, __func__, #handle, handle, object, type)

#define FART_NEED_POINTER(isolate, pointer) \
  if ((pointer) == nullptr) [[unlikely]]    \
  return NullPointer(isolate, __func__, #pointer)

#define FART_NEED_RANGE(isolate, number, max) \
  if (!IsInRange(number, max)) [[unlikely]]   \
  return OutOfRange(isolate, __func__, #number, number, max)

// ---- Functions that cannot: `answer` is what they return then.

// The answer of a function that returns nothing.
#define FART_NOTHING static_cast<void>(0)

#define FART_ENTER_OR(isolate, answer)                                \
  ::fart::Isolate* const isolate##_here = ::fart::Isolate::Current(); \
  if (isolate##_here == nullptr) [[unlikely]] {                       \
    RecordText(__func__, ::fart::ErrorText::kNoIsolate);              \
    return answer;                                                    \
  }                                                                   \
  ::fart::Isolate& isolate = *isolate##_here

#define FART_NEED_NO_CALLBACK_OR(isolate, answer)         \
  if ((isolate).IsInCallback()) [[unlikely]] {            \
    RecordText(__func__, ::fart::ErrorText::kInCallback); \
    return answer;                                        \
  }

#define FART_NEED_SCOPE_OR(isolate, answer)                  \
  if (!(isolate).handles().locals.HasScope()) [[unlikely]] { \
    RecordText(__func__, ::fart::ErrorText::kNoScope);       \
    return answer;                                           \
  }

#define FART_UNWRAP_OR(isolate, object, handle, answer)                   \
  const ::fart::ObjectPtr* const object##_slot = SlotOf(isolate, handle); \
  if (object##_slot == nullptr) [[unlikely]] {                            \
    RecordNotLive(isolate, __func__, #handle, handle);                    \
    return answer;                                                        \
  }                                                                       \
  const ::fart::Rooted object(object##_slot)

#define FART_NEED_POINTER_OR(pointer, answer)                         \
  if ((pointer) == nullptr) [[unlikely]] {                            \
    ::fart::RecordMisuse(::fart::ExpectsNonNull(__func__, #pointer)); \
    return answer;                                                    \
  }

#define FART_NEED_RANGE_OR(number, max, answer)                                 \
  if (!IsInRange(number, max)) [[unlikely]] {                                   \
    ::fart::RecordMisuse(::fart::ExpectsRange(__func__, #number, max, number)); \
    return answer;                                                              \
  }

// ---- Where a body ends (A-A5)
//
// Only what we throw when there is no memory, or no thread: a catch-all would hold up what unwinds
// the thread. FART_TRY and FART_CATCH stand around the body, in braces of its own: of a function
// whose whole body is a `try` clang 14 does not see what is said of safepoints.
#define FART_TRY \
  {              \
    try
#define FART_CATCH_AND(end)                                                   \
  catch (const std::bad_alloc&) {                                             \
    end;                                                                      \
  }                                                                           \
  catch (const std::length_error&) { /* Longer than what can be asked for. */ \
    end;                                                                      \
  }                                                                           \
  catch (const std::system_error&) {                                          \
    end;                                                                      \
  }                                                                           \
  }

// The answer is a handle that needs no memory.
#define FART_CATCH FART_CATCH_AND(return ToForeign(::fart::ErrorText::kOffHeapMemory))

#define FART_CATCH_OR(answer) \
  FART_CATCH_AND(RecordText(__func__, ::fart::ErrorText::kOffHeapMemory); return answer)

#endif  // FART_API_SHIM_H_
