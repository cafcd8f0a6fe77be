// Any structure, with whatever is shared and cyclic in it, arrives as one of the same form: at a
// native port, and at a native port by way of an isolate.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "api/cobject/cobject_decoder.h"
#include "api/cobject/cobject_encoder.h"
#include "api/include/dart_api.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/typed_data.h"

namespace fart::api {
namespace {

// Bytes that choose; zeros when they are used up.
class Choices {
 public:
  explicit Choices(const std::vector<std::uint8_t>& bytes) : bytes_(bytes) {}
  std::uint8_t Next() { return at_ < bytes_.size() ? bytes_[at_++] : 0; }
  std::size_t Below(std::size_t limit) { return Next() % limit; }
  bool IsOver() const { return at_ >= bytes_.size(); }

 private:
  const std::vector<std::uint8_t>& bytes_;
  std::size_t at_ = 0;
};

// A graph of structures made by choices: each new one may be put anywhere into the arrays before
// it, and any before it into it.
class Graph {
 public:
  explicit Graph(Choices& choices) : choices_(choices) {
    root_ = NewArray();
    while (!choices_.IsOver() && objects_.size() < 60) {
      Fart_CObject* const object = New();
      Put(arrays_[choices_.Below(arrays_.size())], object);
      if (choices_.Below(3) == 0) {
        Put(arrays_[choices_.Below(arrays_.size())], &objects_[choices_.Below(objects_.size())]);
      }
    }
  }
  const Fart_CObject& root() const { return *root_; }
  int expected_finalizations() const { return externals_; }
  int finalized() const { return finalized_; }

 private:
  static void Count(void*, Fart_WeakPersistentHandle, void* peer) {
    ++static_cast<Graph*>(peer)->finalized_;
  }

  Fart_CObject* Add(Fart_CObject_Type type) {
    objects_.emplace_back();
    std::memset(&objects_.back(), 0xCD, sizeof(Fart_CObject));
    objects_.back().type = type;
    return &objects_.back();
  }
  Fart_CObject* NewArray() {
    Fart_CObject* const array = Add(Fart_CObject_kArray);
    elements_.emplace_back();
    array->value.as_array.length = 0;
    array->value.as_array.values = nullptr;
    elements_of_[array] = &elements_.back();
    arrays_.push_back(array);
    return array;
  }
  void Put(Fart_CObject* array, Fart_CObject* element) {
    std::vector<Fart_CObject*>& elements = *elements_of_[array];
    elements.push_back(element);
    array->value.as_array.length = static_cast<std::intptr_t>(elements.size());
    array->value.as_array.values = elements.data();
  }
  std::vector<std::uint8_t>& NewBytes(std::size_t count) {
    bytes_.emplace_back(count);
    for (std::uint8_t& byte : bytes_.back()) byte = choices_.Next();
    return bytes_.back();
  }
  std::int64_t NewInteger() {
    std::uint64_t bits = 0;
    for (std::size_t i = choices_.Below(9); i-- > 0;) bits = bits * 256 + choices_.Next();
    return static_cast<std::int64_t>(choices_.Below(2) == 0 ? bits : ~bits);
  }

