#include "vm/ffi/foreign_call.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <vector>

#include "vm/ffi/testdata/classes.h"
#include "vm/ffi/testing/test_call.h"
#include "vm/native/native_call.h"
#include "vm/testing/test_isolate.h"

namespace fart::ffi {
namespace {

template <typename F>
const void* Code(F* function) {
  return reinterpret_cast<const void*>(function);
}

int destroyed;
struct NotesItsEnd {
  ~NotesItsEnd() { ++destroyed; }
};

ErrorCause CauseOf(const Outcome& error) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return ErrorCauseOf(error.Get(quiet), quiet);
}

class ForeignCallTest : public testing::TestWithParam<CallKind> {
 protected:
  // Of integer arguments; the result is in integer_.
  Outcome Call(const void* function,
               const std::vector<std::int64_t>& arguments) FART_NO_SAFEPOINT_ANALYSIS {
    ObjectPtr* const top = isolate_->stack().top();
    const std::size_t scopes = isolate_->handles().locals.ScopeDepth();
    const Signature& signature =
        types_.Of(TypeOf(NativeKind::kInt64),
                  std::vector<const NativeType*>(arguments.size(), TypeOf(NativeKind::kInt64)));
    std::vector<std::uint64_t> block(signature.plan.block_words);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      block[signature.plan.arguments[i].word] = static_cast<std::uint64_t>(arguments[i]);
    }
    const Outcome outcome = CallForeignFunction(*isolate_, {function, library_, GetParam()},
                                                signature.plan, block.data(), &errno_);
    integer_ = static_cast<std::int64_t>(block[kFirstResultInteger]);
    EXPECT_EQ(isolate_->stack().top(), top);
    EXPECT_EQ(isolate_->handles().locals.ScopeDepth(), scopes);
    EXPECT_EQ(isolate_->innermost_foreign_frame(), nullptr);
    EXPECT_EQ(Isolate::Current(), &*isolate_);
    EXPECT_FALSE(isolate_->IsInCallback());
    EXPECT_EQ(ForeignMark::Innermost(), nullptr);
    return outcome;
  }

  TestIsolate isolate_;
  TestTypes types_;
  ForeignLibrary* library_ = nullptr;
  int errno_ = 0;
  std::int64_t integer_ = 0;
};

TEST_P(ForeignCallTest, GivesTheResult) {
  EXPECT_FALSE(Call(Code(sum6), {1, 2, 3, 4, 5, 6}).IsError());
  EXPECT_EQ(integer_, 21);
}

TEST_P(ForeignCallTest, KeepsErrno_VFE2) {
  errno = 5;
  ASSERT_FALSE(Call(Code(set_errno), {17}).IsError());
  EXPECT_EQ(errno_, 17);
  errno = 99;  // Whatever the VM does in between.
  ASSERT_FALSE(Call(Code(get_errno), {}).IsError());
  EXPECT_EQ(static_cast<std::int32_t>(integer_), 17);
}

std::int64_t ThrowFromC(std::int64_t a) {
  const NotesItsEnd noted;
  if (a == 1) throw std::runtime_error("a C++ text");
  return a;
}

TEST_P(ForeignCallTest, MakesAnErrorOfAnException) {
  destroyed = 0;
  const Outcome outcome = Call(Code(ThrowFromC), {1});
  EXPECT_EQ(isolate_.ErrorMessageOf(outcome),
            "A native function let a C++ exception out: std::runtime_error: a C++ text");
  EXPECT_EQ(CauseOf(outcome), ErrorCause::kForeignEscape);
  EXPECT_EQ(destroyed, 1);
  EXPECT_FALSE(Call(Code(ThrowFromC), {2}).IsError());
}

ForeignLibraries* libraries;
std::uint32_t opened;
std::int64_t CloseLibrary() {
  std::string error;
  return libraries->Close(opened, &error) ? 1 : 0;
}

TEST_P(ForeignCallTest, CountsAsRunningInItsLibrary_VFO1) {
  ForeignLibraries own;
  libraries = &own;
  std::string error;
  const auto id = own.Open("libm.so.6", &error);
  ASSERT_TRUE(id.has_value()) << error;
  opened = *id;
  library_ = own.Get(opened);
  ASSERT_FALSE(Call(Code(CloseLibrary), {}).IsError());
  EXPECT_EQ(integer_, 0);
  ASSERT_TRUE(Call(Code(ThrowFromC), {1}).IsError());
  EXPECT_EQ(library_->running_calls(), 0u);
  EXPECT_TRUE(own.Close(opened, &error));
}

