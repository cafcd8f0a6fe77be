#include "fuzz/ffi_machine.h"

#include <cstdlib>

#include "dart_api.h"
#include "fart_tools_api.h"

namespace fart::fuzz {
namespace {

// What `run` of the program answers; a text of its own if it does not come to that.
std::string Run(const std::string& program) {
  Fart_EnterScope();
  const Fart_Handle url = Fart_NewStringFromCString("ffi_program.dart");
  const Fart_Handle library =
      Fart_LoadScript(url, url, Fart_NewStringFromCString(program.c_str()), 0, 0);
  std::string problem = Fart_IsError(library) ? Fart_GetError(library) : "";
  if (problem.empty()) {
    const Fart_Handle answer = Fart_Invoke(library, Fart_NewStringFromCString("run"), 0, nullptr);
    const char* text = "";
    if (Fart_IsError(answer)) {
      problem = Fart_GetError(answer);
    } else if (!Fart_IsError(Fart_StringToCString(answer, &text))) {
      problem = text;
    }
  }
  Fart_ExitScope();
  const char* const complaint = Fart_VerifyHeap();
  if (problem.empty() && complaint != nullptr) problem = complaint;
  return problem;
}

}  // namespace

std::string RunFfiProgram(const std::uint8_t* bytes, std::size_t size, const char* gc_stress) {
  const std::string stress_before = std::string("--gc-stress=") + Fart_GetFlag("gc-stress");
  if (gc_stress != nullptr) Fart_SetFlag((std::string("--gc-stress=") + gc_stress).c_str());
  const std::string program = FfiProgram(bytes, size);
  char* error = nullptr;
  const Fart_Isolate isolate = Fart_CreateIsolate("ffi", "main", nullptr, nullptr, nullptr, &error);
  std::string problem;
  if (isolate == nullptr) {
    problem = error != nullptr ? error : "no isolate";
    std::free(error);
  } else {
    problem = Run(program);
    Fart_ShutdownIsolate();
  }
  Fart_SetFlag(stress_before.c_str());
  return problem.empty() ? "" : problem + "\nin\n" + program;
}

}  // namespace fart::fuzz
