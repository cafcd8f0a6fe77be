#include "lang/compiler/library_set.h"

#include <algorithm>
#include <mutex>
#include <string_view>
#include <utility>

#include "heap/base/check.h"
#include "lang/compiler/declarer.h"
#include "lang/compiler/function_compiler.h"
#include "lang/compiler/member_linker.h"
#include "lang/compiler/name_linker.h"
#include "lang/syntax/parser.h"

namespace fart::lang {

std::optional<SyntaxError> LibrarySet::Add(std::string uri,
                                           std::vector<std::unique_ptr<CompilationUnit>> units,
                                           int* number) {
  FART_CHECK(!units.empty());
  auto library = std::make_unique<CompiledLibrary>();
  auto source = std::make_unique<LibrarySource>();
  library->number = NextNumber();
  library->uri = std::move(uri);
  source->units = std::move(units);
  if (auto error = Declare(*library, *source, options_)) return error;
  *number = library->number;
  MakeRoomForOne();
  unlinked_.push_back(*number);
  Enter(std::move(library), std::move(source));
  return std::nullopt;
}

int LibrarySet::NextNumber() const {
  return free_numbers_.empty() ? static_cast<int>(size()) : free_numbers_.back();
}

void LibrarySet::MakeRoomForOne() {
  const auto make_room = [most = libraries_.size() + 1](auto& list) {
    constexpr std::size_t kFirst = 8;
    if (list.capacity() < most) list.reserve(std::max(kFirst, 2 * most));
  };
  make_room(libraries_);
  make_room(sources_);
  make_room(free_numbers_);
  make_room(program_);
  make_room(unlinked_);
}

void LibrarySet::Enter(std::unique_ptr<CompiledLibrary> library,
                       std::unique_ptr<LibrarySource> source) {
  program_.push_back(library->number);
  if (free_numbers_.empty()) {
    libraries_.push_back(std::move(library));
    sources_.push_back(std::move(source));
    return;
  }
  const std::size_t index = OwnIndex(library->number);
  free_numbers_.pop_back();
  libraries_[index] = std::move(library);
  sources_[index] = std::move(source);
}

void LibrarySet::Remove(int number) noexcept {
  const std::size_t index = OwnIndex(number);
  FART_CHECK(libraries_[index] != nullptr && !additions_.contains(number));
  std::erase(program_, number);
  std::erase(unlinked_, number);
  dependencies_.Forget(number);
  constants_.erase(constants_.lower_bound({number, 0}), constants_.lower_bound({number + 1, 0}));
  libraries_[index].reset();
  sources_[index].reset();
  free_numbers_.push_back(number);
}

void LibrarySet::GiveUp(int number) {
  if (!IsOwn(number)) return;
  if (!source(number).is_linked) OwnSource(number).is_broken = true;
  std::erase(program_, number);
}

void LibrarySet::NoteLinked() {
  std::erase_if(unlinked_, [this](int number) {
    return source(number).is_linked || source(number).is_broken;
  });
}

void LibrarySet::BindDirective(int library, std::size_t directive, int target) {
  LibrarySource& source = OwnSource(library);
  FART_CHECK(directive < source.bindings.size());
  source.bindings[directive] = target;
}

std::optional<SyntaxError> LibrarySet::AddPart(int library, std::unique_ptr<CompilationUnit> unit) {
  LibrarySource& source = OwnSource(library);
  FART_CHECK(!source.is_linked);
  source.units.push_back(std::move(unit));
  return DeclareUnit(OwnLibrary(library), source, options_);
}

void LibrarySet::AddImport(int library, const std::string& prefix, int target) {
  LibrarySource& source = OwnSource(library);
  FART_CHECK(!source.is_linked);
  ast::Directive directive;
  directive.prefix = prefix;
  source.units[0]->directives.push_back(std::move(directive));
  source.bindings.push_back(target);
}

std::optional<SyntaxError> LibrarySet::Link(bool* lacks_class) {
  FART_CHECK(core_ != kUnbound);
  return LinkNames(*this, lacks_class);
}

namespace {

// Takes back what a class that is being added has put into a library, unless it is kept.
class Addition {
 public:
  Addition(CompiledLibrary& library, LibrarySource& source, const std::string& name)
      : library_(library),
        source_(source),
        name_(name),
        files_(library.files.size()),
        classes_(library.classes.size()),
        units_(source.units.size()),
        was_exported_(source.exported.names().contains(name)),
        was_visible_(source.visible.names().contains(name)) {}
  ~Addition() {
    if (is_kept_) return;
    library_.files.resize(files_);
    library_.classes.resize(classes_);
    source_.classes.resize(std::min(source_.classes.size(), classes_));
    source_.declared.Forget(name_);
    if (!was_exported_) source_.exported.Forget(name_);
    if (!was_visible_) source_.visible.Forget(name_);
    source_.units.resize(units_);
  }
  Addition(const Addition&) = delete;
  Addition& operator=(const Addition&) = delete;

