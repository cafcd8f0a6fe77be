// What foreign frames see of an unwind. Not for FART_UNWIND_BY_JUMP, where they see nothing.

#include "vm/unwind/unwind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "vm/unwind/foreign_program_test.h"

namespace fart {
namespace {

using testing::ElementsAre;

using ForeignUnwindTest = ForeignProgramTest;
using ForeignUnwindDeathTest = ForeignProgramTest;

TEST_F(ForeignUnwindTest, RunsDestructorsInnermostFirst) {
  Run({Add(kFrame, 2, {Add(kFrame, 3, {Add(kUnwind, 5)})})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 3", "~ 3", "~ 2", "unwound 1 with 5"));
}

class CompiledApartTest : public ForeignUnwindTest, public testing::WithParamInterface<bool> {};
TEST_P(CompiledApartTest, RunsDestructorsAndRestartsInALibraryOfAnyCompiler) {
  const ForeignLibrary& library =
      GetParam() ? ForeignLibrary::CppByClang() : ForeignLibrary::CppByGcc();
  Run({Add(kFrame, 2, {Add(kSwallow, 3, {Add(kFrame, 4, {Add(kUnwind, 5)}, library)}, library)},
           library)});
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 3", "enter 4", "~ 4", "catch 3", "~ 3", "~ 2",
                                 "unwound 1 with 5"));
}
INSTANTIATE_TEST_SUITE_P(GccAndClang, CompiledApartTest, testing::Bool());

TEST_F(ForeignUnwindTest, RunsDestructorsOfAThousandFrames) {
  Node frame = Add(kUnwind, 5);
  for (int i = 0; i < 1000; i++) frame = Add(kFrame, 2, {frame});
  Run({frame});
  EXPECT_EQ(std::count(log().begin(), log().end(), "~ 2"), 1000);
}

TEST_F(ForeignUnwindTest, PassesThroughTheCLibrary) {
  Run({Add(kSort, 2, {Add(kFrame, 3, {Add(kUnwind, 5)})})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 3", "~ 3", "~ 2", "unwound 1 with 5"));
}

TEST_F(ForeignUnwindTest, DestructorMayMakeANestedCallThatUnwinds) {
  const Node nested = Add(kNative, 3, {Add(kSwallow, 4, {Add(kUnwind, 6)})});
  Run({Add(kLastInDestructor, 2, {Add(kUnwind, 5), nested})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 4", "catch 4", "~ 4", "unwound 3 with 6", "~ 2",
                                 "unwound 1 with 5"));
}

TEST_F(ForeignUnwindTest, IsNoExceptionInFlightToDestructors) {
  Run({Add(kCountInDestructor, 2, {Add(kRethrow, 3, {Add(kUnwind, 5)})})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 3", "catch 3", "~ 3", "in flight 0", "~ 2",
                                 "unwound 1 with 5"));
}

TEST_F(ForeignUnwindTest, PassesFramesWithoutExceptionsByWithoutTheirDestructors) {
  Run({Add(kFrame, 2, {Add(kFrame, 3, {Add(kUnwind, 5)}, ForeignLibrary::NoExceptions())})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 3", "~ 2", "unwound 1 with 5"));
}

TEST_F(ForeignUnwindTest, JumpsOverWhatLiesBeyondAFrameWithoutTables) {
  const Node inner = Add(kFrame, 4, {Add(kUnwind, 5)});
  Run({Add(kFrame, 2, {Add(kFrame, 3, {inner}, ForeignLibrary::NoTables())})});
  EXPECT_THAT(log(),
              ElementsAre("enter 2", "enter 3", "enter 4", "~ 4", "unwound 1 with 5 jumping"));
  EXPECT_TRUE(ForeignLibrary::NoTables().Contains(host_.jumped_over_from()));
}

TEST_F(ForeignUnwindTest, JumpOverAHandlerEndsIt) {
  const Node jumping = Add(kFrame, 4, {Add(kUnwind, 5)}, ForeignLibrary::NoTables());
  Run({Add(kLastInHandler, 2, {Add(kThrow, 3), jumping})});
  EXPECT_THAT(log(), testing::Contains("unwound 1 with 5 jumping"));
  EXPECT_EQ(host_.live_exceptions, 0);
}

TEST_F(ForeignUnwindTest, JumpOverSeveralHandlersEndsThemAll) {
  const Node jumping = Add(kFrame, 4, {Add(kUnwind, 5)}, ForeignLibrary::NoTables());
  const Node inner = Add(kLastInHandler, 6, {Add(kThrow, 7), jumping});
  Run({Add(kLastInHandler, 2, {Add(kThrow, 3), inner})});
  EXPECT_THAT(log(), testing::Contains("unwound 1 with 5 jumping"));
  EXPECT_EQ(host_.live_exceptions, 0);
}

TEST_F(ForeignUnwindTest, JumpOverAHandlerOfAnUnwindDoesNotRestartThatUnwind) {
  const Node jumping = Add(kFrame, 4, {Add(kUnwind, 6)}, ForeignLibrary::NoTables());
  Run({Add(kLastInHandler, 2, {Add(kUnwind, 5), jumping})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "catch 2", "enter 4", "unwound 1 with 6 jumping"));
}

// -- Catching ------------------------------------------------------------------------------------

TEST_F(ForeignUnwindTest, CatchAllThatDoesNotRethrowRestartsTheUnwind) {
  Run({Add(kFrame, 2, {Add(kSwallow, 3, {Add(kUnwind, 5)})})});
  EXPECT_THAT(log(),
              ElementsAre("enter 2", "enter 3", "catch 3", "~ 3", "~ 2", "unwound 1 with 5"));
}

TEST_F(ForeignUnwindTest, EveryCatchAllOnTheWayIsRestarted) {
  Run({Add(kSwallow, 2, {Add(kSwallow, 3, {Add(kSwallow, 4, {Add(kUnwind, 5)})})})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 3", "enter 4", "catch 4", "~ 4", "catch 3",
                                 "~ 3", "catch 2", "~ 2", "unwound 1 with 5"));
}

TEST_F(ForeignUnwindTest, CatchAllAfterARethrowIsRestarted) {
  Run({Add(kSwallow, 2, {Add(kRethrow, 3, {Add(kUnwind, 5)})})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 3", "catch 3", "~ 3", "catch 2", "~ 2",
                                 "unwound 1 with 5"));
}

TEST_F(ForeignUnwindTest, IsNotCaughtAsAStandardException) {
  Run({Add(kCatchStd, 2, {Add(kUnwind, 5)})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "~ 2", "unwound 1 with 5"));
}

TEST_F(ForeignUnwindTest, ExceptionThrownInsteadWins) {
  Run({Add(kThrowInstead, 2, {Add(kUnwind, 5)})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "catch 2", "~ 2",
                                 "exception 1: (anonymous namespace)::ForeignError: instead 2"));
}

TEST_F(ForeignUnwindTest, ExceptionThrownInsteadMayBeCaughtAndTheCallReturns) {
  Run({Add(kCatchStd, 2, {Add(kThrowInstead, 3, {Add(kUnwind, 5)})})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 3", "catch 3", "~ 3", "instead 3 2", "end 2",
                                 "~ 2", "returned 1"));
}

TEST_F(ForeignUnwindTest, UnwindBegunInACatchBlockSupersedesTheCaughtOne) {
  Run({Add(kSwallow, 2, {Add(kUnwindInstead, 3, {Add(kUnwindInstead, 4, {Add(kUnwind, 5)})})})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 3", "enter 4", "catch 4", "~ 4", "catch 3",
                                 "~ 3", "catch 2", "~ 2", "unwound 1 with 3"));
}

TEST_F(ForeignUnwindTest, UnwindBegunWhereAnExceptionIsHandledDropsTheException) {
  Run({Add(kSwallow, 2, {Add(kUnwindInstead, 3, {Add(kThrow, 4)})})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "enter 3", "enter 4", "~ 4", "catch 3", "~ 3",
                                 "catch 2", "~ 2", "unwound 1 with 3"));
}

TEST_F(ForeignUnwindTest, CatchAllInANestedCallWorksInsideAnActiveHandler) {
  const Node nested = Add(kNative, 3, {Add(kSwallow, 4, {Add(kUnwind, 6)})});
  Run({Add(kLastInHandler, 2, {Add(kUnwind, 5), nested})});
  EXPECT_THAT(log(), ElementsAre("enter 2", "catch 2", "enter 4", "catch 4", "~ 4",
                                 "unwound 3 with 6", "~ 2", "unwound 1 with 5"));
}

TEST_F(ForeignUnwindDeathTest, NoexceptFrameEndsTheProcess) {
  EXPECT_DEATH(Run({Add(kNoexcept, 2, {Add(kUnwind, 5)})}), "terminate called");
}

TEST_F(ForeignUnwindDeathTest, UnwindSwallowedInADestructorEndsTheProcess) {
  EXPECT_DEATH(Run({Add(kSwallowInDestructor, 2, {Add(kUnwind, 5)})}), "terminate called");
}

TEST_F(ForeignUnwindDeathTest, UnwindOutOfADestructorDuringAnExceptionLeavesItsCount) {
  static const TestHost* host;
  host = &host_;
  const auto print_log = [] {
    for (const std::string& line : host->log()) std::fprintf(stderr, "%s; ", line.c_str());
    std::abort();
  };
  EXPECT_DEATH(
      {
        std::set_terminate(print_log);
        const Node destructor = Add(kCountInDestructor, 4, {Add(kUnwind, 5)});
        Run({Add(kLastInDestructor, 2, {Add(kThrow, 3), destructor})});
      },
      "enter 2; enter 3; ~ 3; enter 4; in flight 1; ~ 4; ");
}

TEST_F(ForeignUnwindDeathTest, CatchAllInsideAnActiveHandlerEndsTheProcess) {
  const Node inner = Add(kSwallow, 3, {Add(kUnwind, 6)});
  EXPECT_DEATH(Run({Add(kLastInHandler, 2, {Add(kUnwind, 5), inner})}), "terminate called");
}

// GCC takes it that the end of such a block cannot throw, because the class has a destructor that
// cannot; clang does not.
TEST_F(ForeignUnwindDeathTest, SwallowingTheForcedUnwindByNameRestartsItOrEndsTheProcess) {
  Run({Add(kSwallowForced, 2, {Add(kUnwind, 5)}, ForeignLibrary::CppByClang())});
  EXPECT_THAT(log(), ElementsAre("enter 2", "catch 2", "~ 2", "unwound 1 with 5"));
  EXPECT_DEATH(Run({Add(kSwallowForced, 2, {Add(kUnwind, 5)}, ForeignLibrary::CppByGcc())}),
               "terminate called");
}

}  // namespace
}  // namespace fart
