// ObjectMirror -- the model's objects as objects of the C API: made, told apart, read and changed.
//
// Each object carries its number in itself: as bytes, as its first element, or as its value; so a
// handle that leads to a wrong object is found out.

#ifndef FART_FUZZ_OBJECT_MIRROR_H_
#define FART_FUZZ_OBJECT_MIRROR_H_

#include <cstddef>
#include <cstdint>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fuzz/handle_model.h"

namespace fart::fuzz {

// An object of this many references gets regions of its own.
inline constexpr std::size_t kLargeArray = 6000;
inline constexpr std::size_t kLargeBlobBytes = 100'000;

class ObjectMirror {
 public:
  // In the current isolate, with a scope open. False: a shape was refused.
  bool RegisterShapes();

  // An object of `kind` that says it is number `id`. `references` counts what the model's object
  // has in `strong`. An error if the API gives one.
  Fart_Handle Make(ObjectKind kind, ObjectId id, std::size_t references, std::size_t bytes) const;

  // Whether the handle leads to that object.
  bool IsObject(Fart_Handle handle, ObjectKind kind, ObjectId id) const;
  // Whether the handle reads as `value`; `model` tells what kind an object is.
  bool Reads(Fart_Handle handle, const Value& value, const HandleModel& model) const;

  // The slots of Object::strong and Object::weak.
  Fart_Handle GetStrong(Fart_Handle object, ObjectKind kind, std::size_t index) const;
  Fart_Handle SetStrong(Fart_Handle object, ObjectKind kind, std::size_t index,
                        Fart_Handle value) const;

  // A handle to an integer or to null, in the current scope.
  static Fart_Handle MakePlain(const Value& value);

 private:
  Fart_Shape ShapeOf(ObjectKind kind) const;

  Fart_Shape node_ = nullptr;
  Fart_Shape ephemeron_ = nullptr;
  Fart_Shape array_ = nullptr;
  Fart_Shape blob_ = nullptr;
};

}  // namespace fart::fuzz

#endif  // FART_FUZZ_OBJECT_MIRROR_H_
