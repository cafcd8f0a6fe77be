// Native fields -- words of an instance that only native code reads and writes.
//
// They lie behind an instance's references, as raw bytes of its shape; the collector copies them
// and never looks at them. They are 0 in a new instance.
//
// Not here: which classes have them (the language says, when it registers a shape).

#ifndef FART_VM_VALUES_NATIVE_FIELDS_H_
#define FART_VM_VALUES_NATIVE_FIELDS_H_

#include <cstddef>
#include <cstdint>

#include "heap/base/safepoint.h"
#include "heap/heap.h"
#include "heap/object/object_ptr.h"
#include "vm/memory/core_shapes.h"

namespace fart {

inline constexpr std::uint32_t kNativeFieldSize = sizeof(std::intptr_t);
// Of one class; a shape's fixed part has room for as many again of its other fields.
inline constexpr std::uint32_t kMaxNativeFields = 1024;
static_assert(kMaxNativeFields * kNativeFieldSize <= Shape::kMaxFixedSize / 2);

// The native fields of any object, in order; none of what is no instance of a class.
struct NativeFields {
  std::intptr_t* first = nullptr;
  std::size_t count = 0;
};
inline NativeFields NativeFieldsOf(const Heap& heap, const ShapeRegistry& shapes, ObjectPtr object,
                                   const NoSafepointScope&) {
  if (shapes.KindOf(object) != ShapeKind::kInstance) return {};
  const Shape& shape = heap.ShapeOf(object);
  return {(object.address() + shape.raw_offset()).As<std::intptr_t>(),
          shape.raw_bytes() / kNativeFieldSize};
}

}  // namespace fart

#endif  // FART_VM_VALUES_NATIVE_FIELDS_H_
