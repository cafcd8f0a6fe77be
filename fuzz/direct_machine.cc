#include "fuzz/direct_machine.h"

#include <csetjmp>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <vector>

#include "fart_heap_api.h"
#include "fuzz/direct_root_steps.h"

namespace fart::fuzz {
namespace {

constexpr std::size_t kMaxObjects = 2000;
constexpr std::size_t kMaxFrames = 30;
// Under stress a collection costs as much as some thousand steps.
constexpr std::size_t kMaxStressedSteps = 250;

// Leaves this many frames.
struct Unwound {
  std::size_t frames;
};

class DirectMachine : private DirectRootSteps {
 public:
  DirectMachine(const std::uint8_t* bytes, std::size_t size, bool is_stressed)
      : DirectRootSteps(bytes, size), is_stressed_(is_stressed) {}

  std::string Run() {
    Fart_EnterScope();
    scopes_.emplace_back();
    if (!Attach()) return "attaching is refused";
    visited_.assign(4, Fart_Slot{FART_DIRECT_NULL});
    visited_values_.resize(visited_.size());
    Expect(!Fart_IsError(Fart_AddRootVisitor(Visit, this, "machine")), "a visitor is added");
    while (!program_.AtEnd() && failure_.empty()) Call();
    Expect(direct_->frames == nullptr, "no frame is left");
    if (failure_.empty()) Expect(Fart_VerifyHeap() == nullptr, "the heap verifies at the end");
    Fart_ShutdownIsolate();
    for (const std::unique_ptr<Watcher>& watcher : watchers_) {
      Expect(watcher->called, "every callback has run at shutdown");
    }
    return failure_;
  }

 private:
  // ---- Frames: each is one of these on the C stack, and ends as its block does.

  template <unsigned kSlots>
  [[gnu::noinline]] Fart_Ref RunFrame(Value* result) {
    FART_ROOTS(direct_, roots, kSlots);
    frames_.push_back({&roots.frame, roots.at, std::vector<Value>(kSlots)});
    returns_ = false;
    while (!program_.AtEnd() && failure_.empty() && !returns_) {
      if (++step_ == kMaxStressedSteps && is_stressed_) program_.Stop();
      Step();
      if (failure_.empty()) Compare();
    }
    returns_ = false;
    if (frames_.size() == 1 && failure_.empty()) CompareAll();
    *result = frames_.back().values[0];
    frames_.pop_back();
    return Fart_GetSlot(direct_, &roots.at[0]);
  }

  void Call() {
    const std::size_t size = program_.Below(4);
    const std::size_t depth = frames_.size();
    if (depth >= kMaxFrames) return;
    Value value;
    Fart_Ref result;
    try {
      result = size == 0   ? RunFrame<1>(&value)
               : size == 1 ? RunFrame<2>(&value)
               : size == 2 ? RunFrame<4>(&value)
                           : RunFrame<9>(&value);
    } catch (const Unwound& unwound) {
      frames_.resize(depth);
      if (depth == 0 || unwound.frames == 0) return;
      throw Unwound{unwound.frames - 1};
    }
    // What is raw outlives the frame's end.
    if (depth != 0) Set(Choose(), result, value);
  }

  [[gnu::noinline]] void JumpOutOf(std::size_t frames, std::jmp_buf& place) {
    FART_ROOTS(direct_, left, 2);
    Fart_SetSlot(direct_, &left.at[1], MakePairs(1));
    if (frames > 0) JumpOutOf(frames - 1, place);
    if (always_) std::longjmp(place, 1);
  }
  void Jump() {
    const volatile std::size_t frames = program_.Below(4);  // Inlined it would lie in a register.
    Fart_RootFrame* const mark = Fart_RootsMark(direct_);
    std::jmp_buf place;
    if (setjmp(place) == 0) JumpOutOf(frames, place);
    Fart_RootsReset(direct_, mark);
  }

  // ---- Choosing

  // A raw object that has references.
  bool ChooseHolder(Place* place, ObjectId* id) {
    *place = Choose();
    if (!place->value->IsObject()) return false;
    *id = place->value->id();
    return IsRaw(model_[*id].kind) && !model_[*id].strong.empty();
  }
  bool ChooseNode(Place* place, ObjectId* id) {
    return ChooseHolder(place, id) && model_[*id].kind == ObjectKind::kNode;
  }

