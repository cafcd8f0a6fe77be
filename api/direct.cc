// The direct interface -- what inlined code of a host needs of the library.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "api/heap_shapes.h"
#include "api/include/fart_direct_api.h"
#include "api/new_object.h"
#include "api/shim.h"
#include "heap/direct_state.h"
#include "heap/object/header.h"
#include "heap/object/region_flags.h"
#include "heap/platform/off_heap.h"
#include "vm/memory/core_shapes.h"
#include "vm/roots/host_roots.h"
#include "vm/values/errors.h"
#include "vm/values/objects.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// ---- H-D1: the public layout is ours.
static_assert(sizeof(Fart_Direct) == sizeof(DirectState));
static_assert(offsetof(Fart_Direct, top) == offsetof(DirectState, area.top));
static_assert(offsetof(Fart_Direct, limit) == offsetof(DirectState, area.limit));
static_assert(offsetof(Fart_Direct, objects) == offsetof(DirectState, objects));
static_assert(offsetof(Fart_Direct, holder_flags) == offsetof(DirectState, holder_flags));
static_assert(offsetof(Fart_Direct, flags) == offsetof(DirectState, flags));
static_assert(offsetof(Fart_Direct, flag_mask) == offsetof(DirectState, flag_mask));
static_assert(offsetof(Fart_Direct, frames) == offsetof(DirectState, frames));
static_assert(offsetof(Fart_Direct, gate) == offsetof(DirectState, gate));
static_assert(offsetof(Fart_Direct, epoch) == offsetof(DirectState, epoch));
static_assert(sizeof(Fart_RootFrame) == sizeof(RootFrame));
static_assert(sizeof(Fart_RootFrame) == FART_DIRECT_FRAME_WORDS * kWordSize);
static_assert(sizeof(Fart_RootArray) == sizeof(RootArray));
static_assert(offsetof(Fart_RootArray, count) == offsetof(RootArray, count));
static_assert(offsetof(Fart_RootArray, clean) == offsetof(RootArray, clean));
static_assert(sizeof(Fart_Slot) == sizeof(ObjectPtr));

// What the library has, in place of what a host was compiled with.
constexpr Fart_DirectAbi OurAbi() {
  Fart_DirectAbi abi = FART_DIRECT_ABI;
  abi.tag = ObjectPtr::kHeapObjectTag;
  abi.none = static_cast<std::uint32_t>(kUninitialised.bits());
  abi.first_object = static_cast<std::uint32_t>(ObjectPtr::kImmediateLimit);
  abi.remembered_bit = Header::IsHeaderBit::kNext;
  abi.shape_shift = Header::AgeField::kNext;
  abi.shape_bits = Header::ShapeField::kNext - Header::AgeField::kNext;
  abi.size_shift = Header::ShapeField::kNext;
  abi.size_bits = Header::SizeField::kNext - Header::ShapeField::kNext;
  abi.region_shift = kRegionShift;
  abi.flag_to = kVisitPointersTo;
  abi.flag_from = kVisitPointersFrom;
  abi.flag_log = kLogStores;
  return abi;
}

// A field that must be the same in host and library.
struct Field {
  const char* name;
  std::size_t offset;
};
constexpr Field kFields[] = {
    {"version", offsetof(Fart_DirectAbi, version)},
    {"state_size", offsetof(Fart_DirectAbi, state_size)},
    {"frame_words", offsetof(Fart_DirectAbi, frame_words)},
    {"tag", offsetof(Fart_DirectAbi, tag)},
    {"none", offsetof(Fart_DirectAbi, none)},
    {"first_object", offsetof(Fart_DirectAbi, first_object)},
    {"remembered_bit", offsetof(Fart_DirectAbi, remembered_bit)},
    {"shape_shift", offsetof(Fart_DirectAbi, shape_shift)},
    {"shape_bits", offsetof(Fart_DirectAbi, shape_bits)},
    {"size_shift", offsetof(Fart_DirectAbi, size_shift)},
    {"size_bits", offsetof(Fart_DirectAbi, size_bits)},
    {"region_shift", offsetof(Fart_DirectAbi, region_shift)},
    {"flag_to", offsetof(Fart_DirectAbi, flag_to)},
    {"flag_from", offsetof(Fart_DirectAbi, flag_from)},
    {"flag_log", offsetof(Fart_DirectAbi, flag_log)},
};
// All but the size of the struct, and what is not compared.
static_assert(sizeof kFields / sizeof kFields[0] ==
              sizeof(Fart_DirectAbi) / sizeof(std::uint32_t) - 2);

