// FunctionCompiler -- variables, and what names and dotted names mean.

#include <algorithm>
#include <string>
#include <vector>

#include "heap/base/check.h"
#include "lang/compiler/function_compiler_impl.h"
#include "lang/compiler/name_linker.h"

namespace fart::lang {

// ---- Variables ----------------------------------------------------------------------------------

void FunctionCompiler::InitVariable(int number) {
  const LocalVariable& variable = VariableOf(number);
  code_.Emit(variable.needs_cell() ? Opcode::kNewCell : Opcode::kStoreLocal,
             static_cast<std::uint32_t>(variable.slot));
}

void FunctionCompiler::LoadVariable(int number) {
  LoadPlace(number);
  if (VariableOf(number).is_late) LoadLate(number);
  if (VariableOf(number).is_passed_on) LoadOrNull();
}

void FunctionCompiler::LoadPlace(int number) {
  const LocalVariable& variable = VariableOf(number);
  if (variable.owner == &scope_) {
    code_.Emit(variable.needs_cell() ? Opcode::kLoadCell : Opcode::kLoadLocal,
               static_cast<std::uint32_t>(variable.slot));
  } else {
    code_.Emit(variable.needs_cell() ? Opcode::kLoadCapturedCell : Opcode::kLoadCaptured,
               static_cast<std::uint32_t>(scope_.capture_index.at(number)));
  }
}

void FunctionCompiler::StoreVariable(int number) {
  const LocalVariable& variable = VariableOf(number);
  if (variable.is_late && variable.is_final) CheckNotSetYet(number);
  StorePlace(number);
}

void FunctionCompiler::StorePlace(int number) {
  const LocalVariable& variable = VariableOf(number);
  if (variable.owner == &scope_) {
    code_.Emit(variable.needs_cell() ? Opcode::kStoreCell : Opcode::kStoreLocal,
               static_cast<std::uint32_t>(variable.slot));
  } else {
    FART_CHECK(variable.needs_cell());  // LC-V2 of the resolver.
    code_.Emit(Opcode::kStoreCapturedCell,
               static_cast<std::uint32_t>(scope_.capture_index.at(number)));
  }
}

// The value, or the cell itself, for a closure made here.
void FunctionCompiler::PushCaptured(int number) {
  const LocalVariable& variable = VariableOf(number);
  if (variable.owner == &scope_) {
    code_.Emit(Opcode::kLoadLocal, static_cast<std::uint32_t>(variable.slot));
  } else {
    code_.Emit(Opcode::kLoadCaptured, static_cast<std::uint32_t>(scope_.capture_index.at(number)));
  }
}

void FunctionCompiler::LoadThis() { LoadVariable(context_.resolution.this_variable); }

// ---- Names --------------------------------------------------------------------------------------

Name FunctionCompiler::NameOf(const std::string& text) {
  return context_.set.library(context_.place.library).NameOf(text);
}

std::uint32_t FunctionCompiler::SelectorConstant(MemberKind kind, const std::string& name,
                                                 std::uint32_t positional_count,
                                                 std::vector<std::string> argument_names) {
  return code_.AddConstant(
      Selector{kind, NameOf(name), positional_count, std::move(argument_names)});
}

TypeRef FunctionCompiler::TypeOf(const ast::Type& type) {
  TypeRef resolved = ResolveType(context_.set, context_.place.library,
                                 TypeNamesAt(context_.set, context_.place), type);
  if (resolved.kind == TypeRef::Kind::kUnresolved && !Meets(MetErrors::Of::kType)) {
    Fail(type.offset, UnknownType(type, resolved));
  }
  return resolved;
}

void FunctionCompiler::FailIfAmbiguous(const NameMeaning& meaning, const std::string& name,
                                       std::uint32_t offset) {
  if (meaning.kind != NameMeaning::Kind::kAmbiguous || Meets(MetErrors::Of::kName)) return;
  Fail(offset, Ambiguous(meaning, name));
}

std::string FunctionCompiler::Ambiguous(const NameMeaning& meaning, const std::string& name) {
  return "'" + name + "' is imported from both '" + context_.set.library(meaning.library).uri +
         "' and '" + context_.set.library(meaning.other_library).uri + "'.";
}

NameMeaning FunctionCompiler::MeaningOf(const ast::Identifier& identifier) {
  NameMeaning meaning = LookupName(context_.set, context_.place, identifier.name);
  FailIfAmbiguous(meaning, identifier.name, identifier.offset);
  return meaning;
}

FunctionCompiler::Target FunctionCompiler::FromMeaning(const NameMeaning& meaning, std::string name,
                                                       std::uint32_t offset) {
  Target target;
  target.offset = offset;
  target.name = std::move(name);
  switch (meaning.kind) {
    case NameMeaning::Kind::kStatic:
      target.kind = Target::Kind::kStatic;
      target.member = meaning.member;
      break;
    case NameMeaning::Kind::kClass:
      target.kind = Target::Kind::kClass;
      target.cls = meaning.cls;
      break;
    case NameMeaning::Kind::kType:
      target.kind = Target::Kind::kType;
      break;
    case NameMeaning::Kind::kNothing:
    case NameMeaning::Kind::kInstance:
    case NameMeaning::Kind::kPrefix:
      break;
    case NameMeaning::Kind::kAmbiguous:
      if (Meets(MetErrors::Of::kName)) Miss(&target, Ambiguous(meaning, target.name));
      break;
  }
  return target;
}

FunctionCompiler::Target FunctionCompiler::AnalyzeIdentifier(const ast::Identifier& identifier) {
  Target target;
  target.offset = identifier.offset;
  target.name = identifier.name;
  if (identifier.binding != ast::kUnbound) {
    target.kind = Target::Kind::kLocal;
    target.variable = identifier.binding;
    return target;
  }
  const NameMeaning meaning = MeaningOf(identifier);
  const bool is_in_extension = meaning.kind == NameMeaning::Kind::kInstance &&
                               context_.set.ClassOf(*context_.place.cls).is_extension;
  if (is_in_extension && context_.has_this) {
    if (auto member =
            InExtension(*context_.place.cls, identifier.name, identifier.offset, nullptr)) {
      return *member;
    }
  }
  const bool is_of_this =
      meaning.kind == NameMeaning::Kind::kInstance || meaning.kind == NameMeaning::Kind::kNothing;
  if (is_of_this && context_.has_this &&
      (meaning.kind == NameMeaning::Kind::kInstance || Meets(MetErrors::Of::kName) ||
       MayBeMemberOfThis(identifier.name))) {
    target.kind = Target::Kind::kThisProperty;
    return target;
  }
  const ClassMember* const beside =
      meaning.kind == NameMeaning::Kind::kInstance ? SetterBeside(identifier.name) : nullptr;
  if (beside != nullptr) {  // The static one, where there is no `this`.
    target.kind = Target::Kind::kStatic;
    target.member.setter = FunctionRef{context_.place.cls->library, beside->setter};
    return target;
  }
  if (is_of_this) {
    // What an initialiser says of the object that it makes is no question of names.
    const bool is_initializer = meaning.kind == NameMeaning::Kind::kInstance &&
                                function_.kind == FunctionKind::kGenerativeConstructor;
    const std::string reason = UnknownName(identifier);
    if (is_initializer) {
      target.kind = Target::Kind::kMissing;
      Fail(target.offset, reason);
    } else {
      Miss(&target, reason);
    }
    return target;
  }
  if (meaning.kind == NameMeaning::Kind::kPrefix) {
    Miss(&target, "A '.' must follow the prefix '" + identifier.name + "'.");
    return target;
  }
  return FromMeaning(meaning, identifier.name, identifier.offset);
}

bool FunctionCompiler::IsExtension(const NameMeaning& meaning) const {
  return meaning.kind == NameMeaning::Kind::kClass &&
         context_.set.ClassOf(meaning.cls).is_extension;
}

std::optional<FunctionCompiler::Target> FunctionCompiler::InExtension(ClassRef cls,
                                                                      const std::string& name,
                                                                      std::uint32_t offset,
                                                                      ast::Expression* object) {
  const auto member = LookupExtensionMember(context_.set, context_.place.library, cls, name);
  if (!member) return std::nullopt;
  Target target;
  target.kind = Target::Kind::kExtension;
  target.offset = offset;
  target.name = name;
  target.cls = cls;
  target.member = *member;
  target.object = object;
  return target;
}

NameMeaning FunctionCompiler::QualifierOf(ast::Expression* expression, std::string* name) {
  if (const auto* identifier = ast::As<ast::Identifier>(expression)) {
    if (identifier->binding != ast::kUnbound || identifier->in_parentheses) return {};
    *name = identifier->name;
    return MeaningOf(*identifier);
  }
  const auto* property = ast::As<ast::Property>(expression);
  const auto* prefix = property != nullptr ? ast::As<ast::Identifier>(property->target) : nullptr;
  if (prefix == nullptr || property->in_parentheses || prefix->binding != ast::kUnbound ||
      MeaningOf(*prefix).kind != NameMeaning::Kind::kPrefix) {
    return {};
  }
  *name = prefix->name + "." + property->name;
  const NameMeaning meaning =
      LookupPrefixed(context_.set, context_.place, prefix->name, property->name);
  FailIfAmbiguous(meaning, *name, property->offset);
  return meaning;
}

FunctionCompiler::Target FunctionCompiler::InClass(ClassRef cls, const std::string& name,
                                                   std::uint32_t offset) {
  Target target;
  target.offset = offset;
  if (name == "new") {  // Which is no name: the unnamed constructor.
    target.kind = Target::Kind::kConstructor;
    target.cls = cls;
    if (!LookupConstructor(context_.set, context_.place.library, cls, "")) {
      Miss(&target, UnknownInClass(cls, ""));
    }
    return target;
  }
  target.name = context_.set.ClassOf(cls).name.text + "." + name;
  if (auto member = LookupStatic(context_.set, context_.place.library, cls, name)) {
    target.kind = Target::Kind::kStatic;
    target.member = *member;
  } else if (LookupConstructor(context_.set, context_.place.library, cls, name)) {
    target.kind = Target::Kind::kConstructor;
    target.cls = cls;
    target.name = name;
  } else {
    Miss(&target, UnknownInClass(cls, name));
  }
  return target;
}

FunctionCompiler::Target FunctionCompiler::AnalyzeProperty(const ast::Property& property) {
  std::string qualifier;
  const NameMeaning meaning = QualifierOf(property.target, &qualifier);
  if (meaning.kind == NameMeaning::Kind::kClass) {
    return InClass(meaning.cls, property.name, property.offset);
  }
  if (meaning.kind == NameMeaning::Kind::kType) {
    if (const auto cls = ClassOfAlias(qualifier, property.offset)) {
      Target target = InClass(*cls, property.name, property.offset);
      target.alias = qualifier;
      return target;
    }
  }
  if (meaning.kind == NameMeaning::Kind::kPrefix) {
    if (property.is_null_aware) {
      Fail(property.offset, "'" + qualifier + "' is the prefix of an import; use '.'.");
    }
    const NameMeaning inside =
        LookupPrefixed(context_.set, context_.place, qualifier, property.name);
    FailIfAmbiguous(inside, property.name, property.offset);
    Target target = FromMeaning(inside, qualifier + "." + property.name, property.offset);
    if (inside.kind == NameMeaning::Kind::kNothing) {
      Miss(&target, UnknownInPrefix(qualifier, property.name));
    }
    return target;
  }
  // E(x).name
  if (const auto* call = ast::As<ast::Call>(property.target)) {
    const NameMeaning applied = QualifierOf(call->callee, &qualifier);
    if (IsExtension(applied) && call->arguments.positional.size() == 1 &&
        call->arguments.named.empty()) {
      auto member = InExtension(applied.cls, property.name, property.offset,
                                call->arguments.positional.front());
      if (member) {
        member->is_null_aware = property.is_null_aware;
        return *member;
      }
      Fail(property.offset, UnknownInClass(applied.cls, property.name));
    }
  }
  Target target;
  target.offset = property.offset;
  target.name = property.name;
  if (target.name == "new") Fail(target.offset, "Only a class has a constructor 'new'.");
  const bool is_super = property.target->kind == ast::ExpressionKind::kSuper;
  if (is_super && context_.place.cls && context_.set.ClassOf(*context_.place.cls).is_extension) {
    Fail(property.target->offset, "There is no 'super' in an extension.");
  }
  if (is_super) {
    target.kind = Target::Kind::kSuperProperty;
  } else {
    target.kind = Target::Kind::kProperty;
    target.object = property.target;
    target.receiver = property.target;
    target.is_null_aware = property.is_null_aware;
  }
  return target;
}

// Precondition: an Identifier, Property or Index.
FunctionCompiler::Target FunctionCompiler::Analyze(ast::Expression* expression) {
  if (const auto* identifier = ast::As<ast::Identifier>(expression)) {
    return AnalyzeIdentifier(*identifier);
  }
  if (const auto* property = ast::As<ast::Property>(expression)) return AnalyzeProperty(*property);
  const auto* index = ast::As<ast::Index>(expression);
  FART_CHECK(index != nullptr);
  Target target;
  target.offset = index->offset;
  const bool is_super = index->target->kind == ast::ExpressionKind::kSuper;
  target.kind = is_super ? Target::Kind::kSuperIndex : Target::Kind::kIndex;
  target.object = index->target;
  target.receiver = index->target;
  target.index = index->index;
  target.is_null_aware = index->is_null_aware;
  return target;
}

// ---- Deferred imports ---------------------------------------------------------------------------

// The prefix that the expression begins with, if it is one of a deferred import; null: it is not.
const std::string* FunctionCompiler::DeferredPrefixOf(ast::Expression& expression) const {
  const std::vector<std::string>& deferred =
      context_.set.source(context_.place.library).deferred_prefixes;
  if (deferred.empty()) return nullptr;
  const auto find = [&](const std::string& name) -> const std::string* {
    const auto found = std::find(deferred.begin(), deferred.end(), name);
    return found == deferred.end() ? nullptr : &*found;
  };
  if (const auto* const made = ast::As<ast::New>(&expression)) {
    return made->names.size() > 1 ? find(made->names[0]) : nullptr;
  }
  ast::Expression* at = &expression;
  if (auto* const call = ast::As<ast::Call>(at)) {
    at = call->callee;
  } else if (auto* const assignment = ast::As<ast::Assignment>(at)) {
    at = assignment->target;
  } else if (auto* const increment = ast::As<ast::Increment>(at)) {
    at = increment->target;
  }
  while (const auto* const property = ast::As<ast::Property>(at)) {
    const auto* const prefix = ast::As<ast::Identifier>(property->target);
    if (prefix == nullptr) {
      at = property->target;
      continue;
    }
    const bool is_prefix = prefix->binding == ast::kUnbound && property->name != "loadLibrary";
    return is_prefix ? find(prefix->name) : nullptr;
  }
  return nullptr;
}

bool FunctionCompiler::IsDeferred(const std::string& prefix) const {
  const std::vector<std::string>& deferred =
      context_.set.source(context_.place.library).deferred_prefixes;
  return std::find(deferred.begin(), deferred.end(), prefix) != deferred.end();
}

std::string FunctionCompiler::LoadedTooLate(const std::string& prefix) {
  return "What '" + prefix + "' means is loaded later, so no constant can use it.";
}

// Whoever uses a library before it is loaded gets an error, before anything else of the expression.
void FunctionCompiler::CheckLoaded(ast::Expression& expression) {
  const std::string* const prefix = DeferredPrefixOf(expression);
  if (prefix == nullptr) return;
  const auto* const made = ast::As<ast::New>(&expression);
  if (constness_ != Constness::kAnything || (made != nullptr && made->is_const)) {
    return Fail(expression.offset, LoadedTooLate(*prefix));
  }
  if (!code_.is_reachable()) return;
  const int library = context_.place.library;
  const Entity* const is_loaded =
      context_.set.source(library).declared.Find(ast::LoadedVariableOf(*prefix));
  if (is_loaded == nullptr) return;
  At(expression.offset);
  Label loaded;
  code_.Emit(Opcode::kLoadStatic, code_.AddConstant(StaticRef{library, is_loaded->index}));
  code_.EmitJump(Opcode::kJumpIfTrue, loaded);
  PushString(*prefix);
  CallCoreHelper("_throwNotLoaded", 1, expression.offset);
  code_.Emit(Opcode::kPop);
  code_.Bind(loaded);
}

}  // namespace fart::lang
