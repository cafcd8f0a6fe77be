// Natives of objects, closures, types and stack traces.

#include <string>

#include "lang/compiler/suggestion.h"
#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "vm/platform/standard_output.h"
#include "vm/values/lists.h"
#include "vm/values/objects.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

Done Identical(Interpreter&, ObjectPtr* arguments, AnyArg, AnyArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, BoolObject(AreIdentical(arguments[0], arguments[1], quiet)));
}

Done IdentityHashCode(Interpreter& interpreter, ObjectPtr* arguments, AnyArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments,
                ObjectPtr::FromSmi(IdentityHashOf(interpreter.mutator(), arguments[0], quiet)));
}

Done ObjectToString(Interpreter& interpreter, ObjectPtr* arguments, AnyArg) FART_MAY_COLLECT {
  const TypeEntity& type = *interpreter.RuntimeTypeOf(arguments[0]);
  return AnswerText(interpreter, arguments, "Instance of '" + type.text + "'");
}

Done RuntimeType(Interpreter& interpreter, ObjectPtr* arguments, AnyArg) FART_MAY_COLLECT {
  TypeEntity* const type = interpreter.RuntimeTypeOf(arguments[0]);
  if (!interpreter.linker().MakeTypeObject(type)) return OutOfMemory(interpreter);
  return Answer(arguments, type->object->value);
}

// arguments: an object, what it says its class is if that is one that only the libraries know.
Done TypeSaid(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, AnyArg) FART_MAY_COLLECT {
  const Class& cls = *interpreter.ClassOf(arguments[0]);
  if (cls.library->is_bundled && cls.compiled->name.text.starts_with('_')) {
    return Answer(arguments, arguments[1]);
  }
  return RuntimeType(interpreter, arguments, AnyArg());
}

// A member that answers to a selector of that kind, or can be read instead of being called.
bool IsAlike(MemberKind wanted, MemberKind candidate) {
  if (wanted == MemberKind::kSetter) return candidate == MemberKind::kSetter;
  return candidate != MemberKind::kSetter;
}

bool TakesCount(const CompiledFunction& function, std::int64_t count) {
  std::int64_t most = function.required_count;
  for (const Parameter& parameter : function.parameters) {
    if (parameter.kind == Parameter::Kind::kOptional) ++most;
  }
  return count >= static_cast<std::int64_t>(function.required_count) && count <= most;
}

using MemberKindArg = RangeArg<0, static_cast<std::int64_t>(MemberKind::kSetter)>;

// Receiver, name, kind (as _Invocation's), count of positional arguments, whether others are named.
// A method that would fit is not what was looked for: a superclass's was.
Done ExplainNoSuchMethod(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, StringArg,
                         MemberKindArg kind_given, Int64Arg count_given,
                         BoolArg names_given) FART_MAY_COLLECT {
  std::string name;
  std::string text;
  const Class* cls = interpreter.ClassOf(arguments[0]);
  const auto kind = static_cast<MemberKind>(kind_given.value);
  const std::int64_t count = count_given.value;
  const bool has_names = names_given.value;
  {
    const NoSafepointScope quiet;
    name = ToUtf8(arguments[1], quiet);
    if (name == "call" && interpreter.IsClosure(arguments[0])) {
      text = interpreter.FunctionOfClosure(arguments[0], quiet)->compiled->Signature();
    }
  }
  bool is_readable = false;
  Suggestion suggestion(name);
  for (; cls != nullptr && text.empty(); cls = cls->superclass) {
    if (cls->table == nullptr) continue;  // Not linked: it has no instance of its own.
    for (const auto& [key, member] : cls->table->members) {
      is_readable |= key->kind == MemberKind::kGetter && key->name.text == name;
      const bool is_hidden = key->name.text.starts_with('_') && !name.starts_with('_');
      if (is_hidden || !IsAlike(kind, key->kind)) continue;
      const bool is_method =
          key->kind == MemberKind::kMethod && member.kind == TableMember::Kind::kFunction;
      if (is_method && kind == MemberKind::kMethod && key->name.text == name) {
        const CompiledFunction& found = *interpreter.linker().FunctionOf(member.function)->compiled;
        if (has_names || !TakesCount(found, count)) text = found.Signature();
      }
      suggestion.Consider(key->name.text);
    }
    suggestion.EndGroup();
  }
  if (kind == MemberKind::kSetter && is_readable) {
    return AnswerText(interpreter, arguments, "; it can only be read.");
  }
  return AnswerText(interpreter, arguments,
                    text.empty() ? suggestion.End() : "Found '" + text + "'");
}

