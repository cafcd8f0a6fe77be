// Typed data -- made, recognised, and lent out by address; byte buffers.

#include "vm/values/typed_data.h"

#include <cstddef>
#include <cstdint>

#include "api/external_room.h"
#include "api/include/dart_api.h"
#include "api/inspect.h"
#include "api/shim.h"
#include "handles/weak_handles.h"
#include "heap/base/units.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

static_assert(static_cast<int>(TypedDataType::kByteData) == Fart_TypedData_kByteData);
static_assert(static_cast<int>(TypedDataType::kUint8Clamped) == Fart_TypedData_kUint8Clamped);
static_assert(static_cast<int>(TypedDataType::kUint64) == Fart_TypedData_kUint64);
static_assert(static_cast<int>(TypedDataType::kFloat32x4) == Fart_TypedData_kFloat32x4);

bool IsElementType(Fart_TypedData_Type type) {
  return IsInRange(static_cast<std::int64_t>(type), Fart_TypedData_kInvalid - 1);
}

[[gnu::cold]] Fart_Handle BadType(Isolate& isolate, const char* function) FART_MAY_COLLECT {
  return NewErrorHandle(isolate, Expects(function, "type", "an element type of typed data"));
}

Fart_TypedData_Type TypeOf(ObjectPtr typed_data) {
  return static_cast<Fart_TypedData_Type>(TypedDataTypeOf(typed_data));
}

}  // namespace

#define FART_NEED_ELEMENT_TYPE(isolate, type) \
  if (!IsElementType(type)) [[unlikely]]      \
    return BadType(isolate, __func__);        \
  const auto element_type = static_cast<TypedDataType>(type)

// ---- Kinds

bool Fart_IsTypedData(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsTypedData>(value);
}
FART_CATCH_OR(false)

bool Fart_IsByteBuffer(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsByteBuffer>(value);
}
FART_CATCH_OR(false)

Fart_TypedData_Type Fart_GetTypeOfTypedData(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, Fart_TypedData_kInvalid);
  FART_UNWRAP_OR(isolate, value, object, Fart_TypedData_kInvalid);
  const NoSafepointScope quiet;
  const ObjectPtr data = value.Get(quiet);
  if (!IsTypedData(data)) return Fart_TypedData_kInvalid;
  // To hosts ByteData is a view of its bytes, wherever they are; here it may be the bytes itself.
  const bool is_told = !IsExternalTypedData(data) || TypeOf(data) == Fart_TypedData_kByteData;
  return is_told ? TypeOf(data) : Fart_TypedData_kInvalid;
}
FART_CATCH_OR(Fart_TypedData_kInvalid)

Fart_TypedData_Type Fart_GetTypeOfExternalTypedData(Fart_Handle object)
    FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, Fart_TypedData_kInvalid);
  FART_UNWRAP_OR(isolate, value, object, Fart_TypedData_kInvalid);
  const NoSafepointScope quiet;
  const ObjectPtr data = value.Get(quiet);
  if (!IsTypedData(data)) return Fart_TypedData_kInvalid;
  return IsExternalTypedData(TypedDataBacking(data, quiet)) ? TypeOf(data)
                                                            : Fart_TypedData_kInvalid;
}
FART_CATCH_OR(Fart_TypedData_kInvalid)

// ---- Making

Fart_Handle Fart_NewTypedData(Fart_TypedData_Type type,
                              std::intptr_t length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_ELEMENT_TYPE(isolate, type);
  FART_NEED_RANGE(isolate, length, MaxTypedDataLength(element_type));
  return Wrap(isolate,
              NewTypedData(isolate.mutator(), element_type, static_cast<std::size_t>(length)));
}
FART_CATCH

Fart_Handle Fart_NewExternalTypedData(Fart_TypedData_Type type, void* data,
                                      std::intptr_t length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_ELEMENT_TYPE(isolate, type);
  if (length != 0) FART_NEED_POINTER(isolate, data);
  FART_NEED_RANGE(isolate, length, MaxTypedDataLength(element_type));
  return Wrap(isolate, NewExternalTypedData(isolate.mutator(), element_type, data,
                                            static_cast<std::size_t>(length)));
}
FART_CATCH

Fart_Handle Fart_NewExternalTypedDataWithFinalizer(
    Fart_TypedData_Type type, void* data, std::intptr_t length, void* peer,
    std::intptr_t external_allocation_size,
    Fart_HandleFinalizer callback) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_ELEMENT_TYPE(isolate, type);
  if (length != 0) FART_NEED_POINTER(isolate, data);
  FART_NEED_POINTER(isolate, callback);
  FART_NEED_RANGE(isolate, length, MaxTypedDataLength(element_type));
  FART_NEED_RANGE(isolate, external_allocation_size, ExternalRoom(isolate.heap()));
  return Wrap(isolate, NewFinalizableTypedData(
                           isolate, element_type, data, static_cast<std::size_t>(length), peer,
                           ByteCount(static_cast<std::size_t>(external_allocation_size)),
                           HandleKind::kFinalizable, reinterpret_cast<OpaqueCallback>(callback)));
}
FART_CATCH

Fart_Handle Fart_NewByteBuffer(Fart_Handle typed_data) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, data, typed_data);
  FART_NEED_TYPE(isolate, data, typed_data, IsTypedData, "TypedData");
  StackRoots<1> held(isolate.stack());  // A-A3
  {
    const NoSafepointScope quiet;
    held.Set(0, data.Get(quiet));
  }
  return Wrap(isolate, NewByteBuffer(isolate.mutator(), held[0]));
}
FART_CATCH

Fart_Handle Fart_GetDataFromByteBuffer(Fart_Handle byte_buffer) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, buffer, byte_buffer);
  FART_NEED_TYPE(isolate, buffer, byte_buffer, IsByteBuffer, "ByteBuffer");
  const NoSafepointScope quiet;
  return WrapObject(isolate, TypedDataBacking(buffer.Get(quiet), quiet), quiet);
}
FART_CATCH

// ---- Lending the bytes

Fart_Handle Fart_TypedDataAcquireData(Fart_Handle object, Fart_TypedData_Type* type, void** data,
                                      std::intptr_t* len) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, lent, object);
  FART_NEED_TYPE(isolate, lent, object, IsTypedData, "TypedData");
  FART_NEED_POINTER(isolate, type);
  FART_NEED_POINTER(isolate, data);
  FART_NEED_POINTER(isolate, len);
  const NoSafepointScope quiet;
  const ObjectPtr typed_data = lent.Get(quiet);
  const ObjectPtr backing = TypedDataBacking(typed_data, quiet);
  isolate.heap().pins().Pin(backing);  // H-Q1
  NoteAcquired(isolate, backing.address(), &Fart_TypedDataAcquireData);
  *type = TypeOf(typed_data);
  *data = BytesOf(typed_data, quiet).first;
  *len = static_cast<std::intptr_t>(TypedDataLength(typed_data, quiet));
  return Success();
}
FART_CATCH

Fart_Handle Fart_TypedDataReleaseData(Fart_Handle object) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, lent, object);
  FART_NEED_TYPE(isolate, lent, object, IsTypedData, "TypedData");
  bool was_acquired;
  {
    const NoSafepointScope quiet;
    const ObjectPtr backing = TypedDataBacking(lent.Get(quiet), quiet);
    was_acquired = isolate.heap().pins().Unpin(backing);
    NoteReleased(isolate, backing.address());
  }
  return was_acquired ? Success()
                      : NewErrorHandle(isolate, "Data was not acquired for this object.");
}
FART_CATCH
