#include "lang/compiler/name_scope.h"

namespace fart::lang {

bool NameScope::Import(const std::string& name, const Entity& entity) {
  const auto [place, is_new] = names_.emplace(name, entity);
  Entity& known = place->second;
  if (is_new) return true;
  if (known.IsSameAs(entity) || known.kind == Entity::Kind::kAmbiguous || entity.is_core) {
    return false;
  }
  if (known.is_core) {
    known = entity;
    return true;
  }
  known.other_library = entity.library;
  known.kind = Entity::Kind::kAmbiguous;
  return true;
}

}  // namespace fart::lang