static_assert(FART_DIRECT_FIRST_HOST_IMMEDIATE == kFirstHostImmediate);
static_assert(kFirstHostImmediate + FART_DIRECT_HOST_IMMEDIATES == ObjectPtr::kImmediates);

constexpr Fart_DirectAbi kOurAbi = OurAbi();
// What is compiled into hosts is what this library has.
static_assert([] {
  constexpr Fart_DirectAbi kPublic = FART_DIRECT_ABI;
  return kPublic.tag == kOurAbi.tag && kPublic.none == kOurAbi.none &&
         kPublic.first_object == kOurAbi.first_object &&
         kPublic.remembered_bit == kOurAbi.remembered_bit &&
         kPublic.shape_shift == kOurAbi.shape_shift && kPublic.shape_bits == kOurAbi.shape_bits &&
         kPublic.size_shift == kOurAbi.size_shift && kPublic.size_bits == kOurAbi.size_bits &&
         kPublic.region_shift == kOurAbi.region_shift && kPublic.flag_to == kOurAbi.flag_to &&
         kPublic.flag_from == kOurAbi.flag_from && kPublic.flag_log == kOurAbi.flag_log;
}());

std::uint32_t ValueOf(const Fart_DirectAbi& abi, const Field& field) {
  std::uint32_t value = 0;
  std::memcpy(&value, reinterpret_cast<const char*>(&abi) + field.offset, sizeof value);
  return value;
}

std::string Difference(const char* name, std::uint32_t theirs, std::uint32_t ours) {
  return std::string(name) + " " + std::to_string(theirs) + " (the library has " +
         std::to_string(ours) + ")";
}

// Each field that differs; empty if none does.
std::string Differences(const Fart_DirectAbi& host) {
  // Of another size it has other fields.
  if (host.struct_size != sizeof host) {
    return Difference("struct_size", host.struct_size, sizeof host);
  }
  std::string text;
  for (const Field& field : kFields) {
    const std::uint32_t theirs = ValueOf(host, field);
    const std::uint32_t ours = ValueOf(kOurAbi, field);
    if (theirs == ours) continue;
    text += text.empty() ? "" : ", ";
    text += Difference(field.name, theirs, ours);
  }
  return text;
}

Fart_Direct* ToForeign(DirectState& state) { return reinterpret_cast<Fart_Direct*>(&state); }

Fart_Direct* Refuse(char** error, const std::string& text) {
  PutErrorText(error, text.c_str());
  return nullptr;
}

// Registers them; else says why not.
std::string RegisterShapes(Isolate& isolate, const char* function,
                           const Fart_ShapeDescription* descriptions, std::intptr_t count,
                           std::uint32_t* first) {
  Vector<ShapeDescription> read(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < read.size(); ++i) {
    const std::string argument = IndexedName("descriptions", static_cast<std::intptr_t>(i));
    const std::string broken =
        ReadDescription(function, argument.c_str(), descriptions[i], &read[i]);
    if (!broken.empty()) return broken;
  }
  ShapeId id{};
  if (!isolate.shapes().RegisterRun({read.data(), read.size()}, {.kind = ShapeKind::kEmbedder},
                                    &id)) {
    return std::string(function) + ": this heap can tell no more shapes apart.";
  }
  *first = static_cast<std::uint32_t>(id);
  return {};
}

Fart_Direct* Attach(const char* function, const Fart_DirectAbi* abi,
                    const Fart_ShapeDescription* descriptions, std::intptr_t count,
                    std::uint32_t* first, Fart_DirectOutOfMemory out_of_memory, void* peer,
                    char** error) {
  Isolate* const isolate = Isolate::Current();
  const std::string who = std::string(function) + ": ";
  if (isolate == nullptr) return Refuse(error, who + TextOf(ErrorText::kNoIsolate));
  if (abi == nullptr) return Refuse(error, ExpectsNonNull(function, "abi"));
  const std::string differences = Differences(*abi);
  if (!differences.empty()) {
    return Refuse(error, who + "the host was compiled with " + differences + ": compile it again.");
  }
  constexpr std::uint64_t kMaxShapes = Header::kMaxShapes;
  if (!IsInRange(count, kMaxShapes)) {
    return Refuse(error, ExpectsRange(function, "count", kMaxShapes, count));
  }
  if (count != 0) {
    if (descriptions == nullptr) return Refuse(error, ExpectsNonNull(function, "descriptions"));
    if (first == nullptr) return Refuse(error, ExpectsNonNull(function, "first"));
    const std::string broken = RegisterShapes(*isolate, function, descriptions, count, first);
    if (!broken.empty()) return Refuse(error, broken);
  }
  if (abi->has_checks != 0) isolate->mutator().SetAllSeen();  // H-D3
  isolate->direct_host() = {.is_attached = true, .out_of_memory = out_of_memory, .peer = peer};
  NoteEphemeronShapes(*isolate);
  return ToForeign(isolate->mutator().direct());
}

