#include "fuzz/handle_machine.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <vector>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"
#include "fuzz/byte_program.h"
#include "fuzz/handle_world.h"

namespace fart::fuzz {
namespace {

constexpr std::size_t kMaxObjects = 2000;
constexpr std::size_t kMaxHandles = 400;  // of each kind
constexpr std::size_t kMaxScopes = 40;
constexpr std::intptr_t kMaxExternal = 1 << 20;

class HandleMachine : private HandleWorld {
 public:
  HandleMachine(const std::uint8_t* bytes, std::size_t size, bool checked_handles)
      : program_(bytes, size), checked_handles_(checked_handles) {}

  std::string Run() {
    Fart_EnterScope();
    scopes_.emplace_back();
    if (!mirror_.RegisterShapes()) Fail("shapes are refused");
    persistents_before_ = Counts().persistent_live;
    while (!program_.AtEnd() && failure_.empty()) {
      ++step_;
      Step();
      if (failure_.empty()) Compare();
    }
    if (failure_.empty()) CompareAll();
    if (failure_.empty()) Expect(Fart_VerifyHeap() == nullptr, "the heap verifies at the end");
    shutting_down_ = true;
    Fart_ShutdownIsolate();
    for (const Watcher& watcher : watchers_) {
      Expect(watcher.deleted || watcher.called, "every callback has run at shutdown");
    }
    return failure_;
  }

 private:
  // A live handle of either kind, chosen by the program; there is none if false.
  bool Choose(Fart_Handle* handle, Value* value) {
    std::vector<const Persistent*> live;
    for (const Persistent& persistent : persistents_) {
      if (!persistent.deleted) live.push_back(&persistent);
    }
    std::size_t locals = 0;
    for (const Scope& scope : scopes_) locals += scope.locals.size();
    if (locals + live.size() == 0) return false;
    std::size_t at = program_.Below(locals + live.size());
    if (at >= locals) {
      *handle = live[at - locals]->handle;
      *value = live[at - locals]->value;
      return true;
    }
    for (const Scope& scope : scopes_) {
      if (at < scope.locals.size()) {
        *handle = scope.locals[at].handle;
        *value = scope.locals[at].value;
        return true;
      }
      at -= scope.locals.size();
    }
    return false;
  }
  // The same, but the handle leads to an object.
  bool ChooseObject(Fart_Handle* handle, ObjectId* id) {
    Value value;
    if (!Choose(handle, &value) || !value.IsObject()) return false;
    *id = value.id();
    return true;
  }

  bool HasRoomForLocal() const { return scopes_.back().locals.size() < kMaxHandles; }

  // ---- Steps

  // What builds graphs and lets parts of them die is frequent; the rest shares one number.
  void Step() {
    switch (program_.Below(16)) {
      case 0:
      case 1:
      case 2:
        return MakeObject();
      case 3:
        return EnterScope();
      case 4:
        return ExitScope();
      case 5:
        return ExitScopeWith();
      case 6:
        return MakePersistent();
      case 7:
        return DeleteSomePersistent();
      case 8:
        return MakeWatcher();
      case 9:
        return ReadWeak();
      case 10:
        return DeleteSomeWatcher();
      case 11:
        return SetReference();
      case 12:
        return GetReference();
      case 13:
        return Collect(Fart_Collection_kMinor);
      case 14:
        return Collect(program_.Byte() % 2 == 0 ? Fart_Collection_kMajor
                                                : Fart_Collection_kEverything);
      case 15:
        return RareStep();
    }
  }
  void RareStep() {
    switch (program_.Below(13)) {
      case 0:
        return MakeInteger();
      case 1:
        return AllocateInScope();
      case 2:
        return SetPersistent();
      case 3:
        return UseEndedPersistent();
      case 4:
        return UpdateExternal();
      case 5:
        return SetWeakReference();
      case 6:
        return GetWeakReference();
      case 7:
        return UseEndedLocal();
      case 8:
        return UseGarbage();
      case 9:
        return Hash();
      case 10:
        return Identity();
      case 11:
        return MakeGarbage();
      case 12:
        return Expect(Fart_VerifyHeap() == nullptr, "the heap verifies");
    }
  }

