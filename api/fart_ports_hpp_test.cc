// Ports and messages of the C++ layer.

#include "fart_ports.hpp"

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using CppPortsTest = LanguageTest;

// What a message is, in words.
std::string TextOf(const Message& message) {
  if (message.is_null()) return "null";
  if (const auto truth = message.As<bool>()) return *truth ? "true" : "false";
  if (const auto number = message.As<std::int64_t>()) return std::to_string(*number);
  if (const auto number = message.As<double>()) return "double " + std::to_string(*number);
  if (const auto text = message.As<std::string>()) return "'" + *text + "'";
  if (message.send_port() != ILLEGAL_PORT) return "port";
  if (!message.bytes().empty()) return "bytes " + std::to_string(message.bytes().size());
  std::string text = "[";
  for (std::size_t i = 0; i < message.size(); ++i) text += TextOf(message[i]) + " ";
  return text + "]";
}

std::vector<Value> List(Value first, Value second) {
  std::vector<Value> values;
  values.push_back(std::move(first));
  values.push_back(std::move(second));
  return values;
}

TEST_F(CppPortsTest, MessagesArriveAsTheyWerePosted) {
  std::string seen;
  {
    const NativePort port("sees", [&seen](const Message& message, Port reply) {
      seen += TextOf(message) + (reply.is_illegal() ? "; " : " wants a reply; ");
    });
    ASSERT_TRUE(port.ok());
    EXPECT_TRUE(port.Post(nullptr));
    EXPECT_TRUE(port.Post(true));
    EXPECT_TRUE(port.Post(7));
    EXPECT_TRUE(port.Post(INT64_MIN));
    EXPECT_TRUE(port.Post(0.5));
    EXPECT_TRUE(port.Post("text"));
    EXPECT_TRUE(port.Post(List(1, List("in", Value::Bytes("abc")))));
    EXPECT_TRUE(port.Post(Value::SendPort(port.get())));
    EXPECT_TRUE(port.port().Post(fart::Make("object").value()));
  }
  EXPECT_EQ(seen,
            "null; true; 7; -9223372036854775808; double 0.500000; 'text'; "
            "[1 ['in' bytes 3 ] ]; port; 'object'; ");
}

TEST_F(CppPortsTest, AValueThatWasMovedFromIsNull) {
  std::string seen;
  {
    const NativePort port(
        "sees", [&seen](const Message& message, Port) { seen += TextOf(message) + "; "; });
    Value text = std::string(100, 't');
    Value list = List(1, "in");
    {
      const Value moved = std::move(text);
      Value assigned;
      assigned = std::move(list);
    }
    EXPECT_TRUE(port.Post(std::move(text)));  // NOLINT: that is what is asked
    EXPECT_TRUE(port.Post(std::move(list)));  // NOLINT
  }
  EXPECT_EQ(seen, "null; null; ");
}

TEST_F(CppPortsTest, ANumberThatDoesNotFitIsNone) {
  Value large = 300;
  EXPECT_EQ(Message(large.get()).As<std::uint8_t>(), std::nullopt);
  EXPECT_EQ(Message(large.get()).As<std::int16_t>(), 300);
  Value negative = -1;
  EXPECT_EQ(Message(negative.get()).As<std::uint64_t>(), std::nullopt);
  EXPECT_EQ(Message(negative.get()).As<bool>(), std::nullopt);
  EXPECT_EQ(Message(negative.get()).size(), 0u);
}

TEST_F(CppPortsTest, AClosedPortTakesNothing) {
  NativePort port("closes", [](const Message&, Port) {});
  const Port known = port.port();
  port.Close();
  EXPECT_FALSE(port.ok());
  EXPECT_FALSE(known.Post(1));
  port = NativePort("again", [](const Message&, Port) {});
  EXPECT_TRUE(port.Post(1));
}

TEST_F(CppPortsTest, FartCodeCallsAHandlerAndHearsOfItsException) {
  Load(R"(
    import 'dart:isolate';
    var log = [];
    ask(port, x) => port.call(x).then((y) => log.add("$y"), onError: (e) => log.add("failed"));
    said() => log.join(" ");
  )");
  const NativePort port("doubles", [](const Message& message, Port reply) {
    if (!message.As<int>().has_value()) throw std::runtime_error("no int");
    reply.Post(2 * *message.As<int>());
  });
  const Local send_port = port.NewSendPort().value();
  const Local library(library_);
  ASSERT_TRUE(Invoke(library, "ask", send_port, 21).ok());
  ASSERT_TRUE(Invoke(library, "ask", send_port, "x").ok());
  ASSERT_FALSE(Fart_IsError(Fart_RunLoop()));
  EXPECT_EQ(To<std::string>(Invoke(library, "said").value()).value(), "42 failed");
}

TEST_F(CppPortsTest, AConcurrentPortHandlesAllThatItHasTaken) {
  std::atomic<int> sum{0};
  {
    const NativePort port(
        "adds", [&sum](const Message& message, Port) { sum += message.As<int>().value_or(0); },
        NativePort::Order::kConcurrently);
    for (int i = 1; i <= 100; ++i) EXPECT_TRUE(port.Post(i));
  }
  EXPECT_EQ(sum, 5050);
}

}  // namespace
}  // namespace fart::api
