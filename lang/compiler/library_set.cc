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

std::optional<SyntaxError> LibrarySet::Link() {
  FART_CHECK(core_ != kUnbound);
  return LinkNames(*this);
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

std::optional<ClassRef> LibrarySet::FindCoreClass(const std::string& name) {
  const Entity* entity = source(core_).declared.Find(name);
  if (entity == nullptr || entity->kind != Entity::Kind::kClass) return std::nullopt;
  return ClassRef{entity->library, entity->index};
}

}  // namespace fart::lang
