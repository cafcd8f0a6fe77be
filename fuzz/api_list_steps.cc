// Steps: lists and typed data.

#include <algorithm>
#include <array>

#include "fuzz/api_steps.h"

namespace fart::fuzz {
namespace {

constexpr std::intptr_t kRoom = 24;

Fart_Handle AnyList(ApiWorld& world) {
  return world.Of(world.OneIn(3) ? Kind::kTypedData : Kind::kList);
}

// ---- Lists

void NewList(ApiWorld& world) {
  const std::intptr_t length = world.Length();
  const std::size_t nested = world.nested;
  const Fart_Handle made = FUZZ_CALL(Fart_NewList, length);
  std::intptr_t read = -1;
  if (world.IsUndisturbed(made, nested) && world.WentWell(Fart_ListLength(made, &read))) {
    world.Expect(read == length, "a list is as long as was said");
  }
  world.Keep(made, Kind::kList);
}

void ListLength(ApiWorld& world) {
  const Fart_Handle list = AnyList(world);
  world.Expect(!FUZZ_CALL(Fart_IsList, list) || Fart_IsInstance(list), "a list is an instance");
  std::intptr_t length = -1;
  std::intptr_t* const place = world.Place(&length);
  world.WentWell(FUZZ_CALL(Fart_ListLength, list, place), {place});
}

void ListGetAt(ApiWorld& world) {
  const Fart_Handle list = AnyList(world);
  const std::intptr_t index = world.Length();
  world.Keep(FUZZ_CALL(Fart_ListGetAt, list, index), Kind::kAny);
}

void ListSetAt(ApiWorld& world) {
  const Fart_Handle list = AnyList(world);
  const std::intptr_t index = world.Length();
  const Fart_Handle value = world.Any();
  const std::size_t nested = world.nested;
  const Fart_Handle result = FUZZ_CALL(Fart_ListSetAt, list, index, value);
  if (!world.IsUndisturbed(result, nested) || Fart_IsTypedData(list)) return;
  const Fart_Handle read = Fart_ListGetAt(list, index);
  // A list of the program stores what it likes.
  if (world.IsUndisturbed(read, nested) && Fart_IsList(list) && !Fart_IsNumber(value)) {
    world.Expect(Fart_IdentityEquals(read, value), "a list's element reads back");
  }
}

void ListGetRange(ApiWorld& world) {
  const Fart_Handle list = AnyList(world);
  const std::intptr_t offset = world.Length();
  const std::intptr_t length = world.LengthIn(kRoom);
  std::array<Fart_Handle, kRoom> elements{};
  Fart_Handle* const place = world.Place(elements.data());
  const Fart_Handle result = FUZZ_CALL(Fart_ListGetRange, list, offset, length, place);
  if (!world.WentWell(result) || place == nullptr) return;
  for (std::intptr_t i = 0; i < length; ++i) {
    world.Expect(elements[static_cast<std::size_t>(i)] != nullptr, "a range is filled");
  }
  if (length > 0) world.Keep(elements[0], Kind::kAny);
}

void ListAsBytes(ApiWorld& world) {
  const Fart_Handle list = AnyList(world);
  const std::intptr_t offset = world.Length();
  const std::intptr_t length = world.LengthIn(kRoom);
  std::array<std::uint8_t, kRoom> bytes{};
  for (std::uint8_t& byte : bytes) byte = world.program.Byte();
  std::array<std::uint8_t, kRoom> read{};
  std::uint8_t* const place = world.Place(bytes.data());
  const std::size_t nested = world.nested;
  const Fart_Handle set = FUZZ_CALL(Fart_ListSetAsBytes, list, offset, place, length);
  const Fart_Handle got = FUZZ_CALL(Fart_ListGetAsBytes, list, offset, read.data(), length);
  if (!world.IsUndisturbed(set, nested) || !world.IsUndisturbed(got, nested)) return;
  // What elements of another size or of floating point make of a byte is lists' own model's matter.
  const bool is_plain = Fart_GetTypeOfTypedData(list) <= Fart_TypedData_kUint64;
  if (is_plain && length > 0) {
    world.Expect(std::equal(bytes.begin(), bytes.begin() + length, read.begin()),
                 "bytes stored into a list read back");
  }
}

// ---- Typed data

Fart_TypedData_Type AnyType(ApiWorld& world) {
  return static_cast<Fart_TypedData_Type>(world.Below(16));  // 13 and above are none
}

void AskTypedData(ApiWorld& world) {
  const Fart_Handle object = world.Of(world.OneIn(3) ? Kind::kByteBuffer : Kind::kTypedData);
  const bool is_data = FUZZ_CALL(Fart_IsTypedData, object);
  const bool is_buffer = FUZZ_CALL(Fart_IsByteBuffer, object);
  const bool inside = FUZZ_CALL(Fart_GetTypeOfTypedData, object) != Fart_TypedData_kInvalid;
  const bool outside =
      FUZZ_CALL(Fart_GetTypeOfExternalTypedData, object) != Fart_TypedData_kInvalid;
  world.Expect(is_data == (inside || outside), "typed data has a type");
  world.Expect(!is_buffer || !is_data, "a byte buffer is no typed data");
}

void NewTypedData(ApiWorld& world) {
  const Fart_TypedData_Type type = AnyType(world);
  const std::intptr_t length = world.Length();
  const std::size_t nested = world.nested;
  const Fart_Handle made = FUZZ_CALL(Fart_NewTypedData, type, length);
  if (world.IsUndisturbed(made, nested)) {
    world.Expect(Fart_GetTypeOfTypedData(made) == type, "typed data is of the type that was said");
  }
  world.Keep(made, Kind::kTypedData);
}

// Elements of at most 16 bytes.
constexpr std::size_t kExternalSize = 16 * kRoom;

void NewExternal(ApiWorld& world) {
  const Fart_TypedData_Type type = AnyType(world);
  const std::intptr_t length = world.LengthIn(kRoom);
  Loan* const loan = world.ledger.Offer("memory of typed data without a finalizer", kExternalSize);
  loan->Settle(false);
  loan->memory = std::make_unique<std::uint8_t[]>(kExternalSize);  // for as long as the ledger
  void* const place = world.Place(loan->memory.get());
  world.Keep(FUZZ_CALL(Fart_NewExternalTypedData, type, place, length), Kind::kTypedData);
}

void NewExternalWithFinalizer(ApiWorld& world) {
  const Fart_TypedData_Type type = AnyType(world);
  const std::intptr_t length = world.LengthIn(kRoom);
  const std::intptr_t charged = world.Length();
  const bool without = world.OneIn(32);
  Loan* const loan = world.ledger.Offer("external typed data", kExternalSize);
  void* const place = world.Place(loan->memory.get());
  const Fart_Handle made = FUZZ_CALL(Fart_NewExternalTypedDataWithFinalizer, type, place, length,
                                     loan, charged, without ? nullptr : ApiWorld::OnLoan);
  loan->Settle(!Fart_IsError(made));
  world.Keep(made, Kind::kTypedData);
}

void ByteBuffers(ApiWorld& world) {
  const Fart_Handle data = world.Of(Kind::kTypedData);
  world.Keep(FUZZ_CALL(Fart_NewByteBuffer, data), Kind::kByteBuffer);
  const Fart_Handle buffer = world.Of(Kind::kByteBuffer);
  const Fart_Handle found = FUZZ_CALL(Fart_GetDataFromByteBuffer, buffer);
  if (world.WentWell(found)) {
    world.Expect(Fart_IsTypedData(found), "a byte buffer is of typed data");
  }
  world.Keep(found, Kind::kTypedData);
}

std::size_t BytesOf(Fart_TypedData_Type type, std::intptr_t length) {
  static constexpr std::size_t kSizes[] = {1, 1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 16};
  return kSizes[type] * static_cast<std::size_t>(length);
}

// That lent bytes are where they were, and can be used.
void UseAcquired(ApiWorld& world, const ApiWorld::Acquired& acquired) {
  if (acquired.isolate != Fart_CurrentIsolate()) return;
  for (std::size_t i = 0; i < acquired.size; i += 512) {
    auto* const bytes = static_cast<volatile std::uint8_t*>(acquired.data);
    bytes[i] = static_cast<std::uint8_t>(bytes[i] + 1);
  }
  Fart_TypedData_Type type;
  void* data = nullptr;
  std::intptr_t length = 0;
  if (!world.WentWell(Fart_TypedDataAcquireData(acquired.object, &type, &data, &length))) return;
  world.Expect(data == acquired.data, "acquired data stays where it is");
  world.WentWell(Fart_TypedDataReleaseData(acquired.object));
}

void Acquire(ApiWorld& world) {
  const Fart_Handle object = world.Of(Kind::kTypedData);
  Fart_TypedData_Type type = Fart_TypedData_kInvalid;
  void* data = nullptr;
  std::intptr_t length = -1;
  void** const place = world.Place(&data);
  const Fart_Handle result = FUZZ_CALL(Fart_TypedDataAcquireData, object, &type, place, &length);
  if (!world.WentWell(result, {place})) return;
  world.Expect(type < Fart_TypedData_kInvalid && length >= 0, "acquired data is of a type");
  const std::size_t size = BytesOf(type, length);
  world.Expect(size == 0 || data != nullptr, "acquired data is somewhere");
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(object);
  if (Fart_IsError(kept) || world.acquired.size() >= 16 || world.is_ending) return;
  world.acquired.push_back({Fart_CurrentIsolate(), kept, data, size});
}

void Use(ApiWorld& world) {
  for (std::size_t i = 0; i < world.acquired.size(); ++i) UseAcquired(world, world.acquired[i]);
}

// What has the bytes of typed data, itself no view.
Fart_Handle BytesBehind(Fart_Handle object) {
  return Fart_GetDataFromByteBuffer(Fart_NewByteBuffer(object));
}

// Acquisitions are counted for the bytes as a whole: what shares them is not held for certain then.
void Release(ApiWorld& world) {
  const Fart_Handle object = world.Of(Kind::kTypedData);
  const std::size_t nested = world.nested;
  const Fart_Handle released = BytesBehind(object);
  std::vector<Fart_PersistentHandle> shared;
  for (std::size_t i = 0; i < world.acquired.size(); ++i) {
    const Fart_PersistentHandle other = world.acquired[i].object;
    if (world.acquired[i].isolate != Fart_CurrentIsolate()) continue;
    const Fart_Handle bytes = BytesBehind(other);
    const bool is_known = !Fart_IsError(released) && !Fart_IsError(bytes);
    if (!is_known || Fart_IdentityEquals(released, bytes)) shared.push_back(other);
  }
  const bool is_known = world.nested == nested;
  const Fart_Handle result = FUZZ_CALL(Fart_TypedDataReleaseData, object);
  if (!world.WentWell(result)) return;
  std::erase_if(world.acquired, [&](const ApiWorld::Acquired& acquired) {
    if (acquired.isolate != Fart_CurrentIsolate()) return false;
    if (is_known && std::ranges::find(shared, acquired.object) == shared.end()) return false;
    Fart_DeletePersistentHandle(acquired.object);
    return true;
  });
}

}  // namespace

std::span<const ApiStep> ListSteps() {
  static constexpr ApiStep kSteps[] = {NewList,   ListLength,   ListGetAt,  ListSetAt,
                                       ListSetAt, ListGetRange, ListAsBytes};
  return kSteps;
}

std::span<const ApiStep> TypedDataSteps() {
  static constexpr ApiStep kSteps[] = {
      AskTypedData, NewTypedData, NewTypedData, NewExternal, NewExternalWithFinalizer,
      ByteBuffers,  Acquire,      Use,          Release,     ListAsBytes,
  };
  return kSteps;
}

}  // namespace fart::fuzz
