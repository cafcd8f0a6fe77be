#include "lang/compiler/foreign_declarations.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "lang/compiler/declarer.h"
#include "lang/compiler/foreign_types.h"
#include "lang/compiler/type_resolver.h"

namespace fart::lang {
namespace {

constexpr const char* kLoad = "Compound_load";
constexpr const char* kStore = "Compound_store";

class CompoundLinker {
 public:
  CompoundLinker(LibrarySet& set, ClassRef ref, CompiledCompound::Kind kind, const FailAt& fail)
      : set_(set),
        ref_(ref),
        kind_(kind),
        source_(set.OwnClassSourceOf(ref)),
        compiled_(set.OwnClassOf(ref)),
        fail_(fail) {}

  void Run() {
    auto compound = std::make_unique<CompiledCompound>();
    compound->kind = kind_;
    if (!compiled_.type_parameters.empty()) {
      return Fail(source_.node->offset,
                  Who() + " has type parameters, which a native type cannot have.");
    }
    if (kind_ == CompiledCompound::Kind::kInteger) {
      const std::vector<Declared> fields = DeclaredFields();
      if (!fields.empty()) {
        return Fail(fields[0].offset, Who() + " has a field, '" + fields[0].name() +
                                          "': it is a type of ints, which have none.");
      }
      AddIntegerOfAbi(*compound);
    } else {
      TakePacking(*compound);
      for (const Declared& declared : DeclaredFields()) AddField(declared, *compound);
      if (compound->fields.empty()) {
        Fail(source_.node->offset, Who() + " has no fields: a native type has at least one.");
      }
      CheckVariable(*compound);
    }
    compiled_.compound = std::move(compound);
  }

 private:
  // A variable, or an external getter.
  struct Declared {
    std::uint32_t offset;
    ast::VariableNode* variable;
    ast::FunctionNode* getter;

    const std::string& name() const { return variable ? variable->name : getter->name; }
    const ast::Type* type() const { return variable ? variable->type : getter->return_type; }
    const std::vector<ast::Annotation*>& metadata() const {
      return variable ? variable->metadata : getter->metadata;
    }
  };

  // Of the annotations, those that mean something here.
  struct Annotations {
    std::vector<TypeRef> values;  // @Int32() and the like
    std::vector<const ast::Annotation*> arrays;
    std::vector<std::string> constructors;  // Of the arrays'.
  };

  void Fail(std::uint32_t offset, std::string message) {
    fail_(ref_.library, source_.file, offset, std::move(message));
  }
  std::string Who() const {
    constexpr const char* kWords[] = {"The struct '", "The union '", "The integer type '"};
    return kWords[static_cast<std::size_t>(kind_)] + compiled_.name.text + "'";
  }
  std::string Which(const Declared& field) const {
    constexpr const char* kWords[] = {"the struct '", "the union '", ""};
    return "The field '" + field.name() + "' of " + kWords[static_cast<std::size_t>(kind_)] +
           compiled_.name.text + "'";
  }

  // What has no end is the end of a struct.
  void CheckVariable(const CompiledCompound& compound) {
    for (const CompiledCompound::Field& field : compound.fields) {
      if (!field.IsVariable()) continue;
      const bool is_last = &field == &compound.fields.back() && compound.fields.size() > 1;
      if (is_last && kind_ == CompiledCompound::Kind::kStruct) continue;
      Fail(source_.node->offset, Who() + ": '" + field.name +
                                     "' is of variable length, so it must be the last field of a "
                                     "struct, behind another.");
    }
  }

  // In the order of the source.
  std::vector<Declared> DeclaredFields() {
    std::vector<Declared> fields;
    for (ast::VariableNode* variable : source_.node->variables) {
      if (!variable->is_static) fields.push_back({variable->offset, variable, nullptr});
    }
    for (ast::FunctionNode* function : source_.node->functions) {
      const bool is_field = function->is_external && !function->is_static &&
                            function->form == ast::FunctionForm::kGetter;
      if (is_field) fields.push_back({function->offset, nullptr, function});
    }
    std::sort(fields.begin(), fields.end(),
              [](const Declared& a, const Declared& b) { return a.offset < b.offset; });
    source_.fields.clear();
    compiled_.fields.clear();
    return fields;
  }

