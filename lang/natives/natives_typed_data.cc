// Natives of dart:typed_data.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "lang/interpreter/interpreter.h"
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

// The library's own code passes types; they are constants there.
TypedDataType TypeOf(ObjectPtr number) { return static_cast<TypedDataType>(number.SmiValue()); }

// ---- Making

Done New(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const TypedDataType type = TypeOf(arguments[0]);
  if (!arguments[1].IsSmi()) {
    return RaiseArgument(interpreter, arguments, 1, "A length must be an integer");
  }
  if (!IsUpTo(arguments[1], MaxTypedDataLength(type))) {
    return Raise(interpreter, arguments, Helper::kLengthError, {arguments[1]});
  }
  return Answer(interpreter, arguments,
                NewTypedData(interpreter.mutator(), type, Number(arguments[1])));
}

// (type, buffer, offset, length)
Done View(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const TypedDataType type = TypeOf(arguments[0]);
  if (!IsByteBuffer(arguments[1])) {
    return RaiseArgument(interpreter, arguments, 1, "Not a ByteBuffer");
  }
  const std::size_t available = LengthInBytesOf(arguments[1]);
  if (!IsUpTo(arguments[2], available)) {
    return RaiseArgument(interpreter, arguments, 2, "Not an offset into the buffer");
  }
  const std::size_t offset = Number(arguments[2]);
  if (!IsUpTo(arguments[3], (available - offset) / ElementSizeOf(type))) {
    return RaiseArgument(interpreter, arguments, 3, "Not a length within the buffer");
  }
  return Answer(interpreter, arguments,
                NewTypedDataView(interpreter.mutator(), type, Rooted(arguments + 1), offset,
                                 Number(arguments[3])));
}

Done Buffer(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(interpreter, arguments, NewByteBuffer(interpreter.mutator(), Rooted(arguments)));
}

Done DataOfBuffer(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, TypedDataBacking(arguments[0], quiet));
}

// ---- Questions

Done Length(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(arguments, Smi(LengthOf(arguments[0])));
}

Done LengthInBytes(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(arguments, Smi(LengthInBytesOf(arguments[0])));
}

Done OffsetInBytes(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, Smi(TypedDataOffsetInBytes(arguments[0], quiet)));
}

Done ElementSizeInBytes(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(arguments, Smi(ElementSizeOf(TypedDataTypeOf(arguments[0]))));
}

Done Type(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(arguments, Smi(static_cast<std::size_t>(TypedDataTypeOf(arguments[0]))));
}

// ---- Elements

// Why an element cannot be read or stored, if it cannot.
bool IsElement(ObjectPtr typed_data, ObjectPtr index) {
  return IsPlace(index, 1, LengthOf(typed_data)) &&
         TypedDataTypeOf(typed_data) != TypedDataType::kFloat32x4;
}

Done RaiseElement(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (IsPlace(arguments[1], 1, LengthOf(arguments[0]))) {
    const FreshObject text =
        NewStringFromUtf8(interpreter.mutator(), "Elements of a Float32x4List are no objects");
    if (text.is_null()) return Answer(interpreter, arguments, text);
    const NoSafepointScope quiet;
    return Raise(interpreter, arguments, Helper::kUnsupported, {text.Get(quiet)});
  }
  return Raise(interpreter, arguments, Helper::kIndexError,
               {arguments[1], arguments[0], Smi(LengthOf(arguments[0]))});
}

Done At(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (!IsElement(arguments[0], arguments[1])) return RaiseElement(interpreter, arguments);
  return Answer(interpreter, arguments,
                TypedDataAt(interpreter.mutator(), Rooted(arguments), Number(arguments[1])));
}

Done SetAt(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (!IsElement(arguments[0], arguments[1])) return RaiseElement(interpreter, arguments);
  bool is_stored;
  {
    const NoSafepointScope quiet;
    is_stored = TypedDataSetAt(arguments[0], Number(arguments[1]), arguments[2], quiet);
  }
  if (is_stored) return Answer(arguments, kNull);
  return RaiseArgument(interpreter, arguments, 2, "Not a number of the list's type");
}

// (target, start, source, source start, count)
Done Copy(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
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

ByteOrder OrderOf(ObjectPtr is_little) {
  const bool machine_is_little = std::endian::native == std::endian::little;
  return (is_little == kTrue) == machine_is_little ? ByteOrder::kOfMachine : ByteOrder::kReversed;
}

Done RaiseOffset(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Raise(interpreter, arguments, Helper::kIndexError,
               {arguments[1], arguments[0], Smi(LengthInBytesOf(arguments[0]))});
}

Done GetBytes(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const TypedDataType type = TypeOf(arguments[2]);
  if (!IsPlace(arguments[1], ElementSizeOf(type), LengthInBytesOf(arguments[0]))) {
    return RaiseOffset(interpreter, arguments);
  }
  return Answer(interpreter, arguments,
                ReadElement(interpreter.mutator(), Rooted(arguments), type, Number(arguments[1]),
                            OrderOf(arguments[3])));
}

Done SetBytes(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const TypedDataType type = TypeOf(arguments[2]);
  if (!IsPlace(arguments[1], ElementSizeOf(type), LengthInBytesOf(arguments[0]))) {
    return RaiseOffset(interpreter, arguments);
  }
  bool is_stored;
  {
    const NoSafepointScope quiet;
    is_stored = WriteElement(arguments[0], type, Number(arguments[1]), arguments[4], quiet,
                             OrderOf(arguments[3]));
  }
  if (is_stored) return Answer(arguments, kNull);
  return RaiseArgument(interpreter, arguments, 4, "Not a number of the type that is stored");
}

constexpr IntrinsicEntry kEntries[] = {
    {"TypedData_new", New},
    {"TypedData_view", View},
    {"TypedData_buffer", Buffer},
    {"TypedData_length", Length},
    {"TypedData_lengthInBytes", LengthInBytes},
    {"TypedData_offsetInBytes", OffsetInBytes},
    {"TypedData_elementSizeInBytes", ElementSizeInBytes},
    {"TypedData_type", Type},
    {"TypedData_at", At},
    {"TypedData_setAt", SetAt},
    {"TypedData_copy", Copy},
    {"ByteData_get", GetBytes},
    {"ByteData_set", SetBytes},
    {"ByteBuffer_data", DataOfBuffer},
};

}  // namespace

std::span<const IntrinsicEntry> TypedDataIntrinsics() { return kEntries; }

}  // namespace fart::lang
