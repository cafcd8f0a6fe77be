// Enterable -- who is inside an isolate, and how deep in foreign code.
//
// The narrowest of the three things that an isolate is (Isolate : ObjectMemory : Enterable): what a
// call into foreign code needs, and nothing of objects or programs.
//
// Invariants
//   VE-I1 one inside   at most one thread is inside an isolate, and a thread is inside at most one.
//                      Enter acquires what the last Exit released. A thread that ends inside has
//                      left, and so have its frames of roots.
//   VE-I2 entries      each entry has a serial of its own; a foreign call remembers its entry's.
//   VE-I3 callbacks    while a callback of a dead handle runs, IsInCallback() is true and whatever
//                      may collect, throw, enter, exit or shut down must be refused.
//
// Not here: the frame around a foreign call (foreign_frame.h).

#ifndef FART_VM_ENTRY_ENTERABLE_H_
#define FART_VM_ENTRY_ENTERABLE_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

#include "handles/handle_tables.h"
#include "heap/mutator.h"
#include "heap/platform/thread_stack.h"
#include "vm/current/current.h"
#include "vm/entry/misuse.h"
#include "vm/roots/execution_stack.h"
#include "vm/unwind/foreign_mark.h"

namespace fart {

class ForeignFrame;

class Enterable {
 public:
  Enterable(const Enterable&) = delete;
  Enterable& operator=(const Enterable&) = delete;

  // The one this thread is inside of, or null.
  static Enterable* Current() { return entry_internal::current; }
  // Stands for the calling thread; only to be compared.
  static const void* ThisThread() { return &entry_internal::current; }
  // False: another thread is inside, or in the middle of a foreign call made above one of this
  // thread's (frames close innermost first). This thread must be inside none.
  [[nodiscard]] bool TryEnter();
  // Waits, without using processor time, for another thread to leave.
  void Enter();
  // The same, but no longer than until somebody sets `given_up` and then calls WakeWaiting: false.
  [[nodiscard]] bool EnterUnless(const std::atomic<bool>& given_up);
  void WakeWaiting();

  // ---- For threads that wait for what may be ended meanwhile: announced while it cannot end.
  void AnnounceGuest();
  // Waits until nobody is inside, no longer than that (steady time), nor until it ends: then false.
  // Afterwards this thread is announced no more.
  [[nodiscard]] bool EnterAsGuest(std::optional<std::chrono::steady_clock::time_point> until);
  // No guest is announced any more: those that wait are sent away.
  void SendGuestsAway();

  // This thread must be inside.
  void Exit();
  std::uint64_t entry_serial() const { return entry_serial_; }
  // This thread, inside, goes on in an entry of its own that it had left. (VE-I2)
  void ResumeEntry(std::uint64_t serial) { entry_serial_ = serial; }
  // As a foreign call's mark names it.
  ForeignOwner AsOwner() const {
    return {.isolate = this, .entry_serial = entry_serial_, .links = &mutator_.direct().frames};
  }

  // The misuse callback of this thread counts. (VE-I3)
  bool IsInCallback() const { return callback_depth_ != 0 || IsInMisuseCallback(); }

  // The C stack of the thread inside: false when calling deeper might overflow it. Asked by whoever
  // recurses through C++ (a native call, an interpreter entered again).
  bool HasNativeStack() {
    if (native_stack_.HasRoomAt(CurrentStackPlace())) [[likely]]
      return true;
    return HasNativeStackSlow();
  }
  // Nobody is inside, nor will be again before a call into foreign code ends.
  bool IsLeft();

  // ---- For fork: keeps it from being entered or left until one of the others.
  void BeforeFork();
  void AfterForkInParent();
  void AfterForkInChild();
  // In the child: another thread was inside, or has a frame here. It is of no use to anybody.
  bool NeedsOtherThreads() const;
  // So it does, for a reason that others know of.
  void LoseInFork() { is_lost_in_fork_ = true; }

  // Whether a thread has ended inside since this was last asked.
  bool TakeThreadEndedInside() { return std::exchange(thread_ended_inside_, false); }

