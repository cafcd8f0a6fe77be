// Whatever leaves frames of roots, C code with them compiled with unwind tables, without, or with
// cleanups: before code further out runs, what lies further in is off the chain (VU-U4, VE-N4).

#include <pthread.h>
#include <ucontext.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "api/testdata/direct_frames.h"
#include "api/testing/direct_test.h"
#include "fart_direct_api.h"

namespace fart::api {
namespace {

struct Variant {
  const char* name;
  RunFrames run;
  JumpOutOfFrames jump;
  bool has_tables;
  bool has_cleanups;
  friend std::ostream& operator<<(std::ostream& out, const Variant& variant) {
    return out << variant.name;
  }
};
constexpr Variant kCleanups = {"cleanups", RunFrames_cleanups, JumpOutOfFrames_cleanups, true,
                               true};
constexpr Variant kTables = {"tables", RunFrames_tables, JumpOutOfFrames_tables, true, false};
constexpr Variant kBare = {"bare", RunFrames_bare, JumpOutOfFrames_bare, false, false};

constexpr int kDepth = 4;

using Body = std::function<void()>;

class DirectUnwindingTest : public LanguageTest, public ::testing::WithParamInterface<Variant> {
 protected:
  void SetUp() override {
    LanguageTest::SetUp();
    Fart_ShapeDescription pair = Describe("Pair", kPair);
    direct_ = Fart_DirectAttach(&kAbi, &pair, 1, &pair_, nullptr, nullptr, nullptr);
    ASSERT_NE(direct_, nullptr);
    current_ = this;
    ExpectSuccess(Load(R"(
      run() native "Run";
      look() native "Look";
      main() {
        try { return run(); } catch (e) { look(); return e; }
      }
    )",
                       Resolve));
  }

  static Fart_NativeFunction Resolve(Fart_Handle name, int, bool* scope) {
    *scope = true;
    if (TextOf(name) == "Look") return [](Fart_NativeArguments) { current_->Look(); };
    return [](Fart_NativeArguments) { current_->in_native_(); };
  }
  void Look() { seen_after_ = direct_->frames; }

  // Runs `body` as a native function; what it left behind is what was there before.
  std::int64_t RunInNative(Body body) {
    in_native_ = std::move(body);
    Fart_RootFrame* const before = direct_->frames;
    seen_after_ = nullptr;
    const Fart_Handle result = Call("main");
    EXPECT_EQ(direct_->frames, before);
    if (seen_after_ != nullptr) {
      EXPECT_EQ(seen_after_, before);
    }
    return Fart_IsNull(result) ? 0 : IntOf(result);
  }

  // kDepth + 1 frames of C around `innermost`.
  void RunFramesAround(const Body& innermost) {
    struct Peer {
      DirectUnwindingTest* test;
      const Body* innermost;
    } peer = {this, &innermost};
    FrameWalk walk = {};
    walk.direct = direct_;
    walk.pair = pair_;
    walk.innermost = [](void* data) { (*static_cast<Peer*>(data)->innermost)(); };
    walk.peer = &peer;
    walk.note = [](void* data, int depth, int is_right) {
      static_cast<Peer*>(data)->test->Note(depth, is_right != 0);
    };
    walk.check = [](void*, int depth, int is_right) {
      EXPECT_TRUE(is_right) << "a frame that went on, " << depth;
    };
    GetParam().run(&walk, kDepth);
  }
  void Note(int depth, bool is_head_right) {
    EXPECT_TRUE(is_head_right) << "a cleanup of frame " << depth;
    if (collects_) Collect();
    notes_.push_back(depth);
  }
  // Each frame has one cleanup inside of its roots and one outside, the innermost frame's first.
  void ExpectCleanups(int walks) {
    std::vector<int> expected;
    for (int walk = 0; GetParam().has_cleanups && walk < walks; ++walk) {
      for (int depth = 0; depth <= kDepth; ++depth) expected.insert(expected.end(), 2, depth);
    }
    EXPECT_EQ(notes_, expected);
  }

  static void Propagate() {
    Fart_PropagateError(Fart_NewUnhandledExceptionError(Fart_NewInteger(5)));
  }
  void Keep(Fart_Slot& slot, int number) {
    const Fart_Ref init[] = {Fart_FromSmi(direct_, number), Fart_NullRef(direct_)};
    Fart_SetSlot(direct_, &slot, Fart_New(direct_, pair_, kPair, init));
  }
  void ExpectHolds(const Fart_Slot& slot, int number) {
    const Fart_Ref pair = Fart_GetSlot(direct_, &slot);
    EXPECT_EQ(Fart_SmiValue(Fart_Load(direct_, pair, 1)), number);
  }
  void ExpectAllIsRight(const Fart_Slot& slot, int number) {
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
    Collect();
    ExpectHolds(slot, number);
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
  }