  Annotations AnnotationsOf(const Declared& field) {
    Annotations found;
    for (const ast::Annotation* annotation : field.metadata()) {
      Meant meant = MeaningOf(set_, ref_.library, *annotation);
      if (IsFfiClass(set_, meant.type, "Array")) {
        found.arrays.push_back(annotation);
        found.constructors.push_back(meant.constructor);
      } else if (ValueKindOf(set_, meant.type) != ValueKind::kNone || IsInteger(meant.type)) {
        found.values.push_back(std::move(meant.type));
      }
    }
    return found;
  }
  // Of a class that is linked later, perhaps.
  bool IsInteger(const TypeRef& type) const {
    return type.kind == TypeRef::Kind::kClass &&
           BaseOf(set_, type.cls) == CompiledCompound::Kind::kInteger;
  }

  void AddField(const Declared& declared, CompiledCompound& compound) {
    CompiledCompound::Field field;
    field.name = declared.name();
    if (declared.variable != nullptr && declared.variable->initializer != nullptr) {
      return Fail(declared.offset, Which(declared) +
                                       " has an initializer: its value is what lies "
                                       "in native memory.");
    }
    if (declared.type() == nullptr) {
      return Fail(declared.offset, Which(declared) + " has no type.");
    }
    const TypeRef type = ResolveType(set_, ref_.library, {}, *declared.type());
    const Annotations annotations = AnnotationsOf(declared);
    const bool fits = DeclaredValueKind(set_, type) != ValueKind::kNone
                          ? TakeScalar(declared, type, annotations, &field)
                          : TakeOther(declared, type, annotations, &field);
    if (!fits) return;
    const int number = static_cast<int>(compound.fields.size());
    compound.fields.push_back(std::move(field));
    Accessors(declared, number);
  }

  bool TakeScalar(const Declared& declared, const TypeRef& type, const Annotations& annotations,
                  CompiledCompound::Field* field) {
    const ValueKind kind = DeclaredValueKind(set_, type);
    const std::string is_what = Which(declared) + " is of type '" + type.text + "'";
    if (type.is_nullable) {
      Fail(declared.offset, is_what + ": what lies in native memory is never null.");
      return false;
    }
    if (!annotations.arrays.empty()) {
      Fail(declared.offset, is_what + ", which is no Array: it cannot have an annotation @Array.");
      return false;
    }
    if (annotations.values.size() != 1) {
      constexpr const char* kExamples[] = {"", "@Int32()", "@Double()", "@Bool()"};
      std::string message = is_what +
                            " and needs one annotation that says which native type it "
                            "is, such as " +
                            kExamples[static_cast<std::size_t>(kind)] + "; it has ";
      message += annotations.values.empty() ? "none." : AllOf(annotations) + ".";
      Fail(declared.offset, std::move(message));
      return false;
    }
    const TypeRef& native = annotations.values[0];
    const ValueKind wanted = IsInteger(native) ? ValueKind::kInt : ValueKindOf(set_, native);
    if (wanted != kind) {
      Fail(declared.offset, is_what + ", but its annotation @" + native.text + "() is for '" +
                                kValueNames[static_cast<std::size_t>(wanted)] + "'.");
      return false;
    }
    field->type = native;
    return true;
  }

  static std::string AllOf(const Annotations& annotations) {
    std::string text;
    const char* separator = "";
    for (const TypeRef& each : annotations.values) {
      text += std::exchange(separator, " and ") + ("@" + each.text) + "()";
    }
    return text;
  }

  bool TakeOther(const Declared& declared, const TypeRef& type, const Annotations& annotations,
                 CompiledCompound::Field* field) {
    const bool is_array = IsFfiClass(set_, type, "Array");
    const bool is_pointer = IsFfiClass(set_, type, "Pointer");
    const std::string is_what = Which(declared) + " is of type '" + type.text + "'";
    if (!is_array && !is_pointer && !IsCompound(set_, type)) {
      Fail(declared.offset, is_what +
                                ": a field is an int, a double, a bool, a Pointer, an Array, "
                                "a struct or a union.");
      return false;
    }
    if (type.is_nullable) {
      Fail(declared.offset, is_what + ": what lies in native memory is never null.");
      return false;
    }
    if (!annotations.values.empty()) {
      Fail(declared.offset, is_what + ", which says it all: it cannot have the annotation " +
                                AllOf(annotations) + ".");
      return false;
    }
    if (!is_array && !annotations.arrays.empty()) {
      Fail(declared.offset, is_what + ", which is no Array: it cannot have an annotation @Array.");
      return false;
    }
    field->type = type;
    field->type.is_nullable = false;
    return !is_array || TakeArray(declared, is_what, annotations, field);
  }

