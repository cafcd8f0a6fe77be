#include "heap/object/shape.h"

namespace fart {
namespace {

std::uint64_t FixedSize(const ShapeDescription& d) {
  const std::uint64_t words = 1 + (d.variable_part != VariablePart::kNone ? 1u : 0u) +
                              std::uint64_t{d.references} + d.weak_references;
  return words * kWordSize + ByteCount(d.raw_bytes).RoundedUpTo(kWordSize).value();
}

}  // namespace

Shape::Shape(const ShapeDescription& d)
    : name_(d.name),
      references_(d.references),
      weak_references_(d.weak_references),
      raw_bytes_(d.raw_bytes),
      variable_part_(d.variable_part),
      ephemeron_(d.ephemeron),
      plain_(!d.ephemeron && d.weak_references == 0),
      only_references_(plain_ && d.raw_bytes == 0 && d.variable_part == VariablePart::kNone) {
  constexpr auto word = static_cast<std::uint32_t>(kWordSize);
  references_offset_ = has_length() ? 2 * word : word;
  weak_offset_ = references_offset_ + references_ * word;
  raw_offset_ = weak_offset_ + weak_references_ * word;
  fixed_size_ = static_cast<std::uint32_t>(FixedSize(d));
}

bool Shape::IsPossible(const ShapeDescription& d) {
  return FixedSize(d) <= kMaxFixedSize && (!d.ephemeron || d.references >= 2);
}

}  // namespace fart
