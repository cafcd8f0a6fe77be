// EncodeMessage -- from objects to bytes. Nothing collects meanwhile, so an object's address names
// it.

#include <algorithm>
#include <cstdint>
#include <new>
#include <string>
#include <unordered_map>

#include "heap/base/safepoint.h"
#include "vm/memory/object_memory.h"
#include "vm/message/class_identities.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_writer.h"
#include "vm/values/objects.h"
#include "vm/values/send_port.h"
#include "vm/values/typed_data.h"

namespace fart {

namespace {

class ObjectEncoder {
  static constexpr std::size_t kStepsToPoll = 4096;

 public:
  ObjectEncoder(ObjectMemory& memory, ClassIdentities& identities, WhenStopped when_stopped,
                std::string* error)
      : memory_(memory), identities_(identities), when_stopped_(when_stopped), error_(error) {}

  bool Encode(ObjectPtr root, Message* message, const NoSafepointScope& quiet) {
    PutValue(root, quiet);
    for (std::size_t i = 0; i < nodes_.size() && CanGoOn(); ++i) {
      Poll(i);
      PutNode(ObjectPtr::FromBits(nodes_[i]), quiet);
    }
    if (is_refused_) return false;
    if (!writer_.Finish(nodes_.size(), message)) throw std::bad_alloc();
    return true;
  }

 private:
  bool CanGoOn() const { return !is_refused_ && !writer_.has_failed(); }
  void Refuse(const std::string& what) {
    is_refused_ = true;
    *error_ = "illegal argument in isolate message: " + what;
  }
  // At step `i` of what can be many.
  void Poll(std::size_t i) {
    if (i % kStepsToPoll == 0 && when_stopped_ == WhenStopped::kEnd &&
        memory_.stack().IsInterrupted()) {
      is_refused_ = true;
      error_->clear();
    }
  }
  void PutHash(ObjectPtr object) { writer_.PutVarint(Header::Of(object).hash()); }

  void PutValue(ObjectPtr object, const NoSafepointScope& quiet);
  void PutNode(ObjectPtr object, const NoSafepointScope& quiet);
  void PutString(ObjectPtr string, const NoSafepointScope& quiet);
  void PutBigInteger(ObjectPtr big, const NoSafepointScope& quiet);
  void PutList(NodeKind kind, ObjectPtr list, const NoSafepointScope& quiet);
  void PutElements(ObjectPtr list, const NoSafepointScope& quiet);
  void PutArray(ObjectPtr array, const NoSafepointScope& quiet);
  void PutGrowableList(ObjectPtr list, const NoSafepointScope& quiet);
  void PutTypedData(ObjectPtr data, const NoSafepointScope& quiet);
  void PutInstance(ObjectPtr instance, ShapeId shape, const NoSafepointScope& quiet);
  bool PutClass(ShapeId shape, std::uint64_t* private_field);
  void PutSendPort(ObjectPtr port, const NoSafepointScope& quiet);
  void PutCapability(ObjectPtr capability, const NoSafepointScope& quiet);
  void PutFunction(ObjectPtr function, const NoSafepointScope& quiet);
  void PutType(ObjectPtr type, const NoSafepointScope& quiet);

  // Type arguments; their number once they have been put.
  struct Types {
    static constexpr std::uint64_t kNotYet = ~std::uint64_t{0};
    std::string described;
    std::uint64_t number = kNotYet;
  };
  // Of a list's mark or an instance's private field. Null: nothing is known of them.
  Types* TypesIn(ObjectPtr word);
  void PutTypes(Types* types);

