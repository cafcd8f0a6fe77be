// Steps: objects of registered shapes.

#include <algorithm>
#include <array>

#include "fuzz/api_steps.h"

namespace fart::fuzz {
namespace {

constexpr std::intptr_t kRoom = 24;
constexpr std::intptr_t kGiven = 4;  // references at once

void RegisterShape(ApiWorld& world) {
  Fart_ShapeDescription description{};
  description.struct_size = world.OneIn(16) ? world.Below(200) : sizeof(description);
  const std::string name = world.OneIn(16) ? "" : world.Text();
  description.name = world.Place(name.c_str());
  description.reference_count = world.OneIn(8) ? world.Number() : static_cast<int>(world.Below(4));
  description.weak_reference_count =
      world.OneIn(8) ? world.Number() : static_cast<int>(world.Below(3));
  description.byte_count = world.OneIn(8) ? world.Number() : 8 * static_cast<int>(world.Below(4));
  description.variable_part = static_cast<Fart_VariablePart>(world.Below(4));  // 3 is none
  description.is_ephemeron = world.OneIn(4);
  Fart_Shape shape = nullptr;
  Fart_Shape* const place = world.Place(&shape);
  const Fart_ShapeDescription* const what = world.Place(&description);
  if (world.WentWell(FUZZ_CALL(Fart_RegisterShape, what, place), {place, what})) {
    world.Expect(shape != nullptr, "a shape has been registered");
    world.shapes.Add({shape, Fart_CurrentIsolate()});
  }
}

Fart_Shape AnyShape(ApiWorld& world) {
  const std::size_t choice = world.Below(32);
  if (choice == 0 || world.shapes.empty()) return nullptr;
  if (choice == 1) return reinterpret_cast<Fart_Shape>(world.program.Word());
  if (choice == 2) return reinterpret_cast<Fart_Shape>(&world);
  return world.shapes[choice % world.shapes.size()].shape;
}

void AllocateObject(ApiWorld& world) {
  const Fart_Shape shape = AnyShape(world);
  const std::intptr_t length = world.OneIn(2) ? 0 : world.Length();
  const std::size_t nested = world.nested;
  const Fart_Handle made = FUZZ_CALL(Fart_AllocateObject, shape, length);
  Fart_Shape found = nullptr;
  if (world.IsUndisturbed(made, nested) && world.WentWell(Fart_ObjectShape(made, &found))) {
    world.Expect(found == shape, "an object is of the shape that was said");
  }
  world.Keep(made, Kind::kShaped);
}

void AllocateObjectWith(ApiWorld& world) {
  const Fart_Shape shape = AnyShape(world);
  const std::intptr_t length = world.OneIn(2) ? 0 : world.Length();
  std::array<Fart_Handle, kGiven> given{};
  for (Fart_Handle& handle : given) handle = world.Any();
  const std::intptr_t count = world.LengthIn(kGiven);
  Fart_Handle* const place = world.Place(given.data());
  const std::size_t nested = world.nested;
  const Fart_Handle made = FUZZ_CALL(Fart_AllocateObjectWith, shape, length, count, place);
  if (world.IsUndisturbed(made, nested)) {
    for (std::intptr_t i = 0; i < count; ++i) {
      world.Expect(Fart_IdentityEquals(Fart_GetReference(made, i), place[i]),
                   "an object has what it was made with");
    }
  }
  world.Keep(made, Kind::kShaped);
}

void SeveralReferences(ApiWorld& world) {
  const Fart_Handle object = world.Of(Kind::kShaped);
  std::array<Fart_Handle, kGiven> given{};
  for (Fart_Handle& handle : given) handle = world.Any();
  std::array<Fart_Handle, kGiven> read{};
  const std::intptr_t first = world.Length();
  const std::intptr_t count = world.LengthIn(kGiven);
  Fart_Handle* const values = world.Place(given.data());
  Fart_Handle* const result = world.Place(read.data());
  const Fart_Handle stored = FUZZ_CALL(Fart_SetReferences, object, first, count, values);
  const Fart_Handle got = FUZZ_CALL(Fart_GetReferences, object, first, count, result);
  if (!world.WentWell(got)) {
    world.Expect(read[0] == nullptr, "what fails writes nothing");
    return;
  }
  if (!world.WentWell(stored)) return;
  for (std::intptr_t i = 0; i < count; ++i) {
    world.Expect(Fart_IdentityEquals(result[i], values[i]), "references read back");
  }
  if (count > 0) world.Keep(result[0], Kind::kAny);
}

void AskObject(ApiWorld& world) {
  const Fart_Handle object = world.Of(Kind::kShaped);
  const bool is_one = FUZZ_CALL(Fart_HasRegisteredShape, object);
  world.Expect((FUZZ_CALL(Fart_ShapeIndex, object) >= 0) == is_one,
               "what has a registered shape has a place among them");
  const Fart_Shape some = AnyShape(world);
  const bool is_of_it = FUZZ_CALL(Fart_IsOfShape, object, some);
  Fart_Shape shape = nullptr;
  std::intptr_t length = -1;
  Fart_Shape* const shape_place = world.Place(&shape);
  std::intptr_t* const place = world.Place(&length);
  if (world.WentWell(FUZZ_CALL(Fart_ObjectShape, object, shape_place), {shape_place})) {
    world.Expect(is_one && shape != nullptr, "what has a shape is of a registered one");
    world.Expect(is_of_it == (shape == some), "an object is of its own shape alone");
  }
  if (world.WentWell(FUZZ_CALL(Fart_ObjectLength, object, place), {place})) {
    world.Expect(length >= 0, "an object's length is none below 0");
  }
}

// That what `set` stored is what `get` reads.
template <typename Set, typename Get>
void StoreAndRead(ApiWorld& world, Set set, Get get) {
  const Fart_Handle object = world.Of(Kind::kShaped);
  const std::intptr_t index = world.Length();
  const Fart_Handle value = world.Any();
  const std::size_t nested = world.nested;
  const Fart_Handle result = set(object, index, value);
  const Fart_Handle read = get(object, index);
  if (world.IsUndisturbed(result, nested) && world.IsUndisturbed(read, nested)) {
    world.Expect(Fart_IdentityEquals(read, value), "a reference reads back");
  }
  world.Keep(read, Kind::kAny);
}

void SetReference(ApiWorld& world) {
  StoreAndRead(
      world,
      [&world](auto object, auto index, auto value) {
        return FUZZ_CALL(Fart_SetReference, object, index, value);
      },
      [&world](auto object, auto index) { return FUZZ_CALL(Fart_GetReference, object, index); });
}

void SetWeakReference(ApiWorld& world) {
  StoreAndRead(
      world,
      [&world](auto object, auto index, auto value) {
        return FUZZ_CALL(Fart_SetWeakReference, object, index, value);
      },
      [&world](auto object, auto index) {
        return FUZZ_CALL(Fart_GetWeakReference, object, index);
      });
}

void Bytes(ApiWorld& world) {
  const Fart_Handle object = world.Of(Kind::kShaped);
  const std::intptr_t offset = world.Length();
  const std::intptr_t length = world.LengthIn(kRoom);
  std::array<std::uint8_t, kRoom> bytes{};
  for (std::uint8_t& byte : bytes) byte = world.program.Byte();
  std::array<std::uint8_t, kRoom> read{};
  const std::uint8_t* const place = world.Place(bytes.data());
  const Fart_Handle written = FUZZ_CALL(Fart_WriteBytes, object, offset, place, length);
  const Fart_Handle got = FUZZ_CALL(Fart_ReadBytes, object, offset, read.data(), length);
  if (!world.WentWell(written) || !world.WentWell(got) || length <= 0) return;
  world.Expect(std::equal(bytes.begin(), bytes.begin() + length, read.begin()),
               "bytes of an object read back");
  std::uint8_t* raw = nullptr;
  std::intptr_t raw_length = -1;
  if (world.WentWell(FUZZ_CALL(Fart_RawBytes, object, &raw, &raw_length))) {
    world.Expect(offset + length <= raw_length, "what was written is within");
    world.Expect(raw[offset] == bytes[0], "an object's bytes are where they are said to be");
  }
}

void RawBytes(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  std::uint8_t* raw = nullptr;
  std::intptr_t length = -1;
  std::uint8_t** const place = world.Place(&raw);
  std::intptr_t* const length_place = world.Place(&length);
  if (world.WentWell(FUZZ_CALL(Fart_RawBytes, object, place, length_place),
                     {place, length_place}) &&
      length > 0) {
    raw[length - 1] = static_cast<std::uint8_t>(raw[0] + 1);
  }
}

}  // namespace

std::span<const ApiStep> ShapeSteps() {
  static constexpr ApiStep kSteps[] = {
      RegisterShape,    AllocateObject, AllocateObject, AskObject,          SetReference,
      SetWeakReference, Bytes,          RawBytes,       AllocateObjectWith, SeveralReferences,
  };
  return kSteps;
}

}  // namespace fart::fuzz
