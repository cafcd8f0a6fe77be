#include "lang/compiler/declarer.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "heap/base/check.h"
#include "lang/compiler/type_checks.h"

namespace fart::lang {
namespace {

class Declarer {
 public:
  Declarer(CompiledLibrary& library, LibrarySource& source, const CompileOptions& options)
      : library_(library), source_(source), checks_types_(options.check_types) {}

  std::optional<SyntaxError> Run();
  std::optional<SyntaxError> RunLastUnit();
  void RunMembers(int cls);

 private:
  void Fail(std::uint32_t offset, std::string message) {
    const auto& unit = source_.units[static_cast<std::size_t>(file_)];
    if (!error_) error_ = unit->file->ErrorAt(offset, std::move(message));
  }
  void CheckUnits();
  void DeclareUnit(CompilationUnit& unit);
  bool HasNoSetter(const Entity& entity) const;
  void DeclareName(const std::string& name, Entity::Kind kind, int index, std::uint32_t offset);
  void DeclareTopLevelFunction(ast::FunctionNode& node);
  void DeclareClass(ast::ClassNode& node);
  void DeclareMembers(ClassSource& cls, int cls_index);
  int AddClass(ast::ClassNode& node);
  // Those of its `with` clause up to, and without, `last`; sets what `cls` extends.
  void DeclareApplications(ast::ClassNode& node, std::size_t last, ClassSource* cls);
  void CheckIsNoTypeParameter(const ast::ClassNode& cls, const std::string& name,
                              std::uint32_t offset);
  void DeclareMember(ClassSource& cls, const ast::FunctionNode& node, int index);
  [[nodiscard]] bool HasVariableToSet(const ClassSource& cls, const ClassMember& member) const;
  void DeclareConstructor(ClassSource& cls, const ast::FunctionNode& node, int index);
  void DeclareMemberVariable(ClassSource& cls, int cls_index, ast::VariableNode& node);
  void DeclareDefaultConstructor(ClassSource& cls, int cls_index, const char* name);
  int AddFunction(ast::FunctionNode& node, int owner_class);
  int AddStatic(ast::VariableNode& node, int owner_class);
  void AddInitializer(const ast::VariableNode& node, int owner_class, CompiledStatic& variable);
  [[nodiscard]] std::string QualifiedName(const ast::FunctionNode& node, int owner_class) const;
  void CheckParameters(const ast::FunctionNode& node);

