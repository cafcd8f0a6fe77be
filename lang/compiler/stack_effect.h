// StackEffect -- how many words an instruction takes from and leaves on the operand stack.
//
// Not here: what the words are (bytecode.h).

#ifndef FART_LANG_COMPILER_STACK_EFFECT_H_
#define FART_LANG_COMPILER_STACK_EFFECT_H_

#include <cstdint>

#include "lang/compiler/bytecode.h"

namespace fart::lang {

struct StackEffect {
  std::uint32_t pops;
  std::uint32_t pushes;
};

// Of the way to the next instruction. On a jump the effect is the same but for LoadOnce, which
// pushes one word more (JumpExtra).
[[nodiscard]] StackEffect EffectOf(CodeWord word, CodeWord b);

[[nodiscard]] constexpr std::uint32_t JumpExtra(Opcode opcode) {
  return opcode == Opcode::kLoadOnce ? 1 : 0;
}

// Words that the instruction may need for itself above its operands.
[[nodiscard]] constexpr std::uint32_t ExtraDepth(Opcode opcode) {
  return opcode == Opcode::kAddSmi || opcode == Opcode::kSubSmi ? 1 : 0;
}

// Never goes on at the next instruction.
[[nodiscard]] constexpr bool EndsFlow(Opcode opcode) {
  switch (opcode) {
    case Opcode::kReturn:
    case Opcode::kReturnNull:
    case Opcode::kJump:
    case Opcode::kLoop:
    case Opcode::kThrow:
    case Opcode::kRethrow:
    case Opcode::kThrowError:
    case Opcode::kThrowNoSuchMethod:
      return true;
    default:
      return false;
  }
}

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_STACK_EFFECT_H_
