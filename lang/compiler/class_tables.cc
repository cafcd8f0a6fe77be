#include "lang/compiler/class_tables.h"

#include <algorithm>
#include <utility>

#include "heap/base/check.h"

namespace fart::lang {

ClassTables::ClassTables(const LibrarySet& set, const ClassTables* base)
    : set_(set), base_(base), keys_(base == nullptr ? nullptr : &base->keys_) {}

const ClassTable* ClassTables::Find(ClassRef ref) const {
  const auto library = static_cast<std::size_t>(ref.library);
  const auto cls = static_cast<std::size_t>(ref.cls);
  if (library >= tables_.size() || cls >= tables_[library].size()) return nullptr;
  return tables_[library][cls].get();
}

const ClassTable& ClassTables::Of(ClassRef ref) {
  if (base_ != nullptr && !set_.IsOwn(ref.library)) {
    const ClassTable* const shared = base_->Find(ref);
    FART_CHECK(shared != nullptr);  // K4
    return *shared;
  }
  const ClassTable* const known = Find(ref);
  if (known != nullptr) return *known;
  std::unique_ptr<ClassTable> made = Make(ref);
  // Only now, as making it may have made others of the same library.
  const auto library = static_cast<std::size_t>(ref.library);
  const auto cls = static_cast<std::size_t>(ref.cls);
  if (library >= tables_.size()) tables_.resize(library + 1);
  if (cls >= tables_[library].size()) tables_[library].resize(cls + 1);
  tables_[library][cls] = std::move(made);
  return *tables_[library][cls];
}

void ClassTables::MakeAll() {
  for (int library = 0; library < static_cast<int>(set_.size()); ++library) {
    for (int cls = 0; cls < static_cast<int>(set_.library(library).classes.size()); ++cls) {
      Of({library, cls});
    }
  }
}

std::unique_ptr<ClassTable> ClassTables::Make(ClassRef ref) {
  const CompiledLibrary& library = set_.library(ref.library);
  const CompiledClass& cls = set_.ClassOf(ref);
  auto table = std::make_unique<ClassTable>();
  table->supertypes.push_back(ClassNumber(ref));
  if (cls.superclass.kind == TypeRef::Kind::kClass) {
    // The compiler has refused cycles.
    const ClassTable& superclass = Of(cls.superclass.cls);
    AddSupertypes(*table, cls.superclass);
    table->first_field = superclass.field_count;
    table->native_fields = superclass.native_fields;
  }
  table->native_fields += cls.native_fields;
  table->field_count = table->first_field + static_cast<std::uint32_t>(cls.fields.size());

  std::size_t field = 0;
  for (const TypeRef& mixin : cls.mixins) {
    AddSupertypes(*table, mixin);
    const std::size_t fields = set_.ClassSourceOf(mixin.cls).fields.size();
    AddFields(*table, cls, field, field + fields);
    field += fields;
    for (const auto& [key, member] : Of(mixin.cls).members) {
      if (member.kind == TableMember::Kind::kFunction) table->members[key] = member;
    }
  }
  AddFields(*table, cls, field, cls.fields.size());
  AddMembers(*table, library, cls);

  for (const TypeRef& interface : cls.interfaces) AddSupertypes(*table, interface);
  std::vector<std::uint64_t>& supertypes = table->supertypes;
  std::sort(supertypes.begin(), supertypes.end());
  supertypes.erase(std::unique(supertypes.begin(), supertypes.end()), supertypes.end());
  supertypes.shrink_to_fit();
  return table;
}

void ClassTables::AddSupertypes(ClassTable& table, const TypeRef& type) {
  if (type.kind != TypeRef::Kind::kClass) return;
  const ClassTable& super = Of(type.cls);
  table.supertypes.insert(table.supertypes.end(), super.supertypes.begin(), super.supertypes.end());
}

void ClassTables::AddFields(ClassTable& table, const CompiledClass& cls, std::size_t first,
                            std::size_t last) {
  for (std::size_t i = first; i < last; ++i) {
    const CompiledField& field = cls.fields[i];
    const TableMember member{
        TableMember::Kind::kField, table.first_field + static_cast<std::uint32_t>(i), {}};
    table.members[keys_.Of(MemberKind::kGetter, field.name)] = member;
    if (!field.is_final) table.members[keys_.Of(MemberKind::kSetter, field.name)] = member;
  }
}

void ClassTables::AddMembers(ClassTable& table, const CompiledLibrary& library,
                             const CompiledClass& cls) {
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
