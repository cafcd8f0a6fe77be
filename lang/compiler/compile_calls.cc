// FunctionCompiler -- calls, and the creation of objects.

#include <algorithm>
#include <cstddef>

#include "lang/compiler/function_compiler_impl.h"

namespace fart::lang {

// ---- Arguments ----------------------------------------------------------------------------------

std::uint32_t FunctionCompiler::PushArguments(const ast::Arguments& arguments) {
  for (ast::Expression* argument : arguments.positional) Value(argument);
  for (const ast::NamedArgument& argument : arguments.named) Value(argument.value);
  return static_cast<std::uint32_t>(arguments.positional.size() + arguments.named.size());
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
                                        const ast::Arguments& arguments, std::uint32_t offset) {
  const std::uint32_t words = PushArguments(arguments) + 1;
  CheckWordCount(words, offset);
  At(offset);
  const std::uint32_t selector =
      SelectorConstant(MemberKind::kMethod, name,
                       static_cast<std::uint32_t>(arguments.positional.size()), NamesOf(arguments));
  code_.EmitCall(opcode, selector, words);
}

bool FunctionCompiler::Accepts(const CompiledFunction& function, std::uint32_t positional_count,
                               const std::vector<std::string>& names) const {
  std::uint32_t most = function.required_count;
  for (const Parameter& parameter : function.parameters) {
    if (parameter.kind == Parameter::Kind::kOptional) ++most;
  }
  if (positional_count < function.required_count || positional_count > most) return false;
  return std::all_of(names.begin(), names.end(), [&function](const std::string& name) {
    return std::any_of(function.parameters.begin(), function.parameters.end(),
                       [&name](const Parameter& parameter) {
                         return parameter.kind == Parameter::Kind::kNamed && parameter.name == name;
                       });
  });
}

void FunctionCompiler::FinishStaticCall(FunctionRef ref, std::uint32_t positional_count,
                                        const std::vector<std::string>& names) {
  const CompiledFunction& function = context_.set.FunctionOf(ref);
  const std::uint32_t words = positional_count + static_cast<std::uint32_t>(names.size()) +
                              (function.has_receiver() ? 1 : 0);
  if (!Accepts(function, positional_count, names)) {
    // A receiver stays where it is: it was no argument.
    ThrowMissing(MemberKind::kMethod, function.qualified_name,
                 words - (function.has_receiver() ? 1 : 0), positional_count);
  } else if (function.parameter_count == words && names.empty()) {
    code_.Emit(Opcode::kCallStatic, code_.AddConstant(ref), words);
  } else {
    code_.Emit(Opcode::kCallStaticBind, code_.AddConstant(StaticCall{ref, names}), words);
  }
}

// [receiver, if the function has one] -> [result]
void FunctionCompiler::CallFunction(FunctionRef ref, const ast::Arguments& arguments,
                                    std::uint32_t offset) {
  const std::uint32_t words = PushArguments(arguments);
  CheckWordCount(words + 1, offset);
  At(offset);
  FinishStaticCall(ref, static_cast<std::uint32_t>(arguments.positional.size()),
                   NamesOf(arguments));
}

void FunctionCompiler::CallTarget(const Target& target, ast::Call& node) {
  switch (target.kind) {
    case Target::Kind::kThisProperty:
      LoadThis();
      return CallWithSelector(Opcode::kCallInstance, target.name, node.arguments, node.offset);
    case Target::Kind::kSuperProperty:
      LoadThis();
      return CallWithSelector(Opcode::kCallSuper, target.name, node.arguments, node.offset);
    case Target::Kind::kProperty:
      if (target.object != nullptr) Value(target.object);
      return CallWithSelector(Opcode::kCallInstance, target.name, node.arguments, node.offset);
    case Target::Kind::kStatic:
      if (target.member.method) {
        return CallFunction(*target.member.method, node.arguments, node.offset);
      }
      break;
    case Target::Kind::kClass: {
      Target constructor = target;
      constructor.kind = Target::Kind::kConstructor;
      constructor.name.clear();
      return Construct(constructor, node.arguments);
    }
    case Target::Kind::kConstructor:
      return Construct(target, node.arguments);
    case Target::Kind::kMissing: {
      const std::uint32_t words = PushArguments(node.arguments);
      CheckWordCount(words, node.offset);
      At(node.offset);
      return ThrowMissing(MemberKind::kMethod, target.name, words,
                          static_cast<std::uint32_t>(node.arguments.positional.size()));
    }
    case Target::Kind::kLocal:
    case Target::Kind::kIndex:
    case Target::Kind::kSuperIndex:
    case Target::Kind::kType:
      break;
  }
  PushReceiver(target);
  LoadFrom(target);
  CallWithSelector(Opcode::kCallValue, "call", node.arguments, node.offset);
}

void FunctionCompiler::VisitCall(ast::Call& node) {
  const ast::ExpressionKind kind = node.callee->kind;
  if (kind != ast::ExpressionKind::kIdentifier && kind != ast::ExpressionKind::kProperty) {
    Value(node.callee);
    return CallWithSelector(Opcode::kCallValue, "call", node.arguments, node.offset);
  }
  const Target target = Analyze(node.callee);
  if (target.is_null_aware) {
    return NullAware(target, Use::kValue, [&](const Target& t) { CallTarget(t, node); });
  }
  CallTarget(target, node);
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
  if (meaning.kind == NameMeaning::Kind::kClass && names.size() <= used + 1 &&
      LookupConstructor(context_.set, context_.place.library, meaning.cls, constructor)) {
    target.kind = Target::Kind::kConstructor;
    target.cls = meaning.cls;
    target.name = constructor;
  }
  return target;
}

void FunctionCompiler::Construct(const Target& target, const ast::Arguments& arguments) {
  std::optional<FunctionRef> ref;
  if (target.kind == Target::Kind::kConstructor) {
    ref = LookupConstructor(context_.set, context_.place.library, target.cls, target.name);
  }
  if (!ref) {
    const std::uint32_t words = PushArguments(arguments);
    CheckWordCount(words, target.offset);
    At(target.offset);
    return ThrowMissing(MemberKind::kMethod, "new " + target.name, words,
                        static_cast<std::uint32_t>(arguments.positional.size()));
  }
  At(target.offset);
  const CompiledFunction& function = context_.set.FunctionOf(*ref);
  if (function.kind == FunctionKind::kFactory) {
    return CallFunction(*ref, arguments, target.offset);
  }
  const CompiledClass& cls = context_.set.ClassOf(target.cls);
  if (cls.is_abstract) {
    return code_.Emit(Opcode::kThrowError,
                      static_cast<std::uint32_t>(ThrownKind::kAbstractClassInstantiation),
                      code_.AddConstant(cls.name.text));
  }
  code_.Emit(Opcode::kAllocate, code_.AddConstant(target.cls));
  const bool has_arguments = !arguments.positional.empty() || !arguments.named.empty();
  if (has_arguments || !IsTrivialConstructor(*ref)) CallFunction(*ref, arguments, target.offset);
}

bool FunctionCompiler::HasFieldInitializers(ClassRef ref) {
  const auto has_some = [this](ClassRef cls) {
    const std::vector<ast::VariableNode*>& fields = context_.set.ClassSourceOf(cls).fields;
    return std::any_of(fields.begin(), fields.end(), [](const ast::VariableNode* field) {
      return field->initializer != nullptr;
    });
  };
  const std::vector<TypeRef>& mixins = context_.set.ClassOf(ref).mixins;
  return has_some(ref) || std::any_of(mixins.begin(), mixins.end(),
                                      [&has_some](const TypeRef& m) { return has_some(m.cls); });
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
    if (!up) return false;
    ref = *up;
  }
}

void FunctionCompiler::VisitNew(ast::New& node) {
  const Target target = AnalyzeConstructor(node.names, node.offset);
  if (!node.is_const) return Construct(target, node.arguments);
  if (target.kind == Target::Kind::kConstructor) {
    const auto ref =
        LookupConstructor(context_.set, context_.place.library, target.cls, target.name);
    if (!context_.set.FunctionOf(*ref).is_const) {
      return Fail(node.offset, "This constructor is not 'const'.");
    }
  }
  Once([&] { Construct(target, node.arguments); });
}

void FunctionCompiler::Once(const std::function<void()>& make) {
  if (!code_.is_reachable()) return;
  const StaticRef ref{context_.home.number, static_cast<int>(context_.home.statics.size())};
  auto object = std::make_unique<CompiledStatic>();
  object->owner_class = context_.owner_class;
  object->is_final = true;
  context_.home.statics.push_back(std::move(object));  // L1
  const std::uint32_t constant = code_.AddConstant(ref);
  Label is_made;
  code_.EmitJump(Opcode::kLoadOnce, constant, is_made);
  make();
  code_.Emit(Opcode::kFinishOnce, constant);
  code_.Bind(is_made);
}

}  // namespace fart::lang