  Fart_CObject* New() {
    switch (choices_.Below(13)) {
      case 0:
        return Add(Fart_CObject_kNull);
      case 1: {
        Fart_CObject* const object = Add(Fart_CObject_kBool);
        object->value.as_bool = choices_.Below(2) != 0;
        return object;
      }
      case 2: {
        Fart_CObject* const object = Add(Fart_CObject_kInt32);
        object->value.as_int32 = static_cast<std::int32_t>(NewInteger());
        return object;
      }
      case 3: {
        Fart_CObject* const object = Add(Fart_CObject_kInt64);
        object->value.as_int64 = NewInteger();
        return object;
      }
      case 4: {
        Fart_CObject* const object = Add(Fart_CObject_kDouble);
        object->value.as_double = static_cast<double>(NewInteger()) / 8;
        return object;
      }
      case 5:
      case 6:
        return NewString();
      case 7:
      case 8:
        return NewArray();
      case 9:
        return NewTypedData();
      case 10:
        return NewExternal();
      case 11: {
        Fart_CObject* const object = Add(Fart_CObject_kSendPort);
        object->value.as_send_port = {NewInteger() | 1, NewInteger()};
        return object;
      }
      default: {
        Fart_CObject* const object = Add(Fart_CObject_kCapability);
        object->value.as_capability.id = NewInteger();
        return object;
      }
    }
  }
  Fart_CObject* NewString() {
    static constexpr const char* kParts[] = {"a", "\xC3\xA9", "\xE4\xB8\xAD", "\xF0\x9F\x98\x80",
                                             "\xED\xA0\x80"};
    texts_.emplace_back();
    for (std::size_t i = choices_.Below(5); i-- > 0;) texts_.back() += kParts[choices_.Below(5)];
    Fart_CObject* const object = Add(Fart_CObject_kString);
    object->value.as_string = texts_.back().data();
    return object;
  }
  Fart_CObject* NewTypedData() {
    const auto type = static_cast<TypedDataType>(choices_.Below(core_shape::kTypedDataTypes));
    std::vector<std::uint8_t>& bytes = NewBytes(choices_.Below(4) * ElementSizeOf(type));
    Fart_CObject* const object = Add(Fart_CObject_kTypedData);
    object->value.as_typed_data = {static_cast<Fart_TypedData_Type>(type),
                                   static_cast<std::intptr_t>(bytes.size()), bytes.data()};
    return object;
  }
  Fart_CObject* NewExternal() {
    const auto type = static_cast<TypedDataType>(choices_.Below(core_shape::kTypedDataTypes));
    std::vector<std::uint8_t>& bytes = NewBytes(choices_.Below(4) * ElementSizeOf(type));
    Fart_CObject* const object = Add(Fart_CObject_kExternalTypedData);
    object->value.as_external_typed_data = {static_cast<Fart_TypedData_Type>(type),
                                            static_cast<std::intptr_t>(bytes.size()), bytes.data(),
                                            this, Count};
    ++externals_;
    return object;
  }

  Choices& choices_;
  std::deque<Fart_CObject> objects_;
  std::vector<Fart_CObject*> arrays_;
  std::deque<std::vector<Fart_CObject*>> elements_;
  std::unordered_map<Fart_CObject*, std::vector<Fart_CObject*>*> elements_of_;
  std::deque<std::vector<std::uint8_t>> bytes_;
  std::deque<std::string> texts_;
  Fart_CObject* root_ = nullptr;
  int externals_ = 0;
  int finalized_ = 0;
};

// Whether two structures have the same form: a pairing of what is in them, one to one for what has
// an identity. Empty, or the first difference.
class Comparison {
 public:
  std::string Compare(const Fart_CObject* sent, const Fart_CObject* received) {
    Expect(sent, received);
    while (!waiting_.empty() && difference_.empty()) {
      const auto [a, b] = waiting_.back();
      waiting_.pop_back();
      CompareOne(*a, *b);
    }
    return difference_;
  }

 private:
  static bool IsInteger(const Fart_CObject& object) {
    return object.type == Fart_CObject_kInt32 || object.type == Fart_CObject_kInt64;
  }
  static std::int64_t IntegerOf(const Fart_CObject& object) {
    return object.type == Fart_CObject_kInt32 ? object.value.as_int32 : object.value.as_int64;
  }
  static bool HasIdentity(const Fart_CObject& object) {
    return object.type >= Fart_CObject_kString;
  }

  void Expect(const Fart_CObject* sent, const Fart_CObject* received) {
    if (HasIdentity(*sent)) {
      const bool is_new = partner_.emplace(sent, received).second;
      const bool is_first = back_.emplace(received, sent).second;
      if (partner_[sent] != received || back_[received] != sent) difference_ = "sharing differs";
      if (!is_new && !is_first) return;
    }
    waiting_.emplace_back(sent, received);
  }

