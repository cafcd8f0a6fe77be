// What is noted of local handles is of them and of no later ones, and nothing is asked where
// nothing is noted.

#include "handles/local_notes.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <utility>

#include "handles/testing/handles_testing.h"

namespace fart {
namespace {

// Each place that it is asked for is another.
class CountingFinder final : public PlaceFinder {
 public:
  const HandlePlace* FindPlace(const void*, HandleNotes& notes) override {
    return notes.KeepPlace({std::to_string(++found), {}});
  }
  std::uint64_t Collections() const override { return 5; }
  int found = 0;
};

class LocalNotesTest : public ::testing::TestWithParam<bool> {
 protected:
  LocalNotesTest() { tables_.notes.SetFinder(&finder_); }
  ~LocalNotesTest() override { EXPECT_TRUE(tables_.IsSound()); }

  HandleValue New() { return locals_.CreateHandle(FakeHeap::Old(1)); }
  const ObjectPtr* SlotOf(HandleValue value) { return tables_.Resolve(value).slot; }
  // "": nothing is known.
  std::string PlaceOf(const ObjectPtr* slot) {
    const HandleNote* const note = locals_.NoteOf(slot);
    return note == nullptr || note->place == nullptr ? "" : note->place->text;
  }
  std::string PlaceOf(HandleValue value) { return PlaceOf(SlotOf(value)); }
  std::string LabelOf(HandleValue value) {
    const HandleNote* const note = locals_.NoteOf(SlotOf(value));
    return note == nullptr || note->label == nullptr ? "" : *note->label;
  }

