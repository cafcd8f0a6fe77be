#include "lang/compiler/name_linker.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "lang/compiler/declarer.h"
#include "lang/compiler/foreign_declarations.h"
#include "lang/compiler/missing_names.h"
#include "lang/compiler/native_declarations.h"
#include "lang/compiler/type_checks.h"
#include "lang/compiler/type_resolver.h"

namespace fart::lang {
namespace {

bool Passes(const std::vector<ast::Combinator>& combinators, std::string name) {
  if (name.ends_with('=')) name.pop_back();
  return std::all_of(combinators.begin(), combinators.end(), [&name](const ast::Combinator& c) {
    return (std::find(c.names.begin(), c.names.end(), name) != c.names.end()) == c.is_show;
  });
}

// What dart:core has for the other libraries: programs see of it what those export.
constexpr std::string_view kForLibraries[] = {
    "CountedIterable", "HashMap",      "HashSet",    "LinkedHashMap", "LinkedHashSet",
    "NestedObjects",   "beingPrinted", "checkCount", "checkRoom",     "typeSaid"};

bool IsForLibraries(const std::string& name) {
  return std::find(std::begin(kForLibraries), std::end(kForLibraries), name) !=
         std::end(kForLibraries);
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
  void CheckExports(int library);
  void ImportNames(int library);
  void CollectExtensions(int library);
  [[nodiscard]] bool IsProgram(int library) const {
    return !set_.library(library).uri.starts_with("dart:");
  }
  void ImportFrom(NameScope& scope, int library, int target,
                  const std::vector<ast::Combinator>& combinators);
  NameScope& PrefixScope(int library, const ast::Directive& directive);
  void DeferPrefix(int library, const ast::Directive& deferred, NameScope* scope);
  void LinkHeader(int library, int cls);
  void CheckInterface(ClassRef ref, const ast::Type& type);
  void CheckOverrides(ClassRef ref);
  void CheckOverride(ClassRef ref, const ast::FunctionNode& function);
  void CheckOverride(ClassRef ref, const std::string& name, std::uint32_t offset);
  TypeRef ResolveSupertype(int library, const ClassSource& cls, const ast::Type& type);
  void CheckSupertype(ClassRef ref, const ast::Type& type, const TypeRef& supertype);
  TypeRef MixinOf(ClassRef ref, const ast::Type& type);
  [[nodiscard]] std::vector<ClassRef> SupertypesOf(ClassRef ref);
  void CheckHierarchy(ClassRef start);
  void FailCycle(const std::vector<ClassRef>& path, ClassRef again);
  void AddMixinFields(ClassRef ref);
  void ResolveOnType(int library, const ClassSource& cls, CompiledClass* extension);
  void LinkSignatures(int library, const FailAt& fail);
  void CheckMixin(ClassRef application);
  [[nodiscard]] bool IsSubclass(ClassRef cls, ClassRef of);

  LibrarySet& set_;
  std::vector<int> fresh_;  // Libraries to link now.
  std::optional<SyntaxError> error_;
  bool lacks_class_ = false;  // error_ is about a superclass that there is not.
  // Of the classes to link now: how many supertypes lie above each other, once that is known.
  std::map<std::pair<int, int>, int> heights_;
};

std::optional<SyntaxError> NameLinker::Run(bool* lacks_class) {
  for (const int library : set_.unlinked()) {
    if (!set_.source(library).is_broken) fresh_.push_back(library);
  }
  // Broken, unless this comes to its end.
  for (const int library : fresh_) set_.OwnSource(library).is_broken = true;
  for (const int library : fresh_) ExportOwnNames(library);
  bool changed = true;
  while (changed) {  // Exports may go in circles; names only ever come, so this ends.
    changed = false;
    for (const int library : fresh_) changed = ExportForeignNames(library) || changed;
  }
  for (const int library : fresh_) CheckExports(library);
  for (const int library : fresh_) {
    if (library != set_.core()) continue;
    LibrarySource& core = set_.OwnSource(library);
    core.unasked = core.exported;
    for (const std::string_view name : kForLibraries) core.unasked.Forget(std::string(name));
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
  if (!error_) each_class([this](ClassRef ref) { CheckHierarchy(ref); });
  if (!error_) each_class([this](ClassRef ref) { AddMixinFields(ref); });
  if (!error_) each_class([this](ClassRef ref) { CheckOverrides(ref); });
  for (const int library : fresh_) {
    if (!error_) error_ = CheckTypedefs(set_, library);
  }
  const FailAt fail = [this](int library, int file, std::uint32_t offset, std::string message) {
    Fail(library, file, offset, std::move(message));
  };
  if (!error_) each_class([&](ClassRef ref) { LinkCompound(set_, ref, fail); });
  if (!error_) {
    std::vector<ClassRef> compounds;
    each_class([&](ClassRef ref) {
      if (set_.ClassOf(ref).compound != nullptr) compounds.push_back(ref);
    });
    CheckCompounds(set_, compounds, fail);
  }
  for (const int library : fresh_) {
    if (!error_) LinkSignatures(library, fail);
  }
  if (!error_) each_class([this](ClassRef ref) { CheckMixin(ref); });
  for (const int library : fresh_) {
    if (!error_) PrepareChecks(set_, library);
  }
  const bool may_link_again = lacks_class != nullptr && lacks_class_;
  if (lacks_class != nullptr) *lacks_class = lacks_class_;
  for (const int library : fresh_) {
    set_.OwnSource(library).is_linked = !error_;
    set_.OwnSource(library).is_broken = error_.has_value() && !may_link_again;
  }
  set_.NoteLinked();
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

// What two libraries have under one name is exported from one of them at most. Of several the first
// in alphabetical order, at the last directive that has it.
void NameLinker::CheckExports(int library) {
  if (!IsProgram(library)) return;
  const LibrarySource& source = set_.source(library);
  std::string first;
  Entity both;
  for (const auto& [name, entity] : source.exported.names()) {
    if (entity.kind != Entity::Kind::kAmbiguous || (!first.empty() && first < name)) continue;
    first = name;
    both = entity;
  }
  if (first.empty()) return;
  std::uint32_t offset = 0;
  const std::vector<ast::Directive>& directives = source.units[0]->directives;
  for (std::size_t i = 0; i < directives.size(); ++i) {
    const int target = source.bindings[i];
    if (directives[i].kind != ast::Directive::Kind::kExport || target < 0) continue;
    set_.ForEachExported(target, [&](const std::string& name, const Entity&) {
      if (name == first && Passes(directives[i].combinators, name)) offset = directives[i].offset;
    });
  }
  if (first.ends_with('=')) first.pop_back();
  Fail(library, 0, offset,
       "'" + first + "' is exported from both '" + set_.library(both.library).uri + "' and '" +
           set_.library(both.other_library).uri + "'.");
}

void NameLinker::ImportFrom(NameScope& scope, int library, int target,
                            const std::vector<ast::Combinator>& combinators) {
  const bool is_program = IsProgram(library);
  set_.ForEachExported(target, [&](const std::string& name, const Entity& entity) {
    if (!Passes(combinators, name)) return;
    if (is_program && target == set_.core() && IsForLibraries(name)) return;
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

void NameLinker::DeferPrefix(int library, const ast::Directive& deferred, NameScope* scope) {
  LibrarySource& source = set_.OwnSource(library);
  const std::string objection = ObjectionToPrefix(source.units[0]->directives, deferred);
  if (!objection.empty()) return Fail(library, 0, deferred.offset, objection);
  source.deferred_prefixes.push_back(deferred.prefix);
  const Entity* const load = source.declared.Find(ast::LoadingFunctionOf(deferred.prefix));
  if (load != nullptr) scope->Declare("loadLibrary", *load);
}

void NameLinker::ImportNames(int library) {
  LibrarySource& source = set_.OwnSource(library);
  source.prefix_names.clear();
  source.prefixes.clear();
  source.deferred_prefixes.clear();
  NameScope imported;
  bool imports_core = library == set_.core();
  const std::vector<ast::Directive>& directives = source.units[0]->directives;
  for (std::size_t i = 0; i < directives.size(); ++i) {
    const int target = source.bindings[i];
    if (directives[i].kind != ast::Directive::Kind::kImport) continue;
    imports_core = imports_core || (target >= 0 && target == set_.core());
    NameScope& scope =
        directives[i].prefix.empty() ? imported : PrefixScope(library, directives[i]);
    if (target >= 0) ImportFrom(scope, library, target, directives[i].combinators);
    if (directives[i].is_deferred) DeferPrefix(library, directives[i], &scope);
  }
  source.visible = source.declared;
  if (!imports_core) {
    const LibrarySource& core = set_.source(set_.core());
    source.visible.SetRest(IsProgram(library) ? &core.unasked : &core.exported);
    set_.ForEachAdded(set_.core(), [&imported](const std::string& name, Entity entity) {
      entity.is_core = true;
      imported.Import(name, entity);
    });
  }
  for (std::size_t i = 0; i < source.prefix_names.size(); ++i) {
    source.visible.Declare(source.prefix_names[i],
                           {Entity::Kind::kPrefix, library, static_cast<int>(i)});
  }
  for (const auto& [name, entity] : imported.names()) source.visible.Declare(name, entity);
  CollectExtensions(library);
}

// Its own, those it imports, with or without a prefix, and those of dart:core.
void NameLinker::CollectExtensions(int library) {
  std::vector<ClassRef>& extensions = set_.OwnLibrary(library).extensions;
  extensions.clear();
  const auto add = [&](ClassRef ref) {
    const bool is_new = std::find(extensions.begin(), extensions.end(), ref) == extensions.end();
    if (set_.ClassOf(ref).is_extension && is_new) extensions.push_back(ref);
  };
  for (int i = 0; i < static_cast<int>(set_.library(library).classes.size()); ++i) {
    add({library, i});
  }
  const auto add_exported = [&](int target, const std::vector<ast::Combinator>& combinators) {
    set_.ForEachExported(target, [&](const std::string& name, const Entity& entity) {
      const bool is_class = entity.kind == Entity::Kind::kClass;
      if (is_class && Passes(combinators, name)) add({entity.library, entity.index});
    });
  };
  const LibrarySource& source = set_.source(library);
  bool imports_core = library == set_.core();
  const std::vector<ast::Directive>& directives = source.units[0]->directives;
  for (std::size_t i = 0; i < directives.size(); ++i) {
    const int target = source.bindings[i];
    if (directives[i].kind != ast::Directive::Kind::kImport || target < 0) continue;
    imports_core = imports_core || target == set_.core();
    add_exported(target, directives[i].combinators);
  }
  if (!imports_core && !set_.library(set_.core()).extensions.empty()) {
    add_exported(set_.core(), {});
  }
}

// ---- Classes ------------------------------------------------------------------------------------

// Of dart:core; only that library may.
constexpr std::string_view kNotToBeExtended[] = {"bool", "double", "int", "Null", "num", "String"};

// Each class keeps a list of all of its supertypes, and lookup walks up.
constexpr int kMaxHeight = 1000;

TypeRef NameLinker::ResolveSupertype(int library, const ClassSource& cls, const ast::Type& type) {
  const ClassRef ref{library, static_cast<int>(&cls - set_.source(library).classes.data())};
  TypeRef resolved = ResolveType(set_, library, {set_.ClassOf(ref).type_parameters, {}}, type);
  const std::vector<std::string>& deferred = set_.source(library).deferred_prefixes;
  if (std::find(deferred.begin(), deferred.end(), type.prefix) != deferred.end()) {
    Fail(library, cls.file, type.offset,
         "What '" + type.prefix + "' means is loaded later, so no class can be above another.");
  }
  if (resolved.kind == TypeRef::Kind::kFunction && type.function != nullptr) {
    // What its functions take and give asks nothing of a class.
    const std::optional<ClassRef> function = set_.FindCoreClass("Function");
    if (function) resolved = {TypeRef::Kind::kClass, *function, {}, resolved.text};
  }
  if (resolved.kind == TypeRef::Kind::kUnresolved) {
    lacks_class_ = lacks_class_ || !error_;
    Fail(library, cls.file, type.offset,
         "There is no class '" + resolved.text + "'" +
             EndOfUnknownType(set_, library, type.prefix, type.name));
  } else if (resolved.kind != TypeRef::Kind::kClass) {
    Fail(library, cls.file, type.offset, "'" + type.text + "' is not a class.");
  } else {
    CheckSupertype(ref, type, resolved);
  }
  return resolved;
}

void NameLinker::CheckSupertype(ClassRef ref, const ast::Type& type, const TypeRef& supertype) {
  const int file = set_.HeaderOf(ref).file;
  const CompiledClass& above = set_.ClassOf(supertype.cls);
  if (above.is_enum) {
    return Fail(ref.library, file, type.offset, "An enum cannot be extended.");
  }
  if (supertype.cls.library != set_.core() || ref.library == set_.core()) return;
  for (const std::string_view name : kNotToBeExtended) {
    if (above.name.text != name) continue;
    Fail(ref.library, file, type.offset,
         "'" + above.name.text + "' can be neither extended nor implemented.");
  }
}

// Of `class M = S with N;` it is N that is mixed in.
TypeRef NameLinker::MixinOf(ClassRef ref, const ast::Type& type) {
  const TypeRef mixin = ResolveSupertype(ref.library, set_.HeaderOf(ref), type);
  if (mixin.kind != TypeRef::Kind::kClass) return mixin;
  // Of the libraries `dart:` none has one; and here nobody reads members of theirs yet (LC-S6).
  if (!IsProgram(ref.library)) return mixin;
  const ast::ClassNode& node = *set_.ClassSourceOf(mixin.cls).node;
  for (const ast::FunctionNode* function : node.functions) {
    if (function->form != ast::FunctionForm::kConstructor) continue;
    Fail(ref.library, set_.HeaderOf(ref).file, type.offset,
         "'" + mixin.text + "' has a constructor, so it cannot be mixed in.");
    break;
  }
  return mixin;
}

void NameLinker::LinkHeader(int library, int index) {
  const ClassRef ref{library, index};
  CompiledClass& compiled = set_.OwnClassOf(ref);
  const ClassSource& cls = set_.HeaderOf(ref);
  compiled.interfaces.clear();
  const std::optional<ClassRef> root = set_.FindCoreClass("Object");
  if (cls.application >= 0) {
    // An application in a `with` clause has the type parameters of the class that it is made for.
    const ClassRef below{library, cls.application};
    compiled.superclass = {TypeRef::Kind::kClass, below, {}, set_.ClassOf(below).name.text};
    for (std::size_t i = 0; i < compiled.type_parameters.size(); ++i) {
      TypeRef& argument = compiled.superclass.arguments.emplace_back();
      argument.kind = TypeRef::Kind::kParameter;
      argument.index = static_cast<int>(i);
      argument.text = compiled.type_parameters[i];
    }
  } else if (cls.superclass != nullptr) {
    compiled.superclass = ResolveSupertype(library, cls, *cls.superclass);
  } else if (root && *root != ref) {
    compiled.superclass = {TypeRef::Kind::kClass, *root, {}, "Object"};
  }
  if (cls.mixin != nullptr) compiled.mixin = MixinOf(ref, *cls.mixin);
  if (compiled.is_extension) {
    ResolveOnType(library, cls, &compiled);
    if (compiled.on_type.kind == TypeRef::Kind::kUnresolved) {
      const ast::Type& type = *cls.node->on_type;
      Fail(library, cls.file, type.offset,
           "There is no type '" + compiled.on_type.text + "'" +
               EndOfUnknownType(set_, library, type.prefix, type.name));
    }
  }
  if (cls.is_anonymous) return;
  for (const ast::Type* type : cls.node->interfaces) {
    compiled.interfaces.push_back(ResolveSupertype(library, cls, *type));
    CheckInterface(ref, *type);
  }
}

// The last one.
void NameLinker::CheckInterface(ClassRef ref, const ast::Type& type) {
  const CompiledClass& compiled = set_.ClassOf(ref);
  const TypeRef& added = compiled.interfaces.back();
  if (added.kind != TypeRef::Kind::kClass) return;
  const int file = set_.HeaderOf(ref).file;
  const auto same = std::count_if(
      compiled.interfaces.begin(), compiled.interfaces.end(),
      [&](const TypeRef& other) { return other.kind == added.kind && other.cls == added.cls; });
  if (same > 1) {
    Fail(ref.library, file, type.offset, "'" + type.text + "' is implemented twice.");
  } else if (compiled.superclass.kind == TypeRef::Kind::kClass &&
             compiled.superclass.cls == added.cls && added.cls != set_.FindCoreClass("Object")) {
    Fail(ref.library, file, type.offset,
         "'" + type.text + "' is the superclass, so it is implemented already.");
  }
}

// What a class declares must be of the kind of what it inherits under the same name.
void NameLinker::CheckOverrides(ClassRef ref) {
  const ClassSource& cls = set_.HeaderOf(ref);
  if (!IsProgram(ref.library)) return;
  if (cls.is_anonymous || cls.mixin != nullptr || cls.members.empty()) return;
  for (const ast::FunctionNode* function : cls.node->functions) CheckOverride(ref, *function);
  for (const ast::VariableNode* variable : cls.node->variables) {
    CheckOverride(ref, variable->name, variable->offset);
  }
}

void NameLinker::CheckOverride(ClassRef ref, const ast::FunctionNode& function) {
  const bool is_constructor = function.form == ast::FunctionForm::kConstructor ||
                              function.form == ast::FunctionForm::kFactory;
  if (!is_constructor) CheckOverride(ref, function.name, function.offset);
}

// A setter is a member of its own: it goes with whatever is read under its name.
void NameLinker::CheckOverride(ClassRef ref, const std::string& name, std::uint32_t offset) {
  const ClassSource& cls = set_.ClassSourceOf(ref);
  const auto own = cls.members.find(name);
  if (own == cls.members.end()) return;
  const ClassMember& member = own->second;
  const auto is_read = [](const ClassMember& of) { return of.variable >= 0 || of.getter >= 0; };
  for (TypeRef above = set_.ClassOf(ref).superclass; above.kind == TypeRef::Kind::kClass;
       above = set_.ClassOf(above.cls).superclass) {
    const ClassRef declaring = set_.MixedIn(above.cls);
    if (name.starts_with('_') && declaring.library != ref.library) continue;
    const ClassSource& source = set_.ClassSourceOf(declaring);
    const auto found = source.members.find(name);
    if (found == source.members.end()) continue;
    const ClassMember& inherited = found->second;
    if (inherited.is_static) continue;
    const std::string of = " of '" + source.node->name + "'";
    const bool is_in_its_place =
        member.variable >= 0 || ((member.method >= 0 || is_read(member))
                                     ? inherited.method >= 0 || is_read(inherited)
                                     : inherited.setter >= 0 || inherited.variable >= 0);
    std::string message;
    if (member.is_static && is_in_its_place) {
      message = "is static, but members" + of + ", which the class inherits, are not";
    } else if (!member.is_static && member.method >= 0 && is_read(inherited)) {
      message = "is a method, but that" + of + ", which it would override, is not";
    } else if (!member.is_static && is_read(member) && inherited.method >= 0) {
      message = "is no method, but that" + of + ", which it would override, is one";
    }
    if (!message.empty()) Fail(ref.library, cls.file, offset, "'" + name + "' " + message + ".");
    if (is_in_its_place) return;
  }
}

std::vector<ClassRef> NameLinker::SupertypesOf(ClassRef ref) {
  std::vector<ClassRef> result;
  const CompiledClass& compiled = set_.ClassOf(ref);
  const auto add = [&result](const TypeRef& type) {
    if (type.kind == TypeRef::Kind::kClass) result.push_back(type.cls);
  };
  add(compiled.superclass);
  add(compiled.mixin);
  for (const TypeRef& type : compiled.interfaces) add(type);
  return result;
}

// No class is above itself, by whatever clauses, and none has too many above it. Without recursion:
// programs made by programs have long chains.
void NameLinker::CheckHierarchy(ClassRef start) {
  struct Entered {
    ClassRef ref;
    std::vector<ClassRef> supertypes;
    std::size_t next = 0;
    int height = 0;
  };
  constexpr int kBeingVisited = -1;
  const auto key_of = [](ClassRef ref) { return std::pair(ref.library, ref.cls); };
  std::vector<Entered> path;
  const auto enter = [&](ClassRef ref) {
    heights_[key_of(ref)] = kBeingVisited;
    path.push_back({ref, SupertypesOf(ref)});
  };
  if (!heights_.contains(key_of(start))) enter(start);
  while (!path.empty() && !error_) {
    Entered& top = path.back();
    if (top.next < top.supertypes.size()) {
      const ClassRef above = top.supertypes[top.next];
      const auto known = heights_.find(key_of(above));
      if (known == heights_.end()) {
        enter(above);
      } else if (known->second == kBeingVisited) {
        std::vector<ClassRef> refs;
        for (const Entered& entered : path) refs.push_back(entered.ref);
        FailCycle(refs, above);
      } else {
        top.height = std::max(top.height, known->second + 1);
        ++top.next;
      }
      continue;
    }
    if (top.height > kMaxHeight) {
      const ClassSource& cls = set_.HeaderOf(top.ref);
      Fail(top.ref.library, cls.file, cls.node->offset,
           "More than " + std::to_string(kMaxHeight) + " supertypes of the class '" +
               cls.node->name + "' lie above each other.");
    }
    heights_[key_of(top.ref)] = top.height;
    path.pop_back();
  }
}

// The circle is shown from a class that the program names.
void NameLinker::FailCycle(const std::vector<ClassRef>& path, ClassRef again) {
  std::vector<std::string> names;
  const ClassSource* first = nullptr;
  int library = 0;
  for (auto ref = std::find(path.begin(), path.end(), again); ref != path.end(); ++ref) {
    const ClassSource& cls = set_.HeaderOf(*ref);
    if (cls.is_anonymous) continue;
    if (first == nullptr) {
      first = &cls;
      library = ref->library;
    }
    names.push_back("'" + cls.node->name + "'");
  }
  std::string way;
  constexpr std::size_t kShown = 5;
  for (std::size_t i = 1; i < names.size() && i <= kShown; ++i) way += names[i] + ", ";
  if (names.size() > kShown + 1) way += "..., ";
  if (!way.empty()) way = ", by way of " + way.substr(0, way.size() - 2);
  Fail(library, first->file, first->node->offset,
       "The class " + names[0] + " is its own supertype" + way + ".");
}

bool NameLinker::IsSubclass(ClassRef cls, ClassRef of) {
  std::vector<ClassRef> seen{cls};
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i] == of) return true;
    for (const ClassRef above : SupertypesOf(seen[i])) {
      if (std::find(seen.begin(), seen.end(), above) == seen.end()) seen.push_back(above);
    }
  }
  return false;
}

// What a mixin is declared `on` lies above every application of it.
void NameLinker::CheckMixin(ClassRef application) {
  const CompiledClass& compiled = set_.ClassOf(application);
  if (compiled.mixin.kind != TypeRef::Kind::kClass) return;
  const ClassRef mixin = set_.MixedIn(application);
  const std::size_t count = set_.HeaderOf(mixin).node->on_count;
  for (std::size_t i = 0; i < count; ++i) {
    const TypeRef& demanded = set_.ClassOf(mixin).interfaces[i];
    if (IsSubclass(compiled.superclass.cls, demanded.cls)) continue;
    const ClassSource& cls = set_.HeaderOf(application);
    return Fail(application.library, cls.file, cls.mixin->offset,
                "'" + compiled.mixin.text + "' can be mixed in only where the superclass is a '" +
                    demanded.text + "'; '" + compiled.superclass.text + "' is not.");
  }
}

void NameLinker::AddMixinFields(ClassRef ref) {
  CompiledClass& compiled = set_.OwnClassOf(ref);
  if (compiled.mixin.kind != TypeRef::Kind::kClass) return;
  const ClassRef mixin = set_.MixedIn(ref);
  if (set_.IsOwn(mixin.library) && !set_.HasMembers(mixin)) {
    compiled.has_members.store(false, std::memory_order_relaxed);  // LC-S6
    return;
  }
  compiled.fields = set_.WholeClassOf(mixin).fields;
}

// With its type parameters' bounds in place of them, too.
void NameLinker::ResolveOnType(int library, const ClassSource& cls, CompiledClass* extension) {
  const TypeNames names{extension->type_parameters, {}};
  extension->on_pattern = ResolveType(set_, library, names, *cls.node->on_type);
  std::vector<TypeRef> bounds;
  for (const ast::TypeParameter* parameter : cls.node->type_parameters) {
    TypeRef& bound = bounds.emplace_back();
    bound.text = "dynamic";
    if (parameter->bound != nullptr) bound = ResolveType(set_, library, names, *parameter->bound);
  }
  extension->on_type = Substitute(extension->on_pattern, bounds);
}

// Of functions with type parameters, and of factories of classes with some.
void NameLinker::LinkSignatures(int library, const FailAt& fail) {
  const LibrarySource& source = set_.source(library);
  RefuseNativeVariables(set_, library, fail);
  for (std::size_t i = 0; i < source.functions.size(); ++i) {
    const FunctionRef ref{library, static_cast<int>(i)};
    LinkNative(set_, ref, fail);
    LinkSignature(set_, ref);
  }
}

}  // namespace

void LinkSignature(LibrarySet& set, FunctionRef ref) {
  const ast::FunctionNode* const node =
      set.source(ref.library).functions[static_cast<std::size_t>(ref.function)].node;
  if (node == nullptr) return;
  CompiledFunction& function = set.OwnFunctionOf(ref);
  std::optional<ClassRef> cls;
  if (function.owner_class != CompiledFunction::kNoOwner) {
    cls = ClassRef{ref.library, function.owner_class};
  }
  if (function.kind == FunctionKind::kFactory) {
    LinkFactorySignature(set, *cls, function);
  } else if (!node->type_parameters.empty()) {
    TypeNames names;
    if (cls && !function.is_static) names.in_force = set.ClassOf(*cls).type_parameters;
    if (cls && function.is_static) names.unbound = set.ClassOf(*cls).type_parameters;
    LinkSignature(set, ref.library, *node, names, function);
  }
}

void LinkSignature(LibrarySet& set, int library, const ast::FunctionNode& node, TypeNames names,
                   CompiledFunction& function) {
  function.generic = std::make_unique<CompiledTypeParameters>();
  CompiledTypeParameters& generic = *function.generic;
  generic.first = static_cast<std::uint32_t>(names.in_force.size());
  for (const ast::TypeParameter* parameter : node.type_parameters) {
    names.in_force.push_back(parameter->name);
  }
  for (const ast::TypeParameter* parameter : node.type_parameters) {
    CompiledTypeParameter& declared = generic.own.emplace_back();
    declared.name = parameter->name;
    if (parameter->bound != nullptr) {
      declared.bound = ResolveType(set, library, names, *parameter->bound);
    }
  }
  if (node.return_type != nullptr) {
    generic.return_type = ResolveType(set, library, names, *node.return_type);
  }
}

void LinkFactorySignature(LibrarySet& set, ClassRef cls, CompiledFunction& function) {
  const CompiledClass& compiled = set.ClassOf(cls);
  const ast::ClassNode& node = *set.HeaderOf(cls).node;
  if (node.type_parameters.empty()) return;
  function.generic = std::make_unique<CompiledTypeParameters>();
  CompiledTypeParameters& generic = *function.generic;
  for (const ast::TypeParameter* parameter : node.type_parameters) {
    CompiledTypeParameter& declared = generic.own.emplace_back();
    declared.name = parameter->name;
    if (parameter->bound != nullptr) {
      declared.bound =
          ResolveType(set, cls.library, {compiled.type_parameters, {}}, *parameter->bound);
    }
  }
  generic.return_type = ThisTypeOf(set, cls);
}

TypeRef ThisTypeOf(LibrarySet& set, ClassRef cls) {
  const CompiledClass& compiled = set.ClassOf(cls);
  TypeRef type{TypeRef::Kind::kClass, cls, {}, ""};
  for (std::size_t i = 0; i < compiled.type_parameters.size(); ++i) {
    TypeRef& argument = type.arguments.emplace_back();
    argument.kind = TypeRef::Kind::kParameter;
    argument.index = static_cast<int>(i);
    argument.text = compiled.type_parameters[i];
  }
  SetText(&type, compiled.name.text);
  return type;
}

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

void ConsiderNames(const NameScope& scope, bool (*accepts)(const Entity&), Suggestion* suggestion) {
  for (const NameScope* each = &scope; each != nullptr; each = each->rest()) {
    for (const auto& [name, entity] : each->names()) {
      if (!name.ends_with('=') && accepts(entity)) suggestion->Consider(name);
    }
  }
  suggestion->EndGroup();
}

std::string EndOfUnknownType(LibrarySet& set, int library, const std::string& prefix,
                             const std::string& name) {
  const auto is_type = [](const Entity& entity) {
    return entity.kind == Entity::Kind::kClass || entity.kind == Entity::Kind::kTypedef;
  };
  const LibrarySource& source = set.source(library);
  Suggestion suggestion(name);
  const auto known = std::find(source.prefix_names.begin(), source.prefix_names.end(), prefix);
  const Entity* meant = nullptr;
  if (prefix.empty()) {
    ConsiderNames(source.declared, is_type, &suggestion);
    ConsiderNames(source.visible, is_type, &suggestion);
    meant = source.visible.Find(name);
  } else if (known != source.prefix_names.end()) {
    const auto index = static_cast<std::size_t>(known - source.prefix_names.begin());
    ConsiderNames(source.prefixes[index], is_type, &suggestion);
    meant = source.prefixes[index].Find(name);
  }
  if (meant != nullptr && meant->kind == Entity::Kind::kAmbiguous) {
    return "; the name is imported from both '" + set.library(meant->library).uri + "' and '" +
           set.library(meant->other_library).uri + "'.";
  }
  const bool is_known = !suggestion.best().empty() || !prefix.empty();
  return is_known ? suggestion.End() : EndOfMissing(set, name, Wanted::kType);
}

}  // namespace fart::lang