  void CompareOne(const Fart_CObject& a, const Fart_CObject& b) {
    if (IsInteger(a)) {
      if (!IsInteger(b) || IntegerOf(a) != IntegerOf(b)) difference_ = "an int differs";
      return;
    }
    const auto type = a.type == Fart_CObject_kExternalTypedData ? Fart_CObject_kTypedData : a.type;
    if (b.type != type) {
      difference_ = "kind " + std::to_string(a.type) + " arrived as " + std::to_string(b.type);
      return;
    }
    bool is_equal = true;
    switch (a.type) {
      case Fart_CObject_kBool:
        is_equal = a.value.as_bool == b.value.as_bool;
        break;
      case Fart_CObject_kDouble:
        is_equal = a.value.as_double == b.value.as_double;
        break;
      case Fart_CObject_kString:
        is_equal = std::strcmp(a.value.as_string, b.value.as_string) == 0;
        break;
      case Fart_CObject_kArray:
        is_equal = a.value.as_array.length == b.value.as_array.length;
        for (std::intptr_t i = 0; is_equal && i < a.value.as_array.length; ++i) {
          Expect(a.value.as_array.values[i], b.value.as_array.values[i]);
        }
        break;
      case Fart_CObject_kTypedData:
        is_equal = SameData(a.value.as_typed_data.type, a.value.as_typed_data.values,
                            a.value.as_typed_data.length, b);
        break;
      case Fart_CObject_kExternalTypedData:
        is_equal =
            SameData(a.value.as_external_typed_data.type, a.value.as_external_typed_data.data,
                     a.value.as_external_typed_data.length, b);
        break;
      case Fart_CObject_kSendPort:
        is_equal = a.value.as_send_port.id == b.value.as_send_port.id &&
                   a.value.as_send_port.origin_id == b.value.as_send_port.origin_id;
        break;
      case Fart_CObject_kCapability:
        is_equal = a.value.as_capability.id == b.value.as_capability.id;
        break;
      default:
        break;
    }
    if (!is_equal) difference_ = "a value of kind " + std::to_string(a.type) + " differs";
  }
  static bool SameData(Fart_TypedData_Type type, const std::uint8_t* bytes, std::intptr_t length,
                       const Fart_CObject& b) {
    const auto& data = b.value.as_typed_data;
    return data.type == type && data.length == length &&
           (length == 0 || std::memcmp(data.values, bytes, static_cast<std::size_t>(length)) == 0);
  }

  std::unordered_map<const Fart_CObject*, const Fart_CObject*> partner_;
  std::unordered_map<const Fart_CObject*, const Fart_CObject*> back_;
  std::vector<std::pair<const Fart_CObject*, const Fart_CObject*>> waiting_;
  std::string difference_;
};

std::string Difference(const Graph& graph, const Message& message) {
  CObjectArena arena;
  std::string error;
  const Fart_CObject* const received = DecodeCObject(message, arena, &error);
  return received == nullptr ? error : Comparison().Compare(&graph.root(), received);
}

RC_GTEST_PROP(CObjectPropertyTest, AnyStructureArrivesInTheSameForm,
              (const std::vector<std::uint8_t>& bytes)) {
  Choices choices(bytes);
  const Graph graph(choices);
  {
    Message message;
    std::string error;
    RC_ASSERT(EncodeCObject(&graph.root(), &message, &error));
    RC_ASSERT(Difference(graph, message) == "");
    RC_ASSERT(graph.finalized() == 0);
  }
  // Only what can be reached was posted.
  RC_ASSERT(graph.finalized() <= graph.expected_finalizations());
}

// Objects of the heap on the way: what has no identity there (an empty string, say) is still told
// apart by its node.
void CheckByWayOfAHeap(TestIsolate& isolate, const Graph& graph) FART_NO_SAFEPOINT_ANALYSIS {
  const int top = graph.finalized();
  Message again;
  std::string error;
  {
    LocalScope scope(isolate->handles().locals);
    Message message;
    RC_ASSERT(EncodeCObject(&graph.root(), &message, &error));
    const Outcome outcome = DecodeMessage(*isolate, isolate->program(), message);
    RC_ASSERT(!outcome.IsError());
    const Rooted object = isolate.Keep(outcome);
    RC_ASSERT(EncodeMessage(*isolate, isolate->program(), object, &again, &error));
  }
  RC_ASSERT(Difference(graph, again) == "");
  RC_ASSERT(graph.finalized() == top);
  isolate.Collect(GcKind::kMajor);
  isolate->RunAllCallbacks();
}

RC_GTEST_PROP(CObjectPropertyTest, AnyStructureIsTheSameWhenAnIsolateSendsItOn,
              (const std::vector<std::uint8_t>& bytes)) {
  const MessageLedger::Counts before = MessageLedger::Totals();
  {
    TestIsolate isolate;
    Choices choices(bytes);
    const Graph graph(choices);
    CheckByWayOfAHeap(isolate, graph);
  }
  RC_ASSERT(MessageLedger::Totals().outstanding() == before.outstanding());
}

}  // namespace
}  // namespace fart::api
