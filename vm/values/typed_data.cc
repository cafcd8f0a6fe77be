#include "vm/values/typed_data.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "heap/base/check.h"
#include "vm/memory/object_memory.h"
#include "vm/values/big_integers.h"
#include "vm/values/errors.h"
#include "vm/values/numbers.h"

namespace fart {

namespace {

ShapeId ShapeFor(ShapeId first, TypedDataType type) {
  return ShapeId{static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(type)};
}

// The two raw words of external typed data; those of a view come after its reference.
std::uint64_t* RawWords(ObjectPtr object, bool is_view) {
  return (object.address() + ByteCount(is_view ? 2 * kWordSize : kWordSize)).As<std::uint64_t>();
}

}  // namespace

FreshObject NewTypedData(Mutator& mutator, TypedDataType type, std::size_t length) {
  FART_CHECK(length <= MaxTypedDataLength(type));
  return mutator.Allocate(ShapeFor(core_shape::kTypedData, type), length * ElementSizeOf(type));
}

FreshObject NewExternalTypedData(Mutator& mutator, TypedDataType type, void* data,
                                 std::size_t length, ByteCount external) {
  FART_CHECK(length <= MaxTypedDataLength(type));
  const FreshObject object =
      mutator.AllocateForExternal(ShapeFor(core_shape::kExternalTypedData, type), external);
  if (object.is_null()) return object;
  const NoSafepointScope quiet;
  std::uint64_t* const words = RawWords(object.Get(quiet), /*is_view=*/false);
  words[0] = reinterpret_cast<std::uint64_t>(data);
  words[1] = length * ElementSizeOf(type);
  return object;
}

FreshObject NewTypedDataView(Mutator& mutator, TypedDataType type, Rooted bytes,
                             std::size_t offset_in_bytes, std::size_t length) {
  FART_CHECK(length <= MaxTypedDataLength(type));
  const FreshObject view = mutator.Allocate(ShapeFor(core_shape::kTypedDataView, type));
  if (view.is_null()) return view;
  const NoSafepointScope quiet;
  const ObjectPtr seen = bytes.Get(quiet);
  const std::size_t available = BytesOf(seen, quiet).length;
  const std::size_t needed = length * ElementSizeOf(type);
  FART_CHECK(offset_in_bytes <= available && needed <= available - offset_in_bytes);  // VV-D2
  const ObjectPtr object = view.Get(quiet);
  mutator.InitField(object, (object.address() + kReferencesOffset).As<ObjectPtr>(),
                    TypedDataBacking(seen, quiet));  // VV-D1
  std::uint64_t* const words = RawWords(object, /*is_view=*/true);
  words[0] = offset_in_bytes + (IsTypedData(seen) ? TypedDataOffsetInBytes(seen, quiet) : 0);
  words[1] = needed;
  return view;
}

FreshObject NewByteBuffer(Mutator& mutator, Rooted typed_data) {
  const FreshObject buffer = mutator.Allocate(core_shape::kByteBuffer);
  if (buffer.is_null()) return buffer;
  const NoSafepointScope quiet;
  const ObjectPtr object = buffer.Get(quiet);
  mutator.InitField(object, (object.address() + kReferencesOffset).As<ObjectPtr>(),
                    TypedDataBacking(typed_data.Get(quiet), quiet));  // VV-D1
  return buffer;
}

Outcome NewFinalizableTypedData(ObjectMemory& memory, TypedDataType type, void* data,
                                std::size_t length, void* peer, ByteCount external, HandleKind kind,
                                OpaqueCallback callback) {
  StackRoots<1> roots(memory.stack());
  {
    const FreshObject object = NewExternalTypedData(memory.mutator(), type, data, length, external);
    if (object.is_null()) return memory.OrOutOfMemory(object);
    const NoSafepointScope quiet;
    roots.Set(0, object.Get(quiet));
    const HandleValue watcher =
        memory.handles().weaks.Create(kind, object.Get(quiet), peer, external, callback);
    if (watcher.is_empty()) {
      return Outcome::Error(memory.ReadyError(ErrorText::kOffHeapMemory).Get(quiet), quiet);
    }
    memory.mutator().ChargeExternal(object.Get(quiet), ByteCount(), external);
  }
  if (!external.is_zero()) memory.mutator().PollExternalSize();
  const NoSafepointScope quiet;
  return Outcome::Value(roots[0].Get(quiet), quiet);
}

DataBytes BytesOf(ObjectPtr object, const NoSafepointScope& quiet) {
  if (IsTypedDataInHeap(object)) [[likely]]
    return BytesInHeap(object, quiet);
  if (IsExternalTypedData(object)) {
    const std::uint64_t* const words = RawWords(object, /*is_view=*/false);
    return {reinterpret_cast<std::uint8_t*>(words[0]), words[1]};
  }
  DataBytes bytes = BytesOf(TypedDataBacking(object, quiet), quiet);  // VV-D1: once
  if (IsByteBuffer(object)) return bytes;
  const std::uint64_t* const words = RawWords(object, /*is_view=*/true);
  if (words[0] + words[1] > bytes.length) return {nullptr, 0};  // VV-D3
  return {bytes.first + words[0], words[1]};
}

void EmptyExternalTypedData(WeakHandles& weaks, const NoSafepointScope&) {
  const auto empty = [](ObjectPtr object) {
    if (!IsExternalTypedData(object)) return;
    std::uint64_t* const words = RawWords(object, /*is_view=*/false);
    words[0] = 0;
    words[1] = 0;
  };
  weaks.ForEachLive(HandleKind::kWeak, empty);
  weaks.ForEachLive(HandleKind::kFinalizable, empty);
}

std::size_t TypedDataOffsetInBytes(ObjectPtr typed_data, const NoSafepointScope&) {
  return IsTypedDataView(typed_data) ? RawWords(typed_data, /*is_view=*/true)[0] : 0;
}

namespace {

// Calls `visit` with a value of the C type that elements of `type` have. The only list of them.
template <typename Visit>
auto VisitElementType(TypedDataType type, Visit&& visit) {
  switch (type) {
    case TypedDataType::kByteData:
    case TypedDataType::kUint8:
    case TypedDataType::kUint8Clamped:
      return visit(std::uint8_t{});
    case TypedDataType::kInt8:
      return visit(std::int8_t{});
    case TypedDataType::kInt16:
      return visit(std::int16_t{});
    case TypedDataType::kUint16:
      return visit(std::uint16_t{});
    case TypedDataType::kInt32:
      return visit(std::int32_t{});
    case TypedDataType::kUint32:
      return visit(std::uint32_t{});
    case TypedDataType::kInt64:
      return visit(std::int64_t{});
    case TypedDataType::kUint64:
      return visit(std::uint64_t{});
    case TypedDataType::kFloat32:
      return visit(float{});
    case TypedDataType::kFloat64:
      return visit(double{});
    case TypedDataType::kFloat32x4:
      break;
  }
  FART_UNREACHABLE();
}

// Elements of external data and of views lie at any address.
template <typename T>
T Load(const std::uint8_t* place) {
  T value;
  std::memcpy(&value, place, sizeof(value));
  return value;
}

template <typename T>
bool Store(std::uint8_t* place, ObjectPtr number, const NoSafepointScope& quiet) {
  T value;
  if constexpr (std::is_floating_point_v<T>) {
    value = static_cast<T>(IsDouble(number) ? DoubleValue(number, quiet)
                                            : IntegerToDouble(number, quiet));
  } else {
    if (!IsInteger(number)) return false;
    value = static_cast<T>(LowBitsOfInteger(number, quiet));
  }
  std::memcpy(place, &value, sizeof(value));
  return true;
}

bool StoreClamped(std::uint8_t* place, ObjectPtr number, const NoSafepointScope& quiet) {
  if (!IsInteger(number)) return false;
  std::int64_t value;
  if (IsBigInteger(number)) {
    value = IsNegativeBigInteger(number, quiet) ? 0 : 255;
  } else {
    value = IntegerValue(number, quiet);
  }
  *place = static_cast<std::uint8_t>(std::clamp<std::int64_t>(value, 0, 255));
  return true;
}

// An element as the number that it is in a program.
struct Number {
  bool is_double;
  std::int64_t integer;
  double real;
};
constexpr Number Integer(std::int64_t value) { return {false, value, 0}; }
constexpr Number Real(double value) { return {true, 0, value}; }

// Of 64 bits without a sign, the bits.
Number LoadElement(const std::uint8_t* place, TypedDataType type) {
  return VisitElementType(type, [place]<typename T>(T) {
    const T value = Load<T>(place);
    if constexpr (std::is_floating_point_v<T>) {
      return Real(static_cast<double>(value));
    } else {
      return Integer(static_cast<std::int64_t>(value));
    }
  });
}

}  // namespace

FreshObject ReadElement(Mutator& mutator, Rooted typed_data, TypedDataType type,
                        std::size_t offset_in_bytes, ByteOrder order) {
  Number number;
  {
    const NoSafepointScope quiet;
    const DataBytes bytes = BytesOf(typed_data.Get(quiet), quiet);
    const std::size_t size = ElementSizeOf(type);
    FART_DCHECK(offset_in_bytes + size <= bytes.length);
    std::uint8_t element[16];
    std::memcpy(element, bytes.first + offset_in_bytes, size);
    if (order == ByteOrder::kReversed) std::reverse(element, element + size);
    number = LoadElement(element, type);
  }
  if (number.is_double) return NewDouble(mutator, number.real);
  if (type == TypedDataType::kUint64) {
    return NewIntegerFromUint64(mutator, static_cast<std::uint64_t>(number.integer));
  }
  return NewInteger(mutator, number.integer);
}

namespace {

bool StoreElement(std::uint8_t* place, TypedDataType type, ObjectPtr value,
                  const NoSafepointScope& quiet) {
  if (type == TypedDataType::kUint8Clamped) return StoreClamped(place, value, quiet);
  return VisitElementType(type, [&]<typename T>(T) { return Store<T>(place, value, quiet); });
}

}  // namespace

bool WriteElement(ObjectPtr typed_data, TypedDataType type, std::size_t offset_in_bytes,
                  ObjectPtr value, const NoSafepointScope& quiet, ByteOrder order) {
  if (!IsInteger(value) && !IsDouble(value)) return false;
  const DataBytes bytes = BytesOf(typed_data, quiet);
  const std::size_t size = ElementSizeOf(type);
  FART_DCHECK(offset_in_bytes + size <= bytes.length);
  std::uint8_t* const place = bytes.first + offset_in_bytes;
  if (!StoreElement(place, type, value, quiet)) return false;
  if (order == ByteOrder::kReversed) std::reverse(place, place + size);
  return true;
}

FreshObject TypedDataAt(Mutator& mutator, Rooted typed_data, std::size_t index) {
  TypedDataType type;
  {
    const NoSafepointScope quiet;
    type = TypedDataTypeOf(typed_data.Get(quiet));
  }
  return ReadElement(mutator, typed_data, type, index * ElementSizeOf(type));
}

}  // namespace fart
