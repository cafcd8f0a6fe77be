#include "api/cobject/cobject_decoder.h"

#include <cstdint>
#include <cstring>
#include <limits>
#include <span>

#include "heap/base/utf8.h"
#include "heap/platform/off_heap.h"
#include "vm/message/message_reader.h"
#include "vm/values/typed_data.h"

namespace fart::api {

// ---- The arena

CObjectArena::~CObjectArena() {
  while (chunks_ != nullptr) {
    Chunk* const chunk = chunks_;
    chunks_ = chunk->next;
    OffHeapFree(chunk, ByteCount(chunk->size));
  }
}

void* CObjectArena::Allocate(std::size_t size) {
  constexpr std::size_t kAlignment = 16;
  static_assert(sizeof(Chunk) <= kAlignment);
  if (size > std::numeric_limits<std::size_t>::max() / 2) return nullptr;
  size = (size + kAlignment - 1) / kAlignment * kAlignment;
  if (size > limit_ - top_) {
    const std::size_t room = size < kChunkSize / 4 ? kChunkSize : size;
    void* const place = OffHeapAllocate(ByteCount(kAlignment + room));
    if (place == nullptr) return nullptr;
    auto* const chunk = static_cast<Chunk*>(place);
    chunk->next = chunks_;
    chunk->size = kAlignment + room;
    chunks_ = chunk;
    const std::size_t begin = reinterpret_cast<std::uintptr_t>(place) + kAlignment;
    // A large block has a chunk of its own; what is left of the current one stays in use.
    if (room == size) return reinterpret_cast<void*>(begin);
    top_ = begin;
    limit_ = begin + room;
  }
  void* const result = reinterpret_cast<void*>(top_);
  top_ += size;
  return result;
}

// ---- The structure

namespace {

class CObjectDecoder {
 public:
  CObjectDecoder(const Message& message, CObjectArena& arena)
      : message_(message), arena_(arena), reader_(message) {}

  Fart_CObject* Decode(std::string* error) {
    Fart_CObject* const root = DecodeAll();
    if (has_no_memory_) {
      *error = "a message needs more memory outside the heap than there is";
      return nullptr;
    }
    if (root == nullptr) *error = "a message is malformed";
    return root;
  }

 private:
  // Typed data that sees a part of another node's bytes.
  struct View {
    std::uint64_t node;
    std::uint64_t buffer;
    std::uint64_t offset;
    std::uint64_t length;
    TypedDataType type;
    bool is_whole;
  };

  Fart_CObject* DecodeAll();
  bool ReadNode(std::uint64_t number);
  Fart_CObject* ReadValue();
  bool ReadArray(const MessageNode& node, Fart_CObject* object);
  bool ReadString(const MessageNode& node, Fart_CObject* object);
  bool ReadBigint(const MessageNode& node, Fart_CObject* object);
  bool ReadPayload(const MessageNode& node, Fart_CObject* object);
  bool ResolveViews();
  template <typename T>
  T* Allocate(std::size_t count);
  static void SetInteger(std::int64_t value, Fart_CObject* object);
  static void SetTypedData(TypedDataType type, const void* data, std::size_t length,
                           Fart_CObject* object);

  const Message& message_;
  CObjectArena& arena_;
  MessageReader reader_;
  Fart_CObject* nodes_ = nullptr;
  Vector<View> views_;
  bool has_no_memory_ = false;
};

template <typename T>
T* CObjectDecoder::Allocate(std::size_t count) {
  if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) {
    has_no_memory_ = true;
    return nullptr;
  }
  // One more byte: nothing has the address of nothing.
  void* const place = arena_.Allocate(count * sizeof(T) + 1);
  if (place == nullptr) has_no_memory_ = true;
  return static_cast<T*>(place);
}

void CObjectDecoder::SetInteger(std::int64_t value, Fart_CObject* object) {
  if (value >= std::numeric_limits<std::int32_t>::min() &&
      value <= std::numeric_limits<std::int32_t>::max()) {
    object->type = Fart_CObject_kInt32;
    object->value.as_int32 = static_cast<std::int32_t>(value);
  } else {
    object->type = Fart_CObject_kInt64;
    object->value.as_int64 = value;
  }
}

void CObjectDecoder::SetTypedData(TypedDataType type, const void* data, std::size_t length,
                                  Fart_CObject* object) {
  object->type = Fart_CObject_kTypedData;
  auto& typed_data = object->value.as_typed_data;
  typed_data.type = static_cast<Fart_TypedData_Type>(type);
  typed_data.length = static_cast<std::intptr_t>(length);
  // The bytes are the message's, which nobody else reads any more: the handler may change them.
  typed_data.values = static_cast<std::uint8_t*>(const_cast<void*>(data));
}

Fart_CObject* CObjectDecoder::DecodeAll() {
  const std::uint64_t count = reader_.node_count();
  nodes_ = Allocate<Fart_CObject>(count);
  if (nodes_ == nullptr) return nullptr;
  for (std::uint64_t i = 0; i < count; ++i) {
    nodes_[i] = Fart_CObject();
    nodes_[i].type = Fart_CObject_kUnsupported;
  }
  Fart_CObject* const root = ReadValue();
  if (root == nullptr) return nullptr;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (!ReadNode(i)) return nullptr;
  }
  return reader_.IsAtEnd() && ResolveViews() ? root : nullptr;
}