  ObjectMemory& memory_;
  ClassIdentities& identities_;
  const WhenStopped when_stopped_;
  std::string* const error_;
  MessageWriter writer_;
  MessageNodes nodes_;
  // The classes of instances so far; by a class's number, its shape.
  Vector<ShapeId> classes_;
  Vector<std::uint64_t> private_fields_;  // By class number, too.
  std::unordered_map<std::uintptr_t, Types> types_;
  std::uint64_t types_put_ = 0;
  bool is_refused_ = false;
};

void ObjectEncoder::PutValue(ObjectPtr object, const NoSafepointScope& quiet) {
  if (object.IsSmi()) return writer_.PutInteger(object.SmiValue());
  if (object.is_null()) return writer_.PutNull();
  if (IsBool(object)) return writer_.PutBool(object == kTrue);
  if (!object.IsHeapObject()) return Refuse("object is a variable that has no value yet");
  if (IsMint(object)) return writer_.PutInteger(MintValue(object, quiet));
  if (IsDouble(object)) return writer_.PutDouble(DoubleValue(object, quiet));
  writer_.PutNodeValue(nodes_, object.bits());
}

void ObjectEncoder::PutNode(ObjectPtr object, const NoSafepointScope& quiet) {
  const ShapeId shape = Header::Of(object).shape();
  switch (memory_.shapes()[shape].kind) {
    case ShapeKind::kString:
      return PutString(object, quiet);
    case ShapeKind::kBigInteger:
      return PutBigInteger(object, quiet);
    case ShapeKind::kArray:
      return PutArray(object, quiet);
    case ShapeKind::kGrowableList:
      return PutGrowableList(object, quiet);
    case ShapeKind::kTypedData:
      return PutTypedData(object, quiet);
    case ShapeKind::kByteBuffer:
      writer_.PutKind(NodeKind::kByteBuffer);
      PutHash(object);
      return writer_.PutNodeNumber(nodes_, TypedDataBacking(object, quiet).bits());
    case ShapeKind::kSendPort:
      return PutSendPort(object, quiet);
    case ShapeKind::kCapability:
      return PutCapability(object, quiet);
    case ShapeKind::kInstance:
      return PutInstance(object, shape, quiet);
    case ShapeKind::kEmbedder:
      return Refuse(std::string("object has the shape '") + memory_.heap().shapes()[shape].name() +
                    "' of an embedder");
    case ShapeKind::kClosure:
      return PutFunction(object, quiet);
    case ShapeKind::kError:
      return Refuse("object is an error handle's");
    case ShapeKind::kLibrary:
      return Refuse("object is a library");
    case ShapeKind::kStackTrace:
      return Refuse("object is a stack trace");
    case ShapeKind::kType:
      return PutType(object, quiet);
    case ShapeKind::kNone:
    case ShapeKind::kSmi:
    case ShapeKind::kNullValue:
    case ShapeKind::kBool:
    case ShapeKind::kMarker:
    case ShapeKind::kDouble:
    case ShapeKind::kMint:
    case ShapeKind::kCell:
    case ShapeKind::kContext:
      return Refuse("object is no value of a program");
  }
}

void ObjectEncoder::PutString(ObjectPtr string, const NoSafepointScope& quiet) {
  if (IsLatin1String(string)) {
    const std::span<const std::uint8_t> units = Latin1Units(string, quiet);
    writer_.PutKind(NodeKind::kLatin1String);
    writer_.PutVarint(units.size());
    writer_.PutBytes(units.data(), units.size());
  } else {
    const std::span<const char16_t> units = Utf16Units(string, quiet);
    writer_.PutKind(NodeKind::kUtf16String);
    writer_.PutVarint(units.size());
    writer_.Align(sizeof(char16_t));
    writer_.PutBytes(units.data(), units.size_bytes());
  }
}

void ObjectEncoder::PutBigInteger(ObjectPtr big, const NoSafepointScope& quiet) {
  const std::span<const BigValue::Limb> limbs = LimbsOf(big, quiet);
  writer_.PutKind(NodeKind::kBigInteger);
  writer_.PutByte(IsNegativeBigInteger(big, quiet) ? 1 : 0);
  writer_.PutVarint(limbs.size());
  writer_.Align(sizeof(BigValue::Limb));
  writer_.PutBytes(limbs.data(), limbs.size_bytes());
}

ObjectEncoder::Types* ObjectEncoder::TypesIn(ObjectPtr word) {
  if (word.is_null() || word.bits() == 0) return nullptr;
  const auto [known, is_new] = types_.try_emplace(word.bits());
  if (is_new) known->second.described = identities_.DescribeTypes(word);
  return known->second.described.empty() ? nullptr : &known->second;
}

void ObjectEncoder::PutTypes(Types* types) {
  if (types->number != Types::kNotYet) return writer_.PutVarint(types->number);
  types->number = types_put_++;
  writer_.PutVarint(types->number);
  writer_.PutText(types->described);
}

void ObjectEncoder::PutArray(ObjectPtr array, const NoSafepointScope& quiet) {
  Types* const types = IsMarkedArray(array) ? TypesIn(ArrayMark(array, quiet)) : nullptr;
  if (types == nullptr) {
    return PutList(IsArray(array) ? NodeKind::kArray : NodeKind::kImmutableArray, array, quiet);
  }
  writer_.PutKind(IsArray(array) ? NodeKind::kTypedArray : NodeKind::kTypedImmutableArray);
  PutTypes(types);
  PutElements(array, quiet);
}

void ObjectEncoder::PutGrowableList(ObjectPtr list, const NoSafepointScope& quiet) {
  Types* const types = TypesIn(GrowableListMark(list, quiet));
  if (types == nullptr) return PutList(NodeKind::kGrowableList, list, quiet);
  writer_.PutKind(NodeKind::kTypedGrowableList);
  PutTypes(types);
  PutElements(list, quiet);
}

void ObjectEncoder::PutList(NodeKind kind, ObjectPtr list, const NoSafepointScope& quiet) {
  writer_.PutKind(kind);
  PutElements(list, quiet);
}

void ObjectEncoder::PutElements(ObjectPtr list, const NoSafepointScope& quiet) {
  const ListElements elements = ElementsOf(list, quiet);
  PutHash(list);
  writer_.PutVarint(elements.length);
  for (std::size_t i = 0; i < elements.length && CanGoOn(); ++i) {
    Poll(i);
    PutValue(elements.first[i], quiet);
  }
}

void ObjectEncoder::PutTypedData(ObjectPtr data, const NoSafepointScope& quiet) {
  const DataBytes bytes = BytesOf(data, quiet);
  if (IsTypedDataView(data)) {
    writer_.PutKind(NodeKind::kTypedDataView);
    PutHash(data);
    writer_.PutType(TypedDataTypeOf(data));
    writer_.PutNodeNumber(nodes_, TypedDataBacking(data, quiet).bits());
    writer_.PutVarint(TypedDataOffsetInBytes(data, quiet));
    writer_.PutVarint(bytes.length);
  } else {
    writer_.PutKind(NodeKind::kTypedData);
    PutHash(data);
    writer_.PutType(TypedDataTypeOf(data));
    writer_.PutVarint(bytes.length);
    writer_.Align(kMessageDataAlignment);
    writer_.PutBytes(bytes.first, bytes.length);
  }
}

void ObjectEncoder::PutInstance(ObjectPtr instance, ShapeId shape_id,
                                const NoSafepointScope& quiet) {
  const Shape& shape = memory_.heap().shapes()[shape_id];
  writer_.PutKind(NodeKind::kInstance);
  PutHash(instance);
  std::uint64_t private_field = ClassIdentity::kNoField;
  if (!PutClass(shape_id, &private_field)) return;
  if (shape.is_ephemeron()) memory_.heap().LookAtPair(instance.address());  // H-M3
  const ObjectPtr* const fields = shape.References(instance.address());
  for (std::uint32_t i = 0; i < shape.references() && CanGoOn(); ++i) {
    Types* const types = i == private_field ? TypesIn(fields[i]) : nullptr;
    if (types != nullptr) {
      writer_.PutByte(static_cast<std::uint8_t>(ValueTag::kTypes));
      PutTypes(types);
    } else {
      PutValue(i == private_field ? kNull : fields[i], quiet);
    }
  }
}

// False: its instances cannot be sent.
bool ObjectEncoder::PutClass(ShapeId shape_id, std::uint64_t* private_field) {
  const auto known = std::ranges::find(classes_, shape_id);
  const auto number = static_cast<std::size_t>(known - classes_.begin());
  writer_.PutVarint(number);
  if (known != classes_.end()) {
    *private_field = private_fields_[number];
    return true;
  }
  const Shape& shape = memory_.heap().shapes()[shape_id];
  ClassIdentity identity;
  std::string why_not = "has native fields";
  if (shape.raw_bytes() != 0 || shape.weak_references() != 0 || shape.has_length() ||
      !identities_.IdentifyClass(shape_id, &identity, &why_not)) {
    Refuse(std::string("object is an instance of class '") + shape.name() + "', which " + why_not);
    return false;
  }
  FART_DCHECK(identity.field_count == shape.references());
  private_fields_.push_back(identity.private_field);
  classes_.push_back(shape_id);
  *private_field = identity.private_field;
  writer_.PutText(identity.library_url);
  writer_.PutText(identity.name);
  writer_.PutVarint(identity.field_count);
  writer_.PutWord(identity.layout);
  return true;
}

void ObjectEncoder::PutSendPort(ObjectPtr port, const NoSafepointScope& quiet) {
  writer_.PutKind(NodeKind::kSendPort);
  PutHash(port);
  writer_.PutWord(static_cast<std::uint64_t>(SendPortId(port, quiet)));
  writer_.PutWord(static_cast<std::uint64_t>(SendPortOriginId(port, quiet)));
}

void ObjectEncoder::PutCapability(ObjectPtr capability, const NoSafepointScope& quiet) {
  writer_.PutKind(NodeKind::kCapability);
  PutHash(capability);
  writer_.PutWord(static_cast<std::uint64_t>(CapabilityId(capability, quiet)));
}

// Its hash is the receiver's function's own.
void ObjectEncoder::PutFunction(ObjectPtr function, const NoSafepointScope& quiet) {
  FunctionIdentity identity;
  if (!identities_.IdentifyFunction(function, &identity, quiet)) {
    return Refuse("object is a closure");
  }
  writer_.PutKind(NodeKind::kFunction);
  writer_.PutText(identity.library_url);
  writer_.PutText(identity.name);
}

// As of a function.
void ObjectEncoder::PutType(ObjectPtr type, const NoSafepointScope& quiet) {
  std::string described;
  std::string why_not;
  if (!identities_.IdentifyType(type, &described, &why_not, quiet)) {
    return Refuse("object is " + why_not);
  }
  writer_.PutKind(NodeKind::kType);
  writer_.PutText(described);
}

}  // namespace

bool EncodeMessage(ObjectMemory& memory, ClassIdentities& classes, Rooted object, Message* message,
                   std::string* error, WhenStopped when_stopped) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return ObjectEncoder(memory, classes, when_stopped, error)
      .Encode(object.Get(quiet), message, quiet);
}

}  // namespace fart
