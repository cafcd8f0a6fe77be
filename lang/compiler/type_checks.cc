#include "lang/compiler/type_checks.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "lang/compiler/declarer.h"
#include "lang/compiler/type_resolver.h"

namespace fart::lang {
namespace {

// LC-C2: the type parameters from `first` on are those of functions.
TypeRef WithoutFunctionsOwn(const TypeRef& type, std::size_t first) {
  if (type.kind == TypeRef::Kind::kParameter) {
    if (static_cast<std::size_t>(type.index) < first) return type;
    TypeRef any;
    any.text = "dynamic";
    return any;
  }
  TypeRef result = type;
  for (TypeRef& part : result.arguments) part = WithoutFunctionsOwn(part, first);
  return result;
}

// Literals and what makes a bool whatever happens: the class of dart:core; null: nobody knows.
const char* ClassOfValue(const ast::Expression& value) {
  using enum ast::ExpressionKind;
  switch (value.kind) {
    case kIntLiteral:
      return "int";
    case kDoubleLiteral:
      return "double";
    case kStringLiteral:
    case kInterpolation:
      return "String";
    case kBoolLiteral:
    case kTypeTest:
      return "bool";
    case kUnary:
      return static_cast<const ast::Unary&>(value).op == ast::UnaryOperator::kNot ? "bool"
                                                                                  : nullptr;
    case kLogical:
      return static_cast<const ast::Logical&>(value).op != ast::LogicalOperator::kIfNull ? "bool"
                                                                                         : nullptr;
    default:
      return nullptr;
  }
}

bool IsNumber(std::string_view name) { return name == "int" || name == "double"; }

// The setters and natives of one library.
class Preparation {
 public:
  Preparation(LibrarySet& set, int library)
      : set_(set), library_(library), checking_(CheckingOf(set, library)) {}

  void Run() {
    const auto classes = static_cast<int>(set_.library(library_).classes.size());
    for (int cls = 0; cls < classes; ++cls) AddSetters({library_, cls});
    const auto functions = static_cast<int>(set_.source(library_).functions.size());
    for (int function = 0; function < functions; ++function) PrepareNative({library_, function});
  }
  void Run(ClassRef cls) {
    AddSetters(cls);
    // Setters are no natives.
    for (const int function : set_.OwnClassOf(cls).functions) PrepareNative({library_, function});
  }

 private:
  void AddSetters(ClassRef ref) {
    LexicalPlace place;
    place.library = library_;
    place.cls = ref;
    place.has_class_types = true;
    const std::vector<ast::VariableNode*> fields = set_.HeaderOf(ref).fields;  // None if unread.
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const ast::VariableNode& field = *fields[i];
      const bool is_set_by_others = !field.is_final && field.late_name.empty();
      if (!is_set_by_others || field.type == nullptr) continue;
      // Nobody but the library sets it, to what came in as a parameter.
      if (checking_ == Checking::kTypeParameters && field.name[0] == '_') continue;
      if (CheckFor(set_, place, *field.type, checking_)) AddSetter(ref, field, static_cast<int>(i));
    }
  }

  void AddSetter(ClassRef ref, const ast::VariableNode& field, int number) {
    CompiledLibrary& library = set_.OwnLibrary(library_);
    const int file = set_.HeaderOf(ref).file;
    auto function = std::make_unique<CompiledFunction>();
    function->kind = FunctionKind::kSetter;
    function->name = library.NameOf(field.name);
    function->qualified_name = set_.ClassOf(ref).name.text + "." + field.name;
    function->owner_class = ref.cls;
    function->parameters.emplace_back().name = field.name;
    function->required_count = 1;
    function->parameter_count = 2;
    function->source_file = file;
    FunctionSource source;
    source.file = file;
    source.field = number;
    const int index =
        AppendFunction(library, set_.OwnSource(library_), std::move(function), source);
    set_.OwnClassOf(ref).functions.push_back(index);
  }

