#include "vm/unwind/unwind.h"

#include "vm/unwind/unwinder.h"

namespace fart {

UnwindRefusal UnwindToInnermostMark(const void* isolate, std::uint64_t entry_serial,
                                    std::uintptr_t carried_error) {
  using unwind_internal::Unwinder;
  const std::optional<UnwindRefusal> refusal = Unwinder::Refusal(isolate, entry_serial);
  if (refusal.has_value()) return *refusal;
  Unwinder::UnwindTo(*ForeignMark::Innermost(), carried_error, __builtin_return_address(0));
}

namespace unwind_internal {

std::optional<UnwindRefusal> Unwinder::Refusal(const void* isolate, std::uint64_t entry_serial) {
  const ForeignMark* const mark = ForeignMark::Innermost();
  if (mark == nullptr) return UnwindRefusal::kNoMark;
  if (mark->kind() == ForeignKind::kBarrier) return UnwindRefusal::kBarrier;
  if (mark->owner().isolate != isolate) return UnwindRefusal::kOtherIsolate;
  if (mark->owner().entry_serial != entry_serial) return UnwindRefusal::kOtherEntry;
  return std::nullopt;
}

void Unwinder::Land(ForeignMark& mark) {
  ForgetStackPoison();
  JumpTo(mark.jump_place_);
}

}  // namespace unwind_internal

}  // namespace fart
