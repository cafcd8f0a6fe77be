// Native arguments -- those of a running native call, one by one and several at once.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include "api/include/dart_api.h"
#include "api/running_call.h"
#include "api/shim.h"
#include "vm/native_call.h"
#include "vm/objects.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

// Declares `call`, the running call that the parameter `args` names.
#define FART_UNWRAP_CALL(isolate, call, args)                      \
  NativeCall* const call = NativeCall::FromForeign(isolate, args); \
  if (call == nullptr) [[unlikely]]                                \
  return NewErrorHandle(isolate, Expects(__func__, #args, kRunningCall))

#define FART_NEED_ARGUMENT(isolate, call, index) \
  if (!IsArgument(*call, index)) [[unlikely]]    \
  return BadIndex(isolate, __func__, #index, CountOf(*call))

namespace {

std::size_t CountOf(const NativeCall& call) {
  return static_cast<std::size_t>(call.argument_count());
}
bool IsArgument(const NativeCall& call, int index) {
  return index >= 0 && index < call.argument_count();
}

// null passes for false and for no string.
bool IsBoolOrNull(ObjectPtr object) { return object.is_null() || IsBool(object); }
bool IsStringOrNull(ObjectPtr object) { return object.is_null() || IsString(object); }

std::int64_t IntegerOf(Rooted object) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return IntegerValue(object.Get(quiet), quiet);
}

double NumberOf(Rooted object) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  const ObjectPtr number = object.Get(quiet);
  return IsDouble(number) ? DoubleValue(number, quiet)
                          : static_cast<double>(IntegerValue(number, quiet));
}

Fart_Handle WrongArgument(Isolate& isolate, const char* function, int index,
                          const char* type) FART_MAY_COLLECT {
  return NewErrorHandle(isolate, std::string(function) + " expects argument at " +
                                     std::to_string(index) + " to be of type " + type + ".");
}

}  // namespace

void* Fart_GetNativeIsolateData(Fart_NativeArguments args) {
  FART_ENTER_OR(isolate, nullptr);
  const NativeCall* const call = CallOrMisuse(isolate, __func__, args);
  return call == nullptr ? nullptr : call->isolate().callback_data();
}

int Fart_GetNativeArgumentCount(Fart_NativeArguments args) {
  FART_ENTER_OR(isolate, 0);
  const NativeCall* const call = CallOrMisuse(isolate, __func__, args);
  return call == nullptr ? 0 : call->argument_count();
}

Fart_Handle Fart_GetNativeArgument(Fart_NativeArguments args, int index) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP_CALL(isolate, call, args);
  FART_NEED_ARGUMENT(isolate, call, index);
  return Wrap(isolate, call->Argument(index));
}

Fart_Handle Fart_GetNativeStringArgument(Fart_NativeArguments args, int arg_index,
                                         void** peer) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP_CALL(isolate, call, args);
  FART_NEED_POINTER(isolate, peer);
  FART_NEED_ARGUMENT(isolate, call, arg_index);
  const Rooted argument = call->Argument(arg_index);
  if (!Holds<IsStringOrNull>(argument)) {
    return WrongArgument(isolate, __func__, arg_index, "String");
  }
  *peer = nullptr;
  return Wrap(isolate, argument);
}

Fart_Handle Fart_GetNativeIntegerArgument(Fart_NativeArguments args, int index,
                                          std::int64_t* value) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_UNWRAP_CALL(isolate, call, args);
  FART_NEED_POINTER(isolate, value);
  FART_NEED_ARGUMENT(isolate, call, index);
  const Rooted argument = call->Argument(index);
  if (!Holds<IsInteger>(argument)) return WrongArgument(isolate, __func__, index, "Integer");
  *value = IntegerOf(argument);
  return Success();
}

Fart_Handle Fart_GetNativeBooleanArgument(Fart_NativeArguments args, int index,
                                          bool* value) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_UNWRAP_CALL(isolate, call, args);
  FART_NEED_POINTER(isolate, value);
  FART_NEED_ARGUMENT(isolate, call, index);
  const Rooted argument = call->Argument(index);
  if (!Holds<IsBoolOrNull>(argument)) return WrongArgument(isolate, __func__, index, "Boolean");
  *value = argument.Is(kTrue);
  return Success();
}

Fart_Handle Fart_GetNativeDoubleArgument(Fart_NativeArguments args, int index,
                                         double* value) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_UNWRAP_CALL(isolate, call, args);
  FART_NEED_POINTER(isolate, value);
  FART_NEED_ARGUMENT(isolate, call, index);
  const Rooted argument = call->Argument(index);
  if (!Holds<IsNumber>(argument)) return WrongArgument(isolate, __func__, index, "Double");
  *value = NumberOf(argument);
  return Success();
}

// ---- Several arguments at once