Fart_CObject* CObjectDecoder::ReadValue() {
  MessageValue value;
  if (!reader_.ReadValue(&value)) return nullptr;
  if (value.tag == ValueTag::kNode) return &nodes_[value.node];
  auto* const object = Allocate<Fart_CObject>(1);
  if (object == nullptr) return nullptr;
  *object = Fart_CObject();
  switch (value.tag) {
    case ValueTag::kNull:
      object->type = Fart_CObject_kNull;
      break;
    case ValueTag::kFalse:
    case ValueTag::kTrue:
      object->type = Fart_CObject_kBool;
      object->value.as_bool = value.tag == ValueTag::kTrue;
      break;
    case ValueTag::kInteger:
      SetInteger(value.integer, object);
      break;
    case ValueTag::kDouble:
      object->type = Fart_CObject_kDouble;
      object->value.as_double = value.number;
      break;
    case ValueTag::kNode:
      break;
    case ValueTag::kTypes:  // Only instances have them, whose values nobody looks at.
      return nullptr;
  }
  return object;
}

bool CObjectDecoder::ReadNode(std::uint64_t number) {
  MessageNode node;
  if (!reader_.ReadNode(&node)) return false;
  Fart_CObject* const object = &nodes_[number];
  switch (node.kind) {
    case NodeKind::kLatin1String:
    case NodeKind::kUtf16String:
      return ReadString(node, object);
    case NodeKind::kBigInteger:
      return ReadBigint(node, object);
    case NodeKind::kArray:
    case NodeKind::kImmutableArray:
    case NodeKind::kGrowableList:
    case NodeKind::kTypedGrowableList:
    case NodeKind::kTypedArray:
    case NodeKind::kTypedImmutableArray:
      return ReadArray(node, object);
    case NodeKind::kTypedData:
      SetTypedData(node.type, node.data, node.length, object);
      return true;
    case NodeKind::kExternalTypedData:
    case NodeKind::kNativePointer:
      return ReadPayload(node, object);
    case NodeKind::kTypedDataView:
    case NodeKind::kByteBuffer:
      views_.push_back({number, node.buffer, node.offset, node.length,
                        node.kind == NodeKind::kByteBuffer ? TypedDataType::kUint8 : node.type,
                        node.kind == NodeKind::kByteBuffer});
      return true;
    case NodeKind::kSendPort:
      object->type = Fart_CObject_kSendPort;
      object->value.as_send_port.id = node.id;
      object->value.as_send_port.origin_id = node.origin_id;
      return true;
    case NodeKind::kCapability:
      object->type = Fart_CObject_kCapability;
      object->value.as_capability.id = node.id;
      return true;
    case NodeKind::kInstance:  // stays kUnsupported
      return reader_.SkipValues(node.values);
    case NodeKind::kFunction:  // likewise
    case NodeKind::kType:
      return true;
  }
  return false;
}

bool CObjectDecoder::ReadArray(const MessageNode& node, Fart_CObject* object) {
  auto** const values = Allocate<Fart_CObject*>(node.values);
  if (values == nullptr) return false;
  for (std::uint64_t i = 0; i < node.values; ++i) {
    values[i] = ReadValue();
    if (values[i] == nullptr) return false;
  }
  object->type = Fart_CObject_kArray;
  object->value.as_array.length = static_cast<std::intptr_t>(node.values);
  object->value.as_array.values = values;
  return true;
}

// ---- Strings

