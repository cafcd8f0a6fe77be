// Isolate -- composition root: a heap, the handles into it, the program on it, and who is inside.
//
// Members are declared in dependency order and made in it; nothing is wired up later. The program
// comes last, when all else works, made by the factory that the creator hands in.
//
// Invariants
//   I1 one inside   at most one thread is inside an isolate, and a thread is inside at most one.
//                   Enter acquires what the last Exit released.
//   I2 entries      each entry has a serial of its own; a foreign call remembers its entry's.
//   I3 callbacks    while a callback of a dead handle runs, IsInCallback() is true and whatever may
//                   collect, throw, enter, exit or shut down must be refused (C3).
//   I4 ready        errors that cannot be made when they are needed exist from the beginning.
//
// Not here: calls into foreign code (native_call.h); the language (program.h).

#ifndef FART_VM_ISOLATE_H_
#define FART_VM_ISOLATE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "gc/controller.h"
#include "handles/handle_tables.h"
#include "heap/base/safepoint.h"
#include "heap/heap.h"
#include "heap/mutator.h"
#include "vm/entry/callback_runner.h"
#include "vm/entry/error_texts.h"
#include "vm/entry/misuse.h"
#include "vm/memory/core_shapes.h"
#include "vm/memory/flags.h"
#include "vm/memory/statistics.h"
#include "vm/native/libraries.h"
#include "vm/port/message_queue.h"
#include "vm/program.h"
#include "vm/roots/execution_stack.h"
#include "vm/roots/root_table.h"
#include "vm/roots/rooted.h"
#include "vm/values/send_port.h"
#include "vm/values/symbol_table.h"

namespace fart {

class ForeignFrame;
class Isolate;

namespace isolate_internal {
// Initial-exec: one instruction and no call, in a shared library too.
[[gnu::tls_model("initial-exec")]] extern constinit thread_local Isolate* current;
}  // namespace isolate_internal

// Objects that a host names without a handle of its own (HandleValue::Immortal).
enum class Constant : std::uint32_t {
  kNull,
  kTrue,
  kFalse,
  kEmptyString,
  kFirstReadyError,  // and one for each ErrorText
};
static_assert(static_cast<std::uint32_t>(Constant::kFirstReadyError) + kErrorTexts <=
              ImmortalConstants::kCapacity);
inline constexpr HandleValue ConstantHandle(Constant constant) {
  return HandleValue::Immortal(static_cast<std::uint32_t>(constant));
}

struct IsolateOptions {
  Flags flags = {};
  std::string name = "isolate";  // for messages
  void* callback_data = nullptr;
  ByteCount stack_size = kDefaultStackSize;
  ProgramFactory program = MakeNoProgram;
};

class Isolate {
 public:
  // The thread is inside no isolate; afterwards it is inside the new one. Null: *error says why.
  static std::unique_ptr<Isolate> Create(const IsolateOptions& options,
                                         std::string* error) FART_MAY_COLLECT;
  // Ends it: its ports close, then the program ends, every callback that is left runs, and heap and
  // handles go.
  // This thread is inside it or inside none, and no foreign call of it is running.
  ~Isolate();
  Isolate(const Isolate&) = delete;
  Isolate& operator=(const Isolate&) = delete;

  // ---- Who is inside
  // The one this thread is inside of, or null.
  static Isolate* Current() { return isolate_internal::current; }
  // False: another thread is inside, or in the middle of a foreign call made above one of this
  // thread's (frames close innermost first). This thread must be inside none.
  [[nodiscard]] bool TryEnter();
  // Waits for another thread to leave.
  void Enter();
  // This thread must be inside.
  void Exit();
  std::uint64_t entry_serial() const { return entry_serial_; }

  // ---- Parts
  Heap& heap() { return heap_; }
  const Heap& heap() const { return heap_; }
  Mutator& mutator() { return mutator_; }
  GcController& gc() { return gc_; }
  HandleTables& handles() { return handles_; }
  const HandleTables& handles() const { return handles_; }
  ExecutionStack& stack() { return stack_; }
  ShapeRegistry& shapes() { return shapes_; }
  const ShapeRegistry& shapes() const { return shapes_; }
  // Slots for the isolate's life; the language's statics and constants may go here.
  RootTable& roots() { return roots_; }
  SymbolTable& symbols() { return symbols_; }
  LibraryTable& libraries() { return libraries_; }
  Program& program() { return *program_; }
  MessageQueue& messages() { return *messages_; }
  // Of every isolate one, open from the beginning; it does not keep a loop running.
  PortId main_port() const { return main_port_; }
  Statistics& statistics() { return statistics_; }
  const Statistics& statistics() const { return statistics_; }
  IsolateId id() const { return id_; }
  const std::string& name() const { return name_; }
  void* callback_data() const { return callback_data_; }

