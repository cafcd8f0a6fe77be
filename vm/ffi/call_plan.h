// CallPlan -- where each argument of a signature goes, and where its result comes from: made once,
// followed at every call.
//
// A call goes through a block of words: Registers, then the words of the stack, then copies of what
// is passed by reference. A plan names words by their index in the block.
//
//     std::uint64_t* block;                      // plan.block_words of them
//     scalar       block[step.word] = the value, extended to 64 bits; a float in the low half
//     handle       made by the call itself (foreign_call.h)
//     compound     for its pieces: `size` bytes from `offset` of the value to block[piece.word];
//                  and if step.is_by_reference, block[step.word] = the address of its copy
//     CallByPlan: FartFfiCall, or FartFfiJump if that does
//
// A callback stub leaves the same words in two parts; CallbackWord finds them.
//
// Both ABIs are planned on every machine, so that tests of one see the other.
//
// Not here: what values of a program become (lang/natives).

#ifndef FART_VM_FFI_CALL_PLAN_H_
#define FART_VM_FFI_CALL_PLAN_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "heap/base/check.h"
#include "vm/ffi/native_call_abi.h"
#include "vm/ffi/native_type.h"

namespace fart::ffi {

// Variable arguments begin at parameter `fixed`.
inline constexpr std::size_t kNoVariableArguments = std::numeric_limits<std::size_t>::max();
struct SignatureTypes {
  const NativeType* result = nullptr;
  std::vector<const NativeType*> parameters;
  std::size_t fixed = kNoVariableArguments;
};

inline constexpr std::uint32_t WordAt(std::uint32_t byte_offset) {
  return byte_offset / static_cast<std::uint32_t>(sizeof(std::uint64_t));
}
inline constexpr std::uint32_t kFirstIntegerWord = WordAt(FART_FFI_INTEGER);
inline constexpr std::uint32_t kFirstFloatingWord = WordAt(FART_FFI_FLOATING);
inline constexpr std::uint32_t kFirstResultInteger = WordAt(FART_FFI_RESULT_INTEGER);
inline constexpr std::uint32_t kFirstResultFloating = WordAt(FART_FFI_RESULT_FLOATING);
inline constexpr std::uint32_t kFirstStackWord = WordAt(FART_FFI_REGISTERS_SIZE);
// Of stack and copies together: far less than the reserve of a native stack.
inline constexpr std::uint32_t kMaxCallWords = 4096;

// Bytes of a compound that lie together in the block.
struct Piece {
  std::uint32_t word = 0;
  std::uint32_t offset = 0;  // in the value
  std::uint32_t size = 0;
};

struct ArgumentStep {
  NativeKind kind = NativeKind::kVoid;
  bool is_by_reference = false;
  std::uint32_t word = 0;  // of a scalar, or of the address of a copy
  std::uint32_t first_piece = 0;
  std::uint32_t pieces = 0;
  IntegerForm form;  // of an integer
};

enum class ResultWay : std::uint8_t {
  kNone,
  kInteger,    // result_integer[0], to be Narrowed
  kFloat,      // the low half of result_floating[0]
  kDouble,     // result_floating[0]
  kRegisters,  // result_pieces, whose words are of the block
  kIndirect,   // The callee writes it where block[result_address_word] says.
};

struct CallPlan {
  std::vector<ArgumentStep> arguments;
  std::vector<Piece> pieces;
  std::vector<Piece> result_pieces;
  ResultWay result = ResultWay::kNone;
  NativeKind result_kind = NativeKind::kVoid;
  IntegerForm result_form;  // of an integer
  // FartFfiJump does: no words of stack, and one register is the result, if there is one.
  bool jumps = false;
  bool has_handles = false;  // CallWithHandles (foreign_call.h) makes the calls then.
  std::uint32_t result_address_word = 0;
  std::uint32_t result_size = 0;  // kIndirect
  std::uint32_t floating_used = 0;
  std::uint32_t stack_words = 0;
  std::uint32_t block_words = kFirstStackWord;  // the stack and the copies included

