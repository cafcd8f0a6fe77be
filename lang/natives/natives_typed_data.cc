// Natives of dart:typed_data.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "vm/values/strings.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

namespace {

ObjectPtr Smi(std::size_t value) { return ObjectPtr::FromSmi(static_cast<std::int64_t>(value)); }

std::size_t LengthOf(ObjectPtr typed_data) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return TypedDataLength(typed_data, quiet);
}

std::size_t LengthInBytesOf(ObjectPtr bytes) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return BytesOf(bytes, quiet).length;
}

// A number from 0 to `limit`.
bool IsUpTo(ObjectPtr value, std::size_t limit) {
  return value.IsSmi() && static_cast<std::uint64_t>(value.SmiValue()) <= limit;
}
std::size_t Number(ObjectPtr value) { return static_cast<std::size_t>(value.SmiValue()); }

// Whether a place `width` wide that begins at `offset` lies within `length`.
bool IsPlace(ObjectPtr offset, std::size_t width, std::size_t length) {
  return width <= length && IsUpTo(offset, length - width);
}

// The numbers of all types, and of those that an element of bytes can have.
using TypeNumber = RangeArg<0, core_shape::kTypedDataTypes - 1>;
using ElementTypeNumber = RangeArg<1, core_shape::kTypedDataTypes - 2>;
template <typename Arg>
TypedDataType TypeOf(const Arg& number) {
  return static_cast<TypedDataType>(number.value);
}

// ---- Making

Done New(Interpreter& interpreter, ObjectPtr* arguments, TypeNumber number,
         Int64Arg length) FART_MAY_COLLECT {
  const TypedDataType type = TypeOf(number);
  const auto most = static_cast<std::int64_t>(MaxTypedDataLength(type));
  if (length.value < 0 || length.value > most) return interpreter.RefuseRange(1, 0, most);
  return Answer(interpreter, arguments,
                NewTypedData(interpreter.mutator(), type, static_cast<std::size_t>(length.value)));
}

// (type, buffer, offset, length or null: as many as the buffer has whole)
Done View(Interpreter& interpreter, ObjectPtr* arguments, TypeNumber number, ByteBufferArg,
          Int64Arg offset, OrNull<Int64Arg> length) FART_MAY_COLLECT {
  const TypedDataType type = TypeOf(number);
  const auto size = static_cast<std::int64_t>(ElementSizeOf(type));
  const auto available = static_cast<std::int64_t>(LengthInBytesOf(arguments[1]));
  if (offset.value < 0 || offset.value > available) {
    return interpreter.RefuseRange(2, 0, available);
  }
  if (offset.value % size != 0) {
    return interpreter.RefusePlace(2, "must be a multiple of BYTES_PER_ELEMENT");
  }
  const std::int64_t rest = available - offset.value;
  const std::int64_t most = rest / size;
  const std::int64_t count = length.is_given ? length.given.value : most;
  if (count < 0 || count > most) return interpreter.RefuseRange(3, 0, most);
  return Answer(
      interpreter, arguments,
      NewTypedDataView(interpreter.mutator(), type, Rooted(arguments + 1),
                       static_cast<std::size_t>(offset.value), static_cast<std::size_t>(count)));
}

Done Buffer(Interpreter& interpreter, ObjectPtr* arguments, TypedDataArg) FART_MAY_COLLECT {
  return Answer(interpreter, arguments, NewByteBuffer(interpreter.mutator(), Rooted(arguments)));
}

Done DataOfBuffer(Interpreter&, ObjectPtr* arguments, ByteBufferArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, TypedDataBacking(arguments[0], quiet));
}

// ---- Questions

Done Length(Interpreter&, ObjectPtr* arguments, TypedDataArg) FART_MAY_COLLECT {
  return Answer(arguments, Smi(LengthOf(arguments[0])));
}

Done LengthInBytes(Interpreter&, ObjectPtr* arguments, BytesArg) FART_MAY_COLLECT {
  return Answer(arguments, Smi(LengthInBytesOf(arguments[0])));
}

Done OffsetInBytes(Interpreter&, ObjectPtr* arguments, TypedDataArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, Smi(TypedDataOffsetInBytes(arguments[0], quiet)));
}

Done ElementSizeInBytes(Interpreter&, ObjectPtr* arguments, TypedDataArg) FART_MAY_COLLECT {
  return Answer(arguments, Smi(ElementSizeOf(TypedDataTypeOf(arguments[0]))));
}

Done Type(Interpreter&, ObjectPtr* arguments, TypedDataArg) FART_MAY_COLLECT {
  return Answer(arguments, Smi(static_cast<std::size_t>(TypedDataTypeOf(arguments[0]))));
}

// ---- Elements

bool HasObjects(ObjectPtr list) { return TypedDataTypeOf(list) != TypedDataType::kFloat32x4; }

Done RaiseNoObjects(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return RaiseUnsupported(interpreter, arguments, "Elements of a Float32x4List are no objects");
}