template <typename Unit, typename Visit>
void ForEachCodePoint(std::span<const Unit> units, Visit&& visit) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (sizeof(Unit) > 1 && IsLeadSurrogate(units[i]) && i + 1 < units.size() &&
        IsTrailSurrogate(units[i + 1])) {
      visit(CombineSurrogates(units[i], units[i + 1]));
      ++i;
    } else {
      visit(char32_t{units[i]});
    }
  }
}

bool CObjectDecoder::ReadString(const MessageNode& node, Fart_CObject* object) {
  const auto read = [&](const auto& units) {
    std::size_t bytes = 1;  // NUL
    ForEachCodePoint(units, [&bytes](char32_t value) { bytes += Utf8BytesOf(value); });
    char* const text = Allocate<char>(bytes);
    if (text == nullptr) return false;
    char* to = text;
    ForEachCodePoint(units, [&to](char32_t value) { to = EncodeUtf8(value, to); });
    *to = '\0';
    object->type = Fart_CObject_kString;
    object->value.as_text.chars = text;
    object->value.as_text.length = to - text;
    return true;
  };
  if (node.kind == NodeKind::kLatin1String) return read(std::span(node.data, node.length));
  return read(std::span(reinterpret_cast<const char16_t*>(node.data), node.length));
}

// ---- Big integers

bool CObjectDecoder::ReadBigint(const MessageNode& node, Fart_CObject* object) {
  const auto* const limbs = reinterpret_cast<const std::uint64_t*>(node.data);
  std::size_t count = node.length;
  while (count != 0 && limbs[count - 1] == 0) --count;
  constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
  if (count == 0) {
    SetInteger(0, object);
    return true;
  }
  if (count == 1 && (limbs[0] < kSign || (limbs[0] == kSign && node.is_negative))) {
    SetInteger(static_cast<std::int64_t>(node.is_negative ? ~limbs[0] + 1 : limbs[0]), object);
    return true;
  }
  auto* const digits = Allocate<Fart_CObject>(1);
  if (digits == nullptr) return false;
  *digits = Fart_CObject();
  const std::size_t used = count * 2 - (limbs[count - 1] >> 32 == 0 ? 1 : 0);
  SetTypedData(TypedDataType::kUint32, limbs, used * 4, digits);
  object->type = Fart_CObject_kBigint;
  object->value.as_bigint.neg = node.is_negative;
  object->value.as_bigint.used = static_cast<std::intptr_t>(used);
  object->value.as_bigint.digits = digits;
  return true;
}

// ---- Foreign memory and views

bool CObjectDecoder::ReadPayload(const MessageNode& node, Fart_CObject* object) {
  const MessagePayload& payload = message_.payload(node.payload);
  if (node.kind == NodeKind::kNativePointer) {
    if (payload.kind != MessagePayload::Kind::kNativePointer) return false;
    object->type = Fart_CObject_kNativePointer;
    object->value.as_native_pointer.ptr = reinterpret_cast<std::intptr_t>(payload.data);
    object->value.as_native_pointer.size = static_cast<std::intptr_t>(payload.size);
    // The finalizer is the message's: a handler that posts the pointer again does not post that.
    object->value.as_native_pointer.callback = nullptr;
    return true;
  }
  if (payload.kind != MessagePayload::Kind::kTypedData ||
      payload.size % ElementSizeOf(node.type) != 0) {
    return false;
  }
  SetTypedData(node.type, payload.data, payload.size, object);
  return true;
}

bool CObjectDecoder::ResolveViews() {
  // None is kTypedData yet: so what a view sees is no view.
  for (const View& view : views_) {
    if (nodes_[view.buffer].type != Fart_CObject_kTypedData) return false;
  }
  for (const View& view : views_) {
    const auto& buffer = nodes_[view.buffer].value.as_typed_data;
    const auto available = static_cast<std::size_t>(buffer.length);
    if (view.is_whole) {
      SetTypedData(view.type, buffer.values, available, &nodes_[view.node]);
      continue;
    }
    if (view.offset > available || view.length > available - view.offset) return false;
    SetTypedData(view.type, buffer.values + view.offset, view.length, &nodes_[view.node]);
  }
  return true;
}

}  // namespace

Fart_CObject* DecodeCObject(const Message& message, CObjectArena& arena, std::string* error) {
  return CObjectDecoder(message, arena).Decode(error);
}

}  // namespace fart::api
