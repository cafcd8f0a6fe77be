// Types as values: which type arguments are in force in a frame, and the instructions that ask.
//
// A call passes none. Who wants to know reads, in the linkage words of its own frame, where it will
// return to, and what the caller's table says of the call there (CompiledFunction::call_types). So
// calls cost the same whether anybody asks or not.
//
// Invariants
//   LI-T1 through  stubs, which are nobody's text, have no table: the call that reached one counts.
//   LI-T2 meant    what a table says in terms of type parameters is meant as it is in the caller's
//                  frame, whose first instruction has loaded its type arguments.

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"

namespace fart::lang {

Frame Interpreter::CallerOf(const Frame& frame) {
  const ObjectPtr* const linkage = frame.fp + frame.function->slot_count;
  return {FromWord<const CodeWord>(linkage[0]), FromWord<ObjectPtr>(linkage[1]),
          FromWord<Function>(linkage[2])};
}

namespace {

// Null stands for arguments that are all dynamic.
const TypeArguments* ArgumentsFrom(ObjectPtr word) {
  return word.is_null() || word.bits() == 0 ? nullptr : FromWord<const TypeArguments>(word);
}

}  // namespace

const TypeArguments* Interpreter::TypeArgumentsIn(const Frame& frame) {
  const int slot = frame.function->compiled->types_slot;
  return slot < 0 ? nullptr : ArgumentsFrom(frame.fp[slot]);
}

TypeEntity* Interpreter::InForce(TypeEntity* type) {
  return type->is_open ? linker_.types().Instantiate(type, TypeArgumentsIn(frame_)) : type;
}

// ---- The caller's table -------------------------------------------------------------------------

Frame Interpreter::SkipStubs(Frame caller) {
  while (caller.function != nullptr && caller.function->compiled == nullptr) {
    caller = CallerOf(caller);
  }
  return caller;
}

// Null: nothing is known of the call.
CallTypesEntity* Interpreter::CallTypesAt(const Frame& caller) {
  if (caller.function == nullptr) return nullptr;
  Function& function = *caller.function;
  const CompiledFunction& compiled = *function.compiled;
  const CallTypes* const entry =
      compiled.CallTypesAt(static_cast<std::uint32_t>(caller.pc - function.code));
  if (entry == nullptr) return nullptr;
  if (function.call_types == nullptr) {
    function.call_types = std::make_unique<CallTypesEntity[]>(compiled.call_types->calls.size());
  }
  CallTypesEntity& linked =
      function.call_types[static_cast<std::size_t>(entry - compiled.call_types->calls.data())];
  if (linked.is_made) return &linked;
  if (entry->count == CallTypes::kExpected) {
    linked.expected = linker_.TypeOf(compiled.call_types->types[entry->first]);
  } else {
    std::vector<TypeEntity*> types;
    for (std::uint32_t i = 0; i < entry->count; ++i) {
      types.push_back(linker_.TypeOf(compiled.call_types->types[entry->first + i]));
    }
    linked.types = std::move(types);
  }
  linked.is_made = true;
  return &linked;
}

void Interpreter::AskTable(const Function& callee, const CallTypesEntity& entry,
                           const TypeArguments* in_force, std::vector<TypeEntity*>* found) {
  TypeTable& types = linker_.types();
  if (entry.expected != nullptr) {
    types.Match(linker_.TypeOf(callee.compiled->generic->return_type),
                types.Instantiate(entry.expected, in_force), callee.compiled->generic->first,
                found);
  } else if (entry.types.size() == found->size()) {
    for (std::size_t i = 0; i < found->size(); ++i) {
      (*found)[i] = types.Instantiate(entry.types[i], in_force);
    }
  }
}

std::vector<TypeEntity*> Interpreter::AskCaller(const Function& callee, Frame caller) {
  const std::vector<CompiledTypeParameter>& parameters = callee.compiled->generic->own;
  std::vector<TypeEntity*> found(parameters.size());
  caller = SkipStubs(caller);
  if (const CallTypesEntity* const entry = CallTypesAt(caller)) {
    AskTable(callee, *entry, TypeArgumentsIn(caller), &found);  // LI-T2
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] != nullptr) continue;
    TypeEntity* const bound = linker_.TypeOf(parameters[i].bound);
    found[i] = bound->is_open ? linker_.types().dynamic() : bound;
  }
  return found;
}

