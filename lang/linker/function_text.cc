#include "lang/linker/function_text.h"

namespace fart::lang {

bool IdentifyFunction(const Function* function, FunctionIdentity* identity) {
  if (function == nullptr || function->compiled == nullptr) return false;
  const CompiledFunction& compiled = *function->compiled;
  if (compiled.kind != FunctionKind::kFunction) return false;
  if (function->owner != nullptr && !compiled.is_static) return false;
  *identity = {function->library->record->url, compiled.qualified_name};
  return true;
}

Function* FindFunctionOf(Isolate& isolate, Linker& linker, const FunctionIdentity& identity) {
  const fart::Library* const library = isolate.libraries().FindByUrl(identity.library_url);
  return library == nullptr ? nullptr
                            : linker.FindNamed(linker.LibraryOf(library->number), identity.name);
}

}  // namespace fart::lang
