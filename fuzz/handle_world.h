// HandleWorld -- the heap that a program of bytes works on and its model, side by side: what there
// is, what is known of it, and comparing the two.
//
// Not here: the steps of a program (handle_machine.cc).

#ifndef FART_FUZZ_HANDLE_WORLD_H_
#define FART_FUZZ_HANDLE_WORLD_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "dart_api.h"
#include "fart_tools_api.h"
#include "fuzz/handle_model.h"
#include "fuzz/object_mirror.h"

namespace fart::fuzz {

// Handles made for looking at something end with this.
class Looking {
 public:
  Looking() { Fart_EnterScope(); }
  ~Looking() { Fart_ExitScope(); }
  Looking(const Looking&) = delete;
  Looking& operator=(const Looking&) = delete;
};

class HandleWorld {
 public:
  HandleWorld() { current_ = this; }
  HandleWorld(const HandleWorld&) = delete;
  HandleWorld& operator=(const HandleWorld&) = delete;

 protected:
  struct Local {
    Fart_Handle handle;
    Value value;
    bool has_slot;  // not so for null, which has a handle of its own
  };
  struct Block {
    std::uint8_t* bytes;
    std::size_t size;
    std::uint8_t filling;
  };
  struct Scope {
    std::vector<Local> locals;
    std::vector<Block> blocks;
  };
  struct Persistent {
    Fart_PersistentHandle handle;
    Value value;
    bool deleted = false;
  };
  // What a callback does besides being called.
  enum class Deed : std::uint8_t { kNothing, kDeletePersistent, kDeleteWatcher, kCollect };
  static constexpr std::size_t kDeeds = 4;
  // A weak or finalizable handle. Its peer is its index: `watchers_` grows.
  struct Watcher {
    Fart_WeakPersistentHandle weak = nullptr;
    Fart_FinalizableHandle finalizable = nullptr;
    ObjectId referent = 0;
    std::uint64_t external = 0;
    Deed deed = Deed::kNothing;
    std::size_t victim = 0;
    bool deleted = false;
    bool called = false;
    bool IsLive() const { return !deleted && !called; }
  };

  // ---- Verdicts

  void Fail(const char* what) {
    if (failure_.empty()) failure_ = "step " + std::to_string(step_) + ": " + what;
  }
  void Expect(bool holds, const char* what) {
    if (!holds) Fail(what);
  }
  void ExpectMisuses(std::uint64_t before, std::uint64_t more, const char* what) {
    Expect(Fart_MisuseCount() == before + more, what);
  }

  // ---- What there is

  static Fart_HandleStatistics Counts() {
    Fart_HandleStatistics counts{};
    counts.struct_size = sizeof(counts);
    Fart_GetHandleStatistics(&counts);
    return counts;
  }

  std::vector<Value> Roots() const {
    std::vector<Value> roots;
    for (const Scope& scope : scopes_) {
      for (const Local& local : scope.locals) roots.push_back(local.value);
    }
    for (const Persistent& persistent : persistents_) {
      if (!persistent.deleted) roots.push_back(persistent.value);
    }
    return roots;
  }

  // A handle that the API has just made in the innermost scope.
  void Hold(Fart_Handle handle, const Value& value, std::uint64_t locals_before) {
    const std::uint64_t made = Counts().local_live - locals_before;
    Expect(made == 1 || (made == 0 && value.kind == Value::Kind::kNull),
           "a result is one local handle");
    scopes_.back().locals.push_back({handle, value, made == 1});
    const Looking looking;
    Expect(mirror_.Reads(handle, value, model_), "a new handle reads as what it is of");
  }

  // ---- Deleting; also what has been deleted

  void DeletePersistent(std::size_t index) {
    Persistent& persistent = persistents_[index];
    const std::uint64_t misuses = Fart_MisuseCount();
    Fart_DeletePersistentHandle(persistent.handle);
    ExpectMisuses(misuses, persistent.deleted ? 1 : 0, "the second deletion is a misuse");
    persistent.deleted = true;
  }
  // Also one that has ended.
  void DeleteWeak(Watcher& watcher) {
    const std::uint64_t misuses = Fart_MisuseCount();
    Fart_DeleteWeakPersistentHandle(Fart_CurrentIsolate(), watcher.weak);
    ExpectMisuses(misuses, 0, "deleting a weak handle is harmless");
    if (watcher.IsLive()) watcher.deleted = true;
  }