  void MakeObject() {
    // Kinds with references are more frequent.
    static constexpr ObjectKind kKinds[] = {
        ObjectKind::kNode,      ObjectKind::kNode,   ObjectKind::kNode,  ObjectKind::kEphemeron,
        ObjectKind::kEphemeron, ObjectKind::kArray,  ObjectKind::kArray, ObjectKind::kList,
        ObjectKind::kBlob,      ObjectKind::kString, ObjectKind::kDouble};
    const std::size_t choice = program_.Below(2 * std::size(kKinds));
    const ObjectKind kind = kKinds[choice / 2];
    const bool is_held = choice % 2 == 0;
    const std::size_t size = program_.Byte();
    if (model_.size() >= kMaxObjects || !HasRoomForLocal()) return;
    std::size_t references = 0;
    if (kind == ObjectKind::kNode || kind == ObjectKind::kEphemeron) references = 2;
    if (kind == ObjectKind::kList) references = size % 16;
    if (kind == ObjectKind::kArray) references = size >= 250 ? kLargeArray : size % 32;
    const std::size_t bytes = size >= 250 ? kLargeBlobBytes : size;
    const ObjectId id = model_.Add(kind, references);
    if (is_held) {
      const std::uint64_t before = Counts().local_live;
      const Fart_Handle object = mirror_.Make(kind, id, references, bytes);
      Hold(object, Value::Object(id), before);
      StoreAtBirth(object, id);
    } else {
      const Looking looking;
      const Fart_Handle object = mirror_.Make(kind, id, references, bytes);
      StoreAtBirth(object, id);
      StoreSomewhere(object, id);
    }
  }
  // Born with references, so that graphs grow fast.
  void StoreAtBirth(Fart_Handle object, ObjectId id) {
    for (std::size_t i = 0; i < model_[id].strong.size() && i < 2; ++i) StoreChosen(object, id, i);
    if (model_[id].kind == ObjectKind::kNode) StoreWeak(object, id);
  }
  // An object without a handle lives by another object alone, or not at all.
  void StoreSomewhere(Fart_Handle object, ObjectId id) {
    Fart_Handle holder = nullptr;
    ObjectId holder_id = 0;
    if (!ChooseObject(&holder, &holder_id) || model_[holder_id].strong.empty()) return;
    const std::size_t slots = model_[holder_id].strong.size();
    StoreStrong(holder, holder_id, program_.Below(slots), object, Value::Object(id));
  }

  void MakeInteger() {
    const Value value = Value::Integer(static_cast<std::int64_t>(program_.Byte()));
    if (!HasRoomForLocal()) return;
    const std::uint64_t before = Counts().local_live;
    Hold(Fart_NewInteger(value.number), value, before);
  }

  void EnterScope() {
    if (scopes_.size() >= kMaxScopes) return;
    Fart_EnterScope();
    scopes_.emplace_back();
  }

  // The outermost scope stays.
  void ExitScope() {
    if (scopes_.size() == 1) return;
    CloseScope();
    Fart_ExitScope();
  }
  void CloseScope() {
    for (const Block& block : scopes_.back().blocks) {
      for (std::size_t i = 0; i < block.size; ++i) {
        if (block.bytes[i] != block.filling) return Fail("memory of a scope is the host's alone");
      }
    }
    for (const Local& local : scopes_.back().locals) {
      if (local.has_slot) ended_locals_.push_back(local.handle);
    }
    scopes_.pop_back();
  }
  void ExitScopeWith() {
    Fart_Handle handle = nullptr;
    Value value;
    if (scopes_.size() == 1 || !Choose(&handle, &value)) return;
    CloseScope();
    const Fart_Handle result = Fart_ExitScopeWith(handle);
    std::uint64_t others = 0;
    for (const Scope& scope : scopes_) {
      for (const Local& local : scope.locals) others += local.has_slot ? 1 : 0;
    }
    Hold(result, value, others + locals_before_);
  }

