// Shape -- says which words of an object are references, which are weak, and which are raw bytes.
//
// An object of a shape lies in memory as
//
//   header | length | references | weak references | raw bytes | variable part
//
// where `length` is there only with a variable part (its number of references or of bytes), and
// raw bytes and a variable part of bytes are rounded up to whole words. In an ephemeron shape the
// first reference is the key and the second the value.
//
// Invariants
//   HO-S1 fixed   a registered shape never changes, but for its name; ids are never reused.
//   HO-S2 covers  every word of an object is covered by exactly one of the parts above.
//
// Not here: what an object means. The heap knows no strings and no lists.

#ifndef FART_HEAP_OBJECT_SHAPE_H_
#define FART_HEAP_OBJECT_SHAPE_H_

#include <cstdint>

#include "heap/base/units.h"
#include "heap/object/header.h"

namespace fart {

enum class VariablePart : std::uint8_t { kNone, kReferences, kBytes };

// What a shape is registered with.
struct ShapeDescription {
  const char* name = "object";  // for messages; must outlive the table
  std::uint32_t references = 0;
  std::uint32_t weak_references = 0;
  std::uint32_t raw_bytes = 0;
  VariablePart variable_part = VariablePart::kNone;
  bool ephemeron = false;  // needs two references at least
};

class Shape {
 public:
  // A fixed part (all but the variable part) stays at or below this many bytes, so that offsets fit
  // and no object is large for its fixed part.
  static constexpr std::uint32_t kMaxFixedSize = 16 * 1024;

  // Whether `description` is one a shape can have: the fixed part is not too large, an ephemeron
  // has two references at least.
  static bool IsPossible(const ShapeDescription& description);

  explicit Shape(const ShapeDescription& description);

  const char* name() const { return name_; }
  void Rename(const char* name) { name_ = name; }  // As in ShapeDescription.
  bool has_length() const { return variable_part_ != VariablePart::kNone; }
  VariablePart variable_part() const { return variable_part_; }
  bool is_ephemeron() const { return ephemeron_; }
  bool has_weak_references() const { return weak_references_ != 0; }
  // No ephemeron, no weak references: all slots are strong.
  bool is_plain() const { return plain_; }
  // A header and strong references, of a fixed number.
  bool is_only_references() const { return only_references_; }
  // Its objects refer to nothing.
  bool is_leaf() const {
    return plain_ && references_ == 0 && variable_part_ != VariablePart::kReferences;
  }
  std::uint32_t references() const { return references_; }
  std::uint32_t weak_references() const { return weak_references_; }
  std::uint32_t raw_bytes() const { return raw_bytes_; }

  ByteCount references_offset() const { return ByteCount(references_offset_); }
  ByteCount weak_offset() const { return ByteCount(weak_offset_); }
  ByteCount raw_offset() const { return ByteCount(raw_offset_); }
  ByteCount variable_offset() const { return ByteCount(fixed_size_); }
  // Of an object whose variable part has `length` elements.
  ByteCount SizeFor(std::size_t length) const {
    switch (variable_part_) {
      case VariablePart::kNone:
        return ByteCount(fixed_size_);
      case VariablePart::kReferences:
        return ByteCount(fixed_size_ + length * kWordSize);
      case VariablePart::kBytes:
        return ByteCount(fixed_size_ + length).RoundedUpTo(kWordSize);
    }
    FART_UNREACHABLE();
  }

  // The parts of one object. `object` is where its header is.
  ObjectPtr* References(Address object) const {
    return (object + references_offset()).As<ObjectPtr>();
  }
  ObjectPtr* WeakReferences(Address object) const {
    return (object + weak_offset()).As<ObjectPtr>();
  }
  std::uint8_t* RawBytes(Address object) const {
    return (object + raw_offset()).As<std::uint8_t>();
  }
  ObjectPtr* VariableReferences(Address object) const {
    FART_DCHECK(variable_part_ == VariablePart::kReferences);
    return (object + variable_offset()).As<ObjectPtr>();
  }
  std::uint8_t* VariableBytes(Address object) const {
    FART_DCHECK(variable_part_ == VariablePart::kBytes);
    return (object + variable_offset()).As<std::uint8_t>();
  }
  static std::uint64_t& Length(Address object) {
    return *(object + ByteCount(kWordSize)).As<std::uint64_t>();
  }
  std::size_t LengthOf(Address object) const { return has_length() ? Length(object) : 0; }

  // Calls visit(first, last) for each run of strong slots; an ephemeron's key and value are
  // slots like the others here.
  template <typename Visit>
  void VisitStrongRuns(Address object, Visit&& visit) const {
    if (references_ != 0) {
      ObjectPtr* const first = References(object);
      visit(first, first + references_);
    }
    if (variable_part_ == VariablePart::kReferences) {
      ObjectPtr* const first = VariableReferences(object);
      visit(first, first + Length(object));
    }
  }
  // The same, and then the weak slots.
  template <typename Visit>
  void VisitRuns(Address object, Visit&& visit) const {
    VisitStrongRuns(object, visit);
    ObjectPtr* const weak = WeakReferences(object);
    visit(weak, weak + weak_references_);
  }

 private:
  const char* name_;
  std::uint32_t references_;
  std::uint32_t weak_references_;
  std::uint32_t raw_bytes_;
  std::uint32_t references_offset_;
  std::uint32_t weak_offset_;
  std::uint32_t raw_offset_;
  std::uint32_t fixed_size_;  // up to the variable part, a multiple of the word size
  VariablePart variable_part_;
  bool ephemeron_;
  bool plain_;
  bool only_references_;
};

}  // namespace fart

#endif  // FART_HEAP_OBJECT_SHAPE_H_
