// Native arguments -- those of a running native call, one by one and several at once.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "api/include/dart_api.h"
#include "api/running_call.h"
#include "api/shim.h"
#include "vm/native/native_call.h"
#include "vm/values/external_strings.h"
#include "vm/values/native_fields.h"
#include "vm/values/objects.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// null passes for false and for no string.
bool IsBoolOrNull(ObjectPtr object) { return object.is_null() || IsBool(object); }
bool IsStringOrNull(ObjectPtr object) { return object.is_null() || IsString(object); }

// Of a string or null, which has none.
void* PeerOf(const Isolate& isolate, Rooted string) FART_READS_OBJECTS {
  if (string.is_null()) return nullptr;
  const NoSafepointScope quiet;
  return PeerOfString(isolate.handles(), string.Get(quiet), quiet);
}

double NumberOf(Rooted object) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  const ObjectPtr number = object.Get(quiet);
  return IsDouble(number) ? DoubleValue(number, quiet) : IntegerToDouble(number, quiet);
}

Fart_Handle WrongArgument(Isolate& isolate, const char* function, int index, const char* type,
                          Rooted argument) FART_MAY_COLLECT {
  return NewErrorHandle(isolate, std::string(function) + " expects argument at " +
                                     std::to_string(index) + " to be of type " + type + "." +
                                     ItIsOfType(TypeNameOf(isolate, argument)));
}

}  // namespace

// Declares `argument`, the one at `index` of the running call `args`; `result` is where its value
// goes.
#define FART_UNWRAP_ARGUMENT(isolate, argument, args, index, result) \
  FART_UNWRAP_CALL(isolate, call, args);                             \
  FART_NEED_POINTER(isolate, result);                                \
  FART_NEED_ARGUMENT(isolate, call, index);                          \
  const Rooted argument = call->Argument(index)

void* Fart_GetNativeIsolateData(Fart_NativeArguments args) FART_TRY {
  FART_ENTER_OR(isolate, nullptr);
  const NativeCall* const call = CallOrMisuse(isolate, __func__, args);
  return call == nullptr ? nullptr : isolate.callback_data();
}
FART_CATCH_OR(nullptr)

int Fart_GetNativeArgumentCount(Fart_NativeArguments args) FART_TRY {
  FART_ENTER_OR(isolate, 0);
  const NativeCall* const call = CallOrMisuse(isolate, __func__, args);
  return call == nullptr ? 0 : call->argument_count();
}
FART_CATCH_OR(0)

Fart_Handle Fart_GetNativeArgument(Fart_NativeArguments args, int index) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP_CALL(isolate, call, args);
  FART_NEED_ARGUMENT(isolate, call, index);
  return Wrap(isolate, call->Argument(index));
}
FART_CATCH

Fart_Handle Fart_GetNativeStringArgument(Fart_NativeArguments args, int arg_index,
                                         void** peer) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP_ARGUMENT(isolate, argument, args, arg_index, peer);
  if (!Holds<IsStringOrNull>(argument)) {
    return WrongArgument(isolate, __func__, arg_index, "String", argument);
  }
  *peer = PeerOf(isolate, argument);
  return *peer != nullptr ? nullptr : Wrap(isolate, argument);
}
FART_CATCH

Fart_Handle Fart_GetNativeIntegerArgument(Fart_NativeArguments args, int index,
                                          std::int64_t* value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP_ARGUMENT(isolate, argument, args, index, value);
  if (!Holds<IsInteger>(argument))
    return WrongArgument(isolate, __func__, index, "Integer", argument);
  {
    const NoSafepointScope quiet;
    if (const auto small = IntegerToInt64(argument.Get(quiet), quiet)) [[likely]] {
      *value = *small;
      return Success();
    }
  }
  return NewErrorHandle(isolate, std::string(__func__) + ": argument at index " +
                                     std::to_string(index) + " is out of range for int64.");
}
FART_CATCH

