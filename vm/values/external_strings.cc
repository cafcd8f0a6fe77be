#include "vm/values/external_strings.h"

#include <cstring>

#include "heap/base/bit_field.h"
#include "heap/base/check.h"
#include "vm/memory/object_memory.h"
#include "vm/values/strings.h"

namespace fart {

namespace {

// The word behind the header (strings.h).
using LengthField = BitField<std::uint32_t, 0, 32>;
using SlotField = BitField<std::uint32_t, LengthField::kNext, 32>;
constexpr std::uint32_t kNoSlot = static_cast<std::uint32_t>(SlotField::kMax);
static_assert(kNoSlot > HandleValue::kMaxIndex);
static_assert(kMaxStringLength * sizeof(char16_t) <= LengthField::kMax);

void Write(ObjectPtr string, std::size_t bytes, std::uint32_t slot, const void* units) {
  *(string.address() + kLengthOffset).As<std::uint64_t>() =
      LengthField::Encode(static_cast<std::uint32_t>(bytes)) | SlotField::Encode(slot);
  // Of nothing, too, there are units somewhere: functions of C want an address.
  static constexpr char16_t kNowhere = 0;
  *(string.address() + kVariablePartOffset).As<const void*>() = bytes == 0 ? &kNowhere : units;
}
void Empty(ObjectPtr string) { Write(string, 0, kNoSlot, nullptr); }  // VV-X2

std::uint32_t SlotOf(ObjectPtr string) { return SlotField::Decode(LengthWord(string)); }

extern "C" void LeaveAlone(void*) {}

// Makes a watcher; an empty value when memory is used up.
HandleValue Watch(ObjectMemory& memory, ObjectPtr string, ByteCount charge, Lender lender) {
  PeerFinalizer const finalizer = lender.finalizer != nullptr ? lender.finalizer : LeaveAlone;
  const HandleValue watcher =
      memory.handles().weaks.Create(HandleKind::kExternal, string, lender.peer, charge,
                                    reinterpret_cast<OpaqueCallback>(finalizer));
  if (!watcher.is_empty()) memory.mutator().ChargeExternal(string, ByteCount(), charge);
  return watcher;
}

Outcome New(ObjectMemory& memory, ShapeId id, const void* units, std::size_t bytes,
            Lender lender) FART_MAY_COLLECT {
  Mutator& mutator = memory.mutator();
  const FreshObject fresh = mutator.AllocateForExternal(id, ByteCount(bytes));
  if (fresh.is_null()) return memory.ReadyErrorOutcome(ErrorText::kOutOfMemory);
  HandleValue watcher;
  {
    const NoSafepointScope quiet;
    const ObjectPtr string = fresh.Get(quiet);
    Empty(string);
    watcher = Watch(memory, string, ByteCount(bytes), lender);
    if (!watcher.is_empty()) Write(string, bytes, watcher.index(), units);  // VV-X1
  }
  if (watcher.is_empty()) return memory.ReadyErrorOutcome(ErrorText::kOffHeapMemory);
  const NoSafepointScope quiet;
  return Outcome::Value(fresh.Get(quiet), quiet);
}

}  // namespace

Outcome NewExternalString(ObjectMemory& memory, std::span<const std::uint8_t> units,
                          Lender lender) {
  FART_CHECK(units.size() <= kMaxStringLength);
  return New(memory, core_shape::kExternalLatin1String, units.data(), units.size(), lender);
}

Outcome NewExternalString(ObjectMemory& memory, std::span<const char16_t> units, Lender lender) {
  FART_CHECK(units.size() <= kMaxStringLength);
  return New(memory, core_shape::kExternalUtf16String, units.data(), units.size_bytes(), lender);
}

bool MakeExternal(ObjectMemory& memory, ObjectPtr string, void* buffer, ByteCount charge,
                  Lender lender, const NoSafepointScope& quiet) {
  FART_DCHECK(!IsExternalString(string));
  const std::size_t bytes = StringByteLength(string);
  FART_CHECK(bytes != 0);
  const HandleValue watcher = Watch(memory, string, charge, lender);
  if (watcher.is_empty()) return false;
  std::memcpy(buffer, StringBytes(string, quiet), bytes);
  memory.mutator().ChangeShape(string, IsLatin1String(string) ? core_shape::kExternalLatin1String
                                                              : core_shape::kExternalUtf16String);
  Write(string, bytes, watcher.index(), buffer);  // VV-X1
  return true;
}

void TakeBack(ObjectMemory& memory, ObjectPtr string, const NoSafepointScope& quiet) {
  FART_DCHECK(IsExternalString(string));
  const ByteCount charge = memory.handles().weaks.DeleteAt(SlotOf(string), quiet);
  memory.mutator().ChargeExternal(string, charge, ByteCount());
  Empty(string);
}

void* PeerOfString(const HandleTables& handles, ObjectPtr string, const NoSafepointScope& quiet) {
  if (IsExternalString(string) && SlotOf(string) != kNoSlot) {
    void* const peer = handles.weaks.PeerAt(SlotOf(string));
    if (peer != nullptr) return peer;
  }
  return handles.peers.Get(string, quiet);
}

void EmptyExternalStrings(WeakHandles& weaks, const NoSafepointScope&) {
  weaks.ForEachLive(HandleKind::kExternal, Empty);
}

}  // namespace fart