// ---- Making objects

bool IsDirectShape(const Isolate& isolate, std::uint32_t shape) {
  return shape < isolate.shapes().size() &&
         isolate.shapes()[ShapeId{shape}].kind == ShapeKind::kEmbedder;
}

constexpr std::uint64_t kNone = FART_DIRECT_NONE;

// *has_room is false, and nothing recorded, if there is no room.
std::uint64_t CheckedNew(const char* function, const Fart_Direct* direct,
                         const WantedObject& wanted, bool* has_room) FART_MAY_COLLECT {
  Isolate* const isolate = Isolate::Current();
  if (isolate == nullptr) {
    RecordText(function, ErrorText::kNoIsolate);
    return kNone;
  }
  if (isolate->IsInCallback()) {
    RecordText(function, ErrorText::kInCallback);
    return kNone;
  }
  if (direct != ToForeign(isolate->mutator().direct())) {
    RecordMisuse(Expects(function, "direct", "the current isolate's"));
    return kNone;
  }
  if (!IsDirectShape(*isolate, wanted.shape)) {
    RecordMisuse(Expects(function, "shape", "the number of a shape of the current isolate"));
    return kNone;
  }
  const Shape& shape = isolate->heap().shapes()[ShapeId{wanted.shape}];
  const std::uint64_t longest = shape.has_length() ? INTPTR_MAX : 0;
  if (!IsInRange(wanted.length, longest)) {
    RecordMisuse(ExpectsRange(function, "length", longest, wanted.length));
    return kNone;
  }
  const std::uint64_t most = MostReferences(shape, wanted.length);
  if (!IsInRange(wanted.count, most)) {
    RecordMisuse(ExpectsRange(function, "count", most, wanted.count));
    return kNone;
  }
  if (wanted.count != 0 && wanted.init == nullptr) {
    RecordMisuse(ExpectsNonNull(function, "init"));
    return kNone;
  }
  const FreshObject fresh = NewObject(*isolate, wanted);
  *has_room = !fresh.is_null();
  if (fresh.is_null()) return kNone;
  const NoSafepointScope quiet;
  return fresh.Get(quiet).bits();
}

std::uint64_t TryNew(const Fart_Direct* direct, const WantedObject& wanted,
                     bool* has_room) FART_MAY_COLLECT {
  try {
    return CheckedNew("Fart_DirectNew", direct, wanted, has_room);
  } catch (const std::bad_alloc&) {
  } catch (const std::length_error&) {
  }
  *has_room = false;
  return kNone;
}

}  // namespace

Fart_Direct* Fart_DirectAttach(const Fart_DirectAbi* abi, const Fart_ShapeDescription* descriptions,
                               std::intptr_t count, std::uint32_t* first,
                               Fart_DirectOutOfMemory out_of_memory, void* peer,
                               char** error) FART_TRY {
  return Attach(__func__, abi, descriptions, count, first, out_of_memory, peer, error);
}
FART_CATCH_AND(return Refuse(error, "Fart_DirectAttach: the system has no memory."))

Fart_Direct* Fart_DirectState() FART_TRY {
  FART_ENTER_OR(isolate, nullptr);
  if (!isolate.direct_host().is_attached) return nullptr;
  return ToForeign(isolate.mutator().direct());
}
FART_CATCH_OR(nullptr)

// Outside of what catches: the callback leaves as it likes. (A-A5 is of our own exceptions.)
std::uint64_t Fart_DirectNew(Fart_Direct* direct, std::uint32_t shape, std::intptr_t length,
                             std::intptr_t count, const std::uint64_t* init) FART_MAY_COLLECT {
  bool has_room = true;
  const std::uint64_t word = TryNew(direct, {shape, length, count, init}, &has_room);
  if (!has_room) [[unlikely]] {
    const DirectHost& host = Isolate::Current()->direct_host();
    if (host.out_of_memory != nullptr) host.out_of_memory(host.peer);
  }
  return word;
}

void Fart_DirectStore(Fart_Direct* direct, std::uint64_t object, std::uint32_t index,
                      std::uint64_t value) {
  Isolate* const isolate = Isolate::Current();
  FART_DCHECK(isolate != nullptr && direct == ToForeign(isolate->mutator().direct()));
  static_cast<void>(direct);
  const ObjectPtr holder = ObjectPtr::FromBits(object);
  isolate->mutator().StoreField(holder, holder.address().As<ObjectPtr>() + index,
                                ObjectPtr::FromBits(value));
}

