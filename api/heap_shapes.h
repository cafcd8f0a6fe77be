// HeapShapes -- what a Fart_Shape is: the shape's number, marked with its isolate's.
//
//   bits  0- 7   a mark that no pointer has
//   bits  8-31   ShapeId
//   bits 32-63   IsolateNumber::id_and_round
//
// So a shape of another isolate, of a heap that is gone, or of nobody is told without a table.

#ifndef FART_API_HEAP_SHAPES_H_
#define FART_API_HEAP_SHAPES_H_

#include <cstdint>
#include <string>

#include "api/include/fart_heap_api.h"
#include "heap/base/bit_field.h"
#include "heap/object/object_ptr.h"
#include "heap/object/shape.h"
#include "vm/isolate.h"
#include "vm/memory/core_shapes.h"

namespace fart::api {

using ShapeMarkField = BitField<std::uint32_t, 0, 8>;
using ShapeNumberField = BitField<ShapeId, ShapeMarkField::kNext, 24>;
using ShapeOwnerField = BitField<std::uint32_t, ShapeNumberField::kNext, 32>;
inline constexpr std::uint32_t kShapeMark = 0x5D;

inline Fart_Shape ShapeToForeign(const Isolate& isolate, ShapeId id) {
  return reinterpret_cast<Fart_Shape>(ShapeMarkField::Encode(kShapeMark) |
                                      ShapeNumberField::Encode(id) |
                                      ShapeOwnerField::Encode(isolate.number().id_and_round));
}

// False: it is no shape of an embedder in this isolate.
inline bool ShapeFromForeign(const Isolate& isolate, Fart_Shape shape, ShapeId* id) {
  const auto bits = reinterpret_cast<std::uint64_t>(shape);
  *id = ShapeNumberField::Decode(bits);
  return shape == ShapeToForeign(isolate, *id) &&
         static_cast<std::uint32_t>(*id) < isolate.shapes().size() &&
         isolate.shapes()[*id].kind == ShapeKind::kEmbedder;
}

// What `function` says of a description that it was given as `argument`: empty, and *read is what
// it describes, or the rule that it breaks.
std::string ReadDescription(const char* function, const char* argument,
                            const Fart_ShapeDescription& description, ShapeDescription* read);

// When shapes have been registered, or a host attached whose code is inlined: whether it may read
// ephemerons as it reads any object (Heap::LetPairsBeReadInlined).
void NoteEphemeronShapes(Isolate& isolate);

inline bool IsEmbedders(const Isolate& isolate, ObjectPtr object) {
  return object.IsHeapObject() && isolate.shapes().KindOf(object) == ShapeKind::kEmbedder;
}

}  // namespace fart::api

// Leaves a function that returns a handle unless `value`, which `handle` leads to, is an object of
// a registered shape.
#define FART_NEED_EMBEDDERS(isolate, value, handle)                                    \
  {                                                                                    \
    bool is_embedders = false;                                                         \
    {                                                                                  \
      const ::fart::NoSafepointScope quiet;                                            \
      is_embedders = IsEmbedders(isolate, (value).Get(quiet));                         \
    }                                                                                  \
    if (!is_embedders) [[unlikely]]                                                    \
      return WrongType(isolate, __func__, #handle, handle, value, "registered shape"); \
  }

#endif  // FART_API_HEAP_SHAPES_H_
