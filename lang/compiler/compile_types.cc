// FunctionCompiler -- types as values: what calls and objects are given as type arguments.

#include <algorithm>
#include <cstddef>
#include <utility>

#include "lang/compiler/function_compiler_impl.h"
#include "lang/compiler/name_linker.h"

namespace fart::lang {
namespace {

bool SaysNothing(const TypeRef& type) {
  return type.kind == TypeRef::Kind::kDynamic || type.kind == TypeRef::Kind::kUnresolved;
}

// `dynamic`, or the bound if it is plain.
TypeRef Unknown(const TypeRef& bound) {
  TypeRef type;
  type.text = "dynamic";
  return SaysNothing(bound) || bound.is_open() ? type : bound;
}

}  // namespace

// ---- Instructions -------------------------------------------------------------------------------

void FunctionCompiler::NeedTypeArgument(int number) {
  // What is not reached asks for nothing.
  if (code_.is_reachable()) lowest_type_ = std::min(lowest_type_, number);
}

void FunctionCompiler::NeedTypeArguments(const TypeRef& type) {
  if (type.kind == TypeRef::Kind::kParameter) NeedTypeArgument(type.index);
  for (const TypeRef& part : type.arguments) NeedTypeArguments(part);
}

void FunctionCompiler::EmitType(Opcode opcode, const TypeRef& type) {
  NeedTypeArguments(type);
  code_.Emit(opcode, code_.AddConstant(type));
}

void FunctionCompiler::EmitTypeValue(const TypeRef& type) {
  EmitType(type.is_open() ? Opcode::kPushType : Opcode::kPushConstant, type);
}

// A constant is the same object for all type arguments, so it has none that differ.
void FunctionCompiler::SetTypes(const TypeRef& type) {
  if (std::all_of(type.arguments.begin(), type.arguments.end(), SaysNothing)) return;
  if (type.is_open() && constness_ == Constness::kInConst) return;
  EmitType(Opcode::kSetTypes, type);
}

void FunctionCompiler::AddCallTypes(const TypesOfCall& types) {
  if (types.types.empty()) return;
  // What the callee asks for, if it asks, is found from here.
  for (const TypeRef& type : types.types) NeedTypeArguments(type);
  code_.AddCallTypes(types.types, types.is_expected);
}

// ---- What is expected ---------------------------------------------------------------------------

bool FunctionCompiler::AsksForType(ast::Expression* expression) {
  while (true) {
    if (const auto* call = ast::As<ast::Call>(expression)) return call->type_arguments.empty();
    if (const auto* made = ast::As<ast::New>(expression)) return made->type_arguments.empty();
    if (const auto* list = ast::As<ast::ListLiteral>(expression)) {
      return list->type_arguments.empty();
    }
    if (const auto* map = ast::As<ast::MapLiteral>(expression)) return map->type_arguments.empty();
    if (expression->kind == ast::ExpressionKind::kFunctionExpression) return true;
    if (const auto* check = ast::As<ast::NullCheck>(expression)) {
      expression = check->operand;
    } else if (const auto* part = ast::As<ast::NullShort>(expression)) {
      expression = part->body;
    } else if (const auto* cascade = ast::As<ast::Cascade>(expression)) {
      expression = cascade->target;
    } else if (const auto* conditional = ast::As<ast::Conditional>(expression)) {
      if (AsksForType(conditional->if_true)) return true;
      expression = conditional->if_false;
    } else if (const auto* logical = ast::As<ast::Logical>(expression)) {
      if (logical->op != ast::LogicalOperator::kIfNull) return false;
      if (AsksForType(logical->right)) return true;
      expression = logical->left;
    } else {
      return false;
    }
  }
}

void FunctionCompiler::Expect(const ast::Type* type, ast::Expression* expression) {
  if (type == nullptr || !AsksForType(expression)) return;
  Expect(ResolveType(context_.set, context_.place.library,
                     TypeNamesAt(context_.set, context_.place), *type));
}

const ast::Type* FunctionCompiler::TypeOfField(ClassRef ref, const std::string& name) {
  const ClassSource& cls = context_.set.ClassSourceOf(ref);
  const auto found = cls.members.find(name);
  if (found == cls.members.end() || found->second.is_static) return nullptr;
  if (found->second.variable >= 0) {
    return cls.fields[static_cast<std::size_t>(found->second.variable)]->type;
  }
  if (found->second.getter < 0) return nullptr;
  const AppendOnly<FunctionSource>& functions = context_.set.source(ref.library).functions;
  const auto getter = static_cast<std::size_t>(found->second.getter);
  const ast::FunctionNode* const node =
      getter < functions.size() ? functions[getter].node : nullptr;
  return node == nullptr || node->late == nullptr ? nullptr : node->late->type;
}

std::optional<TypeRef> FunctionCompiler::DeclaredType(const Target& target) {
  const ast::Type* type = nullptr;
  int library = context_.place.library;
  if (target.kind == Target::Kind::kLocal) {
    type = VariableOf(target.variable).type;
  } else if (target.kind == Target::Kind::kStatic && target.member.variable) {
    library = target.member.variable->library;
    const AppendOnly<const ast::Type*>& types = context_.set.source(library).static_types;
    const auto index = static_cast<std::size_t>(target.member.variable->variable);
    if (index < types.size()) type = types[index];
    if (type != nullptr) return ResolveType(context_.set, library, {}, *type);
  } else if (context_.place.cls &&
             (target.kind == Target::Kind::kThisProperty ||
              (target.kind == Target::Kind::kProperty && target.object != nullptr &&
               target.object->kind == ast::ExpressionKind::kThis))) {
    type = TypeOfField(*context_.place.cls, target.name);
  }
  if (type == nullptr) return std::nullopt;
  return ResolveType(context_.set, library, TypeNamesAt(context_.set, context_.place), *type);
}

// An int may stand where a double is expected, if only the place of the literal says so:
// `List<double> l = [1];`. Nothing is held against that where it is checked.
std::vector<TypeRef> FunctionCompiler::WithoutDoubles(
    std::vector<TypeRef> types, const std::vector<ast::Expression*>& elements) {
  if (checking() == Checking::kNothing) return types;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (!IsCore(types[i], "double")) continue;
    const auto is_int = [&](ast::Expression* element) {
      if (const auto* entry = ast::As<ast::MapEntry>(element)) {
        element = i == 0 ? entry->key : entry->value;
      }
      const std::optional<TypeRef> type = StaticTypeOf(element);
      return type && IsCore(*type, "int");
    };
    if (std::any_of(elements.begin(), elements.end(), is_int)) types[i] = Unknown({});
  }
  return types;
}