std::uint64_t Fart_DirectLoadWeak(Fart_Direct*, std::uint64_t object, std::uint32_t index) {
  return ObjectPtr::FromBits(object).address().As<std::uint64_t>()[index];
}

std::uint64_t Fart_DirectHash(Fart_Direct* direct, std::uint64_t word) FART_READS_OBJECTS {
  Isolate* const isolate = Isolate::Current();
  FART_DCHECK(isolate != nullptr && direct == ToForeign(isolate->mutator().direct()));
  static_cast<void>(direct);
  const NoSafepointScope quiet;
  return IdentityHashOf(isolate->mutator(), ObjectPtr::FromBits(word), quiet);
}

void Fart_DirectSafepoint(Fart_Direct*) FART_MAY_COLLECT FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  FART_NEED_NO_CALLBACK_OR(isolate, FART_NOTHING);
  isolate.mutator().Poll();
}
FART_CATCH_OR(FART_NOTHING)

// ---- To and from handles

namespace whole {

[[gnu::noinline]] static Fart_Handle Fart_DirectHandle(std::uint64_t word)
    FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  if (word == kNone) return NewErrorHandle(isolate, Expects(__func__, "word", "a value"));
  const NoSafepointScope quiet;
  return WrapObject(isolate, ObjectPtr::FromBits(word), quiet);
}
FART_CATCH

}  // namespace whole

Fart_Handle Fart_DirectHandle(std::uint64_t word) FART_MAY_COLLECT {
  Isolate* const isolate = WithRoomForHandle();
  if (isolate != nullptr && word != kNone) [[likely]] {
    const NoSafepointScope quiet;
    return QuickValue(*isolate, ObjectPtr::FromBits(word), quiet);
  }
  return whole::Fart_DirectHandle(word);
}

std::uint64_t Fart_DirectWord(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, kNone);
  FART_UNWRAP_OR(isolate, value, object, kNone);
  if (Holds<IsError>(value)) {
    RecordMisuse(Expects(__func__, "object", "no error"));
    return kNone;
  }
  const NoSafepointScope quiet;
  return value.Get(quiet).bits();
}
FART_CATCH_OR(kNone)

// ---- Roots

Fart_Handle Fart_AddRootArray(Fart_RootArray* array, const char* name) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_POINTER(isolate, array);
  FART_NEED_POINTER(isolate, name);
  if (!isolate.host_roots().AddArray(reinterpret_cast<RootArray*>(array), name)) {
    return NewErrorHandle(isolate, Expects(__func__, "array", "one that is not registered yet"));
  }
  return Success();
}
FART_CATCH

Fart_Handle Fart_RemoveRootArray(Fart_RootArray* array) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_POINTER(isolate, array);
  if (!isolate.host_roots().RemoveArray(reinterpret_cast<RootArray*>(array))) {
    return NewErrorHandle(isolate, Expects(__func__, "array", "one that is registered"));
  }
  return Success();
}
FART_CATCH

Fart_Handle Fart_AddRootVisitor(Fart_RootVisitor visitor, void* peer,
                                const char* name) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_POINTER(isolate, visitor);
  FART_NEED_POINTER(isolate, name);
  if (!isolate.host_roots().AddVisitor(visitor, peer, name)) {
    return NewErrorHandle(isolate, Expects(__func__, "visitor", "one that is not registered yet"));
  }
  return Success();
}
FART_CATCH

Fart_Handle Fart_RemoveRootVisitor(Fart_RootVisitor visitor, void* peer) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_POINTER(isolate, visitor);
  if (!isolate.host_roots().RemoveVisitor(visitor, peer)) {
    return NewErrorHandle(isolate, Expects(__func__, "visitor", "one that is registered"));
  }
  return Success();
}
FART_CATCH

void Fart_VisitRoots(Fart_RootVisit visit, Fart_Slot* first, std::intptr_t count) {
  if (count <= 0) return;
  auto* const slots = reinterpret_cast<ObjectPtr*>(first);
  HostRoots::VisitorOf(visit).VisitSlots(RootKind::kHost, slots, slots + count);
}

void Fart_VisitRootFrames(Fart_RootVisit visit, Fart_RootFrame* innermost,
                          const Fart_RootFrame* outer) {
  HostRoots::VisitFrames(HostRoots::VisitorOf(visit), reinterpret_cast<RootFrame*>(innermost),
                         reinterpret_cast<const RootFrame*>(outer));
}
