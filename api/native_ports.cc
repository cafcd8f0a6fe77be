// Native ports -- their handlers in C.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "api/cobject/cobject_decoder.h"
#include "api/handler_memory.h"
#include "api/host.h"
#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/entry/callback_frame.h"
#include "vm/entry/error_texts.h"
#include "vm/entry/misuse.h"
#include "vm/port/native_port.h"
#include "vm/port/ports.h"
#include "vm/port/reply_scope.h"
#include "vm/port/thread_pool.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// A handler of either form; what is common to them is around the call.
class ForeignHandler : public NativeMessageHandler {
 public:
  explicit ForeignHandler(const char* name) : name_(name == nullptr ? "unnamed" : name) {}

  void Handle(Delivery delivery) final {
    Message& message = delivery.message;
    ReplyScope reply(message.is_error() ? kNoPort : message.reply_port());
    HandlerMemory memory;
    try {
      DecodeAndCall(delivery, memory, &reply);
    } catch (const std::bad_alloc&) {
      RecordMisuse("A native port's message was not handled: the system has no memory.");
      reply.Fail(TextOf(ErrorText::kOffHeapMemory));
    }
  }

 protected:
  virtual ForeignOutcome Call(ForeignMark& mark, Fart_Port port, Fart_Port reply_port,
                              Fart_CObject* message) = 0;

 private:
  void DecodeAndCall(Delivery& delivery, HandlerMemory& memory, ReplyScope* reply) {
    Message& message = delivery.message;
    std::string error;
    Fart_CObject* const object = DecodeCObject(message, memory.arena(), &error);
    if (object == nullptr) return reply->Fail(Says(error));
    CallbackFrame frame;
    const ForeignOutcome outcome = Call(frame.mark(), delivery.port, message.reply_port(), object);
    if (outcome == ForeignOutcome::kReturned) return;
    const std::string text = Says(outcome == ForeignOutcome::kThreadEnd
                                      ? "the handler " + DescribeEscape(outcome)
                                      : std::string("a C++ exception came out of the handler: ") +
                                            CaughtExceptionText());
    RecordMisuse(text);
    reply->Fail(text);
  }

  std::string Says(const std::string& what) const { return "Native port '" + name_ + "': " + what; }

  const std::string name_;
};

class ReplyingHandler final : public ForeignHandler {
 public:
  ReplyingHandler(const char* name, Fart_NativeMessageHandler handler)
      : ForeignHandler(name), handler_(handler) {}

 protected:
  ForeignOutcome Call(ForeignMark& mark, Fart_Port port, Fart_Port reply_port,
                      Fart_CObject* message) override {
    return CallForeign(mark, handler_, port, reply_port, message);
  }

 private:
  const Fart_NativeMessageHandler handler_;
};

class ConcurrentHandler final : public ForeignHandler {
 public:
  ConcurrentHandler(const char* name, Fart_ConcurrentMessageHandler handler)
      : ForeignHandler(name), handler_(handler) {}

 protected:
  ForeignOutcome Call(ForeignMark& mark, Fart_Port port, Fart_Port,
                      Fart_CObject* message) override {
    return CallForeign(mark, handler_, port, message);
  }

 private:
  const Fart_ConcurrentMessageHandler handler_;
};

constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();

Fart_Port Open(const char* function, std::size_t max_concurrency,
               std::unique_ptr<NativeMessageHandler> handler) {
  if (RunningMachine() == nullptr) {
    RecordMisuse(std::string(function) + ": call Fart_Initialize first.");
    return ILLEGAL_PORT;
  }
  const PortId port =
      NativePort::Open(ThreadPool::OfProcess(), max_concurrency, std::move(handler));
  if (port == kNoPort) RecordMisuse(std::string(function) + ": Fart_Cleanup is running.");
  return port;
}

}  // namespace

Fart_Port Fart_NewNativePort(const char* name, Fart_NativeMessageHandler handler,
                             bool handle_concurrently) FART_TRY {
  FART_NEED_POINTER_OR(handler, ILLEGAL_PORT);
  return Open(__func__, handle_concurrently ? kUnbounded : 1,
              std::make_unique<ReplyingHandler>(name, handler));
}
FART_CATCH_OR(ILLEGAL_PORT)

Fart_Port Fart_NewConcurrentNativePort(const char* name, Fart_ConcurrentMessageHandler handler,
                                       std::intptr_t max_concurrency) FART_TRY {
  FART_NEED_POINTER_OR(handler, ILLEGAL_PORT);
  if (max_concurrency < 1) {
    RecordMisuse(Expects(__func__, "max_concurrency", "at least 1") + ItIs(max_concurrency));
    return ILLEGAL_PORT;
  }
  return Open(__func__, static_cast<std::size_t>(max_concurrency),
              std::make_unique<ConcurrentHandler>(name, handler));
}
FART_CATCH_OR(ILLEGAL_PORT)

bool Fart_CloseNativePort(Fart_Port native_port_id) FART_TRY {
  return Ports::Close(native_port_id, PortKind::kNative) != nullptr;
}
FART_CATCH_OR(false)

bool Fart_CloseNativePortAndWait(Fart_Port native_port_id) FART_TRY {
  if (NativePort::IsHandling(native_port_id)) {
    RecordMisuse(
        Expects(__func__, "native_port_id", "a port whose handler this thread does not run"));
    return false;
  }
  return NativePort::CloseAndWait(native_port_id);
}
FART_CATCH_OR(false)
