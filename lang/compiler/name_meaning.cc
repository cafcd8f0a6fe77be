#include "lang/compiler/name_meaning.h"

#include <algorithm>

#include "lang/compiler/name_linker.h"

namespace fart::lang {
namespace {

using Kind = NameMeaning::Kind;

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Other libraries cannot see private names.
bool IsVisible(int library, ClassRef cls, const std::string& name) {
  return library == cls.library || !name.starts_with('_');
}

std::optional<FunctionRef> RefOf(int library, int index) {
  if (index < 0) return std::nullopt;
  return FunctionRef{library, index};
}

StaticMember MemberOf(LibrarySet& set, int library, const ClassMember& member) {
  StaticMember result;
  result.method = RefOf(library, member.method);
  result.getter = RefOf(library, member.getter);
  result.setter = RefOf(library, member.setter);
  if (member.variable >= 0) {
    result.variable = StaticRef{library, member.variable};
    const auto index = static_cast<std::size_t>(member.variable);
    result.is_final = set.library(library).statics[index]->is_final;
    result.is_const = set.library(library).statics[index]->is_const;
  }
  return result;
}

// What the scope knows as `name` or `name=`.
NameMeaning MeaningOf(LibrarySet& set, const NameScope& scope, const std::string& name) {
  NameMeaning meaning;
  for (const Entity* entity : {scope.Find(name), scope.Find(name + "=")}) {
    if (entity == nullptr) continue;
    meaning.library = entity->library;
    if (entity->kind == Entity::Kind::kSetter && meaning.kind == Kind::kNothing) {
      meaning.kind = Kind::kStatic;
    }
    switch (entity->kind) {
      case Entity::Kind::kNone:
        break;
      case Entity::Kind::kClass:
        meaning.kind = Kind::kClass;
        meaning.cls = {entity->library, entity->index};
        break;
      case Entity::Kind::kFunction:
        meaning.kind = Kind::kStatic;
        meaning.member.method = FunctionRef{entity->library, entity->index};
        break;
      case Entity::Kind::kGetter:
        meaning.kind = Kind::kStatic;
        meaning.member.getter = FunctionRef{entity->library, entity->index};
        break;
      case Entity::Kind::kSetter:
        meaning.member.setter = FunctionRef{entity->library, entity->index};
        break;
      case Entity::Kind::kVariable: {
        meaning.kind = Kind::kStatic;
        meaning.member.variable = StaticRef{entity->library, entity->index};
        const auto index = static_cast<std::size_t>(entity->index);
        meaning.member.is_final = set.library(entity->library).statics[index]->is_final;
        meaning.member.is_const = set.library(entity->library).statics[index]->is_const;
        break;
      }
      case Entity::Kind::kTypedef:
        meaning.kind = Kind::kType;
        break;
      case Entity::Kind::kPrefix:
        meaning.kind = Kind::kPrefix;
        break;
      case Entity::Kind::kAmbiguous:
        meaning.kind = Kind::kAmbiguous;
        meaning.other_library = entity->other_library;
        return meaning;
    }
  }
  return meaning;
}

}  // namespace

NameMeaning LookupName(LibrarySet& set, const LexicalPlace& place, const std::string& name) {
  NameMeaning meaning;
  if (Contains(place.type_parameters, name)) {
    meaning.kind = Kind::kType;
    return meaning;
  }
  if (place.cls) {
    const ClassSource& cls = set.ClassSourceOf(*place.cls);
    const auto found = cls.members.find(name);
    if (found != cls.members.end()) {
      meaning.kind = found->second.is_static ? Kind::kStatic : Kind::kInstance;
      if (found->second.is_static) {
        meaning.member = MemberOf(set, place.cls->library, found->second);
      }
      return meaning;
    }
    if (Contains(set.ClassOf(*place.cls).type_parameters, name)) {
      meaning.kind = Kind::kType;
      return meaning;
    }
  }
  meaning = MeaningOf(set, set.source(place.library).visible, name);
  // The one type that no library declares and whose name is no word of the language's.
  if (meaning.kind == Kind::kNothing && name == "dynamic") meaning.kind = Kind::kType;
  return meaning;
}

NameMeaning LookupPrefixed(LibrarySet& set, const LexicalPlace& place, const std::string& prefix,
                           const std::string& name) {
  const Entity* entity = FindVisible(set, place.library, "", prefix);
  if (entity == nullptr || entity->kind != Entity::Kind::kPrefix) return {};
  const LibrarySource& source = set.source(place.library);
  return MeaningOf(set, source.prefixes[static_cast<std::size_t>(entity->index)], name);
}

std::optional<StaticMember> LookupStatic(LibrarySet& set, int library, ClassRef cls,
                                         const std::string& name) {
  const ClassSource& source = set.ClassSourceOf(cls);
  auto found = source.members.find(name);
  if (found != source.members.end() && !found->second.is_static) {
    found = source.members.find(OtherSetterOf(name));
  }
  if (found == source.members.end() || !found->second.is_static || !IsVisible(library, cls, name)) {
    return std::nullopt;
  }
  return MemberOf(set, cls.library, found->second);
}

std::optional<StaticMember> LookupExtensionMember(LibrarySet& set, int library, ClassRef cls,
                                                  const std::string& name) {
  const ClassSource& source = set.ClassSourceOf(cls);
  const auto found = source.members.find(name);
  if (found == source.members.end() || found->second.is_static || !IsVisible(library, cls, name)) {
    return std::nullopt;
  }
  return MemberOf(set, cls.library, found->second);
}

std::optional<FunctionRef> LookupConstructor(LibrarySet& set, int library, ClassRef cls,
                                             const std::string& name) {
  bool is_inherited = false;
  while (set.ClassOf(cls).mixin.kind == TypeRef::Kind::kClass) {
    if (set.ClassOf(cls).superclass.kind != TypeRef::Kind::kClass) return std::nullopt;
    cls = set.ClassOf(cls).superclass.cls;
    is_inherited = true;
  }
  const ClassSource& source = set.ClassSourceOf(cls);
  const auto found = source.constructors.find(name);
  if (found == source.constructors.end() || !IsVisible(library, cls, name)) return std::nullopt;
  const FunctionRef ref{cls.library, found->second};
  // A factory makes objects of its own class.
  if (is_inherited && set.FunctionOf(ref).kind == FunctionKind::kFactory) return std::nullopt;
  return ref;
}

TypeNames TypeNamesAt(LibrarySet& set, const LexicalPlace& place) {
  TypeNames names;
  if (place.cls) {
    (place.has_class_types ? names.in_force : names.unbound) =
        set.ClassOf(*place.cls).type_parameters;
  }
  names.in_force.insert(names.in_force.end(), place.type_parameters.begin(),
                        place.type_parameters.end());
  return names;
}

}  // namespace fart::lang
