// NameScope -- the names of a library, of an import, or of a prefix, and what they stand for.
//
// A getter and a setter may share a name, so a setter is kept as "name=", and both may come from
// different libraries.
//
// Invariants
//   LC-N1 first  a name once declared stays what it is; what is imported later under the same name,
//                and is something else, makes it ambiguous. Core names yield without a quarrel.
//
// Not here: local variables (resolver.h), members of classes (library_set.h).

#ifndef FART_LANG_COMPILER_NAME_SCOPE_H_
#define FART_LANG_COMPILER_NAME_SCOPE_H_

#include <cstdint>
#include <string>
#include <unordered_map>

namespace fart::lang {

struct Entity {
  enum class Kind : std::uint8_t {
    kNone,
    kClass,     // `index` into CompiledLibrary::classes.
    kFunction,  // `index` into CompiledLibrary::functions; also the next two.
    kGetter,
    kSetter,
    kVariable,   // `index` into CompiledLibrary::statics.
    kTypedef,    // `index` into LibrarySource::typedefs.
    kPrefix,     // `index` into the prefixes of the library.
    kAmbiguous,  // `library` and `other_library` both have it.
  };
  Kind kind = Kind::kNone;
  int library = 0;
  int index = 0;
  int other_library = 0;
  bool is_core = false;  // Imported from dart:core without being asked for.

  [[nodiscard]] bool IsSameAs(const Entity& other) const {
    return kind == other.kind && library == other.library && index == other.index;
  }
};

class NameScope {
 public:
  // False if the name is taken.
  bool Declare(const std::string& name, const Entity& entity) {
    return names_.emplace(name, entity).second;
  }
  // LC-N1. Returns whether anything changed.
  bool Import(const std::string& name, const Entity& entity);
  // Names that are not here are looked for there: dart:core's, which a copy for each library would
  // make the largest part of it. It must stay where it is, and has no such scope itself.
  void SetRest(const NameScope* rest) { rest_ = rest; }
  [[nodiscard]] const NameScope* rest() const { return rest_; }
  [[nodiscard]] const Entity* Find(const std::string& name) const {
    const auto found = names_.find(name);
    if (found != names_.end()) return &found->second;
    return rest_ != nullptr ? rest_->Find(name) : nullptr;
  }
  // Without those of rest().
  [[nodiscard]] const std::unordered_map<std::string, Entity>& names() const { return names_; }

 private:
  const NameScope* rest_ = nullptr;
  std::unordered_map<std::string, Entity> names_;
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_NAME_SCOPE_H_