  // ---- Stopping (from any thread that knows that the isolate is there)
  // Its loop ends with an error, and so does code of the program at its next call or turn of a
  // loop.
  void RequestStop();
  // It may run code of the program again.
  void ForgetStop();
  bool IsStopRequested() const { return stack_.IsInterrupted(); }

  // Whether the VM handles its messages and ends it (spawn.h).
  bool is_spawned() const { return is_spawned_; }
  void SetSpawned() { is_spawned_ = true; }
  // Whether its program may ask for other isolates: until it ends (EndSpawning).
  bool may_spawn() const { return may_spawn_; }
  void ForbidSpawning() { may_spawn_ = false; }
  // Whether the host has said that its script is loaded. False: it had been said before.
  bool MakeRunnable() { return !std::exchange(is_runnable_, true); }

  // ---- Ready-made objects (I4)
  Rooted ConstantObject(Constant constant) const;
  Rooted EmptyString() const { return ConstantObject(Constant::kEmptyString); }
  Rooted ReadyError(ErrorText text) const;
  // The object as an outcome; the out-of-memory error if there is none.
  Outcome OrOutOfMemory(const FreshObject& object) const;
  Outcome ReadyErrorOutcome(ErrorText text) const;

  // Null: none is kept.
  Rooted sticky_error() const { return Rooted(&sticky_error_->value); }
  void SetStickyError(ObjectPtr error, const NoSafepointScope&) {
    roots_.Set(sticky_error_, error);
  }

  // ---- Flags
  const Flags& flags() const { return flags_; }
  // From now on. False: unknown, malformed, or fixed when the isolate was made; nothing changes.
  [[nodiscard]] bool SetFlag(std::string_view text, std::string* error);

  // ---- Callbacks of dead handles (I3)
  // The misuse callback of this thread counts.
  bool IsInCallback() const { return callback_depth_ != 0 || IsInMisuseCallback(); }
  // Runs all that are due. Not inside a callback.
  void RunAllCallbacks() { callbacks_.RunAll(); }
  std::uint64_t callbacks_run() const { return callbacks_.run(); }
  // Where the host's callbacks around collections are.
  CallbackRunnerOfIsolate& callbacks() { return callbacks_; }

  // The host has nothing to do until `deadline_us` (MonotonicNs, in microseconds): runs callbacks
  // that are due and collects if that is worth it and likely to be over in time. True: collected.
  bool CollectWhenIdle(std::int64_t deadline_us) FART_MAY_COLLECT;

  // ---- The C stack of the thread inside: false when calling deeper might overflow it. Asked by
  // whoever recurses through C++ (a native call, an interpreter entered again).
  bool HasNativeStack() const {
    return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) > native_stack_limit_;
  }

  // The innermost running call into foreign code, on whatever thread; null if there is none.
  ForeignFrame* innermost_foreign_frame() const { return innermost_foreign_frame_; }

 private:
  friend class CallbackFrame;
  friend class CallbackRunnerOfIsolate;
  friend class ForeignFrame;

  Isolate(const IsolateOptions& options, IsolateId id);
  bool IsUsable() const;
  void DefineConstants() FART_MAY_COLLECT;
  void ApplyFlags();
  bool MayEnterAboveFrames() const;

  const IsolateId id_;
  Flags flags_;
  const std::string name_;
  void* const callback_data_;

  Heap heap_;
  ShapeRegistry shapes_;
  HandleTables handles_;
  ExecutionStack stack_;
  RootTable roots_;
  SymbolTable symbols_;
  Statistics statistics_;
  CallbackRunnerOfIsolate callbacks_;
  GcController gc_;
  const RootRegistration locals_registration_;
  const RootRegistration persistents_registration_;
  const RootRegistration constants_registration_;
  const RootRegistration stack_registration_;
  const RootRegistration roots_registration_;
  const RootRegistration symbols_registration_;
  const WeakRegistration weaks_registration_;
  const WeakRegistration peers_registration_;
  Mutator mutator_;

  const std::shared_ptr<MessageQueue> messages_;
  const PortId main_port_;
  LibraryTable libraries_;
  RootTable::Slot* const sticky_error_;
  std::unique_ptr<Program> program_;

  std::atomic<bool> is_entered_{false};
  std::uint64_t entry_serial_ = 0;
  std::uint64_t last_entry_serial_ = 0;
  std::uintptr_t native_stack_limit_ = 0;
  ForeignFrame* innermost_foreign_frame_ = nullptr;
  int callback_depth_ = 0;
  bool is_spawned_ = false;
  bool may_spawn_ = true;
  bool is_runnable_ = false;
};

}  // namespace fart

#endif  // FART_VM_ISOLATE_H_
