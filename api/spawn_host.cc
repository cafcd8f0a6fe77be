#include "api/spawn_host.h"

#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

#include "api/host.h"
#include "api/include/dart_api.h"
#include "api/isolates.h"
#include "api/shim.h"
#include "vm/entry/callback_frame.h"
#include "vm/isolate_registry.h"
#include "vm/platform/standard_output.h"
#include "vm/spawn.h"

namespace fart::api {

namespace {

// A call of the host's create callback: more arguments than CallForeign passes on.
struct CreateCall {
  Fart_IsolateCreateCallback callback;
  const char* script_uri;
  void* parent_data;
  bool enable_asserts = false;
  bool checked = false;
  Fart_Isolate isolate = nullptr;
  char* error = nullptr;
};

void CallCreate(CreateCall* call) {
  Fart_IsolateFlags flags = {};
  flags.version = DART_FLAGS_CURRENT_VERSION;
  flags.enable_asserts = call->enable_asserts;
  flags.enable_type_checks = call->checked;
  call->isolate = call->callback(call->script_uri, "main", nullptr, nullptr, &flags,
                                 call->parent_data, &call->error);
}

class ForeignSpawnHost final : public SpawnHost {
 public:
  Isolate* Create(const SpawnRequest& request, std::string* error) override FART_MAY_COLLECT {
    CreateCall call{.callback = RunningMachine()->create,
                    .script_uri = request.script_uri.c_str(),
                    .parent_data = request.parent_data,
                    .enable_asserts = request.enable_asserts,
                    .checked = request.checked};
    {
      CallbackFrame frame;
      const ForeignOutcome outcome = CallForeign(frame.mark(), CallCreate, &call);
      if (outcome != ForeignOutcome::kReturned) {
        *error = "The isolate create callback " + DescribeEscape(outcome);
        return nullptr;
      }
      // It may leave the new isolate current.
      Isolate* const current = Isolate::Current();
      if (current != nullptr && current->foreign() == call.isolate) current->Exit();
    }
    if (call.error != nullptr) Say(call.error, error);
    std::free(call.error);
    return call.isolate == nullptr ? nullptr : Checked(call.isolate, error);
  }

  void ShutDown(Isolate* isolate) override FART_MAY_COLLECT { api::ShutDown(isolate); }

  void ReportError(Isolate& isolate, Rooted error) override FART_MAY_COLLECT {
    std::string text;
    try {
      text = DescribeError(isolate, error);
    } catch (const std::bad_alloc&) {  // Nothing more can be said of it.
    }
    FlushOutput();  // After what the program printed.
    std::fprintf(stderr, "Unhandled exception in isolate '%s':\n%s\n", isolate.name().c_str(),
                 text.empty() ? TextOf(ErrorText::kOffHeapMemory) : text.c_str());
  }

 private:
  // Leaves it empty if there is no memory for the text.
  static void Say(const char* text, std::string* error) {
    try {
      *error = text;
    } catch (const std::bad_alloc&) {
      error->clear();
    }
  }

  // Null, and it has ended if it is one: it cannot be used.
  static Isolate* Checked(Fart_Isolate candidate, std::string* error) FART_MAY_COLLECT {
    if (IsolateRegistry::TryEnter(candidate) != EnterResult::kEntered) {
      Say("The isolate create callback returned what is no isolate, or one in use.", error);
      return nullptr;
    }
    Isolate* const isolate = Isolate::Current();
    if (isolate->libraries().root() == nullptr) {
      Say("The isolate create callback returned an isolate that has loaded no script.", error);
      api::ShutDown(isolate);
      return nullptr;
    }
    isolate->MakeRunnable();
    isolate->Exit();
    return isolate;
  }
};

}  // namespace

namespace {

ForeignSpawnHost& TheHost() {
  static auto* const host = new ForeignSpawnHost;
  return *host;
}

}  // namespace

void PrepareSpawning() { static_cast<void>(TheHost()); }

void AllowSpawning() { SetSpawnHost(RunningMachine()->create == nullptr ? nullptr : &TheHost()); }

void ForbidSpawning() { SetSpawnHost(nullptr); }

}  // namespace fart::api