  bool TakeArray(const Declared& declared, const std::string& is_what,
                 const Annotations& annotations, CompiledCompound::Field* field) {
    if (annotations.arrays.size() != 1) {
      Fail(declared.offset, is_what +
                                " and needs one annotation @Array(...) that says how many "
                                "elements it has; it has " +
                                (annotations.arrays.empty() ? "none." : "several."));
      return false;
    }
    const TypeRef* element = &field->type;
    std::size_t dimensions = 0;
    while (IsFfiClass(set_, *element, "Array")) {
      ++dimensions;
      if (element->arguments.size() != 1) {
        Fail(declared.offset, is_what + ", which does not say of what.");
        return false;
      }
      element = &element->arguments[0];
    }
    const bool is_native = ValueKindOf(set_, *element) != ValueKind::kNone || IsInteger(*element) ||
                           IsCompound(set_, *element) || IsFfiClass(set_, *element, "Pointer");
    if (!is_native) {
      Fail(declared.offset, is_what + ": '" + element->text + "' is no native type of elements.");
      return false;
    }
    return TakeDimensions(declared, is_what, *annotations.arrays[0], annotations.constructors[0],
                          dimensions, field);
  }

  bool TakeDimensions(const Declared& declared, const std::string& is_what,
                      const ast::Annotation& annotation, const std::string& constructor,
                      std::size_t wanted, CompiledCompound::Field* field) {
    std::vector<ast::Expression*> lengths = annotation.arguments.positional;
    const bool is_variable = constructor.starts_with("variable");
    std::int64_t counted = 0;  // Of the variable dimension.
    if (constructor == "variableWithVariableDimension" && !lengths.empty()) {
      if (!TakeDimension(declared, lengths[0], "the variable dimension", 0, &counted)) return false;
      lengths.erase(lengths.begin());
    } else if (constructor == "variableMulti") {
      for (const ast::NamedArgument& named : annotation.arguments.named) {
        if (!TakeDimension(declared, named.value, "the variable dimension", 0, &counted)) {
          return false;
        }
      }
    }
    if (constructor == "multi" || constructor == "variableMulti") {
      auto* const list = lengths.size() == 1 ? ast::As<ast::ListLiteral>(lengths[0]) : nullptr;
      if (list == nullptr) {
        Fail(annotation.offset,
             Which(declared) + ": @Array." + constructor + " takes a list of ints.");
        return false;
      }
      lengths = list->elements;
    } else if (!constructor.empty() && constructor != "variable" &&
               constructor != "variableWithVariableDimension") {
      Fail(annotation.offset, Which(declared) + ": there is no @Array." + constructor + ".");
      return false;
    }
    if (is_variable) {
      field->dimensions.push_back(CompiledCompound::kVariable - counted);
      --wanted;
    }
    if (lengths.size() != wanted) {
      const std::size_t variable = is_variable ? 1 : 0;
      Fail(annotation.offset, is_what + ", which has " + Dimensions(wanted + variable) +
                                  ", but its annotation has " +
                                  Dimensions(lengths.size() + variable) + ".");
      return false;
    }
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      std::int64_t length = 0;
      const std::string which = "dimension " + std::to_string(i + 1);
      if (!TakeDimension(declared, lengths[i], which, 1, &length)) return false;
      field->dimensions.push_back(length);
    }
    return true;
  }