  bool IsResultFloating() const {
    return result == ResultWay::kFloat || result == ResultWay::kDouble;
  }
};

// Of types that can be passed (VF-S1). False: arguments or result of more than kMaxCallWords.
[[nodiscard]] bool MakePlan(Abi abi, const SignatureTypes& types, CallPlan* plan);

// Calls from a block that is filled in; the registers that have the result are in it afterwards.
inline void CallByPlan(const CallPlan& plan, const void* function, Registers* registers) {
  if (!plan.jumps) {
    const auto* const stack = reinterpret_cast<const std::uint64_t*>(registers) + kFirstStackWord;
    FartFfiCall(function, registers, stack, plan.stack_words);
  } else if (plan.IsResultFloating()) {
    registers->result_floating[0] =
        std::bit_cast<std::uint64_t>(FartFfiJumpForFloating(registers, function));
  } else {
    registers->result_integer[0] = FartFfiJump(registers, function);
  }
}

// ---- What both sides of a call do with compounds

// Most pieces are a word.
inline void CopyPiece(void* to, const void* from, std::uint32_t size) {
  if (size == sizeof(std::uint64_t)) [[likely]] {
    std::memcpy(to, from, sizeof(std::uint64_t));
  } else {
    std::memcpy(to, from, size);
  }
}
// From the value into the block.
inline void StoreCompound(const CallPlan& plan, const ArgumentStep& step, const void* value,
                          std::uint64_t* block) {
  const auto* const bytes = static_cast<const char*>(value);
  for (std::uint32_t i = 0; i < step.pieces; ++i) {
    const Piece& piece = plan.pieces[step.first_piece + i];
    CopyPiece(block + piece.word, bytes + piece.offset, piece.size);
    if (step.is_by_reference)
      block[step.word] = reinterpret_cast<std::uintptr_t>(block + piece.word);
  }
}
// The result of a call, kRegisters, from the block.
inline void LoadResult(const CallPlan& plan, const std::uint64_t* block, void* value) {
  FART_DCHECK(plan.result == ResultWay::kRegisters);
  for (const Piece& piece : plan.result_pieces) {
    CopyPiece(static_cast<char*>(value) + piece.offset, block + piece.word, piece.size);
  }
}

// The word of a plan, where a callback stub left it.
inline std::uint64_t* CallbackWord(Registers* registers, const std::uint64_t* stack,
                                   std::uint32_t word) {
  if (word < kFirstStackWord) return reinterpret_cast<std::uint64_t*>(registers) + word;
  return const_cast<std::uint64_t*>(stack) + (word - kFirstStackWord);
}
// An argument of a callback, and its result, kRegisters.
void LoadCallbackArgument(const CallPlan& plan, const ArgumentStep& step, Registers* registers,
                          const std::uint64_t* stack, void* value);
void StoreCallbackResult(const CallPlan& plan, const void* value, Registers* registers);

// ---- For the two below. What is laid out one argument after the other.
class Planner {
 public:
  explicit Planner(CallPlan* plan) : plan_(*plan) {}

  void BeginArgument(NativeKind kind) {
    plan_.arguments.push_back({.kind = kind,
                               .first_piece = static_cast<std::uint32_t>(plan_.pieces.size()),
                               .form = IntegerFormOf(kind)});
  }
  void Word(std::uint32_t word) { plan_.arguments.back().word = word; }
  void AddPiece(const Piece& piece) {
    plan_.pieces.push_back(piece);
    ++plan_.arguments.back().pieces;
  }
  // The index of the first of so many words of stack.
  std::uint32_t TakeStack(std::uint64_t words) {
    const auto first = kFirstStackWord + plan_.stack_words;
    plan_.stack_words = Sum(plan_.stack_words, words);
    return first;
  }
  // A copy of `size` bytes, whose place is known when the stack is.
  void ByReference(std::uint32_t address_word, std::uint64_t size) {
    Word(address_word);
    plan_.arguments.back().is_by_reference = true;
    copies_.push_back({plan_.arguments.size() - 1, copy_words_, size});
    copy_words_ = Sum(copy_words_, (size + 7) / 8);
  }
  // False: it is too much.
  [[nodiscard]] bool Finish();

  CallPlan& plan() { return plan_; }

 private:
  static std::uint32_t Sum(std::uint32_t words, std::uint64_t more) {
    const std::uint64_t sum = words + more;
    return sum > kMaxCallWords ? kMaxCallWords + 1 : static_cast<std::uint32_t>(sum);
  }

  struct Copy {
    std::size_t argument;
    std::uint32_t words_before;
    std::uint64_t size;
  };
  CallPlan& plan_;
  std::vector<Copy> copies_;
  std::uint32_t copy_words_ = 0;
};
void PlanSysvX64(const SignatureTypes& types, Planner* planner);
void PlanAapcs64(const SignatureTypes& types, Planner* planner);

}  // namespace fart::ffi

#endif  // FART_VM_FFI_CALL_PLAN_H_
