// Finalizers against a model: who is called, once, and in which order. A byte string is a program
// that makes objects, links them, watches them with handles of each kind, deletes handles and
// collects; some finalizers are slow, so that they are left over for a later slice, and some delete
// other handles. Every callback, those around collections too, is compared with the model when it
// comes, and what can be asked is compared after every step.
//
// Invariants (docs/design/handles.md, "The order of callbacks")
//   T-O1 apart     no finalizer runs between a prologue and its epilogue.
//   T-O2 null      all handles to what a collection found dead read as null before its epilogue,
//                  and their external sizes are off before the first of its finalizers.
//   T-O3 in turn   the finalizers of one collection run before those of a later one, and what waits
//                  at the shutdown before what is left.
//   T-O4 drained   none waits when a major collection begins, or when everything was collected.
//   T-O5 once      each runs once, after its object's death; one of a deleted handle never.
//
// Not here: which objects live (handle_model_test.cc).

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"
#include "tests/host.h"
#include "tests/programs.h"

namespace fart::tests {
namespace {

constexpr int kNone = -1;

enum class Kind { kWeak, kFinalizable, kExternalString };
enum class State { kLive, kWaiting, kDone, kDeleted };

// A handle with a finalizer, or the finalizer of an external string.
struct Watch {
  Kind kind = Kind::kWeak;
  State state = State::kLive;
  int object = kNone;
  int found_by = 0;  // the collection that found the object dead
  std::intptr_t size = 0;
  bool is_slow = false;
  int deletes = kNone;  // the watch that the finalizer deletes
  Fart_WeakPersistentHandle weak = nullptr;
  Fart_FinalizableHandle finalizable = nullptr;
};

struct Object {
  bool has_root = false;
  bool is_dead = false;
  bool is_list = true;
  int next = kNone;   // what it refers to
  int first = kNone;  // the weak watch that tells whether it lives; never deleted
  Fart_PersistentHandle root = nullptr;
};

class Machine {
 public:
  explicit Machine(const std::vector<std::uint8_t>& program) : program_(program) { running = this; }
  ~Machine() { running = nullptr; }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  // Empty, or the first thing that was not as it must be.
  std::string Run() {
    isolate_ = Fart_CreateHeapIsolate(nullptr, nullptr);
    Require(isolate_ != nullptr, "an isolate");
    majors_ = HeapNow().major_collections;
    Checked(Fart_SetGcCallbacks([] { running->Before(); }, [] { running->After(); }));
    while (at_ < program_.size() && mismatch_.empty()) {
      Fart_EnterScope();
      Step();
      Compare();
      Fart_ExitScope();
      held_.clear();
    }
    ShutDown();
    return mismatch_;
  }

 private:
  static Machine* running;

  std::uint8_t Next() { return at_ < program_.size() ? program_[at_++] : 0; }
  void Require(bool fact, const std::string& what) {
    if (!fact && mismatch_.empty()) mismatch_ = what + " (step " + std::to_string(at_) + ")";
  }

  static Fart_HeapStatistics HeapNow() {
    Fart_HeapStatistics heap{};
    heap.struct_size = sizeof(heap);
    Checked(Fart_GetHeapStatistics(&heap));
    return heap;
  }
  static Fart_HandleStatistics HandlesNow() {
    Fart_HandleStatistics handles{};
    handles.struct_size = sizeof(handles);
    Checked(Fart_GetHandleStatistics(&handles));
    return handles;
  }

  // ---- The model

  std::size_t CountOf(State state) const {
    std::size_t count = 0;
    for (const Watch& watch : watches_) count += watch.state == state ? 1 : 0;
    return count;
  }
  std::vector<bool> Reachable() const {
    std::vector<bool> reached(objects_.size());
    const auto reach = [&](int id) {
      for (; id != kNone && !reached[At(id)]; id = objects_[At(id)].next) reached[At(id)] = true;
    };
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      if (objects_[i].has_root) reach(static_cast<int>(i));
    }
    for (const int id : held_) reach(id);
    return reached;
  }
  void Die(Object& object, int id, int collection) {
    object.is_dead = true;
    for (Watch& watch : watches_) {
      if (watch.object != id || watch.state != State::kLive) continue;
      watch.state = State::kWaiting;
      watch.found_by = collection;
    }
  }
  static std::size_t At(int id) { return static_cast<std::size_t>(id); }

