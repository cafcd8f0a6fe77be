#include "vm/entry/misuse.h"

#include <string>

#include "heap/platform/thread_text.h"
#include "vm/entry/enterable.h"
#include "vm/unwind/foreign_call.h"
#include "vm/unwind/foreign_mark.h"

namespace fart {

namespace misuse_internal {
constinit thread_local bool is_in_callback = false;
}  // namespace misuse_internal

namespace {

using misuse_internal::is_in_callback;

// Nothing here has a destructor: misuses happen before main and after it too.
constinit thread_local std::uint64_t count = 0;

constinit struct {
  MisuseCallback function = nullptr;
  void* data = nullptr;
} callback;

// The callback is foreign code that a misuse may interrupt anything with: a barrier. What a C++
// exception out of it would tell has nobody to be told to.
void Tell(const char* message) {
  const Enterable* const current = Enterable::Current();
  ForeignMark mark(ForeignKind::kBarrier, current == nullptr ? ForeignOwner() : current->AsOwner());
  is_in_callback = true;
  static_cast<void>(CallForeign(mark, callback.function, message, callback.data));
  is_in_callback = false;
}

}  // namespace

void RecordMisuse(std::string_view message) {
  ++count;
  const char* const kept = KeepThreadText(ThreadText::kMisuse, message);
  if (callback.function == nullptr || is_in_callback) return;
  const std::string told = kept;  // stays as it is if the callback commits another
  Tell(told.c_str());
}

const char* LastMisuse() {
  if (count == 0) return nullptr;
  const char* const kept = KeptThreadText(ThreadText::kMisuse);
  return kept != nullptr ? kept : "A misuse for whose text there was no memory.";
}
std::uint64_t MisuseCount() { return count; }

void SetMisuseCallback(MisuseCallback function, void* callback_data) {
  callback = {function, callback_data};
}

}  // namespace fart