const TypeArguments* Interpreter::TypeArgumentsAsked() {
  FART_CHECK(asked_ != nullptr && asked_->compiled->generic != nullptr);
  const Frame caller = SkipStubs(frame_);
  if (caller.function == nullptr) return TypeArgumentsOfCall(*asked_, caller, /*around=*/nullptr);
  const TypeArguments* const in_force = TypeArgumentsIn(caller);
  AskedCall& known = asked_calls_[(reinterpret_cast<std::uintptr_t>(caller.pc) / sizeof(CodeWord)) %
                                  asked_calls_.size()];
  if (known.pc == caller.pc && known.callee == asked_ && known.in_force == in_force) [[likely]]
    return known.result;
  const TypeArguments* const result = TypeArgumentsOfCall(*asked_, caller, /*around=*/nullptr);
  known = {caller.pc, asked_, in_force, result};
  return result;
}

TypeEntity* Interpreter::TypeArgument(std::size_t number) {
  const TypeArguments* const arguments = TypeArgumentsAsked();
  FART_CHECK(number < asked_->compiled->generic->own.size());
  return arguments == nullptr ? linker_.types().dynamic()
                              : arguments->types[asked_->compiled->generic->first + number];
}

// ---- Objects ------------------------------------------------------------------------------------

const TypeArguments* Interpreter::TypeArgumentsOf(ObjectPtr object,
                                                  const NoSafepointScope& quiet) const {
  if (!object.IsHeapObject()) return nullptr;
  if (IsGrowableList(object)) return ArgumentsFrom(GrowableListMark(object, quiet));
  if (IsMarkedArray(object)) return ArgumentsFrom(ArrayMark(object, quiet));
  const ShapeInfo& info = isolate_.shapes()[ShapeIdOf(object)];
  if (info.kind != ShapeKind::kInstance || info.owner == nullptr) return nullptr;
  const std::uint32_t offset = static_cast<const Class*>(info.owner)->types_offset;
  if (offset == 0) return nullptr;
  return ArgumentsFrom(*SlotAt(object, offset, quiet));
}

TypeEntity* Interpreter::RuntimeTypeOf(ObjectPtr object) {
  const NoSafepointScope quiet;
  return linker_.types().Of(ClassOf(object), TypeArgumentsOf(object, quiet));
}

bool Interpreter::IsFunctionOfType(ObjectPtr object, const TypeEntity& type) {
  if (type.is_record()) return false;  // There are none.
  const Function* function = nullptr;
  if (IsClosure(object)) {
    const NoSafepointScope quiet;
    function = FunctionOfClosure(object, quiet);
  } else {
    const Member& member = Lookup(ClassOf(object), linker_.call_key());
    if (member.kind == Member::Kind::kFunction) function = member.function;
  }
  if (function == nullptr) return false;
  const bool takes_names = function->compiled != nullptr;  // What is no program's text takes none.
  std::uint32_t required = function->has_receiver ? 1 : 0;
  std::uint32_t optional = 0;
  std::vector<std::string> names;
  for (const TypeRef::Parameter& parameter : *type.parameters) {
    if (parameter.kind == TypeRef::Parameter::Kind::kRequired) {
      ++required;
    } else if (parameter.kind == TypeRef::Parameter::Kind::kOptional) {
      ++optional;
    } else {
      names.push_back(parameter.name);
    }
  }
  const auto named = static_cast<std::uint32_t>(names.size());
  if (!takes_names && named > 0) return false;
  if (!Fits(*function, required, {}) || !Fits(*function, required + optional + named, names)) {
    return false;
  }
  if (!takes_names || function->compiled->declared_type == nullptr) return true;
  TypeTable& types = linker_.types();
  TypeEntity* const declared = types.Instantiate(linker_.TypeOf(*function->compiled->declared_type),
                                                 TypeArgumentsAround(object, *function));
  return types.AreAssignable(*declared, type);
}

// Those in force around a function that `object` is called by.
const TypeArguments* Interpreter::TypeArgumentsAround(ObjectPtr object, const Function& function) {
  const NoSafepointScope quiet;
  if (function.compiled->kind == FunctionKind::kClosure) {
    return TypeArgumentsAround(object, quiet);
  }
  if (!function.has_receiver || function.owner == nullptr ||
      function.owner->compiled->is_extension) {
    return nullptr;
  }
  const ObjectPtr receiver = IsClosure(object) ? ReceiverOfClosure(object, quiet) : object;
  return linker_.types().ArgumentsInside(ClassOf(receiver), TypeArgumentsOf(receiver, quiet),
                                         function.owner);
}

