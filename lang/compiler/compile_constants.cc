// FunctionCompiler -- what may stand in constants, and the objects they make once.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "lang/compiler/function_compiler_impl.h"

namespace fart::lang {

// ---- What is constant ---------------------------------------------------------------------------

bool FunctionCompiler::IsConstantName(const Target& target) {
  switch (target.kind) {
    case Target::Kind::kLocal: {
      const LocalVariable& variable = VariableOf(target.variable);
      return variable.is_const || constness_ == Constness::kConstantOfParameters;
    }
    case Target::Kind::kStatic:
      return target.member.method || (target.member.variable && target.member.is_const);
    case Target::Kind::kClass:
    case Target::Kind::kType:
    case Target::Kind::kConstructor:  // Says so itself.
    case Target::Kind::kMissing:
      return true;
    case Target::Kind::kExtension:
    case Target::Kind::kThisProperty:
    case Target::Kind::kSuperProperty:
    case Target::Kind::kProperty:
    case Target::Kind::kIndex:
    case Target::Kind::kSuperIndex:
      return false;
  }
  return false;
}

// One level: the parts are asked when they are compiled.
bool FunctionCompiler::CheckConstant(ast::Expression& expression) {
  using enum ast::ExpressionKind;
  bool is_constant = false;
  const char* hint = "";
  const bool says_const = constness_ == Constness::kInConst;
  switch (expression.kind) {
    case kNullLiteral:
    case kBoolLiteral:
    case kIntLiteral:
    case kDoubleLiteral:
    case kStringLiteral:
    case kInterpolation:
    case kUnary:
    case kBinary:
    case kLogical:
    case kConditional:
    case kTypeTest:
    case kTypeCast:
    case kTypeValue:
    case kNullCheck:
    case kNullShort:  // Its parts say more, as of all of these.
    case kAbsent:
      is_constant = true;
      break;
    case kListLiteral:
      is_constant = says_const || static_cast<ast::ListLiteral&>(expression).is_const;
      hint = "; write 'const' in front of it";
      break;
    case kMapLiteral:
      is_constant = says_const || static_cast<ast::MapLiteral&>(expression).is_const;
      hint = "; write 'const' in front of it";
      break;
    case kNew:
      is_constant = static_cast<ast::New&>(expression).is_const;
      hint = "; write 'const' instead of 'new'";
      break;
    case kIdentifier:
      is_constant = IsConstantName(Analyze(&expression));
      break;
    case kProperty: {
      const Target target = Analyze(&expression);
      // Of strings.
      const bool is_length = target.kind == Target::Kind::kProperty && target.name == "length";
      is_constant = is_length || IsConstantName(target);
      break;
    }
    case kCall: {
      ast::Expression* const callee = static_cast<ast::Call&>(expression).callee;
      if (callee->kind != kIdentifier && callee->kind != kProperty) break;
      const Target target = Analyze(callee);
      const bool makes_object =
          target.kind == Target::Kind::kClass || target.kind == Target::Kind::kConstructor;
      const bool is_identical = target.member.method &&
                                target.member.method->library == context_.set.core() &&
                                target.name == "identical";
      is_constant =
          (makes_object && says_const) || is_identical || target.kind == Target::Kind::kMissing;
      if (makes_object) hint = "; write 'const' in front of it";
      break;
    }
    case kThis:
    case kSuper:
    case kIndex:
    case kFunctionExpression:
    case kAssignment:
    case kIncrement:
    case kThrow:
    case kCascade:
    case kCascadeTarget:
    case kMapEntry:
    case kSpread:
    case kControlElement:
    case kAwait:
    case kHelperCall:
      break;
  }
  if (!is_constant) Fail(expression.offset, std::string("This is not a constant") + hint + ".");
  if (is_constant && IsMadeOnce()) CheckTypesIn(expression);
  return is_constant;
}

void FunctionCompiler::CheckTypesIn(ast::Expression& expression) {
  if (const auto* const test = ast::As<ast::TypeTest>(&expression)) {
    CheckConstantType(*test->type);
  } else if (const auto* const cast = ast::As<ast::TypeCast>(&expression)) {
    CheckConstantType(*cast->type);
  } else if (const auto* const value = ast::As<ast::TypeValue>(&expression)) {
    CheckConstantType(*value->type);
  } else if (const auto* const name = ast::As<ast::Identifier>(&expression);
             name != nullptr && Analyze(&expression).kind == Target::Kind::kType) {
    ast::Type type;
    type.offset = name->offset;
    type.name = name->name;
    CheckConstantType(type);
  }
}

bool FunctionCompiler::IsConstConstructor(ClassRef cls, FunctionRef ref) {
  return context_.set.FunctionOf(ref).is_const && ApplicationsAreConst(&cls);
}

// Goes up to the class that is no application.
bool FunctionCompiler::ApplicationsAreConst(ClassRef* cls) {
  for (; context_.set.ClassOf(*cls).mixin.kind == TypeRef::Kind::kClass;
       *cls = context_.set.ClassOf(*cls).superclass.cls) {
    if (!context_.set.WholeClassOf(*cls).fields.empty()) return false;
  }
  return true;
}

// A class without fields that declares no constructor does not stand in the way of those below it.
bool FunctionCompiler::MayPrecedeConst(ClassRef cls, FunctionRef ref) {
  while (ApplicationsAreConst(&cls)) {
    if (context_.set.FunctionOf(ref).is_const) return true;
    const FunctionSource& source =
        context_.set.source(ref.library).functions[static_cast<std::size_t>(ref.function)];
    const CompiledClass& compiled = context_.set.ClassOf(cls);
    if (source.node != nullptr || !compiled.fields.empty()) return false;
    if (compiled.superclass.kind != TypeRef::Kind::kClass) return true;
    const auto up = LookupConstructor(context_.set, cls.library, compiled.superclass.cls, "");
    if (!up) return false;
    cls = compiled.superclass.cls;
    ref = *up;
  }
  return false;
}

// ---- What depends on what -----------------------------------------------------------------------

void FunctionCompiler::NoteUse(StaticRef constant, std::uint32_t offset) {
  const CompiledLibrary& library = context_.set.library(constant.library);
  const int initializer = library.statics[static_cast<std::size_t>(constant.variable)]->initializer;
  if (initializer < 0) return;
  NoteUse(DependentPart{{constant.library, initializer}, DependentPart::kValue}, offset);
}

void FunctionCompiler::NoteUse(FunctionRef constructor, const ast::Arguments& arguments,
                               std::uint32_t offset) {
  NoteUse(DependentPart{constructor, DependentPart::kValue}, offset);
  const std::vector<Parameter>& parameters = context_.set.FunctionOf(constructor).parameters;
  const std::vector<std::string> names = NamesOf(arguments);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const bool is_given =
        parameters[i].kind == Parameter::Kind::kNamed
            ? std::find(names.begin(), names.end(), parameters[i].name) != names.end()
            : i < arguments.positional.size();
    if (is_given || !parameters[i].has_default) continue;
    NoteUse(DependentPart{constructor, static_cast<int>(i)}, offset);
  }
}

