// DecodeMessage -- from bytes to objects.
//
// The bytes are read twice or three times: to make every node's object, empty; to make those that
// see a part of others; and to fill them. So a value may name any node, before or behind. The
// objects made so far lie in an array of the heap.

#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string>

#include "heap/base/safepoint.h"
#include "vm/memory/object_memory.h"
#include "vm/message/class_identities.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_reader.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/errors.h"
#include "vm/values/objects.h"
#include "vm/values/send_port.h"
#include "vm/values/typed_data.h"

namespace fart {

namespace {

class ObjectDecoder {
 public:
  ObjectDecoder(ObjectMemory& memory, ClassIdentities& identities, Message& message)
      : memory_(memory), identities_(identities), message_(message), roots_(memory.stack()) {}

  Outcome Decode() FART_MAY_COLLECT;

 private:
  // What became of a part.
  enum class Step : std::uint8_t { kDone, kMalformed, kNoMemory, kUnknown, kStopped };
  static constexpr std::uint64_t kStepsToPoll = 4096;
  enum Root : std::size_t { kObjects, kValue, kRootCount };
  // Views cannot be made before what they see.
  static bool IsView(const MessageNode& node) {
    return node.kind == NodeKind::kTypedDataView || node.kind == NodeKind::kByteBuffer;
  }

  Step MakeAll() FART_MAY_COLLECT;
  Step MakeViews() FART_MAY_COLLECT;
  Step MakeAt(std::uint64_t number, const MessageReader& reader,
              const MessageNode& node) FART_MAY_COLLECT;
  Step Make(const MessageReader& reader, const MessageNode& node) FART_MAY_COLLECT;
  Step MakeView(const MessageNode& node) FART_MAY_COLLECT;
  Step MakeInstance(const MessageReader& reader, const MessageNode& node) FART_MAY_COLLECT;
  Step FindFunction(const MessageNode& node) FART_MAY_COLLECT;
  Step FindType(const MessageNode& node) FART_MAY_COLLECT;
  FreshObject MakeTypedData(const MessageNode& node) FART_MAY_COLLECT;
  Step MakeExternal(const MessageNode& node) FART_MAY_COLLECT;
  Step MakeNativePointer(const MessageNode& node) FART_MAY_COLLECT;
  void HandOverNativePointers();
  FreshObject MakeString(const MessageNode& node) FART_MAY_COLLECT;
  FreshObject MakeGrowableList(const MessageNode& node) FART_MAY_COLLECT;
  // At step `i` of what can be many: whether the isolate is to stop.
  bool IsToStop(std::uint64_t i) const {
    return i % kStepsToPoll == 0 && memory_.stack().IsInterrupted();
  }
  Step SettleConstants() FART_MAY_COLLECT;
  Step FillAll() FART_MAY_COLLECT;
  Step Fill(MessageReader& reader, std::uint64_t number, const MessageNode& node) FART_MAY_COLLECT;
  Step ReadValue(MessageReader& reader) FART_MAY_COLLECT;
  Step ReadTypes(MessageReader& reader, ShapeId shape);
  // Of a list; null: it has none.
  ObjectPtr MarkAt(const MessageReader& reader, const MessageNode& node);
  // The word of type arguments for an object of that shape.
  ObjectPtr TypesAt(const MessageReader& reader, std::uint64_t number, ShapeId shape);
  Step Keep(const FreshObject& object) FART_MAY_COLLECT;

  ObjectPtr ObjectAt(std::uint64_t number, const NoSafepointScope& quiet) const {
    return ArrayElements(roots_[kObjects].Get(quiet), quiet)[number];
  }
  Mutator& mutator() { return memory_.mutator(); }

