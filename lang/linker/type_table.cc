#include "lang/linker/type_table.h"

#include <algorithm>
#include <utility>

#include "heap/base/check.h"

namespace fart::lang {

using Kind = TypeRef::Kind;

TypeTable::TypeTable(ClassSourceOfTypes& classes) : classes_(classes) {
  TypeEntity type;
  dynamic_ = Intern(std::move(type));
}

// ---- Interning (LK-T1) --------------------------------------------------------------------------

void TypeTable::AddClass(Class& cls) {
  cls.type.kind = Kind::kClass;
  cls.type.cls = &cls;
  cls.type.is_plain_class = true;
  cls.type.text = cls.compiled->name.text;
  cls.type.number = TakeNumber(&cls.type);
}

std::uint64_t TypeTable::TakeNumber(TypeEntity* type) {
  if (!free_numbers_.empty()) {
    const std::uint64_t number = free_numbers_.back();
    free_numbers_.pop_back();
    types_[number].reset(type);
    return number;
  }
  types_.emplace_back(type);
  return types_.size() - 1;
}

std::string TypeTable::KeyOf(const TypeEntity& type) {
  std::string key = std::to_string(static_cast<int>(type.kind)) + (type.is_nullable ? "?" : " ");
  switch (type.kind) {
    case Kind::kDynamic:
    case Kind::kVoid:
      break;
    case Kind::kUnresolved:
      key += type.text;
      break;
    case Kind::kParameter:
      key += std::to_string(type.index) + ' ' + type.text;
      break;
    case Kind::kClass:
      key += std::to_string(type.cls->type.number) + '<' +
             std::to_string(type.arguments == nullptr ? 0 : type.arguments->number);
      break;
    case Kind::kFunction:
      for (const TypeEntity* part : type.parts) key += std::to_string(part->number) + ',';
      for (const TypeRef::Parameter& parameter : *type.parameters) {
        key += std::to_string(static_cast<int>(parameter.kind)) + parameter.name + ',';
      }
      break;
  }
  return key;
}

std::string TypeTable::TextOf(const TypeEntity& type) {
  std::string text = type.text;
  const char* separator = "";
  if (type.kind == Kind::kDynamic) text = "dynamic";
  if (type.kind == Kind::kVoid) text = "void";
  if (type.kind == Kind::kClass) {
    text = type.cls->compiled->name.text;
    separator = "<";
    if (type.arguments != nullptr) {
      for (const TypeEntity* argument : type.arguments->types) {
        text += std::exchange(separator, ", ") + argument->text;
      }
      text += '>';
    }
  }
  if (type.kind == Kind::kFunction) {
    text = type.is_record() ? "(" : type.parts[0]->text + " Function(";
    const char* close = "";
    for (std::size_t i = 0; i < type.parameters->size(); ++i) {
      using enum TypeRef::Parameter::Kind;
      const TypeRef::Parameter& parameter = (*type.parameters)[i];
      text += std::exchange(separator, ", ");
      const bool is_named = parameter.kind == kNamed || parameter.kind == kRequiredNamed;
      if (parameter.kind != kRequired && parameter.kind != kField && close[0] == '\0') {
        text += is_named ? '{' : '[';
        close = is_named ? "}" : "]";
      }
      if (parameter.kind == kRequiredNamed) text += "required ";
      text += type.parts[i + 1]->text;
      if (is_named) text += ' ' + parameter.name;
    }
    text += close;
    text += ')';
  }
  if (type.is_nullable) text += '?';
  return text;
}

TypeEntity* TypeTable::Intern(TypeEntity type) {
  const std::string key = KeyOf(type);
  const auto known = interned_.find(key);
  if (known != interned_.end()) return known->second;
  type.text = TextOf(type);
  auto owned = std::make_unique<TypeEntity>(std::move(type));
  TypeEntity* const made = owned.get();
  made->number = TakeNumber(made);
  static_cast<void>(owned.release());
  interned_.emplace(key, made);  // Last: then nobody finds it half done.
  return made;
}

const TypeArguments* TypeTable::ArgumentsOf(std::vector<TypeEntity*> types) {
  std::string key;
  bool is_known = false;
  TypeArguments arguments;
  for (TypeEntity* type : types) {
    key += std::to_string(type->number) + ',';
    is_known = is_known || type != dynamic_;
    arguments.is_open = arguments.is_open || type->is_open;
  }
  if (!is_known) return nullptr;
  const auto known = interned_arguments_.find(key);
  if (known != interned_arguments_.end()) return known->second;
  arguments.types = std::move(types);
  if (free_arguments_.empty()) {
    arguments_.emplace_back();
    free_arguments_.push_back(static_cast<std::uint32_t>(arguments_.size()) - 1);
  }
  const std::uint32_t place = free_arguments_.back();
  arguments.number = place + 1;
  auto made = std::make_unique<TypeArguments>(std::move(arguments));
  interned_arguments_.emplace(key, made.get());
  free_arguments_.pop_back();
  arguments_[place] = std::move(made);
  return arguments_[place].get();
}

TypeEntity* TypeTable::Nullable(TypeEntity* type, bool is_nullable) {
  if (!is_nullable || type->is_nullable || type->kind == Kind::kDynamic ||
      type->kind == Kind::kVoid) {
    return type;
  }
  TypeEntity made = *type;
  made.is_nullable = true;
  made.is_plain_class = false;
  made.object = nullptr;
  return Intern(std::move(made));
}

TypeEntity* TypeTable::Of(Class* cls, const TypeArguments* arguments) {
  if (arguments == nullptr) return &cls->type;
  TypeEntity type;
  type.kind = Kind::kClass;
  type.cls = cls;
  type.arguments = arguments;
  type.is_open = arguments->is_open;
  for (const TypeEntity* argument : arguments->types) type.weight += argument->weight;
  return type.weight > kMaxWeight ? dynamic_ : Intern(std::move(type));  // LK-T2
}

TypeEntity* TypeTable::Of(const TypeRef& ref) {
  TypeEntity type;
  type.kind = ref.kind;
  switch (ref.kind) {
    case Kind::kDynamic:
      return dynamic_;
    case Kind::kVoid:
      break;
    case Kind::kUnresolved:
      type.text = ref.text;
      break;
    case Kind::kParameter:
      type.index = ref.index;
      type.is_open = true;
      // Without the mark of one that may be null.
      type.text = ref.text.substr(0, ref.text.find('?'));
      break;
    case Kind::kClass: {
      Class* const cls = classes_.ClassOf(ref.cls);
      std::vector<TypeEntity*> types;
      for (const TypeRef& argument : ref.arguments) types.push_back(Of(argument));
      // Too few or too many say nothing.
      if (types.size() != cls->compiled->type_parameters.size()) types.clear();
      return Nullable(Of(cls, ArgumentsOf(std::move(types))), ref.is_nullable);
    }
    case Kind::kFunction:
      for (const TypeRef& part : ref.arguments) {
        TypeEntity* const made = Of(part);
        type.weight += made->weight;
        type.is_open = type.is_open || made->is_open;
        type.parts.push_back(made);
      }
      type.parameters = ref.parameters;
      if (type.weight > kMaxWeight) return dynamic_;
      break;
  }
  return Nullable(Intern(std::move(type)), ref.is_nullable);
}

void TypeTable::Forget(const std::function<bool(const Class&)>& ends) {
  // What needs memory first: then all is done, or nothing.
  std::vector<bool> types_end(types_.size());
  std::vector<bool> arguments_end(arguments_.size());
  free_numbers_.reserve(types_.size());
  free_arguments_.reserve(arguments_.size());
  for (std::size_t i = 0; i < types_.size(); ++i) {
    types_end[i] = types_[i] != nullptr && AnyClassIn(*types_[i], ends);
  }
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    arguments_end[i] = arguments_[i] != nullptr && AnyClassIn(*arguments_[i], ends);
  }
  std::erase_if(interned_, [&](const auto& entry) { return types_end[entry.second->number]; });
  std::erase_if(interned_arguments_,
                [&](const auto& entry) { return arguments_end[entry.second->number - 1]; });
  for (std::size_t i = 0; i < types_.size(); ++i) {
    if (!types_end[i]) continue;
    types_[i].reset();
    free_numbers_.push_back(i);  // There is room.
  }
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    if (!arguments_end[i]) continue;
    arguments_[i].reset();
    free_arguments_.push_back(static_cast<std::uint32_t>(i));
  }
  instantiated_.fill({});
  inside_.fill({});
}

