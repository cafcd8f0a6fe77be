#include "lang/host_access.h"

#include <algorithm>
#include <memory>

#include "lang/linker/layout.h"
#include "vm/native/libraries.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/errors.h"

namespace fart::lang {

std::string CountsOf(const Function& function, std::uint32_t count) {
  std::size_t most = 0;
  for (const Parameter& parameter : function.compiled->parameters) {
    if (parameter.kind != Parameter::Kind::kNamed) ++most;
  }
  const std::size_t least = function.compiled->required_count;
  std::string text = std::to_string(count) + " passed, ";
  if (least != most) text += count < least ? "at least " : "at most ";
  return text + std::to_string(count < least ? least : most) + " expected";
}

namespace {

// A name that hosts do not see.
bool IsHidden(const LinkedLibrary& library, std::string_view name) {
  return library.is_bundled && name.starts_with('_');
}

bool IsContainer(Rooted object) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return IsLibrary(object.Get(quiet)) || HasShape(object.Get(quiet), core_shape::kType);
}

}  // namespace

// ---- Fields -------------------------------------------------------------------------------------

Outcome HostAccess::GetField(Rooted container, std::string_view name) {
  if (IsContainer(container)) return GetStatic(PlaceIn(container, name));
  const LinkedLibrary& library = *interpreter_.ClassOf(*container.slot())->library;
  const Name member = library.compiled->NameOf(std::string(name));
  if (IsHidden(library, name) || !linker_.keys().Has(member)) {
    // Also where the library has such a key: this one means nothing to it.
    const Name unknown{member.text, Name::kPublic};
    const HostSelector selector(MemberKind::kGetter, unknown, 0);
    return interpreter_.ReadProperty(container, selector.get());
  }
  const std::unique_ptr<SelectorEntity> selector =
      Linker::NewSelector(linker_.keys().Of(MemberKind::kGetter, member), 0, {});
  return interpreter_.ReadProperty(container, *selector);
}

Outcome HostAccess::SetField(Rooted container, std::string_view name, Rooted value) {
  if (IsContainer(container)) return SetStatic(PlaceIn(container, name), value);
  Class& cls = *interpreter_.ClassOf(*container.slot());
  const LinkedLibrary& library = *cls.library;
  const Name member = library.compiled->NameOf(std::string(name));
  if (IsHidden(library, name) || !linker_.keys().Has(member)) {
    const Name unknown{member.text, Name::kPublic};
    const HostSelector selector(MemberKind::kSetter, unknown, 1);
    return interpreter_.WriteProperty(container, selector.get(), value);
  }
  if (IsFinalField(cls, member)) {
    return NewApiError(isolate_,
                       "Fart_SetField: cannot set final field '" + std::string(name) + "'.");
  }
  const std::unique_ptr<SelectorEntity> selector =
      Linker::NewSelector(linker_.keys().Of(MemberKind::kSetter, member), 1, {});
  return interpreter_.WriteProperty(container, *selector, value);
}

HostAccess::Place HostAccess::PlaceIn(Rooted container, std::string_view name) {
  Place place;
  place.name = name;
  place.text = name;
  const NoSafepointScope quiet;
  const ObjectPtr object = container.Get(quiet);
  if (IsLibrary(object)) {
    place.library = &linker_.LibraryOf(LibraryNumberOf(object, quiet));
    return place;
  }
  const TypeEntity& type = *linker_.TypeOfNumber(TypeNumberOf(object, quiet));
  place.text = type.text + "." + place.text;
  place.cls = type.cls;
  if (type.cls != nullptr) {
    place.library = type.cls->library;
    linker_.LinkClass(type.cls);  // What it has is known then.
  }
  return place;
}

Function* HostAccess::FindStaticFunction(const Place& place, FunctionKind kind) const {
  if (place.library == nullptr || IsHidden(*place.library, place.name)) return nullptr;
  if (place.cls == nullptr) return linker_.FindFunction(*place.library, kind, place.name);
  const CompiledLibrary& library = *place.library->compiled;
  const Name name = library.NameOf(place.name);
  for (const int index : place.cls->compiled->functions) {
    const CompiledFunction& function = *library.functions[static_cast<std::size_t>(index)];
    if (function.kind == kind && function.is_static && function.name == name) {
      return linker_.FunctionOf({library.number, index});
    }
  }
  return nullptr;
}

StaticEntity* HostAccess::FindVariable(const Place& place) const {
  // The names of constants that no text names are empty.
  if (place.library == nullptr || place.name.empty() || IsHidden(*place.library, place.name)) {
    return nullptr;
  }
  if (place.cls == nullptr) return linker_.FindStatic(*place.library, place.name);
  const CompiledLibrary& library = *place.library->compiled;
  const Name name = library.NameOf(place.name);
  for (const int index : place.cls->compiled->statics) {
    if (library.statics[static_cast<std::size_t>(index)]->name == name) {
      return linker_.StaticOf({library.number, index});
    }
  }
  return nullptr;
}

