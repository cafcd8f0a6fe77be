#include "lang/compiler/name_linker.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace fart::lang {
namespace {

bool Passes(const std::vector<ast::Combinator>& combinators, std::string name) {
  if (name.ends_with('=')) name.pop_back();
  return std::all_of(combinators.begin(), combinators.end(), [&name](const ast::Combinator& c) {
    return (std::find(c.names.begin(), c.names.end(), name) != c.names.end()) == c.is_show;
  });
}

class NameLinker {
 public:
  explicit NameLinker(LibrarySet& set) : set_(set) {}

  std::optional<SyntaxError> Run(bool* lacks_class);

 private:
  void Fail(int library, int file, std::uint32_t offset, std::string message) {
    const auto& unit = set_.source(library).units[static_cast<std::size_t>(file)];
    if (!error_) error_ = unit->file->ErrorAt(offset, std::move(message));
  }
  void ExportOwnNames(int library);
  bool ExportForeignNames(int library);
  void ImportNames(int library);
  void ImportFrom(NameScope& scope, int target, const std::vector<ast::Combinator>& combinators);
  NameScope& PrefixScope(int library, const ast::Directive& directive);
  void LinkHeader(int library, int cls);
  TypeRef ResolveSupertype(int library, const ClassSource& cls, const ast::Type& type);
  void CheckCycle(ClassRef start);
  void AddMixinFields(ClassRef ref);

