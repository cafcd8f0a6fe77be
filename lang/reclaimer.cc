#include "lang/reclaimer.h"

#include <algorithm>
#include <new>

#include "lang/linker/layout.h"
#include "vm/native/libraries.h"
#include "vm/values/lists.h"

namespace fart::lang {

// ---- Who is reached -----------------------------------------------------------------------------

void Reclaimer::Reach(Edition* edition) {
  if (edition == nullptr || edition->is_reached) return;
  edition->is_reached = true;
  reached_.push_back(edition);
}

void Reclaimer::ReachFramesOf(ObjectPtr trace, const NoSafepointScope& quiet) {
  const ObjectPtr frames = *SlotAt(trace, kTraceFramesOffset, quiet);
  if (frames.is_null()) return;
  const ListElements elements = ElementsOf(frames, quiet);
  for (std::size_t i = 0; i + 1 < elements.length; i += 2) {
    const auto* const function = FromWord<const Function>(elements.first[i]);
    if (function != nullptr) Reach(function->edition());
  }
}

void Reclaimer::VisitObject(ObjectPtr object) {
  const NoSafepointScope quiet;
  const ShapeInfo& info = isolate_.shapes()[ShapeIdOf(object)];
  switch (info.kind) {
    case ShapeKind::kInstance:
      ReachClass(static_cast<const Class*>(info.owner));
      return ReachClassesOf(interpreter_.TypeArgumentsOf(object, quiet));
    case ShapeKind::kArray:
    case ShapeKind::kGrowableList:
      return ReachClassesOf(interpreter_.TypeArgumentsOf(object, quiet));
    case ShapeKind::kClosure:
      Reach(interpreter_.FunctionOfClosure(object, quiet)->edition());
      return ReachClassesOf(interpreter_.TypeArgumentsAround(object, quiet));
    case ShapeKind::kType:
      static_cast<void>(AnyClassIn(*linker_.TypeOfNumber(TypeNumberOf(object, quiet)), reach_));
      return;
    case ShapeKind::kLibrary:
      return Reach(loader_.EditionOfNumber(LibraryNumberOf(object, quiet)));
    case ShapeKind::kStackTrace:
      return ReachFramesOf(object, quiet);
    default:
      return;
  }
}

bool Reclaimer::VisitMore(SlotVisitor& visitor) {
  if (reached_.empty()) return false;
  Edition* const edition = reached_.back();
  reached_.pop_back();
  edition->slots.VisitSlots(visitor);
  return true;
}

bool Reclaimer::FindUnreached(CensusWeaks weaks, std::vector<Edition*>* unreached) {
  const auto& retired = loader_.retired();
  unreached->clear();
  unreached->reserve(retired.size());
  reached_.clear();
  reached_.reserve(retired.size() + 1);
  for (const auto& edition : retired) edition->is_reached = false;
  for (const auto& edition : retired) {
    if (edition->is_kept) Reach(edition.get());
  }
  if (Edition* const current = loader_.current_edition()) {
    current->is_reached = false;
    Reach(current);
  }
  if (const fart::Library* const root = isolate_.libraries().root()) {
    Reach(loader_.EditionOfNumber(root->number));  // A host may have set an earlier one.
  }
  interpreter_.ForEachFrame([this](const Function& function, const TypeArguments* arguments) {
    Reach(function.edition());
    ReachClassesOf(arguments);
  });
  {
    const RootTable::HoldingGroupsBack holding(isolate_.roots());
    if (!isolate_.gc().TakeCensus(weaks, *this)) return false;
  }
  for (const auto& edition : retired) {
    if (!edition->is_reached) unreached->push_back(edition.get());
  }
  return true;
}

// ---- Endings ------------------------------------------------------------------------------------

void Reclaimer::End(const std::vector<Edition*>& editions) {
  if (editions.empty()) return;
  interpreter_.Forget(editions);
  linker_.Forget(editions, interpreter_.IsRunning());
  loader_.End(editions);
}

// L-R1. The second census is for the hosts that watch objects of earlier scripts: peers,
// finalizers.
void Reclaimer::EndUnreached() {
  std::vector<Edition*> unreached;
  if (!FindUnreached(CensusWeaks::kCount, &unreached)) return;
  End(unreached);
  if (loader_.retired().empty()) return;
  if (!FindUnreached(CensusWeaks::kIgnored, &unreached) || unreached.empty()) return;
  for (Edition* const edition : unreached) edition->slots.Clear();
  isolate_.mutator().CollectGarbage(GcKind::kMajor, GcReason::kRequested);
  if (FindUnreached(CensusWeaks::kCount, &unreached)) End(unreached);
}

// L-R2, L-R3
void Reclaimer::PlanNext() {
  const std::size_t left = loader_.retired_weight();
  const Heap& heap = isolate_.heap();
  const std::size_t walked = (heap.OldUsed() + heap.large().used()).value();
  due_at_ = left + std::max({kAlwaysAllowed, left, walked / 8});
}

void Reclaimer::Run() {
  if (loader_.IsLoading()) return;
  try {
    EndUnreached();
  } catch (const std::bad_alloc&) {  // Later, then.
  }
  PlanNext();
}

}  // namespace fart::lang
