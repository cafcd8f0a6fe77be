// Native results -- what a running native call answers.

#include <cstdint>
#include <string>

#include "api/include/dart_api.h"
#include "api/running_call.h"
#include "api/shim.h"
#include "vm/native/native_call.h"
#include "vm/values/errors.h"
#include "vm/values/numbers.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

void SetResult(NativeCall& call, Rooted result) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  call.SetResult(result.Get(quiet), quiet);
}

void SetResult(NativeCall& call, const Outcome& outcome) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  call.SetResult(outcome.Get(quiet), quiet);
}

void SetResult(NativeCall& call, const FreshObject& fresh) FART_READS_OBJECTS {
  SetResult(call, call.memory().OrOutOfMemory(fresh));
}

// Records what was wrong with the value and makes it the result.
[[gnu::cold]] void SetMisuse(NativeCall& call, const std::string& text) FART_MAY_COLLECT {
  RecordMisuse(text);
  SetResult(call, NewApiError(call.memory(), text));
}

}  // namespace

void Fart_SetReturnValue(Fart_NativeArguments args, Fart_Handle retval) FART_MAY_COLLECT FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  NativeCall* const call = CallOrMisuse(isolate, __func__, args);
  if (call == nullptr) [[unlikely]]
    return;
  const ObjectPtr* const slot = SlotOf(isolate, retval);
  if (slot == nullptr) [[unlikely]] {
    const HandleValue value = HandleValue::FromPointer(retval);
    return SetMisuse(*call, NotLiveText(isolate, __func__, "retval", value));
  }
  const Rooted result(slot);
  if (!result.is_null() && !IsInstanceOf(isolate, result) && !Holds<IsError>(result)) [[unlikely]]
    return SetMisuse(*call,
                     ExpectsType(__func__, "retval", "Instance", TypeNameOf(isolate, result)));
  SetResult(*call, result);
}
FART_CATCH_OR(FART_NOTHING)

void Fart_SetWeakHandleReturnValue(Fart_NativeArguments args,
                                   Fart_WeakPersistentHandle rval) FART_MAY_COLLECT FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  NativeCall* const call = CallOrMisuse(isolate, __func__, args);
  if (call == nullptr) [[unlikely]]
    return;
  const HandleValue value = HandleValue::FromPointer(rval);
  const WeakHandles& weaks = isolate.handles().weaks;
  const HandleStatus status = WeakStatusOf(isolate, HandleKind::kWeak, value);
  if (status != HandleStatus::kOk && !HasEnded(status)) [[unlikely]] {
    return SetMisuse(*call, BadHandleText(isolate, __func__, "rval", value, status));
  }
  const NoSafepointScope quiet;
  call->SetResult(weaks.Get(value, quiet), quiet);
}
FART_CATCH_OR(FART_NOTHING)

void Fart_SetBooleanReturnValue(Fart_NativeArguments args,
                                bool retval) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  NativeCall* const call = CallOrMisuse(isolate, __func__, args);
  if (call == nullptr) [[unlikely]]
    return;
  SetResult(*call, Outcome::Immediate(BoolObject(retval)));
}
FART_CATCH_OR(FART_NOTHING)

void Fart_SetIntegerReturnValue(Fart_NativeArguments args,
                                std::int64_t retval) FART_MAY_COLLECT FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  NativeCall* const call = CallOrMisuse(isolate, __func__, args);
  if (call == nullptr) [[unlikely]]
    return;
  if (ObjectPtr::IsSmiValue(retval)) [[likely]]
    return SetResult(*call, Outcome::Immediate(ObjectPtr::FromSmi(retval)));
  FART_NEED_NO_CALLBACK_OR(isolate, FART_NOTHING);
  SetResult(*call, NewMint(isolate.mutator(), retval));
}
FART_CATCH_OR(FART_NOTHING)

void Fart_SetDoubleReturnValue(Fart_NativeArguments args, double retval) FART_MAY_COLLECT FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  NativeCall* const call = CallOrMisuse(isolate, __func__, args);
  if (call == nullptr) [[unlikely]]
    return;
  FART_NEED_NO_CALLBACK_OR(isolate, FART_NOTHING);
  SetResult(*call, NewDouble(isolate.mutator(), retval));
}
FART_CATCH_OR(FART_NOTHING)