bool FunctionCompiler::IsCore(const TypeRef& type, const char* name) const {
  return type.kind == TypeRef::Kind::kClass && type.cls == context_.set.FindCoreClass(name);
}

// Limit: what is open is not taken, as in calls (TypesFor).
std::vector<TypeRef> FunctionCompiler::TypesOfElements(
    const std::vector<ast::Type*>& written, const std::optional<TypeRef>& expected,
    const std::vector<const char*>& classes, const std::vector<ast::Expression*>& elements) {
  if (!written.empty()) return ResolvedParts(written);
  if (!expected || expected->kind != TypeRef::Kind::kClass || expected->is_open()) return {};
  for (const char* const name : classes) {
    const std::optional<ClassRef> cls = context_.set.FindCoreClass(name);
    if (cls && *cls == expected->cls) return WithoutDoubles(expected->arguments, elements);
  }
  return {};
}

void FunctionCompiler::VisitTypeValue(const ast::TypeValue& node) {
  const TypeRef type = ResolveType(context_.set, context_.place.library,
                                   TypeNamesAt(context_.set, context_.place), *node.type);
  At(node.offset);
  if (type.kind == TypeRef::Kind::kUnresolved) {
    ast::Identifier name;
    name.offset = node.offset;
    name.name = node.type->name;
    const NameMeaning::Kind kind =
        node.type->prefix.empty() ? MeaningOf(name).kind : NameMeaning::Kind::kNothing;
    if (kind != NameMeaning::Kind::kNothing && kind != NameMeaning::Kind::kClass) {
      return Fail(node.offset, "A function with type arguments that is not called, '" +
                                   node.type->text + "', is not supported.");
    }
    return Fail(node.offset, "There is no type '" + type.text + "'" +
                                 EndOfUnknownType(context_.set, context_.place.library,
                                                  node.type->prefix, node.type->name));
  }
  if (!node.is_constructor) return EmitTypeValue(type);
  if (type.kind != TypeRef::Kind::kClass) {
    return Fail(node.offset, "'" + node.type->text + "' has no constructors.");
  }
  Target target;
  target.kind = Target::Kind::kConstructor;
  target.offset = node.offset;
  target.cls = type.cls;
  target.name = node.constructor;
  EmitTearOff(target, type);
}