Fart_Handle Fart_GetNativeBooleanArgument(Fart_NativeArguments args, int index,
                                          bool* value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP_ARGUMENT(isolate, argument, args, index, value);
  if (!Holds<IsBoolOrNull>(argument))
    return WrongArgument(isolate, __func__, index, "Boolean", argument);
  *value = argument.Is(kTrue);
  return Success();
}
FART_CATCH

Fart_Handle Fart_GetNativeDoubleArgument(Fart_NativeArguments args, int index,
                                         double* value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP_ARGUMENT(isolate, argument, args, index, value);
  if (!Holds<IsNumber>(argument))
    return WrongArgument(isolate, __func__, index, "Double", argument);
  *value = NumberOf(argument);
  return Success();
}
FART_CATCH

// ---- Several arguments at once

namespace {

enum class Reading { kDone, kWrongType, kOutOfRange, kNoHandle, kWrongCount };

template <typename Integer>
Reading ReadInteger(Rooted argument, Integer* value) FART_READS_OBJECTS {
  if (!Holds<IsInteger>(argument)) return Reading::kWrongType;
  const NoSafepointScope quiet;
  // An int64_t or a uint64_t, as wide as can be.
  using Wide = std::conditional_t<std::is_signed_v<Integer>, std::int64_t, std::uint64_t>;
  std::optional<Wide> wide;
  if constexpr (std::is_signed_v<Integer>) {
    wide = IntegerToInt64(argument.Get(quiet), quiet);
  } else {
    wide = IntegerToUint64(argument.Get(quiet), quiet);
  }
  if (!wide || !std::in_range<Integer>(*wide)) return Reading::kOutOfRange;
  *value = static_cast<Integer>(*wide);
  return Reading::kDone;
}

Reading ReadHandle(Isolate& isolate, Rooted argument, Fart_Handle* value) FART_READS_OBJECTS {
  const Fart_Handle handle = Wrap(isolate, argument);
  if (handle == ToForeign(ErrorText::kNoHandleSpace)) return Reading::kNoHandle;
  *value = handle;
  return Reading::kDone;
}

// null passes for an instance whose fields are all 0.
Reading ReadNativeFields(Isolate& isolate, Rooted argument, std::intptr_t count,
                         std::intptr_t* values) FART_READS_OBJECTS {
  if (!IsInRange(count, kMaxNativeFields) || (count != 0 && values == nullptr)) {
    return Reading::kWrongCount;
  }
  if (argument.is_null()) {
    std::fill_n(values, count, 0);
    return Reading::kDone;
  }
  const NoSafepointScope quiet;
  if (isolate.shapes().KindOf(argument.Get(quiet)) != ShapeKind::kInstance) {
    return Reading::kWrongType;
  }
  const NativeFields fields =
      NativeFieldsOf(isolate.heap(), isolate.shapes(), argument.Get(quiet), quiet);
  if (fields.count != static_cast<std::size_t>(count)) return Reading::kWrongCount;
  std::copy_n(fields.first, fields.count, values);
  return Reading::kDone;
}

std::size_t NativeFieldCountOf(Isolate& isolate, Rooted object) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return NativeFieldsOf(isolate.heap(), isolate.shapes(), object.Get(quiet), quiet).count;
}

Fart_Handle WrongFieldCount(Isolate& isolate, const std::string& argument, Rooted object,
                            std::intptr_t count) FART_MAY_COLLECT {
  if (count < 0 || object.is_null() ||
      NativeFieldCountOf(isolate, object) == static_cast<std::size_t>(count)) {
    return NewErrorHandle(isolate, argument + " with room for its native fields.");
  }
  return NewErrorHandle(isolate, argument + " to have " + std::to_string(count) +
                                     " native fields, but it has " +
                                     std::to_string(NativeFieldCountOf(isolate, object)) + ".");
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
    case Fart_NativeArgument_kNativeFields:
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
    case Fart_NativeArgument_kInt64:
      return "int64";
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
      value->as_string.peer = PeerOf(isolate, argument);
      value->as_string.dart_str = nullptr;
      if (value->as_string.peer != nullptr) return Reading::kDone;
      return ReadHandle(isolate, argument, &value->as_string.dart_str);
    case Fart_NativeArgument_kNativeFields:
      return ReadNativeFields(isolate, argument, value->as_native_fields.num_fields,
                              value->as_native_fields.values);
    default:
      return ReadHandle(isolate, argument, &value->as_instance);
  }
}