Outcome HostAccess::NotFound(const char* function, const Place& place) {
  const bool is_of_library = place.library != nullptr && place.cls == nullptr;
  return NewApiError(isolate_, std::string(function) + ": did not find " +
                                   (is_of_library ? "top-level variable '" : "static field '") +
                                   place.text + "'.");
}

Outcome HostAccess::GetStatic(const Place& place) {
  if (Function* const getter = FindStaticFunction(place, FunctionKind::kGetter)) {
    return interpreter_.InvokeFunction(getter, {});
  }
  if (StaticEntity* const variable = FindVariable(place)) return interpreter_.ReadStatic(variable);
  Function* const function = FindStaticFunction(place, FunctionKind::kFunction);
  if (function == nullptr) return NotFound("Fart_GetField", place);
  if (!linker_.MakeTearOff(function)) return isolate_.ReadyErrorOutcome(ErrorText::kOutOfMemory);
  const NoSafepointScope quiet;
  return Outcome::Value(function->tear_off->value, quiet);
}

Outcome HostAccess::SetStatic(const Place& place, Rooted value) {
  if (Function* const setter = FindStaticFunction(place, FunctionKind::kSetter)) {
    return interpreter_.InvokeFunction(setter, Roots(value.slot(), 1));
  }
  StaticEntity* const variable = FindVariable(place);
  if (variable == nullptr) return NotFound("Fart_SetField", place);
  if (variable->compiled->is_final || variable->compiled->is_const) {
    return NewApiError(isolate_, "Fart_SetField: cannot set final field '" + place.text + "'.");
  }
  const NoSafepointScope quiet;
  isolate_.roots().Set(variable->value, value.Get(quiet));
  return Outcome::Immediate(kTrue);
}

bool HostAccess::IsFinalField(const Class& cls, const Name& name) {
  for (const Class* each = &cls; each != nullptr; each = each->superclass) {
    for (const int index : each->compiled->functions) {
      const CompiledFunction& function =
          *each->library->compiled->functions[static_cast<std::size_t>(index)];
      if (function.kind == FunctionKind::kSetter && !function.is_static && function.name == name) {
        return false;
      }
    }
    for (const CompiledField& field : each->compiled->fields) {
      if (field.name == name) return field.is_final;
    }
  }
  return false;
}

// ---- Constructors -------------------------------------------------------------------------------

Function* HostAccess::FindConstructor(const Class& cls, std::string_view name) const {
  if (IsHidden(*cls.library, name)) return nullptr;
  // An application has constructors of its superclass's alone, whose callers initialise its fields.
  if (cls.compiled->mixin.kind == TypeRef::Kind::kClass) return nullptr;
  const CompiledLibrary& library = *cls.library->compiled;
  const Name wanted = library.NameOf(std::string(name));
  for (const int index : cls.compiled->functions) {
    const CompiledFunction& function = *library.functions[static_cast<std::size_t>(index)];
    const bool is_constructor = function.kind == FunctionKind::kGenerativeConstructor ||
                                function.kind == FunctionKind::kFactory;
    if (is_constructor && function.name == wanted) {
      return linker_.FunctionOf({library.number, index});
    }
  }
  return nullptr;
}

Outcome HostAccess::CheckCount(const char* function, const Function& constructor,
                               std::size_t count) {
  const auto passed = static_cast<std::uint32_t>(count);
  if (interpreter_.Fits(constructor, passed + (constructor.has_receiver ? 1 : 0), {})) {
    return Outcome::Immediate(kTrue);
  }
  const std::string& called = constructor.compiled->qualified_name;  // "new C.named"
  return NewApiError(isolate_, std::string(function) + ": wrong argument count for constructor '" +
                                   called.substr(called.find(' ') + 1) +
                                   "': " + CountsOf(constructor, passed) + ".");
}

Outcome HostAccess::Construct(Function* constructor, Rooted object, Roots arguments) {
  if (!constructor->has_receiver) return interpreter_.InvokeFunction(constructor, arguments);
  ExecutionStack& stack = isolate_.stack();
  if (!stack.HasRoomFor(arguments.size() + 1)) {
    return isolate_.ReadyErrorOutcome(ErrorText::kStackOverflow);
  }
  ObjectPtr* const first = stack.top();
  {
    const NoSafepointScope quiet;
    stack.Push(object.Get(quiet));
    for (std::size_t i = 0; i < arguments.size(); ++i) stack.Push(arguments[i].Get(quiet));
  }
  const Outcome outcome =
      interpreter_.InvokeFunction(constructor, Roots(first, arguments.size() + 1));
  stack.SetTop(first);
  return outcome;
}

}  // namespace fart::lang
