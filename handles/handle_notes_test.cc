// What is noted of a persistent, weak or finalizable handle is of that one, and of no other whose
// slot has the same number: not of an earlier one, nor of one in the other table.

#include "handles/handle_notes.h"

#include <gtest/gtest.h>

#include <string>

#include "handles/handle_value.h"
#include "handles/testing/handles_testing.h"

namespace fart {
namespace {

class HandleNotesTest : public ::testing::Test {
 protected:
  static HandleValue Value(HandleKind kind, std::uint32_t index, std::uint32_t generation) {
    return HandleValue::Tagged(kind, index, generation, kTestIsolate);
  }
  void NotePlace(HandleValue value, const char* text) {
    notes_.NotePlace(value, notes_.KeepPlace({text, {}}));
  }
  // "PLACE LABEL", each "-" where there is none; "": nothing is known.
  std::string Noted(HandleValue value) {
    const HandleNote* const note = notes_.Find(value);
    if (note == nullptr) return "";
    EXPECT_EQ(note->value, value);
    return (note->place == nullptr ? "-" : note->place->text) + " " +
           (note->label == nullptr ? "-" : *note->label);
  }

  HandleNotes notes_;
};

TEST_F(HandleNotesTest, ALaterHandleInASlotHasNothingOfTheEarlierOne_HNP2) {
  for (const HandleKind kind : {HandleKind::kStrong, HandleKind::kWeak, HandleKind::kFinalizable}) {
    const HandleValue first = Value(kind, 7, 1);
    NotePlace(first, "first");
    ASSERT_TRUE(notes_.NoteLabel(first, "old"));
    EXPECT_EQ(Noted(first), "first old");
    const HandleValue second = Value(kind, 7, 2);
    EXPECT_EQ(Noted(second), "");
    NotePlace(second, "second");
    EXPECT_EQ(Noted(second), "second -");
    EXPECT_EQ(Noted(first), "");
    const HandleValue third = Value(kind, 7, 3);
    ASSERT_TRUE(notes_.NoteLabel(third, "new"));
    EXPECT_EQ(Noted(third), "- new");
    EXPECT_EQ(Noted(second), "");
    ASSERT_TRUE(notes_.NoteLabel(third, ""));
    EXPECT_EQ(Noted(third), "- -");
  }
}

TEST_F(HandleNotesTest, TheSameNumberInTheOtherTableIsAnotherHandle) {
  for (std::uint32_t index = 0; index < 4; ++index) {
    NotePlace(Value(HandleKind::kStrong, index, 1), "strong");
    NotePlace(Value(HandleKind::kWeak, index, 1), "weak");
    ASSERT_TRUE(notes_.NoteLabel(Value(HandleKind::kStrong, index, 1), std::to_string(index)));
  }
  for (std::uint32_t index = 0; index < 4; ++index) {
    EXPECT_EQ(Noted(Value(HandleKind::kStrong, index, 1)), "strong " + std::to_string(index));
    EXPECT_EQ(Noted(Value(HandleKind::kWeak, index, 1)), "weak -");
    EXPECT_EQ(Noted(Value(HandleKind::kFinalizable, index, 1)), "");
  }
}

}  // namespace
}  // namespace fart