Done At(Interpreter& interpreter, ObjectPtr* arguments, TypedListArg,
        IndexArg<TypedListArg> index) FART_MAY_COLLECT {
  if (!HasObjects(arguments[0])) return RaiseNoObjects(interpreter, arguments);
  return Answer(interpreter, arguments,
                TypedDataAt(interpreter.mutator(), Rooted(arguments), index.value));
}

Done SetAt(Interpreter& interpreter, ObjectPtr* arguments, TypedListArg,
           IndexArg<TypedListArg> index, AnyArg) FART_MAY_COLLECT {
  if (!HasObjects(arguments[0])) return RaiseNoObjects(interpreter, arguments);
  bool is_stored;
  {
    const NoSafepointScope quiet;
    is_stored = TypedDataSetAt(arguments[0], index.value, arguments[2], quiet);
  }
  if (is_stored) return Answer(arguments, kNull);
  return interpreter.Refuse(2, "must be a number of the list's type");
}

// (target, start, source, source start, count)
Done Copy(Interpreter&, ObjectPtr* arguments, TypedListArg, Int64Arg, AnyArg, AnyArg,
          Int64Arg) FART_MAY_COLLECT {
  const ObjectPtr target = arguments[0];
  const ObjectPtr source = arguments[2];
  if (!IsTypedList(source) || TypedDataTypeOf(source) != TypedDataTypeOf(target) ||
      !IsUpTo(arguments[4], LengthOf(target)) ||
      !IsPlace(arguments[1], Number(arguments[4]), LengthOf(target)) ||
      !IsPlace(arguments[3], Number(arguments[4]), LengthOf(source))) {
    return Answer(arguments, kFalse);
  }
  const std::size_t size = ElementSizeOf(TypedDataTypeOf(target));
  const NoSafepointScope quiet;
  if (arguments[4] != ObjectPtr::FromSmi(0)) {
    std::memmove(BytesOf(target, quiet).first + Number(arguments[1]) * size,
                 BytesOf(source, quiet).first + Number(arguments[3]) * size,
                 Number(arguments[4]) * size);
  }
  return Answer(arguments, kTrue);
}

// ---- Byte data: (data, offset, type, is little, value)

ByteOrder OrderOf(BoolArg is_little) {
  const bool machine_is_little = std::endian::native == std::endian::little;
  return is_little.value == machine_is_little ? ByteOrder::kOfMachine : ByteOrder::kReversed;
}

// Whether an element of `type` lies at `offset`; if not, that is refused.
bool HasElement(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg offset,
                TypedDataType type) {
  const auto length = static_cast<std::int64_t>(LengthInBytesOf(arguments[0]));
  const std::int64_t last = length - static_cast<std::int64_t>(ElementSizeOf(type));
  if (offset.value >= 0 && offset.value <= last) return true;
  interpreter.RefuseRange(1, 0, last);
  return false;
}

Done GetBytes(Interpreter& interpreter, ObjectPtr* arguments, TypedDataArg, Int64Arg offset,
              ElementTypeNumber number, BoolArg is_little) FART_MAY_COLLECT {
  const TypedDataType type = TypeOf(number);
  if (!HasElement(interpreter, arguments, offset, type)) return Done::kRefused;
  return Answer(interpreter, arguments,
                ReadElement(interpreter.mutator(), Rooted(arguments), type,
                            static_cast<std::size_t>(offset.value), OrderOf(is_little)));
}

Done SetBytes(Interpreter& interpreter, ObjectPtr* arguments, TypedDataArg, Int64Arg offset,
              ElementTypeNumber number, BoolArg is_little, AnyArg) FART_MAY_COLLECT {
  const TypedDataType type = TypeOf(number);
  if (!HasElement(interpreter, arguments, offset, type)) return Done::kRefused;
  bool is_stored;
  {
    const NoSafepointScope quiet;
    is_stored = WriteElement(arguments[0], type, static_cast<std::size_t>(offset.value),
                             arguments[4], quiet, OrderOf(is_little));
  }
  if (is_stored) return Answer(arguments, kNull);
  return interpreter.Refuse(4, "must be a number of the type that is stored");
}

constexpr IntrinsicEntry kEntries[] = {
    Native<New>("TypedData_new"),
    Native<View>("TypedData_view"),
    Native<Buffer>("TypedData_buffer"),
    Native<Length>("TypedData_length"),
    Native<LengthInBytes>("TypedData_lengthInBytes"),
    Native<OffsetInBytes>("TypedData_offsetInBytes"),
    Native<ElementSizeInBytes>("TypedData_elementSizeInBytes"),
    Native<Type>("TypedData_type"),
    Native<At>("TypedData_at"),
    Native<SetAt>("TypedData_setAt"),
    Native<Copy>("TypedData_copy"),
    Native<GetBytes>("ByteData_get"),
    Native<SetBytes>("ByteData_set"),
    Native<DataOfBuffer>("ByteBuffer_data"),
};

}  // namespace

std::span<const IntrinsicEntry> TypedDataIntrinsics() { return kEntries; }

}  // namespace fart::lang
