// TypeTable -- the types of an isolate: interned, made of one another, compared.
//
// Type arguments that nobody has said are dynamic, and dynamic fits everything: types are checked
// nowhere else, so what has none must pass where those are asked for that it may well have. Where
// both are known, they decide: `<int>[] is List<num>`, and not `is List<String>`.
//
// Invariants
//   LK-T1 interned  equal types are one TypeEntity, equal lists of them one TypeArguments. They
//                   stay as long as all the classes in them. Arguments that are all dynamic are
//                   none.
//   LK-T2 bounded   none consists of more than kMaxWeight others: a program that makes ever larger
//                   ones gets `dynamic` instead.
//
// Not here: what a program's text means (lang/compiler/type_resolver.h); which type arguments are
// in force in a frame (lang/interpreter/type_arguments.cc).

#ifndef FART_LANG_LINKER_TYPE_TABLE_H_
#define FART_LANG_LINKER_TYPE_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "lang/linker/entities.h"

namespace fart::lang {

// Where classes come from: the linker.
class ClassSourceOfTypes {
 public:
  virtual Class* ClassOf(ClassRef ref) = 0;
  virtual void LinkClass(Class* cls) = 0;

 protected:
  ~ClassSourceOfTypes() = default;
};

class TypeTable {
 public:
  static constexpr std::uint32_t kMaxWeight = 1000;

  explicit TypeTable(ClassSourceOfTypes& classes);
  TypeTable(const TypeTable&) = delete;
  TypeTable& operator=(const TypeTable&) = delete;

  // Its own type, which is part of it.
  void AddClass(Class& cls);
  TypeEntity* Of(const TypeRef& ref);
  TypeEntity* OfNumber(std::uint64_t number) { return types_[number].get(); }
  TypeEntity* dynamic() { return dynamic_; }
  // The class with these arguments.
  TypeEntity* Of(Class* cls, const TypeArguments* arguments);
  TypeEntity* Nullable(TypeEntity* type, bool is_nullable);
  // Null if all are dynamic.
  const TypeArguments* ArgumentsOf(std::vector<TypeEntity*> types);

  // With `arguments` in place of the type parameters; null: all are dynamic.
  TypeEntity* Instantiate(TypeEntity* type, const TypeArguments* arguments) {
    if (!type->is_open) return type;
    const std::size_t place =
        (type->number ^ (arguments == nullptr ? 0 : arguments->number * 31)) % instantiated_.size();
    Instantiated& known = instantiated_[place];
    if (known.type == type && known.arguments == arguments) return known.result;
    return InstantiateSlow(type, arguments);
  }
  // The arguments that an instance of `cls` with these has as an instance of `above`, of which it
  // is one. Of a class that applies a mixin: those of the mixin.
  const TypeArguments* ArgumentsAs(Class* cls, const TypeArguments* arguments, Class* above);
  // Those that the members of `owner` see, which an instance of `cls` inherits. Where `owner` is
  // the application of a mixin, its members are the mixin's.
  const TypeArguments* ArgumentsInside(Class* cls, const TypeArguments* arguments, Class* owner) {
    const Inside& known = InsideOf(cls, arguments, owner);
    if (known.cls == cls && known.owner == owner && known.arguments == arguments) {
      return known.result;
    }
    return ArgumentsInsideSlow(cls, arguments, owner);
  }

  // Finds for the type parameters from `first` on what makes `pattern` the type; what *found has
  // already stays.
  void Match(TypeEntity* pattern, TypeEntity* type, std::size_t first,
             std::vector<TypeEntity*>* found);

  // Whether what is an instance of `type` is one of `wanted` too, as far as anybody can tell.
  bool IsSubtype(const TypeEntity& type, const TypeEntity& wanted);
  // The same of functions' types, as the language of 2013 compares them: what a function takes and
  // gives must be assignable, one way or the other, and whatever it gives will do where nothing is
  // wanted. That it can be called like that is known already.
  bool AreAssignable(const TypeEntity& function, const TypeEntity& wanted);
  bool Fit(const TypeArguments* arguments, const TypeArguments* wanted);
  // The same of what is declared: what is not said is dynamic, which is within nothing else.
  bool IsWithin(const TypeEntity& type, const TypeEntity& other);

  // Classes for which `ends` says so are about to end: the types and type arguments that they are
  // in end too. Nobody has these any more: no object, frame or constant.
  void Forget(const std::function<bool(const Class&)>& ends);

 private:
  // A class's own type is part of it.
  struct EndUnlessOfClass {
    void operator()(TypeEntity* type) const {
      if (type->cls == nullptr || type != &type->cls->type) delete type;
    }
  };

  // What was instantiated last.
  struct Instantiated {
    TypeEntity* type = nullptr;
    const TypeArguments* arguments = nullptr;
    TypeEntity* result = nullptr;
  };

  // What was asked for last of members.
  struct Inside {
    Class* cls = nullptr;
    Class* owner = nullptr;
    const TypeArguments* arguments = nullptr;
    const TypeArguments* result = nullptr;
  };

  Inside& InsideOf(Class* cls, const TypeArguments* arguments, Class* owner) {
    const std::uintptr_t mixed = reinterpret_cast<std::uintptr_t>(cls) +
                                 3 * reinterpret_cast<std::uintptr_t>(owner) +
                                 5 * reinterpret_cast<std::uintptr_t>(arguments);
    return inside_[mixed / alignof(std::max_align_t) % inside_.size()];
  }
  const TypeArguments* ArgumentsInsideSlow(Class* cls, const TypeArguments* arguments,
                                           Class* owner);
  const TypeArguments* ArgumentsAbove(Class* cls, const TypeArguments* arguments, Class* owner);
  TypeEntity* InstantiateSlow(TypeEntity* type, const TypeArguments* arguments);
  TypeEntity* InstantiateParts(TypeEntity* type, const TypeArguments* arguments);
  TypeEntity* Intern(TypeEntity type);
  static std::string KeyOf(const TypeEntity& type);
  static std::string TextOf(const TypeEntity& type);
  const TypeArguments* InMixin(Class* application, const TypeArguments* arguments);
  const TypeArguments* FindAbove(Class* cls, const TypeArguments* arguments, Class* above,
                                 bool* found);

  ClassSourceOfTypes& classes_;
  std::uint64_t TakeNumber(TypeEntity* type);

  // By number; null: it has ended, and its number is in free_numbers_.
  std::vector<std::unique_ptr<TypeEntity, EndUnlessOfClass>> types_;
  std::vector<std::uint64_t> free_numbers_;
  std::unordered_map<std::string, TypeEntity*> interned_;
  // By number - 1; as above.
  std::vector<std::unique_ptr<TypeArguments>> arguments_;
  std::vector<std::uint32_t> free_arguments_;
  std::unordered_map<std::string, const TypeArguments*> interned_arguments_;
  TypeEntity* dynamic_ = nullptr;
  std::array<Instantiated, 64> instantiated_;
  std::array<Inside, 64> inside_;
};

}  // namespace fart::lang

#endif  // FART_LANG_LINKER_TYPE_TABLE_H_