  void Keep() { is_kept_ = true; }

 private:
  CompiledLibrary& library_;
  LibrarySource& source_;
  const std::string name_;
  const std::size_t files_;
  const std::size_t classes_;
  const std::size_t units_;
  const bool was_exported_;
  const bool was_visible_;
  bool is_kept_ = false;
};

}  // namespace

std::optional<SyntaxError> LibrarySet::AddNativeWrapper(int number,
                                                        std::unique_ptr<CompilationUnit> unit,
                                                        std::uint32_t native_fields,
                                                        ClassRef* added_ref) {
  const int home = IsOwn(number) ? number : MakeAdditionTo(number);
  LibrarySource& source = OwnSource(home);
  CompiledLibrary& library = OwnLibrary(home);
  Addition addition(library, source, unit->classes.front()->name);
  source.units.push_back(std::move(unit));
  if (auto error = DeclareUnit(library, source, options_)) return error;
  CompiledClass& added = *library.classes.back();
  added.native_fields = native_fields;
  const ClassRef ref{home, static_cast<int>(library.classes.size()) - 1};
  *added_ref = ref;
  if (!source.is_linked) {  // Link does the rest.
    addition.Keep();
    return std::nullopt;
  }
  const Entity entity{Entity::Kind::kClass, home, ref.cls};
  added.superclass = {TypeRef::Kind::kClass, *FindCoreClass("Object"), {}, "Object"};
  source.visible.Declare(added.name.text, entity);
  if (added.name.library == Name::kPublic) source.exported.Declare(added.name.text, entity);
  addition.Keep();
  return std::nullopt;
}

bool LibrarySet::Declares(int number, const std::string& name) const {
  const int addition = AdditionTo(number);
  return source(number).declared.Find(name) != nullptr ||
         (addition != kUnbound && source(addition).declared.Find(name) != nullptr);
}

std::optional<ClassRef> LibrarySet::FindVisibleClass(int number, const std::string& name) const {
  const LibrarySource& source = this->source(number);
  const Entity* entity = source.declared.Find(name);
  const int addition = AdditionTo(number);
  if (entity == nullptr && addition != kUnbound) {
    entity = this->source(addition).declared.Find(name);
  }
  if (entity == nullptr) entity = source.visible.Find(name);
  if (!source.is_linked || entity == nullptr || entity->kind != Entity::Kind::kClass) {
    return std::nullopt;
  }
  return ClassRef{entity->library, entity->index};
}

// ---- Members that were not read with their file -------------------------------------------------

void LibrarySet::ReadMembersOf(ClassRef ref) const {
  if (!IsOwn(ref.library)) return base_->ReadMembersOf(ref);
  const std::lock_guard<SetLock> guard(lock_);
  if (ClassOf(ref).has_members.load(std::memory_order_relaxed)) return;
  // Nobody has seen what changes (LC-S6), and no set is made constant.
  LinkMembers(const_cast<LibrarySet&>(*this), ref);
}

// ---- Libraries below ----------------------------------------------------------------------------

int LibrarySet::AdditionTo(int number) const {
  const auto found = additions_.find(number);
  return found == additions_.end() ? kUnbound : found->second;
}

int LibrarySet::MakeAdditionTo(int number) {
  if (const int known = AdditionTo(number); known != kUnbound) return known;
  auto library = std::make_unique<CompiledLibrary>();
  const int addition = NextNumber();
  library->number = addition;
  library->uri = this->library(number).uri;
  auto source = std::make_unique<LibrarySource>();
  source->is_linked = true;
  MakeRoomForOne();
  additions_.emplace(number, addition);
  Enter(std::move(library), std::move(source));
  return addition;
}

const std::vector<ast::VariableNode*>& LibrarySet::FieldsToCompile(ClassRef ref) {
  const ClassSource& shared = ClassSourceOf(ref);
  const bool has_initializers =
      std::any_of(shared.fields.begin(), shared.fields.end(),
                  [](const ast::VariableNode* field) { return field->initializer != nullptr; });
  if (IsOwn(ref.library) || !has_initializers) return shared.fields;
  const auto known = copied_fields_.find({ref.library, ref.cls});
  if (known != copied_fields_.end()) return known->second;
  std::unique_ptr<CompilationUnit>& copy = copies_[{ref.library, shared.file}];
  if (copy == nullptr) {
    const auto& unit = source(ref.library).units[static_cast<std::size_t>(shared.file)];
    copy = Parse(unit->file, Blocks::kWhenAsked).unit;
    FART_CHECK(copy != nullptr);  // It was read before.
  }
  std::vector<ast::VariableNode*> fields;
  for (const ast::ClassNode* node : copy->classes) {
    if (node->name != shared.node->name) continue;
    for (ast::VariableNode* variable : node->variables) {
      if (!variable->is_static) fields.push_back(variable);
    }
  }
  FART_CHECK(fields.size() == shared.fields.size());
  return copied_fields_[{ref.library, ref.cls}] = std::move(fields);
}

// ---- Code ---------------------------------------------------------------------------------------

std::optional<SyntaxError> LibrarySet::Compile(FunctionRef function) {
  FART_CHECK(source(function.library).is_linked);
  const CompiledFunction& compiled = FunctionOf(function);
  if (compiled.is_compiled || !compiled.has_code()) return std::nullopt;
  return CompileBody(*this, function);
}

namespace {

// A flag that is set in its lifetime.
class FlagScope {
 public:
  explicit FlagScope(bool* flag) : flag_(flag) { *flag = true; }
  ~FlagScope() { *flag_ = false; }
  FlagScope(const FlagScope&) = delete;
  FlagScope& operator=(const FlagScope&) = delete;

