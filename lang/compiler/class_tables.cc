#include "lang/compiler/class_tables.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "heap/base/check.h"

namespace fart::lang {

ClassTables::ClassTables(const LibrarySet& set, const ClassTables* base)
    : set_(set), base_(base), keys_(base == nullptr ? nullptr : &base->keys_) {}

const ClassTable* ClassTables::Find(ClassRef ref) const {
  if (base_ != nullptr && !set_.IsOwn(ref.library)) {
    const ClassTable* const below = base_->Find(ref);
    if (below != nullptr) return below;
  }
  const auto library = static_cast<std::size_t>(ref.library);
  const auto cls = static_cast<std::size_t>(ref.cls);
  if (library >= tables_.size() || cls >= tables_[library].size()) return nullptr;
  return tables_[library][cls].get();
}

const ClassTable& ClassTables::Of(ClassRef ref) {
  const ClassTable* const known = Find(ref);
  if (known != nullptr) return *known;
  // What is above a class first, without recursion: chains may be long, stacks small. They end, as
  // the name linker has refused cycles.
  std::vector<ClassRef> waiting{ref};
  while (!waiting.empty()) {
    const ClassRef next = waiting.back();
    const std::size_t count = waiting.size();
    const CompiledClass& cls = set_.ClassOf(next);
    const auto wait_for = [&](const TypeRef& type) {
      if (type.kind == TypeRef::Kind::kClass && Find(type.cls) == nullptr) {
        waiting.push_back(type.cls);
      }
    };
    wait_for(cls.superclass);
    wait_for(cls.mixin);
    for (const TypeRef& type : cls.interfaces) wait_for(type);
    if (waiting.size() != count) continue;
    waiting.pop_back();
    if (Find(next) == nullptr) Make(next);
  }
  return *Find(ref);
}

void ClassTables::Make(ClassRef ref) {
  FART_CHECK(set_.IsOwn(ref.library) || base_->Find(ref) == nullptr);  // LC-K4
  const CompiledClass& cls = set_.WholeClassOf(ref);
  auto table = std::make_unique<ClassTable>();
  table->supertypes.push_back(ClassNumber(ref));
  if (cls.superclass.kind == TypeRef::Kind::kClass) {
    const ClassTable& superclass = *Find(cls.superclass.cls);
    AddSupertypes(*table, cls.superclass);
    table->first_field = superclass.field_count;
    table->native_fields = superclass.native_fields;
    table->types_field = superclass.types_field;
  }
  table->native_fields += cls.native_fields;
  table->field_count = table->first_field + static_cast<std::uint32_t>(cls.fields.size());
  if (table->types_field == ClassTable::kNoField && !cls.type_parameters.empty()) {
    table->types_field = static_cast<int>(table->field_count++);  // LC-K6
  }

  AddSupertypes(*table, cls.mixin);
  AddFields(*table, cls);
  const ClassRef declares = set_.MixedIn(ref);
  AddMembers(*table, set_.library(declares.library), set_.WholeClassOf(declares));

  for (const TypeRef& interface : cls.interfaces) AddSupertypes(*table, interface);
  // Objects with a method `call` are functions.
  const auto is_call = [&](int index) {
    const CompiledLibrary& library = set_.library(declares.library);
    const CompiledFunction& function = *library.functions[static_cast<std::size_t>(index)];
    return function.kind == FunctionKind::kFunction && !function.is_static &&
           function.name.text == "call";
  };
  const std::vector<int>& functions = set_.ClassOf(declares).functions;
  if (std::any_of(functions.begin(), functions.end(), is_call)) {
    const std::optional<ClassRef> function = set_.FindCoreClass("Function");
    if (function && *function != ref) table->supertypes.push_back(ClassNumber(*function));
  }
  std::vector<std::uint64_t>& supertypes = table->supertypes;
  std::sort(supertypes.begin(), supertypes.end());
  supertypes.erase(std::unique(supertypes.begin(), supertypes.end()), supertypes.end());
  supertypes.shrink_to_fit();

  const auto number = static_cast<std::size_t>(ref.library);
  const auto index = static_cast<std::size_t>(ref.cls);
  if (number >= tables_.size()) tables_.resize(number + 1);
  if (index >= tables_[number].size()) tables_[number].resize(index + 1);
  FART_CHECK(tables_[number][index] == nullptr);  // Found it would not have been made again.
  tables_[number][index] = std::move(table);
}

void ClassTables::AddSupertypes(ClassTable& table, const TypeRef& type) {
  if (type.kind != TypeRef::Kind::kClass) return;
  const ClassTable& super = *Find(type.cls);
  table.supertypes.insert(table.supertypes.end(), super.supertypes.begin(), super.supertypes.end());
}

void ClassTables::AddFields(ClassTable& table, const CompiledClass& cls) {
  if (!cls.fields.empty()) table.members.reserve(2 * cls.fields.size() + cls.functions.size());
  for (std::size_t i = 0; i < cls.fields.size(); ++i) {
    const CompiledField& field = cls.fields[i];
    const TableMember member{
        TableMember::Kind::kField, table.first_field + static_cast<std::uint32_t>(i), {}};
    table.members[keys_.Of(MemberKind::kGetter, field.name)] = member;
    if (!field.is_final) table.members[keys_.Of(MemberKind::kSetter, field.name)] = member;
  }
}

void ClassTables::AddMembers(ClassTable& table, const CompiledLibrary& library,
                             const CompiledClass& cls) {
  table.members.reserve(table.members.size() + cls.functions.size());
  for (const int index : cls.functions) {
    const CompiledFunction& function = *library.functions[static_cast<std::size_t>(index)];
    if (function.is_static || function.is_abstract) continue;
    const TableMember member{TableMember::Kind::kFunction, 0, {library.number, index}};
    switch (function.kind) {
      case FunctionKind::kFunction:
        table.members[keys_.Of(MemberKind::kMethod, function.name)] = member;
        break;
      case FunctionKind::kGetter:
        table.members[keys_.Of(MemberKind::kGetter, function.name)] = member;
        break;
      case FunctionKind::kSetter:
        table.members[keys_.Of(MemberKind::kSetter, function.name)] = member;
        break;
      case FunctionKind::kGenerativeConstructor:
      case FunctionKind::kFactory:
      case FunctionKind::kClosure:
      case FunctionKind::kStaticInitializer:
        break;
    }
  }
}

}  // namespace fart::lang