bool Interpreter::IsInstance(ObjectPtr object, TypeEntity* type) {
  switch (type->kind) {
    case TypeRef::Kind::kDynamic:
    case TypeRef::Kind::kVoid:
    case TypeRef::Kind::kParameter:
      return true;
    case TypeRef::Kind::kUnresolved:
      return false;
    case TypeRef::Kind::kFunction:
      return object.is_null() ? type->is_nullable : IsFunctionOfType(object, *type);
    case TypeRef::Kind::kClass:
      break;
  }
  if (object.is_null() && type->is_nullable) return true;
  if (!IsOfClass(object, *type->cls)) return false;
  if (type->arguments == nullptr) return true;
  TypeTable& types = linker_.types();
  const NoSafepointScope quiet;
  return types.Fit(types.ArgumentsAs(ClassOf(object), TypeArgumentsOf(object, quiet), type->cls),
                   type->arguments);
}

const TypeArguments* Interpreter::TypeArgumentsAround(ObjectPtr closure,
                                                      const NoSafepointScope& quiet) const {
  const CompiledFunction* const compiled = FunctionOfClosure(closure, quiet)->compiled;
  if (compiled == nullptr || compiled->kind != FunctionKind::kClosure ||
      compiled->captured_types < 0) {
    return nullptr;
  }
  return ArgumentsFrom(SlotAt(closure, kClosureCapturedOffset, quiet)[compiled->captured_types]);
}

// ---- Instructions -------------------------------------------------------------------------------

// Those in force around the function of a frame: of `this`, or of where a closure was made.
const TypeArguments* Interpreter::TypeArgumentsAround(const Frame& frame) {
  const Function& function = *frame.function;
  const CompiledFunction& compiled = *function.compiled;
  if (compiled.kind == FunctionKind::kClosure) {
    const NoSafepointScope quiet;
    return TypeArgumentsAround(frame.fp[0], quiet);
  }
  if (!function.has_receiver || function.owner == nullptr) return nullptr;
  const ObjectPtr receiver = frame.fp[0];
  if (function.owner->compiled->is_extension) {
    return TypeArgumentsForExtension(*function.owner, receiver);
  }
  const NoSafepointScope quiet;
  return linker_.types().ArgumentsInside(ClassOf(receiver), TypeArgumentsOf(receiver, quiet),
                                         function.owner);
}

// What makes the type that it extends the receiver's.
const TypeArguments* Interpreter::TypeArgumentsForExtension(const Class& extension,
                                                            ObjectPtr receiver) {
  const CompiledClass& compiled = *extension.compiled;
  TypeTable& types = linker_.types();
  std::vector<TypeEntity*> found(compiled.type_parameters.size());
  TypeEntity* const on = types.Of(compiled.on_pattern);
  if (on->kind == TypeRef::Kind::kParameter && !receiver.is_null()) {
    types.Match(on, RuntimeTypeOf(receiver), 0, &found);
  } else if (on->kind == TypeRef::Kind::kClass && on->arguments != nullptr &&
             IsOfClass(receiver, *on->cls)) {
    const NoSafepointScope quiet;
    const TypeArguments* const arguments =
        types.ArgumentsAs(ClassOf(receiver), TypeArgumentsOf(receiver, quiet), on->cls);
    for (std::size_t i = 0; arguments != nullptr && i < arguments->types.size(); ++i) {
      types.Match(on->arguments->types[i], arguments->types[i], 0, &found);
    }
  }
  std::replace(found.begin(), found.end(), static_cast<TypeEntity*>(nullptr), types.dynamic());
  return types.ArgumentsOf(std::move(found));
}

const TypeArguments* Interpreter::JoinTypeArguments(const CompiledFunction& callee,
                                                    const TypeArguments* around,
                                                    const std::vector<TypeEntity*>& own) {
  std::vector<TypeEntity*> all(callee.generic->first, linker_.types().dynamic());
  if (around != nullptr) {
    const std::size_t count = std::min(all.size(), around->types.size());
    std::copy_n(around->types.begin(), count, all.begin());
  }
  all.insert(all.end(), own.begin(), own.end());
  return linker_.types().ArgumentsOf(std::move(all));
}

namespace {

bool HasBounds(const CompiledTypeParameters& generic) {
  return std::any_of(generic.own.begin(), generic.own.end(),
                     [](const CompiledTypeParameter& parameter) {
                       return parameter.bound.kind != TypeRef::Kind::kDynamic;
                     });
}

}  // namespace

