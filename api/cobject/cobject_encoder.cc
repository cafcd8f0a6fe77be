#include "api/cobject/cobject_encoder.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>

#include "heap/platform/off_heap.h"
#include "vm/message/message_writer.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"
#include "vm/values/typed_data.h"

namespace fart::api {

namespace {

// An enumeration or bool of a structure, which a host may have filled with any bits.
template <typename Raw, typename T>
Raw RawValue(const T& field) {
  static_assert(sizeof(Raw) == sizeof(T));
  Raw raw;
  std::memcpy(&raw, &field, sizeof(raw));
  return raw;
}

// Of digits of 32 bits, least first: those that count.
std::size_t WithoutHighZeros(const std::uint8_t* digits, std::size_t count) {
  constexpr std::uint8_t kZero[4] = {};
  while (count != 0 && std::memcmp(digits + (count - 1) * 4, kZero, 4) == 0) --count;
  return count;
}

class CObjectEncoder {
 public:
  explicit CObjectEncoder(std::string* error) : error_(error) {}

  bool Encode(const Fart_CObject* root, Message* message) {
    PutValue(root);
    for (std::size_t i = 0; i < nodes_.size() && CanGoOn(); ++i) {
      PutNode(*reinterpret_cast<const Fart_CObject*>(nodes_[i]));
    }
    if (is_refused_) return false;
    if (!writer_.Finish(nodes_.size(), message)) throw std::bad_alloc();
    return true;
  }

 private:
  bool CanGoOn() const { return !is_refused_ && !writer_.has_failed(); }
  void Refuse(const std::string& what) {
    if (!is_refused_) *error_ = "illegal Fart_CObject in message: " + what;
    is_refused_ = true;
  }
  // Whether `length` bytes at `data` can be elements of `type`; refuses if not.
  bool IsTypedData(const char* member, const Fart_TypedData_Type& type, std::intptr_t length,
                   const void* data);

  void PutValue(const Fart_CObject* object);
  void PutNode(const Fart_CObject& object);
  void PutString(const char* text);
  void PutArray(const Fart_CObject& object);
  void PutTypedData(const Fart_CObject& object);
  void PutExternal(const Fart_CObject& object);
  void PutNativePointer(const Fart_CObject& object);
  void PutSendPort(const Fart_CObject& object);
  void PutBigint(const Fart_CObject& object);
  bool PutBigintAsInteger(const Fart_CObject& object);
  bool ReadBigint(const Fart_CObject& object, bool* is_negative, const std::uint8_t** digits,
                  std::size_t* count);

