#include "vm/entry/enterable.h"

#include <atomic>
#include <thread>

#include "heap/base/check.h"
#include "heap/platform/thread_stack.h"
#include "vm/entry/foreign_frame.h"

namespace fart {

namespace entry_internal {
constinit thread_local Enterable* current = nullptr;
}  // namespace entry_internal

bool Enterable::TryEnter() {
  FART_CHECK(Current() == nullptr);  // I1
  bool expected = false;
  if (!is_entered_.compare_exchange_strong(expected, true, std::memory_order_acquire,
                                           std::memory_order_relaxed)) {
    return false;
  }
  if (!MayEnterAboveFrames()) {
    is_entered_.store(false, std::memory_order_release);
    is_entered_.notify_one();
    return false;
  }
  entry_internal::current = this;
  entry_serial_ = ++last_entry_serial_;  // I2
  native_stack_limit_ = NativeStackLimit();
  return true;
}

// A thread whose frame is covered by another thread's has to wait until that one is closed.
bool Enterable::MayEnterAboveFrames() const {
  const ForeignFrame* const innermost = innermost_foreign_frame_;
  if (innermost == nullptr || innermost->thread() == &entry_internal::current) return true;
  for (const ForeignFrame* frame = innermost; frame != nullptr; frame = frame->previous()) {
    if (frame->thread() == &entry_internal::current) return false;
  }
  return true;
}

void Enterable::Enter() {
  while (!TryEnter()) {
    is_entered_.wait(true, std::memory_order_relaxed);
    std::this_thread::yield();  // left, but perhaps not to us
  }
}

void Enterable::Exit() {
  FART_CHECK(Current() == this);
  entry_internal::current = nullptr;
  is_entered_.store(false, std::memory_order_release);
  is_entered_.notify_one();
}

void Enterable::LeaveForGood() {
  FART_CHECK(Current() == this);
  entry_internal::current = nullptr;
}

}  // namespace fart
