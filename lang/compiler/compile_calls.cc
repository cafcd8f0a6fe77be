// FunctionCompiler -- calls, and the creation of objects.

#include <algorithm>
#include <cstddef>

#include "lang/compiler/function_compiler_impl.h"
#include "lang/compiler/native_declarations.h"

namespace fart::lang {

// ---- Arguments ----------------------------------------------------------------------------------

std::uint32_t FunctionCompiler::PushArguments(const ast::Arguments& arguments,
                                              const Callee& callee) {
  if (!arguments.order.empty()) {
    const SlotScope slots(*this);
    const std::vector<std::uint32_t> kept = KeepArguments(arguments, callee);
    for (const std::uint32_t slot : kept) code_.Emit(Opcode::kLoadLocal, slot);
    return static_cast<std::uint32_t>(kept.size());
  }
  std::size_t position = 0;
  for (ast::Expression* argument : arguments.positional) {
    Argument(argument, callee, position++, "");
  }
  for (const ast::NamedArgument& argument : arguments.named) {
    Argument(argument.value, callee, 0, argument.name);
  }
  return static_cast<std::uint32_t>(arguments.positional.size() + arguments.named.size());
}

std::optional<TypeRef> FunctionCompiler::ExpectedArgument(const Callee& callee,
                                                          std::size_t position,
                                                          const std::string& name) {
  if (callee.function) {
    std::optional<TypeRef> type = TypeOfParameter(*callee.function, position, name);
    if (!type || !type->is_open()) return type;
    // Type parameters in it are the callee's.
    return FilledIn(std::move(*type), callee.types);
  }
  if (!callee.type) return std::nullopt;
  const std::vector<TypeRef::Parameter>& parameters = *callee.type->parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (name.empty() ? i == position && parameters[i].name.empty() : parameters[i].name == name) {
      return callee.type->arguments[1 + i];
    }
  }
  return std::nullopt;
}

// Where it is found in C is asked of the getter, not of the value.
bool FunctionCompiler::PushNativeVariable(ast::Expression* argument) {
  if (argument->kind != ast::ExpressionKind::kIdentifier &&
      argument->kind != ast::ExpressionKind::kProperty) {
    return false;
  }
  const Target target = Analyze(argument);
  if (target.kind != Target::Kind::kStatic || !target.member.getter ||
      context_.set.FunctionOf(*target.member.getter).native == nullptr) {
    return false;
  }
  code_.Emit(Opcode::kPushConstant, code_.AddConstant(*target.member.getter));
  return true;
}

void FunctionCompiler::Argument(ast::Expression* argument, const Callee& callee,
                                std::size_t position, const std::string& name) {
  if (callee.function && IsAddressOfNative(context_.set, *callee.function) &&
      PushNativeVariable(argument)) {
    return;
  }
  if (AsksForType(argument)) Expect(ExpectedArgument(callee, position, name));
  Value(argument);
}

std::vector<std::uint32_t> FunctionCompiler::KeepArguments(const ast::Arguments& arguments,
                                                           const Callee& callee) {
  std::vector<std::uint32_t> positional;
  std::vector<std::uint32_t> named;
  const auto keep = [&](ast::Expression* argument, const std::string& name,
                        std::vector<std::uint32_t>* slots) {
    Argument(argument, callee, name.empty() ? slots->size() : 0, name);
    slots->push_back(TakeSlot());
    code_.Emit(Opcode::kStoreLocal, slots->back());
  };
  const std::size_t count = arguments.positional.size() + arguments.named.size();
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_named = arguments.order.empty() ? i >= arguments.positional.size()
                                                  : static_cast<bool>(arguments.order[i]);
    if (is_named) {
      const ast::NamedArgument& argument = arguments.named[named.size()];
      keep(argument.value, argument.name, &named);
    } else {
      keep(arguments.positional[positional.size()], "", &positional);
    }
  }
  positional.insert(positional.end(), named.begin(), named.end());
  return positional;
}

std::vector<std::string> FunctionCompiler::NamesOf(const ast::Arguments& arguments) {
  std::vector<std::string> names;
  for (const ast::NamedArgument& argument : arguments.named) names.push_back(argument.name);
  return names;
}

