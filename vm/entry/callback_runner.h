// CallbackRunnerOfIsolate -- runs the callbacks of dead handles (H-C2, G-C4), those around
// collections, and the one that may raise the heap limit.
//
// Callbacks are foreign code behind a barrier: nothing may unwind out of one. The collector calls
// outside the pause, for dead handles one slice at a time; the isolate calls for all that is left
// of those when it ends.
//
// Not here: who finds the dead (gc) and keeps the queue (handles/weak_handles.h).

#ifndef FART_VM_ENTRY_CALLBACK_RUNNER_H_
#define FART_VM_ENTRY_CALLBACK_RUNNER_H_

#include <atomic>
#include <cstdint>

#include "gc/controller.h"
#include "handles/weak_handles.h"
#include "heap/base/units.h"
#include "vm/entry/enterable.h"
#include "vm/entry/foreign_types.h"

namespace fart {

class CallbackRunnerOfIsolate final : public CallbackRunner {
 public:
  // `callback_data` is the isolate's, which its callbacks get.
  CallbackRunnerOfIsolate(Enterable& owner, WeakHandles& weaks, void* callback_data)
      : owner_(owner), weaks_(weaks), callback_data_(callback_data) {}

  // CallbackRunner
  bool HasPending() const override;
  void RunSlice(std::int64_t slice_ns) override;
  void BeforeCollection() override { RunAround(prologue_); }
  void AfterCollection() override {
    RunAround(epilogue_);
    RunLook();
  }
  ByteCount RaiseLimit(ByteCount limit) override;

  void RunAll();

  // ---- The host's; null: none.
  GcCallback prologue() const { return prologue_; }
  GcCallback epilogue() const { return epilogue_; }
  void SetAroundCollections(GcCallback prologue, GcCallback epilogue) {
    prologue_ = prologue;
    epilogue_ = epilogue;
  }
  void SetNearHeapLimit(NearHeapLimitCallback callback, void* data) {
    near_heap_limit_ = callback;
    near_heap_limit_data_ = data;
  }

  // ---- Looking (vm/inspect): `look` runs once a request, on the thread that is inside, where
  // nothing moves: behind the next collection, or where a thread that has nothing to do calls
  // RunLook.
  using Look = void (*)(Enterable& owner);
  void SetLook(Look look) { look_ = look; }
  void RequestLook() { is_look_requested_.store(true, std::memory_order_relaxed); }  // any thread
  void RunLook() {
    if (!is_look_requested_.load(std::memory_order_relaxed)) [[likely]]
      return;
    if (is_look_requested_.exchange(false) && look_ != nullptr) look_(owner_);
  }

  // Callbacks that have run since the isolate was made.
  std::uint64_t run() const { return run_; }

 private:
  int RunBatch(int most);
  void RunAround(GcCallback callback);

  Enterable& owner_;
  WeakHandles& weaks_;
  void* const callback_data_;
  std::uint64_t run_ = 0;
  Look look_ = nullptr;
  std::atomic<bool> is_look_requested_{false};
  GcCallback prologue_ = nullptr;
  GcCallback epilogue_ = nullptr;
  NearHeapLimitCallback near_heap_limit_ = nullptr;
  void* near_heap_limit_data_ = nullptr;
};

}  // namespace fart

#endif  // FART_VM_ENTRY_CALLBACK_RUNNER_H_