  void AllocateInScope() {
    const std::size_t size = program_.Below(300) * (program_.Byte() >= 250 ? 500 : 1);
    if (scopes_.back().blocks.size() >= 32) return;
    std::uint8_t* const bytes = Fart_ScopeAllocate(static_cast<std::intptr_t>(size));
    if (bytes == nullptr) return Fail("a scope has memory");
    Expect(reinterpret_cast<std::uintptr_t>(bytes) % 8 == 0, "memory of a scope is aligned to 8");
    const auto filling = static_cast<std::uint8_t>(step_);
    std::memset(bytes, filling, size);
    scopes_.back().blocks.push_back({bytes, size, filling});
  }

  void MakePersistent() {
    Fart_Handle handle = nullptr;
    Value value;
    if (persistents_.size() >= kMaxHandles || !Choose(&handle, &value)) return;
    persistents_.push_back({Fart_NewPersistentHandle(handle), value});
  }
  void SetPersistent() {
    Fart_Handle handle = nullptr;
    Value value;
    if (persistents_.empty() || !Choose(&handle, &value)) return;
    Persistent& persistent = persistents_[program_.Below(persistents_.size())];
    const std::uint64_t misuses = Fart_MisuseCount();
    Fart_SetPersistentHandle(persistent.handle, handle);
    if (!persistent.deleted) persistent.value = value;
    ExpectMisuses(misuses, persistent.deleted ? 1 : 0, "setting a deleted handle is a misuse");
  }
  void DeleteSomePersistent() {
    if (!persistents_.empty()) DeletePersistent(program_.Below(persistents_.size()));
  }
  void UseEndedPersistent() {
    if (persistents_.empty()) return;
    const Persistent& persistent = persistents_[program_.Below(persistents_.size())];
    if (!persistent.deleted) return;
    ExpectRefused(persistent.handle);
  }
  void ExpectRefused(Fart_Handle handle) {
    ExpectNotLive(handle);
    const Looking looking;
    std::int64_t number = 0;
    Expect(Fart_IsApiError(Fart_IntegerToInt64(handle, &number)), "an ended handle has no value");
    Expect(Fart_IsApiError(Fart_NewPersistentHandle(handle)), "an ended handle has no object");
  }
  // Asks what makes no handle: that could take the very place of an ended local one.
  void ExpectNotLive(Fart_Handle handle) {
    const std::uint64_t misuses = Fart_MisuseCount();
    Expect(!Fart_IsNull(handle), "an ended handle is not null");
    Expect(Fart_IdentityHash(handle) == 0, "an ended handle has no identity");
    ExpectMisuses(misuses, 2, "asking an ended handle is a misuse");
  }

  void MakeWatcher() {
    Fart_Handle handle = nullptr;
    ObjectId id = 0;
    const bool weak = program_.Byte() % 4 != 0;
    const auto deed = static_cast<Deed>(program_.Below(kDeeds));
    const std::size_t victim = program_.Byte();
    std::intptr_t external = program_.Byte();
    if (external >= 128) external = (external - 127) * (kMaxExternal / 128);
    if (watchers_.size() >= kMaxHandles || !ChooseObject(&handle, &id)) return;
    Watcher watcher;
    watcher.referent = id;
    watcher.deed = deed;
    watcher.victim = victim;
    watcher.external = static_cast<std::uint64_t>(external);
    // Callbacks of others may run in the call: they must find the vector in order.
    const std::size_t index = watchers_.size();
    void* const peer = reinterpret_cast<void*>(index);
    if (weak) {
      watcher.weak = Fart_NewWeakPersistentHandle(handle, peer, external, OnWeak);
    } else {
      watcher.finalizable = Fart_NewFinalizableHandle(handle, peer, external, OnFinalizable);
    }
    watchers_.push_back(watcher);
    Expect(watcher.weak != nullptr || watcher.finalizable != nullptr, "an object can be watched");
  }

  void ReadWeak() {
    if (watchers_.empty()) return;
    const Watcher watcher = watchers_[program_.Below(watchers_.size())];
    if (watcher.weak == nullptr || !HasRoomForLocal()) return;
    const std::uint64_t before = Counts().local_live;
    const Fart_Handle handle = Fart_HandleFromWeakPersistent(watcher.weak);
    const bool is_null = Fart_IsNull(handle);
    if (watcher.IsLive()) {
      LearnFromWeakLook(watcher.referent, is_null);
    } else {
      Expect(is_null, "a weak handle that has ended reads as null");
    }
    Hold(handle, is_null ? Value() : Value::Object(watcher.referent), before);
  }