// Of a library below nothing leads back.
void FunctionCompiler::NoteUse(const DependentPart& used, std::uint32_t offset) {
  Dependencies* const noting = context_.set.noting();
  if (!part_ || noting == nullptr || !context_.set.IsOwn(used.function.library)) return;
  noting->Add({{context_.function, *part_}, used, offset});
}

// ---- Objects made once --------------------------------------------------------------------------

void FunctionCompiler::Once(const std::function<void()>& make) {
  if (!code_.is_reachable()) {
    // What is never made may be wrong all the same.
    if (!context_.error) make();
    return;
  }
  const StaticRef ref{context_.home.number, static_cast<int>(context_.home.statics.size())};
  auto object = std::make_unique<CompiledStatic>();
  object->owner_class = context_.owner_class;
  object->is_final = true;
  context_.home.statics.push_back(std::move(object));  // LC-L1
  const std::uint32_t constant = code_.AddConstant(ref);
  Label is_made;
  code_.EmitJump(Opcode::kLoadOnce, constant, is_made);
  make();
  code_.Emit(Opcode::kFinishOnce, constant);
  code_.Bind(is_made);
}

// The value of what is written as a literal, a name or an operation; else not known.
ConstantValue FunctionCompiler::PlainConstant(ast::Expression& expression) {
  using enum ast::ExpressionKind;
  switch (expression.kind) {
    case kNew:  // What has parts is not evaluated once more for each level it is in.
    case kCall:
    case kListLiteral:
    case kMapLiteral:
      return ConstantValue();
    default:
      return Evaluate(expression, nullptr);
  }
}

// What an expression makes an object with; another kind of target: nothing.
FunctionCompiler::Target FunctionCompiler::MakerOf(ast::Expression& expression) {
  if (auto* const created = ast::As<ast::New>(&expression)) {
    return AnalyzeConstructor(*created);
  }
  if (auto* const call = ast::As<ast::Call>(&expression)) {
    const ast::ExpressionKind kind = call->callee->kind;
    const bool is_named =
        kind == ast::ExpressionKind::kIdentifier || kind == ast::ExpressionKind::kProperty;
    if (is_named) return Analyze(call->callee);
  }
  return Target();
}