  Fart_Direct* direct_ = nullptr;
  std::uint32_t pair_ = 0;
  Body in_native_;
  Fart_RootFrame* seen_after_ = nullptr;
  std::vector<int> notes_;
  bool collects_ = false;

 private:
  static inline DirectUnwindingTest* current_ = nullptr;
};

std::string NameOf(const ::testing::TestParamInfo<Variant>& info) { return info.param.name; }

// A C++ frame of a library without roots of its own: what its destructor sees.
class Looking {
 public:
  Looking(Fart_Direct* direct, int* right)
      : direct_(direct), head_(direct->frames), right_(right) {}
  ~Looking() { *right_ += direct_->frames == head_ ? 1 : 0; }
  Looking(const Looking&) = delete;
  Looking& operator=(const Looking&) = delete;

 private:
  Fart_Direct* const direct_;
  Fart_RootFrame* const head_;
  int* const right_;
};

class DirectUnwindingAnyTest : public DirectUnwindingTest {};
class DirectUnwindingTablesTest : public DirectUnwindingTest {};
class DirectUnwindingCleanupsTest : public DirectUnwindingTest {};
INSTANTIATE_TEST_SUITE_P(, DirectUnwindingAnyTest, ::testing::Values(kCleanups, kTables, kBare),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(, DirectUnwindingTablesTest, ::testing::Values(kCleanups, kTables),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(, DirectUnwindingCleanupsTest, ::testing::Values(kCleanups), NameOf);

TEST_P(DirectUnwindingAnyTest, ReturningRunsCleanupsInOrder) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  RunFramesAround([] { Collect(); });
  EXPECT_EQ(notes_.size(), 2u * (kDepth + 1)) << "whatever the tables";
  EXPECT_EQ(direct_->frames, &outer.frame);
  ExpectAllIsRight(outer.at[0], 7);
}

// ---- Fart_PropagateError

TEST_P(DirectUnwindingAnyTest, PropagateErrorLeavesNoFrame) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  EXPECT_EQ(RunInNative([this] { RunFramesAround(Propagate); }), 5);
  EXPECT_EQ(seen_after_, &outer.frame);
  ExpectCleanups(1);
  ExpectAllIsRight(outer.at[0], 7);
}

TEST_P(DirectUnwindingAnyTest, PropagateErrorPassesFramesOfCppBetweenThoseOfC) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  int right = 0;
  const Body between = [&] {
    const Looking at_end(direct_, &right);
    RunFramesAround(Propagate);
  };
  EXPECT_EQ(RunInNative([&] { RunFramesAround(between); }), 5);
  EXPECT_EQ(right, GetParam().has_tables ? 1 : 0) << "what has no tables is jumped over, and more";
  ExpectCleanups(2);
  ExpectAllIsRight(outer.at[0], 7);
}

TEST_P(DirectUnwindingAnyTest, CleanupsMayCollectWhileAnErrorPasses) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  collects_ = true;
  struct Collecting {
    ~Collecting() { Collect(); }
  };
  EXPECT_EQ(RunInNative([this] {
              FART_ROOTS(direct_, roots, 1);
              Keep(roots.at[0], 8);
              const Collecting at_end;
              RunFramesAround(Propagate);
            }),
            5);
  ExpectCleanups(1);
  ExpectAllIsRight(outer.at[0], 7);
}

TEST_P(DirectUnwindingTablesTest, ACatchInTheMiddleSeesItsOwnFramesAndLetsTheErrorGoOn) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  bool is_caught = false;
  const Body between = [&] {
    FART_ROOTS(direct_, roots, 1);
    Keep(roots.at[0], 8);
    try {
      RunFramesAround(Propagate);
    } catch (...) {
      is_caught = true;
      EXPECT_EQ(direct_->frames, &roots.frame);
      ExpectAllIsRight(roots.at[0], 8);
      throw;
    }
  };
  EXPECT_EQ(RunInNative([&] { RunFramesAround(between); }), 5);
  EXPECT_TRUE(is_caught);
  ExpectCleanups(2);
  ExpectAllIsRight(outer.at[0], 7);
}