// Those of a function that declares type parameters: in force around it, and what the call in
// `caller`, which is no stub's, says.
const TypeArguments* Interpreter::TypeArgumentsOfCall(const Function& callee, const Frame& caller,
                                                      const TypeArguments* around) {
  const CompiledFunction& compiled = *callee.compiled;
  CallTypesEntity* const entry = CallTypesAt(caller);
  // Most calls: nobody knows anything.
  if (entry == nullptr && around == nullptr && !HasBounds(*compiled.generic)) return nullptr;
  const TypeArguments* const in_force = entry == nullptr ? nullptr : TypeArgumentsIn(caller);
  if (entry != nullptr && entry->callee == &callee && entry->in_force == in_force &&
      entry->around == around) {
    return entry->result;
  }
  const TypeArguments* const arguments =
      JoinTypeArguments(compiled, around, AskCaller(callee, caller));
  if (entry != nullptr) {
    entry->callee = &callee;
    entry->in_force = in_force;
    entry->around = around;
    entry->result = arguments;
  }
  return arguments;
}

bool Interpreter::LoadTypeArguments() {
  const Function& callee = *frame_.function;
  const CompiledFunction& compiled = *callee.compiled;
  const TypeArguments* arguments = TypeArgumentsAround(frame_);
  if (compiled.generic != nullptr) {
    arguments = TypeArgumentsOfCall(callee, SkipStubs(CallerOf(frame_)), arguments);
  }
  frame_.fp[compiled.types_slot] = arguments == nullptr ? kNull : AsWord(arguments);
  return true;
}

bool Interpreter::PushType(TypeEntity* type) {
  TypeEntity* const instantiated = InForce(type);
  if (!linker_.MakeTypeObject(instantiated)) return ThrowOutOfMemory();
  stack_.Push(instantiated->object->value);
  return true;
}

bool Interpreter::SetTypes(TypeEntity* type) {
  const TypeArguments* const arguments = InForce(type)->arguments;
  if (arguments == nullptr) return true;
  const ObjectPtr object = stack_.top()[-1];
  if (IsGrowableList(object)) {
    const NoSafepointScope quiet;
    GrowableListMark(object, quiet) = AsWord(arguments);
    return true;
  }
  const ShapeInfo& info = isolate_.shapes()[ShapeIdOf(object)];
  if (info.kind != ShapeKind::kInstance) return true;
  const NoSafepointScope quiet;
  const std::uint32_t offset = static_cast<const Class*>(info.owner)->types_offset;
  mutator().StoreField(object, SlotAt(object, offset, quiet), AsWord(arguments));
  return true;
}

bool Interpreter::IsType(TypeEntity* type) {
  TypeEntity* const wanted = InForce(type);
  if (wanted->kind == TypeRef::Kind::kUnresolved) return ThrowUnresolvedType(*wanted);
  const bool is_instance = IsInstance(stack_.top()[-1], wanted);
  Replace(1, BoolObject(is_instance));
  return true;
}

bool Interpreter::AsType(TypeEntity* type) {
  TypeEntity* const wanted = InForce(type);
  if (wanted->kind == TypeRef::Kind::kUnresolved) return ThrowUnresolvedType(*wanted);
  const ObjectPtr object = stack_.top()[-1];
  if (object.is_null() || IsInstance(object, wanted)) return true;
  return ThrowCastError(*wanted);
}

// ---- Checked mode -------------------------------------------------------------------------------

bool Interpreter::CheckType(TypeEntity* type, const RootTable::Slot* what) {
  TypeEntity* const wanted = InForce(type);
  if (wanted->kind == TypeRef::Kind::kUnresolved) {
    std::string of;
    {
      const NoSafepointScope quiet;
      of = ToUtf8(what->value, quiet);
    }
    return CallHelperWithText(Helper::kTypeError,
                              "There is no type '" + wanted->text + "', that of " + of + ".");
  }
  if (IsInstance(stack_.top()[-1], wanted)) return true;
  if (!PushText(wanted->text)) return ThrowOutOfMemory();
  stack_.Push(what->value);
  return CallHelper(Helper::kTypeCheck);
}

bool Interpreter::CheckElement() {
  const TypeArguments* arguments;
  {
    const NoSafepointScope quiet;
    arguments = TypeArgumentsOf(stack_.top()[-3], quiet);
  }
  if (arguments == nullptr) return true;
  TypeEntity* const wanted = arguments->types.front();
  if (IsInstance(stack_.top()[-1], wanted)) return true;
  if (!PushText(wanted->text) || !PushText("an element of a list")) return ThrowOutOfMemory();
  return CallHelper(Helper::kTypeCheck);
}

}  // namespace fart::lang