// ---- Inference ----------------------------------------------------------------------------------

std::vector<TypeRef> FunctionCompiler::Resolved(const std::vector<ast::Type*>& types) {
  std::vector<TypeRef> resolved;
  for (const ast::Type* type : types) resolved.push_back(TypeOf(*type));
  return resolved;
}

// Those of a constructor or literal: what means nothing stands for dynamic, as in a declaration.
std::vector<TypeRef> FunctionCompiler::ResolvedParts(const std::vector<ast::Type*>& types) {
  const TypeNames names = TypeNamesAt(context_.set, context_.place);
  std::vector<TypeRef> resolved;
  for (const ast::Type* type : types) {
    TypeRef part = ResolveType(context_.set, context_.place.library, names, *type);
    if (part.kind == TypeRef::Kind::kUnresolved) {
      part = {};
      part.text = "dynamic";
    }
    resolved.push_back(std::move(part));
  }
  return resolved;
}

TypeRef FunctionCompiler::TypeNamed(const std::string& name, const std::vector<ast::Type*>& written,
                                    std::uint32_t offset) {
  ast::Type type;
  type.offset = offset;
  const std::size_t dot = name.find('.');
  if (dot != std::string::npos) type.prefix = name.substr(0, dot);
  type.name = dot == std::string::npos ? name : name.substr(dot + 1);
  type.arguments = written;
  return TypeOf(type);
}

std::optional<ClassRef> FunctionCompiler::ClassOfAlias(const std::string& name,
                                                       std::uint32_t offset) {
  const TypeRef type = TypeNamed(name, {}, offset);
  return type.kind == TypeRef::Kind::kClass ? std::optional(type.cls) : std::nullopt;
}

std::vector<TypeRef> FunctionCompiler::TypesGiven(const Target& target,
                                                  const std::vector<ast::Type*>& written) {
  if (target.alias.empty()) return ResolvedParts(written);
  TypeRef type = TypeNamed(target.alias, written, target.offset);
  // What is left open is found out, as without the typedef.
  if (std::all_of(type.arguments.begin(), type.arguments.end(), SaysNothing)) return {};
  return std::move(type.arguments);
}

std::optional<TypeRef> FunctionCompiler::CoreType(const char* name) {
  const std::optional<ClassRef> cls = context_.set.FindCoreClass(name);
  if (!cls) return std::nullopt;
  return TypeRef{TypeRef::Kind::kClass, *cls, {}, name};
}

const ast::FunctionNode* FunctionCompiler::NodeOf(FunctionRef ref) {
  const AppendOnly<FunctionSource>& sources = context_.set.source(ref.library).functions;
  const auto index = static_cast<std::size_t>(ref.function);
  return index < sources.size() ? sources[index].node : nullptr;
}

LexicalPlace FunctionCompiler::PlaceOf(FunctionRef ref, const ast::FunctionNode& node) {
  const CompiledFunction& function = context_.set.FunctionOf(ref);
  LexicalPlace place;
  place.library = ref.library;
  if (function.owner_class != CompiledFunction::kNoOwner) {
    place.cls = ClassRef{ref.library, function.owner_class};
    place.has_class_types = !function.is_static || function.kind == FunctionKind::kFactory;
  }
  for (const ast::TypeParameter* parameter : node.type_parameters) {
    place.type_parameters.push_back(parameter->name);
  }
  return place;
}

// Of a field's parameter: that of the field.
std::optional<TypeRef> FunctionCompiler::TypeOfParameter(FunctionRef callee, std::size_t position,
                                                         const std::string& name) {
  const ast::FunctionNode* const node = NodeOf(callee);
  if (node == nullptr) return std::nullopt;
  const ast::ParameterNode* found = nullptr;
  for (std::size_t i = 0; i < node->parameters.size(); ++i) {
    const ast::ParameterNode& parameter = *node->parameters[i];
    const bool is_named = parameter.kind == ast::ParameterKind::kNamed;
    if (name.empty() ? (i == position && !is_named) : (is_named && parameter.name == name)) {
      found = &parameter;
    }
  }
  if (found == nullptr) return std::nullopt;
  const LexicalPlace place = PlaceOf(callee, *node);
  const ast::Type* type = found->type;
  if (type == nullptr && found->is_field && place.cls) type = TypeOfField(*place.cls, found->name);
  if (type == nullptr) return std::nullopt;
  return ResolveType(context_.set, callee.library, TypeNamesAt(context_.set, place), *type);
}

