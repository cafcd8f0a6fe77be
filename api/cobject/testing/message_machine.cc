#include "api/cobject/testing/message_machine.h"

#include <array>
#include <cstring>
#include <span>
#include <unordered_set>
#include <utility>
#include <vector>

#include "api/cobject/cobject_decoder.h"
#include "api/cobject/cobject_encoder.h"
#include "api/include/dart_api.h"
#include "heap/base/check.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_writer.h"
#include "vm/testing/test_isolate.h"

namespace fart::api {

namespace {

constexpr std::size_t kMostPayloads = 3;
constexpr std::size_t kPayloadBytes = 16;

struct Foreign {
  bool is_pointer = false;
  int finalized = 0;
  std::array<std::uint8_t, kPayloadBytes> bytes{};
};

void CountWeak(void*, ForeignWeakHandle, void* peer) { ++static_cast<Foreign*>(peer)->finalized; }
void CountPlain(void*, void* peer) { ++static_cast<Foreign*>(peer)->finalized; }

// A message of `bytes`, with the payloads that `choice` wants. Null: one was wanted that cannot be.
Message NewMessage(std::uint8_t choice, std::span<const std::uint8_t> bytes,
                   std::vector<Foreign>& foreign) {
  foreign.assign(choice % (kMostPayloads + 1), Foreign());
  Vector<MessagePayload> payloads;
  for (std::size_t i = 0; i < foreign.size(); ++i) {
    Foreign& one = foreign[i];
    one.is_pointer = (choice >> (3 + i) & 1) != 0;
    if (one.is_pointer) {
      payloads.push_back({.kind = MessagePayload::Kind::kNativePointer,
                          .data = &one,
                          .size = kPayloadBytes,
                          .peer = &one,
                          .finalizer = CountPlain,
                          .ticket = MessageLedger::Enter()});
    } else {
      payloads.push_back({.kind = MessagePayload::Kind::kTypedData,
                          .data = one.bytes.data(),
                          .size = kPayloadBytes,
                          .peer = &one,
                          .weak_finalizer = CountWeak,
                          .ticket = MessageLedger::Enter()});
    }
  }
  MessageBytes copy;
  if (!bytes.empty()) {
    std::uint8_t* const where = copy.Extend(bytes.size());
    FART_CHECK(where != nullptr);
    std::memcpy(where, bytes.data(), bytes.size());
  }
  return Message(std::move(copy), std::move(payloads));
}

// Reads and writes every byte of the structure; AddressSanitizer says which does not belong to it.
void TouchAll(Fart_CObject* root) {
  std::vector<Fart_CObject*> waiting = {root};
  std::unordered_set<Fart_CObject*> seen = {root};
  volatile std::size_t sum = 0;
  const auto expect = [&](Fart_CObject* object) {
    if (seen.insert(object).second) waiting.push_back(object);
  };
  while (!waiting.empty()) {
    Fart_CObject& object = *waiting.back();
    waiting.pop_back();
    switch (object.type) {
      case Fart_CObject_kString:
        sum = sum + std::strlen(object.value.as_string);
        break;
      case Fart_CObject_kArray:
        for (std::intptr_t i = 0; i < object.value.as_array.length; ++i) {
          expect(object.value.as_array.values[i]);
        }
        break;
      case Fart_CObject_kTypedData:
        for (std::intptr_t i = 0; i < object.value.as_typed_data.length; ++i) {
          object.value.as_typed_data.values[i] ^= 0;
        }
        break;
      case Fart_CObject_kBigint:
        expect(object.value.as_bigint.digits);
        break;
      default:
        break;
    }
  }
}

bool HasUnsupported(const Fart_CObject* root, std::unordered_set<const Fart_CObject*>& seen) {
  std::vector<const Fart_CObject*> waiting = {root};
  while (!waiting.empty()) {
    const Fart_CObject* const object = waiting.back();
    waiting.pop_back();
    if (!seen.insert(object).second) continue;
    if (object->type == Fart_CObject_kUnsupported) return true;
    if (object->type != Fart_CObject_kArray) continue;
    const auto& array = object->value.as_array;
    waiting.insert(waiting.end(), array.values, array.values + array.length);
  }
  return false;
}

// As a native port reads it.
std::string ReadAsStructure(const Message& message) {
  CObjectArena arena;
  std::string error;
  Fart_CObject* const root = DecodeCObject(message, arena, &error);
  if (root == nullptr) return error.empty() ? "a structure was refused without a reason" : "";
  TouchAll(root);
  Message again;
  std::unordered_set<const Fart_CObject*> seen;
  if (!EncodeCObject(root, &again, &error)) {
    return HasUnsupported(root, seen) ? "" : "a structure that was read is not written: " + error;
  }
  CObjectArena other_arena;
  if (DecodeCObject(again, other_arena, &error) == nullptr) {
    return "a structure that was written is not read: " + error;
  }
  return "";
}

TestIsolate& TheIsolate() {
  static TestIsolate& isolate = *new TestIsolate({.flags = {.heap = {.heap_limit = MiB(64)}}});
  return isolate;
}

// As an isolate reads it.
std::string ReadAsObject(TestIsolate& isolate, Message& message) FART_NO_SAFEPOINT_ANALYSIS {
  const LocalScope scope(isolate->handles().locals);
  const Outcome outcome = DecodeMessage(*isolate, isolate->program(), message);
  if (outcome.IsError()) return "";
  const Rooted object = isolate.Keep(outcome);
  Message again;
  std::string error;
  if (!EncodeMessage(*isolate, isolate->program(), object, &again, &error)) {
    return "an object that was read is not written: " + error;
  }
  CObjectArena arena;
  if (DecodeCObject(again, arena, &error) == nullptr) {
    return "an object that was written is not read: " + error;
  }
  if (DecodeMessage(*isolate, isolate->program(), again).IsError())
    return "an object that was written is not read";
  return "";
}

std::string CheckFinalizers(const std::vector<Foreign>& foreign, bool may_be_handed_over) {
  for (const Foreign& one : foreign) {
    if (one.finalized == 1) continue;
    if (one.finalized == 0 && one.is_pointer && may_be_handed_over) continue;
    return "a finalizer ran " + std::to_string(one.finalized) + " times";
  }
  return "";
}

std::string RunAsStructure(std::uint8_t choice, std::span<const std::uint8_t> bytes) {
  std::vector<Foreign> foreign;
  std::string wrong;
  {
    const Message message = NewMessage(choice, bytes, foreign);
    wrong = ReadAsStructure(message);
    for (const Foreign& one : foreign) {
      if (one.finalized != 0) wrong = "a finalizer ran while the message was there";
    }
  }
  return wrong.empty() ? CheckFinalizers(foreign, false) : wrong;
}

std::string RunAsObject(std::uint8_t choice, std::span<const std::uint8_t> bytes) {
  TestIsolate& isolate = TheIsolate();
  std::string error;
  FART_CHECK(isolate->SetFlag((choice & 4) != 0 ? "--gc-stress=3" : "--gc-stress=0", &error));
  std::vector<Foreign> foreign;
  std::string wrong;
  {
    Message message = NewMessage(choice, bytes, foreign);
    wrong = ReadAsObject(isolate, message);
  }
  if (!foreign.empty()) {
    isolate.Collect(GcKind::kMajor);
    isolate->RunAllCallbacks();
  }
  if (wrong.empty()) wrong = isolate.Verify();
  return wrong.empty() ? CheckFinalizers(foreign, true) : wrong;
}

}  // namespace

std::string RunMessageBytes(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return "";
  const std::span<const std::uint8_t> bytes(data + 1, size - 1);
  const MessageLedger::Counts before = MessageLedger::Totals();
  std::string wrong = RunAsStructure(data[0], bytes);
  if (wrong.empty()) wrong = RunAsObject(data[0], bytes);
  if (wrong.empty() && MessageLedger::Totals().outstanding() != before.outstanding()) {
    wrong = "the ledger has a payload that never ended";
  }
  return wrong;
}

}  // namespace fart::api