  std::string* const error_;
  MessageWriter writer_;
  MessageNodes nodes_;
  bool is_refused_ = false;
};

void CObjectEncoder::PutValue(const Fart_CObject* object) {
  if (object == nullptr) return Refuse("a pointer to a Fart_CObject is NULL");
  const int kind = RawValue<int>(object->type);
  switch (kind) {
    case Fart_CObject_kNull:
      return writer_.PutNull();
    case Fart_CObject_kBool:
      return writer_.PutBool(RawValue<std::uint8_t>(object->value.as_bool) != 0);
    case Fart_CObject_kInt32:
      return writer_.PutInteger(object->value.as_int32);
    case Fart_CObject_kInt64:
      return writer_.PutInteger(object->value.as_int64);
    case Fart_CObject_kDouble:
      return writer_.PutDouble(object->value.as_double);
    case Fart_CObject_kBigint:
      if (PutBigintAsInteger(*object)) return;
      break;
    case Fart_CObject_kString:
    case Fart_CObject_kArray:
    case Fart_CObject_kTypedData:
    case Fart_CObject_kExternalTypedData:
    case Fart_CObject_kSendPort:
    case Fart_CObject_kCapability:
    case Fart_CObject_kNativePointer:
      break;
    case Fart_CObject_kUnsupported:
      return Refuse("kUnsupported stands for what cannot be sent");
    default:
      return Refuse("its type is " + std::to_string(kind) + ", which is no kind");
  }
  writer_.PutNodeValue(nodes_, reinterpret_cast<std::uintptr_t>(object));
}

void CObjectEncoder::PutNode(const Fart_CObject& object) {
  switch (RawValue<int>(object.type)) {
    case Fart_CObject_kBigint:
      return PutBigint(object);
    case Fart_CObject_kString:
      return PutString(object.value.as_string);
    case Fart_CObject_kArray:
      return PutArray(object);
    case Fart_CObject_kTypedData:
      return PutTypedData(object);
    case Fart_CObject_kExternalTypedData:
      return PutExternal(object);
    case Fart_CObject_kSendPort:
      return PutSendPort(object);
    case Fart_CObject_kCapability:
      writer_.PutKind(NodeKind::kCapability);
      writer_.PutVarint(0);
      return writer_.PutWord(static_cast<std::uint64_t>(object.value.as_capability.id));
    case Fart_CObject_kNativePointer:
      return PutNativePointer(object);
    default:
      // PutValue let it pass: somebody writes into the structure meanwhile.
      return Refuse("its type has changed");
  }
}

void CObjectEncoder::PutString(const char* text) {
  if (text == nullptr) return Refuse("as_string is NULL");
  const std::string_view utf8(text);
  const Utf8Measure measure = MeasureUtf8(utf8);
  if (!measure.is_valid) return Refuse("as_string is not valid UTF-8");
  if (measure.units > kMaxStringLength) return Refuse("as_string is too long");
  writer_.PutString(utf8);
}

void CObjectEncoder::PutArray(const Fart_CObject& object) {
  const auto& array = object.value.as_array;
  if (array.length < 0 || static_cast<std::size_t>(array.length) > kMaxListLength) {
    return Refuse("as_array.length is " + std::to_string(array.length));
  }
  if (array.values == nullptr && array.length != 0) return Refuse("as_array.values is NULL");
  writer_.PutKind(NodeKind::kArray);
  writer_.PutVarint(0);
  writer_.PutVarint(static_cast<std::uint64_t>(array.length));
  for (std::intptr_t i = 0; i < array.length && CanGoOn(); ++i) PutValue(array.values[i]);
}

bool CObjectEncoder::IsTypedData(const char* member, const Fart_TypedData_Type& type,
                                 std::intptr_t length, const void* data) {
  const auto raw_type = static_cast<std::size_t>(RawValue<unsigned>(type));
  const std::string name(member);
  if (raw_type >= core_shape::kTypedDataTypes) {
    Refuse(name + ".type is " + std::to_string(raw_type) + ", which is no type of elements");
  } else if (length < 0 || static_cast<std::size_t>(length) > kMaxTypedDataBytes) {
    Refuse(name + ".length is " + std::to_string(length));
  } else if (static_cast<std::size_t>(length) %
                 ElementSizeOf(static_cast<TypedDataType>(raw_type)) !=
             0) {
    Refuse(name + ".length is " + std::to_string(length) +
           " bytes, which is no multiple of an element's");
  } else if (data == nullptr && length != 0) {
    Refuse("the data of " + name + " are NULL");
  }
  return !is_refused_;
}

void CObjectEncoder::PutTypedData(const Fart_CObject& object) {
  const auto& data = object.value.as_typed_data;
  if (!IsTypedData("as_typed_data", data.type, data.length, data.values)) return;
  writer_.PutKind(NodeKind::kTypedData);
  writer_.PutVarint(0);
  writer_.PutType(static_cast<TypedDataType>(data.type));
  writer_.PutVarint(static_cast<std::uint64_t>(data.length));
  writer_.Align(kMessageDataAlignment);
  writer_.PutBytes(data.values, static_cast<std::size_t>(data.length));
}

void CObjectEncoder::PutExternal(const Fart_CObject& object) {
  const auto& data = object.value.as_external_typed_data;
  if (!IsTypedData("as_external_typed_data", data.type, data.length, data.data)) return;
  writer_.PutKind(NodeKind::kExternalTypedData);
  writer_.PutType(static_cast<TypedDataType>(data.type));
  writer_.PutVarint(writer_.AddPayload({.kind = MessagePayload::Kind::kTypedData,
                                        .data = data.data,
                                        .size = static_cast<std::size_t>(data.length),
                                        .peer = data.peer,
                                        .weak_finalizer = data.callback}));
}

void CObjectEncoder::PutNativePointer(const Fart_CObject& object) {
  const auto& pointer = object.value.as_native_pointer;
  if (pointer.size < 0) {
    return Refuse("as_native_pointer.size is " + std::to_string(pointer.size));
  }
  void* const address = reinterpret_cast<void*>(pointer.ptr);
  writer_.PutKind(NodeKind::kNativePointer);
  writer_.PutVarint(writer_.AddPayload({.kind = MessagePayload::Kind::kNativePointer,
                                        .data = address,
                                        .size = static_cast<std::size_t>(pointer.size),
                                        .peer = address,
                                        .finalizer = pointer.callback}));
}

void CObjectEncoder::PutSendPort(const Fart_CObject& object) {
  const auto& port = object.value.as_send_port;
  if (port.id == kNoPort) return Refuse("as_send_port.id is ILLEGAL_PORT");
  writer_.PutKind(NodeKind::kSendPort);
  writer_.PutVarint(0);
  writer_.PutWord(static_cast<std::uint64_t>(port.id));
  writer_.PutWord(static_cast<std::uint64_t>(port.origin_id));
}

// ---- Big integers

bool CObjectEncoder::ReadBigint(const Fart_CObject& object, bool* is_negative,
                                const std::uint8_t** digits, std::size_t* count) {
  const auto& big = object.value.as_bigint;
  if (big.digits == nullptr || RawValue<int>(big.digits->type) != Fart_CObject_kTypedData ||
      RawValue<unsigned>(big.digits->value.as_typed_data.type) != Fart_TypedData_kUint32) {
    Refuse("as_bigint.digits is no typed data of kUint32");
    return false;
  }
  const auto& data = big.digits->value.as_typed_data;
  if (!IsTypedData("as_bigint.digits", data.type, data.length, data.values)) return false;
  if (big.used < 0 || big.used > data.length / 4) {
    Refuse("as_bigint.used is " + std::to_string(big.used) + ", and there are " +
           std::to_string(data.length / 4) + " digits");
    return false;
  }
  *is_negative = RawValue<std::uint8_t>(big.neg) != 0;
  *digits = data.values;
  *count = WithoutHighZeros(data.values, static_cast<std::size_t>(big.used));
  return true;
}

// Whether it fits into 64 bits, or is refused: then there is nothing more to do.
bool CObjectEncoder::PutBigintAsInteger(const Fart_CObject& object) {
  bool is_negative;
  const std::uint8_t* digits;
  std::size_t count;
  if (!ReadBigint(object, &is_negative, &digits, &count)) return true;
  if (count > 2) return false;
  std::uint64_t magnitude = 0;
  std::uint32_t digit;
  for (std::size_t i = count; i-- > 0;) {
    std::memcpy(&digit, digits + i * 4, 4);
    magnitude = (magnitude << 32) | digit;
  }
  constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
  if (magnitude > kSign || (magnitude == kSign && !is_negative)) return false;
  writer_.PutInteger(static_cast<std::int64_t>(is_negative ? ~magnitude + 1 : magnitude));
  return true;
}

void CObjectEncoder::PutBigint(const Fart_CObject& object) {
  bool is_negative;
  const std::uint8_t* digits;
  std::size_t count;
  if (!ReadBigint(object, &is_negative, &digits, &count)) return;
  writer_.PutKind(NodeKind::kBigInteger);
  writer_.PutByte(is_negative ? 1 : 0);
  writer_.PutVarint((count + 1) / 2);
  writer_.Align(sizeof(std::uint64_t));
  writer_.PutBytes(digits, count * 4);
  writer_.Align(sizeof(std::uint64_t));  // the upper half of the last limb
}

}  // namespace

bool EncodeCObject(const Fart_CObject* root, Message* message, std::string* error) {
  return CObjectEncoder(error).Encode(root, message);
}

}  // namespace fart::api
