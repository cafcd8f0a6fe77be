// RunningCall -- from a host's Fart_NativeArguments to the native call that is running.

#ifndef FART_API_RUNNING_CALL_H_
#define FART_API_RUNNING_CALL_H_

#include "api/include/dart_api.h"
#include "vm/error_texts.h"
#include "vm/isolate.h"
#include "vm/misuse.h"
#include "vm/native_call.h"

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

}  // namespace fart::api

#endif  // FART_API_RUNNING_CALL_H_
