#include "lang/compiler/checker.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "lang/compiler/stack_effect.h"

namespace fart::lang {
namespace {

bool IsOpcode(CodeWord word) { return (word & 0xff) < kOpcodeCount + kPairCount; }

class Checker {
 public:
  explicit Checker(const CompiledFunction& function) : function_(function) {}

  std::string Run();

 private:
  void Fail(const char* rule, std::size_t pc, const std::string& what) {
    if (error_.empty()) error_ = std::string(rule) + " at " + std::to_string(pc) + ": " + what;
  }
  void FindInstructions();
  void CheckOperands(std::size_t pc);
  void CheckPair(std::size_t pc, std::size_t next);
  void CheckOperand(std::size_t pc, OperandForm form, CodeWord value);
  void CheckConstantKind(std::size_t pc);
  void CheckTypes();
  void CheckHandlers();
  void FollowDepths();
  void Reach(std::size_t from, std::size_t target, std::uint32_t depth);
  [[nodiscard]] CodeWord B(std::size_t pc) const {
    return WordsOf(OpcodeOf(function_.code[pc])) == 2 ? function_.code[pc + 1] : 0;
  }
  // Distance of the jump at `pc`, if it is one.
  [[nodiscard]] std::optional<std::int32_t> DistanceOf(std::size_t pc) const;

