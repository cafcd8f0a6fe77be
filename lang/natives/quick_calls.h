// QuickCalls -- the quick way of most calls of C: whose arguments are ints, doubles, pointers and
// structs of their very class, and whose result is one of the first two, a small struct, or none.
//
// Each of these answers whether it has done all there was to do; if not, nothing has happened, and
// the ways of natives_ffi_call.cc are gone, which do the same for everything, and know what to say
// of what is wrong.
//
// Not for use outside this package.

#ifndef FART_LANG_NATIVES_QUICK_CALLS_H_
#define FART_LANG_NATIVES_QUICK_CALLS_H_

#include <bit>
#include <cstdint>

#include "heap/base/safepoint.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/quick_foreign.h"
#include "vm/ffi/call_plan.h"
#include "vm/values/numbers.h"

namespace fart::lang {

// Words of most blocks; one that is larger is allocated.
inline constexpr std::uint32_t kUsualBlockWords = ffi::kFirstStackWord + 16;

// Whether calls by that plan may be made the quick way (ForeignFunction::is_quick).
inline bool HasQuickWay(const ffi::CallPlan& plan) {
  return plan.block_words <= kUsualBlockWords && plan.result != ffi::ResultWay::kIndirect &&
         !plan.has_handles;
}

// ---- Arguments

// The words of one argument that is no small int. Most are doubles.
[[gnu::noinline]] bool TakeObjectQuickly(const ForeignState& state, const ForeignFunction& function,
                                         const ffi::ArgumentStep& step, ObjectPtr value,
                                         std::uint64_t* block) FART_NO_SAFEPOINT_ANALYSIS;
[[gnu::always_inline]] inline bool TakeQuickly(const ForeignState& state,
                                               const ForeignFunction& function,
                                               const ffi::ArgumentStep& step, ObjectPtr value,
                                               std::uint64_t* block) FART_NO_SAFEPOINT_ANALYSIS {
  if (value.IsSmi()) {
    const auto given = static_cast<std::uint64_t>(value.SmiValue());
    block[step.word] = static_cast<std::uint64_t>(step.form.Value(given));
    return step.form.is_integer;
  }
  if (step.kind != ffi::NativeKind::kDouble || !IsDouble(value)) {
    return TakeObjectQuickly(state, function, step, value, block);
  }
  const NoSafepointScope quiet;
  block[step.word] = std::bit_cast<std::uint64_t>(DoubleValue(value, quiet));
  return true;
}

// The words of all arguments, which begin at arguments[1].
[[gnu::always_inline]] inline bool TakeAllQuickly(const ForeignState& state,
                                                  const ForeignFunction& function,
                                                  const ObjectPtr* arguments,
                                                  std::uint64_t* block) {
  const ObjectPtr* value = arguments;
  for (const ffi::ArgumentStep& step : function.signature->plan.arguments) {
    if (!TakeQuickly(state, function, step, *++value, block)) return false;
  }
  return true;
}

// ---- Results

// A struct or union that came in registers, in memory of its own.
[[gnu::noinline]] bool AnswerCompoundQuickly(Interpreter& interpreter, ObjectPtr* arguments,
                                             const ForeignFunction& function,
                                             const std::uint64_t* block) FART_MAY_COLLECT;

// The result of a call, of its block. Also after this has failed the block has it.
[[gnu::always_inline]] inline bool AnswerQuickly(Interpreter& interpreter, ObjectPtr* arguments,
                                                 const ForeignFunction& function,
                                                 const std::uint64_t* block) FART_MAY_COLLECT {
  const ffi::CallPlan& plan = function.signature->plan;
  if (plan.result_form.is_integer) {
    return AnswerQuickly(arguments, plan.result_form.Value(block[ffi::kFirstResultInteger]));
  }
  switch (plan.result) {
    case ffi::ResultWay::kNone:
      arguments[0] = kNull;
      return true;
    case ffi::ResultWay::kDouble:
      return AnswerQuickly(interpreter, arguments,
                           std::bit_cast<double>(block[ffi::kFirstResultFloating]));
    case ffi::ResultWay::kRegisters:
      return AnswerCompoundQuickly(interpreter, arguments, function, block);
    default:
      return false;
  }
}

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_QUICK_CALLS_H_