// ---- C++ exceptions

TEST_P(DirectUnwindingTablesTest, ACppExceptionThatLeavesANativeFunctionLeavesNoFrame) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  in_native_ = [this] { RunFramesAround([] { throw std::runtime_error("deep"); }); };
  EXPECT_THAT(ErrorOf(Call("main")), ::testing::HasSubstr("deep"));
  EXPECT_EQ(direct_->frames, &outer.frame);
  ExpectCleanups(1);
  ExpectAllIsRight(outer.at[0], 7);
}

TEST_P(DirectUnwindingCleanupsTest, ACppExceptionEndsFramesUntilItIsCaught) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  collects_ = true;
  EXPECT_THROW(RunFramesAround([] { throw std::runtime_error("deep"); }), std::runtime_error);
  EXPECT_EQ(direct_->frames, &outer.frame);
  ExpectCleanups(1);
  ExpectAllIsRight(outer.at[0], 7);
}

TEST_P(DirectUnwindingCleanupsTest, ACatchInTheMiddleMayGoOnOrThrowAnew) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  for (const bool throws_anew : {false, true}) {
    notes_.clear();
    const Body between = [&] {
      FART_ROOTS(direct_, roots, 1);
      Keep(roots.at[0], 8);
      try {
        RunFramesAround([] { throw std::runtime_error("deep"); });
      } catch (const std::exception&) {
        EXPECT_EQ(direct_->frames, &roots.frame);
        ExpectAllIsRight(roots.at[0], 8);
        if (throws_anew) throw;
      }
      ExpectAllIsRight(roots.at[0], 8);
    };
    const Body around = [&] { RunFramesAround(between); };
    if (throws_anew) {
      EXPECT_THROW(around(), std::runtime_error);
    } else {
      around();
    }
    EXPECT_EQ(direct_->frames, &outer.frame);
    ExpectCleanups(2);
    ExpectAllIsRight(outer.at[0], 7);
  }
}

// ---- longjmp

TEST_P(DirectUnwindingAnyTest, ALongjmpToAMarkDropsWhatItLeaves) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  FrameWalk walk = {};
  walk.direct = direct_;
  walk.pair = pair_;
  EXPECT_TRUE(GetParam().jump(&walk, kDepth));
  EXPECT_EQ(RunInNative([&] { EXPECT_TRUE(GetParam().jump(&walk, kDepth)); }), 0);
  EXPECT_EQ(direct_->frames, &outer.frame);
  ExpectAllIsRight(outer.at[0], 7);
}

// ---- Fibres: whoever waits has its frames visited; each has a chain of its own.

struct Fibre {
  ucontext_t context = {};
  Fart_RootFrame* waiting = nullptr;
  std::vector<char> stack;
};

class Fibres {
 public:
  explicit Fibres(Fart_Direct* direct) : direct_(direct) {
    ExpectSuccess(Fart_AddRootVisitor(Visit, this, "fibres"));
  }
  ~Fibres() { ExpectSuccess(Fart_RemoveRootVisitor(Visit, this)); }
  Fibres(const Fibres&) = delete;
  Fibres& operator=(const Fibres&) = delete;

  void Start(std::size_t index, Body body) {
    Fibre& fibre = all_[index];
    starting_ = std::move(body);
    fibre.stack.resize(256 * 1024);
    getcontext(&fibre.context);
    fibre.context.uc_stack.ss_sp = fibre.stack.data();
    fibre.context.uc_stack.ss_size = fibre.stack.size();
    fibre.context.uc_link = &all_[0].context;
    started_ = this;
    makecontext(&fibre.context, Begin, 0);
    SwitchTo(index);
  }
  // 0 is who began.
  void SwitchTo(std::size_t index) {
    Fibre& self = all_[running_];
    Fibre& other = all_[index];
    self.waiting = Fart_RootsMark(direct_);
    Fart_RootsReset(direct_, std::exchange(other.waiting, nullptr));
    running_ = index;
    swapcontext(&self.context, &other.context);
    // Back: whoever switched to here has reset the roots, but for one that has come to its end.
    if (self.waiting != nullptr) {
      EXPECT_EQ(direct_->frames, nullptr) << "a fibre has ended";
      Fart_RootsReset(direct_, std::exchange(self.waiting, nullptr));
      running_ = static_cast<std::size_t>(&self - all_.data());
    }
  }