namespace {

enum class Reading { kDone, kWrongType, kOutOfRange, kNoHandle };

template <typename Integer>
Reading ReadInteger(Rooted argument, Integer* value) FART_READS_OBJECTS {
  if (!Holds<IsInteger>(argument)) return Reading::kWrongType;
  const std::int64_t wide = IntegerOf(argument);
  if constexpr (std::numeric_limits<Integer>::is_signed) {
    if (wide < std::numeric_limits<Integer>::min()) return Reading::kOutOfRange;
    if (wide > std::numeric_limits<Integer>::max()) return Reading::kOutOfRange;
  } else {
    if (wide < 0) return Reading::kOutOfRange;
    if (static_cast<std::uint64_t>(wide) > std::numeric_limits<Integer>::max()) {
      return Reading::kOutOfRange;
    }
  }
  *value = static_cast<Integer>(wide);
  return Reading::kDone;
}

Reading ReadHandle(Isolate& isolate, Rooted argument, Fart_Handle* value) FART_READS_OBJECTS {
  const Fart_Handle handle = Wrap(isolate, argument);
  if (handle == ToForeign(ErrorText::kNoHandleSpace)) return Reading::kNoHandle;
  *value = handle;
  return Reading::kDone;
}

const char* TypeName(std::uint8_t type) {
  switch (type) {
    case Fart_NativeArgument_kBool:
      return "Boolean";
    case Fart_NativeArgument_kInt32:
    case Fart_NativeArgument_kUint32:
    case Fart_NativeArgument_kInt64:
    case Fart_NativeArgument_kUint64:
      return "Integer";
    case Fart_NativeArgument_kDouble:
      return "Double";
    case Fart_NativeArgument_kString:
      return "String";
    case Fart_NativeArgument_kInstance:
      return "Instance";
    default:
      return nullptr;
  }
}

const char* RangeName(std::uint8_t type) {
  switch (type) {
    case Fart_NativeArgument_kInt32:
      return "int32";
    case Fart_NativeArgument_kUint32:
      return "uint32";
    default:
      return "uint64";
  }
}

// `type` is one that TypeName knows.
Reading Read(Isolate& isolate, Rooted argument, std::uint8_t type,
             Fart_NativeArgument_Value* value) FART_READS_OBJECTS {
  switch (type) {
    case Fart_NativeArgument_kBool:
      if (!Holds<IsBoolOrNull>(argument)) return Reading::kWrongType;
      value->as_bool = argument.Is(kTrue);
      return Reading::kDone;
    case Fart_NativeArgument_kInt32:
      return ReadInteger(argument, &value->as_int32);
    case Fart_NativeArgument_kUint32:
      return ReadInteger(argument, &value->as_uint32);
    case Fart_NativeArgument_kInt64:
      return ReadInteger(argument, &value->as_int64);
    case Fart_NativeArgument_kUint64:
      return ReadInteger(argument, &value->as_uint64);
    case Fart_NativeArgument_kDouble:
      if (!Holds<IsNumber>(argument)) return Reading::kWrongType;
      value->as_double = NumberOf(argument);
      return Reading::kDone;
    case Fart_NativeArgument_kString:
      if (!Holds<IsStringOrNull>(argument)) return Reading::kWrongType;
      value->as_string.peer = nullptr;
      return ReadHandle(isolate, argument, &value->as_string.dart_str);
    default:
      return ReadHandle(isolate, argument, &value->as_instance);
  }
}

Fart_Handle NotRead(Isolate& isolate, const char* function, Reading reading,
                    Fart_NativeArgument_Descriptor wish) FART_MAY_COLLECT {
  if (reading == Reading::kNoHandle) return ToForeign(ErrorText::kNoHandleSpace);
  const std::string argument =
      std::string(function) + " expects argument at index " + std::to_string(wish.index);
  if (reading == Reading::kWrongType) {
    return NewErrorHandle(isolate, argument + " to be of type " + TypeName(wish.type) + ".");
  }
  return NewErrorHandle(isolate, std::string(function) + ": argument at index " +
                                     std::to_string(wish.index) + " is out of range for " +
                                     RangeName(wish.type) + ".");
}

}  // namespace

Fart_Handle Fart_GetNativeArguments(Fart_NativeArguments args, int num_arguments,
                                    const Fart_NativeArgument_Descriptor* arg_descriptors,
                                    Fart_NativeArgument_Value* arg_values) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP_CALL(isolate, call, args);
  FART_NEED_RANGE(isolate, num_arguments, std::numeric_limits<int>::max());
  if (num_arguments != 0) {
    FART_NEED_POINTER(isolate, arg_descriptors);
    FART_NEED_POINTER(isolate, arg_values);
  }
  for (int i = 0; i < num_arguments; ++i) {
    const Fart_NativeArgument_Descriptor wish = arg_descriptors[i];
    if (!IsArgument(*call, wish.index)) {
      return BadIndex(isolate, __func__, "arg_descriptors[i].index", CountOf(*call));
    }
    if (TypeName(wish.type) == nullptr) {
      return NewErrorHandle(isolate, std::string(__func__) + ": unknown argument type " +
                                         std::to_string(wish.type) + ".");
    }
    const Reading reading = Read(isolate, call->Argument(wish.index), wish.type, &arg_values[i]);
    if (reading != Reading::kDone) return NotRead(isolate, __func__, reading, wish);
  }
  return Success();
}
