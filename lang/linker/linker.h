// Linker -- makes entities of compiled libraries, each when it is first needed.
//
// Invariants
//   LK-X3 once     a function, class, variable or type of the compiled tables has one entity; what
//                  a mixin declares has one more for each class that applies it.
//   LK-X4 retry    a function whose linking failed is still kUnlinked, and the next call tries
//                  again.
//
// Not here: reading and compiling sources (lang/loader, lang/compiler); the natives (lang/natives).

#ifndef FART_LANG_LINKER_LINKER_H_
#define FART_LANG_LINKER_LINKER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "heap/base/safepoint.h"
#include "lang/compiler/class_tables.h"
#include "lang/linker/entities.h"
#include "lang/linker/type_table.h"
#include "lang/linker/well_known.h"
#include "vm/isolate.h"
#include "vm/roots/rooted.h"

namespace fart::lang {

// Where compiled libraries come from.
class CodeSource {
 public:
  // Never null for a number that a compiled reference contains.
  virtual const CompiledLibrary* LibraryOfNumber(int number) = 0;
  // Null: the library ends with the isolate.
  virtual Edition* EditionOfNumber(int number) = 0;
  // The number of a bundled library, which is loaded if no import has done so. Success: kTrue.
  virtual Outcome Require(std::string_view uri, int* number) FART_MAY_COLLECT = 0;
  // Whether it has been loaded.
  virtual bool HasLoaded(std::string_view uri) const = 0;
  // Of all classes.
  virtual ClassTables& class_tables() = 0;
  // Of a file of what is loaded, by the name that places have it by; empty: its text is not there.
  virtual std::string_view TextOfFile(std::string_view name) const = 0;
  // Fills in the code of a function. False: *error says why; it is empty when memory is used up.
  [[nodiscard]] virtual bool Compile(FunctionRef function, std::string* error) = 0;

 protected:
  ~CodeSource() = default;
};

// The native function of a `dart:` library by its name; null: there is none. Natives call the
// interpreter, which calls the linker: so the linker is given this one instead of naming it.
using IntrinsicFinder = Intrinsic (*)(std::string_view name);

class Linker final : private ClassSourceOfTypes {
 public:
  Linker(Isolate& isolate, CodeSource& source, IntrinsicFinder find_intrinsic);
  Linker(const Linker&) = delete;
  Linker& operator=(const Linker&) = delete;

  // Binds classes of `core` (dart:core, declared) and of the libraries it leads to to the core
  // shapes, and finds the helpers. Before anything else. False: a shape cannot be registered.
  [[nodiscard]] bool BindCore(int core);

  // Binds the classes of dart:typed_data to the core shapes, if they are not yet: when a program
  // that imports it has been loaded, or when a program meets such an object of somebody else's.
  // Success: kTrue.
  Outcome BindTypedData() FART_MAY_COLLECT;
  Outcome BindTypedDataIfLoaded() FART_MAY_COLLECT;

  [[nodiscard]] std::string_view TextOfFile(std::string_view name) const {
    return source_.TextOfFile(name);
  }

  // ---- Entities (LK-X3)
  LinkedLibrary& LibraryOf(int number);
  Function* FunctionOf(FunctionRef ref);
  Class* ClassOf(ClassRef ref) override;
  StaticEntity* StaticOf(StaticRef ref);
  TypeEntity* TypeOf(const TypeRef& ref) { return types_.Of(ref); }
  TypeEntity* TypeOfNumber(std::uint64_t number) { return types_.OfNumber(number); }
  TypeTable& types() { return types_; }
  MemberKeys& keys() { return keys_; }
  // Of a method, without named arguments; of a public one by its text.
  const SelectorEntity& SelectorOf(const Name& name, std::uint32_t positional_count);
  const SelectorEntity& SelectorOf(const std::string& name, std::uint32_t positional_count) {
    return SelectorOf(Name{name, Name::kPublic}, positional_count);
  }
  // Of a getter of a public name.
  const SelectorEntity& GetterOf(const std::string& name);
  // The selector of `call` with the arguments of another.
  SelectorEntity& CallSelectorFor(const SelectorEntity& selector);
  const MemberKey* call_key() const { return call_key_; }
  const MemberKey* no_such_method_key() const { return no_such_method_key_; }
  // A new one each time.
  static std::unique_ptr<SelectorEntity> NewSelector(
      const MemberKey* key, std::uint32_t positional_count,
      const std::vector<std::string>& argument_names);
  // What an operator instruction sends.
  const SelectorEntity& OperatorSelector(Opcode opcode) {
    return *operator_selectors_[static_cast<std::size_t>(opcode)];
  }