 private:
  bool* const flag_;
};

}  // namespace

std::optional<SyntaxError> LibrarySet::CompileLibrary(int number) {
  const FlagScope noting(&is_noting_);
  // Constants first: whoever names one then knows its value. Compiling appends hidden ones, which
  // have no initialiser.
  const std::size_t constants = library(number).statics.size();
  for (std::size_t i = 0; i < constants; ++i) {
    const CompiledStatic& variable = *library(number).statics[i];
    if (!variable.is_const || variable.initializer < 0) continue;
    if (auto error = Compile({number, variable.initializer})) return error;
  }
  // Compiling appends closures, which are compiled already.
  const std::size_t count = source(number).functions.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (auto error = Compile({number, static_cast<int>(i)})) return error;
  }
  const LibrarySource& library = source(number);
  for (std::size_t file = 0; file < library.units.size(); ++file) {
    for (const auto& [annotation, cls] : library.units[file]->annotations) {
      if (auto error = CheckAnnotation(*this, number, static_cast<int>(file), cls, *annotation)) {
        return error;
      }
    }
  }
  const std::vector<DependencyUse> circle = dependencies_.FindCircle(number);
  if (circle.empty()) return std::nullopt;
  return ErrorOf(circle);
}

ConstantValue LibrarySet::ValueOf(StaticRef ref) const {
  const CompiledStatic& variable =
      *library(ref.library).statics[static_cast<std::size_t>(ref.variable)];
  if (!variable.is_const) return ConstantValue();
  if (variable.initializer >= 0) {
    const auto known = constants_.find({ref.library, ref.variable});
    return known == constants_.end() ? ConstantValue() : known->second;
  }
  const auto& value = variable.initial_value;
  if (const auto* const truth = std::get_if<bool>(&value)) return ConstantValue::Bool(*truth);
  if (const auto* const integer = std::get_if<std::int64_t>(&value)) {
    return ConstantValue::Int(*integer);
  }
  if (const auto* const number = std::get_if<double>(&value)) return ConstantValue::Double(*number);
  if (const auto* const text = std::get_if<std::string>(&value)) {
    return ConstantValue::String(*text);
  }
  return ConstantValue::Of(ConstantValue::Kind::kNull);
}