  bool TakeDimension(const Declared& declared, ast::Expression* given, const std::string& which,
                     std::int64_t least, std::int64_t* length) {
    const auto constant = ConstantIntOf(set_, ref_.library, given);
    if (!constant) {
      Fail(given->offset, Which(declared) + ": " + which + " is no constant int.");
      return false;
    }
    if (*constant < least) {
      Fail(given->offset, Which(declared) + ": " + which + " must be at least " +
                              std::to_string(least) + ", it is " + std::to_string(*constant) + ".");
      return false;
    }
    *length = *constant;
    return true;
  }
  static std::string Dimensions(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " dimension" : " dimensions");
  }

  // ---- Accessors
  void Accessors(const Declared& declared, int number) {
    ClassMember& member = source_.members[declared.name()];
    const std::string blamed = compiled_.name.text + "." + declared.name();
    if (declared.variable == nullptr) {
      const bool has_setter =
          member.setter >= 0 && set_.FunctionOf({ref_.library, member.setter}).is_external;
      Make(member.getter, kLoad, number);
      if (has_setter) Make(member.setter, kStore, number);
      return;
    }
    member.variable = -1;
    member.getter = Add(FunctionKind::kGetter, declared);
    Make(member.getter, kLoad, number);
    if (declared.variable->is_final) return;
    member.setter = Add(FunctionKind::kSetter, declared);
    CompiledFunction& setter = set_.OwnFunctionOf({ref_.library, member.setter});
    setter.parameters.emplace_back().name = blamed;
    setter.required_count = 1;
    setter.parameter_count = 2;
    Make(member.setter, kStore, number);
  }
  int Add(FunctionKind kind, const Declared& declared) {
    CompiledLibrary& library = set_.OwnLibrary(ref_.library);
    auto function = std::make_unique<CompiledFunction>();
    function->kind = kind;
    function->name = library.NameOf(declared.name());
    function->qualified_name = compiled_.name.text + "." + declared.name();
    function->owner_class = ref_.cls;
    function->parameter_count = 1;
    function->source_file = source_.file;
    const int index = AppendFunction(library, set_.OwnSource(ref_.library), std::move(function),
                                     {nullptr, nullptr, -1, source_.file});
    compiled_.functions.push_back(index);
    return index;
  }
  void Make(int index, const char* native_name, int number) {
    CompiledFunction& function = set_.OwnFunctionOf({ref_.library, index});
    function.is_external = false;
    function.is_native = true;
    function.native_name = native_name;
    function.compound_field = number;
  }

  // ---- The class's own annotations
  void TakePacking(CompiledCompound& compound) {
    for (const ast::Annotation* annotation : source_.node->metadata) {
      const Meant meant = MeaningOf(set_, ref_.library, *annotation);
      if (!IsFfiClass(set_, meant.type, "Packed")) continue;
      if (kind_ != CompiledCompound::Kind::kStruct) {
        return Fail(annotation->offset, Who() + " cannot be packed: only structs can.");
      }
      if (compound.packing != 0) {
        return Fail(annotation->offset, Who() + " has two annotations @Packed.");
      }
      const std::vector<ast::Expression*>& arguments = annotation->arguments.positional;
      const auto packing =
          arguments.size() == 1 ? ConstantIntOf(set_, ref_.library, arguments[0]) : std::nullopt;
      const bool is_packing = packing && (*packing == 1 || *packing == 2 || *packing == 4 ||
                                          *packing == 8 || *packing == 16);
      if (!is_packing) {
        return Fail(annotation->offset, Who() + " is packed to " +
                                            (packing ? std::to_string(*packing) : "no int") +
                                            ": a packing is 1, 2, 4, 8 or 16.");
      }
      compound.packing = static_cast<std::uint32_t>(*packing);
    }
  }