std::int64_t refusal;
std::int64_t PropagateFromC(std::int64_t) FART_NO_SAFEPOINT_ANALYSIS {
  const NotesItsEnd noted;
  Isolate& isolate = *Isolate::Current();
  refusal = -1;
  if (isolate.IsInCallback()) return -2;  // As the API asks before it makes anything.
  const Outcome error = NewApiError(isolate, "from C");
  const NoSafepointScope quiet;
  refusal = static_cast<std::int64_t>(PropagateError(isolate, error.Get(quiet), quiet));
  return refusal;
}

TEST_P(ForeignCallTest, LetsOrdinaryCallsPropagateAndRefusesLeafs) {
  destroyed = 0;
  const Outcome outcome = Call(Code(PropagateFromC), {1, 2, 3, 4, 5, 6, 7, 8, 9});
  EXPECT_EQ(destroyed, 1);
  EXPECT_EQ(refusal, -1);
  if (GetParam() == CallKind::kOrdinary) {
    EXPECT_EQ(isolate_.ErrorMessageOf(outcome), "from C");
  } else {
    EXPECT_FALSE(outcome.IsError());
    EXPECT_EQ(integer_, -2);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, ForeignCallTest,
                         testing::Values(CallKind::kOrdinary, CallKind::kLeaf),
                         [](const testing::TestParamInfo<CallKind>& kind) {
                           return kind.param == CallKind::kLeaf ? "Leaf" : "Ordinary";
                         });

class OrdinaryCallTest : public ForeignCallTest {};
std::int64_t LeaveIsolate(std::int64_t) {
  Isolate::Current()->Exit();
  return 0;
}
TEST_P(OrdinaryCallTest, ComesBackIntoTheIsolate) {
  EXPECT_EQ(isolate_.ErrorMessageOf(Call(Code(LeaveIsolate), {1})),
            "A native function returned with another isolate current than it was called in.");
}
INSTANTIATE_TEST_SUITE_P(Kinds, OrdinaryCallTest, testing::Values(CallKind::kOrdinary));

// ---- Arguments that are handles

int handle_calls;
std::int64_t TakeHandle(std::uintptr_t) { return ++handle_calls; }

class HandleCallTest : public testing::Test {
 protected:
  Outcome Call() FART_NO_SAFEPOINT_ANALYSIS {
    std::vector<std::uint64_t> block(signature_.plan.block_words);
    int kept_errno = 0;
    return CallWithHandles(*isolate_, {Code(TakeHandle), nullptr, CallKind::kOrdinary},
                           signature_.plan, block.data(), &kept_errno, Roots(value_.slot(), 1));
  }
  void ExpectRefused(std::string_view why) FART_NO_SAFEPOINT_ANALYSIS {
    ObjectPtr* const top = isolate_->stack().top();
    const int calls = handle_calls;
    const Outcome outcome = Call();
    ASSERT_TRUE(outcome.IsError());
    EXPECT_NE(isolate_.ErrorMessageOf(outcome).find(why), std::string::npos)
        << isolate_.ErrorMessageOf(outcome);
    EXPECT_EQ(handle_calls, calls) << "C is not called";
    EXPECT_EQ(isolate_->stack().top(), top);
    EXPECT_EQ(isolate_->innermost_foreign_frame(), nullptr);
  }

  TestIsolate isolate_;
  TestTypes types_;
  const Signature& signature_ =
      types_.Of(TypeOf(NativeKind::kInt64), {TypeOf(NativeKind::kHandle)});
  const Rooted value_ = isolate_.NewString("given");
};

TEST_F(HandleCallTest, WithoutRoomForAHandleThereIsNoCall) {
  LocalHandles& locals = isolate_->handles().locals;
  ASSERT_FALSE(Call().IsError());
  ASSERT_TRUE(locals.EnterScope());
  while (locals.Create(kTrue) != nullptr) {
  }
  ExpectRefused("handle");
  locals.ExitScope();
  EXPECT_FALSE(Call().IsError());
}

TEST_F(HandleCallTest, WithoutRoomOnTheStackThereIsNoCall) {
  ExecutionStack& stack = isolate_->stack();
  ObjectPtr* const top = stack.top();
  while (stack.HasRoomFor(2)) stack.Push(kNull);
  ExpectRefused("Stack Overflow");
  stack.SetTop(top);
  EXPECT_FALSE(Call().IsError());
}

}  // namespace
}  // namespace fart::ffi