  // ---- Making them ready
  // Makes the function callable. Success: kTrue.
  Outcome Link(Function* function) FART_MAY_COLLECT;
  // Its table, and its superclass's.
  void LinkClass(Class* cls) override;
  // What a linked class itself offers, mixins included.
  Member MemberOf(Class& cls, const MemberKey* key);
  // Of the extensions that the code of a library can see; of a key that keys() has.
  const std::vector<ExtensionMember>& ExtensionMembersOf(LinkedLibrary& library,
                                                         const MemberKey* key);
  // The same, and the shape of its instances. False: too many fields or shapes.
  [[nodiscard]] bool RegisterInstanceShape(Class* cls);
  // Gives an uninitialised variable that has no initialiser its first value. False: the heap limit
  // is reached.
  [[nodiscard]] bool InitialiseStatic(StaticEntity* variable) FART_MAY_COLLECT;
  // The object of a type, in its slot. False: the heap limit is reached.
  [[nodiscard]] bool MakeTypeObject(TypeEntity* type) FART_MAY_COLLECT;
  // The closure of a static function, in its slot. False as above.
  [[nodiscard]] bool MakeTearOff(Function* function) FART_MAY_COLLECT;

  template <typename Visit>
  void ForEachStatic(Visit&& visit) const {
    for (const auto& library : libraries_) {
      if (library == nullptr) continue;
      for (const auto& variable : library->statics) {
        if (variable != nullptr) visit(*variable);
      }
    }
  }

  // Of those that have been linked.
  template <typename Visit>
  void ForEachClosureFunction(Visit&& visit) const {
    for (const auto& library : libraries_) {
      if (library == nullptr) continue;
      for (const auto& function : library->functions) {
        if (function == nullptr || function->compiled == nullptr) continue;
        if (function->compiled->kind == FunctionKind::kClosure) visit(*function);
      }
    }
  }

  // ---- Endings (forget.cc)
  // Ends the entities of these editions, which nobody can get hold of (LK-X5): what inline caches
  // know of them, their shapes, class tables and member keys too. Either all of that, or nothing
  // when it throws std::bad_alloc. `is_running`: whether code of the program is, whose calls may be
  // those that SelectorOf and GetterOf have answered for.
  void Forget(const std::vector<Edition*>& editions, bool is_running);

  // ---- Core
  Class* core_class(CoreClass which) const {
    return core_classes_[static_cast<std::size_t>(which)];
  }
  Function* helper(Helper which) const { return helpers_[static_cast<std::size_t>(which)]; }
  ShapeId closure_shape() const { return closure_shape_; }
  ShapeId tear_off_shape() const { return tear_off_shape_; }
  ShapeId bound_method_shape() const { return bound_method_shape_; }
  ShapeId cell_shape() const { return cell_shape_; }

  // The function a declaration names, or null: for calls from the host. `owner` null: a top-level
  // one.
  Function* FindFunction(LinkedLibrary& library, FunctionKind kind, std::string_view name);
  // By `name`, or a static method by `Class.name`.
  Function* FindNamed(LinkedLibrary& library, std::string_view name);
  StaticEntity* FindStatic(LinkedLibrary& library, std::string_view name);

 private:
  // It is there.
  Class* FindClass(LinkedLibrary& library, const char* name);
  void BindHelpers(LinkedLibrary& core);
  [[nodiscard]] bool RegisterShape(const ShapeDescription& description, ShapeKind kind,
                                   Class* owner, ShapeId* id);
  // Of a mixin's function the entity that an application has of it.
  Function* MixIn(FunctionRef ref, Class* owner);
  std::unique_ptr<Function> NewFunction(FunctionRef ref);
  Outcome LinkCode(Function* function) FART_MAY_COLLECT;
  // Of a function's pool. `is_pushed`: PushConstant names it. False as above.
  [[nodiscard]] bool LinkConstant(Function& user, const PoolConstant& constant, bool is_pushed,
                                  PoolEntry* entry) FART_MAY_COLLECT;
  // A slot that ends with the edition.
  RootTable::Slot* NewSlot(Edition* edition);
  // The object in a slot of its own; null if the object is.
  RootTable::Slot* SlotOf(const FreshObject& object, Edition* edition) FART_MAY_COLLECT;
  // One that ends no later than the type; null: both end with the isolate.
  static Edition* EditionOf(const TypeEntity& type);
  class Forgetting;
  template <typename Visit>
  void ForEachFunction(Visit&& visit) const;

  Isolate& isolate_;
  CodeSource& source_;
  const IntrinsicFinder find_intrinsic_;
  MemberKeys& keys_;
  std::vector<std::unique_ptr<LinkedLibrary>> libraries_;  // By number.
  TypeTable types_;
  using Selectors = std::unordered_map<std::string, std::unique_ptr<SelectorEntity>>;
  Selectors simple_selectors_;
  Selectors call_selectors_;
  Selectors getters_;
  std::array<const SelectorEntity*, kOpcodeCount> operator_selectors_{};
  const MemberKey* const call_key_;
  const MemberKey* const no_such_method_key_;

  std::array<Class*, kCoreClasses> core_classes_{};
  std::array<Function*, kHelpers> helpers_{};
  ShapeId closure_shape_{0};
  ShapeId tear_off_shape_{0};
  ShapeId bound_method_shape_{0};
  ShapeId cell_shape_{0};
};

}  // namespace fart::lang

#endif  // FART_LANG_LINKER_LINKER_H_
