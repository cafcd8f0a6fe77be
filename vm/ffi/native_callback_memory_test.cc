#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "heap/platform/testing/refusing_memory.h"
#include "vm/entry/misuse.h"
#include "vm/ffi/native_callback.h"
#include "vm/ffi/testing/test_call.h"
#include "vm/testing/test_isolate.h"

namespace fart::ffi {
namespace {

// Of an isolate that has not yet looked for what was posted to it.
class Listener final : public NativeCallback {
 public:
  using NativeCallback::NativeCallback;
  Outcome Run(Registers*, const std::uint64_t*) override {
    ADD_FAILURE() << "a listener runs from its isolate's queue";
    return Outcome::Immediate(kNull);
  }
};

TEST(NativeCallbackMemoryTest, WithoutMemoryAListenerIsNotCalledAndCHasItsResult) {
  TestIsolate isolate;
  TestTypes types;
  const auto gate = std::make_shared<CallbackGate>(*isolate);
  NativeCallback::Options options;
  options.kind = CallbackKind::kListener;
  options.port = isolate->messages().OpenPort(PortLiveness::kKeepsAlive);
  const NativeType* type = TypeOf(NativeKind::kInt32);
  options.plan = types.Of(type, {type, type}).plan;
  options.exceptional.integer = static_cast<std::uint64_t>(-1);
  options.name = "listener";
  const auto id = OpenCallback(std::make_unique<Listener>(gate, options));
  ASSERT_TRUE(id.has_value());
  using Callee = std::int32_t (*)(std::int32_t, std::int32_t);
  const auto callee = reinterpret_cast<Callee>(reinterpret_cast<std::uintptr_t>(AddressOf(*id)));
  for (const SystemCall kind : {SystemCall::kMalloc, SystemCall::kNew}) {
    const SweepResult result = SweepFailures(kind, [&] {
      const std::uint64_t misuses = MisuseCount();
      const std::int32_t answer = callee(30, 12);
      RefusingMemory::Stop();
      const bool is_refused = MisuseCount() != misuses;
      EXPECT_EQ(answer == -1, is_refused);
      if (is_refused) {
        EXPECT_NE(std::string(LastMisuse()).find("no memory"), std::string::npos);
      }
      const std::optional<Delivery> taken = isolate->messages().TryTake();
      EXPECT_EQ(taken.has_value() && !taken->message.is_empty(), !is_refused);
      return is_refused ? SweepOutcome::kRefused : SweepOutcome::kDone;
    });
    EXPECT_GT(result.refusals, 0u);
  }
  EXPECT_TRUE(CloseCallback(*id));
}

}  // namespace
}  // namespace fart::ffi