void FunctionCompiler::CheckWordCount(std::uint32_t words, std::uint32_t offset) {
  if (words > kMaxArguments) Fail(offset, "This call has too many arguments.");
}

// ---- Calls --------------------------------------------------------------------------------------

// [receiver] -> [result]
void FunctionCompiler::CallWithSelector(Opcode opcode, const std::string& name,
                                        const ast::Arguments& arguments, std::uint32_t offset,
                                        const TypesOfCall& types, std::optional<TypeRef> type) {
  const std::uint32_t words = PushArguments(arguments, {std::nullopt, std::move(type), {}}) + 1;
  CheckWordCount(words, offset);
  At(offset);
  const std::uint32_t selector =
      SelectorConstant(MemberKind::kMethod, name,
                       static_cast<std::uint32_t>(arguments.positional.size()), NamesOf(arguments));
  code_.EmitCall(opcode, selector, words);
  AddCallTypes(types);
}

namespace {

// "Found 'greet(name, greeting)', but it is called with 1 argument."
std::string WhyItDoesNotFit(const CompiledFunction& function, std::uint32_t positional_count) {
  const std::string count = positional_count == 0 ? "no" : std::to_string(positional_count);
  return "Found '" + function.Signature() + "', but it is called with " + count +
         (positional_count == 1 ? " argument." : " arguments.");
}

bool TakesCount(const CompiledFunction& function, std::uint32_t positional_count) {
  std::uint32_t most = function.required_count;
  for (const Parameter& parameter : function.parameters) {
    if (parameter.kind == Parameter::Kind::kOptional) ++most;
  }
  return positional_count >= function.required_count && positional_count <= most;
}

}  // namespace

// Of calls that are no expressions of their own: of constructors in lists of initialisers, in
// constants.
bool FunctionCompiler::CheckTakes(FunctionRef ref, const ast::Arguments& arguments,
                                  std::uint32_t offset) {
  const CompiledFunction& function = context_.set.FunctionOf(ref);
  const auto count = static_cast<std::uint32_t>(arguments.positional.size());
  if (TakesCount(function, count)) return true;
  Fail(offset, WhyItDoesNotFit(function, count));
  return false;
}

// A name that the function does not have is an error of the program's text, as any unknown name;
// another number of arguments is thrown when the call is made.
void FunctionCompiler::FinishStaticCall(FunctionRef ref, const ast::Arguments& arguments,
                                        std::uint32_t offset, const TypesOfCall& types) {
  const CompiledFunction& function = context_.set.FunctionOf(ref);
  const auto positional_count = static_cast<std::uint32_t>(arguments.positional.size());
  const std::vector<std::string> names = NamesOf(arguments);
  const std::uint32_t words = positional_count + static_cast<std::uint32_t>(names.size()) +
                              (function.has_receiver() ? 1 : 0);
  const auto throw_why = [&](const std::string& why) {
    // A receiver stays where it is: it was no argument.
    ThrowMissing(MemberKind::kMethod, function.qualified_name, why,
                 words - (function.has_receiver() ? 1 : 0), positional_count);
  };
  const auto refuse = [&](std::uint32_t place, const std::string& why) {
    if (Meets(MetErrors::Of::kName)) return throw_why(why);
    Fail(place, why);
  };
  for (const ast::NamedArgument& argument : arguments.named) {
    const bool is_known = std::any_of(
        function.parameters.begin(), function.parameters.end(), [&argument](const Parameter& p) {
          return p.kind == Parameter::Kind::kNamed && p.name == argument.name;
        });
    if (!is_known) return refuse(argument.offset, UnknownArgument(function, argument));
  }
  for (const Parameter& parameter : function.parameters) {
    const bool is_given = std::find(names.begin(), names.end(), parameter.name) != names.end();
    if (!parameter.is_demanded || is_given) continue;
    return refuse(offset, "'" + function.Signature() + "' needs the named argument '" +
                              parameter.name + "'.");
  }
  if (!TakesCount(function, positional_count)) {
    throw_why(WhyItDoesNotFit(function, positional_count));
  } else if (function.parameter_count == words && names.empty()) {
    code_.Emit(Opcode::kCallStatic, code_.AddConstant(ref), words);
    AddCallTypes(types);
  } else {
    code_.Emit(Opcode::kCallStaticBind, code_.AddConstant(StaticCall{ref, names}), words);
    AddCallTypes(types);
  }
}

