// Steps: types, instances and native fields.

#include <array>

#include "fuzz/api_steps.h"

namespace fart::fuzz {
namespace {

constexpr const char* kClasses[] = {"One",  "Two", "Noisy", "Backed", "Never",
                                    "List", "int", "Null",  "Future", "NativeFieldWrapperClass3"};

Fart_Handle ClassName(ApiWorld& world) {
  const std::size_t choice = world.Below(16);
  if (choice < std::size(kClasses)) return world.TextHandle(kClasses[choice]);
  return choice == 15 ? world.Any() : world.TextHandle(world.Text().c_str());
}

void GetClass(ApiWorld& world) {
  const Fart_Handle library = world.Of(Kind::kLibrary);
  const Fart_Handle name = ClassName(world);
  const Fart_Handle type = FUZZ_CALL(Fart_GetClass, library, name);
  if (world.WentWell(type)) {
    world.Expect(FUZZ_CALL(Fart_IsType, type), "a class is found as a type");
    const bool is_other = FUZZ_CALL(Fart_IsFunction, type) || FUZZ_CALL(Fart_IsVariable, type) ||
                          FUZZ_CALL(Fart_IsTypeVariable, type);
    world.Expect(!is_other, "a type is nothing else");
  }
  world.Keep(type, Kind::kType);
}

void GetType(ApiWorld& world) {
  const Fart_Handle library = world.Of(Kind::kLibrary);
  const Fart_Handle name = ClassName(world);
  const std::intptr_t count = world.OneIn(2) ? 0 : world.Count();
  Fart_Handle list = world.Of(Kind::kList);
  Fart_Handle* const place = world.Place(&list);
  world.Keep(FUZZ_CALL(Fart_GetType, library, name, count, place), Kind::kType);
}

void AskType(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  const Fart_Handle type = FUZZ_CALL(Fart_InstanceGetType, object);
  bool is_one = false;
  bool* const place = world.Place(&is_one);
  if (world.WentWell(type) &&
      world.WentWell(FUZZ_CALL(Fart_ObjectIsType, object, type, place), {place})) {
    world.Expect(is_one || Fart_IsNull(object), "an object is of its type");
  }
  world.Keep(type, Kind::kType);
  const Fart_Handle other = world.Of(Kind::kType);
  world.WentWell(FUZZ_CALL(Fart_ObjectIsType, object, other, place), {place});
}

void Allocate(ApiWorld& world) {
  const Fart_Handle type = world.Of(Kind::kType);
  world.Keep(FUZZ_CALL(Fart_Allocate, type), Kind::kInstance);
}

void AllocateWithFields(ApiWorld& world) {
  const Fart_Handle type = world.Of(Kind::kType);
  std::array<std::intptr_t, 4> fields{};
  for (std::intptr_t& field : fields) field = world.Number();
  std::intptr_t count = world.LengthIn(4);
  const std::intptr_t* const place = world.Place(fields.data());
  const std::size_t nested = world.nested;
  const Fart_Handle made = FUZZ_CALL(Fart_AllocateWithNativeFields, type, count, place);
  std::intptr_t read = 0;
  if (world.IsUndisturbed(made, nested) && count > 0 &&
      world.WentWell(Fart_GetNativeInstanceField(made, 0, &read))) {
    world.Expect(read == fields[0], "a native field reads as it was allocated");
  }
  world.Keep(made, Kind::kInstance);
}

void CreateWrapper(ApiWorld& world) {
  const Fart_Handle library = world.Of(Kind::kLibrary);
  const Fart_Handle name = ClassName(world);
  const int count = world.Count();
  world.Keep(FUZZ_CALL(Fart_CreateNativeWrapperClass, library, name, count), Kind::kType);
}

void Fields(ApiWorld& world) {
  const Fart_Handle object = world.Of(Kind::kInstance);
  int count = -1;
  int* const place = world.Place(&count);
  if (world.WentWell(FUZZ_CALL(Fart_GetNativeInstanceFieldCount, object, place), {place})) {
    world.Expect(count >= 0 && count <= 1024, "a class has as many fields as it may");
  }
  const int index = world.Count();
  const std::intptr_t value = world.Number();
  std::intptr_t read = 0;
  std::intptr_t* const read_place = world.Place(&read);
  const bool is_set = world.WentWell(FUZZ_CALL(Fart_SetNativeInstanceField, object, index, value));
  const bool is_read = world.WentWell(
      FUZZ_CALL(Fart_GetNativeInstanceField, object, index, read_place), {read_place});
  if (is_set && is_read) world.Expect(read == value, "a native field reads back");
}

}  // namespace

std::span<const ApiStep> ClassSteps() {
  static constexpr ApiStep kSteps[] = {GetClass, GetType,       AskType, Allocate,
                                       Fields,   CreateWrapper, Fields,  AllocateWithFields};
  return kSteps;
}

}  // namespace fart::fuzz