// ---- Type parameters ----------------------------------------------------------------------------

TypeEntity* TypeTable::InstantiateSlow(TypeEntity* type, const TypeArguments* arguments) {
  TypeEntity* const result = InstantiateParts(type, arguments);
  const std::size_t place =
      (type->number ^ (arguments == nullptr ? 0 : arguments->number * 31)) % instantiated_.size();
  instantiated_[place] = {type, arguments, result};
  return result;
}

TypeEntity* TypeTable::InstantiateParts(TypeEntity* type, const TypeArguments* arguments) {
  switch (type->kind) {
    case Kind::kParameter: {
      const auto index = static_cast<std::size_t>(type->index);
      if (arguments == nullptr || index >= arguments->types.size()) return dynamic_;
      return Nullable(arguments->types[index], type->is_nullable);
    }
    case Kind::kClass: {
      std::vector<TypeEntity*> types;
      for (TypeEntity* argument : type->arguments->types) {
        types.push_back(Instantiate(argument, arguments));
      }
      return Nullable(Of(type->cls, ArgumentsOf(std::move(types))), type->is_nullable);
    }
    case Kind::kFunction: {
      TypeEntity made;
      made.kind = Kind::kFunction;
      made.parameters = type->parameters;
      for (TypeEntity* part : type->parts) {
        made.parts.push_back(Instantiate(part, arguments));
        made.weight += made.parts.back()->weight;
        made.is_open = made.is_open || made.parts.back()->is_open;
      }
      if (made.weight > kMaxWeight) return dynamic_;
      return Nullable(Intern(std::move(made)), type->is_nullable);
    }
    case Kind::kDynamic:
    case Kind::kVoid:
    case Kind::kUnresolved:
      break;
  }
  FART_UNREACHABLE();
}