  ObjectMemory& memory_;
  ClassIdentities& identities_;
  Message& message_;
  StackRoots<kRootCount> roots_;
  std::uint64_t views_ = 0;
  bool has_constants_ = false;
  struct Class {
    ShapeId shape;
    std::uint64_t private_field;
    bool is_of_constants;
  };
  struct Types {
    ShapeId shape = ShapeTable::kInvalid;  // for which they were asked
    ObjectPtr word = kNull;
  };
  Vector<Class> classes_;  // by their numbers
  Vector<Types> types_;    // likewise
  std::string unknown_;    // What this isolate's program has not.
};

Outcome ObjectDecoder::Decode() {
  Step step = MakeAll();
  if (step == Step::kDone && views_ != 0) step = MakeViews();
  if (step == Step::kDone && has_constants_) step = SettleConstants();
  if (step == Step::kDone) step = FillAll();
  switch (step) {
    case Step::kNoMemory:
      return memory_.ReadyErrorOutcome(ErrorText::kOutOfMemory);
    case Step::kMalformed:
      return NewApiError(memory_, "a message is malformed");
    case Step::kUnknown:
      return NewApiError(
          memory_, "a message holds " + unknown_ + ", which is not in this isolate's program");
    case Step::kStopped:  // Whoever asked knows better what to say.
      return memory_.ReadyErrorOutcome(ErrorText::kOutOfMemory);
    case Step::kDone:
      break;
  }
  HandOverNativePointers();
  const NoSafepointScope quiet;
  return Outcome::Value(roots_[kValue].Get(quiet), quiet);
}

ObjectDecoder::Step ObjectDecoder::Keep(const FreshObject& object) {
  if (object.is_null()) return Step::kNoMemory;
  const NoSafepointScope quiet;
  roots_.Set(kValue, object.Get(quiet));
  return Step::kDone;
}

// ---- First reading

ObjectDecoder::Step ObjectDecoder::MakeAll() {
  MessageReader reader(message_);
  if (!reader.SkipValues(1)) return Step::kMalformed;
  const std::uint64_t count = reader.node_count();
  if (count > kMaxListLength) return Step::kMalformed;
  {
    const FreshObject objects = NewArray(mutator(), count);
    if (objects.is_null()) return Step::kNoMemory;
    const NoSafepointScope quiet;
    roots_.Set(kObjects, objects.Get(quiet));
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    if (IsToStop(i)) return Step::kStopped;
    MessageNode node;
    if (!reader.ReadNode(&node) || !reader.SkipValues(node.values)) return Step::kMalformed;
    if (IsView(node)) {
      ++views_;
    } else if (const Step step = MakeAt(i, reader, node); step != Step::kDone) {
      return step;
    }
  }
  return reader.IsAtEnd() ? Step::kDone : Step::kMalformed;
}

namespace {

BigValue ValueOf(const MessageNode& node) {
  return BigValue::FromLimbs(node.is_negative,
                             {reinterpret_cast<const BigValue::Limb*>(node.data), node.length});
}

}  // namespace

ObjectDecoder::Step ObjectDecoder::MakeViews() {
  MessageReader reader(message_);
  if (!reader.SkipValues(1)) return Step::kMalformed;
  for (std::uint64_t i = 0; i < reader.node_count(); ++i) {
    if (IsToStop(i)) return Step::kStopped;
    MessageNode node;
    if (!reader.ReadNode(&node) || !reader.SkipValues(node.values)) return Step::kMalformed;
    if (!IsView(node)) continue;
    if (const Step step = MakeAt(i, reader, node); step != Step::kDone) return step;
  }
  return Step::kDone;
}

ObjectDecoder::Step ObjectDecoder::MakeAt(std::uint64_t number, const MessageReader& reader,
                                          const MessageNode& node) {
  if (const Step step = Make(reader, node); step != Step::kDone) return step;
  const NoSafepointScope quiet;
  const ObjectPtr object = roots_[kValue].Get(quiet);
  if (node.hash != 0) Header::Of(object).WithHash(node.hash).StoreTo(object);  // VG-M3
  const ObjectPtr objects = roots_[kObjects].Get(quiet);
  mutator().StoreField(objects, ArrayElements(objects, quiet) + number, object);
  return Step::kDone;
}

ObjectDecoder::Step ObjectDecoder::Make(const MessageReader& reader, const MessageNode& node) {
  switch (node.kind) {
    case NodeKind::kLatin1String:
    case NodeKind::kUtf16String:
      return Keep(MakeString(node));
    case NodeKind::kArray:
    case NodeKind::kTypedArray:  // The reader answers the former; so below.
      return Keep(NewMarkedArray(mutator(), node.values, MarkAt(reader, node)));
    case NodeKind::kImmutableArray:
    case NodeKind::kTypedImmutableArray:
      return Keep(NewMarkedImmutableArray(mutator(), node.values, MarkAt(reader, node)));
    case NodeKind::kGrowableList:
    case NodeKind::kTypedGrowableList:
      return Keep(MakeGrowableList(node));
    case NodeKind::kSendPort:
      return Keep(NewSendPort(mutator(), node.id, node.origin_id));
    case NodeKind::kCapability:
      return Keep(NewCapability(mutator(), node.id));
    case NodeKind::kBigInteger:
      return Keep(NewInteger(mutator(), ValueOf(node)));
    case NodeKind::kTypedData:
      return Keep(MakeTypedData(node));
    case NodeKind::kExternalTypedData:
      return MakeExternal(node);
    case NodeKind::kTypedDataView:
    case NodeKind::kByteBuffer:
      return MakeView(node);
    case NodeKind::kNativePointer:
      return MakeNativePointer(node);
    case NodeKind::kInstance:
      return MakeInstance(reader, node);
    case NodeKind::kFunction:
      return FindFunction(node);
    case NodeKind::kType:
      return FindType(node);
  }
  return Step::kMalformed;
}

FreshObject ObjectDecoder::MakeString(const MessageNode& node) {
  if (node.kind == NodeKind::kLatin1String) {
    return NewStringFromLatin1(mutator(), {node.data, node.length});
  }
  return NewStringFromUtf16(mutator(), {reinterpret_cast<const char16_t*>(node.data), node.length});
}

FreshObject ObjectDecoder::MakeGrowableList(const MessageNode& node) {
  if (node.values == 0) return NewEmptyGrowableList(mutator());
  return NewGrowableList(mutator(), memory_.stack(), node.values);
}

FreshObject ObjectDecoder::MakeTypedData(const MessageNode& node) {
  const FreshObject data =
      NewTypedData(mutator(), node.type, node.length / ElementSizeOf(node.type));
  if (data.is_null() || node.length == 0) return data;
  const NoSafepointScope quiet;
  std::memcpy(BytesOf(data.Get(quiet), quiet).first, node.data, node.length);
  return data;
}

ObjectDecoder::Step ObjectDecoder::MakeView(const MessageNode& node) {
  std::size_t available;
  {
    const NoSafepointScope quiet;
    const ObjectPtr buffer = ObjectAt(node.buffer, quiet);
    // VV-D1; null: a view that is not made yet.
    if (!IsTypedData(buffer) || IsTypedDataView(buffer)) return Step::kMalformed;
    roots_.Set(kValue, buffer);
    available = BytesOf(buffer, quiet).length;
  }
  if (node.kind == NodeKind::kByteBuffer) return Keep(NewByteBuffer(mutator(), roots_[kValue]));
  if (node.offset > available || node.length > available - node.offset) return Step::kMalformed;
  return Keep(NewTypedDataView(mutator(), node.type, roots_[kValue], node.offset,
                               node.length / ElementSizeOf(node.type)));
}

ObjectDecoder::Step ObjectDecoder::MakeInstance(const MessageReader& reader,
                                                const MessageNode& node) {
  if (node.class_number == classes_.size()) {
    const MessageClass& cls = reader.classes()[node.class_number];
    const ClassIdentity identity{std::string(cls.library_url), std::string(cls.name),
                                 cls.field_count, cls.layout};
    const ShapeId shape = identities_.ShapeOfClass(identity);
    if (shape == ShapeTable::kInvalid ||
        memory_.heap().shapes()[shape].references() != node.values) {
      unknown_ = "an instance of class '" + identity.name + "' of '" + identity.library_url + "'";
      return Step::kUnknown;
    }
    ClassIdentity here;
    std::string why_not;
    static_cast<void>(identities_.IdentifyClass(shape, &here, &why_not));
    has_constants_ = has_constants_ || here.is_of_constants;
    classes_.push_back({shape, here.private_field, here.is_of_constants});
  }
  return Keep(mutator().Allocate(classes_[node.class_number].shape));
}

ObjectDecoder::Step ObjectDecoder::FindFunction(const MessageNode& node) {
  const FunctionIdentity identity{std::string(node.library_url), std::string(node.name)};
  const Outcome function = identities_.FunctionOf(identity);
  if (function.IsError()) return Step::kNoMemory;
  const NoSafepointScope quiet;
  roots_.Set(kValue, function.Get(quiet));
  if (!roots_[kValue].Get(quiet).is_null()) return Step::kDone;
  unknown_ = "the function '" + identity.name + "' of '" + identity.library_url + "'";
  return Step::kUnknown;
}

ObjectDecoder::Step ObjectDecoder::FindType(const MessageNode& node) {
  const Outcome type = identities_.TypeLike(node.name, &unknown_);
  if (type.IsError()) return Step::kNoMemory;
  const NoSafepointScope quiet;
  roots_.Set(kValue, type.Get(quiet));
  return roots_[kValue].Get(quiet).is_null() ? Step::kUnknown : Step::kDone;
}

// ---- Payloads (VG-M1)

// What stands between the finalizer of typed data and the sender's.
struct DeliveredPayload {
  MessagePayload payload;