// [receiver, if the function has one] -> [result]
void FunctionCompiler::CallFunction(FunctionRef ref, const ast::Arguments& arguments,
                                    std::uint32_t offset, const TypesOfCall& types) {
  Callee callee{ref, std::nullopt, {}};
  const CompiledFunction& function = context_.set.FunctionOf(ref);
  if (!types.is_expected && function.generic != nullptr && function.generic->first == 0) {
    callee.types = types.types;
  }
  const std::uint32_t words = PushArguments(arguments, callee);
  CheckWordCount(words + 1, offset);
  At(offset);
  FinishStaticCall(ref, arguments, offset, types);
}

void FunctionCompiler::CallConstructor(ClassRef cls, FunctionRef ref, std::uint32_t receiver,
                                       const ast::Arguments& arguments,
                                       const std::vector<std::uint32_t>& slots,
                                       std::uint32_t offset, std::vector<TypeRef> types) {
  if (slots.empty()) {
    const Callee callee{ref, std::nullopt, std::move(types)};
    CheckWordCount(PushArguments(arguments, callee) + 1, offset);
  } else {
    CheckWordCount(static_cast<std::uint32_t>(slots.size()) + 1, offset);
    for (const std::uint32_t slot : slots) code_.Emit(Opcode::kLoadLocal, slot);
  }
  At(offset);
  for (const ClassRef application : ApplicationsToInitialize(cls)) {
    const int own =
        context_.set.ClassSourceOf(application).constructors.at(kApplicationConstructor);
    code_.Emit(Opcode::kLoadLocal, receiver);
    code_.Emit(Opcode::kCallStatic, code_.AddConstant(FunctionRef{application.library, own}), 1);
    code_.Emit(Opcode::kPop);
  }
  FinishStaticCall(ref, arguments, offset, {});
}

std::vector<ClassRef> FunctionCompiler::ApplicationsToInitialize(ClassRef cls) {
  std::vector<ClassRef> result;
  while (context_.set.ClassOf(cls).mixin.kind == TypeRef::Kind::kClass) {
    if (HasFieldInitializers(cls)) result.push_back(cls);
    cls = context_.set.ClassOf(cls).superclass.cls;
  }
  return result;
}

void FunctionCompiler::CallTarget(const Target& target, ast::Call& node,
                                  const std::optional<TypeRef>& expected) {
  const bool is_constructor =
      target.kind == Target::Kind::kClass || target.kind == Target::Kind::kConstructor;
  TypesOfCall types;
  if (!is_constructor) {
    const bool is_known =
        (target.kind == Target::Kind::kStatic || target.kind == Target::Kind::kExtension) &&
        target.member.method;
    types = TypesFor(Resolved(node.type_arguments), is_known ? target.member.method : std::nullopt,
                     node.arguments, expected);
  }
  switch (target.kind) {
    case Target::Kind::kThisProperty:
      LoadThis();
      return CallWithSelector(Opcode::kCallInstance, target.name, node.arguments, node.offset,
                              types, TypeOfCalled(target, node));
    case Target::Kind::kSuperProperty:
      CheckSuperMember(target.name, MemberKind::kMethod, target.offset);
      LoadThis();
      return CallWithSelector(Opcode::kCallSuper, target.name, node.arguments, node.offset, types);
    case Target::Kind::kProperty:
      if (target.object != nullptr) Value(target.object);
      return CallWithSelector(Opcode::kCallInstance, target.name, node.arguments, node.offset,
                              types, TypeOfCalled(target, node));
    case Target::Kind::kStatic:
      if (target.member.method) {
        return CallFunction(*target.member.method, node.arguments, node.offset, types);
      }
      break;
    case Target::Kind::kClass: {
      if (context_.set.ClassOf(target.cls).is_extension) {
        return Fail(target.offset,
                    "A member must follow the extension '" + target.name + "' and its argument.");
      }
      Target constructor = target;
      constructor.kind = Target::Kind::kConstructor;
      constructor.name.clear();
      if (constness_ == Constness::kInConst) {
        return ConstructConst(constructor, node.arguments, node.type_arguments, expected);
      }
      return Construct(constructor, node.arguments, node.type_arguments, expected);
    }
    case Target::Kind::kConstructor:
      if (constness_ == Constness::kInConst) {
        return ConstructConst(target, node.arguments, node.type_arguments, expected);
      }
      return Construct(target, node.arguments, node.type_arguments, expected);
    case Target::Kind::kExtension:
      if (target.member.method) {
        PushReceiver(target);
        return CallFunction(*target.member.method, node.arguments, node.offset, types);
      }
      break;
    case Target::Kind::kMissing:
      return CallMissing(target, node.arguments);
    case Target::Kind::kLocal:
    case Target::Kind::kIndex:
    case Target::Kind::kSuperIndex:
    case Target::Kind::kType:
      break;
  }
  PushReceiver(target);
  LoadFrom(target);
  CallWithSelector(Opcode::kCallValue, "call", node.arguments, node.offset, types,
                   TypeOfCalled(target, node));
}

