// RunningCall -- from a host's Fart_NativeArguments to the native call that is running.

#ifndef FART_API_RUNNING_CALL_H_
#define FART_API_RUNNING_CALL_H_

#include <cstddef>

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/entry/error_texts.h"
#include "vm/entry/misuse.h"
#include "vm/isolate.h"
#include "vm/native/native_call.h"

namespace fart::api {

inline constexpr const char* kRunningCall = "the arguments of a running native call";

// Null, and recorded: `args` names no running call of this isolate.
inline NativeCall* CallOrMisuse(const Isolate& isolate, const char* function,
                                Fart_NativeArguments args) {
  NativeCall* const call = NativeCall::FromForeign(isolate, args);
  if (call == nullptr) [[unlikely]]
    RecordMisuse(Expects(function, "args", kRunningCall));
  return call;
}

inline std::size_t CountOf(const NativeCall& call) {
  return static_cast<std::size_t>(call.argument_count());
}
inline bool IsArgument(const NativeCall& call, int index) {
  return index >= 0 && index < call.argument_count();
}

}  // namespace fart::api

// Declares `call`, the running call that the parameter `args` names.
#define FART_UNWRAP_CALL(isolate, call, args)                      \
  NativeCall* const call = NativeCall::FromForeign(isolate, args); \
  if (call == nullptr) [[unlikely]]                                \
  return NewErrorHandle(isolate, Expects(__func__, #args, kRunningCall))

#define FART_NEED_ARGUMENT(isolate, call, index) \
  if (!IsArgument(*call, index)) [[unlikely]]    \
  return BadIndex(isolate, __func__, #index, index, CountOf(*call))

#endif  // FART_API_RUNNING_CALL_H_
