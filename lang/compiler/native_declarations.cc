#include "lang/compiler/native_declarations.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "lang/compiler/foreign_types.h"
#include "lang/compiler/type_resolver.h"

namespace fart::lang {

namespace {

constexpr const char* kCall = "Native_call";
constexpr const char* kLoadVariable = "Native_load";
constexpr const char* kStoreVariable = "Native_store";

class NativeLinker {
 public:
  NativeLinker(LibrarySet& set, FunctionRef ref, const FailAt& fail)
      : set_(set),
        library_(ref.library),
        function_(set.OwnFunctionOf(ref)),
        source_(set.source(ref.library).functions[static_cast<std::size_t>(ref.function)]),
        fail_(fail) {}

  void Run() {
    const ast::Annotation* found = nullptr;
    for (const ast::Annotation* annotation : source_.node->metadata) {
      const Meant meant = MeaningOf(set_, library_, *annotation);
      if (!IsFfiClass(set_, meant.type, "Native")) continue;
      if (found != nullptr) return Fail("has two annotations @Native");
      found = annotation;
    }
    if (found == nullptr) return;
    if (!function_.is_external) {
      return Fail("has a body: only an external function is found in C");
    }
    if (!function_.is_static) {
      return Fail("is no static or top-level function, which C functions are");
    }
    if (!function_.is_simple()) {
      return Fail("has parameters that may be left out, which C functions do not");
    }
    auto native = std::make_unique<CompiledNative>();
    native->symbol = function_.name.text;
    native->asset = DefaultAsset();
    if (!TakeArguments(*found, native.get())) return;
    const bool is_function = source_.node->form == ast::FunctionForm::kPlain;
    if (!(is_function ? TakeType(*found, native.get()) : TakeVariableType(*found, native.get()))) {
      return;
    }
    function_.is_external = false;
    function_.is_native = true;
    function_.native_name = is_function                                        ? kCall
                            : source_.node->form == ast::FunctionForm::kGetter ? kLoadVariable
                                                                               : kStoreVariable;
    function_.native = std::move(native);
  }

 private:
  void Fail(const std::string& what) {
    fail_(library_, source_.file, source_.node->offset,
          std::string(source_.node->form == ast::FunctionForm::kPlain ? "The function '"
                                                                      : "The variable '") +
              function_.qualified_name + "' with the annotation @Native " + what + ".");
  }

  // @DefaultAsset('...') on the library.
  std::string DefaultAsset() {
    for (const ast::Annotation* annotation : set_.source(library_).units[0]->metadata) {
      const Meant meant = MeaningOf(set_, library_, *annotation);
      const auto& arguments = annotation->arguments.positional;
      if (!IsFfiClass(set_, meant.type, "DefaultAsset") || arguments.size() != 1) continue;
      if (const auto* id = ast::As<ast::StringLiteral>(arguments[0])) return id->value;
    }
    return {};
  }

  bool TakeArguments(const ast::Annotation& annotation, CompiledNative* native) {
    for (const ast::NamedArgument& argument : annotation.arguments.named) {
      const auto* const text = ast::As<ast::StringLiteral>(argument.value);
      const auto* const boolean = ast::As<ast::BoolLiteral>(argument.value);
      if (argument.name == "isLeaf") {
        if (boolean != nullptr) {
          native->is_leaf = boolean->value;
          continue;
        }
      } else if (argument.name == "symbol" || argument.name == "assetId") {
        if (text != nullptr) {
          (argument.name == "symbol" ? native->symbol : native->asset) = text->value;
          continue;
        }
      }
      Fail("says '" + argument.name +
           "': it takes a text as symbol and assetId, and true or false as isLeaf");
      return false;
    }
    return true;
  }

  bool TakeType(const ast::Annotation& annotation, CompiledNative* native) {
    if (annotation.type_arguments.size() == 1) {
      native->type = ResolveType(set_, library_, {}, *annotation.type_arguments[0]);
    } else if (!FindType(&native->type)) {
      return false;
    }
    if (native->type.kind != TypeRef::Kind::kFunction || native->type.is_record()) {
      Fail("is for '" + native->type.text + "', which is no type of functions");
      return false;
    }
    return CheckTypes(native->type);
  }

  // What the function takes and gives is held against its C type.
  bool CheckTypes(const TypeRef& type) {
    const auto check = [&](const ast::Type* written, const TypeRef& native, const char* verb) {
      if (written == nullptr) return true;
      const TypeRef declared = ResolveType(set_, library_, {}, *written);
      if (MayBeValueOf(native, declared)) return true;
      Fail(std::string(verb) + " '" + declared.text + "', but in C that is '" + native.text + "'");
      return false;
    };
    if (!check(source_.node->return_type, type.arguments[0], "gives")) return false;
    const std::size_t count = std::min(source_.node->parameters.size(), type.parameters->size());
    for (std::size_t i = 0; i < count; ++i) {
      const TypeRef& native = type.arguments[1 + i];
      if (!check(source_.node->parameters[i]->type, native, "takes")) return false;
    }
    return true;
  }
  // False: there are values that a program has of the one or of the other, but not of both.
  bool MayBeValueOf(const TypeRef& native, const TypeRef& declared) {
    const ValueKind kind = ValueKindOf(set_, native);
    const ValueKind declared_kind = DeclaredValueKind(set_, declared);
    if (kind != ValueKind::kNone && declared_kind != ValueKind::kNone) return kind == declared_kind;
    const bool is_pointer = IsFfiClass(set_, native, "Pointer");
    if (is_pointer || IsCompound(set_, native)) return declared_kind == ValueKind::kNone;
    return kind == ValueKind::kNone ||
           !(IsFfiClass(set_, declared, "Pointer") || IsCompound(set_, declared));
  }