  FakeHeap heap_;
  CountingFinder finder_;
  HandleTables tables_{heap_.flags(), kTestIsolate, {.checked = GetParam()}};
  LocalHandles& locals_ = tables_.locals;
};

INSTANTIATE_TEST_SUITE_P(Modes, LocalNotesTest, ::testing::Bool(),
                         [](const auto& mode) { return mode.param ? "Checked" : "Plain"; });

TEST_P(LocalNotesTest, HandlesAndScopesTellWhereTheyWereMade) {
  EXPECT_TRUE(locals_.EnterScope());
  const HandleValue before = New();
  tables_.SetProvenance(1);
  EXPECT_TRUE(locals_.EnterScope());
  const HandleValue first = New();
  const HandleValue second = New();
  EXPECT_EQ(PlaceOf(before), "");
  EXPECT_EQ(PlaceOf(first), "2");
  EXPECT_EQ(PlaceOf(second), "3");
  EXPECT_EQ(locals_.NoteOf(SlotOf(first))->collections, 5u);
  EXPECT_EQ(locals_.NoteOf(SlotOf(first))->value, first);
  locals_.ForEachScope([&](std::size_t depth, const ObjectPtr* slot, const ObjectPtr*) {
    if (depth == 0) return;
    const HandleNote* const note = locals_.NoteOfScope(slot);
    EXPECT_EQ(note == nullptr ? "" : note->place->text, depth == 2 ? "1" : "");
  });
  EXPECT_EQ(finder_.found, 3);
}

TEST_P(LocalNotesTest, ANoteEndsWithItsHandle_HNP4) {
  if (GetParam()) GTEST_SKIP() << "There all are noted, always.";
  tables_.SetProvenance(1);
  EXPECT_TRUE(locals_.EnterScope());
  const HandleValue noted = New();
  const ObjectPtr* const slot = SlotOf(noted);
  EXPECT_NE(PlaceOf(slot), "");
  tables_.SetProvenance(0);
  EXPECT_NE(PlaceOf(slot), "");  // As long as the handle.
  EXPECT_TRUE(locals_.ExitScope());
  EXPECT_TRUE(locals_.EnterScope());
  const HandleValue later = New();
  EXPECT_EQ(SlotOf(later), slot);
  EXPECT_EQ(PlaceOf(slot), "");
  // An empty scope's too: a handle is where its marker was.
  tables_.SetProvenance(1);
  EXPECT_TRUE(locals_.EnterScope());
  tables_.SetProvenance(0);
  EXPECT_TRUE(locals_.ExitScope());
  EXPECT_EQ(PlaceOf(New()), "");
}

// Whatever else ends handles.
TEST_P(LocalNotesTest, FramesAndBlocksEndNotes_HNP4) {
  if (GetParam()) GTEST_SKIP() << "There all are noted, always.";
  tables_.SetProvenance(1);
  const LocalHandles::Frame frame = locals_.BeginFrame();
  EXPECT_TRUE(locals_.EnterScope());
  const ObjectPtr* slot = SlotOf(New());
  locals_.EndFrame(frame);
  tables_.SetProvenance(0);
  while (locals_.Top().top <= slot) New();
  EXPECT_EQ(PlaceOf(slot), "");
  tables_.SetProvenance(1);
  {
    LocalScope block(locals_);
    slot = SlotOf(New());
    EXPECT_NE(PlaceOf(slot), "");
    // The house's own are none of the host's.
    EXPECT_EQ(PlaceOf(block.Create(FakeHeap::Old(1)).slot()), "");
  }
  tables_.SetProvenance(0);
  EXPECT_EQ(SlotOf(New()), slot);
  EXPECT_EQ(PlaceOf(slot), "");
}

TEST_P(LocalNotesTest, WhatIsCarriedOutOfAScopeWasMadeThere) {
  tables_.SetProvenance(1);
  EXPECT_TRUE(locals_.EnterScope());
  EXPECT_TRUE(locals_.EnterScope());
  New();
  New();
  const ObjectPtr* const carried = locals_.ExitScopeWithLast(2);
  ASSERT_NE(carried, nullptr);
  // Before they are issued anew nothing is known of them, nor of the scope that was there.
  EXPECT_EQ(PlaceOf(carried), "");
  EXPECT_EQ(PlaceOf(carried + 1), "");
  const std::string last = std::to_string(finder_.found);
  EXPECT_NE(PlaceOf(locals_.Reissue(carried + 1)), last);
  EXPECT_NE(PlaceOf(carried + 1), "");
  EXPECT_EQ(PlaceOf(carried), "");
  EXPECT_TRUE(locals_.EnterScope());
  const HandleValue one = locals_.ExitScopeWith(FakeHeap::Old(1));
  EXPECT_EQ(PlaceOf(one), std::to_string(finder_.found));
}

TEST_P(LocalNotesTest, LabelsLastAsLongAsTheirHandles_HNP4) {
  EXPECT_TRUE(locals_.EnterScope());
  const HandleValue handle = New();
  EXPECT_TRUE(locals_.NoteLabel(handle, "row"));
  EXPECT_EQ(LabelOf(handle), "row");
  EXPECT_EQ(PlaceOf(handle), "");
  const HandleValue next = New();
  EXPECT_EQ(LabelOf(next), "");
  EXPECT_TRUE(locals_.NoteLabel(handle, ""));
  EXPECT_EQ(LabelOf(handle), "");
  EXPECT_TRUE(locals_.NoteLabel(handle, "row"));
  EXPECT_TRUE(locals_.ExitScope());
  EXPECT_FALSE(locals_.NoteLabel(handle, "gone"));
  EXPECT_TRUE(locals_.EnterScope());
  EXPECT_EQ(LabelOf(New()), "");
}

// HN-P5
TEST_P(LocalNotesTest, CheckedModeRemembersWhatHasEnded) {
  EXPECT_EQ(tables_.notes.remembers_ended(), GetParam());
  tables_.SetProvenance(0);
  EXPECT_TRUE(locals_.EnterScope());
  const HandleValue ended = New();
  EXPECT_EQ(tables_.notes.FindEnded(ended), nullptr);
  EXPECT_TRUE(locals_.ExitScope());
  const HandleNote* note = tables_.notes.FindEnded(ended);
  if (!GetParam()) {
    EXPECT_EQ(note, nullptr);
    return;
  }
  ASSERT_NE(note, nullptr);
  EXPECT_EQ(note->place->text, "2");  // Opening the scope was the first.
  EXPECT_EQ(note->ended->text, "3");
  // So too of others, whose quick end is closed.
  const HandleValue deleted = tables_.persistents.Create(FakeHeap::Old(1));
  tables_.notes.NotePlace(deleted, tables_.notes.KeepPlace({"made", {}}));
  EXPECT_FALSE(tables_.persistents.TryDelete(deleted));
  EXPECT_EQ(tables_.persistents.Delete(deleted), HandleStatus::kOk);
  const HandlePlace* const end = tables_.notes.KeepPlace({"deleted", {}});
  tables_.notes.NoteEnd(deleted, end);
  note = tables_.notes.FindEnded(deleted);
  ASSERT_NE(note, nullptr);
  EXPECT_EQ(note->ended->text, "deleted");
  const HandleValue unnoted = tables_.persistents.Create(FakeHeap::Old(1));
  tables_.notes.NoteEnd(unnoted, end);
  EXPECT_EQ(tables_.notes.FindEnded(unnoted), nullptr);
  // The last so many.
  for (std::size_t i = 0; i + 2 < HandleNotes::kMostEnded; ++i) {
    tables_.notes.NoteEnd(HandleNote{HandleValue::FromBits(8 * i + 8), note->place}, note->place);
  }
  EXPECT_NE(tables_.notes.FindEnded(ended), nullptr);
  tables_.notes.NoteEnd(HandleNote{HandleValue::FromBits(1), note->place}, nullptr);
  EXPECT_EQ(tables_.notes.FindEnded(ended), nullptr);
  EXPECT_NE(tables_.notes.FindEnded(deleted), nullptr);
  EXPECT_NE(tables_.notes.FindEnded(HandleValue::FromBits(1)), nullptr);
  EXPECT_NE(tables_.notes.FindEnded(HandleValue::FromBits(8)), nullptr);
  // However many there were before.
  const HandlePlace* const place = note->place;
  const auto other = [](std::size_t i) {
    return HandleValue::FromBits(8 * (i + 1 + HandleNotes::kMostEnded));
  };
  for (std::size_t i = 0; i < 2 * HandleNotes::kMostEnded + 3; ++i) {
    tables_.notes.NoteEnd(HandleNote{other(i), place}, place);
    if (i < HandleNotes::kMostEnded) continue;
    ASSERT_EQ(tables_.notes.FindEnded(other(i - HandleNotes::kMostEnded)), nullptr) << i;
    ASSERT_NE(tables_.notes.FindEnded(other(i - HandleNotes::kMostEnded + 1)), nullptr) << i;
  }
  EXPECT_EQ(tables_.notes.FindEnded(HandleValue::FromBits(8)), nullptr);
  // From the first one of a frame on, which has no marker in front of it.
  const LocalHandles::Frame frame = locals_.BeginFrame();
  const HandleValue first = New();
  const HandleValue second = New();
  locals_.EndFrame(frame);
  EXPECT_NE(tables_.notes.FindEnded(first), nullptr);
  EXPECT_NE(tables_.notes.FindEnded(second), nullptr);
}

// HN-L5: nothing is in the way of the quick ones once there is nothing to note or to end.
TEST_P(LocalNotesTest, QuickWaysAreClosedOnlyMeanwhile) {
  if (GetParam()) GTEST_SKIP() << "There all are noted, always.";
  EXPECT_TRUE(locals_.EnterScope());
  New();
  const bool is_quick = locals_.HasRoom();
  EXPECT_TRUE(is_quick);
  tables_.SetProvenance(1);
  EXPECT_FALSE(locals_.HasRoom());
  New();
  EXPECT_TRUE(tables_.IsSound());
  tables_.SetProvenance(1000);
  EXPECT_EQ(locals_.HasRoom(), is_quick);
  const HandleValue unnoted = New();
  EXPECT_EQ(PlaceOf(unnoted), "");
  EXPECT_TRUE(HandlesTestPeer::LooksAtAllThatEnds(locals_));
  EXPECT_TRUE(locals_.ExitScope());
  EXPECT_FALSE(HandlesTestPeer::LooksAtAllThatEnds(locals_));
}

}  // namespace
}  // namespace fart
