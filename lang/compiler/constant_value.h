// ConstantValue -- what is known of a constant while it is compiled, and which operations on
// constants are bound to throw.
//
// The values of a program's constants are made when it runs. Here is only what finds those that
// cannot be made: whatever is not known for sure, as the result of an operation whose operands are
// too large or of a program's own class, is unknown, and unknown operands never fail.
//
// Not here: what names mean and where constants stand (compile_constant_values.cc).

#ifndef FART_LANG_COMPILER_CONSTANT_VALUE_H_
#define FART_LANG_COMPILER_CONSTANT_VALUE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "lang/syntax/ast.h"

namespace fart::lang {

struct ConstantValue {
  enum class Kind : std::uint8_t { kUnknown, kNull, kBool, kInt, kDouble, kString, kFails };

  Kind kind = Kind::kUnknown;
  bool truth = false;               // kBool
  std::int64_t integer = 0;         // kInt
  std::optional<double> number;     // kDouble, if it is known
  std::optional<std::string> text;  // kString, if it is known
  std::string why;                  // kFails
  static constexpr std::uint32_t kElsewhere = ~std::uint32_t{0};
  std::uint32_t offset = 0;  // kFails: where; kElsewhere: in what it calls

  static ConstantValue Of(Kind kind) {
    ConstantValue value;
    value.kind = kind;
    return value;
  }
  static ConstantValue Bool(bool truth);
  static ConstantValue Int(std::int64_t integer);
  static ConstantValue Double(std::optional<double> number);
  static ConstantValue String(std::optional<std::string> text);
  static ConstantValue Failure(std::uint32_t offset, std::string why);

  [[nodiscard]] bool Is(Kind other) const { return kind == other; }
  [[nodiscard]] bool fails() const { return kind == Kind::kFails; }
  [[nodiscard]] bool is_known() const { return kind != Kind::kUnknown && !fails(); }
  [[nodiscard]] bool is_number() const { return kind == Kind::kInt || kind == Kind::kDouble; }
};

// By library and number of the static variable.
using ConstantValues = std::map<std::pair<int, int>, ConstantValue>;

// The same text for what is equal, another one for what is not; none if it is not known.
std::optional<std::string> KeyOf(const ConstantValue& value);

// Of operands that do not fail. `offset`: of the operator.
ConstantValue EvaluateUnary(ast::UnaryOperator op, const ConstantValue& operand,
                            std::uint32_t offset);
ConstantValue EvaluateBinary(ast::BinaryOperator op, const ConstantValue& left,
                             const ConstantValue& right, std::uint32_t offset);
// Where `op` asks for a bool and is given something else: a failure, if that is known.
ConstantValue NeedsBool(std::uint32_t offset, const ConstantValue& value, const char* op);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_CONSTANT_VALUE_H_
