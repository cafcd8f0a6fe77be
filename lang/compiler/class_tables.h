// ClassTables -- what each class of a LibrarySet is and offers: its fields, supertypes, members.
//
// A table is made when it is first asked for; after that nothing is written to it. Tables may be
// made on top of those of the set below.
//
// Invariants
//   LC-K3 once   a class has one table, which stays where it is.
//   LC-K4 below  tables of the set below are read only, and none is made any more. A class below
//                that has none there has one of this set's own.
//   LC-K6 types  the instances of a class have a field for type arguments iff it or a class that it
//                extends has type parameters. Counted in field_count; no name leads to it.
//
// Not here: objects, shapes and functions that can be called (the linker).

#ifndef FART_LANG_COMPILER_CLASS_TABLES_H_
#define FART_LANG_COMPILER_CLASS_TABLES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "lang/compiler/library_set.h"
#include "lang/compiler/member_keys.h"

namespace fart::lang {

// What a class offers under a MemberKey: an implicit accessor of a field, or a function.
struct TableMember {
  enum class Kind : std::uint8_t { kField, kFunction };
  Kind kind = Kind::kField;
  std::uint32_t field = 0;  // kField: its number in an object, the superclass's included.
  FunctionRef function;     // kFunction
};

// A class as a number, for sorted lists of them.
constexpr std::uint64_t ClassNumber(ClassRef ref) {
  return static_cast<std::uint64_t>(ref.library) << 32 | static_cast<std::uint32_t>(ref.cls);
}

struct ClassTable {
  std::uint32_t field_count = 0;    // The superclass's included.
  std::uint32_t first_field = 0;    // Of the class's own (CompiledClass::fields).
  std::uint32_t native_fields = 0;  // The superclass's included.
  // The field that the type arguments are in, behind the own ones of the topmost class that has
  // type parameters; those of an object are its own class's. (LC-K6)
  static constexpr int kNoField = -1;
  int types_field = kNoField;
  // The class's own, or those of the mixin that it is an application of; not the superclass's.
  std::unordered_map<const MemberKey*, TableMember> members;
  // ClassNumbers of everything this class is: itself, its superclass, mixin and interfaces, and
  // theirs; sorted.
  std::vector<std::uint64_t> supertypes;
};

class ClassTables {
 public:
  // Both live as long. `base`: of the set below; null: there is none. (LC-K4)
  ClassTables(const LibrarySet& set, const ClassTables* base);
  ClassTables(const ClassTables&) = delete;
  ClassTables& operator=(const ClassTables&) = delete;

  // Of a class of a linked library.
  const ClassTable& Of(ClassRef ref);
  // Those of a library that is about to be removed (LC-S4); nobody refers to them.
  void Forget(int library) noexcept {
    const auto number = static_cast<std::size_t>(library);
    if (number < tables_.size()) tables_[number].clear();
  }
  // Calls visit(library, key) for each key in a table of this set's own.
  template <typename Visit>
  void ForEachKey(Visit&& visit) const {
    for (std::size_t library = 0; library < tables_.size(); ++library) {
      for (const auto& table : tables_[library]) {
        if (table == nullptr) continue;
        for (const auto& [key, member] : table->members) visit(static_cast<int>(library), key);
      }
    }
  }
  MemberKeys& keys() { return keys_; }

 private:
  using TablesOfLibrary = std::vector<std::unique_ptr<ClassTable>>;

  // Null: not made yet.
  [[nodiscard]] const ClassTable* Find(ClassRef ref) const;
  // When those of all its supertypes are there.
  void Make(ClassRef ref);
  void AddSupertypes(ClassTable& table, const TypeRef& type);
  void AddFields(ClassTable& table, const CompiledClass& cls);
  void AddMembers(ClassTable& table, const CompiledLibrary& library, const CompiledClass& cls);

  const LibrarySet& set_;
  const ClassTables* const base_;
  MemberKeys keys_;
  std::vector<TablesOfLibrary> tables_;  // By number, then index. (LC-K4)
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_CLASS_TABLES_H_
