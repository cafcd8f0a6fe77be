#include "lang/compiler/type_resolver.h"

#include <algorithm>
#include <utility>

#include "lang/compiler/name_linker.h"

namespace fart::lang {
namespace {

// Of the equal names the last; kNotThere: there is none.
constexpr std::ptrdiff_t kNotThere = -1;
std::ptrdiff_t PlaceOf(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.rbegin(), names.rend(), name);
  return found == names.rend() ? kNotThere : names.rend() - found - 1;
}

class TypeResolver {
 public:
  explicit TypeResolver(LibrarySet& set) : set_(set) {}

  TypeRef Resolve(int library, const TypeNames& names, const ast::Type& type);
  // What a typedef stands for, in terms of its own parameters.
  TypeRef Expand(int library, std::size_t number);

  [[nodiscard]] bool is_cyclic() const { return is_cyclic_; }
  [[nodiscard]] bool is_too_large() const { return parts_ > kMaxTypeParts; }

 private:
  TypeRef ResolveNamed(int library, const TypeNames& names, const ast::Type& type);
  TypeRef ResolveFunction(int library, const TypeNames& names, const ast::Type& type);
  TypeRef ResolveTypedef(const Entity& entity, std::vector<TypeRef> arguments);
  [[nodiscard]] TypeRef AnyFunction() const;
  void Count(const TypeRef& type);