  CompiledLibrary& library_;
  LibrarySource& source_;
  const bool checks_types_;
  int file_ = 0;
  std::optional<SyntaxError> error_;
};

FunctionKind KindOf(ast::FunctionForm form) {
  switch (form) {
    case ast::FunctionForm::kPlain:
    case ast::FunctionForm::kOperator:
      return FunctionKind::kFunction;
    case ast::FunctionForm::kGetter:
      return FunctionKind::kGetter;
    case ast::FunctionForm::kSetter:
      return FunctionKind::kSetter;
    case ast::FunctionForm::kConstructor:
      return FunctionKind::kGenerativeConstructor;
    case ast::FunctionForm::kFactory:
      return FunctionKind::kFactory;
  }
  return FunctionKind::kFunction;
}

std::optional<SyntaxError> Declarer::Run() {
  CheckUnits();
  for (const auto& unit : source_.units) library_.files.push_back(unit->file->name());
  library_.name = source_.units[0]->library_name;
  source_.bindings.assign(source_.units[0]->directives.size(), LibrarySet::kUnbound);
  for (file_ = 0; file_ < static_cast<int>(source_.units.size()); ++file_) {
    DeclareUnit(*source_.units[static_cast<std::size_t>(file_)]);
  }
  return std::move(error_);
}

std::optional<SyntaxError> Declarer::RunLastUnit() {
  file_ = static_cast<int>(source_.units.size()) - 1;
  library_.files.push_back(source_.units.back()->file->name());
  DeclareUnit(*source_.units.back());
  return std::move(error_);
}

void Declarer::RunMembers(int cls) {
  ClassSource& source = source_.classes[static_cast<std::size_t>(cls)];
  file_ = source.file;
  DeclareMembers(source, cls);
  FART_CHECK(!error_);
}

void Declarer::CheckUnits() {
  file_ = 0;
  if (source_.units[0]->is_part) Fail(0, "This file is part of a library and no library itself.");
  for (file_ = 1; file_ < static_cast<int>(source_.units.size()); ++file_) {
    const CompilationUnit& unit = *source_.units[static_cast<std::size_t>(file_)];
    if (!unit.is_part) Fail(0, "This file is used as a part, but has no 'part of'.");
    const std::string& name = source_.units[0]->library_name;
    const bool is_name = !unit.part_of.ends_with(".dart");  // And no URI.
    if (is_name && !name.empty() && unit.part_of != name) {
      Fail(0, "This file is part of '" + unit.part_of + "', but used by '" + name + "'.");
    }
    if (!unit.directives.empty()) {
      Fail(unit.directives[0].offset, "Only the library's own file can have directives.");
    }
  }
  file_ = 0;
  const std::vector<ast::Directive>& directives = source_.units[0]->directives;
  for (const ast::Directive& directive : directives) {
    if (!directive.is_deferred) continue;
    const std::string objection = ObjectionToPrefix(directives, directive);
    if (!objection.empty()) Fail(directive.offset, objection);
  }
}

void Declarer::DeclareUnit(CompilationUnit& unit) {
  for (ast::ClassNode* node : unit.classes) DeclareClass(*node);
  for (ast::FunctionNode* node : unit.functions) DeclareTopLevelFunction(*node);
  for (ast::VariableNode* node : unit.variables) {
    const int index = AddStatic(*node, CompiledFunction::kNoOwner);
    DeclareName(node->name, Entity::Kind::kVariable, index, node->offset);
  }
  for (const ast::TypedefNode* node : unit.typedefs) {
    DeclareName(node->name, Entity::Kind::kTypedef, static_cast<int>(source_.typedefs.size()),
                node->offset);
    source_.typedefs.push_back(node);
    source_.typedef_files.push_back(file_);
  }
}

bool Declarer::HasNoSetter(const Entity& entity) const {
  if (entity.kind == Entity::Kind::kGetter) return true;
  return entity.kind == Entity::Kind::kVariable &&
         library_.statics[static_cast<std::size_t>(entity.index)]->is_final;
}

void Declarer::DeclareName(const std::string& name, Entity::Kind kind, int index,
                           std::uint32_t offset) {
  const Entity entity{kind, library_.number, index};
  const std::string key = kind == Entity::Kind::kSetter ? name + "=" : name;
  bool is_free = source_.declared.Declare(key, entity);
  // A setter goes with what has none only: a getter, or a variable that nobody sets.
  const Entity* counterpart =
      source_.declared.Find(kind == Entity::Kind::kSetter ? name : name + "=");
  if (counterpart != nullptr) {
    is_free = is_free && (HasNoSetter({kind, 0, index}) || HasNoSetter(*counterpart));
  }
  if (!is_free) Fail(offset, "'" + name + "' is declared twice in this library.");
}

void Declarer::DeclareTopLevelFunction(ast::FunctionNode& node) {
  const int index = AddFunction(node, CompiledFunction::kNoOwner);
  Entity::Kind kind = Entity::Kind::kFunction;
  if (node.form == ast::FunctionForm::kGetter) kind = Entity::Kind::kGetter;
  if (node.form == ast::FunctionForm::kSetter) kind = Entity::Kind::kSetter;
  DeclareName(node.name, kind, index, node.offset);
}

// ---- Classes ------------------------------------------------------------------------------------

namespace {

// NativeFieldWrapperClass1 to 4 of dart:nativewrappers have as many native fields as they say.
std::uint32_t BundledNativeFields(const CompiledLibrary& library, const std::string& name) {
  constexpr std::string_view kPrefix = "NativeFieldWrapperClass";
  if (library.uri != "dart:nativewrappers" || !name.starts_with(kPrefix)) return 0;
  return static_cast<std::uint32_t>(name.back() - '0');
}

}  // namespace

int Declarer::AddClass(ast::ClassNode& node) {
  library_.classes.push_back(std::make_unique<CompiledClass>());
  source_.classes.emplace_back();
  source_.classes.back().node = &node;
  source_.classes.back().file = file_;
  for (const ast::TypeParameter* parameter : node.type_parameters) {
    if (parameter->name == node.name) {
      Fail(parameter->offset, "A type parameter cannot have the name of its class.");
    }
    library_.classes.back()->type_parameters.push_back(parameter->name);
  }
  return static_cast<int>(library_.classes.size()) - 1;
}

void Declarer::DeclareApplications(ast::ClassNode& node, std::size_t last, ClassSource* cls) {
  const ast::Type* superclass = node.superclass;
  int below = -1;
  std::string name = superclass != nullptr ? superclass->name : "Object";
  for (std::size_t i = 0; i < last; ++i) {
    const int index = AddClass(node);
    CompiledClass& compiled = *library_.classes.back();
    ClassSource& application = source_.classes.back();
    name += (i == 0 ? " with " : ", ") + node.mixins[i]->name;
    compiled.name = library_.NameOf(name);
    compiled.is_abstract = true;
    application.superclass = superclass;
    application.application = below;
    application.mixin = node.mixins[i];
    application.is_anonymous = true;
    DeclareDefaultConstructor(application, index, kApplicationConstructor);
    below = index;
    superclass = nullptr;
  }
  cls->superclass = superclass;
  cls->application = below;
}

void Declarer::DeclareClass(ast::ClassNode& node) {
  const std::size_t anonymous = node.mixins.size() - (node.is_application ? 1 : 0);
  ClassSource extended;
  DeclareApplications(node, anonymous, &extended);
  const int index = AddClass(node);
  const bool has_name = node.name.find(' ') == std::string::npos;  // Some extensions have none.
  if (has_name) DeclareName(node.name, Entity::Kind::kClass, index, node.offset);
  CompiledClass& compiled = *library_.classes.back();
  ClassSource& cls = source_.classes.back();
  cls.superclass = extended.superclass;
  cls.application = extended.application;
  compiled.name = library_.NameOf(node.name);
  compiled.is_abstract = node.is_abstract;
  compiled.is_enum = node.is_enum;
  compiled.is_extension = node.is_extension;
  compiled.native_fields = BundledNativeFields(library_, node.name);
  if (node.is_application) {
    cls.mixin = node.mixins.back();
    return DeclareDefaultConstructor(cls, index, kApplicationConstructor);
  }
  if (node.unread_members == 0) return DeclareMembers(cls, index);
  compiled.has_members.store(false, std::memory_order_relaxed);
}

void Declarer::DeclareMembers(ClassSource& cls, int index) {
  CompiledClass& compiled = *library_.classes[static_cast<std::size_t>(index)];
  const ast::ClassNode& node = *cls.node;
  for (ast::VariableNode* variable : node.variables) {
    DeclareMemberVariable(cls, index, *variable);
  }
  for (ast::FunctionNode* function : node.functions) {
    const int number = AddFunction(*function, index);
    compiled.functions.push_back(number);
    const bool is_constructor = function->form == ast::FunctionForm::kConstructor ||
                                function->form == ast::FunctionForm::kFactory;
    if (is_constructor) {
      DeclareConstructor(cls, *function, number);
    } else {
      DeclareMember(cls, *function, number);
    }
  }
  if (cls.constructors.empty() && !node.is_extension) DeclareDefaultConstructor(cls, index, "");
}

// What both could mean inside of the class would be anybody's guess.
void Declarer::CheckIsNoTypeParameter(const ast::ClassNode& cls, const std::string& name,
                                      std::uint32_t offset) {
  if (cls.is_extension) return;  // Theirs came later, and are hidden by the members.
  for (const ast::TypeParameter* parameter : cls.type_parameters) {
    if (parameter->name != name) continue;
    Fail(offset, "'" + name + "' is a type parameter of the class, so no member has that name.");
  }
}

void Declarer::DeclareMember(ClassSource& cls, const ast::FunctionNode& node, int index) {
  CheckIsNoTypeParameter(*cls.node, node.name, node.offset);
  const auto fail = [&] {
    Fail(node.offset, "'" + node.name + "' is declared twice in this class.");
  };
  if (node.form == ast::FunctionForm::kSetter) {
    // It is a member of its own, whose name ends in '='. Only a variable has one already.
    const auto known = cls.members.find(node.name);
    const bool is_beside = known != cls.members.end() && known->second.is_static != node.is_static;
    const bool is_free = !cls.members.contains(OtherSetterOf(node.name)) &&
                         (known == cls.members.end() ||
                          (known->second.setter < 0 && !HasVariableToSet(cls, known->second)));
    ClassMember& member = cls.members[is_beside ? OtherSetterOf(node.name) : node.name];
    member.is_static = node.is_static;
    member.setter = index;
    if (!is_free) fail();
    return;
  }
  ClassMember* member = &cls.members.try_emplace(node.name).first->second;
  bool is_free = member->method < 0 && member->getter < 0 && member->variable < 0;
  if (is_free && member->setter >= 0 && member->is_static != node.is_static) {
    cls.members[OtherSetterOf(node.name)] = *member;
    *member = ClassMember();
  }
  (node.form == ast::FunctionForm::kGetter ? member->getter : member->method) = index;
  member->is_static = node.is_static;
  if (!is_free) fail();
}

// Which has a setter already.
bool Declarer::HasVariableToSet(const ClassSource& cls, const ClassMember& member) const {
  if (member.variable < 0) return false;
  const auto number = static_cast<std::size_t>(member.variable);
  return member.is_static ? !library_.statics[number]->is_final : !cls.fields[number]->is_final;
}

void Declarer::DeclareConstructor(ClassSource& cls, const ast::FunctionNode& node, int index) {
  if (!cls.constructors.emplace(node.name, index).second) {
    Fail(node.offset, "This constructor is declared twice in this class.");
  }
  CheckIsNoTypeParameter(*cls.node, node.name, node.offset);
  // Members of instances cannot be confused with it, and may come before it or behind it.
  for (const ast::FunctionNode* other : cls.node->functions) {
    if (other->is_static && other->name == node.name && !node.name.empty()) {
      Fail(other->offset, "'" + node.name + "' is a constructor of this class, too.");
    }
  }
}

void Declarer::DeclareMemberVariable(ClassSource& cls, int cls_index, ast::VariableNode& node) {
  CheckIsNoTypeParameter(*cls.node, node.name, node.offset);
  CompiledClass& compiled = *library_.classes[static_cast<std::size_t>(cls_index)];
  const auto [place, is_new] = cls.members.try_emplace(node.name);
  if (!is_new) Fail(node.offset, "'" + node.name + "' is declared twice in this class.");
  place->second.is_static = node.is_static;
  if (node.is_static) {
    place->second.variable = AddStatic(node, cls_index);
    compiled.statics.push_back(place->second.variable);
  } else {
    place->second.variable = static_cast<int>(cls.fields.size());
    cls.fields.push_back(&node);
    compiled.fields.push_back({library_.NameOf(node.name), node.is_final});
  }
}

void Declarer::DeclareDefaultConstructor(ClassSource& cls, int cls_index, const char* name) {
  CompiledClass& compiled = *library_.classes[static_cast<std::size_t>(cls_index)];
  auto function = std::make_unique<CompiledFunction>();
  function->kind = FunctionKind::kGenerativeConstructor;
  function->name = library_.NameOf(name);
  function->qualified_name = "new " + compiled.name.text;
  function->owner_class = cls_index;
  function->parameter_count = 1;
  function->source_file = file_;
  const int index =
      AppendFunction(library_, source_, std::move(function), {nullptr, nullptr, -1, file_});
  compiled.functions.push_back(index);
  cls.constructors.emplace(name, index);
}

// ---- Functions and variables --------------------------------------------------------------------

std::string Declarer::QualifiedName(const ast::FunctionNode& node, int owner_class) const {
  if (owner_class == CompiledFunction::kNoOwner) return node.name;
  const std::string& cls = library_.classes[static_cast<std::size_t>(owner_class)]->name.text;
  const bool is_constructor =
      node.form == ast::FunctionForm::kConstructor || node.form == ast::FunctionForm::kFactory;
  constexpr std::string_view kNew = "new ";
  std::string name;
  name.reserve(kNew.size() + cls.size() + 1 + node.name.size());
  if (is_constructor) name += kNew;
  name += cls;
  if (!node.name.empty()) (name += '.') += node.name;
  return name;
}

int Declarer::AddFunction(ast::FunctionNode& node, int owner_class) {
  auto function = std::make_unique<CompiledFunction>();
  function->kind = KindOf(node.form);
  function->name = library_.NameOf(node.name);
  function->qualified_name = QualifiedName(node, owner_class);
  function->owner_class = owner_class;
  function->is_static = owner_class == CompiledFunction::kNoOwner || node.is_static ||
                        node.form == ast::FunctionForm::kFactory;
  const bool is_constructor = node.form == ast::FunctionForm::kConstructor;
  function->is_abstract = !node.has_body() && !node.is_external && !is_constructor;
  function->is_external = node.is_external;
  function->is_const = node.is_const;
  function->is_native = node.is_native;
  function->native_name = node.native_name;
  function->source_file = file_;
  if (!node.is_native && !node.native_name.empty() && !library_.uri.starts_with("dart:")) {
    Fail(node.offset, "A function that is native has no body.");
  }
  DeclareParameters(node, *function);
  CheckParameters(node);
  return AppendFunction(library_, source_, std::move(function), {&node, nullptr, -1, file_});
}

void Declarer::CheckParameters(const ast::FunctionNode& node) {
  const ast::ParameterNode* const twice = ast::FindNameTwice(node.parameters);
  for (const ast::ParameterNode* parameter : node.parameters) {
    if (parameter->name.empty()) {
      Fail(parameter->offset, "This parameter needs a name.");
    } else if (parameter == twice) {
      Fail(parameter->offset, "'" + parameter->name + "' is declared twice here.");
    }
    if (parameter->kind == ast::ParameterKind::kNamed && parameter->name[0] == '_') {
      Fail(parameter->offset, "A named parameter cannot be private.");
    }
  }
  if (node.parameters.size() + 1 > kMaxArguments) {
    Fail(node.offset, "This function has too many parameters.");
  }
}

// Of the variable that is declared next.
void Declarer::AddInitializer(const ast::VariableNode& node, int owner_class,
                              CompiledStatic& variable) {
  auto function = std::make_unique<CompiledFunction>();
  function->kind = FunctionKind::kStaticInitializer;
  function->qualified_name = node.name;
  if (owner_class != CompiledFunction::kNoOwner) {
    function->qualified_name =
        library_.classes[static_cast<std::size_t>(owner_class)]->name.text + "." + node.name;
  }
  function->owner_class = owner_class;
  function->is_static = true;
  function->source_file = file_;
  variable.initializer =
      AppendFunction(library_, source_, std::move(function),
                     {nullptr, node.initializer, static_cast<int>(library_.statics.size()), file_});
}

int Declarer::AddStatic(ast::VariableNode& node, int owner_class) {
  const int index = static_cast<int>(library_.statics.size());
  auto variable = std::make_unique<CompiledStatic>();
  variable->name = library_.NameOf(node.name);
  variable->owner_class = owner_class;
  variable->is_final = node.is_final;
  variable->is_const = node.is_const;
  ast::Expression* initializer = node.initializer;
  // Else code that checks it computes it.
  const bool is_plain = !checks_types_ || library_.uri.starts_with("dart:") ||
                        node.type == nullptr || initializer == nullptr ||
                        IsPlainlyOf(*initializer, *node.type);
  if (initializer == nullptr || ast::As<ast::NullLiteral>(initializer) != nullptr) {
    // It starts as null.
  } else if (!is_plain) {
    AddInitializer(node, owner_class, *variable);
  } else if (const auto* boolean = ast::As<ast::BoolLiteral>(initializer)) {
    variable->initial_value = boolean->value;
  } else if (const auto* integer = ast::As<ast::IntLiteral>(initializer);
             integer != nullptr && integer->big.empty()) {
    variable->initial_value = integer->value;
  } else if (const auto* number = ast::As<ast::DoubleLiteral>(initializer)) {
    variable->initial_value = number->value;
  } else if (const auto* string = ast::As<ast::StringLiteral>(initializer)) {
    variable->initial_value = string->value;
  } else {
    AddInitializer(node, owner_class, *variable);
  }
  library_.statics.push_back(std::move(variable));
  AppendOnly<const ast::Type*>& types = source_.static_types;
  while (types.size() < static_cast<std::size_t>(index)) types.push_back(nullptr);
  types.push_back(node.type);
  return index;
}

}  // namespace

void DeclareParameters(const ast::FunctionNode& node, CompiledFunction& function) {
  function.parameters.reserve(node.parameters.size());
  for (const ast::ParameterNode* parameter : node.parameters) {
    Parameter& declared = function.parameters.emplace_back();
    switch (parameter->kind) {
      case ast::ParameterKind::kRequired:
        declared.kind = Parameter::Kind::kRequired;
        ++function.required_count;
        break;
      case ast::ParameterKind::kOptional:
        declared.kind = Parameter::Kind::kOptional;
        break;
      case ast::ParameterKind::kNamed:
        declared.kind = Parameter::Kind::kNamed;
        break;
    }
    declared.name = parameter->name;
    declared.is_demanded = parameter->is_demanded;
    declared.has_default = parameter->default_value != nullptr &&
                           ast::As<ast::NullLiteral>(parameter->default_value) == nullptr;
    function.fills_defaults = function.fills_defaults || (node.is_native && declared.has_default);
    // What the superclass's constructor has: it gets the marker passed on.
    // So has the constructor that a factory passes on to.
    const bool is_passed_on = parameter->is_super || !node.redirection.empty();
    if (is_passed_on && parameter->default_value == nullptr) {
      declared.has_default = parameter->kind != ast::ParameterKind::kRequired;
    }
  }
  function.parameter_count =
      static_cast<std::uint32_t>(function.parameters.size()) + (function.is_static ? 0 : 1);
}

std::string ObjectionToPrefix(const std::vector<ast::Directive>& directives,
                              const ast::Directive& deferred) {
  const bool is_taken =
      std::any_of(directives.begin(), directives.end(), [&deferred](const ast::Directive& other) {
        return &other != &deferred && other.prefix == deferred.prefix;
      });
  if (!is_taken) return "";
  return "The prefix '" + deferred.prefix +
         "' of a deferred import can be that of no other import.";
}

int AppendFunction(CompiledLibrary& library, LibrarySource& source,
                   std::unique_ptr<CompiledFunction> function, const FunctionSource& from) {
  const std::size_t index = library.functions.size();
  while (source.functions.size() < index) source.functions.push_back({});
  source.functions.MakeRoom();
  library.functions.push_back(std::move(function));
  source.functions.push_back(from);
  return static_cast<int>(index);
}

void DeclareMembers(CompiledLibrary& library, LibrarySource& source, const CompileOptions& options,
                    int cls) {
  Declarer(library, source, options).RunMembers(cls);
}

std::optional<SyntaxError> Declare(CompiledLibrary& library, LibrarySource& source,
                                   const CompileOptions& options) {
  return Declarer(library, source, options).Run();
}

std::optional<SyntaxError> DeclareUnit(CompiledLibrary& library, LibrarySource& source,
                                       const CompileOptions& options) {
  return Declarer(library, source, options).RunLastUnit();
}

}  // namespace fart::lang
