// NativeCallback -- a function of a program that C can call, and the way in.
//
//     C -> stub (callback_stubs.h) -> EnterCallback: which thread is this? -> NativeCallback::Run,
//     inside
//
// | kind | inside its isolate | elsewhere |
// |---|---|---|
// | kLocal | runs | refused |
// | kListener | posts its arguments to the isolate's event loop | the same |
// | kBlocking | runs | enters the isolate, waiting for that, runs, leaves |
//
// A thread that has left the isolate for the time of a call (CallKind::kReleasing) enters it again.
// What is refused, or ends in an error, gives C the exceptional result, and is reported. C that is
// to have a Handle is given the error's own instead, and nothing is reported.
//
// Invariants
//   VF-N1 inside    Run is called with its isolate current, outside callbacks of dead handles and
//                   leaf calls, and never after Close.
//   VF-N2 ended     when EndCallbacks has returned, no thread waits to enter for a callback, nor
//   will
//                   one: the isolate may go.
//   VF-N3 errno     C finds errno as it was when it called.
//   VF-N4 stopping  an error that no program may catch goes on when the call into C returns,
//   whatever
//                   the callback's policy is.
//
// Not here: which function runs, and what its values are (lang/natives).

#ifndef FART_VM_FFI_NATIVE_CALLBACK_H_
#define FART_VM_FFI_NATIVE_CALLBACK_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "heap/base/safepoint.h"
#include "vm/ffi/call_plan.h"
#include "vm/ffi/callback_stubs.h"
#include "vm/isolate.h"
#include "vm/roots/rooted.h"
#include "vm/values/send_port.h"

namespace fart::ffi {

enum class CallbackKind : std::uint8_t { kLocal, kListener, kBlocking };

// What becomes of an exception that a callback throws, besides the exceptional result.
enum class CallbackErrors : std::uint8_t {
  kReport,         // It is reported.
  kThrowAtReturn,  // It is thrown where the program called C, when that returns.
  kUnwind,         // The same at once: the frames of C are unwound, destructors run.
};

// What the callbacks of an isolate share: whether it can still be entered.
class CallbackGate {
 public:
  explicit CallbackGate(Isolate& isolate) : isolate_(isolate) {}
  CallbackGate(const CallbackGate&) = delete;
  CallbackGate& operator=(const CallbackGate&) = delete;

  // Only while it is the isolate's thread that asks, or a Visit lives.
  Isolate& isolate() const { return isolate_; }
  bool has_ended() const { return has_ended_.load(std::memory_order_acquire); }
  // VF-N2. On the thread inside.
  void End();

 private:
  friend class Visit;

  Isolate& isolate_;
  std::atomic<bool> has_ended_{false};
  std::mutex lock_;
  std::condition_variable left_;
  int visits_ = 0;  // Under the lock.
};

struct CallbackResult {
  std::uint64_t integer = 0;
  std::uint64_t floating = 0;
};

class NativeCallback {
 public:
  struct Options {
    CallbackKind kind = CallbackKind::kLocal;
    CallbackErrors errors = CallbackErrors::kReport;
    CallPlan plan;
    CallbackResult exceptional;  // Of a compound: zeros; of a Handle: the error, or none.
    PortId port = kNoPort;       // kListener
    // kListener: the bytes of each argument that is a compound, of others 0; empty: none is
    // one. Posted is a list of words, of a compound as many as its bytes need.
    std::vector<std::uint32_t> compound_sizes;
    std::string name;  // for reports
  };

  NativeCallback(std::shared_ptr<CallbackGate> gate, Options options)
      : gate_(std::move(gate)), options_(std::move(options)) {}
  virtual ~NativeCallback() = default;
  NativeCallback(const NativeCallback&) = delete;
  NativeCallback& operator=(const NativeCallback&) = delete;

  CallbackGate& gate() const { return *gate_; }
  const Options& options() const { return options_; }

  // ---- Inside the isolate
  bool is_closed() const { return is_closed_; }
  void SetClosed() { is_closed_ = true; }
  // Calls it, and writes the result where C finds it. The outcome is kTrue, or an error; the result
  // is of no interest then.
  virtual Outcome Run(Registers* registers, const std::uint64_t* stack) FART_MAY_COLLECT = 0;

 private:
  const std::shared_ptr<CallbackGate> gate_;
  const Options options_;
  bool is_closed_ = false;
};

// Nothing: all stubs are in use. The callback is deleted when it has been closed and its last call
// has ended, on whatever thread that is.
std::optional<StubId> OpenCallback(std::unique_ptr<NativeCallback> callback);
// On the isolate's thread. False: it had been closed.
bool CloseCallback(StubId id);

}  // namespace fart::ffi

#endif  // FART_VM_FFI_NATIVE_CALLBACK_H_
