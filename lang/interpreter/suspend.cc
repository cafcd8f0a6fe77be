// Frames that are left in the middle, and taken up again.
//
// The body of an `async` function or a generator is a closure whose first parameter is a list, the
// state of one run. Suspend puts what its frame holds into an array of that list and leaves the
// frame like Return; Resume lays the frame out again above whoever calls it. A handler of
// exceptions is found by pc, so nothing more is to be kept. What a frame refers to beside objects,
// its function and type arguments, lives as long as the closure, which whoever resumes it has.
//
// Invariants
//   LI-S1 once  a state that says where to go on has not been resumed since it was written.
//
// Not here: what is done in between (lang/lib/core/suspended.dart).

#include <algorithm>
#include <cstddef>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "vm/values/lists.h"

namespace fart::lang {
namespace {

// Of a state.
enum Word : std::size_t { kFrameWord, kPcWord, kOperandsWord, kKindWord, kValueWord };
static_assert(kValueWord + 1 == kSuspendedWords);

}  // namespace

void Interpreter::SetStateWord(ObjectPtr state, std::size_t word, ObjectPtr value,
                               const NoSafepointScope& quiet) {
  const ListElements elements = ElementsOf(state, quiet);
  mutator().StoreField(elements.holder, elements.first + word, value);
}

bool Interpreter::SaveFrame(std::uint32_t kind, bool* goes_on) {
  Function* const function = frame_.function;
  ObjectPtr* const fp = frame_.fp;
  ObjectPtr* const operands = fp + function->slot_count + kLinkageWords;
  // The last one is what is awaited or yielded.
  const auto count = static_cast<std::size_t>(stack_.top() - operands) - 1;
  const std::size_t words = function->slot_count + count;
  bool has_room;
  {
    const NoSafepointScope quiet;
    const ObjectPtr kept = ElementsOf(fp[1], quiet).first[kFrameWord];
    has_room = !kept.is_null() && ListLength(kept, quiet) >= words;
  }
  if (!has_room) {
    const FreshObject fresh = NewArray(mutator(), function->frame_words - kLinkageWords);
    if (fresh.is_null()) {
      *goes_on = ThrowOutOfMemory();
      return false;
    }
    const NoSafepointScope quiet;
    SetStateWord(fp[1], kFrameWord, fresh.Get(quiet), quiet);
  }
  const NoSafepointScope quiet;
  const ObjectPtr array = ElementsOf(fp[1], quiet).first[kFrameWord];
  ObjectPtr* to = ArrayElements(array, quiet);
  for (std::size_t i = 0; i < function->slot_count; ++i) mutator().StoreField(array, to++, fp[i]);
  for (std::size_t i = 0; i < count; ++i) mutator().StoreField(array, to++, operands[i]);
  const ObjectPtr state = fp[1];
  SetStateWord(state, kPcWord, ObjectPtr::FromSmi(frame_.pc - function->code), quiet);
  SetStateWord(state, kOperandsWord, ObjectPtr::FromSmi(static_cast<std::int64_t>(count)), quiet);
  SetStateWord(state, kKindWord, ObjectPtr::FromSmi(kind), quiet);
  SetStateWord(state, kValueWord, operands[count], quiet);
  return true;
}

bool Interpreter::IsSuspended(ObjectPtr state, const NoSafepointScope& quiet) const {
  const ListElements elements = ElementsOf(state, quiet);
  return elements.length == kSuspendedWords && elements.first[kPcWord].IsSmi();
}

// (body, state, value, whether to throw it, its stack trace), on top of the stack.
bool Interpreter::Resume(ObjectPtr* arguments) {
  Function* function;
  {
    const NoSafepointScope quiet;
    function = FunctionOfClosure(arguments[0], quiet);
  }
  constexpr std::ptrdiff_t kGiven = 5;
  if (static_cast<std::ptrdiff_t>(function->frame_words) + kGiven >
      stack_.polled_limit() - arguments) {
    return LimitReached();
  }
  const ObjectPtr value = arguments[2];
  const bool throws = arguments[3] == kTrue;
  const ObjectPtr trace = arguments[4];
  {
    const NoSafepointScope quiet;
    const ObjectPtr state = arguments[1];
    const ListElements words = ElementsOf(state, quiet);
    const auto count = static_cast<std::size_t>(words.first[kOperandsWord].SmiValue());
    const std::int64_t pc = words.first[kPcWord].SmiValue();
    const ObjectPtr* from = ArrayElements(words.first[kFrameWord], quiet);
    ObjectPtr* const linkage = std::copy_n(from, function->slot_count, arguments);
    linkage[0] = AsWord(frame_.pc);
    linkage[1] = AsWord(frame_.fp);
    linkage[2] = AsWord(frame_.function);
    stack_.SetTop(std::copy_n(from + function->slot_count, count, linkage + kLinkageWords));
    frame_ = {function->code + pc, arguments, function};
    SetStateWord(state, kPcWord, kNull, quiet);  // LI-S1
    SetStateWord(state, kValueWord, kNull, quiet);
  }
  if (!throws) {
    stack_.Push(value);
    return true;
  }
  if (!trace.is_null()) {
    SetPendingAgain(value, trace);
    return Unwind();
  }
  SetPending(value);
  return Throw();
}

}  // namespace fart::lang
