// DecodeMessage -- from bytes to objects.
//
// The bytes are read twice: once to make every node's object, empty, and once to fill them. So a
// value may name any node, before or behind. The objects made so far lie in an array of the heap.

#include <cstdint>
#include <cstring>
#include <span>

#include "heap/base/safepoint.h"
#include "vm/errors.h"
#include "vm/execution_stack.h"
#include "vm/isolate.h"
#include "vm/message.h"
#include "vm/message_reader.h"
#include "vm/objects.h"
#include "vm/send_port.h"

namespace fart {

namespace {

class ObjectDecoder {
 public:
  ObjectDecoder(Isolate& isolate, Message& message)
      : isolate_(isolate), message_(message), roots_(isolate.stack()) {}

  Outcome Decode() FART_MAY_COLLECT;

 private:
  // What became of a part.
  enum class Step : std::uint8_t { kDone, kMalformed, kNoMemory };
  enum Root : std::size_t { kObjects, kValue, kRootCount };

  Step MakeAll() FART_MAY_COLLECT;
  Step Make(const MessageNode& node) FART_MAY_COLLECT;
  FreshObject MakeString(const MessageNode& node) FART_MAY_COLLECT;
  FreshObject MakeGrowableList(const MessageNode& node) FART_MAY_COLLECT;
  Step FillAll() FART_MAY_COLLECT;
  Step Fill(MessageReader& reader, std::uint64_t number, const MessageNode& node) FART_MAY_COLLECT;
  Step ReadValue(MessageReader& reader) FART_MAY_COLLECT;
  Step Keep(const FreshObject& object) FART_MAY_COLLECT;

  ObjectPtr ObjectAt(std::uint64_t number, const NoSafepointScope& quiet) const {
    return ArrayElements(roots_[kObjects].Get(quiet), quiet)[number];
  }
  Mutator& mutator() { return isolate_.mutator(); }

  Isolate& isolate_;
  Message& message_;
  StackRoots<kRootCount> roots_;
};

Outcome ObjectDecoder::Decode() {
  Step step = MakeAll();
  if (step == Step::kDone) step = FillAll();
  switch (step) {
    case Step::kNoMemory:
      return isolate_.ReadyErrorOutcome(ErrorText::kOutOfMemory);
    case Step::kMalformed:
      return NewApiError(isolate_, "a message is malformed");
    case Step::kDone:
      break;
  }
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
    MessageNode node;
    if (!reader.ReadNode(&node) || !reader.SkipValues(node.values)) return Step::kMalformed;
    const Step step = Make(node);
    if (step != Step::kDone) return step;
    const NoSafepointScope quiet;
    const ObjectPtr object = roots_[kValue].Get(quiet);
    if (node.hash != 0) Header::Of(object).WithHash(node.hash).StoreTo(object);  // M3
    const ObjectPtr objects = roots_[kObjects].Get(quiet);
    mutator().StoreField(objects, ArrayElements(objects, quiet) + i, object);
  }
  return reader.IsAtEnd() ? Step::kDone : Step::kMalformed;
}

ObjectDecoder::Step ObjectDecoder::Make(const MessageNode& node) {
  switch (node.kind) {
    case NodeKind::kLatin1String:
    case NodeKind::kUtf16String:
      return Keep(MakeString(node));
    case NodeKind::kArray:
      return Keep(NewArray(mutator(), node.values));
    case NodeKind::kImmutableArray:
      return Keep(mutator().Allocate(core_shape::kImmutableArray, node.values));
    case NodeKind::kGrowableList:
      return Keep(MakeGrowableList(node));
    case NodeKind::kSendPort:
      return Keep(NewSendPort(mutator(), node.id, node.origin_id));
    case NodeKind::kCapability:
      return Keep(NewCapability(mutator(), node.id));
    case NodeKind::kBigInteger:
    case NodeKind::kTypedData:
    case NodeKind::kExternalTypedData:
    case NodeKind::kTypedDataView:
    case NodeKind::kNativePointer:
    case NodeKind::kInstance:
      return Step::kMalformed;
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
  return NewGrowableList(mutator(), isolate_.stack(), node.values);
}

// ---- Second reading: nothing can be malformed in a node any more, but the reader asks all the
// same

ObjectDecoder::Step ObjectDecoder::FillAll() {
  MessageReader reader(message_);
  if (!reader.SkipValues(1)) return Step::kMalformed;
  for (std::uint64_t i = 0; i < reader.node_count(); ++i) {
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
  for (std::uint64_t i = 0; i < node.values; ++i) {
    const Step step = ReadValue(reader);
    if (step != Step::kDone) return step;
    const NoSafepointScope quiet;
    const ListElements elements = ElementsOf(ObjectAt(number, quiet), quiet);
    mutator().StoreField(elements.holder, elements.first + i, roots_[kValue].Get(quiet));
  }
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
  }
  return Step::kMalformed;
}

}  // namespace

Outcome DecodeMessage(Isolate& isolate, Message& message) {
  return ObjectDecoder(isolate, message).Decode();
}

}  // namespace fart