  LibrarySet& set_;
  std::vector<int> fresh_;  // Libraries to link now.
  std::optional<SyntaxError> error_;
  bool lacks_class_ = false;  // error_ is about a superclass that there is not.
};

std::optional<SyntaxError> NameLinker::Run(bool* lacks_class) {
  for (int i = 0; i < static_cast<int>(set_.size()); ++i) {
    if (!set_.source(i).is_linked && !set_.source(i).is_broken) fresh_.push_back(i);
  }
  for (const int library : fresh_) ExportOwnNames(library);
  bool changed = true;
  while (changed) {  // Exports may go in circles; names only ever come, so this ends.
    changed = false;
    for (const int library : fresh_) changed = ExportForeignNames(library) || changed;
  }
  for (const int library : fresh_) ImportNames(library);
  const auto each_class = [this](auto action) {
    for (const int library : fresh_) {
      for (int i = 0; i < static_cast<int>(set_.library(library).classes.size()); ++i) {
        action(ClassRef{library, i});
      }
    }
  };
  each_class([this](ClassRef ref) { LinkHeader(ref.library, ref.cls); });
  each_class([this](ClassRef ref) { CheckCycle(ref); });
  if (!error_) each_class([this](ClassRef ref) { AddMixinFields(ref); });
  const bool may_link_again = lacks_class != nullptr && lacks_class_;
  if (lacks_class != nullptr) *lacks_class = lacks_class_;
  for (const int library : fresh_) {
    set_.OwnSource(library).is_linked = !error_;
    set_.OwnSource(library).is_broken = error_.has_value() && !may_link_again;
  }
  return std::move(error_);
}

// ---- Scopes -------------------------------------------------------------------------------------

void NameLinker::ExportOwnNames(int library) {
  LibrarySource& source = set_.OwnSource(library);
  source.exported = NameScope();
  for (const auto& [name, entity] : source.declared.names()) {
    if (name[0] != '_') source.exported.Declare(name, entity);
  }
}

bool NameLinker::ExportForeignNames(int library) {
  LibrarySource& source = set_.OwnSource(library);
  const std::vector<ast::Directive>& directives = source.units[0]->directives;
  bool changed = false;
  for (std::size_t i = 0; i < directives.size(); ++i) {
    const int target = source.bindings[i];
    if (directives[i].kind != ast::Directive::Kind::kExport || target < 0) continue;
    if (target == library) continue;  // It has them.
    set_.ForEachExported(target, [&](const std::string& name, const Entity& entity) {
      if (source.declared.Find(name) != nullptr || !Passes(directives[i].combinators, name)) return;
      changed = source.exported.Import(name, entity) || changed;
    });
  }
  return changed;
}

void NameLinker::ImportFrom(NameScope& scope, int target,
                            const std::vector<ast::Combinator>& combinators) {
  set_.ForEachExported(target, [&](const std::string& name, const Entity& entity) {
    if (!Passes(combinators, name)) return;
    Entity imported = entity;
    imported.is_core = target == set_.core();
    scope.Import(name, imported);
  });
}

NameScope& NameLinker::PrefixScope(int library, const ast::Directive& directive) {
  LibrarySource& source = set_.OwnSource(library);
  std::vector<std::string>& names = source.prefix_names;
  const auto found = std::find(names.begin(), names.end(), directive.prefix);
  if (found != names.end()) {
    return source.prefixes[static_cast<std::size_t>(found - names.begin())];
  }
  if (source.declared.Find(directive.prefix) != nullptr) {
    Fail(library, 0, directive.offset,
         "The prefix '" + directive.prefix + "' is also declared in this library.");
  }
  names.push_back(directive.prefix);
  return source.prefixes.emplace_back();
}

void NameLinker::ImportNames(int library) {
  LibrarySource& source = set_.OwnSource(library);
  source.prefix_names.clear();
  source.prefixes.clear();
  NameScope imported;
  bool imports_core = library == set_.core();
  const std::vector<ast::Directive>& directives = source.units[0]->directives;
  for (std::size_t i = 0; i < directives.size(); ++i) {
    const int target = source.bindings[i];
    if (directives[i].kind != ast::Directive::Kind::kImport) continue;
    imports_core = imports_core || (target >= 0 && target == set_.core());
    NameScope& scope =
        directives[i].prefix.empty() ? imported : PrefixScope(library, directives[i]);
    if (target >= 0) ImportFrom(scope, target, directives[i].combinators);
  }
  if (!imports_core) ImportFrom(imported, set_.core(), {});
  source.visible = source.declared;
  for (std::size_t i = 0; i < source.prefix_names.size(); ++i) {
    source.visible.Declare(source.prefix_names[i],
                           {Entity::Kind::kPrefix, library, static_cast<int>(i)});
  }
  for (const auto& [name, entity] : imported.names()) source.visible.Declare(name, entity);
}

// ---- Classes ------------------------------------------------------------------------------------

TypeRef NameLinker::ResolveSupertype(int library, const ClassSource& cls, const ast::Type& type) {
  const CompiledClass& compiled =
      set_.ClassOf({library, static_cast<int>(&cls - set_.source(library).classes.data())});
  TypeRef resolved = ResolveType(set_, library, compiled.type_parameters, type);
  if (resolved.kind == TypeRef::Kind::kUnresolved) {
    lacks_class_ = lacks_class_ || !error_;
    Fail(library, cls.file, type.offset, "There is no class '" + resolved.text + "'.");
  } else if (resolved.kind == TypeRef::Kind::kDynamic) {
    Fail(library, cls.file, type.offset, "'" + resolved.text + "' is not a class.");
  } else if (set_.ClassOf(resolved.cls).is_enum) {
    Fail(library, cls.file, type.offset, "An enum cannot be extended.");
  }
  return resolved;
}

void NameLinker::LinkHeader(int library, int index) {
  CompiledClass& compiled = set_.OwnClassOf({library, index});
  const ClassSource& cls = set_.ClassSourceOf({library, index});
  compiled.mixins.clear();
  compiled.interfaces.clear();
  const std::optional<ClassRef> root = set_.FindCoreClass("Object");
  if (cls.node->superclass != nullptr) {
    compiled.superclass = ResolveSupertype(library, cls, *cls.node->superclass);
  } else if (root && *root != ClassRef{library, index}) {
    compiled.superclass = {TypeRef::Kind::kClass, *root, {}, "Object"};
  }
  for (const ast::Type* type : cls.node->mixins) {
    compiled.mixins.push_back(ResolveSupertype(library, cls, *type));
  }
  for (const ast::Type* type : cls.node->interfaces) {
    compiled.interfaces.push_back(ResolveSupertype(library, cls, *type));
  }
}

// Walks up at twice two speeds, so that a circle above `start` is found as well.
void NameLinker::CheckCycle(ClassRef start) {
  const auto up = [this](std::optional<ClassRef> ref) -> std::optional<ClassRef> {
    if (!ref || set_.ClassOf(*ref).superclass.kind != TypeRef::Kind::kClass) return std::nullopt;
    return set_.ClassOf(*ref).superclass.cls;
  };
  std::optional<ClassRef> slow = start;
  std::optional<ClassRef> fast = up(slow);
  while (fast && fast != slow) {
    slow = up(slow);
    fast = up(up(fast));
  }
  if (fast) {
    const ClassSource& cls = set_.ClassSourceOf(start);
    Fail(start.library, cls.file, cls.node->offset,
         "The class '" + cls.node->name + "' is its own superclass.");
  }
}

void NameLinker::AddMixinFields(ClassRef ref) {
  CompiledClass& compiled = set_.OwnClassOf(ref);
  ClassSource& cls = set_.OwnClassSourceOf(ref);
  std::vector<CompiledField> fields;
  for (const TypeRef& mixin : compiled.mixins) {
    // The mixin's own fields are the last ones it has, whether or not its turn was before.
    const std::size_t count = set_.ClassSourceOf(mixin.cls).fields.size();
    const std::vector<CompiledField>& all = set_.ClassOf(mixin.cls).fields;
    fields.insert(fields.end(), all.end() - static_cast<std::ptrdiff_t>(count), all.end());
  }
  cls.first_own_field = static_cast<int>(fields.size());
  compiled.fields.insert(compiled.fields.begin(), fields.begin(), fields.end());
}

std::string TextOf(const ast::Type& type) {
  std::string text = type.prefix.empty() ? type.name : type.prefix + "." + type.name;
  for (std::size_t i = 0; i < type.arguments.size(); ++i) {
    text += (i == 0 ? "<" : ", ") + TextOf(*type.arguments[i]);
  }
  return type.arguments.empty() ? text : text + ">";
}

}  // namespace

