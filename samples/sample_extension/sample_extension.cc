// Random numbers for Fart code: a native extension with a synchronous part, which is called, and
// two asynchronous ones, which are sent messages and answer them.
//
// Fart loads it for `import 'dart-ext:sample_extension';`, calls sample_extension_Init, and asks
// Resolve for each native function when it is first called.

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

#include "dart_api.h"

namespace {

// ---- Synchronous: C functions that Fart code calls. They run on its thread and use its objects.

// The handle, if it is no error; else this function does not return, and the Fart code that called
// sees the error. Destructors on the way run.
Fart_Handle Check(Fart_Handle handle) {
  if (Fart_IsError(handle)) Fart_PropagateError(handle);
  return handle;
}

// int systemRand()
void SystemRand(Fart_NativeArguments arguments) {
  Fart_SetIntegerReturnValue(arguments, std::rand());
}

// bool systemSrand(int seed): whether the seed was one.
void SystemSrand(Fart_NativeArguments arguments) {
  const Fart_Handle seed = Check(Fart_GetNativeArgument(arguments, 0));
  const bool is_seed = Fart_IsInteger(seed);
  if (is_seed) {
    int64_t value = 0;
    Check(Fart_IntegerToInt64(seed, &value));
    std::srand(static_cast<unsigned>(value));
  }
  Fart_SetBooleanReturnValue(arguments, is_seed);
}

// ---- Asynchronous: functions that get messages. They run on threads of the machine's own, inside
// no isolate, while the program goes on: what they get and send are plain C values.

constexpr std::int32_t kMaxLength = 10000000;

std::vector<std::uint8_t> RandomBytes(std::int32_t seed, std::int32_t length) {
  std::minstd_rand generator(static_cast<std::uint32_t>(seed));
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(length));
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(generator() >> 8);
  return bytes;
}

// The int at `index` of a list; -1 if there is none.
std::int32_t IntAt(const Fart_CObject& list, std::intptr_t index) {
  if (list.type != Fart_CObject::kArray || index >= list.value.as_array.length) return -1;
  const Fart_CObject& element = *list.value.as_array.values[index];
  return element.type == Fart_CObject::kInt32 ? element.value.as_int32 : -1;
}

// Answers [seed, length, ...] with that many bytes, or with null if it will not do.
void AnswerRequest(const Fart_CObject& request, Fart_Port answer_to) {
  const std::int32_t length = IntAt(request, 1);
  Fart_CObject answer;
  answer.type = Fart_CObject::kNull;
  std::vector<std::uint8_t> bytes;
  if (length > 0 && length <= kMaxLength) {
    bytes = RandomBytes(IntAt(request, 0), length);
    answer.type = Fart_CObject::kUint8Array;
    answer.value.as_byte_array.length = length;
    answer.value.as_byte_array.values = bytes.data();
  }
  Fart_PostCObject(answer_to, &answer);  // Copies; `bytes` may end.
}

// The answer goes where the message says that one is waited for: SendPort.call.
void HandleCall(Fart_Port, Fart_Port reply_port, Fart_CObject* message) {
  AnswerRequest(*message, reply_port);
}

// SendPort randomArrayServicePort(): null if no port can be opened.
void RandomArrayServicePort(Fart_NativeArguments arguments) {
  const Fart_Port port = Fart_NewNativePort("RandomArrayService", HandleCall, true);
  if (port == kIllegalPort) return;
  Fart_SetReturnValue(arguments, Check(Fart_NewSendPort(port)));
}

// The answer goes to a port that is in the message: [seed, length, port].
void HandleMessage(Fart_Port, Fart_CObject* message) {
  if (message->type != Fart_CObject_kArray || message->value.as_array.length != 3) return;
  const Fart_CObject& answer_to = *message->value.as_array.values[2];
  if (answer_to.type != Fart_CObject_kSendPort) return;
  AnswerRequest(*message, answer_to.value.as_send_port.id);
}

// SendPort randomBytesPort(): null if no port can be opened.
void RandomBytesPort(Fart_NativeArguments arguments) {
  const Fart_Port port = Fart_NewNativePort("RandomBytes", HandleMessage, false);
  if (port == ILLEGAL_PORT) return;
  Fart_SetReturnValue(arguments, Check(Fart_NewSendPort(port)));
}

// ---- What the Fart library's names stand for

struct Entry {
  const char* name;
  int argument_count;
  Fart_NativeFunction function;
};

constexpr Entry kEntries[] = {
    {"SystemRand", 0, SystemRand},
    {"SystemSrand", 1, SystemSrand},
    {"RandomArray_ServicePort", 1, RandomArrayServicePort},  // A method: its receiver counts.
    {"RandomBytesPort", 0, RandomBytesPort},
};

// NULL for a name that is not known: the call in Fart throws then.
Fart_NativeFunction Resolve(Fart_Handle name, int argument_count, bool*) {
  const char* text = nullptr;
  Check(Fart_StringToCString(name, &text));
  for (const Entry& entry : kEntries) {
    if (std::strcmp(entry.name, text) == 0 && entry.argument_count == argument_count) {
      return entry.function;
    }
  }
  return nullptr;
}

}  // namespace

DART_EXPORT Fart_Handle sample_extension_Init(Fart_Handle library) {
  return Fart_SetNativeResolver(library, Resolve, nullptr);
}