// The arguments are computed before it is found out that there is nobody to take them.
void FunctionCompiler::CallMissing(const Target& target, const ast::Arguments& arguments) {
  if (target.reason.empty()) return;  // That was an error.
  const std::uint32_t words = PushArguments(arguments, {});
  CheckWordCount(words + 1, target.offset);
  At(target.offset);
  ThrowMissing(target, MemberKind::kMethod, words,
               static_cast<std::uint32_t>(arguments.positional.size()));
}

void FunctionCompiler::VisitCall(ast::Call& node, const std::optional<TypeRef>& expected) {
  const ast::ExpressionKind kind = node.callee->kind;
  if (kind != ast::ExpressionKind::kIdentifier && kind != ast::ExpressionKind::kProperty) {
    Value(node.callee);
    const MetErrors::Place place(context_.met, MetErrors::IsPlace(node));
    return CallWithSelector(
        Opcode::kCallValue, "call", node.arguments, node.offset,
        TypesFor(Resolved(node.type_arguments), std::nullopt, node.arguments, expected));
  }
  Target target = Analyze(node.callee);
  const MetErrors::Place place(context_.met, MetErrors::IsPlace(node));
  if (target.kind == Target::Kind::kType) {
    if (const auto cls = ClassOfAlias(target.name, target.offset)) {
      target.kind = Target::Kind::kConstructor;
      target.cls = *cls;
      target.alias = std::exchange(target.name, "");
    }
  }
  if (target.is_null_aware) {
    return NullAware(target, Use::kValue, [&](const Target& t) { CallTarget(t, node, expected); });
  }
  if (target.kind == Target::Kind::kConstructor && target.alias.empty() &&
      !node.type_arguments.empty()) {
    Fail(node.offset, "Type arguments stand behind the class, not behind its constructor.");
  }
  CallTarget(target, node, expected);
}

// ---- Creation -----------------------------------------------------------------------------------

FunctionCompiler::Target FunctionCompiler::AnalyzeConstructor(const std::vector<std::string>& names,
                                                              std::uint32_t offset) {
  ast::Identifier first;
  first.offset = offset;
  first.name = names[0];
  NameMeaning meaning = MeaningOf(first);
  std::size_t used = 1;
  if (meaning.kind == NameMeaning::Kind::kPrefix && names.size() > 1) {
    meaning = LookupPrefixed(context_.set, context_.place, names[0], names[1]);
    used = 2;
  }
  Target target;
  target.offset = offset;
  for (const std::string& name : names) target.name += (target.name.empty() ? "" : ".") + name;
  const std::string constructor = names.size() > used ? names[used] : "";
  if (meaning.kind == NameMeaning::Kind::kType) {
    const std::string alias = used == 1 ? names[0] : names[0] + "." + names[1];
    if (const auto cls = ClassOfAlias(alias, offset)) {
      meaning.kind = NameMeaning::Kind::kClass;
      meaning.cls = *cls;
      target.alias = alias;
    }
  }
  if (meaning.kind == NameMeaning::Kind::kClass && names.size() <= used + 1 &&
      LookupConstructor(context_.set, context_.place.library, meaning.cls, constructor)) {
    target.kind = Target::Kind::kConstructor;
    target.cls = meaning.cls;
    target.name = constructor;
  } else {
    const bool is_type = meaning.kind != NameMeaning::Kind::kClass;
    const std::string reason = UnknownConstructor(names, used, meaning);
    if (!is_type && context_.set.ClassOf(meaning.cls).is_enum) {  // Nothing can make one.
      target.kind = Target::Kind::kMissing;
      Fail(target.offset, reason);
    } else {
      Miss(&target, reason, is_type ? MetErrors::Of::kType : MetErrors::Of::kName);
    }
  }
  return target;
}

