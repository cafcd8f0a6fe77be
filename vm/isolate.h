// Isolate -- composition root: the memory of objects, and whose program runs on it.
//
// It is three things, each a class that knows only the ones below: who is inside (enterable.h), the
// memory of objects (object_memory.h), and here the program, its libraries and its messages. What
// lies below takes the narrowest of the three.
//
// Members are declared in dependency order and made in it; nothing is wired up later. The program
// comes last, when all else works, made by the factory that the creator hands in. Others find an
// isolate (isolate_registry.h) when it is whole, and until it begins to end.
//
// Not here: calls into foreign code (native_call.h); the language (program.h).

#ifndef FART_VM_ISOLATE_H_
#define FART_VM_ISOLATE_H_

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "heap/base/safepoint.h"
#include "vm/entry/foreign_types.h"
#include "vm/exit_messages.h"
#include "vm/isolate_number.h"
#include "vm/memory/flags.h"
#include "vm/memory/object_memory.h"
#include "vm/native/libraries.h"
#include "vm/places.h"
#include "vm/port/message_queue.h"
#include "vm/program.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/send_port.h"
#include "vm/values/symbol_table.h"

namespace fart {

class WakeSignal;

// What a request to stop means; one that asks for more supersedes.
enum class StopKind : std::uint8_t {
  kNone,
  kRunning,  // what runs now; nothing if nothing does
  kNext,     // what runs now, or else what runs next
  kForGood,  // whatever runs, from now on
};

struct IsolateOptions {
  Flags flags = {};
  std::string name = "isolate";  // for messages
  void* callback_data = nullptr;
  ByteCount stack_size = kDefaultStackSize;
  ProgramFactory program = MakeNoProgram;
};

class Isolate : public ObjectMemory {
 public:
  // The thread is inside no isolate; afterwards it is inside the new one. Null: *error says why.
  static std::unique_ptr<Isolate> Create(const IsolateOptions& options,
                                         std::string* error) FART_MAY_COLLECT;
  // Ends it: its ports close, then the program ends, every callback that is left runs, and heap and
  // handles go.
  // This thread is inside it or inside none, and no foreign call of it is running.
  ~Isolate();

  // The one this thread is inside of, or null: only isolates are entered.
  static Isolate* Current() { return static_cast<Isolate*>(Enterable::Current()); }

  // ---- Parts
  SymbolTable& symbols() { return symbols_; }
  LibraryTable& libraries() { return libraries_; }
  Program& program() { return *program_; }
  // False while the isolate is being made.
  bool has_program() const { return program_ != nullptr; }
  Places& places() { return places_; }
  MessageQueue& messages() { return *messages_; }
  // Of every isolate one, open from the beginning; it does not keep a loop running.
  PortId main_port() const { return main_port_; }
  const std::string& name() const { return name_; }
  // What a host has in place of it: no address, and no other isolate's ever.
  ForeignIsolate foreign() const { return number_.foreign; }
  const IsolateNumber& number() const { return number_; }
  void* callback_data() const { return callback_data_; }

  // ---- Stopping (from any thread that knows that the isolate is there)
  // Its loop ends with an error, and so does code of the program at its next call or turn of a
  // loop.
  void RequestStop(StopKind kind = StopKind::kForGood);
  // It may run code of the program again.
  void ForgetStop() { ForgetStopUpTo(StopKind::kForGood); }
  bool IsStopRequested() const { return stack().IsInterrupted(); }
  // Whether it is to run nothing any more.
  bool IsStoppedForGood();
  // Who has this capability may stop it for good; 0: nobody. What asks for that, any thread.
  void SetEndingCapability(std::int64_t id) { ending_capability_ = id; }
  bool EndsBy(std::int64_t id) const { return id != 0 && id == ending_capability_; }
  // What is sent when it has ended. Any thread that knows that the isolate is there.
  ExitMessages& exit_messages() { return exit_messages_; }
  // Raised by requests to stop from now on, at once if there is one; null for none. What waits on
  // this thread for anything but messages has one.
  void SetStopSignal(const WakeSignal* signal);
  // What those who are stopped come to; `stack_trace` may be null.
  Outcome NewStopError(Rooted stack_trace) FART_MAY_COLLECT;

