// fart_ports.hpp -- ports and messages for C++.
//
// Header only, C++17, on top of fart.hpp. Everything here works on any thread, outside of isolates.
//
//   fart::NativePort doubler("doubler", [](const fart::Message& message, fart::Port reply) {
//     reply.Post(2 * message.As<std::int64_t>().value_or(0));
//   });
//   FART_TRY(fart::Local send_port, doubler.NewSendPort());   // for Fart code
//
// Not here: messages of an isolate (Fart_HandleMessage and its like).

#ifndef FART_API_INCLUDE_FART_PORTS_HPP_
#define FART_API_INCLUDE_FART_PORTS_HPP_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fart.hpp"

namespace fart {
inline namespace embedding {

// A value outside of every heap, and what it consists of: what a Fart_CObject is, with its memory.
class Value {
 public:
  Value() { root_.type = Fart_CObject_kNull; }
  Value(std::nullptr_t) : Value() {}  // NOLINT: on purpose, as all of these
  Value(bool value) {                 // NOLINT
    root_.type = Fart_CObject_kBool;
    root_.value.as_bool = value;
  }
  template <typename T, typename = std::enable_if_t<std::is_arithmetic_v<T>>>
  Value(T value) {  // NOLINT
    static_assert(!std::is_unsigned_v<T> || sizeof(T) < 8, "a 64-bit unsigned value may not fit");
    if constexpr (std::is_floating_point_v<T>) {
      root_.type = Fart_CObject_kDouble;
      root_.value.as_double = static_cast<double>(value);
    } else {
      root_.type = Fart_CObject_kInt64;
      root_.value.as_int64 = value;
    }
  }
  // UTF-8; it ends at the first NUL.
  Value(std::string_view text) : text_(std::make_unique<std::string>(text)) {  // NOLINT
    root_.type = Fart_CObject_kString;
    root_.value.as_string = text_->data();
  }
  Value(const std::string& text) : Value(std::string_view(text)) {}  // NOLINT
  Value(const char* text) : Value(std::string_view(text)) {}         // NOLINT
  // A list.
  Value(std::vector<Value> elements)  // NOLINT
      : elements_(std::make_unique<std::vector<Value>>(std::move(elements))),
        places_(std::make_unique<std::vector<Fart_CObject*>>()) {
    for (Value& element : *elements_) places_->push_back(&element.root_);
    root_.type = Fart_CObject_kArray;
    root_.value.as_array.length = static_cast<std::intptr_t>(places_->size());
    root_.value.as_array.values = places_->data();
  }
  // Unsigned bytes, as typed data.
  static Value Bytes(std::string_view bytes) {
    Value value;
    value.text_ = std::make_unique<std::string>(bytes);
    value.root_.type = Fart_CObject_kTypedData;
    value.root_.value.as_typed_data.type = Fart_TypedData_kUint8;
    value.root_.value.as_typed_data.length = static_cast<std::intptr_t>(bytes.size());
    value.root_.value.as_typed_data.values = reinterpret_cast<std::uint8_t*>(value.text_->data());
    return value;
  }
  static Value SendPort(Fart_Port port) {
    Value value;
    value.root_.type = Fart_CObject_kSendPort;
    value.root_.value.as_send_port = {port, ILLEGAL_PORT};
    return value;
  }
  // What was moved from is null.
  Value(Value&& other) noexcept
      : root_(std::exchange(other.root_, Fart_CObject{})),
        text_(std::move(other.text_)),
        elements_(std::move(other.elements_)),
        places_(std::move(other.places_)) {}
  Value& operator=(Value&& other) noexcept {
    if (this != &other) {
      root_ = std::exchange(other.root_, Fart_CObject{});
      text_ = std::move(other.text_);
      elements_ = std::move(other.elements_);
      places_ = std::move(other.places_);
    }
    return *this;
  }

  // Good as long as this lives and is not moved.
  Fart_CObject* get() { return &root_; }

 private:
  Fart_CObject root_{};
  std::unique_ptr<std::string> text_;
  std::unique_ptr<std::vector<Value>> elements_;
  std::unique_ptr<std::vector<Fart_CObject*>> places_;
};

// What a handler was given, or a part of that; good until the handler returns.
class Message {
 public:
  explicit Message(const Fart_CObject* object) : object_(object) {}

  const Fart_CObject* get() const { return object_; }
  bool is_null() const { return object_->type == Fart_CObject_kNull; }
  // bool, integers that fit, double, std::string, std::string_view; nothing if it is something else.
  template <typename T>
  std::optional<T> As() const {
    static_assert(std::is_arithmetic_v<T> || std::is_same_v<T, std::string> ||
                      std::is_same_v<T, std::string_view>,
                  "a message is read as a bool, a number or a text; see also size, operator[], "
                  "bytes and send_port");
    if constexpr (std::is_same_v<T, bool>) {
      if (object_->type == Fart_CObject_kBool) return object_->value.as_bool;
      return std::nullopt;
    } else if constexpr (std::is_integral_v<T>) {
      return AsInteger<T>();
    } else if constexpr (std::is_floating_point_v<T>) {
      if (object_->type != Fart_CObject_kDouble) return std::nullopt;
      return static_cast<T>(object_->value.as_double);
    } else {
      if (object_->type != Fart_CObject_kString) return std::nullopt;
      return T(object_->value.as_text.chars,
               static_cast<std::size_t>(object_->value.as_text.length));
    }
  }
  // Of a list; 0 for anything else.
  std::size_t size() const {
    return object_->type == Fart_CObject_kArray
               ? static_cast<std::size_t>(object_->value.as_array.length)
               : 0;
  }
  // An element, below size().
  Message operator[](std::size_t index) const {
    return Message(object_->value.as_array.values[index]);
  }
  // Of typed data, whatever its elements are; empty for anything else.
  std::string_view bytes() const {
    if (object_->type != Fart_CObject_kTypedData) return {};
    return {reinterpret_cast<const char*>(object_->value.as_typed_data.values),
            static_cast<std::size_t>(object_->value.as_typed_data.length)};
  }
  // ILLEGAL_PORT for anything else.
  Fart_Port send_port() const {
    return object_->type == Fart_CObject_kSendPort ? object_->value.as_send_port.id : ILLEGAL_PORT;
  }

 private:
  template <typename T>
  std::optional<T> AsInteger() const {
    std::int64_t value = 0;
    if (object_->type == Fart_CObject_kInt32) {
      value = object_->value.as_int32;
    } else if (object_->type == Fart_CObject_kInt64) {
      value = object_->value.as_int64;
    } else {
      return std::nullopt;
    }
    const auto narrow = static_cast<T>(value);
    const bool fits = static_cast<std::int64_t>(narrow) == value && (value < 0) == (narrow < T{});
    return fits ? std::optional<T>(narrow) : std::nullopt;
  }

  const Fart_CObject* object_;
};

// Where messages go to. Freely copied.
class Port {
 public:
  explicit Port(Fart_Port port) : port_(port) {}

  Fart_Port get() const { return port_; }
  bool is_illegal() const { return port_ == ILLEGAL_PORT; }
  // False: nobody is there any more.
  bool Post(Value value) const { return Fart_PostCObject(port_, value.get()); }
  // An object of the current isolate, copied with what it leads to.
  bool Post(Local object) const { return Fart_Post(port_, object.get()); }
  // For Fart code, as an object of the current scope.
  Result<Local> NewSendPort() const { return Check(Fart_NewSendPort(port_)); }

 private:
  Fart_Port port_;
};

// Handles a message on a thread of the VM. `reply` is illegal where no answer is expected. An exception
// that it lets out is recorded, and who waits gets an error.
using Handler = std::function<void(const Message& message, Port reply)>;

namespace detail {

class Handlers {
 public:
  static Handlers& Get() {
    static Handlers* const handlers = new Handlers;  // outlives every thread of the VM
    return *handlers;
  }
  void Add(Fart_Port port, std::shared_ptr<const Handler> handler) {
    const std::lock_guard<std::mutex> lock(mutex_);
    handlers_[port] = std::move(handler);
  }
  void Remove(Fart_Port port) {
    const std::lock_guard<std::mutex> lock(mutex_);
    handlers_.erase(port);
  }
  static void Handle(Fart_Port port, Fart_Port reply, Fart_CObject* message) {
    std::shared_ptr<const Handler> handler;
    {
      Handlers& handlers = Get();
      const std::lock_guard<std::mutex> lock(handlers.mutex_);
      const auto found = handlers.handlers_.find(port);
      if (found != handlers.handlers_.end()) handler = found->second;
    }
    if (handler != nullptr) (*handler)(Message(message), Port(reply));
  }

 private:
  std::mutex mutex_;
  std::unordered_map<Fart_Port, std::shared_ptr<const Handler>> handlers_;
};

}  // namespace detail

// An open native port. Closed when this is destroyed, which waits for the handler to return for the
// last time: so not by the handler itself, nor by a thread inside an isolate that it waits for.
class NativePort {
 public:
  enum class Order : std::uint8_t {
    kOneAtATime,    // in the order in which they came
    kConcurrently,  // as many as the VM has threads for
  };

  NativePort(const char* name, Handler handler, Order order = Order::kOneAtATime)
      : port_(Fart_NewNativePort(name, &detail::Handlers::Handle, order == Order::kConcurrently)) {
    if (ok()) {
      detail::Handlers::Get().Add(port_, std::make_shared<const Handler>(std::move(handler)));
    }
  }
  ~NativePort() { Close(); }
  NativePort(NativePort&& other) noexcept : port_(std::exchange(other.port_, ILLEGAL_PORT)) {}
  NativePort& operator=(NativePort&& other) noexcept {
    if (this != &other) {
      Close();
      port_ = std::exchange(other.port_, ILLEGAL_PORT);
    }
    return *this;
  }

  // False: it could not be opened (Fart_GetMisuse says why).
  bool ok() const { return port_ != ILLEGAL_PORT; }
  Fart_Port get() const { return port_; }
  Port port() const { return Port(port_); }
  bool Post(Value value) const { return port().Post(std::move(value)); }
  Result<Local> NewSendPort() const { return port().NewSendPort(); }
  void Close() {
    if (!ok()) return;
    const Fart_Port closed = std::exchange(port_, ILLEGAL_PORT);
    Fart_CloseNativePortAndWait(closed);
    detail::Handlers::Get().Remove(closed);
  }

 private:
  Fart_Port port_;
};

}  // namespace embedding
}  // namespace fart

#endif  // FART_API_INCLUDE_FART_PORTS_HPP_