  void DeleteSomeWatcher() {
    if (watchers_.empty()) return;
    Watcher& watcher = watchers_[program_.Below(watchers_.size())];
    if (watcher.weak != nullptr) return DeleteWeak(watcher);
    Fart_Handle proof = nullptr;
    Value value;
    if (!Choose(&proof, &value)) return;
    const bool proves = value == Value::Object(watcher.referent);
    const std::uint64_t misuses = Fart_MisuseCount();
    Fart_DeleteFinalizableHandle(watcher.finalizable, proof);
    // Of a dead object there is no proof; whether that is said depends on when it died.
    if (!watcher.IsLive() || proves) {
      ExpectMisuses(misuses, 0, "deleting a finalizable handle is harmless");
    }
    if (proves && watcher.IsLive()) watcher.deleted = true;
  }
  void UpdateExternal() {
    if (watchers_.empty()) return;
    const std::size_t index = program_.Below(watchers_.size());
    const auto external = static_cast<std::intptr_t>(program_.Byte()) * (kMaxExternal / 256);
    const Watcher watcher = watchers_[index];
    if (watcher.weak != nullptr) {
      watchers_[index].external = static_cast<std::uint64_t>(external);
      Fart_UpdateExternalSize(watcher.weak, external);
      return;
    }
    Fart_Handle proof = nullptr;
    Value value;
    if (!Choose(&proof, &value) || value != Value::Object(watcher.referent)) return;
    watchers_[index].external = static_cast<std::uint64_t>(external);
    Fart_UpdateFinalizableExternalSize(watcher.finalizable, proof, external);
  }

  void SetReference() {
    Fart_Handle holder = nullptr;
    ObjectId id = 0;
    if (!ChooseObject(&holder, &id) || model_[id].strong.empty()) return;
    StoreChosen(holder, id, program_.Below(model_[id].strong.size()));
  }
  void StoreChosen(Fart_Handle holder, ObjectId id, std::size_t index) {
    Fart_Handle handle = nullptr;
    Value value;
    if (Choose(&handle, &value)) StoreStrong(holder, id, index, handle, value);
  }
  void StoreStrong(Fart_Handle holder, ObjectId id, std::size_t index, Fart_Handle handle,
                   const Value& value) {
    const Looking looking;
    // While its key is there, an ephemeron's pair is as the model says; a dead key is noticed here
    // before one half is overwritten.
    if (model_[id].kind == ObjectKind::kEphemeron) LookAtEphemeron(holder, id);
    Expect(!Fart_IsError(mirror_.SetStrong(holder, model_[id].kind, index, handle)),
           "a reference can be stored");
    model_[id].strong[index] = value;
  }
  void GetReference() {
    Fart_Handle holder = nullptr;
    ObjectId id = 0;
    if (!ChooseObject(&holder, &id) || model_[id].strong.empty() || !HasRoomForLocal()) return;
    const std::size_t index = program_.Below(model_[id].strong.size());
    if (model_[id].kind == ObjectKind::kEphemeron) {
      const Looking looking;
      LookAtEphemeron(holder, id);
    }
    const std::uint64_t before = Counts().local_live;
    Hold(mirror_.GetStrong(holder, model_[id].kind, index), model_[id].strong[index], before);
  }
  void SetWeakReference() {
    Fart_Handle holder = nullptr;
    ObjectId id = 0;
    if (!ChooseObject(&holder, &id) || model_[id].kind != ObjectKind::kNode) return;
    StoreWeak(holder, id);
  }
  void StoreWeak(Fart_Handle holder, ObjectId id) {
    Fart_Handle handle = nullptr;
    Value value;
    if (!Choose(&handle, &value)) return;
    const Looking looking;
    Expect(!Fart_IsError(Fart_SetWeakReference(holder, 0, handle)), "a weak reference is stored");
    model_[id].weak = value;
  }
  void GetWeakReference() {
    Fart_Handle holder = nullptr;
    ObjectId id = 0;
    if (!ChooseObject(&holder, &id) || model_[id].kind != ObjectKind::kNode) return;
    const Looking looking;
    LookAtWeakReference(holder, id);
  }
  void UseEndedLocal() {
    if (ended_locals_.empty()) return;
    const Fart_Handle ended = ended_locals_[program_.Below(ended_locals_.size())];
    if (checked_handles_) return ExpectRefused(ended);
    // It is found out unless a newer handle or scope has its place: one above the newest handle, in
    // the innermost scope, has not been taken again.
    std::uintptr_t newest = 0;
    for (const Local& local : scopes_.back().locals) {
      if (local.has_slot) newest = std::max(newest, reinterpret_cast<std::uintptr_t>(local.handle));
    }
    if (newest == 0 || reinterpret_cast<std::uintptr_t>(ended) <= newest) return;
    ExpectNotLive(ended);
  }