std::optional<SyntaxError> LinkNames(LibrarySet& set, bool* lacks_class) {
  return NameLinker(set).Run(lacks_class);
}

const Entity* FindVisible(LibrarySet& set, int library, const std::string& prefix,
                          const std::string& name) {
  const LibrarySource& source = set.source(library);
  if (prefix.empty()) return source.visible.Find(name);
  const Entity* entity = source.visible.Find(prefix);
  if (entity == nullptr || entity->kind != Entity::Kind::kPrefix) return nullptr;
  return source.prefixes[static_cast<std::size_t>(entity->index)].Find(name);
}

TypeRef ResolveType(LibrarySet& set, int library, const std::vector<std::string>& type_parameters,
                    const ast::Type& type) {
  TypeRef resolved;
  resolved.text = TextOf(type);
  const bool is_parameter =
      type.prefix.empty() &&
      std::find(type_parameters.begin(), type_parameters.end(), type.name) != type_parameters.end();
  if (is_parameter || type.name == "dynamic" || type.name == "void") return resolved;
  const Entity* entity = FindVisible(set, library, type.prefix, type.name);
  if (entity != nullptr && entity->kind == Entity::Kind::kTypedef) {
    // What its functions take is not checked, so being a function is all that can be asked.
    const std::optional<ClassRef> function = set.FindCoreClass("Function");
    if (!function) return resolved;
    resolved.kind = TypeRef::Kind::kClass;
    resolved.cls = *function;
    return resolved;
  }
  if (entity == nullptr || entity->kind != Entity::Kind::kClass) {
    resolved.kind = TypeRef::Kind::kUnresolved;
    return resolved;
  }
  resolved.kind = TypeRef::Kind::kClass;
  resolved.cls = {entity->library, entity->index};
  for (const ast::Type* argument : type.arguments) {
    resolved.arguments.push_back(ResolveType(set, library, type_parameters, *argument));
  }
  return resolved;
}

}  // namespace fart::lang
