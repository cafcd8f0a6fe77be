// Natives -- the functions of the `dart:` libraries that are written in C++.
//
// An intrinsic gets its arguments, receiver first, where they lie on the execution stack; the top
// is published right above them. It leaves its result in arguments[0], or says what else to do
// (Done). Arguments are slots: they are read again after whatever may collect.
//
// Not here: what the functions mean to a program (lang/lib/*/*.dart); what they take (arguments.h).

#ifndef FART_LANG_NATIVES_NATIVES_H_
#define FART_LANG_NATIVES_NATIVES_H_

#include <initializer_list>
#include <span>
#include <string_view>

#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "lang/linker/entities.h"
#include "lang/linker/well_known.h"

namespace fart::lang {

// Made by those of arguments.h alone, so that no intrinsic runs with arguments that it does not
// take.
class IntrinsicEntry {
 public:
  std::string_view name() const { return name_; }  // As after `native` in the library's source.
  Intrinsic function() const { return function_; }
  std::uint32_t argument_count() const { return argument_count_; }  // With the receiver.

 private:
  template <auto body>
  friend constexpr IntrinsicEntry Native(std::string_view name);
  template <auto quick, auto body>
  friend constexpr IntrinsicEntry NativeWithQuickWay(std::string_view name);
  template <auto quick, std::uint32_t count>
  friend constexpr IntrinsicEntry QuickWay(std::string_view name);
  template <auto body>
  friend constexpr IntrinsicEntry NativeOfStrings(std::string_view name);

  constexpr IntrinsicEntry(std::string_view name, Intrinsic function, std::uint32_t argument_count)
      : name_(name), function_(function), argument_count_(argument_count) {}

  std::string_view name_;
  Intrinsic function_;
  std::uint32_t argument_count_;
};

// Null: there is none.
const IntrinsicEntry* FindNative(std::string_view name);
Intrinsic FindIntrinsic(std::string_view name);

// The tables it looks into, one per file.
std::span<const IntrinsicEntry> AsyncIntrinsics();
std::span<const IntrinsicEntry> CheckIntrinsics();
std::span<const IntrinsicEntry> CallbackIntrinsics();
std::span<const IntrinsicEntry> CompoundIntrinsics();
std::span<const IntrinsicEntry> DeveloperIntrinsics();
std::span<const IntrinsicEntry> FfiIntrinsics();
std::span<const IntrinsicEntry> FfiCallIntrinsics();
std::span<const IntrinsicEntry> FfiFinalizerIntrinsics();
std::span<const IntrinsicEntry> FfiLibraryIntrinsics();
std::span<const IntrinsicEntry> FfiMemoryIntrinsics();
std::span<const IntrinsicEntry> FfiTextIntrinsics();
std::span<const IntrinsicEntry> NativeFunctionIntrinsics();
std::span<const IntrinsicEntry> IsolateIntrinsics();
std::span<const IntrinsicEntry> PlatformIntrinsics();
std::span<const IntrinsicEntry> ProcessIntrinsics();
std::span<const IntrinsicEntry> ObjectIntrinsics();
std::span<const IntrinsicEntry> SuspendedIntrinsics();
std::span<const IntrinsicEntry> FileIntrinsics();
std::span<const IntrinsicEntry> OpenFileIntrinsics();
std::span<const IntrinsicEntry> StdioIntrinsics();
std::span<const IntrinsicEntry> RegularExpressionIntrinsics();
std::span<const IntrinsicEntry> TimeIntrinsics();
std::span<const IntrinsicEntry> NumberIntrinsics();
std::span<const IntrinsicEntry> PlainIntrinsics();
std::span<const IntrinsicEntry> StringIntrinsics();
std::span<const IntrinsicEntry> StringPartsIntrinsics();
std::span<const IntrinsicEntry> ListIntrinsics();
std::span<const IntrinsicEntry> MathIntrinsics();
std::span<const IntrinsicEntry> TypedDataIntrinsics();

// ---- Intrinsics that can take long

// Elements or units after which a loop asks Interpreter::IsToStop: some 0.1 ms. What copies memory
// as a whole does not ask.
inline constexpr std::size_t kStepsToPoll = std::size_t{1} << 16;

// ---- How intrinsics end

inline Done Answer(ObjectPtr* arguments, ObjectPtr result) {
  arguments[0] = result;
  return Done::kResult;
}
Done Answer(Interpreter& interpreter, ObjectPtr* arguments,
            const FreshObject& result) FART_MAY_COLLECT;
Done AnswerInteger(Interpreter& interpreter, ObjectPtr* arguments,
                   std::int64_t value) FART_MAY_COLLECT;
Done AnswerDouble(Interpreter& interpreter, ObjectPtr* arguments, double value) FART_MAY_COLLECT;
Done AnswerText(Interpreter& interpreter, ObjectPtr* arguments,
                std::string_view utf8) FART_MAY_COLLECT;
// Calls a helper with these values.
Done Raise(Interpreter& interpreter, ObjectPtr* arguments, Helper helper,
           std::initializer_list<ObjectPtr> values);
// _throwUnsupported.
Done RaiseUnsupported(Interpreter& interpreter, ObjectPtr* arguments,
                      std::string_view message) FART_MAY_COLLECT;
Done OutOfMemory(Interpreter& interpreter);

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_NATIVES_H_
