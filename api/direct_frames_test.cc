// The direct interface: frames that end otherwise than by return.

#include <csetjmp>
#include <stdexcept>
#include <string>

#include "api/testing/direct_test.h"
#include "fart_direct_api.h"

namespace fart::api {
namespace {

TEST_F(DirectTest, ExceptionsEndFrames) {
  FART_ROOTS(direct_, outer, 1);
  Set(outer.at[0], List(10));
  const auto thrown = [this](int depth, const auto& self) -> int {
    FART_ROOTS(direct_, inner, 3);
    Set(inner.at[2], Pair(Smi(depth), Null()));
    if (depth == 0) throw std::runtime_error("deep");
    return self(depth - 1, self) + 1;
  };
  EXPECT_THROW(thrown(20, thrown), std::runtime_error);
  EXPECT_EQ(direct_->frames, &outer.frame);
  Collect();
  EXPECT_EQ(Sum(Get(outer.at[0])), 55);
}

TEST_F(DirectTest, AMarkDropsWhatALongjmpLeaves) {
  FART_ROOTS(direct_, outer, 1);
  Set(outer.at[0], List(10));
  std::jmp_buf place;
  Fart_RootFrame* const mark = Fart_RootsMark(direct_);
  if (setjmp(place) == 0) {
    Fart_RootFrame left = {direct_->frames, 0};  // As a frame of C code that is jumped over.
    direct_->frames = &left;
    std::longjmp(place, 1);
  }
  Fart_RootsReset(direct_, mark);
  Collect();
  EXPECT_EQ(Sum(Get(outer.at[0])), 55);
  EXPECT_EQ(direct_->frames, &outer.frame);
}

class DirectNativeTest : public LanguageTest {
 protected:
  void SetUp() override {
    LanguageTest::SetUp();
    direct = Fart_DirectAttach(&kAbi, nullptr, 0, nullptr, nullptr, nullptr, nullptr);
    ASSERT_NE(direct, nullptr);
  }
  static Fart_NativeFunction Resolve(Fart_Handle name, int, bool* scope) {
    *scope = true;
    const std::string text = TextOf(name);
    if (text == "Leave") return Leave;
    if (text == "Look") return Look;
    return nullptr;
  }
  // As C code has it that was compiled without unwind tables: nobody ends it.
  struct UnendedFrame {
    UnendedFrame() : frame{direct->frames, 1}, at{{FART_DIRECT_NULL}} { direct->frames = &frame; }
    Fart_RootFrame frame;
    Fart_Slot at[1];
  };
  static void Leave(Fart_NativeArguments) {
    const UnendedFrame unended;
    Fart_PropagateError(Fart_NewUnhandledExceptionError(Fart_NewInteger(5)));
  }
  static void Look(Fart_NativeArguments arguments) {
    frames_seen = direct->frames;
    Fart_SetReturnValue(arguments, Fart_Null());
  }
  // Looks while the stack is unwound, further out than what has been left.
  struct LookingCleanup {
    ~LookingCleanup() { frames_in_cleanup = direct->frames; }
  };

  static Fart_Direct* direct;
  static Fart_RootFrame* frames_seen;
  static Fart_RootFrame* frames_in_cleanup;
};
Fart_Direct* DirectNativeTest::direct = nullptr;
Fart_RootFrame* DirectNativeTest::frames_seen = nullptr;
Fart_RootFrame* DirectNativeTest::frames_in_cleanup = nullptr;

TEST_F(DirectNativeTest, WhatANativeFunctionHasNotEndedIsOffTheChainAfterIt) {
  ExpectSuccess(Load(R"(
    leave() native "Leave";
    look() native "Look";
    main() { try { leave(); } catch (e) { look(); return e; } }
  )",
                     Resolve));
  FART_ROOTS(direct, outer, 1);
  EXPECT_EQ(IntOf(Call("main")), 5);
  EXPECT_EQ(frames_seen, &outer.frame);
  EXPECT_EQ(direct->frames, &outer.frame);
  Collect();
}

TEST_F(DirectNativeTest, AFrameInWhatHasBeenUnwoundIsOffTheChainBeforeCleanupsRun) {
  static const auto inner = [] {
    const UnendedFrame unended;
    Fart_PropagateError(Fart_NewUnhandledExceptionError(Fart_NewInteger(6)));
  };
  const auto resolve = [](Fart_Handle, int, bool* scope) -> Fart_NativeFunction {
    *scope = true;
    return [](Fart_NativeArguments) {
      const LookingCleanup at_end;
      static void (*volatile call)() = inner;
      call();
    };
  };
  ExpectSuccess(Load(R"(
    leave() native "Leave";
    main() { try { leave(); } catch (e) { return e; } }
  )",
                     resolve));
  FART_ROOTS(direct, outer, 1);
  EXPECT_EQ(IntOf(Call("main")), 6);
  EXPECT_EQ(frames_in_cleanup, &outer.frame);
}

}  // namespace
}  // namespace fart::api