// arguments: what places call the file, which line.
Done LineOfSource(Interpreter& interpreter, ObjectPtr* arguments, StringArg,
                  Int64Arg wanted) FART_MAY_COLLECT {
  std::string name;
  {
    const NoSafepointScope quiet;
    name = ToUtf8(arguments[0], quiet);
  }
  std::string_view text = interpreter.linker().TextOfFile(name);
  for (std::int64_t line = 1; line < wanted.value; ++line) {
    const std::size_t end = text.find('\n');
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return AnswerText(interpreter, arguments, std::string(text.substr(0, text.find('\n'))));
}

Done FramesDiscarded(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerInteger(interpreter, arguments, interpreter.discards());
}

// ---- Expandos

// Of a chain of entries (lang/lib/core/expando.dart) the one whose key is `object`, which lives: so
// does the value then. A key that has died is no object's that one has (H-M3).
ObjectPtr EntryIn(ObjectPtr entry, ObjectPtr object, const NoSafepointScope& quiet) {
  while (!entry.is_null() && *SlotAt(entry, kExpandoKeyOffset, quiet) != object) {
    entry = *SlotAt(entry, kExpandoNextOffset, quiet);
  }
  return entry;
}

// arguments: the first entry of a chain, an object.
Done ExpandoEntryIn(Interpreter&, ObjectPtr* arguments, AnyArg, AnyArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, EntryIn(arguments[0], arguments[1], quiet));
}

Done ExpandoValueIn(Interpreter&, ObjectPtr* arguments, AnyArg, AnyArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const ObjectPtr entry = EntryIn(arguments[0], arguments[1], quiet);
  return Answer(arguments, entry.is_null() ? kNull : *SlotAt(entry, kExpandoValueOffset, quiet));
}

// ---- Closures

// Null unless it is a method bound to an object.
ObjectPtr ReceiverOfBound(Interpreter& interpreter, ObjectPtr closure,
                          const NoSafepointScope& quiet) {
  if (ShapeIdOf(closure) != interpreter.linker().bound_method_shape()) return kNull;
  return *SlotAt(closure, kBoundReceiverOffset, quiet);
}

// The same object, or the same method of the same object.
Done ClosureEquals(Interpreter& interpreter, ObjectPtr* arguments, ClosureArg,
                   AnyArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const ObjectPtr a = arguments[0];
  const ObjectPtr b = arguments[1];
  if (a == b) return Answer(arguments, kTrue);
  const ShapeId bound = interpreter.linker().bound_method_shape();
  if (ShapeIdOf(a) != bound || ShapeIdOf(b) != bound) return Answer(arguments, kFalse);
  return Answer(arguments, BoolObject(interpreter.FunctionOfClosure(a, quiet) ==
                                          interpreter.FunctionOfClosure(b, quiet) &&
                                      AreIdentical(ReceiverOfBound(interpreter, a, quiet),
                                                   ReceiverOfBound(interpreter, b, quiet), quiet)));
}

Done ClosureHashCode(Interpreter& interpreter, ObjectPtr* arguments, ClosureArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const ObjectPtr receiver = ReceiverOfBound(interpreter, arguments[0], quiet);
  const ObjectPtr hashed = receiver.is_null() ? arguments[0] : receiver;
  return Answer(arguments,
                ObjectPtr::FromSmi(IdentityHashOf(interpreter.mutator(), hashed, quiet)));
}

Done ClosureToString(Interpreter& interpreter, ObjectPtr* arguments, ClosureArg) FART_MAY_COLLECT {
  std::string text = "Closure";
  {
    const NoSafepointScope quiet;
    const Function& function = *interpreter.FunctionOfClosure(arguments[0], quiet);
    if (function.compiled->kind != FunctionKind::kClosure) {
      text += ": '" + function.compiled->qualified_name + "'";
    }
  }
  return AnswerText(interpreter, arguments, text);
}

// arguments: a closure, a list.
Done FunctionApply(Interpreter& interpreter, ObjectPtr* arguments, AnyArg,
                   ListArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const ListElements elements = ElementsOf(arguments[1], quiet);
  ExecutionStack& stack = interpreter.stack();
  if (elements.length > kMaxArguments || !stack.HasRoomFor(elements.length)) {
    interpreter.SetPendingStackOverflow();
    return Done::kThrow;
  }
  stack.SetTop(arguments + 1);
  for (std::size_t i = 0; i < elements.length; ++i) stack.Push(elements.first[i]);
  interpreter.SetTailCall(nullptr);
  return Done::kCall;
}

