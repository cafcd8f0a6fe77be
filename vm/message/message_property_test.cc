// Any graph of objects arrives as one of the same form, whatever the collector does meanwhile; and
// any bytes at all end in a value or an error.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/send_port.h"
#include "vm/values/typed_data.h"

namespace fart {
namespace {

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

// Objects made by choices, all in local handles: each is put into some list before it, and some
// into several.
class Graph {
 public:
  Graph(TestIsolate& isolate, Choices& choices) FART_NO_SAFEPOINT_ANALYSIS : isolate_(isolate),
                                                                             choices_(choices) {
    Add(NewGrowable());
    while (!choices_.IsOver() && objects_.size() < 60) {
      Add(New());
      Put(objects_.back());
      if (choices_.Below(2) == 0) Put(objects_[choices_.Below(objects_.size())]);
    }
  }
  Rooted root() const { return objects_[0]; }

 private:
  Mutator& mutator() { return isolate_.mutator(); }
  void Add(Rooted object) FART_NO_SAFEPOINT_ANALYSIS {
    objects_.push_back(object);
    const NoSafepointScope quiet;
    if (IsGrowableList(object.Get(quiet))) lists_.push_back(object);
    if (IsTypedData(object.Get(quiet))) typed_data_.push_back(object);
  }
  void Put(Rooted element) FART_NO_SAFEPOINT_ANALYSIS {
    RC_ASSERT(GrowableListAdd(mutator(), lists_[choices_.Below(lists_.size())], element));
  }
  Rooted NewGrowable() FART_NO_SAFEPOINT_ANALYSIS {
    return isolate_.Keep(NewEmptyGrowableList(mutator()));
  }
  std::int64_t NewNumber() {
    std::uint64_t value = 0;
    for (std::size_t i = choices_.Below(9); i-- > 0;) value = value * 256 + choices_.Next();
    return static_cast<std::int64_t>(choices_.Below(2) == 0 ? value : ~value);
  }

  Rooted New() FART_NO_SAFEPOINT_ANALYSIS {
    switch (choices_.Below(13)) {
      case 0:
        return isolate_.Keep(choices_.Below(2) == 0 ? kNull : kFalse);
      case 1:
      case 2:
        return isolate_.Keep(NewInteger(mutator(), NewNumber()));
      case 3:
        return isolate_.Keep(NewDouble(mutator(), static_cast<double>(NewNumber()) / 4));
      case 4:
      case 5: {
        std::u16string units;
        for (std::size_t i = choices_.Below(4); i-- > 0;) {
          units += static_cast<char16_t>(choices_.Next() * (choices_.Below(2) == 0 ? 1 : 251));
        }
        return isolate_.Keep(NewStringFromUtf16(mutator(), units));
      }
      case 6:
        return isolate_.Keep(NewImmutableArray(mutator(), lists_[choices_.Below(lists_.size())]));
      case 7:
        return isolate_.NewList(choices_.Below(3));
      case 8:
        return NewGrowable();
      case 9:
        return NewData();
      case 10:
        return NewView();
      case 11:
        return isolate_.Keep(NewSendPort(mutator(), NewNumber() | 1, NewNumber()));
      default:
        return isolate_.Keep(NewCapability(mutator(), NewNumber()));
    }
  }
  Rooted NewData() FART_NO_SAFEPOINT_ANALYSIS {
    const auto type = static_cast<TypedDataType>(choices_.Below(core_shape::kTypedDataTypes));
    const Rooted data = isolate_.Keep(::fart::NewTypedData(mutator(), type, choices_.Below(4)));
    const NoSafepointScope quiet;
    const DataBytes bytes = BytesOf(data.Get(quiet), quiet);
    for (std::size_t i = 0; i < bytes.length; ++i) bytes.first[i] = choices_.Next();
    return data;
  }
  Rooted NewView() FART_NO_SAFEPOINT_ANALYSIS {
    if (typed_data_.empty()) return NewData();
    const Rooted data = typed_data_[choices_.Below(typed_data_.size())];
    std::size_t length;
    {
      const NoSafepointScope quiet;
      length = BytesOf(data.Get(quiet), quiet).length;
    }
    if (choices_.Below(3) == 0) return isolate_.Keep(NewByteBuffer(mutator(), data));
    const std::size_t from = choices_.Below(length + 1);
    const std::size_t count = (length - from) / 2;
    return isolate_.Keep(NewTypedDataView(mutator(), TypedDataType::kUint16, data, from, count));
  }

  TestIsolate& isolate_;
  Choices& choices_;
  std::vector<Rooted> objects_;
  std::vector<Rooted> lists_;
  std::vector<Rooted> typed_data_;
};

// Empty, or the first difference between two graphs of one heap.
class Comparison {
 public:
  explicit Comparison(const NoSafepointScope& quiet) : quiet_(quiet) {}

  std::string Compare(ObjectPtr sent, ObjectPtr received) {
    Expect(sent, received);
    while (!waiting_.empty() && difference_.empty()) {
      const auto [a, b] = waiting_.back();
      waiting_.pop_back();
      CompareOne(a, b);
    }
    return difference_;
  }