  // Any 64 bits, or some near those of a handle. Nothing is known of the answers, but that there
  // are some and nothing else changes.
  void UseGarbage() {
    std::uint64_t bits = program_.Word();
    Fart_Handle near = nullptr;
    Value value;
    if (bits % 2 == 0 && Choose(&near, &value)) {
      bits = reinterpret_cast<std::uint64_t>(near) ^ (std::uint64_t{1} << (bits / 2 % 64));
    }
    const auto handle = reinterpret_cast<Fart_Handle>(bits);
    const Looking looking;
    std::int64_t number = 0;
    Fart_IsNull(handle);
    Fart_IsError(handle);
    Fart_IntegerToInt64(handle, &number);
    Fart_IdentityEquals(handle, Fart_True());
    Fart_HandleFromPersistent(handle);
    Fart_ListGetAt(handle, 0);
    Fart_GetReference(handle, 0);
    Fart_HandleFromWeakPersistent(reinterpret_cast<Fart_WeakPersistentHandle>(bits));
    Fart_UpdateExternalSize(nullptr, 8);
    Fart_StringLength(handle, nullptr);
  }

  void Hash() {
    Fart_Handle handle = nullptr;
    ObjectId id = 0;
    if (!ChooseObject(&handle, &id)) return;
    const std::uint64_t hash = Fart_IdentityHash(handle);
    Expect(hash != 0, "an object has an identity hash");
    if (model_[id].hash != 0) Expect(hash == model_[id].hash, "an identity hash stays");
    model_[id].hash = hash;
  }

  void Identity() {
    Fart_Handle first = nullptr;
    Fart_Handle second = nullptr;
    Value first_value;
    Value second_value;
    if (!Choose(&first, &first_value) || !Choose(&second, &second_value)) return;
    Expect(Fart_IdentityEquals(first, second) == (first_value == second_value),
           "identity is that of the objects");
  }

  void MakeGarbage() {
    const std::size_t count = program_.Byte();
    for (std::size_t i = 0; i < count; ++i) {
      const Looking looking;
      if (Fart_IsError(Fart_NewList(static_cast<std::intptr_t>(i)))) return Fail("no room");
    }
  }

  ByteProgram program_;
  const bool checked_handles_;
  std::vector<Fart_Handle> ended_locals_;
};

}  // namespace

std::string RunHandleProgram(const std::uint8_t* bytes, std::size_t size,
                             const HandleMachineOptions& options) {
  if (options.checked_handles && !Fart_SetFlag("--checked-handles")) return "a flag is refused";
  char* error = nullptr;
  const Fart_Isolate isolate = Fart_CreateHeapIsolate(nullptr, &error);
  if (options.checked_handles) Fart_SetFlag("--checked-handles=false");
  if (isolate == nullptr) {
    const std::string text = error != nullptr ? error : "no isolate";
    std::free(error);
    return text;
  }
  if (options.gc_stress != nullptr) {
    Fart_SetFlag((std::string("--gc-stress=") + options.gc_stress).c_str());
  }
  HandleMachine machine(bytes, size, options.checked_handles);
  return machine.Run();
}

}  // namespace fart::fuzz
