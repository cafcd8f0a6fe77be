#include "lang/natives/compound_types.h"

#include <utility>

#include "lang/natives/foreign_state.h"
#include "vm/ffi/struct_layout.h"

namespace fart::lang {

const CompoundType* CompoundTypes::Of(ForeignState& state, Linker& linker, Class& cls,
                                      std::string* error) {
  const std::size_t number = cls.type.number;
  if (number < by_class_.size() && by_class_[number] != nullptr) return by_class_[number].get();
  const CompiledCompound& compound = *cls.compiled->compound;
  auto made = std::make_unique<CompoundType>();
  std::vector<ffi::FieldDeclaration> declarations;
  for (const CompiledCompound::Field& declared : compound.fields) {
    CompoundField field;
    field.type = linker.TypeOf(declared.type);
    const TypeRef* value = &declared.type;
    for (std::size_t i = 0; i < declared.dimensions.size(); ++i) value = &value->arguments[0];
    // Compounds in each other are no deeper than LC-D2 says.
    field.native = state.NativeTypeOf(*linker.TypeOf(*value), error);
    if (field.native == nullptr) return nullptr;
    if (!declared.dimensions.empty() && !AddArray(declared, field.native, &field, error)) {
      return nullptr;
    }
    declarations.push_back({declared.name, field.native});
    made->fields.push_back(field);
  }
  const ffi::NativeKind kind = compound.kind == CompiledCompound::Kind::kStruct
                                   ? ffi::NativeKind::kStruct
                                   : ffi::NativeKind::kUnion;
  made->native =
      ffi::NewCompound(kind, cls.compiled->name.text, declarations, compound.packing, error);
  if (made->native == nullptr) {
    if (error->ends_with('.')) error->pop_back();  // It becomes part of a sentence.
    return nullptr;
  }
  for (std::size_t i = 0; i < made->fields.size(); ++i) {
    made->fields[i].offset = made->native->fields[i].offset;
  }
  if (number >= by_class_.size()) by_class_.resize(number + 1);
  by_class_[number] = std::move(made);
  return by_class_[number].get();
}

bool CompoundTypes::AddArray(const CompiledCompound::Field& declared,
                             const ffi::NativeType* element, CompoundField* field,
                             std::string* error) {
  const std::size_t dimensions = declared.dimensions.size();
  for (std::size_t i = dimensions; i-- > 0;) {
    const bool is_variable = i == 0 && declared.IsVariable();
    const std::int64_t dimension = declared.dimensions[i];
    std::unique_ptr<const ffi::NativeType> array =
        ffi::NewArrayType(element, is_variable ? -dimension : dimension, error, is_variable);
    if (array == nullptr) {
      if (error->ends_with('.')) error->pop_back();
      return false;
    }
    element = array.get();
    array_types_.push_back(std::move(array));
    arrays_.push_back({element, field->array, static_cast<std::uint32_t>(i + 1),
                       static_cast<std::uint32_t>(dimensions)});
    field->array = static_cast<std::int64_t>(arrays_.size()) - 1;
  }
  field->native = element;
  return true;
}

}  // namespace fart::lang
