#include "lang/compiler/disassembler.h"

#include <cstddef>
#include <type_traits>

namespace fart::lang {
namespace {

std::string TextOf(const LibrarySet& set, FunctionRef ref) {
  return set.library(ref.library).functions[static_cast<std::size_t>(ref.function)]->qualified_name;
}

std::string TextOf(const LibrarySet& set, StaticRef ref) {
  const CompiledLibrary& library = set.library(ref.library);
  const CompiledStatic& variable = *library.statics[static_cast<std::size_t>(ref.variable)];
  if (variable.name.text.empty()) return "const" + std::to_string(ref.variable);
  if (variable.owner_class == CompiledFunction::kNoOwner) return variable.name.text;
  const auto owner = static_cast<std::size_t>(variable.owner_class);
  return library.classes[owner]->name.text + "." + variable.name.text;
}

std::string NamesOf(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += "," + name;
  return text;
}

std::string TextOf(const Selector& selector) {
  static constexpr const char* kKinds[] = {"", "get:", "set:"};
  std::string text = kKinds[static_cast<std::size_t>(selector.kind)] + selector.name.text;
  if (selector.kind == MemberKind::kMethod) {
    text += "/" + std::to_string(selector.positional_count) + NamesOf(selector.argument_names);
  }
  return text;
}

std::string TextOf(const LibrarySet& set, const PoolConstant& constant) {
  return std::visit(
      [&set](const auto& value) -> std::string {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::string>) {
          return "\"" + value + "\"";
        } else if constexpr (std::is_arithmetic_v<T>) {
          return std::to_string(value);
        } else if constexpr (std::is_same_v<T, BigInteger>) {
          return value.text;
        } else if constexpr (std::is_same_v<T, Selector>) {
          return TextOf(value);
        } else if constexpr (std::is_same_v<T, ClassRef>) {
          return set.library(value.library).classes[static_cast<std::size_t>(value.cls)]->name.text;
        } else if constexpr (std::is_same_v<T, StaticCall>) {
          return TextOf(set, value.function) + NamesOf(value.argument_names);
        } else if constexpr (std::is_same_v<T, TypeRef>) {
          return value.text + (value.kind == TypeRef::Kind::kUnresolved ? "?" : "");
        } else {
          return TextOf(set, value);
        }
      },
      constant);
}

// Caches are left out: they only number the sites.
std::string OperandText(const LibrarySet& set, const CompiledFunction& function, std::size_t pc,
                        OperandForm form, std::uint32_t value, std::int32_t signed_value) {
  switch (form) {
    case OperandForm::kNone:
    case OperandForm::kCache:
      return "";
    case OperandForm::kSlot:
    case OperandForm::kIndex:
      return " " + std::to_string(value);
    case OperandForm::kImmediate:
      return " " + std::to_string(signed_value);
    case OperandForm::kConstant:
      return " " + TextOf(set, function.constants[value]);
    case OperandForm::kJump:
      return " ->" + std::to_string(static_cast<std::int64_t>(pc) + signed_value);
    case OperandForm::kCall:
      return " (" + std::to_string(CallArgumentCount(value)) + ")";
  }
  return "";
}

}  // namespace

std::string Disassemble(const LibrarySet& set, const CompiledFunction& function) {
  std::string text;
  for (std::size_t pc = 0; pc < function.code.size();) {
    const CodeWord word = function.code[pc];
    const OpcodeInfo& info = InfoOf(OpcodeOf(word));
    text += std::to_string(pc) + " " + info.name;
    text += OperandText(set, function, pc, info.a, UnsignedA(word), SignedA(word));
    if (info.b != OperandForm::kNone) {
      const CodeWord b = function.code[pc + 1];
      text += OperandText(set, function, pc, info.b, b, SignedB(b));
    }
    text += "\n";
    pc += WordsOf(OpcodeOf(word));
  }
  for (const ExceptionHandler& handler : function.handlers) {
    text += "try " + std::to_string(handler.start) + ".." + std::to_string(handler.end) + " ->" +
            std::to_string(handler.handler) + " exception " +
            std::to_string(handler.exception_slot) + " trace " +
            std::to_string(handler.trace_slot) + "\n";
  }
  return text;
}

}  // namespace fart::lang
