// Natives of dart:ffi: functions of a program that C can call.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/callback_table.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/natives.h"
#include "lang/natives/natives_ffi.h"
#include "lang/natives/natives_ffi_struct.h"
#include "vm/ffi/native_callback.h"
#include "vm/port/message_queue.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/send_port.h"

namespace fart::lang {

namespace {

using ffi::NativeKind;
using ffi::NativeType;

// Of (function, exceptional result, ...): the type argument's C type, and what C is given if the
// function throws. Null: refused.
const ForeignFunction* TakeCallback(Interpreter& interpreter, ObjectPtr* arguments,
                                    ffi::NativeCallback::Options* options) FART_MAY_COLLECT {
  TypeEntity* const wanted = interpreter.TypeArgument(0);
  std::string error;
  const ForeignFunction* const type =
      ForeignState::Of(interpreter)
          .FunctionOf(interpreter, wanted, ffi::CallKind::kOrdinary, &error);
  const auto refuse = [&](std::uint32_t which, std::string rule) {
    interpreter.Refuse(which, std::move(rule));
    return nullptr;
  };
  if (type == nullptr) return refuse(0, "must be for a type that C can call: " + error);
  const ffi::SignatureTypes& types = type->signature->types;
  if (types.fixed != ffi::kNoVariableArguments) {
    return refuse(0, "must be for a type without variable arguments, not '" + wanted->text + "'");
  }
  if (options->kind != ffi::CallbackKind::kLocal && type->signature->plan.has_handles) {
    return refuse(0,
                  "must be for a type without a Handle, which only the isolate's own thread has, "
                  "not '" +
                      wanted->text + "'");
  }
  if (options->kind == ffi::CallbackKind::kListener) {
    for (const NativeType* each : types.parameters) {
      options->compound_sizes.push_back(each->IsCompound() ? static_cast<std::uint32_t>(each->size)
                                                           : 0);
    }
  }
  if (!interpreter.IsClosure(arguments[0])) return refuse(0, argument_rules::kFunction);
  const auto count = static_cast<std::uint32_t>(types.parameters.size());
  if (!interpreter.Accepts(arguments[0], count)) {
    return refuse(
        0, "must take " + std::to_string(count) + " arguments, as '" + wanted->text + "' does");
  }
  const CompiledFunction* declared;
  {
    const NoSafepointScope quiet;
    declared = interpreter.FunctionOfClosure(arguments[0], quiet)->compiled;
  }
  if (declared != nullptr && declared->declared_type != nullptr &&
      !ForeignState::Of(interpreter)
           .FitsCallback(*type, *interpreter.linker().TypeOf(*declared->declared_type), &error)) {
    return refuse(0, "must be declared as what C calls: " + error);
  }
  const NativeType& result = *types.result;
  const bool is_given = !arguments[1].is_null();
  if (options->kind == ffi::CallbackKind::kListener) {
    if (result.kind == NativeKind::kVoid) return type;
    return refuse(0, "must be for a type that returns Void, since nobody waits for it, not '" +
                         wanted->text + "'");
  }
  if (result.kind == NativeKind::kVoid || result.kind == NativeKind::kPointer ||
      result.kind == NativeKind::kHandle || result.IsCompound()) {
    if (!is_given) return type;
    const char* const what = result.kind == NativeKind::kVoid      ? "nothing"
                             : result.kind == NativeKind::kPointer ? "a pointer: that is null"
                             : result.kind == NativeKind::kHandle  ? "a Handle: that is the error"
                                                                   : "a struct: that is zeros";
    return refuse(1, "must not be given for '" + wanted->text + "', which returns " + what);
  }
  if (!is_given) {
    return refuse(1, "must be given: C gets it when the function throws");
  }
  std::uint64_t word = 0;
  if (!TakeForeignWord(interpreter, result, arguments[1], &word, &error)) return refuse(1, error);
  (result.IsFloating() ? options->exceptional.floating : options->exceptional.integer) = word;
  return type;
}

Done AnswerId(Interpreter& interpreter, ObjectPtr* arguments,
              std::optional<CallbackTable::Id> id) FART_MAY_COLLECT {
  if (id) return Answer(arguments, ObjectPtr::FromSmi(*id));
  return RaiseUnsupported(interpreter, arguments,
                          "All " + std::to_string(ffi::kCallbackStubs) +
                              " callbacks of the process are in use: close some.");
}

// (function, exceptional result)
Done OpenFunction(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, AnyArg) FART_MAY_COLLECT {
  ffi::NativeCallback::Options options;
  const ForeignFunction* const type = TakeCallback(interpreter, arguments, &options);
  if (type == nullptr) return Done::kRefused;
  const Function* function;
  {
    const NoSafepointScope quiet;
    function = interpreter.FunctionOfClosure(arguments[0], quiet);
  }
  if (function->compiled == nullptr || function->has_receiver ||
      function->compiled->kind != FunctionKind::kFunction) {
    return interpreter.Refuse(
        0, "must be a static or top-level function; NativeCallable takes others");
  }
  return AnswerId(interpreter, arguments,
                  ForeignState::Of(interpreter)
                      .callbacks()
                      .AddFunction(interpreter, *type, function, Rooted(arguments), options));
}

// (function, exceptional result, kind, what becomes of errors, port)
Done Open(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, AnyArg, RangeArg<0, 2> kind,
          RangeArg<0, 2> errors, SendPortArg) FART_MAY_COLLECT {
  ffi::NativeCallback::Options options;
  options.kind = static_cast<ffi::CallbackKind>(kind.value);
  options.errors = static_cast<ffi::CallbackErrors>(errors.value);
  {
    const NoSafepointScope quiet;
    options.port = SendPortId(arguments[4], quiet);
  }
  const ForeignFunction* const type = TakeCallback(interpreter, arguments, &options);
  if (type == nullptr) return Done::kRefused;
  return AnswerId(interpreter, arguments,
                  ForeignState::Of(interpreter)
                      .callbacks()
                      .Add(interpreter, *type, Rooted(arguments), options));
}

Done Address(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg id) FART_MAY_COLLECT {
  const CallbackTable::Open* const open = ForeignState::Of(interpreter).callbacks().Find(id.value);
  if (open == nullptr) return interpreter.Refuse(0, "must be that of an open callback");
  const auto address = reinterpret_cast<std::uintptr_t>(ffi::AddressOf(open->stub));
  return Answer(arguments, ObjectPtr::FromSmi(static_cast<std::int64_t>(address)));
}

Done Close(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg id) FART_MAY_COLLECT {
  ForeignState::Of(interpreter).callbacks().Close(id.value);
  return Answer(arguments, kNull);
}

// As in Options::compound_sizes.
std::size_t PostedWords(const NativeType& type) {
  if (!type.IsCompound()) return 1;
  return (type.size + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t);
}

// (id, words): calls the function of a listener.
Done Deliver(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg id,
             ListArg) FART_MAY_COLLECT {
  const CallbackTable::Open* const open = ForeignState::Of(interpreter).callbacks().Find(id.value);
  if (open == nullptr) return Answer(arguments, kNull);
  const ffi::SignatureTypes& types = open->type->signature->types;
  std::vector<std::uint64_t> words;
  {
    const NoSafepointScope quiet;
    const std::size_t count = ListLength(arguments[1], quiet);
    for (std::size_t i = 0; i < count; ++i) {
      const ObjectPtr word = ListAt(arguments[1], i, quiet);
      if (!IsInt64(word)) return interpreter.Refuse(1, "must be a list of ints");
      words.push_back(static_cast<std::uint64_t>(IntegerValue(word, quiet)));
    }
    std::size_t wanted = 0;
    for (const NativeType* each : types.parameters) wanted += PostedWords(*each);
    if (count != wanted) return interpreter.Refuse(1, "must be its arguments");
  }
  ExecutionStack& stack = interpreter.stack();
  if (!stack.HasRoomFor(types.parameters.size())) {
    interpreter.SetPendingStackOverflow();
    return Done::kThrow;
  }
  arguments[0] = open->closure->value;
  stack.SetTop(arguments + 1);
  const std::uint64_t* next = words.data();
  for (std::size_t i = 0; i < types.parameters.size(); ++i) {
    const NativeType& native = *types.parameters[i];
    TypeEntity& type = *open->type->parameter_types[i];
    stack.Push(kNull);
    const Done done = native.IsCompound()
                          ? AnswerCompound(interpreter, stack.top() - 1, type,
                                           reinterpret_cast<const std::uint8_t*>(next), native.size)
                          : AnswerForeignWord(interpreter, stack.top() - 1, native, type, *next);
    if (done != Done::kResult) return done;
    next += PostedWords(native);
  }
  interpreter.SetTailCall(nullptr);
  return Done::kCall;
}

// (port, whether it keeps the isolate running)
Done SetKeepsAlive(Interpreter& interpreter, ObjectPtr* arguments, SendPortArg,
                   BoolArg keeps) FART_MAY_COLLECT {
  PortId port;
  {
    const NoSafepointScope quiet;
    port = SendPortId(arguments[0], quiet);
  }
  static_cast<void>(interpreter.isolate().messages().SetLiveness(
      port, keeps.value ? PortLiveness::kKeepsAlive : PortLiveness::kIdle));
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<OpenFunction>("Callback_openFunction"), Native<Open>("Callback_open"),
    Native<Address>("Callback_address"),           Native<Close>("Callback_close"),
    Native<Deliver>("Callback_deliver"),           Native<SetKeepsAlive>("Callback_setKeepsAlive"),
};

}  // namespace

std::span<const IntrinsicEntry> CallbackIntrinsics() { return kEntries; }

}  // namespace fart::lang
