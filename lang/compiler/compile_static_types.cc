// FunctionCompiler -- what an expression is an instance of, as far as declarations say.
//
// Asked only where a value is told what it is for (LC-F4), or a callee what its arguments are. What
// is not declared is unknown; what is wrong in an expression is found when that is compiled.

#include <algorithm>
#include <cstddef>
#include <utility>

#include "lang/compiler/foreign_types.h"
#include "lang/compiler/function_compiler_impl.h"
#include "lang/compiler/name_linker.h"

namespace fart::lang {
namespace {

bool SaysNothing(const TypeRef& type) {
  return type.kind == TypeRef::Kind::kDynamic || type.kind == TypeRef::Kind::kUnresolved ||
         type.kind == TypeRef::Kind::kVoid;
}

// Such types have no instances.
bool IsNumberInC(const LibrarySet& set, const TypeRef& type) {
  return ValueKindOf(set, type) != ValueKind::kNone;
}

bool IsFilled(const TypeRef& type, std::size_t count) {
  if (type.kind == TypeRef::Kind::kParameter) return static_cast<std::size_t>(type.index) < count;
  return std::all_of(type.arguments.begin(), type.arguments.end(),
                     [count](const TypeRef& part) { return IsFilled(part, count); });
}

// The type with `given` in place of its type parameters; `dynamic` if one of them is not given.
TypeRef Filled(const TypeRef& type, const std::vector<TypeRef>& given) {
  TypeRef unknown;
  unknown.text = "dynamic";
  return IsFilled(type, given.size()) ? Substitute(type, given) : unknown;
}

std::optional<TypeRef> Told(std::optional<TypeRef> type) {
  if (!type || SaysNothing(*type)) return std::nullopt;
  return type;
}

// What a call of a function of that type gives.
std::optional<TypeRef> ResultOf(const std::optional<TypeRef>& type) {
  if (!type || type->kind != TypeRef::Kind::kFunction || type->is_record()) return std::nullopt;
  return Told(type->arguments.front());
}

}  // namespace

std::optional<TypeRef> FunctionCompiler::FilledIn(TypeRef type, const std::vector<TypeRef>& given) {
  if (type.kind != TypeRef::Kind::kFunction) return Told(Filled(type, given));
  for (TypeRef& part : type.arguments) part = Filled(part, given);
  return type;
}

std::optional<TypeRef> FunctionCompiler::StaticTypeOf(ast::Expression* expression) {
  const Asking asking(*this);
  return TypeOfValue(expression);
}

std::optional<TypeRef> FunctionCompiler::TypeToStore(const Target& target) {
  const Asking asking(*this);
  std::optional<TypeRef> type;
  switch (target.kind) {
    case Target::Kind::kLocal:
    case Target::Kind::kStatic:
      type = DeclaredType(target);
      break;
    case Target::Kind::kThisProperty:
      type = TypeOfMember(TypeOfThis(), target.name, MemberKind::kSetter, {});
      break;
    case Target::Kind::kProperty:
      if (target.receiver == nullptr) break;
      type = TypeOfMember(TypeOfValue(target.receiver), target.name, MemberKind::kSetter, {});
      break;
    case Target::Kind::kIndex: {
      if (target.receiver == nullptr) break;
      type = TypeOfMember(TypeOfValue(target.receiver), "[]=", MemberKind::kMethod, {});
      const bool takes_two = type && type->arguments.size() == 3;
      type = takes_two ? Told(type->arguments[2]) : std::nullopt;
      break;
    }
    default:
      break;
  }
  return type;
}

std::optional<TypeRef> FunctionCompiler::TypeOfCalled(const Target& target, const ast::Call& node) {
  const ast::Arguments& arguments = node.arguments;
  const bool asks =
      std::any_of(arguments.positional.begin(), arguments.positional.end(), AsksForType) ||
      std::any_of(arguments.named.begin(), arguments.named.end(),
                  [](const ast::NamedArgument& each) { return AsksForType(each.value); });
  if (!asks) return std::nullopt;
  const Asking asking(*this);
  std::optional<TypeRef> type = TypeOfPlace(target, node.type_arguments);
  const bool is_function =
      type && type->kind == TypeRef::Kind::kFunction && type->parameters != nullptr;
  return is_function ? std::move(type) : std::nullopt;
}

std::optional<TypeRef> FunctionCompiler::TypeOfValue(ast::Expression* expression) {
  using enum ast::ExpressionKind;
  if (--type_steps_ < 0) return std::nullopt;
  switch (expression->kind) {
    case kBoolLiteral:
      return CoreType("bool");
    case kIntLiteral:
      return CoreType("int");
    case kDoubleLiteral:
      return CoreType("double");
    case kStringLiteral:
    case kInterpolation:
      return CoreType("String");
    case kThis:
      return TypeOfThis();
    case kIdentifier:
    case kProperty:
      return TypeOfPlace(Analyze(expression), {});
    case kIndex: {
      const Target target = Analyze(expression);
      if (target.kind != Target::Kind::kIndex) return std::nullopt;
      return ResultOf(TypeOfMember(TypeOfValue(target.receiver), "[]", MemberKind::kMethod, {}));
    }
    case kCall:
      return TypeOfResult(*static_cast<ast::Call*>(expression));
    case kNew: {
      const auto& node = *static_cast<ast::New*>(expression);
      return TypeOfNew(AnalyzeConstructor(node), node.type_arguments);
    }
    case kTypeCast:
      return Told(TypeOf(*static_cast<ast::TypeCast*>(expression)->type));
    case kNullCheck:
      return TypeOfValue(static_cast<ast::NullCheck*>(expression)->operand);
    case kNullShort:
      return TypeOfValue(static_cast<ast::NullShort*>(expression)->body);
    case kConditional:
      return TypeOfValue(static_cast<ast::Conditional*>(expression)->if_true);
    case kLogical: {
      const auto& logical = *static_cast<ast::Logical*>(expression);
      if (logical.op != ast::LogicalOperator::kIfNull) return CoreType("bool");
      return TypeOfValue(logical.left);
    }
    case kAssignment: {
      const auto& assignment = *static_cast<ast::Assignment*>(expression);
      if (assignment.form != ast::AssignmentForm::kPlain) return std::nullopt;
      return TypeOfValue(assignment.value);
    }
    case kBinary: {
      // Of numbers the language knows more than their declarations say.
      const auto& binary = *static_cast<ast::Binary*>(expression);
      const std::optional<TypeRef> left = TypeOfValue(binary.left);
      if (!left || left->kind != TypeRef::Kind::kClass ||
          left->cls.library == context_.set.core()) {
        return std::nullopt;
      }
      return ResultOf(TypeOfMember(left, SpellingOf(binary.op), MemberKind::kMethod, {}));
    }
    case kCascade:
      return TypeOfValue(static_cast<ast::Cascade*>(expression)->target);
    case kCascadeTarget:
      if (cascade_ == nullptr) return std::nullopt;
      if (auto type = TypeOfValue(cascade_->node->target)) return type;
      return cascade_->expected;
    default:
      return std::nullopt;
  }
}

std::optional<TypeRef> FunctionCompiler::TypeOfThis() {
  if (!context_.place.cls || !context_.place.has_class_types) return std::nullopt;
  const CompiledClass& cls = context_.set.ClassOf(*context_.place.cls);
  return cls.is_extension ? Told(cls.on_pattern)
                          : std::optional(ThisTypeOf(context_.set, *context_.place.cls));
}

std::optional<TypeRef> FunctionCompiler::TypeOfPlace(const Target& target,
                                                     const std::vector<ast::Type*>& written) {
  switch (target.kind) {
    case Target::Kind::kLocal: {
      const LocalVariable& variable = VariableOf(target.variable);
      if (variable.type != nullptr) return Told(DeclaredType(target));
      if (variable.inferred) return variable.inferred;
      if (variable.iterable != nullptr) {
        const auto iterator =
            TypeOfMember(TypeOfValue(variable.iterable), "iterator", MemberKind::kGetter, {});
        return TypeOfMember(iterator, "current", MemberKind::kGetter, {});
      }
      if (variable.function != nullptr) return TypeOfLocalFunction(*variable.function);
      return variable.initializer == nullptr ? std::nullopt : TypeOfValue(variable.initializer);
    }
    case Target::Kind::kStatic: {
      if (target.member.variable) {
        if (auto type = DeclaredType(target)) return Told(type);
        return TypeOfInitializer(*target.member.variable);
      }
      if (target.member.getter) return ResultOf(TypeOfFunction(*target.member.getter, {}, {}));
      if (target.member.method) return TypeOfFunction(*target.member.method, {}, written);
      return std::nullopt;
    }
    case Target::Kind::kThisProperty:
      return TypeOfMember(TypeOfThis(), target.name, MemberKind::kGetter, written);
    case Target::Kind::kProperty:
      if (target.receiver == nullptr) return std::nullopt;
      return TypeOfMember(TypeOfValue(target.receiver), target.name, MemberKind::kGetter, written);
    default:
      return std::nullopt;
  }
}

// Null: there is none, or it is forgotten.
ast::Expression* FunctionCompiler::InitializerOf(StaticRef variable) {
  const CompiledStatic& compiled =
      *context_.set.library(variable.library).statics[static_cast<std::size_t>(variable.variable)];
  const AppendOnly<FunctionSource>& sources = context_.set.source(variable.library).functions;
  const auto index = static_cast<std::size_t>(compiled.initializer);
  if (compiled.initializer < 0 || index >= sources.size()) return nullptr;
  return sources[index].initializer;
}

// Its expression stands in another place.
std::optional<TypeRef> FunctionCompiler::TypeOfInitializer(StaticRef variable) {
  ast::Expression* const initializer = InitializerOf(variable);
  if (initializer == nullptr) return std::nullopt;
  const CompiledStatic& compiled =
      *context_.set.library(variable.library).statics[static_cast<std::size_t>(variable.variable)];
  LexicalPlace place;
  place.library = variable.library;
  if (compiled.owner_class != CompiledFunction::kNoOwner) {
    place.cls = ClassRef{variable.library, compiled.owner_class};
  }
  std::swap(context_.place, place);
  const bool had_this = std::exchange(context_.has_this, false);
  std::optional<TypeRef> type = TypeOfValue(initializer);
  context_.has_this = had_this;
  std::swap(context_.place, place);
  return type;
}

std::optional<TypeRef> FunctionCompiler::TypeOfResult(const ast::Call& node) {
  using enum ast::ExpressionKind;
  if (node.callee->kind != kIdentifier && node.callee->kind != kProperty) {
    return ResultOf(TypeOfValue(node.callee));
  }
  const Target target = Analyze(node.callee);
  if (target.kind == Target::Kind::kClass || target.kind == Target::Kind::kConstructor) {
    return TypeOfNew(target, node.type_arguments);
  }
  const std::optional<FunctionRef> method =
      target.kind == Target::Kind::kStatic ? target.member.method : std::nullopt;
  const CompiledTypeParameters* const generic =
      method ? context_.set.FunctionOf(*method).generic.get() : nullptr;
  if (generic != nullptr && node.type_arguments.empty() && generic->first == 0) {
    std::vector<std::optional<TypeRef>> found(generic->own.size());
    MatchArguments(*method, node.arguments, 0, &found);
    std::vector<TypeRef> types;
    for (std::optional<TypeRef>& type : found) {
      if (type) types.push_back(std::move(*type));
    }
    return types.size() == found.size() ? Told(Substitute(generic->return_type, types))
                                        : std::nullopt;
  }
  const std::optional<TypeRef> type = TypeOfPlace(target, node.type_arguments);
  if (!type || type->kind != TypeRef::Kind::kClass) return ResultOf(type);
  return ResultOf(TypeOfMember(type, "call", MemberKind::kMethod, node.type_arguments));
}

std::optional<TypeRef> FunctionCompiler::TypeOfNew(const Target& target,
                                                   const std::vector<ast::Type*>& written) {
  const bool makes =
      target.kind == Target::Kind::kClass || target.kind == Target::Kind::kConstructor;
  if (!makes || context_.set.ClassOf(target.cls).is_extension) return std::nullopt;
  TypeRef type = ThisTypeOf(context_.set, target.cls);
  const std::vector<TypeRef> given = TypesGiven(target, written);
  if (given.size() != type.arguments.size()) return std::nullopt;
  return Substitute(type, given);
}

std::optional<TypeRef> FunctionCompiler::TypeOfLocalFunction(const ast::FunctionNode& node) {
  if (node.return_type == nullptr || !node.type_parameters.empty()) return std::nullopt;
  TypeRef type;
  type.kind = TypeRef::Kind::kFunction;
  type.arguments.push_back(TypeOf(*node.return_type));
  return type;
}

std::optional<TypeRef> FunctionCompiler::TypeOfFunction(FunctionRef ref,
                                                        const std::vector<TypeRef>& of_class,
                                                        const std::vector<ast::Type*>& written) {
  const ast::FunctionNode* const node = NodeOf(ref);
  if (node == nullptr) return std::nullopt;
  const LexicalPlace place = PlaceOf(ref, *node);
  std::vector<TypeRef> given = place.has_class_types ? of_class : std::vector<TypeRef>();
  if (place.has_class_types) {
    given.resize(context_.set.ClassOf(*place.cls).type_parameters.size());
  }
  if (written.size() == node->type_parameters.size()) {
    for (TypeRef& type : Resolved(written)) given.push_back(std::move(type));
  }
  const TypeNames names = TypeNamesAt(context_.set, place);
  const auto part = [&](const ast::Type* type) {
    if (type == nullptr) return TypeRef{};
    TypeRef filled = Filled(ResolveType(context_.set, ref.library, names, *type), given);
    return IsNumberInC(context_.set, filled) ? TypeRef{} : filled;
  };
  TypeRef type;
  type.kind = TypeRef::Kind::kFunction;
  type.arguments.push_back(part(node->late == nullptr ? node->return_type : node->late->type));
  std::vector<TypeRef::Parameter> parameters;
  for (const ast::ParameterNode* parameter : node->parameters) {
    const bool is_named = parameter->kind == ast::ParameterKind::kNamed;
    type.arguments.push_back(part(parameter->type));
    parameters.push_back(
        {is_named ? TypeRef::Parameter::Kind::kNamed : TypeRef::Parameter::Kind::kRequired,
         is_named ? parameter->name : ""});
  }
  type.parameters = std::make_shared<const std::vector<TypeRef::Parameter>>(std::move(parameters));
  SetText(&type, "");
  return type;
}

std::optional<TypeRef> FunctionCompiler::TypeOfMember(const std::optional<TypeRef>& of,
                                                      const std::string& name, MemberKind kind,
                                                      const std::vector<ast::Type*>& written) {
  if (!of || of->kind != TypeRef::Kind::kClass) return std::nullopt;
  if (auto type = TypeOfOwnMember(*of, name, kind, written)) return type;
  for (const ClassRef ref : context_.set.library(context_.place.library).extensions) {
    const CompiledClass& extension = context_.set.ClassOf(ref);
    const ClassSource& source = context_.set.ClassSourceOf(ref);
    if (!source.members.contains(name) || extension.on_pattern.cls != of->cls ||
        extension.on_pattern.kind != TypeRef::Kind::kClass || --type_steps_ < 0) {
      continue;
    }
    std::vector<std::optional<TypeRef>> found(extension.type_parameters.size());
    MatchType(extension.on_pattern, *of, 0, &found);
    TypeRef type{TypeRef::Kind::kClass, ref, {}, ""};
    for (const std::optional<TypeRef>& each : found) {
      type.arguments.push_back(each ? *each : TypeRef{});
    }
    if (Substitute(extension.on_pattern, type.arguments).arguments != of->arguments) continue;
    return TypeOfOwnMember(type, name, kind, written);
  }
  return std::nullopt;
}

std::optional<TypeRef> FunctionCompiler::TypeOfOwnMember(const TypeRef& of, const std::string& name,
                                                         MemberKind kind,
                                                         const std::vector<ast::Type*>& written) {
  if (--type_steps_ < 0) return std::nullopt;
  const int library = of.cls.library;
  const CompiledClass& cls = context_.set.ClassOf(of.cls);
  const bool is_visible = name[0] != '_' || library == context_.place.library;
  if (cls.compound != nullptr) {
    for (const CompiledCompound::Field& field : cls.compound->fields) {
      if (field.name != name || !is_visible) continue;
      if (IsNumberInC(context_.set, field.type)) return std::nullopt;
      return field.type;
    }
  }
  const ClassSource& source = context_.set.ClassSourceOf(of.cls);
  const auto found = source.members.find(name);
  if (found != source.members.end() && !found->second.is_static && is_visible) {
    const ClassMember& member = found->second;
    const auto function = [&](int index) {
      return TypeOfFunction({library, index}, of.arguments, written);
    };
    if (member.variable >= 0) {
      const ast::Type* const type = source.fields[static_cast<std::size_t>(member.variable)]->type;
      if (type == nullptr) return std::nullopt;
      LexicalPlace place;
      place.library = library;
      place.cls = of.cls;
      place.has_class_types = true;
      return Told(
          Filled(ResolveType(context_.set, library, TypeNamesAt(context_.set, place), *type),
                 of.arguments));
    }
    if (kind == MemberKind::kSetter) {
      const std::optional<TypeRef> setter =
          member.setter < 0 ? std::nullopt : function(member.setter);
      return setter && setter->arguments.size() == 2 ? Told(setter->arguments[1]) : std::nullopt;
    }
    if (member.method >= 0) return function(member.method);
    if (member.getter >= 0) return ResultOf(function(member.getter));
    return std::nullopt;
  }
  const auto above = [&](const TypeRef& type) {
    if (type.kind != TypeRef::Kind::kClass) return std::optional<TypeRef>();
    const TypeRef filled = Filled(type, of.arguments);
    return filled.kind == TypeRef::Kind::kClass ? TypeOfOwnMember(filled, name, kind, written)
                                                : std::nullopt;
  };
  if (auto type = above(cls.mixin)) return type;
  if (auto type = above(cls.superclass)) return type;
  for (const TypeRef& each : cls.interfaces) {
    if (auto type = above(each)) return type;
  }
  return std::nullopt;
}

}  // namespace fart::lang