  static void Finalize(void* isolate_callback_data, ForeignWeakHandle handle, void* peer) {
    auto* const delivered = static_cast<DeliveredPayload*>(peer);
    delivered->payload.Finalize(isolate_callback_data, handle);
    OffHeapFree(delivered, ByteCount(sizeof(DeliveredPayload)));
  }
};

struct FreePayload {
  void operator()(DeliveredPayload* delivered) const {
    OffHeapFree(delivered, ByteCount(sizeof(DeliveredPayload)));
  }
};

ObjectDecoder::Step ObjectDecoder::MakeExternal(const MessageNode& node) {
  const MessagePayload& there = message_.payload(node.payload);
  const std::size_t element = ElementSizeOf(node.type);
  if (there.kind != MessagePayload::Kind::kTypedData || there.size % element != 0 ||
      there.size > kMaxTypedDataBytes) {
    return Step::kMalformed;
  }
  void* const place = OffHeapAllocate(ByteCount(sizeof(DeliveredPayload)));
  if (place == nullptr) return Step::kNoMemory;
  // The message's until the object has it.
  std::unique_ptr<DeliveredPayload, FreePayload> delivered(new (place) DeliveredPayload{there});
  const Outcome outcome = NewFinalizableTypedData(
      memory_, node.type, there.data, there.size / element, delivered.get(), ByteCount(there.size),
      HandleKind::kWeak, reinterpret_cast<OpaqueCallback>(DeliveredPayload::Finalize));
  if (outcome.IsError()) return Step::kNoMemory;
  static_cast<void>(delivered.release());
  static_cast<void>(message_.TakePayload(node.payload));
  const NoSafepointScope quiet;
  roots_.Set(kValue, outcome.Get(quiet));
  return Step::kDone;
}

// Only when all is done: of a message that cannot be decoded they are not delivered.
void ObjectDecoder::HandOverNativePointers() {
  for (std::size_t i = 0; i < message_.payload_count(); ++i) {
    if (message_.payload(i).kind != MessagePayload::Kind::kNativePointer) continue;
    MessageLedger::Strike(message_.TakePayload(i).ticket, PayloadEnd::kHandedOver);
  }
}

ObjectDecoder::Step ObjectDecoder::MakeNativePointer(const MessageNode& node) {
  if (message_.payload(node.payload).kind != MessagePayload::Kind::kNativePointer) {
    return Step::kMalformed;
  }
  const auto address = static_cast<std::int64_t>(
      reinterpret_cast<std::intptr_t>(message_.payload(node.payload).data));
  return Keep(NewInteger(mutator(), address));
}

// ---- Constants: before anything refers to them, this isolate's take the place of their copies.
// They are filled once more by the last reading, with what they have.

ObjectDecoder::Step ObjectDecoder::SettleConstants() {
  MessageReader reader(message_);
  if (!reader.SkipValues(1)) return Step::kMalformed;
  for (std::uint64_t i = 0; i < reader.node_count(); ++i) {
    if (IsToStop(i)) return Step::kStopped;
    MessageNode node;
    if (!reader.ReadNode(&node)) return Step::kMalformed;
    const bool is_constant =
        node.kind == NodeKind::kInstance && classes_[node.class_number].is_of_constants;
    if (!is_constant) {
      if (!reader.SkipValues(node.values)) return Step::kMalformed;
      continue;
    }
    if (const Step step = Fill(reader, i, node); step != Step::kDone) return step;
    const NoSafepointScope quiet;
    const ObjectPtr constant = identities_.ConstantLike(ObjectAt(i, quiet), quiet);
    if (constant.is_null()) return Step::kMalformed;
    const ObjectPtr objects = roots_[kObjects].Get(quiet);
    mutator().StoreField(objects, ArrayElements(objects, quiet) + i, constant);
  }
  return Step::kDone;
}

// ---- Last reading. What is malformed was found before; the reader asks all the same.

ObjectDecoder::Step ObjectDecoder::FillAll() {
  MessageReader reader(message_);
  if (!reader.SkipValues(1)) return Step::kMalformed;
  for (std::uint64_t i = 0; i < reader.node_count(); ++i) {
    if (IsToStop(i)) return Step::kStopped;
    MessageNode node;
    if (!reader.ReadNode(&node)) return Step::kMalformed;
    const Step step = Fill(reader, i, node);
    if (step != Step::kDone) return step;
  }
  MessageReader root(message_);
  return ReadValue(root);
}

ObjectDecoder::Step ObjectDecoder::Fill(MessageReader& reader, std::uint64_t number,
                                        const MessageNode& node) {
  const std::uint64_t private_field = node.kind == NodeKind::kInstance
                                          ? classes_[node.class_number].private_field
                                          : ClassIdentity::kNoField;
  if (node.kind == NodeKind::kGrowableList) {
    const ObjectPtr types = MarkAt(reader, node);
    const NoSafepointScope quiet;
    if (!types.is_null()) GrowableListMark(ObjectAt(number, quiet), quiet) = types;
  }
  for (std::uint64_t i = 0; i < node.values; ++i) {
    if (IsToStop(i + 1)) return Step::kStopped;
    const Step step = i == private_field ? ReadTypes(reader, classes_[node.class_number].shape)
                                         : ReadValue(reader);
    if (step != Step::kDone) return step;
    const NoSafepointScope quiet;
    ObjectPtr holder = ObjectAt(number, quiet);
    ObjectPtr* first;
    if (node.kind == NodeKind::kInstance) {
      first = memory_.heap().shapes()[ShapeIdOf(holder)].References(holder.address());
    } else {
      const ListElements elements = ElementsOf(holder, quiet);
      holder = elements.holder;
      first = elements.first;
    }
    mutator().StoreField(holder, first + i, roots_[kValue].Get(quiet));
  }
  return Step::kDone;
}

ObjectPtr ObjectDecoder::MarkAt(const MessageReader& reader, const MessageNode& node) {
  if (node.types == MessageNode::kNoTypes) return kNull;
  return TypesAt(reader, node.types, core_shape::kGrowableList);
}

ObjectPtr ObjectDecoder::TypesAt(const MessageReader& reader, std::uint64_t number, ShapeId shape) {
  while (types_.size() <= number) types_.push_back({});
  Types& types = types_[number];
  if (types.shape != shape) types = {shape, identities_.TypesOf(reader.types()[number], shape)};
  return types.word;
}

// Into kValue: of the field that is its isolate's own, which nothing else may come into.
ObjectDecoder::Step ObjectDecoder::ReadTypes(MessageReader& reader, ShapeId shape) {
  MessageValue value;
  if (!reader.ReadValue(&value)) return Step::kMalformed;
  if (value.tag != ValueTag::kTypes && value.tag != ValueTag::kNull) return Step::kMalformed;
  roots_.Set(kValue, value.tag == ValueTag::kNull ? kNull : TypesAt(reader, value.types, shape));
  return Step::kDone;
}

// Into kValue.
ObjectDecoder::Step ObjectDecoder::ReadValue(MessageReader& reader) {
  MessageValue value;
  if (!reader.ReadValue(&value)) return Step::kMalformed;
  switch (value.tag) {
    case ValueTag::kNull:
      roots_.Set(kValue, kNull);
      return Step::kDone;
    case ValueTag::kFalse:
    case ValueTag::kTrue:
      roots_.Set(kValue, BoolObject(value.tag == ValueTag::kTrue));
      return Step::kDone;
    case ValueTag::kInteger:
      return Keep(NewInteger(mutator(), value.integer));
    case ValueTag::kDouble:
      return Keep(NewDouble(mutator(), value.number));
    case ValueTag::kNode: {
      const NoSafepointScope quiet;
      roots_.Set(kValue, ObjectAt(value.node, quiet));
      return Step::kDone;
    }
    case ValueTag::kTypes:  // Where no type arguments belong.
      return Step::kMalformed;
  }
  return Step::kMalformed;
}

}  // namespace

Outcome DecodeMessage(ObjectMemory& memory, ClassIdentities& classes, Message& message) {
  return ObjectDecoder(memory, classes, message).Decode();
}

}  // namespace fart