  // The bounds assumed so far count no longer.
  void ForgetNativeStack() { native_stack_ = {}; }

  // The innermost running call into foreign code, on whatever thread; null if there is none.
  ForeignFrame* innermost_foreign_frame() const { return innermost_foreign_frame_; }

  // The calling thread, which is inside, ends: as Exit, and recorded.
  void LeaveAtThreadEnd();

 protected:
  // None is looked at before somebody enters: they are made later than this.
  Enterable(HandleTables& handles, ExecutionStack& stack, Mutator& mutator)
      : handles_(handles), stack_(stack), mutator_(mutator) {}
  ~Enterable() = default;

  // This thread is inside, and what it is inside of is being destroyed.
  void LeaveForGood();

 private:
  friend class CallbackSection;
  friend class HiddenSection;
  friend class ForeignFrame;
  friend class ReleasedSection;

  bool MayEnterAboveFrames() const;
  bool TryEnterLocked();
  // Whose frames of roots are the innermost, and what is next further out: others' frames.
  struct OwnFrames {
    const void* thread = nullptr;
    StackLink* others = nullptr;
  };
  [[gnu::noinline, gnu::cold]] bool HasNativeStackSlow();

  HandleTables& handles_;
  ExecutionStack& stack_;
  Mutator& mutator_;
  std::mutex entry_lock_;
  std::condition_variable left_;
  // Under the lock. Whose thread is inside (ThisThread), or null.
  const void* inside_ = nullptr;
  int waiting_ = 0;  // threads in Enter
  int guests_ = 0;   // announced; they may be waiting too
  bool is_ending_ = false;
  int released_ = 0;  // ReleasedSections
  bool thread_ended_inside_ = false;
  bool is_lost_in_fork_ = false;
  std::uint64_t entry_serial_ = 0;
  std::uint64_t last_entry_serial_ = 0;
  StackBounds native_stack_;
  ForeignFrame* innermost_foreign_frame_ = nullptr;
  int callback_depth_ = 0;
  OwnFrames own_frames_;
  OwnFrames own_frames_before_;  // once the thread that entered last has none any more
};

// As long as this lives, a callback is running. (VE-I3)
class CallbackSection {
 public:
  explicit CallbackSection(Enterable& enterable) : enterable_(enterable) {
    ++enterable_.callback_depth_;
    enterable_.mutator_.HideArea();  // H-D2
  }
  ~CallbackSection() {
    if (--enterable_.callback_depth_ == 0) enterable_.mutator_.ShowArea();
  }
  CallbackSection(const CallbackSection&) = delete;
  CallbackSection& operator=(const CallbackSection&) = delete;

 private:
  Enterable& enterable_;
};

// As long as this lives, this thread, which is inside, seems to be inside of none, and nobody else
// can enter: for callbacks that may not touch what is being looked at.
class HiddenSection {
 public:
  explicit HiddenSection(Enterable& enterable) : callback_(enterable), enterable_(enterable) {
    entry_internal::current = nullptr;
  }
  ~HiddenSection() { entry_internal::current = &enterable_; }
  HiddenSection(const HiddenSection&) = delete;
  HiddenSection& operator=(const HiddenSection&) = delete;

 private:
  const CallbackSection callback_;
  Enterable& enterable_;
};

// As long as this lives, this thread has left, so that others may enter; then it is inside again,
// in the same entry (VE-I2), whatever it is inside of by then. Null: nothing happens.
class ReleasedSection {
 public:
  explicit ReleasedSection(Enterable* enterable) : enterable_(enterable) {
    if (enterable_ != nullptr) [[unlikely]]
      Leave();
  }
  ~ReleasedSection() {
    if (enterable_ != nullptr) [[unlikely]]
      EnterAgain();
  }
  ReleasedSection(const ReleasedSection&) = delete;
  ReleasedSection& operator=(const ReleasedSection&) = delete;

 private:
  [[gnu::noinline]] void Leave();
  [[gnu::noinline]] void EnterAgain();

  Enterable* const enterable_;
  std::uint64_t serial_ = 0;
};

}  // namespace fart

#endif  // FART_VM_ENTRY_ENTERABLE_H_
