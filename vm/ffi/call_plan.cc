#include "vm/ffi/call_plan.h"

#include <algorithm>
#include <cstring>

#include "heap/base/check.h"

namespace fart::ffi {

bool Planner::Finish() {
  if (plan_.stack_words + copy_words_ > kMaxCallWords) return false;
  const std::uint32_t first_copy = kFirstStackWord + plan_.stack_words;
  for (const Copy& copy : copies_) {
    ArgumentStep& step = plan_.arguments[copy.argument];
    step.first_piece = static_cast<std::uint32_t>(plan_.pieces.size());
    step.pieces = 1;
    plan_.pieces.push_back(
        {.word = first_copy + copy.words_before, .size = static_cast<std::uint32_t>(copy.size)});
  }
  plan_.block_words = first_copy + copy_words_;
  plan_.jumps = plan_.stack_words == 0 && plan_.result != ResultWay::kRegisters &&
                plan_.result != ResultWay::kIndirect;
  return true;
}

bool MakePlan(Abi abi, const SignatureTypes& types, CallPlan* plan) {
  Planner planner(plan);
  const auto is_handle = [](const NativeType* type) { return type->kind == NativeKind::kHandle; };
  plan->has_handles = is_handle(types.result) ||
                      std::any_of(types.parameters.begin(), types.parameters.end(), is_handle);
  plan->result_kind = types.result->kind;
  plan->result_form = IntegerFormOf(types.result->kind);
  switch (types.result->kind) {
    case NativeKind::kVoid:
      plan->result = ResultWay::kNone;
      break;
    case NativeKind::kFloat:
      plan->result = ResultWay::kFloat;
      break;
    case NativeKind::kDouble:
      plan->result = ResultWay::kDouble;
      break;
    default:
      plan->result = ResultWay::kInteger;  // Of a compound the ABI says.
      break;
  }
  switch (abi) {
    case Abi::kSysvX64:
      PlanSysvX64(types, &planner);
      break;
    case Abi::kAapcs64:
      PlanAapcs64(types, &planner);
      break;
  }
  if (plan->result == ResultWay::kIndirect) {
    if (types.result->size > kMaxCallWords * sizeof(std::uint64_t)) return false;
    plan->result_size = static_cast<std::uint32_t>(types.result->size);
  }
  return planner.Finish();
}

void LoadCallbackArgument(const CallPlan& plan, const ArgumentStep& step, Registers* registers,
                          const std::uint64_t* stack, void* value) {
  auto* const bytes = static_cast<char*>(value);
  for (std::uint32_t i = 0; i < step.pieces; ++i) {
    const Piece& piece = plan.pieces[step.first_piece + i];
    const void* const from =
        step.is_by_reference
            ? reinterpret_cast<const void*>(*CallbackWord(registers, stack, step.word))
            : CallbackWord(registers, stack, piece.word);
    std::memcpy(bytes + piece.offset, from, piece.size);
  }
}

void StoreCallbackResult(const CallPlan& plan, const void* value, Registers* registers) {
  FART_DCHECK(plan.result == ResultWay::kRegisters);
  for (const Piece& piece : plan.result_pieces) {
    std::memcpy(CallbackWord(registers, nullptr, piece.word),
                static_cast<const char*>(value) + piece.offset, piece.size);
  }
}

}  // namespace fart::ffi