const TypeArguments* TypeTable::InMixin(Class* application, const TypeArguments* arguments) {
  Class* cls = application;
  while (cls->compiled->mixin.kind == Kind::kClass) {
    arguments = Instantiate(Of(cls->compiled->mixin), arguments)->arguments;
    cls = classes_.ClassOf(cls->compiled->mixin.cls);
  }
  return arguments;
}

const TypeArguments* TypeTable::ArgumentsInsideSlow(Class* cls, const TypeArguments* arguments,
                                                    Class* owner) {
  Inside& known = InsideOf(cls, arguments, owner);
  const TypeArguments* const result = ArgumentsAbove(cls, arguments, owner);
  known = {cls, owner, arguments, result};
  return result;
}

const TypeArguments* TypeTable::ArgumentsAbove(Class* cls, const TypeArguments* arguments,
                                               Class* owner) {
  while (cls != owner && cls != nullptr) {
    if (cls->compiled->superclass.kind != Kind::kClass) return nullptr;
    TypeEntity* const above = Instantiate(Of(cls->compiled->superclass), arguments);
    arguments = above->kind == Kind::kClass ? above->arguments : nullptr;
    cls = classes_.ClassOf(cls->compiled->superclass.cls);
  }
  return InMixin(owner, arguments);
}

// Depth first; what a class is by several ways it is with the same arguments. No deeper than
// classes lie above each other (NameLinker, kMaxHeight).
const TypeArguments* TypeTable::FindAbove(Class* cls, const TypeArguments* arguments, Class* above,
                                          bool* found) {
  if (cls == above) {
    *found = true;
    return arguments;
  }
  const auto follow = [&](const TypeRef& ref) -> const TypeArguments* {
    if (*found || ref.kind != Kind::kClass) return nullptr;
    Class* const next = classes_.ClassOf(ref.cls);
    classes_.LinkClass(next);
    const bool leads_there = std::binary_search(next->supertypes.begin(), next->supertypes.end(),
                                                ClassNumber(above->ref));
    if (!leads_there) return nullptr;
    TypeEntity* const type = Instantiate(Of(ref), arguments);
    return FindAbove(next, type->kind == Kind::kClass ? type->arguments : nullptr, above, found);
  };
  const CompiledClass& compiled = *cls->compiled;
  const TypeArguments* result = follow(compiled.superclass);
  if (!*found) result = follow(compiled.mixin);
  for (const TypeRef& interface : compiled.interfaces) {
    if (!*found) result = follow(interface);
  }
  return result;
}

const TypeArguments* TypeTable::ArgumentsAs(Class* cls, const TypeArguments* arguments,
                                            Class* above) {
  bool found = false;
  return FindAbove(cls, arguments, above, &found);
}

void TypeTable::Match(TypeEntity* pattern, TypeEntity* type, std::size_t first,
                      std::vector<TypeEntity*>* found) {
  if (!pattern->is_open || type == dynamic_) return;
  if (pattern->kind == Kind::kParameter) {
    const auto index = static_cast<std::size_t>(pattern->index);
    if (index < first || index - first >= found->size() || (*found)[index - first] != nullptr) {
      return;
    }
    if (pattern->is_nullable && type->is_nullable) {
      TypeEntity plain = *type;
      plain.is_nullable = false;
      type = plain.kind == Kind::kClass ? Of(plain.cls, plain.arguments) : Intern(std::move(plain));
    }
    (*found)[index - first] = type;
    return;
  }
  if (pattern->kind != type->kind) return;
  if (pattern->kind == Kind::kClass) {
    if (type->arguments == nullptr) return;
    classes_.LinkClass(pattern->cls);
    const TypeArguments* const parts = ArgumentsAs(pattern->cls, pattern->arguments, type->cls);
    for (std::size_t i = 0; parts != nullptr && i < parts->types.size(); ++i) {
      Match(parts->types[i], type->arguments->types[i], first, found);
    }
  } else if (pattern->kind == Kind::kFunction) {
    if (pattern->parts.size() != type->parts.size()) return;
    for (std::size_t i = 0; i < pattern->parts.size(); ++i) {
      Match(pattern->parts[i], type->parts[i], first, found);
    }
  }
}