  // ---- What is heard

  void Before() {
    Require(!is_collecting_, "T-O1: a collection inside a collection");
    is_collecting_ = true;
    waiting_before_ = CountOf(State::kWaiting);
  }

  void After() {
    Require(is_collecting_, "T-O1: an epilogue without a prologue");
    is_collecting_ = false;
    ++collections_;
    const std::uint64_t majors = HeapNow().major_collections;
    const bool is_major = majors != majors_;
    majors_ = majors;
    Require(!is_major || waiting_before_ == 0, "T-O4: finalizers wait when a major one begins");
    const std::vector<bool> reachable = Reachable();
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      Object& object = objects_[i];
      if (object.is_dead || object.first == kNone) continue;
      const Watch& first = watches_[At(object.first)];
      if (first.weak == nullptr) continue;  // It is being made.
      const bool is_dead = Fart_IsNull(Fart_HandleFromWeakPersistent(first.weak));
      Require(!is_dead || !reachable[i], "a reachable object is dead");
      if (is_dead) Die(object, static_cast<int>(i), collections_);
    }
    for (const Watch& watch : watches_) {
      if (watch.weak == nullptr) continue;
      const bool is_live = watch.state == State::kLive;
      Require(Fart_IsNull(Fart_HandleFromWeakPersistent(watch.weak)) != is_live, "T-O2: not null");
    }
    RequireSizes(false);
  }

