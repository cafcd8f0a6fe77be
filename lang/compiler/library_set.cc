#include "lang/compiler/library_set.h"

#include <algorithm>
#include <utility>

#include "heap/base/check.h"
#include "lang/compiler/declarer.h"
#include "lang/compiler/function_compiler.h"
#include "lang/compiler/name_linker.h"
#include "lang/syntax/parser.h"

namespace fart::lang {

std::optional<SyntaxError> LibrarySet::Add(std::string uri,
                                           std::vector<std::unique_ptr<CompilationUnit>> units,
                                           int* number) {
  FART_CHECK(!units.empty());
  auto library = std::make_unique<CompiledLibrary>();
  auto source = std::make_unique<LibrarySource>();
  library->number = static_cast<int>(size());
  library->uri = std::move(uri);
  source->units = std::move(units);
  if (auto error = Declare(*library, *source)) return error;
  *number = library->number;
  MakeRoomForOne();
  libraries_.push_back(std::move(library));
  sources_.push_back(std::move(source));
  return std::nullopt;
}

// Both or none: afterwards adding needs no memory.
void LibrarySet::MakeRoomForOne() {
  constexpr std::size_t kFirst = 8;
  if (libraries_.size() == libraries_.capacity()) {
    libraries_.reserve(std::max(kFirst, 2 * libraries_.size()));
  }
  if (sources_.size() == sources_.capacity()) {
    sources_.reserve(std::max(kFirst, 2 * sources_.size()));
  }
}

void LibrarySet::GiveUp(int number) {
  if (IsOwn(number) && !source(number).is_linked) OwnSource(number).is_broken = true;
}

void LibrarySet::BindDirective(int library, std::size_t directive, int target) {
  LibrarySource& source = OwnSource(library);
  FART_CHECK(directive < source.bindings.size());
  source.bindings[directive] = target;
}

std::optional<SyntaxError> LibrarySet::Link(bool* lacks_class) {
  FART_CHECK(core_ != kUnbound);
  return LinkNames(*this, lacks_class);
}

std::optional<SyntaxError> LibrarySet::AddNativeWrapper(int number,
                                                        std::unique_ptr<CompilationUnit> unit,
                                                        std::uint32_t native_fields,
                                                        ClassRef* added_ref) {
  const int home = IsOwn(number) ? number : MakeAdditionTo(number);
  LibrarySource& source = OwnSource(home);
  CompiledLibrary& library = OwnLibrary(home);
  source.units.push_back(std::move(unit));
  if (auto error = DeclareUnit(library, source)) return error;
  CompiledClass& added = *library.classes.back();
  added.native_fields = native_fields;
  const ClassRef ref{home, static_cast<int>(library.classes.size()) - 1};
  *added_ref = ref;
  if (!source.is_linked) return std::nullopt;  // Link does the rest.
  const Entity entity{Entity::Kind::kClass, home, ref.cls};
  added.superclass = {TypeRef::Kind::kClass, *FindCoreClass("Object"), {}, "Object"};
  source.visible.Declare(added.name.text, entity);
  if (added.name.library == Name::kPublic) source.exported.Declare(added.name.text, entity);
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

// ---- Libraries below ----------------------------------------------------------------------------

int LibrarySet::AdditionTo(int number) const {
  const auto found = additions_.find(number);
  return found == additions_.end() ? kUnbound : found->second;
}

int LibrarySet::MakeAdditionTo(int number) {
  if (const int known = AdditionTo(number); known != kUnbound) return known;
  auto library = std::make_unique<CompiledLibrary>();
  const int addition = static_cast<int>(size());
  library->number = addition;
  library->uri = this->library(number).uri;
  auto source = std::make_unique<LibrarySource>();
  source->is_linked = true;
  MakeRoomForOne();
  additions_.emplace(number, addition);
  libraries_.push_back(std::move(library));
  sources_.push_back(std::move(source));
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
    copy = Parse(unit->file).unit;
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

std::optional<SyntaxError> LibrarySet::CompileLibrary(int number) {
  // Compiling appends closures, which are compiled already.
  const std::size_t count = source(number).functions.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (auto error = Compile({number, static_cast<int>(i)})) return error;
  }
  return std::nullopt;
}

void LibrarySet::ForgetSource(int number) {
  LibrarySource& source = OwnSource(number);
  for (std::unique_ptr<CompilationUnit>& unit : source.units) unit.reset();
  for (ClassSource& cls : source.classes) cls = ClassSource{};
  for (FunctionSource& function : source.functions) function = FunctionSource{};
  source.static_types.clear();
  source.typedefs.clear();
  source.typedef_files.clear();
  source.exported = NameScope();
}

int LibrarySet::FindLibrary(const std::string& uri) const {
  for (int i = 0; i < static_cast<int>(size()); ++i) {
    if (library(i).uri == uri && !source(i).is_broken) return i;
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
