#include "lang/async_entry.h"

#include "heap/base/check.h"
#include "vm/core_shapes.h"
#include "vm/libraries.h"

namespace fart::lang {

void AsyncEntry::Bind() {
  const fart::Library* const async = isolate_.libraries().FindByUrl("dart:async");
  FART_CHECK(async != nullptr);  // dart:core exports some of it.
  LinkedLibrary& library = linker_.LibraryOf(async->number);
  run_microtasks_ = linker_.FindFunction(library, FunctionKind::kFunction, "_runMicrotasks");
  first_microtask_ = linker_.FindStatic(library, "_first");
  FART_CHECK(run_microtasks_ != nullptr && first_microtask_ != nullptr);
}

bool AsyncEntry::HasMicrotasks() const {
  const ObjectPtr first = first_microtask_->value->value;
  return first != kUninitialised && !first.is_null();
}

Outcome AsyncEntry::RunMicrotasks() {
  if (!HasMicrotasks()) return Outcome::Immediate(kTrue);
  const Outcome done = interpreter_.InvokeFunction(run_microtasks_, {});
  return done.IsError() ? done : Outcome::Immediate(kTrue);
}

}  // namespace fart::lang