 private:
  void Expect(ObjectPtr sent, ObjectPtr received) {
    if (!sent.IsHeapObject() || IsMint(sent) || IsDouble(sent)) {
      if (!AreIdentical(sent, received, quiet_)) difference_ = "a scalar differs";
      return;
    }
    const bool is_new = partner_.emplace(sent.bits(), received.bits()).second;
    const bool is_first = back_.emplace(received.bits(), sent.bits()).second;
    if (partner_[sent.bits()] != received.bits() || back_[received.bits()] != sent.bits()) {
      difference_ = "sharing differs";
    }
    if (is_new && is_first) waiting_.emplace_back(sent, received);
  }

  void CompareOne(ObjectPtr a, ObjectPtr b) {
    if (ShapeIdOf(a) != ShapeIdOf(b)) {
      difference_ = "a shape differs";
    } else if (IsString(a)) {
      if (!StringsEqual(a, b, quiet_)) difference_ = "a string differs";
    } else if (IsBuiltInList(a)) {
      const ListElements one = ElementsOf(a, quiet_);
      const ListElements other = ElementsOf(b, quiet_);
      if (one.length != other.length) difference_ = "a length differs";
      for (std::size_t i = 0; difference_.empty() && i < one.length; ++i) {
        Expect(one.first[i], other.first[i]);
      }
    } else if (IsTypedData(a) || IsByteBuffer(a)) {
      const DataBytes one = BytesOf(a, quiet_);
      const DataBytes other = BytesOf(b, quiet_);
      if (one.length != other.length || std::memcmp(one.first, other.first, one.length) != 0) {
        difference_ = "bytes differ";
      }
      const ObjectPtr backing = TypedDataBacking(a, quiet_);
      if (backing != a) Expect(backing, TypedDataBacking(b, quiet_));
    } else if (IsSendPort(a)) {
      if (SendPortId(a, quiet_) != SendPortId(b, quiet_) ||
          SendPortOriginId(a, quiet_) != SendPortOriginId(b, quiet_)) {
        difference_ = "a send port differs";
      }
    } else if (CapabilityId(a, quiet_) != CapabilityId(b, quiet_)) {
      difference_ = "a capability differs";
    }
  }

  const NoSafepointScope& quiet_;
  std::unordered_map<std::uint64_t, std::uint64_t> partner_;
  std::unordered_map<std::uint64_t, std::uint64_t> back_;
  std::vector<std::pair<ObjectPtr, ObjectPtr>> waiting_;
  std::string difference_;
};

// Any flags must do; under stress every object moves while others are made.
IsolateOptions OptionsOf(Choices& choices) {
  IsolateOptions options;
  if (choices.Below(2) == 0) {
    options.flags.heap.stress_interval = 1 + choices.Below(5);
    options.flags.heap.protect_retired = true;
  }
  return options;
}

std::string SendAndCompare(const std::vector<std::uint8_t>& bytes) FART_NO_SAFEPOINT_ANALYSIS {
  Choices choices(bytes);
  TestIsolate isolate(OptionsOf(choices));
  const Graph graph(isolate, choices);
  Message message;
  std::string error;
  if (!EncodeMessage(*isolate, isolate->program(), graph.root(), &message, &error)) return error;
  const Rooted copy = isolate.Keep(DecodeMessage(*isolate, isolate->program(), message));
  {
    const NoSafepointScope quiet;
    error = Comparison(quiet).Compare(graph.root().Get(quiet), copy.Get(quiet));
  }
  return error.empty() ? isolate.Verify() : error;
}

RC_GTEST_PROP(MessagePropertyTest, AnyGraphArrivesInTheSameForm,
              (const std::vector<std::uint8_t>& bytes)) {
  RC_ASSERT(SendAndCompare(bytes) == "");
}

// A message of these bytes, which may be anything.
Message Containing(const std::vector<std::uint8_t>& bytes) {
  MessageBytes copy;
  if (!bytes.empty()) std::memcpy(copy.Extend(bytes.size()), bytes.data(), bytes.size());
  return Message(std::move(copy), {});
}

std::string DecodeAndVerify(const std::vector<std::uint8_t>& bytes) FART_NO_SAFEPOINT_ANALYSIS {
  TestIsolate isolate({.flags = {.heap = {.stress_interval = 3}}});
  Message message = Containing(bytes);
  static_cast<void>(isolate.Keep(DecodeMessage(*isolate, isolate->program(), message)));
  return isolate.Verify();
}

// Of a message of a random graph, with some bytes changed and the end cut off.
RC_GTEST_PROP(MessagePropertyTest, SpoiltBytesEndInAValueOrAnError,
              (const std::vector<std::uint8_t>& bytes,
               const std::vector<std::pair<std::uint16_t, std::uint8_t>>& changes,
               std::uint8_t cut)) {
  std::vector<std::uint8_t> encoded;
  {
    Choices choices(bytes);
    TestIsolate isolate;
    const Graph graph(isolate, choices);
    Message message;
    std::string error;
    RC_ASSERT(EncodeMessage(*isolate, isolate->program(), graph.root(), &message, &error));
    encoded.assign(message.bytes().begin(), message.bytes().end());
  }
  for (const auto& [place, byte] : changes) encoded[place % encoded.size()] = byte;
  if (cut % 4 == 0) encoded.resize(encoded.size() - cut % encoded.size());
  RC_ASSERT(DecodeAndVerify(encoded) == "");
}

}  // namespace
}  // namespace fart