  LibrarySet& set_;
  std::vector<std::pair<int, std::size_t>> open_;  // Typedefs that are being replaced.
  std::size_t parts_ = 0;
  bool is_cyclic_ = false;
};

TypeRef TypeResolver::AnyFunction() const {
  TypeRef resolved;
  resolved.text = "Function";
  const std::optional<ClassRef> function = set_.FindCoreClass("Function");
  if (!function) return resolved;
  resolved.kind = TypeRef::Kind::kClass;
  resolved.cls = *function;
  return resolved;
}

void TypeResolver::Count(const TypeRef& type) {
  ++parts_;
  for (const TypeRef& part : type.arguments) {
    if (!is_too_large()) Count(part);
  }
}

TypeRef TypeResolver::Resolve(int library, const TypeNames& names, const ast::Type& type) {
  if (++parts_ > kMaxTypeParts) return {};
  TypeRef resolved = type.function != nullptr ? ResolveFunction(library, names, type)
                                              : ResolveNamed(library, names, type);
  if (type.is_nullable && resolved.kind != TypeRef::Kind::kDynamic &&
      resolved.kind != TypeRef::Kind::kVoid && !resolved.is_nullable) {
    resolved.is_nullable = true;
    if (!resolved.text.ends_with('?')) resolved.text += '?';
  }
  return resolved;
}

TypeRef TypeResolver::ResolveNamed(int library, const TypeNames& names, const ast::Type& type) {
  TypeRef resolved;
  resolved.text = type.text.empty() ? type.name : type.text;
  if (type.is_hidden) {
    resolved.kind = TypeRef::Kind::kUnresolved;
    return resolved;
  }
  if (type.prefix.empty()) {
    const std::ptrdiff_t place = PlaceOf(names.in_force, type.name);
    if (place != kNotThere) {
      resolved.kind = TypeRef::Kind::kParameter;
      resolved.index = static_cast<int>(place);
      return resolved;
    }
    if (type.name == "dynamic" || PlaceOf(names.unbound, type.name) != kNotThere) return resolved;
    if (type.name == "void") {
      resolved.kind = TypeRef::Kind::kVoid;
      return resolved;
    }
  }
  const Entity* entity = FindVisible(set_, library, type.prefix, type.name);
  const bool is_type =
      entity != nullptr && (entity->kind == Entity::Kind::kTypedef ||
                            (entity->kind == Entity::Kind::kClass &&
                             !set_.ClassOf({entity->library, entity->index}).is_extension));
  if (!is_type) {
    resolved.kind = TypeRef::Kind::kUnresolved;
    return resolved;
  }
  std::vector<TypeRef> arguments;
  for (const ast::Type* argument : type.arguments) {
    arguments.push_back(Resolve(library, names, *argument));
  }
  if (entity->kind == Entity::Kind::kTypedef) {
    return ResolveTypedef(*entity, std::move(arguments));
  }
  resolved.kind = TypeRef::Kind::kClass;
  resolved.cls = {entity->library, entity->index};
  resolved.arguments = std::move(arguments);
  return resolved;
}

TypeRef TypeResolver::ResolveFunction(int library, const TypeNames& names, const ast::Type& type) {
  const ast::FunctionType& function = *type.function;
  TypeRef resolved;
  resolved.kind = TypeRef::Kind::kFunction;
  TypeNames inner = names;
  for (const ast::TypeParameter* parameter : function.type_parameters) {
    inner.unbound.push_back(parameter->name);
    for (std::string& outer : inner.in_force) {
      if (outer == parameter->name) outer += ' ';  // Hidden: no name any more.
    }
  }
  const auto add = [&](const ast::Type* part) {
    resolved.arguments.push_back(part == nullptr ? TypeRef{} : Resolve(library, inner, *part));
    if (part == nullptr) resolved.arguments.back().text = "dynamic";
  };
  add(function.return_type);
  std::vector<TypeRef::Parameter> parameters;
  for (const ast::ParameterNode* parameter : function.parameters) {
    TypeRef::Parameter& part = parameters.emplace_back();
    if (function.is_record) part.kind = TypeRef::Parameter::Kind::kField;
    switch (parameter->kind) {
      case ast::ParameterKind::kRequired:
        break;
      case ast::ParameterKind::kOptional:
        part.kind = TypeRef::Parameter::Kind::kOptional;
        break;
      case ast::ParameterKind::kNamed:
        part.kind = parameter->is_demanded ? TypeRef::Parameter::Kind::kRequiredNamed
                                           : TypeRef::Parameter::Kind::kNamed;
        part.name = parameter->name;
        break;
    }
    add(parameter->type);
  }
  resolved.parameters = std::make_shared<const std::vector<TypeRef::Parameter>>(parameters);
  SetText(&resolved, "");
  return resolved;
}

TypeRef TypeResolver::ResolveTypedef(const Entity& entity, std::vector<TypeRef> arguments) {
  const TypeRef target = Expand(entity.library, static_cast<std::size_t>(entity.index));
  TypeRef replaced = Substitute(target, arguments);
  Count(replaced);
  return replaced;
}

TypeRef TypeResolver::Expand(int library, std::size_t number) {
  const std::vector<const ast::TypedefNode*>& typedefs = set_.source(library).typedefs;
  const std::pair<int, std::size_t> key(library, number);
  if (number >= typedefs.size()) return AnyFunction();  // Its source is forgotten.
  if (std::find(open_.begin(), open_.end(), key) != open_.end()) {
    is_cyclic_ = true;
    return AnyFunction();
  }
  open_.push_back(key);
  TypeNames names;
  for (const ast::TypeParameter* parameter : typedefs[number]->type_parameters) {
    names.in_force.push_back(parameter->name);
  }
  // Nobody asks for bounds, but they can lead back.
  for (const ast::TypeParameter* parameter : typedefs[number]->type_parameters) {
    if (parameter->bound != nullptr) {
      static_cast<void>(Resolve(library, names, *parameter->bound));
    }
  }
  TypeRef target = Resolve(library, names, *typedefs[number]->target);
  open_.pop_back();
  return target;
}

}  // namespace

TypeRef ResolveType(LibrarySet& set, int library, const TypeNames& names, const ast::Type& type) {
  return TypeResolver(set).Resolve(library, names, type);
}