  // Of a variable: that of a pointer to it.
  bool TakeVariableType(const ast::Annotation& annotation, CompiledNative* native) {
    const bool is_getter = source_.node->form == ast::FunctionForm::kGetter;
    const ast::Type* const written =
        is_getter ? source_.node->return_type : source_.node->parameters[0]->type;
    const TypeRef declared =
        written == nullptr ? TypeRef{} : ResolveType(set_, library_, {}, *written);
    TypeRef value = declared;
    if (annotation.type_arguments.size() == 1) {
      value = ResolveType(set_, library_, {}, *annotation.type_arguments[0]);
    } else if (!IsFfiClass(set_, declared, "Pointer") && !IsCompound(set_, declared)) {
      Fail("is of type '" + (written == nullptr ? std::string("dynamic") : declared.text) +
           "': the annotation must say which C type that is, as @Native<Int32>() does");
      return false;
    }
    const ValueKind kind = ValueKindOf(set_, value);
    const bool fits =
        kind != ValueKind::kNone
            ? DeclaredValueKind(set_, declared) == kind
            : declared == value && (IsFfiClass(set_, value, "Pointer") || IsCompound(set_, value));
    if (!fits || declared.is_nullable) {
      Fail("is of type '" + declared.text + "', its annotation is for '" + value.text + "'");
      return false;
    }
    native->type = ClassOfFfi("Pointer");
    native->type.arguments.push_back(std::move(value));
    SetText(&native->type, "Pointer");
    return true;
  }

  // Of what the function itself takes and gives, if that is native.
  bool FindType(TypeRef* type) {
    type->kind = TypeRef::Kind::kFunction;
    const auto add = [&](const ast::Type* part) {
      TypeRef resolved = part == nullptr ? TypeRef{} : ResolveType(set_, library_, {}, *part);
      const bool is_void = resolved.kind == TypeRef::Kind::kVoid && type->arguments.empty();
      const bool is_native =
          is_void || IsFfiClass(set_, resolved, "Pointer") || IsCompound(set_, resolved);
      if (is_void) resolved = ClassOfFfi("Void");
      if (!is_native) {
        Fail("has '" + (part == nullptr ? std::string("dynamic") : resolved.text) +
             "' in its type: the annotation must say which C type that is, as "
             "@Native<Int32 Function(Int32)>() does");
      }
      type->arguments.push_back(std::move(resolved));
      return is_native;
    };
    if (!add(source_.node->return_type)) return false;
    for (const ast::ParameterNode* parameter : source_.node->parameters) {
      if (!add(parameter->type)) return false;
    }
    type->parameters =
        std::make_shared<const std::vector<TypeRef::Parameter>>(source_.node->parameters.size());
    SetText(type, "");
    return true;
  }
  TypeRef ClassOfFfi(const char* name) {
    for (int number = 0; number < static_cast<int>(set_.size()); ++number) {
      if (!set_.Has(number) || set_.library(number).uri != kFfiUri) continue;
      const int index = set_.library(number).FindClass(set_.library(number).NameOf(name));
      if (index >= 0) return {TypeRef::Kind::kClass, {number, index}, {}, name};
    }
    return {};
  }

  LibrarySet& set_;
  const int library_;
  CompiledFunction& function_;
  const FunctionSource& source_;
  const FailAt& fail_;
};

}  // namespace

void LinkNative(LibrarySet& set, FunctionRef ref, const FailAt& fail) {
  const FunctionSource& source =
      set.source(ref.library).functions[static_cast<std::size_t>(ref.function)];
  if (source.node == nullptr || source.node->metadata.empty()) return;
  if (set.library(ref.library).uri == kFfiUri) return;
  NativeLinker(set, ref, fail).Run();
}

void RefuseNativeVariables(LibrarySet& set, int library, const FailAt& fail) {
  if (set.library(library).uri == kFfiUri) return;
  const LibrarySource& source = set.source(library);
  const auto refuse = [&](int file, const std::vector<ast::VariableNode*>& variables) {
    for (const ast::VariableNode* variable : variables) {
      for (const ast::Annotation* annotation : variable->metadata) {
        const bool is_native = IsFfiClass(set, MeaningOf(set, library, *annotation).type, "Native");
        if (!is_native) continue;
        fail(library, file, variable->offset,
             "The variable '" + variable->name +
                 "' has the annotation @Native: only an external one that is static or top-level, "
                 "without a value, is found in C.");
      }
    }
  };
  for (std::size_t i = 0; i < source.units.size(); ++i) {
    refuse(static_cast<int>(i), source.units[i]->variables);
    for (const ast::ClassNode* node : source.units[i]->classes) {
      refuse(static_cast<int>(i), node->variables);
    }
  }
}

bool IsAddressOfNative(const LibrarySet& set, FunctionRef ref) {
  return set.library(ref.library).uri == kFfiUri &&
         set.FunctionOf(ref).qualified_name == "Native.addressOf";
}

}  // namespace fart::lang