  // @AbiSpecificIntegerMapping({Abi.linuxX64: Int64(), ...})
  void AddIntegerOfAbi(CompiledCompound& compound) {
#if defined(__x86_64__)
    constexpr std::string_view kAbi = "linuxX64";
#else
    constexpr std::string_view kAbi = "linuxArm64";
#endif
    for (const ast::Annotation* annotation : source_.node->metadata) {
      const Meant meant = MeaningOf(set_, ref_.library, *annotation);
      const auto& arguments = annotation->arguments.positional;
      if (!IsFfiClass(set_, meant.type, "AbiSpecificIntegerMapping") || arguments.size() != 1) {
        continue;
      }
      auto* const map = ast::As<ast::MapLiteral>(arguments[0]);
      if (map == nullptr) continue;
      for (ast::Expression* element : map->elements) {
        auto* const entry = ast::As<ast::MapEntry>(element);
        auto* const key = entry == nullptr ? nullptr : ast::As<ast::Property>(entry->key);
        if (key == nullptr || key->name != kAbi) continue;
        TypeRef type = TypeOfInstance(entry->value);
        if (ValueKindOf(set_, type) == ValueKind::kInt && IsOfFfi(set_, type)) {
          compound.fields.push_back({"", std::move(type), {}});
          return;
        }
        return Fail(element->offset,
                    Who() + " maps '" + std::string(kAbi) + "' to what is no native type of ints.");
      }
    }
    Fail(source_.node->offset,
         Who() + " has no annotation @AbiSpecificIntegerMapping with '" + std::string(kAbi) + "'.");
  }
  // `Int32()` or `ffi.Int32()`, with or without `const`.
  TypeRef TypeOfInstance(ast::Expression* expression) {
    ast::Type type;
    std::vector<std::string> names;
    if (const auto* made = ast::As<ast::New>(expression)) names = made->names;
    if (const auto* call = ast::As<ast::Call>(expression)) {
      ast::Expression* callee = call->callee;
      if (auto* property = ast::As<ast::Property>(callee)) {
        names.push_back(property->name);
        callee = property->target;
      }
      if (const auto* name = ast::As<ast::Identifier>(callee)) names.push_back(name->name);
      std::reverse(names.begin(), names.end());
    }
    if (names.empty() || names.size() > 2) return {};
    if (names.size() == 2) type.prefix = names[0];
    type.name = names.back();
    return ResolveType(set_, ref_.library, {}, type);
  }

  LibrarySet& set_;
  const ClassRef ref_;
  const CompiledCompound::Kind kind_;
  ClassSource& source_;
  CompiledClass& compiled_;
  const FailAt& fail_;
};

// Is it one of dart:ffi's that programs have subtypes of?
bool IsOpenClass(const LibrarySet& set, const TypeRef& type, std::string_view verb) {
  constexpr std::string_view kOpen[] = {"Struct",    "Union",      "Opaque", "AbiSpecificInteger",
                                        "Allocator", "Finalizable"};
  const std::string& name = set.ClassOf(type.cls).name.text;
  if (name == "Finalizable" && verb != "implement") return false;
  return std::find(std::begin(kOpen), std::end(kOpen), name) != std::end(kOpen);
}

// Structs have fields of their own only, and nothing else has them.
void CheckSupertypes(LibrarySet& set, ClassRef ref, const FailAt& fail) {
  const CompiledClass& compiled = set.ClassOf(ref);
  const ClassSource& source = set.HeaderOf(ref);
  const auto check = [&](const TypeRef& type, const char* verb) {
    if (type.kind != TypeRef::Kind::kClass) return;
    const bool is_compound =
        BaseOf(set, type.cls).has_value() && !set.HeaderOf(type.cls).is_anonymous;
    const bool is_base = verb != std::string_view("extend") &&
                         (IsFfiClass(set, type, "Struct") || IsFfiClass(set, type, "Union"));
    if (IsOfFfi(set, type) && !is_base && !IsOpenClass(set, type, verb)) {
      return fail(ref.library, source.file, source.node->offset,
                  "'" + compiled.name.text + "' cannot " + verb + " '" + type.text +
                      "': it is one of dart:ffi's own types.");
    }
    if (!is_compound && !is_base) return;
    fail(ref.library, source.file, source.node->offset,
         "'" + compiled.name.text + "' cannot " + verb + " '" + type.text +
             "': what extends Struct or Union has the fields of its own declaration.");
  };
  check(compiled.superclass, "extend");
  check(compiled.mixin, "mix in");
  for (const TypeRef& type : compiled.interfaces) check(type, "implement");
}

}  // namespace

void LinkCompound(LibrarySet& set, ClassRef ref, const FailAt& fail) {
  const CompiledClass& compiled = set.ClassOf(ref);
  if (set.library(ref.library).uri == kFfiUri || compiled.is_extension ||
      compiled.compound != nullptr) {
    return;
  }
  CheckSupertypes(set, ref, fail);
  if (set.HeaderOf(ref).is_anonymous) return;
  if (const auto kind = BaseOf(set, ref)) CompoundLinker(set, ref, *kind, fail).Run();
}

