// CodeBuilder -- writes a function's instructions, constants, handlers and line table.
//
// Code that cannot be reached is not written: after a jump, return or throw everything is dropped
// until a label is bound that something jumps to. So callers need not ask.
//
// Invariants
//   LC-E1 depth  the operand depth is known at every instruction written (bytecode.h, LC-B1).
//
// Not here: what to write (function_compiler.h).

#ifndef FART_LANG_COMPILER_CODE_BUILDER_H_
#define FART_LANG_COMPILER_CODE_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "lang/compiler/bytecode.h"
#include "lang/compiler/compiled_library.h"

namespace fart::lang {

// A place that jumps lead to, before it is known.
class Label {
 public:
  Label() = default;
  Label(const Label&) = delete;
  Label& operator=(const Label&) = delete;

 private:
  friend class CodeBuilder;
  std::vector<std::uint32_t> jumps_;  // First words of the jumps; none after it is bound.
  std::uint32_t depth_ = 0;           // At the jumps.
};

class CodeBuilder {
 public:
  explicit CodeBuilder(CompiledFunction& function) : function_(function) {}
  CodeBuilder(const CodeBuilder&) = delete;
  CodeBuilder& operator=(const CodeBuilder&) = delete;

  // ---- Instructions ----
  void Emit(Opcode opcode, std::uint32_t a = 0);
  void Emit(Opcode opcode, std::uint32_t a, std::uint32_t b);
  void EmitSmi(std::int32_t value);
  // An operator with a cache of its own; the second form for those with an immediate B.
  void EmitOperator(Opcode opcode) { Emit(opcode, NewCache()); }
  void EmitOperator(Opcode opcode, std::int32_t immediate) {
    Emit(opcode, NewCache(), static_cast<std::uint32_t>(immediate));
  }
  void EmitCall(Opcode opcode, std::uint32_t selector, std::uint32_t argument_count);
  // Throws nothing by itself, so no cache: argument_count words go.
  void EmitNoSuchMethod(std::uint32_t selector, std::uint32_t argument_count) {
    Emit(Opcode::kThrowNoSuchMethod, selector, EncodeCall(argument_count, 0));
  }
  void EmitJump(Opcode opcode, Label& label);                   // The jump is in A.
  void EmitJump(Opcode opcode, std::uint32_t a, Label& label);  // The jump is in B.
  void Bind(Label& label);
  // For Loop: a place to go back to.
  [[nodiscard]] std::uint32_t Here() const { return Size(); }
  void EmitLoop(std::uint32_t target);

  [[nodiscard]] bool is_reachable() const { return is_reachable_; }
  // After an error nobody keeps count of the operands: what follows counts as not reached.
  void Abandon() { is_reachable_ = false; }

  // ---- Tables ----
  std::uint32_t AddConstant(const PoolConstant& constant);
  std::uint32_t NewCache() { return function_.cache_count++; }
  // Code from here on is an exception handler for what was written from `start` to `end`. False,
  // and nothing happens, if that is nothing.
  bool BeginHandler(std::uint32_t start, std::uint32_t end, std::uint32_t exception_slot,
                    std::uint32_t trace_slot);
  // The next instructions stem from here.
  void SetPlace(std::uint32_t line, std::uint32_t column) {
    line_ = line;
    column_ = column;
  }

  // What is known of the type arguments of the call just written; `is_expected`: the one type that
  // is expected of its result.
  void AddCallTypes(const std::vector<TypeRef>& types, bool is_expected);
  // Makes this the first instruction of the function, which has one word. Last of all.
  void Prepend(Opcode opcode);

  // False if an operand would not fit its field.
  [[nodiscard]] bool FitsLimits() const;

 private:
  [[nodiscard]] std::uint32_t Size() const {
    return static_cast<std::uint32_t>(function_.code.size());
  }
  void Write(CodeWord word, CodeWord b, bool has_b);
  void RecordJump(Label& label, std::uint32_t at, std::uint32_t extra_depth);
  void RecordPlace();

  CompiledFunction& function_;
  bool is_reachable_ = true;
  std::uint32_t depth_ = 0;
  std::uint32_t line_ = 0;
  std::uint32_t column_ = 0;
  // Constants by a text that tells equal ones; the variant has no order of its own.
  std::map<std::string, std::uint32_t> constants_;
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_CODE_BUILDER_H_
