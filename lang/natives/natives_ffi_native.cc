// Natives of dart:ffi: external functions and variables with @Native.

#include <string>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "lang/natives/arguments.h"
#include "lang/natives/foreign_pointer.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/natives.h"
#include "lang/natives/natives_ffi.h"
#include "vm/ffi/foreign_call.h"
#include "vm/ffi/foreign_library.h"

namespace fart::lang {

namespace {

// Whether an asset's id names a file, and not something that only packages of the language know.
bool IsFile(const std::string& asset) {
  return !asset.empty() && !asset.starts_with("package:") && !asset.starts_with("dart:") &&
         !asset.starts_with("asset:");
}

// Where the C function or variable lies: in the library that its asset's id is the name of, else
// anywhere in the process. False: *error says what was looked for.
bool FindSymbol(ForeignState& state, const CompiledNative& native, const char* what,
                ffi::ForeignTarget* target, std::string* error) {
  constexpr std::string_view kFileScheme = "file://";
  std::string path = native.asset;
  if (path.starts_with(kFileScheme)) path.erase(0, kFileScheme.size());
  std::string where = "'" + native.symbol + "'";
  if (!native.asset.empty()) where += " of the asset '" + native.asset + "'";
  *error = std::string("The C ") + what + " " + where + " was not found";
  void* address = nullptr;
  std::string why;
  if (IsFile(path) && path.find('\0') == std::string::npos) {
    if (const auto id = state.libraries().Open(path, &why)) {
      ffi::ForeignLibrary* const library = state.libraries().Get(*id);
      if (library->Find(native.symbol, &address, &why) && address != nullptr) {
        target->library = library;
        target->function = address;
        return true;
      }
    }
    *error += ", neither there (" + why + ") nor";
  }
  ffi::ForeignLibrary* const process = state.libraries().Get(state.libraries().OpenProcess());
  if (native.symbol.find('\0') == std::string::npos &&
      process->Find(native.symbol, &address, &why) && address != nullptr) {
    target->library = process;
    target->function = address;
    return true;
  }
  *error += " in the process (" + why + ")";
  return false;
}

// Is it the getter or setter of a variable of C?
bool IsOfVariable(const Function& function) {
  return function.compiled->kind != FunctionKind::kFunction;
}

// Of an external function or accessor; it is found once. Null: *error says what is wrong.
const NativeFunction* Find(Interpreter& interpreter, Function& function, std::string* error) {
  if (function.foreign != nullptr) return static_cast<const NativeFunction*>(function.foreign);
  ForeignState& state = ForeignState::Of(interpreter);
  const CompiledNative& native = *function.compiled->native;
  if (IsOfVariable(function)) {
    NativeFunction found;
    if (!FindSymbol(state, native, "variable", &found.target, error)) return nullptr;
    function.foreign = &state.Keep(found);
    return static_cast<const NativeFunction*>(function.foreign);
  }
  const ffi::CallKind kind = native.is_leaf ? ffi::CallKind::kLeaf : ffi::CallKind::kOrdinary;
  NativeFunction found;
  found.function =
      state.FunctionOf(interpreter, interpreter.linker().TypeOf(native.type), kind, error);
  if (found.function == nullptr) {
    *error = "It stands for no C function: " + *error;
    return nullptr;
  }
  const std::size_t takes = function.compiled->parameters.size();
  const std::size_t wanted = found.function->parameter_types.size();
  if (takes != wanted) {
    *error = "It takes " + std::to_string(takes) + " arguments, its C type '" +
             found.function->type->text + "' " + std::to_string(wanted);
    return nullptr;
  }
  if (!FindSymbol(state, native, "function", &found.target, error)) return nullptr;
  found.target.kind = kind;
  function.foreign = &state.Keep(found);
  return static_cast<const NativeFunction*>(function.foreign);
}

// An ArgumentError that names the function.
Done RaiseArgument(Interpreter& interpreter, ObjectPtr* arguments, const Function& function,
                   const std::string& message) FART_MAY_COLLECT {
  ExecutionStack& stack = interpreter.stack();
  if (!stack.HasRoomFor(2)) {
    interpreter.SetPendingStackOverflow();
    return Done::kThrow;
  }
  stack.Push(kNull);
  stack.Push(kNull);
  const FreshObject name =
      NewStringFromUtf8(interpreter.mutator(), function.compiled->qualified_name);
  if (name.is_null()) return Answer(interpreter, arguments, name);
  {
    const NoSafepointScope quiet;
    arguments[0] = name.Get(quiet);
  }
  const FreshObject text = NewStringFromUtf8(interpreter.mutator(), message);
  if (text.is_null()) return Answer(interpreter, arguments, text);
  const NoSafepointScope quiet;
  return Raise(interpreter, arguments, Helper::kArgumentError, {arguments[0], text.Get(quiet)});
}

// The body of all of them. Their arguments begin where those of a closure have the closure.
Done CallNative(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  Function& function = interpreter.asked();
  std::string error;
  const NativeFunction* const native = Find(interpreter, function, &error);
  if (native == nullptr) return RaiseArgument(interpreter, arguments, function, error);
  ExecutionStack& stack = interpreter.stack();
  const std::size_t count = native->function->parameter_types.size();
  if (!stack.HasRoomFor(1)) {
    interpreter.SetPendingStackOverflow();
    return Done::kThrow;
  }
  stack.Push(kNull);
  for (std::size_t i = count; i > 0; --i) arguments[i] = arguments[i - 1];
  arguments[0] = kNull;
  const Done done = CallForeign(interpreter, arguments, *native->function, native->target);
  if (done == Done::kRefused) {
    interpreter.NameRefused(function.compiled->parameters[interpreter.refused() - 1].name);
  }
  return done;
}

// The bodies of accessors. A Pointer to the variable takes the place before their arguments.
Done AccessVariable(Interpreter& interpreter, ObjectPtr* arguments,
                    std::uint32_t count) FART_MAY_COLLECT {
  Function& function = interpreter.asked();
  std::string error;
  const NativeFunction* const native = Find(interpreter, function, &error);
  ExecutionStack& stack = interpreter.stack();
  if (!stack.HasRoomFor(1)) {
    interpreter.SetPendingStackOverflow();
    return Done::kThrow;
  }
  stack.Push(kNull);
  if (native == nullptr) return RaiseArgument(interpreter, arguments, function, error);
  if (count == 1) arguments[1] = arguments[0];
  TypeEntity* const type = interpreter.linker().TypeOf(function.compiled->native->type);
  const auto address = reinterpret_cast<std::uintptr_t>(native->target.function);
  {
    const FreshObject pointer = NewPointerTo(interpreter, *type, address);
    if (pointer.is_null()) return Answer(interpreter, arguments, pointer);
    const NoSafepointScope quiet;
    arguments[0] = pointer.Get(quiet);
  }
  const Place place{address, kUnknownOrigin};
  return count == 0 ? LoadPointedTo(interpreter, arguments, place)
                    : StorePointedTo(interpreter, arguments, place);
}

Done LoadVariable(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AccessVariable(interpreter, arguments, 0);
}
Done StoreVariable(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const Done done = AccessVariable(interpreter, arguments, 1);
  if (done == Done::kRefused) {
    interpreter.NameRefused(interpreter.asked().compiled->parameters[0].name);
  }
  return done;
}

// The Pointer to a variable, as Native.addressOf<T> gives it.
Done AnswerVariable(Interpreter& interpreter, ObjectPtr* arguments, const Function& function,
                    std::uintptr_t address) FART_MAY_COLLECT {
  const TypeEntity* const wanted = interpreter.TypeArgument(0);
  TypeEntity* const own = interpreter.linker().TypeOf(function.compiled->native->type);
  const TypeEntity* const target = own->arguments->types[0];
  if (wanted->kind == TypeRef::Kind::kClass && wanted != target) {
    return interpreter.Refuse(0, "must be of the C type that is asked for, '" + wanted->text +
                                     "', it is '" + target->text + "'");
  }
  return Answer(interpreter, arguments, NewPointerTo(interpreter, *own, address));
}

// (function)
Done AddressOf(Interpreter& interpreter, ObjectPtr* arguments, ClosureArg) FART_MAY_COLLECT {
  TypeEntity* const wanted = interpreter.TypeArgument(0);
  Function* function;
  {
    const NoSafepointScope quiet;
    function = interpreter.FunctionOfClosure(arguments[0], quiet);
  }
  if (function->compiled == nullptr || function->compiled->native == nullptr) {
    return interpreter.Refuse(0, "must be an external function with the annotation @Native");
  }
  std::string error;
  const NativeFunction* const native = Find(interpreter, *function, &error);
  if (native == nullptr) return RaiseArgument(interpreter, arguments, *function, error);
  const auto address = reinterpret_cast<std::uintptr_t>(native->target.function);
  if (IsOfVariable(*function)) return AnswerVariable(interpreter, arguments, *function, address);
  const TypeEntity* const own = native->function->type;
  const bool is_known = wanted->kind == TypeRef::Kind::kClass && wanted->arguments != nullptr;
  if (is_known && wanted->arguments->types[0] != own) {
    return interpreter.Refuse(0, "must be of the C type that is asked for, '" +
                                     wanted->arguments->types[0]->text + "', it is '" + own->text +
                                     "'");
  }
  TypeTable& types = interpreter.linker().types();
  TypeEntity* const pointer = types.Of(interpreter.asked().compiled->generic->return_type);
  const TypeArguments* const own_arguments = types.ArgumentsOf({wanted});
  TypeEntity* const type = types.Instantiate(pointer, own_arguments);
  return Answer(interpreter, arguments, NewPointerTo(interpreter, *type, address));
}

constexpr IntrinsicEntry kEntries[] = {
    Native<CallNative>("Native_call"),
    Native<LoadVariable>("Native_load"),
    Native<StoreVariable>("Native_store"),
    Native<AddressOf>("Native_addressOf"),
};

}  // namespace

std::span<const IntrinsicEntry> NativeFunctionIntrinsics() { return kEntries; }

}  // namespace fart::lang
