#include "lang/compiler/code_builder.h"

#include <algorithm>
#include <bit>

#include "heap/base/check.h"
#include "lang/compiler/stack_effect.h"

namespace fart::lang {
namespace {

std::string KeyOf(const std::vector<std::string>& names) {
  std::string key;
  for (const std::string& name : names) key += name + ",";
  return key;
}

std::string KeyOf(const FunctionRef& ref) {
  return std::to_string(ref.library) + ":" + std::to_string(ref.function);
}

struct KeyMaker {
  std::string operator()(std::int64_t value) const { return "i" + std::to_string(value); }
  std::string operator()(double value) const {  // By bits: 0.0 and -0.0 are two.
    return "d" + std::to_string(std::bit_cast<std::uint64_t>(value));
  }
  std::string operator()(const std::string& value) const { return "s" + value; }
  std::string operator()(const BigInteger& value) const { return "n" + value.text; }
  std::string operator()(const Selector& value) const {
    return "m" + std::to_string(static_cast<int>(value.kind)) + value.name.text + "@" +
           std::to_string(value.name.library) + "/" + std::to_string(value.positional_count) + "," +
           KeyOf(value.argument_names);
  }
  std::string operator()(const FunctionRef& value) const { return "f" + KeyOf(value); }
  std::string operator()(const ClassRef& value) const {
    return "c" + std::to_string(value.library) + ":" + std::to_string(value.cls);
  }
  std::string operator()(const StaticRef& value) const {
    return "v" + std::to_string(value.library) + ":" + std::to_string(value.variable);
  }
  std::string operator()(const StaticCall& value) const {
    return "b" + KeyOf(value.function) + "," + KeyOf(value.argument_names);
  }
  std::string operator()(const TypeRef& value) const {
    std::string key = "t" + std::to_string(static_cast<int>(value.kind)) + (*this)(value.cls) +
                      (value.is_nullable ? "?" : "") + std::to_string(value.index) + "'" +
                      value.text + "'<";
    for (const TypeRef& argument : value.arguments) key += (*this)(argument) + ",";
    if (value.parameters == nullptr) return key;
    for (const TypeRef::Parameter& parameter : *value.parameters) {
      key += std::to_string(static_cast<int>(parameter.kind)) + parameter.name + ";";
    }
    return key;
  }
};

}  // namespace

void CodeBuilder::RecordPlace() {
  std::vector<LineEntry>& lines = function_.lines;
  if (!lines.empty() && lines.back().line == line_ && lines.back().column == column_) return;
  if (line_ == 0) return;
  lines.push_back({Size(), line_, column_});
}

void CodeBuilder::Write(CodeWord word, CodeWord b, bool has_b) {
  const StackEffect effect = EffectOf(word, b);
  const Opcode opcode = OpcodeOf(word);
  FART_CHECK(depth_ >= effect.pops);
  RecordPlace();
  function_.code.push_back(word);
  if (has_b) function_.code.push_back(b);
  depth_ = depth_ - effect.pops + effect.pushes;
  function_.max_operands = std::max(function_.max_operands, depth_ + ExtraDepth(opcode));
  if (EndsFlow(opcode)) is_reachable_ = false;
}

void CodeBuilder::Emit(Opcode opcode, std::uint32_t a) {
  FART_DCHECK(WordsOf(opcode) == 1);
  if (is_reachable_) Write(EncodeWord(opcode, a), 0, false);
}

void CodeBuilder::Emit(Opcode opcode, std::uint32_t a, std::uint32_t b) {
  FART_DCHECK(WordsOf(opcode) == 2);
  if (is_reachable_) Write(EncodeWord(opcode, a), b, true);
}

void CodeBuilder::EmitSmi(std::int32_t value) {
  Emit(Opcode::kPushSmi, static_cast<std::uint32_t>(value) & kMaxOperandA);
}

void CodeBuilder::EmitCall(Opcode opcode, std::uint32_t selector, std::uint32_t argument_count) {
  Emit(opcode, selector, EncodeCall(argument_count, NewCache()));
}

// ---- Jumps --------------------------------------------------------------------------------------

void CodeBuilder::RecordJump(Label& label, std::uint32_t at, std::uint32_t extra_depth) {
  const std::uint32_t depth = depth_ + extra_depth;
  FART_CHECK(label.jumps_.empty() || label.depth_ == depth);
  label.depth_ = depth;
  label.jumps_.push_back(at);
  function_.max_operands = std::max(function_.max_operands, depth);
}

void CodeBuilder::EmitJump(Opcode opcode, Label& label) {
  if (!is_reachable_) return;
  const std::uint32_t at = Size();
  Emit(opcode);
  RecordJump(label, at, 0);
}

void CodeBuilder::EmitJump(Opcode opcode, std::uint32_t a, Label& label) {
  if (!is_reachable_) return;
  const std::uint32_t at = Size();
  Emit(opcode, a, 0);
  RecordJump(label, at, JumpExtra(opcode));
}

void CodeBuilder::Bind(Label& label) {
  if (label.jumps_.empty()) return;
  FART_CHECK(!is_reachable_ || depth_ == label.depth_);
  for (const std::uint32_t at : label.jumps_) {
    const std::uint32_t distance = Size() - at;
    const Opcode opcode = OpcodeOf(function_.code[at]);
    if (InfoOf(opcode).a == OperandForm::kJump) {
      function_.code[at] = EncodeWord(opcode, distance);
    } else {
      function_.code[at + 1] = distance;
    }
  }
  label.jumps_.clear();
  depth_ = label.depth_;
  is_reachable_ = true;
}

void CodeBuilder::EmitLoop(std::uint32_t target) {
  Emit(Opcode::kLoop, (target - Size()) & kMaxOperandA);
}

bool CodeBuilder::BeginHandler(std::uint32_t start, std::uint32_t end, std::uint32_t exception_slot,
                               std::uint32_t trace_slot) {
  FART_CHECK(!is_reachable_);
  if (start == end) return false;
  function_.handlers.push_back({start, end, Size(), exception_slot, trace_slot});
  depth_ = 0;
  is_reachable_ = true;
  return true;
}

// ---- Tables -------------------------------------------------------------------------------------

std::uint32_t CodeBuilder::AddConstant(const PoolConstant& constant) {
  const auto index = static_cast<std::uint32_t>(function_.constants.size());
  const auto [place, is_new] = constants_.emplace(std::visit(KeyMaker(), constant), index);
  if (is_new) function_.constants.push_back(constant);
  return place->second;
}

void CodeBuilder::AddCallTypes(const std::vector<TypeRef>& types, bool is_expected) {
  if (!is_reachable_) return;
  if (function_.call_types == nullptr) {
    function_.call_types = std::make_unique<CompiledCallTypes>();
  }
  CompiledCallTypes& table = *function_.call_types;
  const auto first = static_cast<std::uint32_t>(table.types.size());
  const auto count = static_cast<std::uint32_t>(types.size());
  table.types.insert(table.types.end(), types.begin(), types.end());
  table.calls.push_back({Size(), first, is_expected ? CallTypes::kExpected : count});
}

// Jumps are relative, so only the tables know where anything is.
void CodeBuilder::Prepend(Opcode opcode) {
  FART_DCHECK(WordsOf(opcode) == 1);
  function_.code.insert(function_.code.begin(), EncodeWord(opcode, 0));
  for (ExceptionHandler& handler : function_.handlers) {
    ++handler.start;
    ++handler.end;
    ++handler.handler;
  }
  if (function_.call_types != nullptr) {
    for (CallTypes& entry : function_.call_types->calls) ++entry.pc;
  }
  for (LineEntry& entry : function_.lines) {
    if (entry.pc != 0) ++entry.pc;
  }
}

bool CodeBuilder::FitsLimits() const {
  return function_.code.size() <= static_cast<std::size_t>(kMaxImmediate) &&
         function_.constants.size() <= kMaxOperandA && function_.cache_count <= kMaxOperandA &&
         function_.slot_count <= kMaxOperandA && function_.max_operands <= kMaxOperandA;
}

}  // namespace fart::lang