  void PrepareNative(FunctionRef ref) {
    const ast::FunctionNode* const node =
        set_.source(library_).functions[static_cast<std::size_t>(ref.function)].node;
    CompiledFunction& function = set_.OwnFunctionOf(ref);
    if (node == nullptr || function.native_name.empty() || function.is_foreign()) return;
    LexicalPlace place;
    place.library = library_;
    if (function.owner_class != CompiledFunction::kNoOwner) {
      place.cls = ClassRef{library_, function.owner_class};
      place.has_class_types = !function.is_static || function.kind == FunctionKind::kFactory;
    }
    for (const ast::TypeParameter* parameter : node->type_parameters) {
      place.type_parameters.push_back(parameter->name);
    }
    for (const ast::ParameterNode* parameter : node->parameters) {
      if (parameter->type == nullptr || !CheckFor(set_, place, *parameter->type, checking_)) {
        continue;
      }
      if (!function.is_native) return function.native_name.clear();  // Its quick way.
      // A native that asks for type arguments asks the frame that it is called from.
      function.fills_defaults = function.fills_defaults || function.generic == nullptr;
    }
  }

  LibrarySet& set_;
  const int library_;
  const Checking checking_;
};

}  // namespace

Checking CheckingOf(const LibrarySet& set, int library) {
  if (!set.options().check_types) return Checking::kNothing;
  if (set.library(library).uri == "dart:ffi") return Checking::kNothing;  // LC-C3
  return set.library(library).uri.starts_with("dart:") ? Checking::kTypeParameters : Checking::kAll;
}

std::optional<TypeRef> CheckFor(LibrarySet& set, const LexicalPlace& place, const TypeRef& type,
                                Checking checking) {
  if (checking == Checking::kNothing) return std::nullopt;
  const bool has_own = place.cls && place.has_class_types;
  const TypeRef wanted = WithoutFunctionsOwn(
      type, has_own ? set.ClassOf(*place.cls).type_parameters.size() : std::size_t{0});
  if (wanted.kind == TypeRef::Kind::kDynamic || wanted.kind == TypeRef::Kind::kVoid) {
    return std::nullopt;
  }
  if (wanted.kind == TypeRef::Kind::kClass && wanted.cls == set.FindCoreClass("Object")) {
    return std::nullopt;
  }
  if (checking == Checking::kTypeParameters && !wanted.is_open()) return std::nullopt;
  return wanted;
}

std::optional<TypeRef> CheckFor(LibrarySet& set, const LexicalPlace& place, const ast::Type& type,
                                Checking checking) {
  if (checking == Checking::kNothing) return std::nullopt;
  return CheckFor(set, place, ResolveType(set, place.library, TypeNamesAt(set, place), type),
                  checking);
}

bool IsPlainlyOf(const LibrarySet& set, const ast::Expression& value, const TypeRef& type) {
  if (type.kind == TypeRef::Kind::kUnresolved) return false;
  if (value.kind == ast::ExpressionKind::kNullLiteral) return true;
  const char* const name = ClassOfValue(value);
  if (name == nullptr || type.kind != TypeRef::Kind::kClass) return false;
  return type.cls == set.FindCoreClass(name) ||
         (IsNumber(name) && type.cls == set.FindCoreClass("num"));
}

bool IsPlainlyOf(const ast::Expression& literal, const ast::Type& type) {
  const char* const name = ClassOfValue(literal);
  if (name == nullptr || type.function != nullptr || !type.prefix.empty()) return false;
  return type.name == name || type.name == "dynamic" || type.name == "Object" ||
         (type.name == "num" && IsNumber(name));
}

void PrepareChecks(LibrarySet& set, int library) {
  if (CheckingOf(set, library) != Checking::kNothing) Preparation(set, library).Run();
}

void PrepareChecks(LibrarySet& set, ClassRef cls) {
  if (CheckingOf(set, cls.library) != Checking::kNothing) Preparation(set, cls.library).Run(cls);
}

}  // namespace fart::lang
