#include "lang/compiler/compiled_library.h"

#include <algorithm>
#include <cstddef>

namespace fart::lang {

bool TypeRef::is_open() const {
  return kind == Kind::kParameter ||
         std::any_of(arguments.begin(), arguments.end(),
                     [](const TypeRef& part) { return part.is_open(); });
}

const CallTypes* CompiledFunction::CallTypesAt(std::uint32_t pc) const {
  if (call_types == nullptr) return nullptr;
  const std::vector<CallTypes>& calls = call_types->calls;
  const auto found = std::lower_bound(
      calls.begin(), calls.end(), pc,
      [](const CallTypes& entry, std::uint32_t wanted) { return entry.pc < wanted; });
  return found != calls.end() && found->pc == pc ? &*found : nullptr;
}

LineEntry CompiledFunction::PlaceOf(std::uint32_t pc) const {
  const auto after = std::upper_bound(
      lines.begin(), lines.end(), pc,
      [](std::uint32_t value, const LineEntry& entry) { return value < entry.pc; });
  return after == lines.begin() ? LineEntry{} : *(after - 1);
}

std::string CompiledFunction::Signature() const {
  std::string text = qualified_name.empty() ? name.text : qualified_name;
  if (text.ends_with(')')) return text;  // A function of C, which has a type for a name.
  text += '(';
  const char* close = "";
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (i > 0) text += ", ";
    if (i == required_count) {
      const bool is_named = parameters[i].kind == Parameter::Kind::kNamed;
      text += is_named ? "{" : "[";
      close = is_named ? "}" : "]";
    }
    if (parameters[i].is_demanded) text += "required ";
    text += parameters[i].name;
  }
  return text + close + ")";
}

int CompiledLibrary::FindFunction(int owner_class, FunctionKind kind, const Name& wanted) const {
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const CompiledFunction& function = *functions[i];
    if (function.owner_class == owner_class && function.kind == kind && function.name == wanted) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

int CompiledLibrary::FindStatic(int owner_class, const Name& wanted) const {
  for (std::size_t i = 0; i < statics.size(); ++i) {
    if (statics[i]->owner_class == owner_class && statics[i]->name == wanted) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

int CompiledLibrary::FindClass(const Name& wanted) const {
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (classes[i]->name == wanted) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace fart::lang