FunctionCompiler::Target FunctionCompiler::AnalyzeConstructor(const ast::New& node) {
  Target target;
  target.offset = node.offset;
  if (node.is_hidden) {
    Miss(&target, HiddenType(node.names.front()), MetErrors::Of::kType);
    return target;
  }
  if (const auto symbol = context_.set.FindCoreClass("Symbol"); node.is_literal && symbol) {
    target.kind = Target::Kind::kConstructor;
    target.cls = *symbol;
    return target;
  }
  target = AnalyzeConstructor(node.names, node.offset);
  if (target.kind == Target::Kind::kConstructor && !target.name.empty() &&
      node.typed_names == node.names.size()) {
    Fail(node.offset, "Type arguments stand behind the class, not behind its constructor.");
  }
  return target;
}

void FunctionCompiler::Construct(const Target& target, const ast::Arguments& arguments,
                                 const std::vector<ast::Type*>& type_arguments,
                                 const std::optional<TypeRef>& expected, Inference inference) {
  if (target.kind == Target::Kind::kMissing) return CallMissing(target, arguments);
  const auto ref = LookupConstructor(context_.set, context_.place.library, target.cls, target.name);
  const CompiledClass& cls = context_.set.ClassOf(target.cls);
  if (!ref) return Fail(target.offset, UnknownInClass(target.cls, target.name));
  At(target.offset);
  const std::vector<TypeRef> given = TypesGiven(target, type_arguments);
  NoteUse(*ref, arguments, target.offset);
  const CompiledFunction& function = context_.set.FunctionOf(*ref);
  if (function.kind == FunctionKind::kFactory) {
    const bool has_types = inference == Inference::kAsExpected || !given.empty();
    return CallFunction(*ref, arguments, target.offset,
                        has_types ? TypesFor(given, *ref, arguments, expected) : TypesOfCall{});
  }
  if (cls.is_abstract) {
    const std::uint32_t words = PushArguments(arguments, {*ref, std::nullopt, {}});
    for (std::uint32_t i = 0; i < words; ++i) code_.Emit(Opcode::kPop);
    return code_.Emit(Opcode::kThrowError,
                      static_cast<std::uint32_t>(ThrownKind::kAbstractClassInstantiation),
                      code_.AddConstant(cls.name.text));
  }
  const SlotScope slots(*this);
  code_.Emit(Opcode::kAllocate, code_.AddConstant(target.cls));
  TypeRef type;
  if (!cls.type_parameters.empty()) {
    if (inference == Inference::kAsExpected || !given.empty()) {
      type = TypeToConstruct(target.cls, *ref, given, arguments, expected);
      SetTypes(type);
    }
  }
  const bool needs_receiver = !ApplicationsToInitialize(target.cls).empty();
  const std::uint32_t receiver = needs_receiver ? TakeSlot() : 0;
  if (needs_receiver) {
    code_.Emit(Opcode::kDup);
    code_.Emit(Opcode::kStoreLocal, receiver);
  }
  const bool has_arguments = !arguments.positional.empty() || !arguments.named.empty();
  if (has_arguments || needs_receiver || !IsTrivialConstructor(*ref)) {
    // An application's constructor is its superclass's, whose type parameters are others.
    const bool is_its_own = function.owner_class == target.cls.cls;
    CallConstructor(target.cls, *ref, receiver, arguments, {}, target.offset,
                    is_its_own ? std::move(type.arguments) : std::vector<TypeRef>());
  }
}

