#include "lang/natives/foreign_state.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "lang/natives/quick_calls.h"
#include "vm/ffi/memory_report.h"

namespace fart::lang {

namespace {

constexpr std::string_view kFfiUri = "dart:ffi";

struct NamedKind {
  std::string_view name;
  ffi::NativeKind kind;
};
constexpr NamedKind kNamedKinds[] = {
    {"Void", ffi::NativeKind::kVoid},       {"Bool", ffi::NativeKind::kBool},
    {"Int8", ffi::NativeKind::kInt8},       {"Uint8", ffi::NativeKind::kUint8},
    {"Int16", ffi::NativeKind::kInt16},     {"Uint16", ffi::NativeKind::kUint16},
    {"Int32", ffi::NativeKind::kInt32},     {"Uint32", ffi::NativeKind::kUint32},
    {"Int64", ffi::NativeKind::kInt64},     {"Uint64", ffi::NativeKind::kUint64},
    {"Float", ffi::NativeKind::kFloat},     {"Double", ffi::NativeKind::kDouble},
    {"Pointer", ffi::NativeKind::kPointer}, {"Handle", ffi::NativeKind::kHandle},
    {"Opaque", ffi::NativeKind::kOpaque},   {"NativeFunction", ffi::NativeKind::kOpaque},
};

struct NamedC {
  std::string_view name;
  ffi::CName c;
};
constexpr NamedC kNamesOfC[] = {
    {"Char", ffi::CName::kChar},
    {"SignedChar", ffi::CName::kSignedChar},
    {"UnsignedChar", ffi::CName::kUnsignedChar},
    {"Short", ffi::CName::kShort},
    {"UnsignedShort", ffi::CName::kUnsignedShort},
    {"Int", ffi::CName::kInt},
    {"UnsignedInt", ffi::CName::kUnsignedInt},
    {"Long", ffi::CName::kLong},
    {"UnsignedLong", ffi::CName::kUnsignedLong},
    {"LongLong", ffi::CName::kLongLong},
    {"UnsignedLongLong", ffi::CName::kUnsignedLongLong},
    {"Size", ffi::CName::kSize},
    {"IntPtr", ffi::CName::kIntPtr},
    {"UintPtr", ffi::CName::kUintPtr},
    {"WChar", ffi::CName::kWChar},
};

std::optional<ffi::NativeKind> KindNamed(std::string_view name) {
  for (const NamedKind& each : kNamedKinds) {
    if (each.name == name) return each.kind;
  }
  for (const NamedC& each : kNamesOfC) {
    if (each.name == name) return KindOf(each.c, ffi::kHostAbi);
  }
  return std::nullopt;
}

bool IsOfFfi(const Class& cls) { return cls.library->compiled->uri == kFfiUri; }

}  // namespace

ForeignState::ForeignState(Interpreter& interpreter)
    : linker_(interpreter.linker()),
      callbacks_(interpreter.isolate()),
      libraries_(std::make_shared<ffi::ForeignLibraries>()),
      finalizers_(std::make_shared<ffi::NativeFinalizers>(interpreter.isolate(), libraries_)),
      notes_stacks_(interpreter.isolate().flags().ffi_checked) {
  interpreter.isolate().KeepUntilEnd(libraries_);
  interpreter.isolate().KeepUntilEnd(finalizers_);
  if (notes_stacks_) interpreter.isolate().KeepUntilEnd(std::make_shared<ffi::MemoryWatch>());
}

ForeignState& ForeignState::Make(Interpreter& interpreter) {
  const auto made = std::make_shared<ForeignState>(interpreter);
  interpreter.foreign_state() = made;
  return *made;
}

bool ForeignState::FindsPointerClass(const Class& cls) {
  if (cls.compiled->name.text != "Pointer" || !IsOfFfi(cls)) return false;
  pointer_class_ = &cls;
  return true;
}

// What the class stands for, or the nearest above it: `class Handle extends Opaque`.
const ffi::NativeType* ForeignState::Find(const TypeEntity& type, std::string* error) {
  *error = "'" + type.text + "' is no native type";
  if (type.kind != TypeRef::Kind::kClass) return nullptr;
  linker_.LinkClass(type.cls);  // What is above it is known then.
  if (const CompiledCompound* const compound = type.cls->compiled->compound.get()) {
    if (compound->kind == CompiledCompound::Kind::kInteger) {
      return NativeTypeOf(*linker_.TypeOf(compound->fields[0].type), error);
    }
    const CompoundType* const made = CompoundOf(*type.cls, error);
    return made == nullptr ? nullptr : made->native.get();
  }
  for (const Class* cls = type.cls; cls != nullptr; cls = cls->superclass) {
    if (!IsOfFfi(*cls)) continue;
    const auto kind = KindNamed(cls->compiled->name.text);
    if (!kind) continue;
    // Of the types of dart:ffi only Opaque is there to be extended.
    if (cls != type.cls && *kind != ffi::NativeKind::kOpaque) return nullptr;
    return TypeOf(*kind);
  }
  return nullptr;
}

void ForeignState::KeepClassesOf(const TypeEntity& type) {
  static_cast<void>(AnyClassIn(type, [](const Class& cls) {
    if (cls.library->edition != nullptr) cls.library->edition->is_kept = true;
    return false;
  }));
}

const ffi::NativeType* ForeignState::NativeTypeOf(const TypeEntity& type, std::string* error) {
  if (const ffi::NativeType* const known = KnownType(type)) return known;
  const ffi::NativeType* const found = Find(type, error);
  if (found == nullptr) return nullptr;
  KeepClassesOf(type);
  if (type.number >= by_type_.size()) by_type_.resize(type.number + 1);
  by_type_[type.number] = found;
  return found;
}

const ffi::NativeType* ForeignState::PassedTypeOf(const std::string& part, const TypeEntity& type,
                                                  std::string* error) {
  const ffi::NativeType* const native = NativeTypeOf(type, error);
  if (native != nullptr && native->IsCompound() && native->fields.back().type->is_variable) {
    *error = part + ": '" + type.text +
             "' ends with an array of variable length: only a pointer to it can be passed";
    return nullptr;
  }
  if (native != nullptr && native->kind != ffi::NativeKind::kOpaque) return native;
  if (native != nullptr) {
    *error = "'" + type.text + "' is opaque: only a pointer to it can be passed";
  }
  *error = part + ": " + *error;
  return nullptr;
}

// VarArgs<(Int, Double)>, the last parameter, stands for those.
bool ForeignState::TakeParameters(TypeEntity* type, ffi::SignatureTypes* types,
                                  std::vector<TypeEntity*>* parameters, std::string* error) {
  const auto add = [&](TypeEntity* each) {
    const ffi::NativeType* const parameter =
        PassedTypeOf("Parameter " + std::to_string(types->parameters.size() + 1), *each, error);
    if (parameter == nullptr) return false;
    types->parameters.push_back(parameter);
    parameters->push_back(each);
    return true;
  };
  for (std::size_t i = 0; i < type->parameter_count(); ++i) {
    if ((*type->parameters)[i].kind != TypeRef::Parameter::Kind::kRequired) {
      *error = "'" + type->text + "' has parameters that may be left out, which C functions do not";
      return false;
    }
    TypeEntity* const parameter = type->parameter_type(i);
    const bool is_variable = parameter->kind == TypeRef::Kind::kClass && IsOfFfi(*parameter->cls) &&
                             parameter->cls->compiled->name.text == "VarArgs";
    if (!is_variable) {
      if (!add(parameter)) return false;
      continue;
    }
    TypeEntity* const list =
        parameter->arguments == nullptr ? nullptr : parameter->arguments->types[0];
    if (list == nullptr || list->kind != TypeRef::Kind::kFunction ||
        (!list->is_record() && list->parameter_count() != 0)) {
      *error = "'" + parameter->text + "' lists no types, as VarArgs<(Int, Double)> does";
      return false;
    }
    if (i + 1 != type->parameter_count()) {
      *error = "'" + parameter->text + "' is not the last parameter of '" + type->text + "'";
      return false;
    }
    types->fixed = types->parameters.size();
    for (std::size_t k = 0; k < list->parameter_count(); ++k) {
      if (!add(list->parameter_type(k))) return false;
    }
  }
  return true;
}

ForeignFunction* ForeignState::FunctionOf(Interpreter& interpreter, TypeEntity* type,
                                          ffi::CallKind kind, std::string* error) {
  const auto known = functions_.find({type, kind});
  if (known != functions_.end()) return known->second.get();
  if (type->kind != TypeRef::Kind::kFunction || type->is_record()) {
    *error = "'" + type->text + "' is no type of functions";
    return nullptr;
  }
  ffi::SignatureTypes types;
  types.result = PassedTypeOf("The result", *type->result(), error);
  if (types.result == nullptr) return nullptr;
  std::vector<TypeEntity*> parameters;
  if (!TakeParameters(type, &types, &parameters, error)) return nullptr;
  const ffi::Signature* const signature = signatures_.Find(types, error);
  if (signature == nullptr) {
    if (error->ends_with('.')) error->pop_back();  // It becomes part of a sentence.
    return nullptr;
  }
  if (kind != ffi::CallKind::kOrdinary && signature->plan.has_handles) {
    *error = "'" + type->text + "' has a Handle, of which there are none in " +
             (kind == ffi::CallKind::kLeaf ? "leaf calls" : "calls that release the isolate");
    return nullptr;
  }

  KeepClassesOf(*type);
  auto made = std::make_unique<ForeignFunction>();
  made->signature = signature;
  made->type = type;
  made->parameter_types = std::move(parameters);
  made->kind = kind;
  made->is_quick = HasQuickWay(signature->plan);
  made->signature_text = std::make_unique<CompiledFunction>();
  CompiledFunction& compiled = *made->signature_text;
  compiled.kind = FunctionKind::kClosure;
  compiled.name.text = type->text;  // For messages: nobody asks for it by its name.
  compiled.qualified_name = type->text;
  compiled.is_native = true;
  for (std::size_t i = 0; i < types.parameters.size(); ++i) {
    Parameter& parameter = compiled.parameters.emplace_back();
    parameter.name = std::to_string(i + 1);
  }
  compiled.required_count = static_cast<std::uint32_t>(types.parameters.size());
  compiled.parameter_count = compiled.required_count + 1;
  Function& function = *made;
  function.entry = Entry::kIntrinsic;
  function.is_simple = true;
  function.has_receiver = true;
  function.parameter_count = compiled.parameter_count;
  function.intrinsic = kind == ffi::CallKind::kLeaf ? CallLeafClosure : CallForeignClosure;
  function.compiled = &compiled;
  function.library = interpreter.linker().core_class(CoreClass::kObject)->library;
  return functions_.emplace(std::make_pair(type, kind), std::move(made)).first->second.get();
}

bool ForeignState::FitsValue(const TypeEntity& native, const TypeEntity& wanted) {
  std::string ignored;
  const ffi::NativeType& type = *NativeTypeOf(native, &ignored);
  switch (wanted.kind) {
    case TypeRef::Kind::kDynamic:
    case TypeRef::Kind::kParameter:
      return true;
    case TypeRef::Kind::kVoid:
      return type.kind == ffi::NativeKind::kVoid;
    case TypeRef::Kind::kUnresolved:
      return false;
    case TypeRef::Kind::kFunction:
      return type.kind == ffi::NativeKind::kHandle;
    case TypeRef::Kind::kClass:
      break;
  }
  const std::string_view name = wanted.cls->compiled->name.text;
  if (type.kind == ffi::NativeKind::kHandle) {  // Of any class that has instances.
    const auto kind = IsOfFfi(*wanted.cls) ? KindNamed(name) : std::nullopt;
    return !kind || *kind == ffi::NativeKind::kPointer;
  }
  if (type.kind == ffi::NativeKind::kPointer) return name == "Pointer" && IsOfFfi(*wanted.cls);
  if (type.IsCompound()) {
    return wanted.cls == native.cls || name == "Object" ||
           (IsOfFfi(*wanted.cls) &&
            name == (type.kind == ffi::NativeKind::kStruct ? "Struct" : "Union"));
  }
  if (IsOfFfi(*wanted.cls)) return false;
  if (type.kind == ffi::NativeKind::kVoid) return name == "Object" || name == "Null";
  if (name == "Object") return true;
  if (type.kind == ffi::NativeKind::kBool) return name == "bool";
  if (name == "num") return true;
  return name == (type.IsFloating() ? "double" : "int");
}

bool ForeignState::MayBecome(const TypeEntity& native, const TypeEntity& declared) {
  if (declared.kind == TypeRef::Kind::kVoid || FitsValue(native, declared)) return true;
  std::string ignored;
  const ffi::NativeType& type = *NativeTypeOf(native, &ignored);
  const bool is_number = type.IsScalar() && type.kind < ffi::NativeKind::kPointer;
  if (!is_number) return linker_.types().IsSubtype(native, declared);
  const CoreClass core = type.kind == ffi::NativeKind::kBool ? CoreClass::kBool
                         : type.IsFloating()                 ? CoreClass::kDouble
                                                             : CoreClass::kInt;
  return linker_.types().IsSubtype(linker_.core_class(core)->type, declared);
}

bool ForeignState::MayComeOf(const TypeEntity& native, const TypeEntity& declared) {
  std::string ignored;
  const bool is_void = NativeTypeOf(native, &ignored)->kind == ffi::NativeKind::kVoid;
  // What stands above it may be it.
  return is_void || (declared.kind != TypeRef::Kind::kVoid && MayBecome(native, declared));
}

bool ForeignState::FitsCallback(const ForeignFunction& function, const TypeEntity& declared,
                                std::string* error) {
  const TypeEntity& native = *function.type;
  const auto refuse = [&](const std::string& part) {
    *error = "'" + declared.text + "' does not fit '" + native.text + "': " + part;
    return false;
  };
  const std::size_t count = std::min(function.parameter_types.size(), declared.parameter_count());
  for (std::size_t i = 0; i < count; ++i) {
    if (!(*declared.parameters)[i].name.empty()) break;  // C gives none of those.
    const TypeEntity& parameter = *function.parameter_types[i];
    if (MayBecome(parameter, *declared.parameter_type(i))) continue;
    return refuse("argument " + std::to_string(i + 1) + " is '" + declared.parameter_type(i)->text +
                  "', in C '" + parameter.text + "'");
  }
  if (MayComeOf(*native.result(), *declared.result())) return true;
  return refuse("it gives '" + declared.result()->text + "', in C '" + native.result()->text + "'");
}

bool ForeignState::Fits(const ForeignFunction& function, const TypeEntity& wanted,
                        std::string* error) {
  const TypeEntity& native = *function.type;
  const auto refuse = [&](const std::string& part) {
    *error = "'" + wanted.text + "' does not fit '" + native.text + "': " + part;
    return false;
  };
  if (wanted.kind != TypeRef::Kind::kFunction) {
    const bool is_any =
        wanted.kind != TypeRef::Kind::kClass ||
        (wanted.cls->library->is_bundled && (wanted.cls->compiled->name.text == "Function" ||
                                             wanted.cls->compiled->name.text == "Object"));
    return refuse(is_any ? "it does not say what the function takes and gives"
                         : "it is no type of functions");
  }
  for (const TypeRef::Parameter& parameter : *wanted.parameters) {
    if (parameter.kind == TypeRef::Parameter::Kind::kRequired) continue;
    return refuse("its arguments are not all positional and required, as those of C are");
  }
  const std::vector<TypeEntity*>& parameters = function.parameter_types;
  if (wanted.parameter_count() != parameters.size()) {
    return refuse("it takes " + std::to_string(wanted.parameter_count()) + " arguments, not " +
                  std::to_string(parameters.size()));
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (!FitsValue(*parameters[i], *wanted.parameter_type(i))) {
      return refuse("argument " + std::to_string(i + 1) + " is '" + wanted.parameter_type(i)->text +
                    "', in C '" + parameters[i]->text + "'");
    }
  }
  if (FitsValue(*native.result(), *wanted.result())) return true;
  return refuse("it gives '" + wanted.result()->text + "', in C '" + native.result()->text + "'");
}

}  // namespace fart::lang