// ---- Comparing ----------------------------------------------------------------------------------

bool TypeTable::Fit(const TypeArguments* arguments, const TypeArguments* wanted) {
  if (arguments == wanted || arguments == nullptr || wanted == nullptr) return true;
  for (std::size_t i = 0; i < wanted->types.size() && i < arguments->types.size(); ++i) {
    if (!IsSubtype(*arguments->types[i], *wanted->types[i])) return false;
  }
  return true;
}

namespace {

bool SaysNothing(const TypeEntity& type) {
  return type.kind == Kind::kDynamic || type.kind == Kind::kVoid ||
         type.kind == Kind::kUnresolved || type.kind == Kind::kParameter;
}

bool IsNever(const Class& cls) {
  return cls.library->is_bundled && cls.compiled->name.text == "Never";
}

}  // namespace

bool TypeTable::IsWithin(const TypeEntity& type, const TypeEntity& other) {
  if (SaysNothing(other)) return true;
  if (SaysNothing(type) || !IsSubtype(type, other)) return false;
  if (other.kind != Kind::kClass || other.arguments == nullptr) return true;
  const TypeArguments* const arguments = ArgumentsAs(type.cls, type.arguments, other.cls);
  for (std::size_t i = 0; i < other.arguments->types.size(); ++i) {
    const TypeEntity& each = arguments == nullptr ? *dynamic_ : *arguments->types[i];
    if (!IsWithin(each, *other.arguments->types[i])) return false;
  }
  return true;
}

bool TypeTable::IsSubtype(const TypeEntity& type, const TypeEntity& wanted) {
  if (&type == &wanted || SaysNothing(type) || SaysNothing(wanted)) return true;
  if (type.is_nullable && !wanted.is_nullable) return false;
  if (wanted.kind == Kind::kFunction) {
    if (type.kind != Kind::kFunction) return false;
    const std::vector<TypeRef::Parameter>& given = *type.parameters;
    const std::vector<TypeRef::Parameter>& asked = *wanted.parameters;
    if (!IsSubtype(*type.parts[0], *wanted.parts[0]) || given.size() < asked.size()) return false;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (given[i].name != asked[i].name) return false;
      if (!IsSubtype(*wanted.parts[i + 1], *type.parts[i + 1])) return false;
    }
    return std::all_of(given.begin() + static_cast<std::ptrdiff_t>(asked.size()), given.end(),
                       [](const TypeRef::Parameter& parameter) {
                         return parameter.kind == TypeRef::Parameter::Kind::kOptional ||
                                parameter.kind == TypeRef::Parameter::Kind::kNamed;
                       });
  }
  if (type.kind == Kind::kFunction) {
    const std::string& name = wanted.cls->compiled->name.text;
    return wanted.cls->library->is_bundled && (name == "Function" || name == "Object");
  }
  classes_.LinkClass(type.cls);
  const bool is_below = std::binary_search(type.cls->supertypes.begin(), type.cls->supertypes.end(),
                                           ClassNumber(wanted.cls->ref));
  if (!is_below) return IsNever(*type.cls);
  if (wanted.arguments == nullptr) return true;
  return Fit(ArgumentsAs(type.cls, type.arguments, wanted.cls), wanted.arguments);
}

bool TypeTable::AreAssignable(const TypeEntity& function, const TypeEntity& wanted) {
  const auto assignable = [this](const TypeEntity& a, const TypeEntity& b) {
    return IsSubtype(a, b) || IsSubtype(b, a);
  };
  const TypeEntity& given = *function.parts[0];
  const TypeEntity& result = *wanted.parts[0];
  if (given.kind == Kind::kVoid && !SaysNothing(result)) return false;
  if (!assignable(given, result)) return false;
  const std::vector<TypeRef::Parameter>& parameters = *function.parameters;
  const std::vector<TypeRef::Parameter>& asked = *wanted.parameters;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    std::size_t place = i;
    if (!asked[i].name.empty()) {
      const auto found =
          std::find_if(parameters.begin(), parameters.end(),
                       [&](const TypeRef::Parameter& each) { return each.name == asked[i].name; });
      place = static_cast<std::size_t>(found - parameters.begin());
    }
    if (place >= parameters.size()) return false;
    if (!assignable(*function.parts[place + 1], *wanted.parts[i + 1])) return false;
  }
  return true;
}

}  // namespace fart::lang
