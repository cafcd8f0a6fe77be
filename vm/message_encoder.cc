// EncodeMessage -- from objects to bytes. Nothing collects meanwhile, so an object's address names
// it.

#include <cstdint>
#include <string>

#include "heap/base/safepoint.h"
#include "vm/isolate.h"
#include "vm/message.h"
#include "vm/message_writer.h"
#include "vm/objects.h"
#include "vm/send_port.h"

namespace fart {

namespace {

class ObjectEncoder {
 public:
  ObjectEncoder(Isolate& isolate, std::string* error) : isolate_(isolate), error_(error) {}

  bool Encode(ObjectPtr root, Message* message, const NoSafepointScope& quiet) {
    PutValue(root, quiet);
    for (std::size_t i = 0; i < nodes_.size() && CanGoOn(); ++i) {
      PutNode(ObjectPtr::FromBits(nodes_[i]), quiet);
    }
    if (is_refused_) return false;
    if (writer_.Finish(nodes_.size(), message)) return true;
    *error_ = "a message needs more memory outside the heap than there is";
    return false;
  }

 private:
  bool CanGoOn() const { return !is_refused_ && !writer_.has_failed(); }
  void Refuse(const std::string& what) {
    is_refused_ = true;
    *error_ = "illegal argument in isolate message: " + what;
  }
  void PutHash(ObjectPtr object) { writer_.PutVarint(Header::Of(object).hash()); }

  void PutValue(ObjectPtr object, const NoSafepointScope& quiet);
  void PutNode(ObjectPtr object, const NoSafepointScope& quiet);
  void PutString(ObjectPtr string, const NoSafepointScope& quiet);
  void PutList(NodeKind kind, ObjectPtr list, const NoSafepointScope& quiet);
  void PutSendPort(ObjectPtr port, const NoSafepointScope& quiet);
  void PutCapability(ObjectPtr capability, const NoSafepointScope& quiet);

  Isolate& isolate_;
  std::string* const error_;
  MessageWriter writer_;
  MessageNodes nodes_;
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
  switch (isolate_.shapes()[shape].kind) {
    case ShapeKind::kString:
      return PutString(object, quiet);
    case ShapeKind::kArray:
      return PutList(IsArray(object) ? NodeKind::kArray : NodeKind::kImmutableArray, object, quiet);
    case ShapeKind::kGrowableList:
      return PutList(NodeKind::kGrowableList, object, quiet);
    case ShapeKind::kSendPort:
      return PutSendPort(object, quiet);
    case ShapeKind::kCapability:
      return PutCapability(object, quiet);
    case ShapeKind::kTypedData:
    case ShapeKind::kByteBuffer:
      return Refuse("object is typed data");
    case ShapeKind::kInstance:
      return Refuse(std::string("object is an instance of class '") +
                    isolate_.heap().shapes()[shape].name() + "'");
    case ShapeKind::kEmbedder:
      return Refuse(std::string("object has the shape '") + isolate_.heap().shapes()[shape].name() +
                    "' of an embedder");
    case ShapeKind::kClosure:
      return Refuse("object is a closure");
    case ShapeKind::kError:
      return Refuse("object is an error handle's");
    case ShapeKind::kLibrary:
      return Refuse("object is a library");
    case ShapeKind::kStackTrace:
      return Refuse("object is a stack trace");
    case ShapeKind::kType:
      return Refuse("object is a type");
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

void ObjectEncoder::PutList(NodeKind kind, ObjectPtr list, const NoSafepointScope& quiet) {
  const ListElements elements = ElementsOf(list, quiet);
  writer_.PutKind(kind);
  PutHash(list);
  writer_.PutVarint(elements.length);
  for (std::size_t i = 0; i < elements.length && CanGoOn(); ++i) {
    PutValue(elements.first[i], quiet);
  }
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

}  // namespace

bool EncodeMessage(Isolate& isolate, Rooted object, Message* message,
                   std::string* error) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return ObjectEncoder(isolate, error).Encode(object.Get(quiet), message, quiet);
}

}  // namespace fart
