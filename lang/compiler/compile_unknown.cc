// FunctionCompiler -- names that mean nothing: what is said about them, which ones are near, and
// what is thrown where a program means to meet such an error (met_errors.h).

#include <algorithm>
#include <cstddef>
#include <utility>

#include "lang/compiler/function_compiler_impl.h"
#include "lang/compiler/missing_names.h"
#include "lang/compiler/name_linker.h"

namespace fart::lang {
namespace {

bool Any(const Entity&) { return true; }

bool IsClass(const Entity& entity) { return entity.kind == Entity::Kind::kClass; }

bool IsBundled(const CompiledLibrary& library) { return library.uri.starts_with("dart:"); }

}  // namespace

std::vector<ClassRef> FunctionCompiler::WithSupertypes(ClassRef cls) {
  std::vector<ClassRef> result{cls};
  const auto add = [&result](const TypeRef& type) {
    if (type.kind != TypeRef::Kind::kClass) return;
    if (std::find(result.begin(), result.end(), type.cls) == result.end()) {
      result.push_back(type.cls);
    }
  };
  for (std::size_t i = 0; i < result.size(); ++i) {
    const CompiledClass& compiled = context_.set.ClassOf(result[i]);
    add(compiled.mixin);
    add(compiled.superclass);
    add(compiled.on_type);
    for (const TypeRef& type : compiled.interfaces) add(type);
  }
  return result;
}

// Limit: what a subclass or the user of a mixin declares may be meant too, and nobody knows them
// all; so a member of that name in any class of the program will do
// (NamesTest.LetsMethodsUseWhatOnlySubclassesDeclare).
bool FunctionCompiler::MayBeMemberOfThis(const std::string& name) {
  LibrarySet& set = context_.set;
  const auto has = [&set, &name](ClassRef ref, const char* member) {
    const auto& members = set.ClassSourceOf(ref).members;
    const auto found = members.find(member != nullptr ? member : name);
    return found != members.end() && !found->second.is_static;
  };
  const std::optional<ClassRef> root = set.FindCoreClass("Object");
  for (const ClassRef ref : WithSupertypes(*context_.place.cls)) {
    if (has(ref, nullptr)) return true;
    if (ref != root && has(ref, "noSuchMethod")) return true;
  }
  const bool is_bundled = IsBundled(set.library(context_.place.library));
  for (const int i : set.program()) {
    if (IsBundled(set.library(i)) && !is_bundled) continue;
    for (int cls = 0; cls < static_cast<int>(set.library(i).classes.size()); ++cls) {
      if (has({i, cls}, nullptr)) return true;
    }
  }
  return false;
}

void FunctionCompiler::ConsiderMembers(ClassRef cls, bool of_instances, Suggestion* suggestion) {
  for (const auto& [name, member] : context_.set.ClassSourceOf(cls).members) {
    const bool is_foreign = cls.library != context_.place.library && name.starts_with('_');
    if (!is_foreign && (of_instances || member.is_static)) suggestion->Consider(name);
  }
  suggestion->EndGroup();
}

// ---- Errors that the program means to meet ------------------------------------------------------

void FunctionCompiler::Miss(Target* target, std::string reason, MetErrors::Of what) {
  target->kind = Target::Kind::kMissing;
  if (!Meets(what)) return Fail(target->offset, std::move(reason));
  target->reason = std::move(reason);
  target->is_type = what == MetErrors::Of::kType;
}

void FunctionCompiler::RefuseTo(MemberKind kind, const Target& target, const std::string& reason,
                                std::uint32_t words) {
  if (!Meets(MetErrors::Of::kName)) return Fail(target.offset, reason);
  ThrowMissing(kind, target.name, reason, words, words);
}

void FunctionCompiler::ThrowMissing(const Target& target, MemberKind kind, std::uint32_t words,
                                    std::uint32_t positional_count) {
  if (target.reason.empty()) return;  // That was an error.
  if (!target.is_type) {
    return ThrowMissing(kind, target.name, target.reason, words, positional_count);
  }
  for (std::uint32_t i = 0; i < words; ++i) code_.Emit(Opcode::kPop);
  ThrowUnknownType(target.reason, target.offset);
}

void FunctionCompiler::ThrowUnknownType(const std::string& reason, std::uint32_t offset) {
  PushString(reason);
  CallCoreHelper("_throwUnknownType", 1, offset);
}

void FunctionCompiler::AskForType(Opcode opcode, const ast::Type& type) {
  const TypeRef resolved = TypeOf(type);
  if (resolved.kind != TypeRef::Kind::kUnresolved || !Meets(MetErrors::Of::kType)) {
    return EmitType(opcode, resolved);
  }
  code_.Emit(Opcode::kPop);
  ThrowUnknownType(UnknownType(type, resolved), type.offset);
}

std::string FunctionCompiler::HiddenType(const std::string& name) {
  return "There is no type here: '" + name + "' is a local variable.";
}

std::string FunctionCompiler::UnknownType(const ast::Type& type, const TypeRef& resolved) {
  if (type.is_hidden) return HiddenType(type.prefix.empty() ? type.name : type.prefix);
  return "There is no type '" + resolved.text + "'" +
         EndOfUnknownType(context_.set, context_.place.library, type.prefix, type.name);
}

// ---- Messages -----------------------------------------------------------------------------------

// From the inside to the outside: locals, members, the library, what it imports.
std::string FunctionCompiler::UnknownName(const ast::Identifier& identifier) {
  const std::string what = "'" + identifier.name + "' is not declared";
  if (is_asking_ || context_.error) return what;  // Nobody is told.
  LibrarySet& set = context_.set;
  const LibrarySource& source = set.source(context_.place.library);
  if (context_.place.cls) {
    const auto& members = set.ClassSourceOf(*context_.place.cls).members;
    if (members.contains(identifier.name)) {
      return "'" + identifier.name + "' belongs to an instance, and there is no 'this' here.";
    }
  }
  if (Meets(MetErrors::Of::kName) && --context_.near_names_left < 0) return what + ".";
  Suggestion suggestion(identifier.name);
  std::vector<std::string> locals;
  ResolverInput again = *context_.input;
  again.unknown = &identifier;
  again.visible = &locals;
  Resolution ignored;
  if (!Resolve(*context_.file, again, &ignored)) {
    for (const std::string& name : locals) suggestion.Consider(name);
  }
  suggestion.EndGroup();
  if (context_.place.cls) {
    ConsiderMembers(*context_.place.cls, context_.has_this, &suggestion);
    if (context_.has_this) {
      for (const ClassRef above : WithSupertypes(*context_.place.cls)) {
        ConsiderMembers(above, true, &suggestion);
      }
    }
  }
  ConsiderNames(source.declared, Any, &suggestion);
  ConsiderNames(source.visible, Any, &suggestion);
  const bool is_near = !suggestion.best().empty();
  return what +
         (is_near ? suggestion.End() : EndOfMissing(set, identifier.name, Wanted::kAnything));
}

FunctionCompiler::Above FunctionCompiler::LookAbove(const TypeRef& superclass,
                                                    const std::string& name, MemberKind kind) {
  Above found = Above::kNothing;
  const std::optional<ClassRef> root = context_.set.FindCoreClass("Object");
  for (const TypeRef* type = &superclass; type->kind == TypeRef::Kind::kClass;
       type = &context_.set.ClassOf(type->cls).superclass) {
    const ClassRef declares = context_.set.MixedIn(type->cls);
    const ClassSource& source = context_.set.ClassSourceOf(declares);
    if (type->cls != root && source.members.contains("noSuchMethod")) return Above::kMember;
    auto member = source.members.find(name);
    if (kind == MemberKind::kSetter && member != source.members.end() && member->second.is_static) {
      member = source.members.find(OtherSetterOf(name));
    }
    if (member == source.members.end() || member->second.is_static) continue;
    if (name.starts_with('_') && declares.library != context_.place.library) continue;
    const ClassMember& known = member->second;
    const auto is_concrete = [&](int function) {
      return function >= 0 && !context_.set.FunctionOf({declares.library, function}).is_abstract;
    };
    const bool is_field = known.variable >= 0;
    const bool is_final =
        is_field && source.fields[static_cast<std::size_t>(known.variable)]->is_final;
    const bool fits = kind == MemberKind::kSetter
                          ? (is_field && !is_final) || is_concrete(known.setter)
                          : is_field || is_concrete(known.getter) || is_concrete(known.method);
    if (fits) return Above::kMember;
    const bool is_there =
        kind == MemberKind::kSetter ? known.setter >= 0 : known.getter >= 0 || known.method >= 0;
    if (is_there) found = Above::kAbstract;
  }
  return found;
}

// A class that is mixed in has as many superclasses as applications; that of one will do.
void FunctionCompiler::CheckSuperMember(const std::string& name, MemberKind kind,
                                        std::uint32_t offset) {
  if (context_.error || !context_.place.cls) return;
  if (Meets(MetErrors::Of::kName)) return;  // The class's noSuchMethod is asked.
  LibrarySet& set = context_.set;
  const ClassRef cls = *context_.place.cls;
  const CompiledClass& compiled = set.ClassOf(cls);
  const Above above = LookAbove(compiled.superclass, name, kind);
  if (above == Above::kMember) return;
  // What a mixin is `on` may be as abstract as it likes.
  if (set.HeaderOf(cls).node->is_mixin) {
    for (const ClassRef supertype : WithSupertypes(cls)) {
      if (supertype != cls && set.ClassSourceOf(supertype).members.contains(name)) return;
    }
  }
  for (const int library : set.program()) {
    for (int i = 0; i < static_cast<int>(set.library(library).classes.size()); ++i) {
      const ClassRef application{library, i};
      const CompiledClass& applied = set.ClassOf(application);
      if (applied.mixin.kind != TypeRef::Kind::kClass || set.MixedIn(application) != cls) continue;
      if (LookAbove(applied.superclass, name, kind) == Above::kMember) return;
    }
  }
  const std::string of_class = "of '" + compiled.name.text + "'";
  if (above == Above::kAbstract) {
    return Fail(offset, "'" + name + "' is abstract in the superclass " + of_class + ".");
  }
  Suggestion suggestion(name);
  for (const ClassRef supertype : WithSupertypes(cls)) {
    if (supertype != cls) ConsiderMembers(supertype, true, &suggestion);
  }
  const char* const what = kind == MemberKind::kSetter ? " has no setter '" : " has no member '";
  Fail(offset, "The superclass " + of_class + what + name + "'" + suggestion.End());
}

std::string FunctionCompiler::UnknownInPrefix(const std::string& prefix, const std::string& name) {
  const LibrarySource& source = context_.set.source(context_.place.library);
  const auto known = std::find(source.prefix_names.begin(), source.prefix_names.end(), prefix);
  Suggestion suggestion(name);
  if (known != source.prefix_names.end()) {
    const auto index = static_cast<std::size_t>(known - source.prefix_names.begin());
    ConsiderNames(source.prefixes[index], Any, &suggestion);
  }
  return "'" + name + "' is not declared in what is imported as '" + prefix + "'" +
         suggestion.End();
}

std::string FunctionCompiler::UnknownInClass(ClassRef cls, const std::string& name) {
  const ClassSource& source = context_.set.ClassSourceOf(cls);
  const std::string of_class = " of the class '" + context_.set.ClassOf(cls).name.text + "'";
  const auto found = source.members.find(name);
  if (found != source.members.end() && !found->second.is_static) {
    return "'" + name + "' is a member of instances" + of_class + ", not of itself.";
  }
  Suggestion suggestion(name);
  ConsiderMembers(cls, false, &suggestion);
  for (const auto& [constructor, function] : source.constructors) suggestion.Consider(constructor);
  const std::string what = name.empty() ? "There is no unnamed constructor"
                                        : "There is no static member or constructor '" + name + "'";
  return what + of_class + suggestion.End();
}

std::string FunctionCompiler::NearConstructor(ClassRef cls, const std::string& name) {
  Suggestion suggestion(name);
  for (const auto& [known, function] : context_.set.ClassSourceOf(cls).constructors) {
    suggestion.Consider(known);
  }
  return suggestion.End();
}

std::string FunctionCompiler::UnknownConstructor(const std::vector<std::string>& names,
                                                 std::size_t used, const NameMeaning& meaning) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ".") + name;
  if (meaning.kind == NameMeaning::Kind::kClass && names.size() <= used + 1) {
    if (context_.set.FindCoreClass("Null") == meaning.cls) {
      return "'Null' makes no objects: its only one is null.";
    }
    return "There is no constructor '" + text + "'" +
           NearConstructor(meaning.cls, names.size() > used ? names[used] : "");
  }
  const bool has_prefix = used == 2;
  const std::string& wanted = has_prefix ? names[1] : names[0];
  if (meaning.kind != NameMeaning::Kind::kNothing) {
    return "'" + text + "' is not a class.";
  }
  const LibrarySource& source = context_.set.source(context_.place.library);
  std::string end;
  if (has_prefix) {
    end = EndOfUnknownType(context_.set, context_.place.library, names[0], wanted);
  } else {
    Suggestion suggestion(wanted);
    ConsiderNames(source.declared, IsClass, &suggestion);
    ConsiderNames(source.visible, IsClass, &suggestion);
    end = suggestion.best().empty() ? EndOfMissing(context_.set, wanted, Wanted::kType)
                                    : suggestion.End();
  }
  return "There is no class '" + (has_prefix ? names[0] + "." + wanted : wanted) + "'" + end;
}

std::string FunctionCompiler::UnknownArgument(const CompiledFunction& function,
                                              const ast::NamedArgument& argument) {
  Suggestion suggestion(argument.name);
  for (const Parameter& parameter : function.parameters) {
    if (parameter.kind == Parameter::Kind::kNamed) suggestion.Consider(parameter.name);
  }
  return "'" + function.Signature() + "' has no named parameter '" + argument.name + "'" +
         suggestion.End();
}

}  // namespace fart::lang