// An application has those of its mixin.
bool FunctionCompiler::HasFieldInitializers(ClassRef ref) {
  const std::vector<ast::VariableNode*>& fields =
      context_.set.ClassSourceOf(context_.set.MixedIn(ref)).fields;
  return std::any_of(fields.begin(), fields.end(),
                     [](const ast::VariableNode* field) { return field->initializer != nullptr; });
}

// Does calling it without arguments do nothing?
bool FunctionCompiler::IsTrivialConstructor(FunctionRef ref) {
  while (true) {
    const CompiledFunction& function = context_.set.FunctionOf(ref);
    const FunctionSource& source =
        context_.set.source(ref.library).functions[static_cast<std::size_t>(ref.function)];
    const ClassRef cls{ref.library, function.owner_class};
    const bool is_empty = source.node == nullptr ||
                          (!source.node->has_body() && !source.node->is_external &&
                           source.node->initializers.empty() && source.node->parameters.empty());
    if (function.kind != FunctionKind::kGenerativeConstructor || !is_empty ||
        HasFieldInitializers(cls)) {
      return false;
    }
    const TypeRef& superclass = context_.set.ClassOf(cls).superclass;
    if (superclass.kind != TypeRef::Kind::kClass) return true;
    const auto up = LookupConstructor(context_.set, cls.library, superclass.cls, "");
    if (!up || !ApplicationsToInitialize(superclass.cls).empty()) return false;
    ref = *up;
  }
}

void FunctionCompiler::VisitNew(ast::New& node, const std::optional<TypeRef>& expected) {
  if (!node.is_const) {
    // Who says `new` writes down the type arguments, or means none: so it was before they were
    // inferred, and `new` needless.
    const bool infers = context_.set.library(context_.place.library).uri.starts_with("dart:");
    const Target made = AnalyzeConstructor(node);
    Construct(made, node.arguments, node.type_arguments, infers ? expected : std::nullopt,
              infers ? Inference::kAsExpected : Inference::kNone);
    // The constructor makes constants too, so it cannot look at the name.
    const bool is_symbol =
        made.kind == Target::Kind::kConstructor && context_.set.FindCoreClass("Symbol") == made.cls;
    if (is_symbol && !infers) CallCoreHelper("_checkedSymbol", 1, node.offset);
    return;
  }
  const Target target = [&] {
    const ConstnessScope constant(*this, Constness::kInConst);  // Which meets no error.
    return AnalyzeConstructor(node);
  }();
  if (target.kind != Target::Kind::kConstructor) return;
  ConstructConst(target, node.arguments, node.type_arguments, expected);
}

// Without `new` or `const`, what stands in a constant is constant.
void FunctionCompiler::ConstructConst(const Target& target, const ast::Arguments& arguments,
                                      const std::vector<ast::Type*>& type_arguments,
                                      const std::optional<TypeRef>& expected) {
  const auto ref = LookupConstructor(context_.set, context_.place.library, target.cls, target.name);
  if (!ref || !IsConstConstructor(target.cls, *ref)) {
    return Fail(target.offset, "This constructor is not 'const'.");
  }
  if (!CheckTakes(*ref, arguments, target.offset)) return;
  const CompiledFunction& constructor = context_.set.FunctionOf(*ref);
  if (context_.set.ClassOf(target.cls).is_abstract &&
      constructor.kind == FunctionKind::kGenerativeConstructor) {
    return Fail(target.offset, "'" + context_.set.ClassOf(target.cls).name.text +
                                   "' is abstract: there is no such constant.");
  }
  CheckConstantTypes(type_arguments);
  if (!is_evaluated_ && !CanBeComputed(EvaluateConstruction(target, arguments))) return;
  const FlagScope evaluated(&is_evaluated_, true);
  const ConstnessScope constant(*this, Constness::kInConst);
  Once([&] { Construct(target, arguments, type_arguments, expected); });
}

}  // namespace fart::lang