  // ---- Death, as far as it can be known

  // What a weak look at `id` gave: nothing, or the object itself.
  void LearnFromWeakLook(ObjectId id, bool is_null) {
    if (!is_null) {
      Expect(!model_[id].dead, "what was dead once stays dead (F-W2)");
    } else if (!model_[id].dead) {
      Expect(!model_.Reachable(Roots())[id], "a weak look finds what is reachable (F-W1)");
      model_[id].dead = true;
    }
  }

  void Collect(Fart_Collection kind) {
    const std::vector<bool> reachable = model_.Reachable(Roots());
    Expect(!Fart_IsError(Fart_Collect(kind)), "a collection succeeds");
    if (kind != Fart_Collection_kMinor) {
      for (ObjectId id = 0; id < model_.size(); ++id) {
        if (!reachable[id]) model_[id].dead = true;
      }
    }
    CompareAll();
    if (kind == Fart_Collection_kEverything) ExpectAllIsDone();
  }
  // After a collection of everything.
  void ExpectAllIsDone() {
    std::uint64_t external = 0;
    for (const Watcher& watcher : watchers_) {
      if (!watcher.IsLive()) continue;
      Expect(!model_[watcher.referent].dead, "every due callback has run");
      external += watcher.external;
    }
    Fart_HeapStatistics heap{};
    heap.struct_size = sizeof(heap);
    Fart_GetHeapStatistics(&heap);
    Expect(heap.external_bytes == external, "external bytes are those of live handles");
  }

  void OnCallback(Watcher& watcher, Fart_WeakPersistentHandle handle) {
    Expect(!watcher.called, "a callback runs once");
    Expect(!watcher.deleted, "no callback after deletion");
    if (!shutting_down_) {
      Expect(!model_.Reachable(Roots())[watcher.referent], "a callback means death");
      model_[watcher.referent].dead = true;
    }
    watcher.called = true;
    if (shutting_down_) return;
    if (handle != nullptr) {
      Expect(handle == watcher.weak, "a callback names its handle");
      const Looking looking;
      Expect(Fart_IsNull(Fart_HandleFromWeakPersistent(handle)),
             "in its callback a weak handle reads as null");
    }
    switch (watcher.deed) {
      case Deed::kNothing:
        return;
      case Deed::kDeletePersistent:
        if (!persistents_.empty()) DeletePersistent(watcher.victim % persistents_.size());
        return;
      case Deed::kDeleteWatcher: {
        Watcher& victim = watchers_[watcher.victim % watchers_.size()];
        if (victim.weak != nullptr) DeleteWeak(victim);
        return;
      }
      case Deed::kCollect: {
        const Looking looking;
        Expect(Fart_IsApiError(Fart_Collect(Fart_Collection_kMinor)), "no collection inside one");
        Expect(Fart_IsApiError(Fart_NewDouble(1)), "no allocation inside a callback");
        return;
      }
    }
  }
  static void OnWeak(void*, Fart_WeakPersistentHandle handle, void* peer) {
    current_->OnCallback(current_->watchers_[reinterpret_cast<std::uintptr_t>(peer)], handle);
  }
  static void OnFinalizable(void*, void* peer) {
    current_->OnCallback(current_->watchers_[reinterpret_cast<std::uintptr_t>(peer)], nullptr);
  }

  // ---- Looking at references that may have died

  void LookAtEphemeron(Fart_Handle holder, ObjectId id) {
    std::vector<Value>& pair = model_[id].strong;
    const Fart_Handle key = Fart_GetReference(holder, 0);
    if (pair[0].IsObject()) {
      const bool is_null = Fart_IsNull(key);
      LearnFromWeakLook(pair[0].id(), is_null);
      if (is_null) pair[0] = pair[1] = Value();
    }
    Expect(mirror_.Reads(key, pair[0], model_), "a key reads as it was set");
    Expect(mirror_.Reads(Fart_GetReference(holder, 1), pair[1], model_),
           "a value reads as it was set while its key lives");
  }