  // ---- Steps

  void Step() {
    switch (program_.Below(20)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return MakeObject();
      case 4:
      case 5:
        return StoreStrong();
      case 6:
        return LoadStrong();
      case 7:
        return StoreWeak();
      case 8:
        return LoadWeak();
      case 9:
      case 10:
        return Call();
      case 11:
        returns_ = frames_.size() > 1;
        return;
      case 12:
        return WriteRoot();
      case 13:
      case 14:
        return ChangeArray();
      case 15:
        return UseHandles();
      case 16:
        return Collect(Fart_Collection_kMinor);
      case 17:
        return Collect(program_.Byte() % 2 == 0 ? Fart_Collection_kMajor
                                                : Fart_Collection_kEverything);
      case 18:
        return UseFibre();
      case 19:
        return RareStep();
    }
  }
  void RareStep() {
    switch (program_.Below(10)) {
      case 0:
        throw Unwound{program_.Below(4)};
      case 1:
        return Jump();
      case 2:
        return Misuse();
      case 3:
        FART_SAFEPOINT(direct_);
        return;
      case 4:
        MakePairs(is_stressed_ ? program_.Below(64) : 8 * program_.Below(256));
        return;
      case 5:
        return Expect(Fart_VerifyHeap() == nullptr, "the heap verifies");
      case 6:
        return ChangeWord();
      case 7:
        return Hash();
      case 8:
        return AttachAgain();
      case 9:
        return Expect(Fart_SetFlag(program_.Byte() % 2 == 0 ? "--gc-stress=0" : "--gc-stress=50"),
                      "stress changes");
    }
  }

