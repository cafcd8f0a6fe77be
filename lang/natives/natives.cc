#include "lang/natives/natives.h"

#include <string>
#include <unordered_map>

#include "lang/interpreter/interpreter.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"

namespace fart::lang {

const IntrinsicEntry* FindNative(std::string_view name) {
  static const auto* const all = [] {
    auto* const map = new std::unordered_map<std::string_view, const IntrinsicEntry*>();
    for (const auto table : {AsyncIntrinsics(),       CallbackIntrinsics(),
                             CheckIntrinsics(),       CompoundIntrinsics(),
                             DeveloperIntrinsics(),   FfiIntrinsics(),
                             FfiCallIntrinsics(),     FfiFinalizerIntrinsics(),
                             FfiLibraryIntrinsics(),  FfiMemoryIntrinsics(),
                             FfiTextIntrinsics(),     NativeFunctionIntrinsics(),
                             IsolateIntrinsics(),     PlatformIntrinsics(),
                             OpenFileIntrinsics(),    StdioIntrinsics(),
                             ProcessIntrinsics(),     ListIntrinsics(),
                             MathIntrinsics(),        TypedDataIntrinsics(),
                             NumberIntrinsics(),      ObjectIntrinsics(),
                             PlainIntrinsics(),       StringIntrinsics(),
                             StringPartsIntrinsics(), RegularExpressionIntrinsics(),
                             FileIntrinsics(),        SuspendedIntrinsics(),
                             TimeIntrinsics()}) {
      for (const IntrinsicEntry& entry : table) map->emplace(entry.name(), &entry);
    }
    return map;
  }();
  const auto found = all->find(name);
  return found == all->end() ? nullptr : found->second;
}

Intrinsic FindIntrinsic(std::string_view name) {
  const IntrinsicEntry* const native = FindNative(name);
  return native == nullptr ? nullptr : native->function();
}

Done Answer(Interpreter& interpreter, ObjectPtr* arguments, const FreshObject& result) {
  if (result.is_null()) {
    interpreter.SetPendingOutOfMemory();
    return Done::kThrow;
  }
  const NoSafepointScope quiet;
  return Answer(arguments, result.Get(quiet));
}

Done AnswerInteger(Interpreter& interpreter, ObjectPtr* arguments, std::int64_t value) {
  return Answer(interpreter, arguments, NewInteger(interpreter.mutator(), value));
}

Done AnswerDouble(Interpreter& interpreter, ObjectPtr* arguments, double value) {
  return Answer(interpreter, arguments, NewDouble(interpreter.mutator(), value));
}

Done AnswerText(Interpreter& interpreter, ObjectPtr* arguments, std::string_view utf8) {
  return Answer(interpreter, arguments, NewStringFromUtf8(interpreter.mutator(), utf8));
}

Done Raise(Interpreter& interpreter, ObjectPtr* arguments, Helper helper,
           std::initializer_list<ObjectPtr> values) {
  ObjectPtr* top = arguments;
  for (const ObjectPtr value : values) *top++ = value;
  interpreter.stack().SetTop(top);
  interpreter.SetTailCall(interpreter.linker().helper(helper));
  return Done::kCall;
}

Done RaiseUnsupported(Interpreter& interpreter, ObjectPtr* arguments, std::string_view message) {
  const FreshObject text = NewStringFromUtf8(interpreter.mutator(), message);
  if (text.is_null()) return Answer(interpreter, arguments, text);
  const NoSafepointScope quiet;
  return Raise(interpreter, arguments, Helper::kUnsupported, {text.Get(quiet)});
}

Done OutOfMemory(Interpreter& interpreter) {
  interpreter.SetPendingOutOfMemory();
  return Done::kThrow;
}

}  // namespace fart::lang