namespace {

// Without recursion: programs made by programs have long chains.
class CompoundChecker {
 public:
  CompoundChecker(const LibrarySet& set, const FailAt& fail) : set_(set), fail_(fail) {}

  // False: it has failed.
  bool Check(ClassRef start) {
    if (IsNew(start)) path_.push_back({start});
    while (!path_.empty()) {
      Entered& top = path_.back();
      const CompiledCompound& compound = *set_.ClassOf(top.ref).compound;
      if (top.next == compound.fields.size()) {
        if (top.height > kMaxCompoundDepth) return FailDepth(top.ref);
        heights_[KeyOf(top.ref)] = top.height;
        const int height = top.height + 1;
        path_.pop_back();
        if (!path_.empty()) path_.back().height = std::max(path_.back().height, height);
        continue;
      }
      const CompiledCompound::Field& field = compound.fields[top.next++];
      const TypeRef* type = &field.type;
      for (std::size_t i = 0; i < field.dimensions.size(); ++i) type = &type->arguments[0];
      const ClassRef inner = type->cls;
      const CompiledCompound* const contained = set_.ClassOf(inner).compound.get();
      if (contained != nullptr && !contained->fields.empty() &&
          contained->fields.back().IsVariable()) {
        return Fail(top.ref, "'" + set_.ClassOf(inner).name.text +
                                 "', which ends with an array of variable length.");
      }
      const auto known = heights_.find(KeyOf(inner));
      if (known != heights_.end()) {
        top.height = std::max(top.height, known->second + 1);
        continue;
      }
      const auto again = std::find_if(path_.begin(), path_.end(),
                                      [&](const Entered& entered) { return entered.ref == inner; });
      if (again != path_.end()) return FailCycle(again - path_.begin());
      if (IsNew(inner)) path_.push_back({inner});
      if (path_.size() > kMaxCompoundDepth + 1u) return FailDepth(path_.front().ref);
    }
    return true;
  }

 private:
  using Key = std::pair<int, int>;
  struct Entered {
    ClassRef ref;
    std::size_t next = 0;
    int height = 0;  // How many compounds lie in each other in it.
  };

  static Key KeyOf(ClassRef ref) { return {ref.library, ref.cls}; }
  bool IsNew(ClassRef ref) const {
    return set_.ClassOf(ref).compound != nullptr && !heights_.contains(KeyOf(ref));
  }
  bool Fail(ClassRef ref, const std::string& what) {
    const ClassSource& source = set_.HeaderOf(ref);
    fail_(ref.library, source.file, source.node->offset,
          "'" + set_.ClassOf(ref).name.text + "' contains " + what);
    return false;
  }
  bool FailDepth(ClassRef ref) {
    return Fail(ref, "more than " + std::to_string(kMaxCompoundDepth) + " structs in each other.");
  }
  bool FailCycle(std::ptrdiff_t first) {
    constexpr std::size_t kShown = 5;
    std::string way;
    for (auto i = static_cast<std::size_t>(first); i < path_.size(); ++i) {
      if (i == static_cast<std::size_t>(first) + kShown) {
        way += ", ...";
        break;
      }
      const CompiledClass& each = set_.ClassOf(path_[i].ref);
      way += (way.empty() ? "'" : ", '") + each.name.text + "." +
             each.compound->fields[path_[i].next - 1].name + "'";
    }
    return Fail(path_[static_cast<std::size_t>(first)].ref,
                "itself, by way of " + way + ": only a Pointer can lead back.");
  }

  const LibrarySet& set_;
  const FailAt& fail_;
  std::map<Key, int> heights_;
  std::vector<Entered> path_;
};

}  // namespace

void CheckCompounds(const LibrarySet& set, const std::vector<ClassRef>& classes,
                    const FailAt& fail) {
  CompoundChecker checker(set, fail);
  for (const ClassRef ref : classes) {
    if (!checker.Check(ref)) return;
  }
}

}  // namespace fart::lang
