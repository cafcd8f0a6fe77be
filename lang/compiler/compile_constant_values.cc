// FunctionCompiler -- constants whose evaluation is bound to throw, which are errors where they are
// written.
//
// An expression that has to be constant is evaluated as a whole before its code is written, as far
// as it goes (constant_value.h). Of constructors: what they assert, and what their fields are set
// to, by the arguments. There parameters are the only names that are understood.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lang/compiler/function_compiler_impl.h"
#include "lang/compiler/symbol_name.h"

namespace fart::lang {

using Kind = ConstantValue::Kind;

// False, and an error: it cannot be computed.
bool FunctionCompiler::CanBeComputed(const ConstantValue& value) {
  if (!value.fails()) return true;
  Fail(value.offset, "This constant cannot be computed: " + value.why + ".");
  return false;
}

bool FunctionCompiler::CanBeComputed(ast::Expression& expression) {
  return CanBeComputed(Evaluate(expression, nullptr));
}

void FunctionCompiler::NoteLocalConstant(const ast::Declarator& variable) {
  ConstantValue value = Evaluate(*variable.initializer, nullptr);
  if (CanBeComputed(value)) local_constants_[variable.binding] = std::move(value);
}

// Of strings, ints, bools and null the text is known.
ConstantValue FunctionCompiler::EvaluateInterpolation(ast::Interpolation& node,
                                                      const NamedValues* names) {
  std::optional<std::string> text = "";
  for (ast::Expression* const part : node.parts) {
    const ConstantValue value = Evaluate(*part, names);
    if (value.fails()) return value;
    using enum ast::ExpressionKind;
    if (part->kind == kListLiteral || part->kind == kMapLiteral || part->kind == kNew) {
      return ConstantValue::Failure(
          part->offset, "in a text there can be null, bools, numbers and texts, but no object");
    }
    if (value.Is(Kind::kInt)) {
      if (text) *text += std::to_string(value.integer);
    } else if (value.Is(Kind::kBool)) {
      if (text) *text += value.truth ? "true" : "false";
    } else if (value.Is(Kind::kNull)) {
      if (text) *text += "null";
    } else if (value.Is(Kind::kString) && value.text) {
      if (text) *text += *value.text;
    } else {
      text.reset();
    }
  }
  return ConstantValue::String(text);
}

ConstantValue FunctionCompiler::Evaluate(ast::Expression& expression, const NamedValues* names) {
  if (!context_.room.IsLeft()) return ConstantValue();
  using enum ast::ExpressionKind;
  switch (expression.kind) {
    case kNullLiteral:
      return ConstantValue::Of(Kind::kNull);
    case kBoolLiteral:
      return ConstantValue::Bool(static_cast<ast::BoolLiteral&>(expression).value);
    case kIntLiteral:
      if (!static_cast<ast::IntLiteral&>(expression).big.empty()) return ConstantValue();
      return ConstantValue::Int(static_cast<ast::IntLiteral&>(expression).value);
    case kDoubleLiteral:
      return ConstantValue::Double(static_cast<ast::DoubleLiteral&>(expression).value);
    case kStringLiteral:
      return ConstantValue::String(static_cast<ast::StringLiteral&>(expression).value);
    case kInterpolation:
      return EvaluateInterpolation(static_cast<ast::Interpolation&>(expression), names);
    case kUnary: {
      auto& node = static_cast<ast::Unary&>(expression);
      ConstantValue operand = Evaluate(*node.operand, names);
      return operand.fails() ? operand : EvaluateUnary(node.op, operand, node.offset);
    }
    case kBinary: {
      auto& node = static_cast<ast::Binary&>(expression);
      ConstantValue left = Evaluate(*node.left, names);
      if (left.fails()) return left;
      ConstantValue right = Evaluate(*node.right, names);
      if (right.fails()) return right;
      const bool asks =
          node.op == ast::BinaryOperator::kEqual || node.op == ast::BinaryOperator::kNotEqual;
      // Null is asked nothing, and there is nothing to ask whether something is null.
      const bool asks_object = asks && !left.is_known() && !right.Is(Kind::kNull);
      if (asks_object && names == nullptr && HasEqualityOfItsOwn(*node.left)) {
        return ConstantValue::Failure(
            node.offset, "the class of what is compared has an operator == of its own");
      }
      return EvaluateBinary(node.op, left, right, node.offset);
    }
    case kLogical:
      return EvaluateLogical(static_cast<ast::Logical&>(expression), names);
    case kConditional: {
      auto& node = static_cast<ast::Conditional&>(expression);
      ConstantValue condition = Evaluate(*node.condition, names);
      if (condition.fails()) return condition;
      if (!condition.Is(Kind::kBool)) return NeedsBool(node.condition->offset, condition, "?");
      return Evaluate(condition.truth ? *node.if_true : *node.if_false, names);
    }
    case kNullCheck: {
      auto& node = static_cast<ast::NullCheck&>(expression);
      ConstantValue operand = Evaluate(*node.operand, names);
      if (!operand.Is(Kind::kNull)) return operand;
      return ConstantValue::Failure(node.offset, "'" + node.text + "' is null");
    }
    case kIdentifier:
    case kProperty:
      return names == nullptr ? EvaluateName(expression) : EvaluateNamed(expression, *names);
    case kListLiteral:
      for (ast::Expression* const element : static_cast<ast::ListLiteral&>(expression).elements) {
        if (ConstantValue value = EvaluateElement(*element, names); value.fails()) return value;
      }
      return ConstantValue();
    case kMapLiteral:
      for (ast::Expression* const element : static_cast<ast::MapLiteral&>(expression).elements) {
        if (ConstantValue value = EvaluateElement(*element, names); value.fails()) return value;
      }
      return ConstantValue();
    case kNew: {
      auto& node = static_cast<ast::New&>(expression);
      if (names != nullptr) return ConstantValue();
      return EvaluateConstruction(AnalyzeConstructor(node), node.arguments);
    }
    case kCall: {
      auto& node = static_cast<ast::Call&>(expression);
      const bool is_named = node.callee->kind == kIdentifier || node.callee->kind == kProperty;
      if (names != nullptr || !is_named) return ConstantValue();
      return EvaluateConstruction(Analyze(node.callee), node.arguments);
    }
    default:
      return ConstantValue();
  }
}

ConstantValue FunctionCompiler::EvaluateLogical(ast::Logical& node, const NamedValues* names) {
  ConstantValue left = Evaluate(*node.left, names);
  if (left.fails()) return left;
  if (node.op == ast::LogicalOperator::kIfNull) {
    if (!left.is_known()) return ConstantValue();
    return left.Is(Kind::kNull) ? Evaluate(*node.right, names) : left;
  }
  const bool is_or = node.op == ast::LogicalOperator::kOr;
  const char* const op = is_or ? "||" : "&&";
  if (!left.Is(Kind::kBool)) return NeedsBool(node.left->offset, left, op);
  if (left.truth == is_or) return left;
  ConstantValue right = Evaluate(*node.right, names);
  if (right.fails() || right.Is(Kind::kBool)) return right;
  return NeedsBool(node.right->offset, right, op);
}

// What may come into a collection or not is not looked at.
ConstantValue FunctionCompiler::EvaluateElement(ast::Expression& element,
                                                const NamedValues* names) {
  if (const auto* const entry = ast::As<ast::MapEntry>(&element)) {
    ConstantValue key = Evaluate(*entry->key, names);
    return key.fails() ? key : Evaluate(*entry->value, names);
  }
  return Evaluate(element, names);
}

ConstantValue FunctionCompiler::EvaluateName(ast::Expression& expression) {
  const Target target = Analyze(&expression);
  if (target.kind == Target::Kind::kLocal) {
    const auto known = local_constants_.find(target.variable);
    return known == local_constants_.end() ? ConstantValue() : known->second;
  }
  if (target.kind == Target::Kind::kStatic && target.member.variable) {
    return context_.set.ValueOf(*target.member.variable);
  }
  if (target.kind != Target::Kind::kProperty || target.object == nullptr || target.is_null_aware) {
    return ConstantValue();
  }
  return EvaluateLength(*target.object, nullptr, expression.offset);
}

ConstantValue FunctionCompiler::EvaluateNamed(ast::Expression& expression,
                                              const NamedValues& names) {
  if (const auto* const identifier = ast::As<ast::Identifier>(&expression)) {
    const auto known = names.find(identifier->name);
    return known == names.end() ? ConstantValue() : known->second;
  }
  const auto& property = static_cast<ast::Property&>(expression);
  if (property.is_null_aware || property.name != "length") return ConstantValue();
  return EvaluateLength(*property.target, &names, expression.offset);
}

// `length`, which nothing but strings has among what is known of constants.
ConstantValue FunctionCompiler::EvaluateLength(ast::Expression& object, const NamedValues* names,
                                               std::uint32_t offset) {
  ConstantValue value = Evaluate(object, names);
  if (value.fails()) return value;
  using enum ast::ExpressionKind;
  const bool is_object =
      object.kind == kListLiteral || object.kind == kMapLiteral || object.kind == kNew;
  if (!is_object && (!value.is_known() || value.Is(Kind::kString))) return ConstantValue();
  return ConstantValue::Failure(offset, "what it asks for its length is no String");
}

ConstantValue FunctionCompiler::EvaluateConstruction(const Target& target,
                                                     const ast::Arguments& arguments) {
  const bool makes_object =
      target.kind == Target::Kind::kClass || target.kind == Target::Kind::kConstructor;
  if (!makes_object) return ConstantValue();
  const std::string name = target.kind == Target::Kind::kClass ? "" : target.name;
  if (target.cls == context_.set.FindCoreClass("Symbol") && arguments.positional.size() == 1) {
    const ConstantValue text = Evaluate(*arguments.positional[0], nullptr);
    if (text.is_known() && !text.Is(Kind::kString)) {
      return ConstantValue::Failure(target.offset, "a Symbol is made of a text");
    }
    // Of a literal the parser has made both at one place.
    const bool is_literal = arguments.positional[0]->offset == target.offset;
    if (!is_literal && text.Is(Kind::kString) && text.text && !IsSymbolName(*text.text)) {
      return ConstantValue::Failure(target.offset, "'" + *text.text + "' is no name of a symbol");
    }
  }
  const auto ref = LookupConstructor(context_.set, context_.place.library, target.cls, name);
  if (!ref) return ConstantValue();
  ConstantValue value = EvaluateConstructor(*ref, arguments, nullptr);
  // What a constructor does is written elsewhere.
  if (value.fails() && value.offset == ConstantValue::kElsewhere) value.offset = target.offset;
  return value;
}

// Unknown, if it can be made.
ConstantValue FunctionCompiler::EvaluateConstructor(FunctionRef ref,
                                                    const ast::Arguments& arguments,
                                                    const NamedValues* names) {
  if (!context_.room.IsLeft()) return ConstantValue();
  std::vector<ConstantValue> positional;
  NamedValues given;
  for (ast::Expression* const argument : arguments.positional) {
    positional.push_back(Evaluate(*argument, names));
    if (positional.back().fails()) return positional.back();
  }
  for (const ast::NamedArgument& argument : arguments.named) {
    ConstantValue value = Evaluate(*argument.value, names);
    if (value.fails()) return value;
    given[argument.name] = std::move(value);
  }
  const FunctionSource& source =
      context_.set.source(ref.library).functions[static_cast<std::size_t>(ref.function)];
  const ast::FunctionNode* const node = source.node;
  if (node == nullptr || !node->is_const || !node->redirection.empty()) return ConstantValue();
  const NamedValues no_names;
  NamedValues parameters;
  for (std::size_t i = 0; i < node->parameters.size(); ++i) {
    const ast::ParameterNode& parameter = *node->parameters[i];
    const auto by_name = given.find(parameter.name);
    if (i < positional.size()) {
      parameters[parameter.name] = positional[i];
    } else if (by_name != given.end()) {
      parameters[parameter.name] = by_name->second;
    } else if (!parameter.is_super) {
      // Of names its default has none that mean something here.
      parameters[parameter.name] = parameter.default_value == nullptr
                                       ? ConstantValue::Of(Kind::kNull)
                                       : Evaluate(*parameter.default_value, &no_names);
    }
  }
  for (const ast::Initializer& initializer : node->initializers) {
    ConstantValue value = EvaluateInitializer(ref, initializer, parameters);
    if (!value.fails()) continue;
    value.offset = ConstantValue::kElsewhere;
    return value;
  }
  return ConstantValue();
}

ConstantValue FunctionCompiler::EvaluateInitializer(FunctionRef constructor,
                                                    const ast::Initializer& initializer,
                                                    const NamedValues& parameters) {
  switch (initializer.kind) {
    case ast::Initializer::Kind::kField:
      return Evaluate(*initializer.value, &parameters);
    case ast::Initializer::Kind::kAssert: {
      ConstantValue value = Evaluate(*initializer.value, &parameters);
      if (!value.Is(Kind::kBool) || value.truth) return value;
      return ConstantValue::Failure(0, "the assertion '" + initializer.name + "' fails");
    }
    case ast::Initializer::Kind::kThis:
    case ast::Initializer::Kind::kSuper:
      break;
  }
  ClassRef cls{constructor.library, context_.set.FunctionOf(constructor).owner_class};
  if (initializer.kind == ast::Initializer::Kind::kSuper) {
    const TypeRef& superclass = context_.set.ClassOf(cls).superclass;
    if (superclass.kind != TypeRef::Kind::kClass ||
        context_.set.ClassOf(superclass.cls).mixin.kind == TypeRef::Kind::kClass) {
      return ConstantValue();
    }
    cls = superclass.cls;
  }
  const auto next = LookupConstructor(context_.set, constructor.library, cls, initializer.name);
  if (!next) return ConstantValue();
  return EvaluateConstructor(*next, initializer.arguments, &parameters);
}

}  // namespace fart::lang