 private:
  static void Begin() {
    const Body body = std::move(started_->starting_);
    body();
  }
  static void Visit(Fart_RootVisit visit, void* peer) {
    for (Fibre& fibre : static_cast<Fibres*>(peer)->all_) {
      Fart_VisitRootFrames(visit, fibre.waiting, nullptr);
    }
  }

  Fart_Direct* const direct_;
  std::array<Fibre, 3> all_;
  std::size_t running_ = 0;
  Body starting_;
  static inline Fibres* started_ = nullptr;
};

TEST_P(DirectUnwindingAnyTest, FibresThatWaitWithFramesOpenKeepThem) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  int ended = 0;
  {
    Fibres fibres(direct_);
    for (const std::size_t index : {std::size_t{1}, std::size_t{2}}) {
      fibres.Start(index, [&, index] {
        RunFramesAround([&] {
          Collect();
          fibres.SwitchTo(0);
          Collect(Fart_Collection_kMinor);
          fibres.SwitchTo(index == 1 ? 2 : 1);
        });
        ++ended;
      });
      EXPECT_EQ(direct_->frames, &outer.frame);
      ExpectAllIsRight(outer.at[0], 7);
    }
    {
      // While it waits, the first has a frame more than when they began.
      FART_ROOTS(direct_, inner, 1);
      Keep(inner.at[0], 8);
      fibres.SwitchTo(1);  // To 2, to 1, which ends.
      EXPECT_EQ(direct_->frames, &inner.frame);
      ExpectAllIsRight(inner.at[0], 8);
      EXPECT_EQ(ended, 1);
      fibres.SwitchTo(2);
      EXPECT_EQ(direct_->frames, &inner.frame);
      ExpectAllIsRight(inner.at[0], 8);
    }
    EXPECT_EQ(ended, 2);
  }
  EXPECT_EQ(direct_->frames, &outer.frame);
  ExpectAllIsRight(outer.at[0], 7);
}

// ---- Threads that end

TEST_P(DirectUnwindingTablesTest, AThreadThatEndsInANativeFunctionLeavesNoFrame) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  const Fart_PersistentHandle library = Fart_NewPersistentHandle(library_);
  in_native_ = [this] { RunFramesAround([] { pthread_exit(nullptr); }); };
  Fart_ExitIsolate();
  RunThread([&] {
    Fart_EnterIsolate(isolate_);
    Fart_EnterScope();
    FART_ROOTS(direct_, roots, 1);
    Keep(roots.at[0], 8);
    Fart_Invoke(library, Str("main"), 0, nullptr);
    ADD_FAILURE() << "it went on";
  });
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(direct_->frames, &outer.frame);
  ExpectCleanups(1);
  ExpectAllIsRight(outer.at[0], 7);
}

// No native function is left there, after which frames would be taken off: what cleanups do not end
// the isolate takes off. (VE-I1)
TEST_P(DirectUnwindingTablesTest, AThreadThatEndsInsideLeavesNoFrame) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  Fart_ExitIsolate();
  RunThread([&] {
    Fart_EnterIsolate(isolate_);
    RunFramesAround([] { pthread_exit(nullptr); });
    ADD_FAILURE() << "it went on";
  });
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(direct_->frames, &outer.frame);
  ExpectCleanups(1);
  ExpectAllIsRight(outer.at[0], 7);
}

// The frames of a thread are all that it has made since others had made the last, in however many
// entries; what it has ended itself does not come back.
TEST_P(DirectUnwindingTablesTest, AThreadThatEndsInsideTakesTheFramesOfItsEarlierEntriesWithIt) {
  FART_ROOTS(direct_, outer, 1);
  Keep(outer.at[0], 7);
  Fart_ExitIsolate();
  RunThread([&] {
    Fart_EnterIsolate(isolate_);
    RunFramesAround([this] {
      Fart_ExitIsolate();
      RunThread([this] {
        Fart_EnterIsolate(isolate_);
        Fart_ExitIsolate();
      });
      Fart_EnterIsolate(isolate_);
      pthread_exit(nullptr);
    });
  });
  RunThread([&] {
    Fart_EnterIsolate(isolate_);
    {
      FART_ROOTS(direct_, roots, 1);
      Keep(roots.at[0], 8);
      Fart_ExitIsolate();
      Fart_EnterIsolate(isolate_);
    }
    pthread_exit(nullptr);
  });
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(direct_->frames, &outer.frame);
  ExpectAllIsRight(outer.at[0], 7);
}

}  // namespace
}  // namespace fart::api