  void MakeObject() {
    static constexpr ObjectKind kKinds[] = {
        ObjectKind::kPair,      ObjectKind::kPair,  ObjectKind::kNode, ObjectKind::kNode,
        ObjectKind::kEphemeron, ObjectKind::kArray, ObjectKind::kBlob, ObjectKind::kString,
        ObjectKind::kDouble,    ObjectKind::kList};
    const ObjectKind kind = kKinds[program_.Below(std::size(kKinds))];
    const std::size_t size = program_.Byte();
    const Place first = Choose();
    const Place second = Choose();
    const Place target = Choose();
    if (model_.size() >= kMaxObjects) return;
    const Value values[2] = {*first.value, *second.value};
    const bool has_all_given = size % 2 == 0;
    std::size_t references = 0;
    if (kind == ObjectKind::kArray) references = size >= 250 ? kLargeArray : 1 + size % 32;
    if (kind == ObjectKind::kList) references = size % 16;
    if (kind == ObjectKind::kPair || kind == ObjectKind::kNode || kind == ObjectKind::kEphemeron) {
      references = 2;
    }
    const ObjectId id = model_.Add(kind, references);
    payloads_.push_back(0);
    if (!IsRaw(kind)) {
      const LookingAside looking;
      const Fart_Handle made = mirror_.Make(kind, id, references, size);
      if (Fart_IsError(made)) return Fail("there is room");
      return Set(target, Fart_RefOf(direct_, made), Value::Object(id));
    }
    const Fart_Ref made = kind == ObjectKind::kArray || kind == ObjectKind::kBlob
                              ? MakeVariable(kind, size, references, first, second, has_all_given)
                              : MakeFixed(kind, id, first, second, has_all_given);
    if (Fart_IsNone(made)) return Fail("there is room");
    std::vector<Value>& strong = model_[id].strong;
    if (kind != ObjectKind::kPair) *Fart_Word(direct_, made, NumberWord(kind)) = id;
    if (kind == ObjectKind::kBlob) return FinishBlob(made, id, size, target);
    for (std::size_t i = 0; i < 2 && i < strong.size(); ++i) {
      // What is fresh and of a fixed size may be written with either.
      if (!has_all_given && i == 0 && kind != ObjectKind::kArray) {
        Fart_Init(direct_, made, StrongWord(kind, i), Get(first));
      } else if (!has_all_given) {
        Fart_Store(direct_, made, StrongWord(kind, i), Get(i == 0 ? first : second));
      }
      strong[i] = values[i];
    }
    if (kind == ObjectKind::kNode) {
      Fart_Init(direct_, made, kWeakWord, Get(second));
      model_[id].weak = values[1];
    }
    Set(target, made, Value::Object(id));
  }
  Fart_Ref MakeFixed(ObjectKind kind, ObjectId id, const Place& first, const Place& second,
                     bool is_given) {
    const Fart_Ref number = Fart_FromSmi(direct_, static_cast<std::int64_t>(id));
    const Fart_Ref pair[] = {number, Get(first), Get(second)};
    if (kind == ObjectKind::kPair) {
      const Fart_Ref made =
          Fart_New(direct_, ShapeOf(kind), kPairLayout, is_given ? pair : nullptr);
      if (!is_given && !Fart_IsNone(made)) Fart_Init(direct_, made, 1, number);
      return made;
    }
    const Fart_Layout layout = kind == ObjectKind::kNode ? kNodeLayout : kEphemeronLayout;
    return Fart_New(direct_, ShapeOf(kind), layout, is_given ? pair + 1 : nullptr);
  }
  Fart_Ref MakeVariable(ObjectKind kind, std::size_t size, std::size_t references,
                        const Place& first, const Place& second, bool is_given) {
    if (kind == ObjectKind::kBlob) {
      const std::size_t bytes = size >= 250 ? kLargeBlobBytes : size;
      return Fart_NewVariable(direct_, ShapeOf(kind), static_cast<std::intptr_t>(bytes));
    }
    const auto length = static_cast<std::intptr_t>(references) - 1;
    if (!is_given) return Fart_NewVariable(direct_, ShapeOf(kind), length);
    const std::uint64_t words[] = {first.slot->bits, second.slot->bits};
    const std::intptr_t given = references == 1 ? 1 : 2;
    return Fart_RefOfBits(direct_, Fart_DirectNew(direct_, ShapeOf(kind), length, given, words));
  }
  void FinishBlob(Fart_Ref blob, ObjectId id, std::size_t size, const Place& target) {
    payloads_[id] = size >= 250 ? kLargeBlobBytes : size;
    const auto words = static_cast<unsigned>(payloads_[id] / 8);
    if (words != 0) *Fart_Word(direct_, blob, 2 + words) = id;
    Set(target, blob, Value::Object(id));
  }
  void StoreStrong() {
    Place holder;
    ObjectId id = 0;
    const Place source = Choose();
    if (!ChooseHolder(&holder, &id)) return;
    const ObjectKind kind = model_[id].kind;
    const std::size_t index = program_.Below(model_[id].strong.size());
    if (kind == ObjectKind::kEphemeron) LookAtEphemeron(Get(holder), id);
    const Value value = *source.value;
    if (program_.Byte() % 4 != 0) {
      Fart_Store(direct_, Get(holder), StrongWord(kind, index), Get(source));
    } else {
      const LookingAside looking;
      const Fart_Handle object = Fart_HandleOf(direct_, Get(holder));
      const std::size_t of_shape = kind == ObjectKind::kPair ? index + 1 : index;
      Expect(!Fart_IsError(Fart_SetReference(object, static_cast<std::intptr_t>(of_shape),
                                             Fart_HandleOf(direct_, Get(source)))),
             "a reference is stored by handles");
    }
    model_[id].strong[index] = value;
  }
  void LoadStrong() {
    Place holder;
    ObjectId id = 0;
    const Place target = Choose();
    if (!ChooseHolder(&holder, &id)) return;
    const ObjectKind kind = model_[id].kind;
    const std::size_t index = program_.Below(model_[id].strong.size());
    if (kind == ObjectKind::kEphemeron) LookAtEphemeron(Get(holder), id);
    const Value value = model_[id].strong[index];
    {
      const LookingAside looking;
      const Fart_Handle object = Fart_HandleOf(direct_, Get(holder));
      const std::size_t of_shape = kind == ObjectKind::kPair ? index + 1 : index;
      const Fart_Handle same = Fart_GetReference(object, static_cast<std::intptr_t>(of_shape));
      const Fart_Ref loaded = Fart_Load(direct_, Get(holder), StrongWord(kind, index));
      Expect(Fart_IsSame(Fart_RefOf(direct_, same), loaded), "both ways read the same");
    }
    Set(target, Fart_Load(direct_, Get(holder), StrongWord(kind, index)), value);
  }
  void StoreWeak() {
    Place holder;
    ObjectId id = 0;
    const Place source = Choose();
    if (!ChooseNode(&holder, &id)) return;
    Fart_Store(direct_, Get(holder), kWeakWord, Get(source));
    model_[id].weak = *source.value;
  }
  void LoadWeak() {
    Place holder;
    ObjectId id = 0;
    const Place target = Choose();
    if (!ChooseNode(&holder, &id)) return;
    LookAtWeakReference(Get(holder), id);
    const Value value = model_[id].weak;
    Set(target, Fart_LoadWeak(direct_, Get(holder), kWeakWord), value);
  }
  void ChangeWord() {
    Place holder;
    ObjectId id = 0;
    const std::uint64_t word = program_.Word();
    if (!ChooseNode(&holder, &id)) return;
    *Fart_Word(direct_, Get(holder), kChangingWord) = word;
    payloads_[id] = word;
  }

