#include "lang/compiler/library_set.h"

#include <utility>

#include "heap/base/check.h"
#include "lang/compiler/declarer.h"
#include "lang/compiler/function_compiler.h"
#include "lang/compiler/name_linker.h"

namespace fart::lang {

std::optional<SyntaxError> LibrarySet::Add(std::string uri,
                                           std::vector<std::unique_ptr<CompilationUnit>> units,
                                           int* number) {
  FART_CHECK(!units.empty());
  auto library = std::make_unique<CompiledLibrary>();
  auto source = std::make_unique<LibrarySource>();
  library->number = static_cast<int>(libraries_.size());
  library->uri = std::move(uri);
  source->units = std::move(units);
  if (auto error = Declare(*library, *source)) return error;
  *number = library->number;
  libraries_.push_back(std::move(library));
  sources_.push_back(std::move(source));
  return std::nullopt;
}

void LibrarySet::BindDirective(int library, std::size_t directive, int target) {
  FART_CHECK(directive < source(library).bindings.size());
  source(library).bindings[directive] = target;
}

std::optional<SyntaxError> LibrarySet::Link(bool* lacks_class) {
  FART_CHECK(core_ != kUnbound);
  return LinkNames(*this, lacks_class);
}

std::optional<SyntaxError> LibrarySet::AddNativeWrapper(int number,
                                                        std::unique_ptr<CompilationUnit> unit,
                                                        std::uint32_t native_fields) {
  LibrarySource& source = this->source(number);
  CompiledLibrary& library = this->library(number);
  source.units.push_back(std::move(unit));
  if (auto error = DeclareUnit(library, source)) return error;
  CompiledClass& added = *library.classes.back();
  added.native_fields = native_fields;
  if (!source.is_linked) return std::nullopt;  // Link does the rest.
  const ClassRef ref{number, static_cast<int>(library.classes.size()) - 1};
  const Entity entity{Entity::Kind::kClass, number, ref.cls};
  added.superclass = {TypeRef::Kind::kClass, *FindCoreClass("Object"), {}, "Object"};
  source.visible.Declare(added.name.text, entity);
  if (added.name.library == Name::kPublic) source.exported.Declare(added.name.text, entity);
  return std::nullopt;
}

std::optional<ClassRef> LibrarySet::FindVisibleClass(int number, const std::string& name) {
  const LibrarySource& source = this->source(number);
  const Entity* entity = source.declared.Find(name);
  if (entity == nullptr) entity = source.visible.Find(name);
  if (!source.is_linked || entity == nullptr || entity->kind != Entity::Kind::kClass) {
    return std::nullopt;
  }
  return ClassRef{entity->library, entity->index};
}

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

int LibrarySet::FindLibrary(const std::string& uri) const {
  for (std::size_t i = 0; i < libraries_.size(); ++i) {
    if (libraries_[i]->uri == uri && !sources_[i]->is_broken) return static_cast<int>(i);
  }
  return kUnbound;
}

ClassRef LibrarySet::MixedIn(ClassRef application) {
  while (ClassOf(application).mixin.kind == TypeRef::Kind::kClass) {
    application = ClassOf(application).mixin.cls;
  }
  return application;
}

std::optional<ClassRef> LibrarySet::FindCoreClass(const std::string& name) {
  const Entity* entity = source(core_).declared.Find(name);
  if (entity == nullptr || entity->kind != Entity::Kind::kClass) return std::nullopt;
  return ClassRef{entity->library, entity->index};
}

}  // namespace fart::lang