// An object whose class, or one above it, says itself what is equal to it.
bool FunctionCompiler::HasEqualityOfItsOwn(ast::Expression& expression) {
  const Target target = MakerOf(expression);
  const bool makes_object =
      target.kind == Target::Kind::kClass || target.kind == Target::Kind::kConstructor;
  const std::optional<TypeRef> type =
      makes_object ? std::optional<TypeRef>() : StaticTypeOf(&expression);
  if (!makes_object && (!type || type->kind != TypeRef::Kind::kClass)) return false;
  for (ClassRef cls = makes_object ? target.cls : type->cls; cls.library != context_.set.core();) {
    if (context_.set.ClassSourceOf(cls).members.contains("==")) return true;
    const TypeRef& above = context_.set.ClassOf(cls).superclass;
    if (above.kind != TypeRef::Kind::kClass) return false;
    cls = above.cls;
  }
  return false;
}

// Equal for what is known to be one and the same, as far as it is written alike.
std::optional<std::string> FunctionCompiler::TextOfConstant(ast::Expression& expression) {
  if (auto text = KeyOf(PlainConstant(expression))) return text;
  if (ast::As<ast::Identifier>(&expression) || ast::As<ast::Property>(&expression)) {
    const Target target = Analyze(&expression);
    if (target.kind != Target::Kind::kStatic || !target.member.variable) return std::nullopt;
    return std::to_string(target.member.variable->library) + ":" +
           std::to_string(target.member.variable->variable);
  }
  const auto* const created = ast::As<ast::New>(&expression);
  if (created == nullptr || !created->arguments.named.empty() || !created->type_arguments.empty()) {
    return std::nullopt;
  }
  std::string text;
  for (const std::string& name : created->names) text += (text.empty() ? "" : ".") + name;
  const char* separator = "(";
  for (ast::Expression* const argument : created->arguments.positional) {
    const std::optional<std::string> part = TextOfConstant(*argument);
    if (!part) return std::nullopt;
    text += std::exchange(separator, ", ") + *part;
  }
  return text + (created->arguments.positional.empty() ? "()" : ")");
}

void FunctionCompiler::CheckConstantKeys(const ast::MapLiteral& node, bool is_set) {
  const std::string what = is_set ? "element" : "key";
  std::unordered_set<std::string> known;
  for (ast::Expression* const element : node.elements) {
    const auto* const entry = ast::As<ast::MapEntry>(element);
    if ((entry == nullptr) != is_set) continue;  // Spreads and the like.
    ast::Expression* const key = entry != nullptr ? entry->key : element;
    const ConstantValue value = PlainConstant(*key);
    const std::optional<std::string> text = TextOfConstant(*key);
    if (text && !known.insert(*text).second) {
      const std::string which = KeyOf(value) ? "The " + what + " " + *text : "This " + what;
      return Fail(key->offset, which + " is in this constant already.");
    }
    if (value.Is(ConstantValue::Kind::kDouble)) {
      return Fail(key->offset, "A double cannot be the " + what + " of a constant.");
    }
    if (HasEqualityOfItsOwn(*key)) {
      return Fail(key->offset, "This cannot be the " + what +
                                   " of a constant, for its class has an operator == of its own.");
    }
  }
}

// It is as constant as the list of its elements, or keys and values, which is made first.
void FunctionCompiler::MakeConstOf(const char* name, const ast::MapLiteral& node,
                                   const std::vector<TypeRef>& types) {
  const bool is_set = std::string_view(name) == "_ConstSet";
  CheckConstantKeys(node, is_set);
  const std::optional<ClassRef> cls = context_.set.FindCoreClass(name);
  const auto ref =
      cls ? LookupConstructor(context_.set, cls->library, *cls, "") : std::optional<FunctionRef>();
  if (!ref) {
    return Fail(node.offset,
                std::string("Constant literals need the class ") + name + " of dart:core.");
  }
  const CollectionKind kind = is_set ? CollectionKind::kList : CollectionKind::kPairs;
  const ConstnessScope constant(*this, Constness::kInConst);
  At(node.offset);
  Once([&] {
    code_.Emit(Opcode::kAllocate, code_.AddConstant(*cls));
    if (!node.type_arguments.empty()) {
      TypeRef type{TypeRef::Kind::kClass, *cls, types, ""};
      SetText(&type, name);
      SetTypes(type);
    }
    Once([&] { MakeList(node.elements, kind, types); });
    code_.Emit(Opcode::kCallStatic, code_.AddConstant(*ref), 2);
  });
}

}  // namespace fart::lang
