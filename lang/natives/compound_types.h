// CompoundTypes -- the structs and unions of a program, and the arrays in them, laid out.
//
// Invariants
//   LN-S1 stable  what is here stays until the isolate ends: arrays name their type by its number.
//
// Not here: what may be declared (lang/compiler/foreign_declarations.h); offsets (vm/ffi).

#ifndef FART_LANG_NATIVES_COMPOUND_TYPES_H_
#define FART_LANG_NATIVES_COMPOUND_TYPES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "lang/linker/entities.h"
#include "lang/linker/linker.h"
#include "vm/ffi/native_type.h"

namespace fart::lang {

class ForeignState;

inline constexpr std::int64_t kNoArray = -1;

// Where a value lies in another, and what it is to the program.
struct CompoundField {
  const ffi::NativeType* native = nullptr;
  TypeEntity* type = nullptr;
  std::uint64_t offset = 0;
  std::int64_t array = kNoArray;  // The number of an ArrayType.
};

struct CompoundType {
  std::unique_ptr<const ffi::NativeType> native;
  std::vector<CompoundField> fields;
};

struct ArrayType {
  const ffi::NativeType* native = nullptr;
  std::int64_t element = kNoArray;  // Of elements that are arrays: the number of their type.
  std::uint32_t dimension = 1;      // Which one of the field's its index is of, and of how many.
  std::uint32_t dimensions = 1;
};

class CompoundTypes {
 public:
  // Null: *error is a rule that says why.
  const CompoundType* Of(ForeignState& state, Linker& linker, Class& cls, std::string* error);
  // Null: there is none of that number.
  const ArrayType* Array(std::int64_t number) const {
    const auto index = static_cast<std::uint64_t>(number);
    return index < arrays_.size() ? &arrays_[index] : nullptr;
  }

 private:
  bool AddArray(const CompiledCompound::Field& declared, const ffi::NativeType* element,
                CompoundField* field, std::string* error);

  std::vector<std::unique_ptr<const CompoundType>> by_class_;  // By the number of its type.
  std::deque<ArrayType> arrays_;
  std::deque<std::unique_ptr<const ffi::NativeType>> array_types_;
};

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_COMPOUND_TYPES_H_
