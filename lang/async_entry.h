// AsyncEntry -- where the VM calls into dart:async and dart:isolate: microtasks and messages.
//
// The queue of microtasks is Fart (lang/lib/async/microtask.dart). Asking whether it is empty runs
// no code, so that calls of a host which leave nothing behind cost nothing more.

#ifndef FART_LANG_ASYNC_ENTRY_H_
#define FART_LANG_ASYNC_ENTRY_H_

#include "heap/base/safepoint.h"
#include "lang/interpreter/interpreter.h"
#include "lang/linker/linker.h"
#include "vm/isolate.h"
#include "vm/program.h"
#include "vm/roots/rooted.h"

namespace fart::lang {

class AsyncEntry {
 public:
  AsyncEntry(Isolate& isolate, Linker& linker, Interpreter& interpreter)
      : isolate_(isolate), linker_(linker), interpreter_(interpreter) {}
  AsyncEntry(const AsyncEntry&) = delete;
  AsyncEntry& operator=(const AsyncEntry&) = delete;

  // Once, when the libraries are loaded.
  void Bind();

  bool HasMicrotasks() const;
  // Program::RunMicrotasks and Program::HandleMessage.
  Outcome RunMicrotasks() FART_MAY_COLLECT;
  Outcome HandleMessage(const MessageOrigin& origin, Rooted message) FART_MAY_COLLECT;

 private:
  LinkedLibrary& LibraryOf(const char* url);

  Isolate& isolate_;
  Linker& linker_;
  Interpreter& interpreter_;
  Function* run_microtasks_ = nullptr;
  Function* handle_message_ = nullptr;
  const StaticEntity* first_microtask_ = nullptr;
};

}  // namespace fart::lang

#endif  // FART_LANG_ASYNC_ENTRY_H_