  // Of a collection that was asked for. What ends a marking in slices, which a scavenge may, spares
  // what died since its beginning, and how many slices there are is a matter of time.
  void RequireExactness() {
    const std::vector<bool> reachable = Reachable();
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      Require(objects_[i].is_dead || reachable[i], "a major collection spares garbage");
    }
    RequireSizes(true);
  }

  // Of what is dead they may be there until its first finalizer runs.
  void RequireSizes(bool are_dead_off) {
    std::uint64_t living = 0;
    std::uint64_t waiting = 0;
    for (const Watch& watch : watches_) {
      if (watch.state == State::kLive) living += static_cast<std::uint64_t>(watch.size);
      if (watch.state == State::kWaiting) waiting += static_cast<std::uint64_t>(watch.size);
    }
    if (is_lending_) return;
    const std::uint64_t charged = HeapNow().external_bytes;
    Require(charged >= living && charged <= living + waiting, "T-O2: external sizes");
    Require(charged == living || !are_dead_off, "T-O2: external sizes of the dead");
  }

  void Finalize(std::size_t index) {
    Watch& watch = watches_[index];
    Require(!is_collecting_, "T-O1: a finalizer inside a collection");
    Require(watch.state == State::kWaiting, "T-O5: called twice, deleted or alive");
    if (!is_reported_) RequireSizes(true);
    for (const Watch& other : watches_) {
      const bool is_late = other.state == State::kWaiting && other.found_by < watch.found_by;
      Require(!is_late, "T-O3: not in turn");
    }
    if (watch.weak != nullptr) {
      Require(Fart_IsNull(Fart_HandleFromWeakPersistent(watch.weak)), "T-O2: not null in its own");
    }
    watch.state = State::kDone;
    ++run_;
    if (watch.is_slow) {
      // Longer than a slice: others that wait are left over.
      const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(1200);
      while (std::chrono::steady_clock::now() < end) continue;
    }
    const std::size_t held_before = held_.size();
    if (watch.deletes != kNone) Delete(watches_[At(watch.deletes)]);
    held_.resize(held_before);  // Local handles of a finalizer end with it.
  }

  // Their peer is one more than the number of the watch.
  static void FinalizeWeak(void*, Fart_WeakPersistentHandle, void* peer) { FinalizePeer(peer); }
  static void FinalizeOther(void*, void* peer) { FinalizePeer(peer); }
  static void FinalizePeer(void* peer) {
    running->Finalize(reinterpret_cast<std::uintptr_t>(peer) - 1);
  }
  static void* PeerOf(int watch) { return reinterpret_cast<void*>(At(watch) + 1); }

  // ---- Steps

  void Step() {
    switch (Next() % 16) {
      case 0:
      case 1:
      case 2:
        return Make();
      case 3:
        return MakeExternalString();
      case 4:
      case 5:
        return DropRoots();
      case 6:
        return Link();
      case 7:
      case 8:
        return Add(Kind::kWeak);
      case 9:
        return Add(Kind::kFinalizable);
      case 10:
        return DeleteOne();
      case 11:
        return Resize();
      case 12:
      case 13:
        return CollectNow(Fart_Collection_kMinor);
      case 14:
        return CollectNow(Next() % 2 == 0 ? Fart_Collection_kMajor : Fart_Collection_kEverything);
      default:
        Fart_NotifyIdle(INT64_MAX);
    }
  }

  // A local handle to the object, which keeps it until the step ends; NULL if it is dead.
  Fart_Handle Hold(int id) {
    const Object& object = objects_[At(id)];
    if (object.is_dead) return nullptr;
    const Fart_Handle handle = Fart_HandleFromWeakPersistent(watches_[At(object.first)].weak);
    Require(!Fart_IsNull(handle), "what lives reads as null");
    held_.push_back(id);
    return handle;
  }
  int AnyObject() { return objects_.empty() ? kNone : static_cast<int>(Next() % objects_.size()); }

  void Register(Fart_Handle handle, bool is_list) {
    const int id = static_cast<int>(objects_.size());
    Object& object = objects_.emplace_back();
    object.is_list = is_list;
    object.has_root = true;
    object.root = Fart_NewPersistentHandle(handle);
    object.first = static_cast<int>(watches_.size());
    AddTo(id, handle, Kind::kWeak);
  }

  void Make() { Register(Checked(Fart_NewList(1 + Next() % 64)), true); }

  void MakeExternalString() {
    static const std::uint8_t kCharacters[256] = {};
    const int watch = static_cast<int>(watches_.size());
    const std::intptr_t length = 1 + Next() % 200;
    is_lending_ = true;  // Whether the size is charged at a collection inside is not said.
    const Fart_Handle string =
        Checked(Fart_NewExternalLatin1String(kCharacters, length, PeerOf(watch), FinalizePeer));
    is_lending_ = false;
    watches_.push_back({.kind = Kind::kExternalString,
                        .object = static_cast<int>(objects_.size()),
                        .size = length});
    Register(string, false);
  }

  void DropRoots() {
    for (int i = Next() % 4; i >= 0; --i) {
      const int id = AnyObject();
      if (id == kNone || !objects_[At(id)].has_root) continue;
      objects_[At(id)].has_root = false;
      Fart_DeletePersistentHandle(objects_[At(id)].root);
    }
  }

  void Link() {
    const int from = AnyObject();
    const int to = AnyObject();
    if (from == kNone || !objects_[At(from)].is_list) return;
    const Fart_Handle holder = Hold(from);
    const Fart_Handle held = Hold(to);
    if (holder == nullptr || held == nullptr) return;
    Checked(Fart_ListSetAt(holder, 0, held));
    objects_[At(from)].next = to;
  }

  void AddTo(int id, Fart_Handle handle, Kind kind) {
    const int index = static_cast<int>(watches_.size());
    const std::uint8_t how = Next();
    // In the model first, because its size may make the call collect.
    Watch& watch = watches_.emplace_back();
    watch.kind = kind;
    watch.object = id;
    watch.size = how % 3 == 0 ? 0 : how * 1000;
    watch.is_slow = how % 4 == 1 && slow_ != 0;
    if (watch.is_slow) --slow_;
    if (how % 4 == 2) watch.deletes = static_cast<int>(Next() % watches_.size());
    if (kind == Kind::kWeak) {
      watch.weak = Fart_NewWeakPersistentHandle(handle, PeerOf(index), watch.size, FinalizeWeak);
    } else {
      watch.finalizable =
          Fart_NewFinalizableHandle(handle, PeerOf(index), watch.size, FinalizeOther);
    }
    Require(watch.weak != nullptr || watch.finalizable != nullptr, "a handle is made");
  }

  void Add(Kind kind) {
    const int id = AnyObject();
    const Fart_Handle handle = id == kNone ? nullptr : Hold(id);
    if (handle != nullptr) AddTo(id, handle, kind);
  }

  void DeleteOne() {
    if (!watches_.empty()) Delete(watches_[Next() % watches_.size()]);
  }

  // Also from finalizers; also of handles that have ended, which changes nothing.
  void Delete(Watch& watch) {
    if (watch.kind == Kind::kExternalString) return;
    if (watch.weak != nullptr && !IsFirst(watch)) {
      Fart_DeleteWeakPersistentHandle(isolate_, watch.weak);
      if (watch.state != State::kDone) watch.state = State::kDeleted;
    }
    if (watch.finalizable != nullptr) {
      // Only while the object lives: the call wants a handle to it.
      const Fart_Handle object = Hold(watch.object);
      Fart_DeleteFinalizableHandle(watch.finalizable, object == nullptr ? Fart_Null() : object);
      if (watch.state == State::kLive) watch.state = State::kDeleted;
    }
  }
  bool IsFirst(const Watch& watch) const {
    return &watches_[At(objects_[At(watch.object)].first)] == &watch;
  }

  void Resize() {
    if (watches_.empty()) return;
    Watch& watch = watches_[Next() % watches_.size()];
    if (watch.weak == nullptr) return;
    const std::intptr_t size = Next() * 500;
    if (watch.state == State::kLive) watch.size = size;
    Fart_UpdateExternalSize(watch.weak, size);
  }

  void CollectNow(Fart_Collection collection) {
    Checked(Fart_Collect(collection));
    if (collection != Fart_Collection_kMinor) RequireExactness();
    if (collection != Fart_Collection_kEverything) return;
    Require(CountOf(State::kWaiting) == 0, "T-O4: finalizers wait when everything was collected");
  }

  void ShutDown() {
    Fart_SetShutdownReportCallback(
        [](const Fart_ShutdownReport*, void* machine) { static_cast<Machine*>(machine)->Report(); },
        this);
    Fart_ShutdownIsolate();
    Fart_SetShutdownReportCallback(nullptr, nullptr);
    Require(is_reported_, "a report comes before the end");
    Require(CountOf(State::kLive) + CountOf(State::kWaiting) == 0,
            "T-O5: left out at the shutdown");
  }
  // From here on all that is left ends, as if one more collection had found it dead.
  void Report() {
    is_reported_ = true;
    Require(HandlesNow().callbacks_run == run_, "T-O3: called between the shutdown and its report");
    ++collections_;
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      Die(objects_[i], static_cast<int>(i), collections_);
    }
  }

  void Compare() {
    std::size_t live = 0;
    for (const Watch& watch : watches_) {
      if (watch.weak == nullptr) continue;
      const bool is_live = watch.state == State::kLive;
      live += is_live ? 1 : 0;
      Require(Fart_IsNull(Fart_HandleFromWeakPersistent(watch.weak)) != is_live, "weak handles");
    }
    const Fart_HandleStatistics handles = HandlesNow();
    Require(handles.weak_live == live, "the number of weak handles");
    Require(handles.callbacks_pending == CountOf(State::kWaiting), "the number of those waiting");
    Require(handles.callbacks_run == run_, "T-O5: the number of those that have run");
    RequireSizes(false);
  }

  const std::vector<std::uint8_t>& program_;
  std::size_t at_ = 0;
  std::string mismatch_;
  Fart_Isolate isolate_ = nullptr;
  std::vector<Object> objects_;
  std::deque<Watch> watches_;  // Elements stay where they are.
  std::vector<int> held_;      // by local handles of this step
  std::uint64_t run_ = 0;
  std::uint64_t majors_ = 0;
  std::size_t waiting_before_ = 0;
  int collections_ = 0;
  int slow_ = 10;  // so many may still be
  bool is_collecting_ = false;
  bool is_lending_ = false;
  bool is_reported_ = false;
};

Machine* Machine::running = nullptr;

RC_GTEST_PROP(FinalizerOrderModelTest, FinalizersRunOnceAndInTheOrderThatIsPromised, ()) {
  StartMachine();
  const std::vector<std::uint8_t> program =
      *rc::gen::scale(8.0, rc::gen::arbitrary<std::vector<std::uint8_t>>());
  const std::string mismatch = Machine(program).Run();
  if (!mismatch.empty()) RC_FAIL(mismatch + ", program " + InHex(program));
}

}  // namespace
}  // namespace fart::tests
