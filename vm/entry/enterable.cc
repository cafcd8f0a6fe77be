#include "vm/entry/enterable.h"

#include <mutex>
#include <new>
#include <utility>

#include "heap/base/check.h"
#include "heap/platform/thread_end.h"
#include "vm/entry/foreign_frame.h"
#include "vm/entry/misuse.h"

namespace fart {

namespace {

// After all frames of the thread.
void LeaveWhatThreadIsInside() {
  if (Enterable::Current() != nullptr) Enterable::Current()->LeaveAtThreadEnd();
}

}  // namespace

bool Enterable::TryEnter() {
  FART_CHECK(Current() == nullptr);  // VE-I1
  const std::lock_guard<std::mutex> guard(entry_lock_);
  return TryEnterLocked();
}

bool Enterable::TryEnterLocked() {
  if (inside_ != nullptr || !MayEnterAboveFrames()) return false;
  inside_ = ThisThread();
  entry_internal::current = this;
  entry_serial_ = ++last_entry_serial_;  // VE-I2
  ForgetNativeStack();
  if (own_frames_.thread != ThisThread()) {
    own_frames_before_ =
        std::exchange(own_frames_, {.thread = ThisThread(), .others = mutator_.direct().frames});
  }
  // Where the system has no room to watch it, a thread's end goes unnoticed.
  static_cast<void>(AtThreadEnd(LeaveWhatThreadIsInside));
  return true;
}

// A thread whose frame is covered by another thread's has to wait until that one is closed.
bool Enterable::MayEnterAboveFrames() const {
  const ForeignFrame* const innermost = innermost_foreign_frame_;
  if (innermost == nullptr || innermost->thread() == ThisThread()) return true;
  for (const ForeignFrame* frame = innermost; frame != nullptr; frame = frame->previous()) {
    if (frame->thread() == ThisThread()) return false;
  }
  return true;
}

// A frame closes only while its thread is inside, which then leaves: so whoever waits for either
// looks again each time that somebody leaves.
void Enterable::Enter() {
  FART_CHECK(Current() == nullptr);  // VE-I1
  std::unique_lock<std::mutex> guard(entry_lock_);
  ++waiting_;
  left_.wait(guard, [this] { return TryEnterLocked(); });
  --waiting_;
}

bool Enterable::EnterUnless(const std::atomic<bool>& given_up) {
  FART_CHECK(Current() == nullptr);  // VE-I1
  std::unique_lock<std::mutex> guard(entry_lock_);
  const auto is_given_up = [&given_up] { return given_up.load(std::memory_order_acquire); };
  bool has_entered = false;
  ++waiting_;
  left_.wait(guard, [&] { return is_given_up() || (has_entered = TryEnterLocked()); });
  --waiting_;
  return has_entered;
}

void Enterable::AnnounceGuest() {
  const std::lock_guard<std::mutex> guard(entry_lock_);
  ++guests_;
}

bool Enterable::EnterAsGuest(std::optional<std::chrono::steady_clock::time_point> until) {
  FART_CHECK(Current() == nullptr);  // VE-I1
  std::unique_lock<std::mutex> guard(entry_lock_);
  bool has_entered = false;
  const auto is_over = [&] { return is_ending_ || (has_entered = TryEnterLocked()); };
  if (until.has_value()) {
    left_.wait_until(guard, *until, is_over);
  } else {
    left_.wait(guard, is_over);
  }
  if (--guests_ == 0 && is_ending_) left_.notify_all();  // SendGuestsAway
  return has_entered;
}

void Enterable::SendGuestsAway() {
  std::unique_lock<std::mutex> guard(entry_lock_);
  is_ending_ = true;
  left_.notify_all();
  left_.wait(guard, [this] { return guests_ == 0; });
}

void Enterable::WakeWaiting() {
  const std::lock_guard<std::mutex> guard(entry_lock_);
  left_.notify_all();
}

void ReleasedSection::Leave() {
  serial_ = enterable_->entry_serial_;
  {
    const std::lock_guard<std::mutex> guard(enterable_->entry_lock_);
    ++enterable_->released_;
  }
  enterable_->Exit();
}

void ReleasedSection::EnterAgain() {
  if (Enterable::Current() != enterable_) {
    if (Enterable* const other = Enterable::Current()) other->Exit();
    enterable_->Enter();
  }
  enterable_->entry_serial_ = serial_;
  const std::lock_guard<std::mutex> guard(enterable_->entry_lock_);
  --enterable_->released_;
}

void Enterable::Exit() {
  FART_CHECK(Current() == this);
  entry_internal::current = nullptr;
  const std::lock_guard<std::mutex> guard(entry_lock_);
  inside_ = nullptr;
  if (mutator_.direct().frames == own_frames_.others) {
    own_frames_ = std::exchange(own_frames_before_, {});
  }
  if (waiting_ + guests_ != 0) left_.notify_all();  // Under the lock: afterwards this may be gone.
}

// Frames of C code that no cleanup ends lie in a stack that nobody may walk any more.
void Enterable::LeaveAtThreadEnd() {
  thread_ended_inside_ = true;
  mutator_.direct().frames = own_frames_.others;
  RecordMisuse(kThreadEndedInside);
  if (Current() == this) Exit();  // The misuse callback may have done so.
}

void Enterable::LeaveForGood() {
  FART_CHECK(Current() == this);
  entry_internal::current = nullptr;
}

bool Enterable::IsLeft() {
  const std::lock_guard<std::mutex> guard(entry_lock_);
  return inside_ == nullptr && innermost_foreign_frame_ == nullptr && released_ == 0;
}

// ---- fork

void Enterable::BeforeFork() { entry_lock_.lock(); }
void Enterable::AfterForkInParent() { entry_lock_.unlock(); }

void Enterable::AfterForkInChild() {
  waiting_ = 0;
  guests_ = 0;
  new (&left_) std::condition_variable;  // Whoever waited is not here, and is not waited for.
  entry_lock_.unlock();
}

bool Enterable::NeedsOtherThreads() const {
  if (is_lost_in_fork_) return true;
  if (inside_ != nullptr && inside_ != ThisThread()) return true;
  for (const ForeignFrame* frame = innermost_foreign_frame_; frame != nullptr;
       frame = frame->previous()) {
    if (frame->thread() != ThisThread()) return true;
  }
  return false;
}

// Not on the stack that was assumed, or near its end.
bool Enterable::HasNativeStackSlow() {
  native_stack_ = CurrentStackBounds();
  return native_stack_.HasRoomAt(CurrentStackPlace());
}

}  // namespace fart
