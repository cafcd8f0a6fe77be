#include "bin/run_main.h"

#include "api/shim.h"
#include "lang/fart_program.h"
#include "vm/values/errors.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"

using namespace fart::api;  // NOLINT: the macros of shim.h

namespace fart::program {

Fart_Handle RunMain(Fart_Handle arguments) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, list, arguments);
  FART_NEED_TYPE(isolate, list, arguments, IsBuiltInList, "List");
  const ProgramSection running(isolate);
  return FinishCall(isolate, lang::InvokeMain(isolate, list));
}
FART_CATCH

Fart_Handle LoadGiven(const GivenPlace& place, const GivenCode& code,
                      LoadedAs as) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  const ScriptSource source = {.url = place.name,
                               .path = place.folder + "/" + place.name,
                               .text = code.text,
                               .hidden_lines = code.hidden_lines};
  Program& program = isolate.program();
  return Wrap(isolate,
              as == LoadedAs::kScript ? program.LoadScript(source) : program.LoadLibrary(source));
}
FART_CATCH

void ForgetStops() { Isolate::Current()->ForgetStop(); }

std::string StackTraceText(Fart_Handle handle) FART_MAY_COLLECT {
  Isolate& isolate = *Isolate::Current();
  const ObjectPtr* const slot = SlotOf(isolate, handle);
  if (slot == nullptr || !Holds<IsError>(Rooted(slot))) return "";
  StackRoots<1> trace(isolate.stack());
  {
    const NoSafepointScope quiet;
    trace.Set(0, ErrorStackTrace(*slot, quiet));
    if (trace[0].Get(quiet).is_null()) return "";
  }
  const Outcome text = isolate.program().ToString(trace[0]);
  if (text.IsError()) return "";
  const NoSafepointScope quiet;
  return ToUtf8(text.Get(quiet), quiet);
}

}  // namespace fart::program