Fart_Handle NotRead(Isolate& isolate, const char* function, Reading reading, Rooted object,
                    Fart_NativeArgument_Descriptor wish,
                    const Fart_NativeArgument_Value& value) FART_MAY_COLLECT {
  if (reading == Reading::kNoHandle) return ToForeign(ErrorText::kNoHandleSpace);
  const std::string argument =
      std::string(function) + " expects argument at index " + std::to_string(wish.index);
  if (reading == Reading::kWrongCount) {
    return WrongFieldCount(isolate, argument, object, value.as_native_fields.num_fields);
  }
  if (reading == Reading::kWrongType) {
    return NewErrorHandle(isolate, argument + " to be of type " + TypeName(wish.type) + "." +
                                       ItIsOfType(TypeNameOf(isolate, object)));
  }
  return NewErrorHandle(isolate, std::string(function) + ": argument at index " +
                                     std::to_string(wish.index) + " is out of range for " +
                                     RangeName(wish.type) + ".");
}

}  // namespace

Fart_Handle Fart_GetNativeArguments(Fart_NativeArguments args, int num_arguments,
                                    const Fart_NativeArgument_Descriptor* arg_descriptors,
                                    Fart_NativeArgument_Value* arg_values)
    FART_MAY_COLLECT FART_TRY {
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
      return BadIndex(isolate, __func__, "arg_descriptors[i].index", wish.index, CountOf(*call));
    }
    if (TypeName(wish.type) == nullptr) {
      return NewErrorHandle(isolate, std::string(__func__) + ": unknown argument type " +
                                         std::to_string(wish.type) + ".");
    }
    const Rooted argument = call->Argument(wish.index);
    const Reading reading = Read(isolate, argument, wish.type, &arg_values[i]);
    if (reading != Reading::kDone) {
      return NotRead(isolate, __func__, reading, argument, wish, arg_values[i]);
    }
  }
  return Success();
}
FART_CATCH

// ---- Native fields of an argument

Fart_Handle Fart_GetNativeReceiver(Fart_NativeArguments args,
                                   std::intptr_t* value) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP_CALL(isolate, call, args);
  FART_NEED_POINTER(isolate, value);
  if (call->argument_count() == 0) {
    return NewErrorHandle(isolate, std::string(__func__) + ": the call has no receiver.");
  }
  const Rooted receiver = call->Argument(0);
  if (receiver.is_null()) return NullPointer(isolate, __func__, "receiver");
  {
    const NoSafepointScope quiet;
    const NativeFields fields =
        NativeFieldsOf(isolate.heap(), isolate.shapes(), receiver.Get(quiet), quiet);
    if (fields.count != 0) {
      *value = fields.first[0];
      return Success();
    }
  }
  return NewErrorHandle(isolate, std::string(__func__) + ": the receiver has no native fields.");
}
FART_CATCH

Fart_Handle Fart_GetNativeFieldsOfArgument(Fart_NativeArguments args, int arg_index, int num_fields,
                                           std::intptr_t* field_values) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP_CALL(isolate, call, args);
  FART_NEED_POINTER(isolate, field_values);
  FART_NEED_RANGE(isolate, num_fields, kMaxNativeFields);
  FART_NEED_ARGUMENT(isolate, call, arg_index);
  const Rooted argument = call->Argument(arg_index);
  switch (ReadNativeFields(isolate, argument, num_fields, field_values)) {
    case Reading::kDone:
      return Success();
    case Reading::kWrongCount:
      return WrongFieldCount(
          isolate, std::string(__func__) + " expects argument at " + std::to_string(arg_index),
          argument, num_fields);
    case Reading::kWrongType:
    case Reading::kOutOfRange:
    case Reading::kNoHandle:
      break;
  }
  return WrongArgument(isolate, __func__, arg_index, "Instance", argument);
}
FART_CATCH