  void Hash() {
    const Place place = Choose();
    if (!place.value->IsObject()) return;
    const LookingAside looking;
    const std::uint64_t hash = Fart_IdentityHash(Fart_HandleOf(direct_, Get(place)));
    Object& object = model_[place.value->id()];
    Expect(hash != 0 && (object.hash == 0 || object.hash == hash), "an identity hash stays");
    object.hash = hash;
  }

  // ---- What changes nothing

  void AttachAgain() {
    Fart_ShapeDescription shape = {};
    shape.struct_size = sizeof shape;
    shape.name = "Another";
    const Fart_DirectAbi abi = FART_DIRECT_ABI;
    std::uint32_t number = 0;
    Expect(Fart_DirectAttach(&abi, &shape, 1, &number, nullptr, nullptr, nullptr) == direct_,
           "an isolate has one state");
    Expect(number >= first_ + kShapeCount && Fart_DirectState() == direct_, "shapes follow");
  }
  void Misuse() {
    const std::size_t choice = program_.Below(6);
    const LookingAside looking;
    const std::uint64_t misuses = Fart_MisuseCount();
    const std::uint32_t pair = ShapeOf(ObjectKind::kPair);
    std::uint64_t made = FART_DIRECT_NONE;
    if (choice == 0) made = Fart_DirectNew(direct_, 1U << 30, 0, 0, nullptr);
    if (choice == 1) made = Fart_DirectNew(direct_, pair, 1, 0, nullptr);
    if (choice == 2) made = Fart_DirectNew(direct_, pair, 0, 4, &visited_[0].bits);
    if (choice == 3) made = Fart_RefOf(direct_, nullptr).bits;
    Expect(made == FART_DIRECT_NONE, "a misuse makes nothing");
    Expect(Fart_MisuseCount() == misuses + (choice < 4 ? 1 : 0), "a misuse is recorded");
    if (choice == 4) {
      Expect(Fart_IsApiError(Fart_AddRootVisitor(Visit, this, "again")), "a visitor is there once");
    }
    if (choice == 5) {
      Expect(Fart_IsApiError(Fart_DirectHandle(FART_DIRECT_NONE)), "none is no value");
    }
  }

  const bool is_stressed_;
  bool returns_ = false;
  volatile bool always_ = true;  // For compilers that fear for a function that never returns.
};

}  // namespace

std::string RunDirectProgram(const std::uint8_t* bytes, std::size_t size, const char* gc_stress) {
  char* error = nullptr;
  if (Fart_CreateHeapIsolate(nullptr, &error) == nullptr) {
    const std::string text = error != nullptr ? error : "no isolate";
    std::free(error);
    return text;
  }
  if (gc_stress != nullptr) Fart_SetFlag((std::string("--gc-stress=") + gc_stress).c_str());
  DirectMachine machine(bytes, size, gc_stress != nullptr);
  return machine.Run();
}

}  // namespace fart::fuzz