// The circle is told from its first part on, at the place where that one names the next.
SyntaxError LibrarySet::ErrorOf(const std::vector<DependencyUse>& circle) const {
  const auto source_of = [this](const DependencyUse& use) -> const FunctionSource& {
    const auto index = static_cast<std::size_t>(use.from.function.function);
    return source(use.from.function.library).functions[index];
  };
  const auto name_of = [this](const DependencyUse& use) {
    const std::string& name = FunctionOf(use.from.function).qualified_name;
    constexpr std::string_view kNew = "new ";
    return "'" + (name.starts_with(kNew) ? name.substr(kNew.size()) : name) + "'";
  };
  const bool redirects = std::all_of(circle.begin(), circle.end(), [&](const DependencyUse& use) {
    const ast::FunctionNode* const node = source_of(use).node;
    return use.from.part == DependentPart::kValue && node != nullptr && node->is_redirecting();
  });
  std::vector<std::string> names;
  for (const DependencyUse& use : circle) {
    const std::string name = name_of(use);
    if (names.empty() || (names.back() != name && names.front() != name)) names.push_back(name);
  }
  const std::size_t first_file = static_cast<std::size_t>(source_of(circle[0]).file);
  const SourceFile& file = *source(circle[0].from.function.library).units[first_file]->file;
  const bool is_constant =
      FunctionOf(circle[0].from.function).kind == FunctionKind::kStaticInitializer;
  std::string message = is_constant ? "The constant " : "The constructor ";
  message += names[0] + (redirects ? " redirects to itself" : " depends on itself");
  constexpr std::size_t kShown = 5;
  const char* separator = ", by way of ";
  for (std::size_t i = 1; i < names.size() && i <= kShown; ++i) {
    message += std::exchange(separator, ", ") + names[i];
  }
  if (names.size() > kShown + 1) message += ", ...";
  return file.ErrorAt(circle[0].offset, message + ".");
}

void LibrarySet::ForgetSource(int number) {
  LibrarySource& source = OwnSource(number);
  for (std::unique_ptr<CompilationUnit>& unit : source.units) unit.reset();
  for (ClassSource& cls : source.classes) cls = ClassSource{};
  for (std::size_t i = 0; i < source.functions.size(); ++i) {
    source.functions.Mutable(i) = FunctionSource{};
  }
  source.static_types.Clear();
  source.typedefs.clear();
  source.typedef_files.clear();
  source.exported = NameScope();
  source.torn_off.clear();
  dependencies_.Forget(number);
  std::erase(program_, number);
}

int LibrarySet::FindLibrary(const std::string& uri) const {
  for (int i = 0; i < static_cast<int>(size()); ++i) {
    if (Has(i) && library(i).uri == uri && !source(i).is_broken) return i;
  }
  return kUnbound;
}

ClassRef LibrarySet::MixedIn(ClassRef application) const {
  while (ClassOf(application).mixin.kind == TypeRef::Kind::kClass) {
    application = ClassOf(application).mixin.cls;
  }
  return application;
}

std::optional<ClassRef> LibrarySet::FindCoreClass(const std::string& name) const {
  const Entity* entity = source(core_).declared.Find(name);
  if (entity == nullptr || entity->kind != Entity::Kind::kClass) return std::nullopt;
  return ClassRef{entity->library, entity->index};
}

}  // namespace fart::lang
