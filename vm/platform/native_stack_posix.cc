#include "vm/platform/native_stack.h"

#include <dlfcn.h>
#include <unwind.h>

#include <cstdint>
#include <string_view>

namespace fart {

namespace {

struct Walk {
  std::uintptr_t outermost;
  std::size_t most;
  const void* own_file;
  std::string text;
};

std::string_view FileNameOf(const char* path) {
  const std::string_view whole(path == nullptr ? "?" : path);
  return whole.substr(whole.rfind('/') + 1);
}

_Unwind_Reason_Code Visit(_Unwind_Context* context, void* data) {
  Walk& walk = *static_cast<Walk*>(data);
  // Stacks grow downwards: what was called is below its caller.
  if (walk.most == 0 || _Unwind_GetCFA(context) > walk.outermost) return _URC_END_OF_STACK;
  // An address behind a call may belong to the next function already.
  const auto address = static_cast<std::uintptr_t>(_Unwind_GetIP(context)) - 1;
  Dl_info info{};
  if (dladdr(reinterpret_cast<void*>(address), &info) == 0) info = {};
  if (info.dli_fbase == walk.own_file) return _URC_NO_REASON;
  --walk.most;
  walk.text += "in C: ";
  walk.text += info.dli_sname == nullptr ? "a function" : info.dli_sname;
  walk.text += " (";
  walk.text += FileNameOf(info.dli_fname);
  walk.text += ")\n";
  return _URC_NO_REASON;
}

}  // namespace

std::string NativeStackText(const void* outermost, std::size_t most) {
  static const char here = 0;
  Dl_info own{};
  if (dladdr(&here, &own) == 0) return {};
  Walk walk{reinterpret_cast<std::uintptr_t>(outermost), most, own.dli_fbase, {}};
  _Unwind_Backtrace(Visit, &walk);
  return walk.text;
}

}  // namespace fart