  // Whether the VM handles its messages and ends it (spawn.h).
  bool is_spawned() const { return is_spawned_; }
  void SetSpawned() { is_spawned_ = true; }
  // Whether its program may ask for other isolates: until it ends (EndSpawning).
  bool may_spawn() const { return may_spawn_; }
  void ForbidSpawning() { may_spawn_ = false; }
  // Whether its event loop is to leave it while it waits: for callbacks that enter it on threads of
  // their own (vm/ffi/native_callback.h).
  bool waits_outside() const { return waits_outside_; }
  void WaitOutside() { waits_outside_ = true; }
  // What its program leaves for the finalizers of objects: given up when the last one has run.
  void KeepUntilEnd(std::shared_ptr<void> kept) { kept_.push_back(std::move(kept)); }
  // Somebody wants to look at it (CallbackRunnerOfIsolate::SetLook). Any thread that knows that it
  // is there.
  void RequestLook() {
    callbacks().RequestLook();
    messages_->Wake();
  }
  // What was looked at of it, for later, by numbers that no other isolate gives. (vm/inspect)
  std::uint64_t KeepLook(std::shared_ptr<const void> look);
  // Null: there is none.
  const void* FindLook(std::uint64_t number) const;
  // False: there is none.
  bool DropLook(std::uint64_t number) { return looks_.erase(number) != 0; }
  // Whether the host has said that its script is loaded. False: it had been said before.
  bool MakeRunnable() { return !std::exchange(is_runnable_, true); }

 private:
  friend class ProgramSection;

  Isolate(const IsolateOptions& options, const IsolateNumber& number);
  void ForgetStopUpTo(StopKind kind);
  void PrintStatistics();
  // False: there is no memory for them.
  [[nodiscard]] bool DefineConstants() FART_MAY_COLLECT;

  const IsolateNumber number_;
  const std::string name_;
  void* const callback_data_;
  SymbolTable symbols_;
  const WeakRegistration symbols_registration_;
  const std::shared_ptr<MessageQueue> messages_;
  const PortId main_port_;
  LibraryTable libraries_;
  Places places_;
  std::unique_ptr<Program> program_;
  std::unique_ptr<Program> no_program_;  // Follows program_ when the isolate ends: made before.
  std::vector<std::shared_ptr<void>> kept_;
  std::map<std::uint64_t, std::shared_ptr<const void>> looks_;
  std::mutex stop_lock_;
  StopKind stop_ = StopKind::kNone;
  const WakeSignal* stop_signal_ = nullptr;
  std::atomic<std::int64_t> ending_capability_ = 0;
  ExitMessages exit_messages_;
  int program_sections_ = 0;
  bool is_spawned_ = false;
  bool may_spawn_ = true;
  bool waits_outside_ = false;
  bool is_runnable_ = false;
};

// As long as one of these lives, code of the program runs: a request to stop it holds until the
// outermost has ended, so that nothing on the way goes on. The thread is inside.
class ProgramSection {
 public:
  explicit ProgramSection(Isolate& isolate) : isolate_(isolate) {
    const bool is_outermost = isolate_.program_sections_++ == 0;
    if (is_outermost && isolate_.IsStopRequested()) [[unlikely]]
      isolate_.ForgetStopUpTo(StopKind::kRunning);
  }
  ~ProgramSection() {
    const bool was_outermost = --isolate_.program_sections_ == 0;
    if (was_outermost && isolate_.IsStopRequested()) [[unlikely]]
      isolate_.ForgetStopUpTo(StopKind::kNext);
  }
  ProgramSection(const ProgramSection&) = delete;
  ProgramSection& operator=(const ProgramSection&) = delete;

 private:
  Isolate& isolate_;
};

}  // namespace fart

#endif  // FART_VM_ISOLATE_H_
