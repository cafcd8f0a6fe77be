#include "vm/platform/native_stack.h"

#include <dlfcn.h>
#include <link.h>
#include <unwind.h>

#include <cstdint>
#include <cstdio>
#include <limits>
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
  const std::uintptr_t end = outermost == nullptr ? std::numeric_limits<std::uintptr_t>::max()
                                                  : reinterpret_cast<std::uintptr_t>(outermost);
  Walk walk{end, most, own.dli_fbase, {}};
  _Unwind_Backtrace(Visit, &walk);
  return walk.text;
}

namespace {

// Whether this function is in the process's program, the first file that the loader tells of.
bool IsInProgram() {
  static const bool is_so = [] {
    bool found = false;
    const auto look = [](dl_phdr_info* info, std::size_t, void* data) {
      static const char here = 0;
      const auto address = reinterpret_cast<std::uintptr_t>(&here) - info->dlpi_addr;
      for (int i = 0; i < info->dlpi_phnum; ++i) {
        const auto& part = info->dlpi_phdr[i];
        if (part.p_type == PT_LOAD && address - part.p_vaddr < part.p_memsz) {
          *static_cast<bool*>(data) = true;
        }
      }
      return 1;
    };
    dl_iterate_phdr(look, &found);
    return found;
  }();
  return is_so;
}

}  // namespace

std::string NativeFrameText(std::uintptr_t frame, bool* is_own) {
  static const char here = 0;
  Dl_info own{};
  Dl_info info{};
  if (dladdr(&here, &own) == 0) own = {};
  if (dladdr(reinterpret_cast<void*>(frame), &info) == 0) info = {};
  *is_own = info.dli_fbase != nullptr && info.dli_fbase == own.dli_fbase && !IsInProgram();
  char offset[32];
  std::snprintf(
      offset, sizeof offset, "+0x%llx",
      static_cast<unsigned long long>(frame - reinterpret_cast<std::uintptr_t>(info.dli_fbase)));
  const std::string place = std::string(FileNameOf(info.dli_fname)) + offset;
  return info.dli_sname == nullptr ? place : std::string(info.dli_sname) + " (" + place + ")";
}

}  // namespace fart