void FunctionCompiler::MatchArguments(FunctionRef callee, const ast::Arguments& arguments,
                                      std::size_t first,
                                      std::vector<std::optional<TypeRef>>* found) {
  std::vector<std::optional<TypeRef>> was_known;
  if (checking() != Checking::kNothing) was_known = *found;
  const auto match = [&](ast::Expression* argument, std::size_t position, const std::string& name) {
    const std::optional<TypeRef> type = StaticTypeOf(argument);
    if (!type) return;
    const std::optional<TypeRef> parameter = TypeOfParameter(callee, position, name);
    if (!parameter || !parameter->is_open()) return;
    if (checking() == Checking::kNothing) return MatchType(*parameter, *type, first, found);
    // What two arguments do not agree on is nobody's type: it would be held against one of them.
    std::vector<std::optional<TypeRef>> own(found->size());
    MatchType(*parameter, *type, first, &own);
    for (std::size_t i = 0; i < own.size(); ++i) {
      if (!own[i]) continue;
      std::optional<TypeRef>& known = (*found)[i];
      const bool is_int_as_double = known && IsCore(*known, "double") && IsCore(*own[i], "int");
      if (!known) {
        known = own[i];
      } else if (known != own[i] && (!was_known[i] || is_int_as_double)) {
        known = Unknown({});
      }
    }
  };
  std::size_t position = 0;
  for (ast::Expression* argument : arguments.positional) match(argument, position++, "");
  for (const ast::NamedArgument& argument : arguments.named)
    match(argument.value, 0, argument.name);
}

// A type parameter alone says too little for what it costs, and the bundled libraries write down
// what their callees may ask for.
bool FunctionCompiler::IsWorthTelling(const TypeRef& type) {
  if (SaysNothing(type)) return false;
  if (!type.is_open()) return true;
  return type.kind == TypeRef::Kind::kClass &&
         !context_.set.library(context_.place.library).uri.starts_with("dart:");
}

FunctionCompiler::TypesOfCall FunctionCompiler::TypesFor(const std::vector<TypeRef>& written,
                                                         const std::optional<FunctionRef>& callee,
                                                         const ast::Arguments& arguments,
                                                         const std::optional<TypeRef>& expected) {
  if (!written.empty()) return {written, false};
  if (!callee) {
    // Whoever it is finds out.
    if (!expected || !IsWorthTelling(*expected)) return {};
    return {{*expected}, true};
  }
  const CompiledFunction& function = context_.set.FunctionOf(*callee);
  if (function.generic == nullptr) return {};
  const CompiledTypeParameters& generic = *function.generic;
  std::vector<std::optional<TypeRef>> found(generic.own.size());
  if (expected) {
    MatchType(generic.return_type, *expected, generic.first, &found);
  }
  MatchArguments(*callee, arguments, generic.first, &found);
  if (std::none_of(found.begin(), found.end(), [](const auto& type) { return type.has_value(); })) {
    // The callee knows more of what its classes are: `List<T>` for an Iterable<int>.
    if (!expected || !IsWorthTelling(*expected)) return {};
    return {{*expected}, true};
  }
  TypesOfCall types;
  for (std::size_t i = 0; i < found.size(); ++i) {
    types.types.push_back(found[i] ? *found[i] : Unknown(generic.own[i].bound));
  }
  return types;
}

TypeRef FunctionCompiler::TypeToConstruct(ClassRef cls, FunctionRef constructor,
                                          const std::vector<TypeRef>& written,
                                          const ast::Arguments& arguments,
                                          const std::optional<TypeRef>& expected) {
  TypeRef type = ThisTypeOf(context_.set, cls);
  const std::string& name = context_.set.ClassOf(cls).name.text;
  if (!written.empty()) {
    type.arguments = written;
    SetText(&type, name);
    return type;
  }
  std::vector<std::optional<TypeRef>> found(type.arguments.size());
  if (expected) MatchType(type, *expected, 0, &found);
  // A class's application of mixins has the constructors of its superclass, whose type parameters
  // are others.
  if (context_.set.FunctionOf(constructor).owner_class == cls.cls &&
      constructor.library == cls.library) {
    MatchArguments(constructor, arguments, 0, &found);
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    type.arguments[i] = found[i] ? *found[i] : Unknown({});
  }
  SetText(&type, name);
  return type;
}

}  // namespace fart::lang
