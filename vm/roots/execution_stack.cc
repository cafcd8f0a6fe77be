#include "vm/roots/execution_stack.h"

#include <algorithm>

namespace fart {

ExecutionStack::ExecutionStack(ByteCount size)
    : memory_(VirtualMemory::Reserve(
          std::max(size, kSlack * 2).RoundedUpTo(VirtualMemory::PageSize().value()),
          VirtualMemory::PageSize())) {
  if (memory_.is_empty()) return;
  // Committed as a whole: pages that no frame ever reached cost nothing, if they are small.
  memory_.PreferSmallPages(memory_.start(), memory_.size());
  if (!memory_.Commit(memory_.start(), memory_.size())) return;
  base_ = memory_.start().As<ObjectPtr>();
  top_ = base_;
  end_ = memory_.end().As<ObjectPtr>();
  soft_limit_ = (memory_.end() - kSlack).As<ObjectPtr>();
  EndInterrupt();
}

void ExecutionStack::VisitSlots(SlotSet, SlotVisitor& visitor) {
  if (top_ != base_) visitor.VisitSlots(RootKind::kStack, base_, top_);
}

void ExecutionStack::Verify(VerifyReporter& reporter) const {
  if (top_ < base_ || top_ > end_) reporter.Report("VR-E3 stacked", "the top is outside the stack");
}

}  // namespace fart
