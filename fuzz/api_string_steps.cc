// Steps: Strings of every encoding, external ones too.

#include <array>

#include "fuzz/api_steps.h"

namespace fart::fuzz {
namespace {

constexpr std::intptr_t kRoom = 40;

void AskString(ApiWorld& world) {
  const Fart_Handle object = world.Of(Kind::kString);
  const bool is_string = FUZZ_CALL(Fart_IsString, object);
  const bool is_latin1 = FUZZ_CALL(Fart_IsStringLatin1, object);
  const bool is_external = FUZZ_CALL(Fart_IsExternalString, object);
  world.Expect(is_string || (!is_latin1 && !is_external), "only a String is stored as one");
}

void FromCString(ApiWorld& world) {
  const std::string text = world.Text();
  const char* const place = world.Place(text.c_str());
  const std::size_t nested = world.nested;
  const Fart_Handle made = FUZZ_CALL(Fart_NewStringFromCString, place);
  const char* read = nullptr;
  if (world.IsUndisturbed(made, nested) && world.WentWell(Fart_StringToCString(made, &read))) {
    world.Expect(text == read, "a String reads back as UTF-8");
  }
  world.Keep(made, Kind::kString);
}

void FromUtf8(ApiWorld& world) {
  const std::string text = world.Text();
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const std::intptr_t length = world.LengthIn(static_cast<std::intptr_t>(text.size()));
  const std::uint8_t* const place = world.Place(bytes);
  world.Keep(FUZZ_CALL(Fart_NewStringFromUTF8, place, length), Kind::kString);
}

template <typename Unit>
std::array<Unit, kRoom> Units(ApiWorld& world) {
  std::array<Unit, kRoom> units{};
  for (Unit& unit : units) {
    if (world.program.AtEnd()) break;
    unit = static_cast<Unit>(world.OneIn(4) ? world.Number() : 'a' + world.program.Byte() % 26);
  }
  return units;
}

void FromUtf16(ApiWorld& world) {
  const std::intptr_t length = world.LengthIn(kRoom);
  const auto units = Units<std::uint16_t>(world);
  const std::uint16_t* const place = world.Place(units.data());
  const std::size_t nested = world.nested;
  const Fart_Handle made = FUZZ_CALL(Fart_NewStringFromUTF16, place, length);
  std::array<std::uint16_t, kRoom> read{};
  std::intptr_t count = kRoom;
  if (world.IsUndisturbed(made, nested) &&
      world.WentWell(Fart_StringToUTF16(made, read.data(), &count))) {
    world.Expect(count == length, "a String has as many units as it was made of");
    world.Expect(std::memcmp(read.data(), units.data(), 2 * static_cast<std::size_t>(count)) == 0,
                 "a String's units read back");
  }
  world.Keep(made, Kind::kString);
}

void FromUtf32(ApiWorld& world) {
  const std::intptr_t length = world.LengthIn(kRoom);
  const auto points = Units<std::int32_t>(world);
  const std::int32_t* const place = world.Place(points.data());
  world.Keep(FUZZ_CALL(Fart_NewStringFromUTF32, place, length), Kind::kString);
}

void Measure(ApiWorld& world) {
  const Fart_Handle string = world.Of(Kind::kString);
  std::intptr_t length = -1;
  std::intptr_t size = -1;
  std::intptr_t char_size = -1;
  std::intptr_t other_length = -1;
  void* peer = &world;
  std::intptr_t* const length_place = world.Place(&length);
  std::intptr_t* const size_place = world.Place(&size);
  void** const peer_place = world.Place(&peer);
  const bool measured =
      world.WentWell(FUZZ_CALL(Fart_StringLength, string, length_place), {length_place});
  const bool weighed =
      world.WentWell(FUZZ_CALL(Fart_StringStorageSize, string, size_place), {size_place});
  const bool told = world.WentWell(
      FUZZ_CALL(Fart_StringGetProperties, string, &char_size, &other_length, peer_place),
      {peer_place});
  if (!measured || !weighed || !told) return;
  world.Expect(length >= 0 && length == other_length, "a String has one length");
  world.Expect(size == length * char_size, "a String takes its units' bytes");
}

void ToCString(ApiWorld& world) {
  const Fart_Handle string = world.Of(Kind::kString);
  const char* text = nullptr;
  const char** const place = world.Place(&text);
  if (world.WentWell(FUZZ_CALL(Fart_StringToCString, string, place), {place})) {
    world.Expect(text != nullptr && std::strlen(text) < (1u << 30), "a C string is had");
  }
}

void ToUtf8(ApiWorld& world) {
  const Fart_Handle string = world.Of(Kind::kString);
  std::uint8_t* bytes = nullptr;
  std::intptr_t length = -1;
  std::uint8_t** const place = world.Place(&bytes);
  std::intptr_t* const length_place = world.Place(&length);
  if (world.WentWell(FUZZ_CALL(Fart_StringToUTF8, string, place, length_place),
                     {place, length_place})) {
    world.Expect(length >= 0, "UTF-8 has a length");
  }
}

void ToLatin1(ApiWorld& world) {
  const Fart_Handle string = world.Of(Kind::kString);
  std::array<std::uint8_t, kRoom> units{};
  std::intptr_t length = world.LengthIn(kRoom);
  if (length > kRoom) length = kRoom;  // That much room would be believed.
  std::uint8_t* const place = world.Place(units.data());
  const std::intptr_t room = length;
  if (world.WentWell(FUZZ_CALL(Fart_StringToLatin1, string, place, &length))) {
    world.Expect(length >= 0 && length <= room, "no more is copied than there is room for");
  }
}

void ToUtf16(ApiWorld& world) {
  const Fart_Handle string = world.Of(Kind::kString);
  std::array<std::uint16_t, kRoom> units{};
  std::intptr_t length = world.LengthIn(kRoom);
  if (length > kRoom) length = kRoom;
  std::uint16_t* const place = world.Place(units.data());
  std::intptr_t* const length_place = world.Place(&length);
  const std::intptr_t room = length;
  if (world.WentWell(FUZZ_CALL(Fart_StringToUTF16, string, place, length_place), {length_place})) {
    world.Expect(length >= 0 && length <= room, "no more is copied than there is room for");
  }
}

// ---- External Strings

void NewExternalLatin1(ApiWorld& world) {
  const std::size_t size = world.Below(kRoom);
  Loan* const loan = world.ledger.Offer("an external Latin-1 String", size);
  for (std::size_t i = 0; i < size; ++i) loan->memory[i] = world.program.Byte();
  const std::intptr_t length = world.LengthIn(static_cast<std::intptr_t>(size));
  const std::uint8_t* const place = world.Place(loan->memory.get());
  const std::size_t nested = world.nested;
  const Fart_Handle made =
      FUZZ_CALL(Fart_NewExternalLatin1String, place, length, loan, ApiWorld::OnPeerLoan);
  loan->Settle(!Fart_IsError(made));
  std::array<std::uint8_t, kRoom> read{};
  std::intptr_t count = kRoom;
  if (world.IsUndisturbed(made, nested) &&
      world.WentWell(Fart_StringToLatin1(made, read.data(), &count))) {
    world.Expect(count == length, "an external String is as long as was said");
    world.Expect(count == 0 || std::memcmp(read.data(), loan->memory.get(),
                                           static_cast<std::size_t>(count)) == 0,
                 "an external String's units read back");
  }
  world.Keep(made, Kind::kString);
}

void NewExternalUtf16(ApiWorld& world) {
  const std::size_t size = world.Below(kRoom);
  const std::size_t offset = world.OneIn(16) ? 1 : 0;
  Loan* const loan = world.ledger.Offer("an external UTF-16 String", 2 * size + 2);
  for (std::size_t i = 0; i < loan->size; ++i) loan->memory[i] = world.program.Byte();
  const std::intptr_t length = world.LengthIn(static_cast<std::intptr_t>(size));
  const auto* const units = reinterpret_cast<const std::uint16_t*>(loan->memory.get() + offset);
  const Fart_Handle made =
      FUZZ_CALL(Fart_NewExternalUTF16String, units, length, loan, ApiWorld::OnPeerLoan);
  loan->Settle(!Fart_IsError(made));
  if (offset != 0) world.Expect(Fart_IsError(made), "UTF-16 at an odd address is refused");
  world.Keep(made, Kind::kString);
}

void MakeExternal(ApiWorld& world) {
  const Fart_Handle string = world.Of(Kind::kString);
  const std::size_t size = world.Below(3 * kRoom);
  Loan* const loan = world.ledger.Offer("a String made external", size);
  std::intptr_t said = world.LengthIn(static_cast<std::intptr_t>(size));
  if (said > static_cast<std::intptr_t>(size)) said = static_cast<std::intptr_t>(size);
  void* const place = world.Place(loan->memory.get());
  const bool was_external = Fart_IsExternalString(string);
  const Fart_Handle made =
      FUZZ_CALL(Fart_MakeExternalString, string, place, said, loan, ApiWorld::OnPeerLoan);
  loan->Settle(!Fart_IsError(made) && !was_external);
  if (world.WentWell(made)) world.Expect(Fart_IsExternalString(made), "it is external now");
  world.Keep(made, Kind::kString);
}

}  // namespace

std::span<const ApiStep> StringSteps() {
  static constexpr ApiStep kSteps[] = {
      AskString,         FromCString,      FromUtf8,     FromUtf16, FromUtf32,
      Measure,           ToCString,        ToUtf8,       ToLatin1,  ToUtf16,
      NewExternalLatin1, NewExternalUtf16, MakeExternal, FromUtf16,
  };
  return kSteps;
}

}  // namespace fart::fuzz
