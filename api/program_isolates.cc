// Isolates that run a program -- made, and given to the VM or to any thread.

#include <cstdint>
#include <string>

#include "api/include/dart_api.h"
#include "api/isolates.h"
#include "api/shim.h"
#include "lang/fart_program.h"
#include "vm/entry/misuse.h"
#include "vm/isolate.h"
#include "vm/isolate_registry.h"
#include "vm/native/libraries.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

constexpr const char* kNoMemoryToCreate = "Fart_CreateIsolate: the system has no memory.";

}  // namespace

Fart_Isolate Fart_CreateIsolate(const char* script_uri, const char* main,
                                const std::uint8_t* snapshot, Fart_IsolateFlags* flags,
                                void* callback_data, char** error) FART_MAY_COLLECT FART_TRY {
  if (snapshot != nullptr) {
    return RefuseIsolate(error, "Fart_CreateIsolate: this version starts without snapshots.");
  }
  if (flags != nullptr && flags->version != DART_FLAGS_CURRENT_VERSION) {
    return RefuseIsolate(error, "Fart_CreateIsolate: flags is of an unknown version.");
  }
  IsolateOptions options;
  if (script_uri != nullptr) options.name = script_uri;
  if (main != nullptr) options.name.append("$").append(main);
  options.callback_data = callback_data;
  options.flags.enable_asserts = flags != nullptr && flags->enable_asserts;
  options.flags.checked = flags != nullptr && flags->enable_type_checks;
  options.program = lang::MakeFartProgram;
  return CreateIsolate(__func__, options, error);
}
FART_CATCH_AND(return RefuseIsolate(error, kNoMemoryToCreate))

bool Fart_IsolateMakeRunnable(Fart_Isolate isolate) FART_TRY {
  if (Isolate::Current() != nullptr) {
    RecordMisuse(std::string(__func__) + ": this thread is inside an isolate.");
    return false;
  }
  if (IsolateRegistry::TryEnter(isolate) != EnterResult::kEntered) {
    RecordMisuse(Expects(__func__, "isolate", "an isolate that no thread is inside of"));
    return false;
  }
  Isolate& entered = *Isolate::Current();
  const bool has_script = entered.libraries().root() != nullptr;
  const bool is_new = has_script && entered.MakeRunnable();
  entered.Exit();
  if (!is_new) {
    RecordMisuse(std::string(__func__) + (has_script ? ": the isolate is runnable already."
                                                     : ": the isolate has loaded no script."));
  }
  return is_new;
}
FART_CATCH_OR(false)
