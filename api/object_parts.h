// Parts -- where the parts of one object of a registered shape are.

#ifndef FART_API_OBJECT_PARTS_H_
#define FART_API_OBJECT_PARTS_H_

#include <cstddef>
#include <cstdint>

#include "heap/base/safepoint.h"
#include "heap/object/object_ptr.h"
#include "heap/object/shape.h"
#include "vm/isolate.h"
#include "vm/roots/rooted.h"

namespace fart::api {

// Good until the next call that may collect.
class Parts {
 public:
  Parts(Isolate& isolate, Rooted object, const NoSafepointScope& quiet)
      : object_(object.Get(quiet)), shape_(isolate.heap().ShapeOf(object_)) {}

  ObjectPtr object() const { return object_; }
  std::size_t length() const { return shape_.LengthOf(where()); }

  std::size_t references() const {
    const bool has_more = shape_.variable_part() == VariablePart::kReferences;
    return shape_.references() + (has_more ? length() : 0);
  }
  ObjectPtr* Reference(std::size_t index) const {
    if (index < shape_.references()) return shape_.References(where()) + index;
    return shape_.VariableReferences(where()) + (index - shape_.references());
  }
  std::size_t weak_references() const { return shape_.weak_references(); }
  ObjectPtr* WeakReference(std::size_t index) const {
    return shape_.WeakReferences(where()) + index;
  }
  // Fixed and variable ones lie side by side, because the fixed ones fill words then.
  std::size_t byte_count() const {
    const bool has_more = shape_.variable_part() == VariablePart::kBytes;
    return shape_.raw_bytes() + (has_more ? length() : 0);
  }
  std::uint8_t* bytes() const { return shape_.RawBytes(where()); }

 private:
  Address where() const { return object_.address(); }

  ObjectPtr object_;
  const Shape& shape_;
};

}  // namespace fart::api

#endif  // FART_API_OBJECT_PARTS_H_