  void LookAtWeakReference(Fart_Handle holder, ObjectId id) {
    Value& weak = model_[id].weak;
    const Fart_Handle seen = Fart_GetWeakReference(holder, 0);
    if (weak.IsObject()) {
      const bool is_null = Fart_IsNull(seen);
      LearnFromWeakLook(weak.id(), is_null);
      if (is_null) weak = Value();
    }
    Expect(mirror_.Reads(seen, weak, model_), "a weak reference reads as it was set");
  }

  // ---- Comparing

  // After each step: how many handles there are, and what they read as.
  void Compare() {
    const Fart_HandleStatistics counts = Counts();
    std::uint64_t locals = 0;
    std::uint64_t persistents = 0;
    std::uint64_t weaks = 0;
    std::uint64_t finalizables = 0;
    const Looking looking;
    for (const Scope& scope : scopes_) {
      for (const Local& local : scope.locals) {
        locals += local.has_slot ? 1 : 0;
        Expect(mirror_.Reads(local.handle, local.value, model_), "a local handle reads right");
      }
    }
    for (const Persistent& persistent : persistents_) {
      if (persistent.deleted) continue;
      ++persistents;
      Expect(mirror_.Reads(persistent.handle, persistent.value, model_),
             "a persistent handle reads right");
    }
    for (const Watcher& watcher : watchers_) {
      if (watcher.IsLive()) ++(watcher.weak != nullptr ? weaks : finalizables);
    }
    Expect(counts.local_live == locals + locals_before_, "as many local handles as expected");
    Expect(counts.persistent_live == persistents + persistents_before_,
           "as many persistent handles as expected");
    // Those whose callback waits are counted as such.
    Expect(counts.weak_live <= weaks && counts.finalizable_live <= finalizables,
           "no more weak or finalizable handles than expected");
    Expect(counts.weak_live + counts.finalizable_live + counts.callbacks_pending ==
               weaks + finalizables,
           "as many weak and finalizable handles as expected");
  }

  // Everything that can be reached from the handles.
  void CompareAll() {
    const Looking looking;
    std::vector<bool> seen(model_.size());
    std::vector<std::pair<Fart_Handle, ObjectId>> waiting;
    const auto visit = [&](Fart_Handle handle, const Value& value) {
      if (!mirror_.Reads(handle, value, model_)) return Fail("a reference reads right");
      if (!value.IsObject() || seen[value.id()]) return;
      seen[value.id()] = true;
      waiting.emplace_back(handle, value.id());
    };
    for (const Scope& scope : scopes_) {
      for (const Local& local : scope.locals) visit(local.handle, local.value);
    }
    for (const Persistent& persistent : persistents_) {
      if (!persistent.deleted) visit(persistent.handle, persistent.value);
    }
    while (!waiting.empty() && failure_.empty()) {
      const auto [handle, id] = waiting.back();
      waiting.pop_back();
      const ObjectKind kind = model_[id].kind;
      if (kind == ObjectKind::kNode) LookAtWeakReference(handle, id);
      if (kind == ObjectKind::kEphemeron) LookAtEphemeron(handle, id);
      for (std::size_t i = 0; i < model_[id].strong.size(); ++i) {
        // Reading a long array through makes a step last; its ends and what was set will do.
        const Value value = model_[id].strong[i];
        if (value.kind == Value::Kind::kNull && i > 40 && i + 1 < model_[id].strong.size())
          continue;
        visit(mirror_.GetStrong(handle, kind, i), value);
      }
    }
  }

  ObjectMirror mirror_;
  HandleModel model_;
  std::vector<Scope> scopes_;
  std::vector<Persistent> persistents_;
  std::vector<Watcher> watchers_;
  std::uint64_t locals_before_ = 0;
  std::uint64_t persistents_before_ = 0;
  std::size_t step_ = 0;
  std::string failure_;
  bool shutting_down_ = false;

 private:
  static inline HandleWorld* current_ = nullptr;
};

}  // namespace fart::fuzz

#endif  // FART_FUZZ_HANDLE_WORLD_H_
