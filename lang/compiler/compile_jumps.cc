// FunctionCompiler -- return, break, continue, rethrow, try, catch, finally.
//
// A `finally` block is written once (FinallyFrame). Copying it to every place that leaves its `try`
// would be simpler, but blocks nested in `finally` blocks would double with each level.

#include <algorithm>
#include <cstddef>
#include <utility>

#include "lang/compiler/function_compiler_impl.h"

namespace fart::lang {

FunctionCompiler::FinallyFrame* FunctionCompiler::FinallyInside(std::size_t position) {
  for (std::size_t i = frames_.size(); i > position; --i) {
    if (frames_[i - 1].finally != nullptr) return frames_[i - 1].finally;
  }
  return nullptr;
}

void FunctionCompiler::LeaveThrough(FinallyFrame& frame, const void* key,
                                    std::function<void()> exit) {
  const auto known = std::find_if(frame.exits.begin(), frame.exits.end(),
                                  [key](const FinallyFrame::Exit& e) { return e.key == key; });
  const auto number = static_cast<std::int32_t>(known - frame.exits.begin()) + kFirstExit;
  if (known == frame.exits.end()) frame.exits.push_back({key, std::move(exit)});
  code_.EmitSmi(number);
  code_.Emit(Opcode::kStoreLocal, frame.completion_slot);
  code_.EmitJump(Opcode::kJump, *frame.label);
}

// ---- Jumps --------------------------------------------------------------------------------------

void FunctionCompiler::JumpOut(std::size_t position, Label& label) {
  FinallyFrame* frame = FinallyInside(position + 1);
  if (frame == nullptr) return code_.EmitJump(Opcode::kJump, label);
  // When the exit is written, this frame is left, and the same question leads to the next one.
  LeaveThrough(*frame, &label, [this, position, &label] { JumpOut(position, label); });
}

void FunctionCompiler::ReturnTop() {
  FinallyFrame* frame = FinallyInside(0);
  if (frame == nullptr) return code_.Emit(Opcode::kReturn);
  const std::uint32_t slot = frame->value_slot;
  code_.Emit(Opcode::kStoreLocal, slot);
  LeaveThrough(*frame, frame, [this, slot] {
    code_.Emit(Opcode::kLoadLocal, slot);
    ReturnTop();
  });
}

void FunctionCompiler::VisitReturn(const ast::Return& node) {
  const bool is_constructor = function_.kind == FunctionKind::kGenerativeConstructor;
  if (node.value != nullptr) {
    if (is_constructor) return Fail(node.offset, "A constructor cannot return a value.");
    ExpectReturn(node.value);
    Value(node.value);
    CheckResult(node.value);
  } else if (is_constructor) {
    code_.Emit(Opcode::kLoadLocal, 0);
  } else {
    code_.Emit(Opcode::kPushNull);
  }
  At(node.offset);
  ReturnTop();
}

// Whoever resumes a generator says whether it is to end here, as if by `return`.
void FunctionCompiler::VisitYield(const ast::Yield& node) {
  Value(node.value);
  At(node.offset);
  EmitSuspend(node.is_each ? SuspendKind::kYieldEach : SuspendKind::kYield);
  Label goes_on;
  code_.EmitJump(Opcode::kJumpIfFalse, goes_on);
  code_.Emit(Opcode::kPushNull);
  ReturnTop();
  code_.Bind(goes_on);
}

void FunctionCompiler::VisitBreak(const ast::Break& node) {
  At(node.offset);
  for (std::size_t i = frames_.size(); i > 0; --i) {
    const JumpFrame& frame = frames_[i - 1];
    const bool is_meant = node.label.empty() ? frame.takes_plain_break
                                             : std::find(frame.labels.begin(), frame.labels.end(),
                                                         node.label) != frame.labels.end();
    if (is_meant) return JumpOut(i - 1, *frame.break_label);
  }
  Fail(node.offset, node.label.empty() ? "This 'break' is in no loop or switch."
                                       : "There is no label '" + node.label + "' around this.");
}

void FunctionCompiler::VisitContinue(const ast::Continue& node) {
  At(node.offset);
  for (std::size_t i = frames_.size(); i > 0; --i) {
    const JumpFrame& frame = frames_[i - 1];
    for (const auto& [label, number] : frame.case_labels) {
      if (node.label.empty() || label != node.label) continue;
      code_.EmitSmi(number);
      code_.Emit(Opcode::kStoreLocal, frame.case_slot);
      return JumpOut(i - 1, *frame.continue_label);
    }
    const bool has_label =
        std::find(frame.labels.begin(), frame.labels.end(), node.label) != frame.labels.end();
    if (frame.is_loop && (node.label.empty() || has_label)) {
      return JumpOut(i - 1, *frame.continue_label);
    }
  }
  Fail(node.offset, node.label.empty() ? "This 'continue' is in no loop."
                                       : "There is no loop '" + node.label + "' around this.");
}

void FunctionCompiler::VisitRethrow(const ast::Rethrow& node) {
  if (catches_.empty()) return Fail(node.offset, "This 'rethrow' is in no catch clause.");
  At(node.offset);
  code_.Emit(Opcode::kRethrow, catches_.back().exception_slot, catches_.back().trace_slot);
}

// ---- Try ----------------------------------------------------------------------------------------

void FunctionCompiler::VisitTry(const ast::Try& node) {
  const SlotScope slots(*this);
  if (node.finally_block != nullptr) return VisitFinally(node);
  VisitTryCatch(node);
}

void FunctionCompiler::VisitTryCatch(const ast::Try& node) {
  const SlotScope slots(*this);
  const CatchFrame frame{TakeSlot(), TakeSlot()};
  Label after;
  const std::uint32_t start = code_.Here();
  {
    const MetErrors::Place place(context_.met, MetErrors::IsPlace(node));
    VisitInScope(node.body);
  }
  const std::uint32_t end = code_.Here();
  code_.EmitJump(Opcode::kJump, after);
  // Where nothing can throw, the clauses are no code, but may be wrong all the same.
  code_.BeginHandler(start, end, frame.exception_slot, frame.trace_slot);
  for (const ast::CatchClause& clause : node.catches) VisitCatch(clause, frame, after);
  // No clause wanted it.
  code_.Emit(Opcode::kRethrow, frame.exception_slot, frame.trace_slot);
  code_.Bind(after);
}

void FunctionCompiler::VisitCatch(const ast::CatchClause& clause, const CatchFrame& frame,
                                  Label& after) {
  const SlotScope slots(*this);
  Label other;
  At(clause.offset);
  if (clause.type != nullptr) {
    code_.Emit(Opcode::kLoadLocal, frame.exception_slot);
    const MetErrors::Place place(context_.met, true);  // LC-M1
    AskForType(Opcode::kIsType, *clause.type);
    code_.EmitJump(Opcode::kJumpIfFalse, other);
  }
  if (clause.exception != nullptr) {
    code_.Emit(Opcode::kLoadLocal, frame.exception_slot);
    DeclareVariable(*clause.exception);
  }
  if (clause.trace != nullptr) {
    code_.Emit(Opcode::kLoadLocal, frame.trace_slot);
    DeclareVariable(*clause.trace);
  }
  catches_.push_back(frame);
  VisitInScope(clause.body);
  catches_.pop_back();
  code_.EmitJump(Opcode::kJump, after);
  code_.Bind(other);
}

void FunctionCompiler::VisitFinally(const ast::Try& node) {
  Label label;
  FinallyFrame frame{TakeSlot(), TakeSlot(), TakeSlot(), &label, {}};
  JumpFrame jump_frame;
  jump_frame.finally = &frame;
  frames_.push_back(jump_frame);

  const std::uint32_t start = code_.Here();
  if (node.catches.empty()) {
    VisitInScope(node.body);
  } else {
    VisitTryCatch(node);
  }
  code_.EmitSmi(kNormalExit);
  code_.Emit(Opcode::kStoreLocal, frame.completion_slot);
  code_.EmitJump(Opcode::kJump, label);
  if (code_.BeginHandler(start, code_.Here(), frame.value_slot, frame.trace_slot)) {
    code_.EmitSmi(kThrowExit);
    code_.Emit(Opcode::kStoreLocal, frame.completion_slot);
  }
  LeaveFrame();
  code_.Bind(label);
  VisitInScope(node.finally_block);

  const auto when = [this, &frame](std::int32_t completion, const std::function<void()>& exit) {
    Label other;
    code_.Emit(Opcode::kLoadLocal, frame.completion_slot);
    code_.EmitJump(Opcode::kJumpIfNotSmi, static_cast<std::uint32_t>(completion), other);
    exit();
    code_.Bind(other);
  };
  when(kThrowExit, [&] { code_.Emit(Opcode::kRethrow, frame.value_slot, frame.trace_slot); });
  for (std::size_t i = 0; i < frame.exits.size(); ++i) {
    when(static_cast<std::int32_t>(i) + kFirstExit, frame.exits[i].emit);
  }
}

}  // namespace fart::lang