std::optional<SyntaxError> CheckTypedefs(LibrarySet& set, int library) {
  const LibrarySource& source = set.source(library);
  for (std::size_t i = 0; i < source.typedefs.size(); ++i) {
    TypeResolver resolver(set);
    static_cast<void>(resolver.Expand(library, i));
    if (!resolver.is_cyclic() && !resolver.is_too_large()) continue;
    const ast::TypedefNode& node = *source.typedefs[i];
    const auto file = static_cast<std::size_t>(source.typedef_files[i]);
    return source.units[file]->file->ErrorAt(
        node.offset, resolver.is_cyclic() ? "The typedef '" + node.name + "' leads to itself."
                                          : "The typedef '" + node.name + "' is too large.");
  }
  return std::nullopt;
}

TypeRef Substitute(const TypeRef& type, const std::vector<TypeRef>& arguments) {
  if (!type.is_open()) return type;
  if (type.kind == TypeRef::Kind::kParameter) {
    const auto index = static_cast<std::size_t>(type.index);
    TypeRef argument;
    argument.text = "dynamic";
    if (index < arguments.size()) argument = arguments[index];
    if (type.is_nullable && argument.kind != TypeRef::Kind::kDynamic &&
        argument.kind != TypeRef::Kind::kVoid && !argument.is_nullable) {
      argument.is_nullable = true;
      argument.text += '?';
    }
    return argument;
  }
  TypeRef result = type;
  for (TypeRef& part : result.arguments) part = Substitute(part, arguments);
  SetText(&result, type.text.substr(0, type.text.find_first_of("<?")));
  return result;
}

void MatchType(const TypeRef& pattern, const TypeRef& type, std::size_t first,
               std::vector<std::optional<TypeRef>>* found) {
  if (pattern.kind == TypeRef::Kind::kParameter) {
    const std::size_t place = static_cast<std::size_t>(pattern.index) - first;
    if (static_cast<std::size_t>(pattern.index) < first || place >= found->size()) return;
    std::optional<TypeRef>& known = (*found)[place];
    if (known || type.kind == TypeRef::Kind::kDynamic || type.kind == TypeRef::Kind::kUnresolved) {
      return;
    }
    known = type;
    if (pattern.is_nullable && known->is_nullable) {
      known->is_nullable = false;
      known->text.pop_back();
    }
    return;
  }
  const bool is_alike = pattern.kind == type.kind && pattern.cls == type.cls &&
                        pattern.arguments.size() == type.arguments.size();
  if (!is_alike) return;
  for (std::size_t i = 0; i < pattern.arguments.size(); ++i) {
    MatchType(pattern.arguments[i], type.arguments[i], first, found);
  }
}

void SetText(TypeRef* type, const std::string& name) {
  type->text = name;
  if (type->kind == TypeRef::Kind::kClass) {
    const char* separator = "<";
    for (const TypeRef& argument : type->arguments) {
      type->text += std::exchange(separator, ", ") + argument.text;
    }
    if (!type->arguments.empty()) type->text += '>';
  } else if (type->kind == TypeRef::Kind::kFunction) {
    type->text = type->is_record() ? "(" : type->arguments[0].text + " Function(";
    const char* separator = "";
    const char* close = "";
    for (std::size_t i = 0; i < type->parameters->size(); ++i) {
      using enum TypeRef::Parameter::Kind;
      const TypeRef::Parameter& parameter = (*type->parameters)[i];
      type->text += std::exchange(separator, ", ");
      const bool is_named = parameter.kind == kNamed || parameter.kind == kRequiredNamed;
      if (parameter.kind != kRequired && parameter.kind != kField && close[0] == '\0') {
        type->text += is_named ? '{' : '[';
        close = is_named ? "}" : "]";
      }
      if (parameter.kind == kRequiredNamed) type->text += "required ";
      type->text += type->arguments[i + 1].text;
      if (is_named) type->text += ' ' + parameter.name;
    }
    type->text += close;
    type->text += ')';
  }
  if (type->is_nullable) type->text += '?';
}

}  // namespace fart::lang
