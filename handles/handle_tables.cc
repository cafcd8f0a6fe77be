#include "handles/handle_tables.h"

#include <algorithm>

#include "handles/verify_text.h"

namespace fart {

HandleTables::HandleTables(RegionFlags flags, HandleOwner owner, LocalHandleKnobs knobs)
    : locals(flags, owner.isolate, knobs, &notes),
      persistents(flags, owner),
      weaks(flags, owner),
      peers(flags),
      constants(flags) {
  if (!locals.is_checked()) return;
  notes.RememberEnded();
  persistents.CloseQuickRelease();
  weaks.CloseQuickRelease();
}

ResolveResult HandleTables::ResolveTagged(HandleValue value) const {
  const ObjectPtr* slot = nullptr;
  HandleStatus status = HandleStatus::kNotAHandle;
  if (!value.IsTagged()) return {locals.Explain(value), nullptr};
  switch (value.kind()) {
    case HandleKind::kStrong:
      status = persistents.Find(value, &slot);
      break;
    case HandleKind::kImmortal:
      status = constants.Find(value, &slot);
      break;
    case HandleKind::kCheckedLocal:
      status = locals.FindChecked(value, &slot);
      break;
    case HandleKind::kWeak:
    case HandleKind::kFinalizable:
      status = HandleStatus::kWrongKind;
      break;
    case HandleKind::kErrorText:
      if (value == HandleValue::ErrorText(value.index())) status = HandleStatus::kErrorText;
      break;
    case HandleKind::kLocal:
    case HandleKind::kExternal:
      break;
  }
  return {status, slot};
}

HandleCounts HandleTables::Counts() const {
  return {
      .local = {locals.live(), locals.made()},
      .persistent = {persistents.live(), persistents.made()},
      .weak = {weaks.live(HandleKind::kWeak), weaks.made(HandleKind::kWeak)},
      .finalizable = {weaks.live(HandleKind::kFinalizable), weaks.made(HandleKind::kFinalizable)},
      .pending_callbacks = weaks.pending(),
      .table_memory = persistents.memory() + weaks.memory(),
  };
}

std::uint32_t HandleTables::HighestGeneration() const {
  return std::max(persistents.HighestGeneration(), weaks.HighestGeneration());
}

void HandleTables::Verify(VerifyReporter& reporter) const {
  locals.Verify(reporter);
  persistents.Verify(reporter);
  weaks.Verify(reporter);
  peers.Verify(reporter);
  constants.Verify(reporter);
}

bool HandleTables::IsSound() const { return HasNothingToReport(*this); }

}  // namespace fart