// arguments: what is called, a list of arguments, a list of names, a list of what they are given.
Done FunctionApplyNamed(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, ListArg, ListArg,
                        ListArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const ListElements positional = ElementsOf(arguments[1], quiet);
  const ListElements names = ElementsOf(arguments[2], quiet);
  const ListElements values = ElementsOf(arguments[3], quiet);
  if (names.length != values.length) return interpreter.Refuse(3, "must be as long as the names");
  ExecutionStack& stack = interpreter.stack();
  const std::size_t count = positional.length + names.length;
  if (count > kMaxArguments || !stack.HasRoomFor(count)) {
    interpreter.SetPendingStackOverflow();
    return Done::kThrow;
  }
  SelectorEntity wanted;
  wanted.positional_count = static_cast<std::uint32_t>(positional.length);
  for (std::size_t i = 0; i < names.length; ++i) {
    if (!IsString(names.first[i])) return interpreter.Refuse(2, "must be texts");
    wanted.argument_names.push_back(ToUtf8(names.first[i], quiet));
  }
  stack.SetTop(arguments + 1);
  for (std::size_t i = 0; i < positional.length; ++i) stack.Push(positional.first[i]);
  for (std::size_t i = 0; i < values.length; ++i) stack.Push(values.first[i]);
  interpreter.SetTailCallOf(interpreter.linker().CallSelectorFor(wanted));
  return Done::kCall;
}

// ---- Types and stack traces

const TypeEntity& TypeOf(Interpreter& interpreter, ObjectPtr object) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return *interpreter.linker().TypeOfNumber(TypeNumberOf(object, quiet));
}

Done TypeEquals(Interpreter& interpreter, ObjectPtr* arguments, TypeArg, AnyArg) FART_MAY_COLLECT {
  if (!HasShape(arguments[1], core_shape::kType)) return Answer(arguments, kFalse);
  return Answer(arguments, BoolObject(&TypeOf(interpreter, arguments[0]) ==
                                      &TypeOf(interpreter, arguments[1])));
}

// The linker has given it one, of the type's text.
Done TypeHashCode(Interpreter&, ObjectPtr* arguments, TypeArg) FART_MAY_COLLECT {
  return Answer(arguments, ObjectPtr::FromSmi(Header::Of(arguments[0]).hash()));
}

Done TypeToString(Interpreter& interpreter, ObjectPtr* arguments, TypeArg) FART_MAY_COLLECT {
  return AnswerText(interpreter, arguments, TypeOf(interpreter, arguments[0]).text);
}

Done StackTraceToString(Interpreter& interpreter, ObjectPtr* arguments, AnyArg) FART_MAY_COLLECT {
  std::string text;
  {
    const NoSafepointScope quiet;
    text = interpreter.StackTraceText(arguments[0], quiet);
  }
  return AnswerText(interpreter, arguments, text);
}

Done PrintLine(Interpreter&, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  std::string line;
  {
    const NoSafepointScope quiet;
    line = ToUtf8(arguments[0], quiet);
  }
  line += '\n';
  PrintText(line);
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<Identical>("identical"),
    Native<IdentityHashCode>("identityHashCode"),
    Native<Identical>("Object_equals"),
    Native<IdentityHashCode>("Object_hashCode"),
    Native<ObjectToString>("Object_toString"),
    Native<RuntimeType>("Object_runtimeType"),
    Native<TypeSaid>("Object_typeSaid"),
    Native<ExplainNoSuchMethod>("Object_explainNoSuchMethod"),
    Native<ExpandoEntryIn>("Expando_entryIn"),
    Native<ExpandoValueIn>("Expando_valueIn"),
    Native<ClosureEquals>("Closure_equals"),
    Native<ClosureHashCode>("Closure_hashCode"),
    Native<ClosureToString>("Closure_toString"),
    Native<FunctionApply>("Function_apply"),
    Native<FunctionApplyNamed>("Function_applyNamed"),
    Native<TypeEquals>("Type_equals"),
    Native<TypeHashCode>("Type_hashCode"),
    Native<TypeToString>("Type_toString"),
    Native<StackTraceToString>("StackTrace_toString"),
    Native<PrintLine>("printLine"),
    Native<FramesDiscarded>("Frames_discarded"),
    Native<LineOfSource>("Source_line"),
};

}  // namespace

std::span<const IntrinsicEntry> ObjectIntrinsics() { return kEntries; }

}  // namespace fart::lang
