#include "vm/entry/misuse.h"

#include <cstdlib>
#include <cstring>

#include "heap/platform/thread_text.h"
#include "vm/entry/callback_frame.h"
#include "vm/unwind/foreign_call.h"

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

constexpr const char* kTextLost = "A misuse for whose text there was no memory.";

// The callback is foreign code that a misuse may interrupt anything with. What a C++ exception out
// of it would tell has nobody to be told to.
void Tell(const char* message) {
  is_in_callback = true;
  {
    CallbackFrame frame;
    static_cast<void>(CallForeign(frame.mark(), callback.function, message, callback.data));
  }
  is_in_callback = false;
}

}  // namespace

void NoteMisuse(std::string_view message) {
  ++count;
  KeepThreadText(ThreadText::kMisuse, message);
}

void RecordMisuse(std::string_view message) {
  NoteMisuse(message);
  if (callback.function == nullptr || is_in_callback) return;
  // A copy: the record changes if the callback commits another.
  char* const told = ::strdup(LastMisuse());
  Tell(told == nullptr ? kTextLost : told);
  std::free(told);
}

const char* LastMisuse() {
  if (count == 0) return nullptr;
  const char* const kept = KeptThreadText(ThreadText::kMisuse);
  return kept != nullptr ? kept : kTextLost;
}
std::uint64_t MisuseCount() { return count; }

void SetMisuseCallback(MisuseCallback function, void* callback_data) {
  callback = {function, callback_data};
}

}  // namespace fart