  const CompiledFunction& function_;
  std::string error_;
  std::vector<bool> is_instruction_;
  std::vector<bool> is_cache_used_;
  std::vector<bool> is_target_;
  std::vector<std::optional<std::uint32_t>> depths_;
  std::vector<std::size_t> pending_;
};

std::string Checker::Run() {
  const std::size_t size = function_.code.size();
  if (size == 0) return "LC-B2 at 0: there is no code";
  is_instruction_.assign(size, false);
  is_target_.assign(size, false);
  is_cache_used_.assign(function_.cache_count, false);
  depths_.assign(size, std::nullopt);
  FindInstructions();
  if (error_.empty()) CheckTypes();
  if (error_.empty()) CheckHandlers();
  if (error_.empty()) FollowDepths();
  return error_;
}

void Checker::FindInstructions() {
  std::size_t pc = 0;
  while (pc < function_.code.size()) {
    if (!IsOpcode(function_.code[pc])) return Fail("LC-B2", pc, "no such opcode");
    is_instruction_[pc] = true;
    const std::size_t next = pc + WordsOf(OpcodeOf(function_.code[pc]));
    if (next > function_.code.size()) return Fail("LC-B2", pc, "the second word is missing");
    CheckOperands(pc);
    CheckPair(pc, next);
    pc = next;
  }
}

void Checker::CheckPair(std::size_t pc, std::size_t next) {
  const std::size_t low = function_.code[pc] & 0xff;
  if (low < kOpcodeCount) return;
  const auto is_there = [this](std::size_t at, Opcode opcode) {
    return at < function_.code.size() && IsOpcode(function_.code[at]) &&
           OpcodeOf(function_.code[at]) == opcode;
  };
  const Opcode second = kPairInfo[low - kOpcodeCount].second;
  const bool is_stored = is_there(next + WordsOf(second), Opcode::kStoreLocal);
  const bool is_right =
      is_there(next, second) && (static_cast<Pair>(low) != Pair::kIncrement || is_stored);
  if (!is_right) Fail("LC-B9", pc, "the pair is not followed by its second");
}

std::optional<std::int32_t> Checker::DistanceOf(std::size_t pc) const {
  const CodeWord word = function_.code[pc];
  const OpcodeInfo& info = InfoOf(OpcodeOf(word));
  if (info.a == OperandForm::kJump) return SignedA(word);
  if (info.b == OperandForm::kJump) return SignedB(B(pc));
  return std::nullopt;
}

// ---- Operands -----------------------------------------------------------------------------------

void Checker::CheckOperands(std::size_t pc) {
  const CodeWord word = function_.code[pc];
  const OpcodeInfo& info = InfoOf(OpcodeOf(word));
  CheckOperand(pc, info.a, UnsignedA(word));
  CheckOperand(pc, info.b, B(pc));
  CheckConstantKind(pc);
  if (OpcodeOf(word) == Opcode::kCallNative &&
      (!function_.fills_defaults || UnsignedA(word) != function_.parameter_count)) {
    return Fail("LC-B2", pc, "there is no native that takes so much");
  }
  const std::optional<std::int32_t> distance = DistanceOf(pc);
  if (!distance) return;
  const bool is_loop = OpcodeOf(word) == Opcode::kLoop;
  if ((*distance <= 0) != is_loop) Fail("LC-B5", pc, "it jumps the wrong way");
  const std::int64_t target = static_cast<std::int64_t>(pc) + *distance;
  if (target < 0 || target >= static_cast<std::int64_t>(function_.code.size())) {
    return Fail("LC-B2", pc, "it jumps out of the code");
  }
  is_target_[static_cast<std::size_t>(target)] = true;
}

void Checker::CheckOperand(std::size_t pc, OperandForm form, CodeWord value) {
  switch (form) {
    case OperandForm::kSlot:
      if (value >= function_.slot_count) Fail("LC-B2", pc, "there is no such slot");
      break;
    case OperandForm::kConstant:
      if (value >= function_.constants.size()) Fail("LC-B2", pc, "there is no such constant");
      break;
    case OperandForm::kCall:
      if (OpcodeOf(function_.code[pc]) == Opcode::kThrowNoSuchMethod) break;
      return CheckOperand(pc, OperandForm::kCache, CallCache(value));
    case OperandForm::kCache:
      if (value >= function_.cache_count || is_cache_used_[value]) {
        return Fail("LC-B2", pc, "the cache is not the site's own");
      }
      is_cache_used_[value] = true;
      break;
    case OperandForm::kNone:
    case OperandForm::kIndex:
    case OperandForm::kImmediate:
    case OperandForm::kJump:
      break;
  }
}

void Checker::CheckConstantKind(std::size_t pc) {
  const CodeWord word = function_.code[pc];
  const OpcodeInfo& info = InfoOf(OpcodeOf(word));
  if (!error_.empty() || info.a != OperandForm::kConstant) return;
  const PoolConstant& constant = function_.constants[UnsignedA(word)];
  bool is_right = false;
  switch (OpcodeOf(word)) {
    case Opcode::kPushConstant:
      is_right = std::holds_alternative<std::int64_t>(constant) ||
                 std::holds_alternative<double>(constant) ||
                 std::holds_alternative<std::string>(constant) ||
                 std::holds_alternative<BigInteger>(constant) ||
                 std::holds_alternative<FunctionRef>(constant) ||
                 std::holds_alternative<TypeRef>(constant);
      break;
    case Opcode::kMakeClosure:
    case Opcode::kCallStatic:
      is_right = std::holds_alternative<FunctionRef>(constant);
      break;
    case Opcode::kCallStaticBind:
      is_right = std::holds_alternative<StaticCall>(constant);
      break;
    case Opcode::kAllocate:
      is_right = std::holds_alternative<ClassRef>(constant);
      break;
    case Opcode::kIsType:
    case Opcode::kAsType:
    case Opcode::kCheckType:
    case Opcode::kPushType:
    case Opcode::kSetTypes:
      is_right = std::holds_alternative<TypeRef>(constant);
      break;
    case Opcode::kLoadStatic:
    case Opcode::kStoreStatic:
    case Opcode::kFinishStatic:
    case Opcode::kAbortStatic:
    case Opcode::kLoadOnce:
    case Opcode::kFinishOnce:
      is_right = std::holds_alternative<StaticRef>(constant);
      break;
    default:
      is_right = std::holds_alternative<Selector>(constant);
      break;
  }
  if (!is_right) Fail("LC-B2", pc, "the constant is of the wrong kind");
  const auto* const type = std::get_if<TypeRef>(&constant);
  if (type == nullptr || !type->is_open()) return;
  if (function_.types_slot < 0) Fail("LC-B7", pc, "nothing loads the type arguments");
  if (OpcodeOf(word) == Opcode::kPushConstant) Fail("LC-B7", pc, "the type is open");
}

void Checker::CheckTypes() {
  const std::size_t first = function_.code.empty() ? 0 : function_.code[0] & 0xff;
  const bool loads = first == static_cast<std::size_t>(Opcode::kLoadTypeArguments);
  if (loads != (function_.types_slot >= 0) ||
      function_.types_slot >= static_cast<int>(function_.slot_count)) {
    return Fail("LC-B7", 0, "the slot of the type arguments is not loaded, or there is none");
  }
  std::uint32_t last = 0;
  if (function_.call_types == nullptr) return;
  for (const CallTypes& entry : function_.call_types->calls) {
    const std::size_t types = std::max(entry.count, 1u);
    if (entry.pc <= last || entry.pc > function_.code.size() ||
        entry.first + types > function_.call_types->types.size()) {
      return Fail("LC-B8", entry.pc, "the table of type arguments is malformed");
    }
    last = entry.pc;
  }
}

void Checker::CheckHandlers() {
  for (const ExceptionHandler& handler : function_.handlers) {
    const bool is_right = handler.start < handler.end && handler.end <= function_.code.size() &&
                          handler.handler < function_.code.size() &&
                          is_instruction_[handler.handler] && is_instruction_[handler.start] &&
                          handler.exception_slot < function_.slot_count &&
                          handler.trace_slot < function_.slot_count;
    if (!is_right) Fail("LC-B2", handler.handler, "the exception handler is malformed");
  }
}

// ---- Depths -------------------------------------------------------------------------------------

void Checker::Reach(std::size_t from, std::size_t target, std::uint32_t depth) {
  if (target >= function_.code.size()) return Fail("LC-B2", from, "the code runs off its end");
  if (!is_instruction_[target]) return Fail("LC-B2", from, "it jumps into an instruction");
  if (depth > function_.max_operands) return Fail("LC-B1", from, "the operands are too many");
  if (!depths_[target]) {
    depths_[target] = depth;
    pending_.push_back(target);
  } else if (*depths_[target] != depth) {
    Fail("LC-B1", target, "the depth depends on the way");
  }
}

void Checker::FollowDepths() {
  Reach(0, 0, 0);
  for (const ExceptionHandler& handler : function_.handlers) Reach(0, handler.handler, 0);
  while (!pending_.empty() && error_.empty()) {
    const std::size_t pc = pending_.back();
    pending_.pop_back();
    const CodeWord word = function_.code[pc];
    const Opcode opcode = OpcodeOf(word);
    const StackEffect effect = EffectOf(word, B(pc));
    if (*depths_[pc] < effect.pops) return Fail("LC-B1", pc, "it pops what is not there");
    if (*depths_[pc] + ExtraDepth(opcode) > function_.max_operands && ExtraDepth(opcode) > 0) {
      return Fail("LC-B1", pc, "the operands are too many");
    }
    const std::uint32_t depth = *depths_[pc] - effect.pops + effect.pushes;
    const std::size_t next = pc + WordsOf(opcode);
    if (const auto distance = DistanceOf(pc)) {
      Reach(pc, static_cast<std::size_t>(static_cast<std::int64_t>(pc) + *distance),
            depth + JumpExtra(opcode));
    }
    if (!EndsFlow(opcode)) Reach(pc, next, depth);
    if (opcode == Opcode::kSetProperty || opcode == Opcode::kSetIndex) {
      const bool is_popped = next < function_.code.size() && !is_target_[next] &&
                             OpcodeOf(function_.code[next]) == Opcode::kPop;
      if (!is_popped) Fail("LC-B4", pc, "no Pop of its own follows");
    }
  }
}

}  // namespace

std::string CheckFunction(const CompiledFunction& function) { return Checker(function).Run(); }

}  // namespace fart::lang
