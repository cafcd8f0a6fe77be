// NotingBudget -- which of the handles whose turn it is to be noted are, so that noting one in many
// takes no more than its share of the time.
//
// What a note takes depends on the host: some ten nanoseconds where its stack is known, some
// thousand where it was never seen. So it is measured. What goes by earns a part of itself, notes
// pay what they took; when all is spent turns are left out until enough has been earned again. How
// much is enough is drawn by lot: else, where a host's stacks come in an order that repeats, the
// same ones would be left out each time.
//
// Invariants
//   HN-P6 share  the notes of a budget take no more than kCredit, what has gone by divided by
//                divisor(), and one note; an idle time goes by as kLongestGap only, and a note
//                whose thread waited for a processor takes kLongestNote only.
//   HN-P7 fair   whether a turn is left out depends on those before it, never on its own stack.
//
// Not here: whose turn it is (handle_notes.h); what a stack is looked at by (vm/platform).

#ifndef FART_HANDLES_NOTING_BUDGET_H_
#define FART_HANDLES_NOTING_BUDGET_H_

#include <cstdint>

namespace fart {

class NotingBudget {
 public:
  // Of a clock's ticks, a third of a nanosecond to one (EvenTicks).
  static constexpr std::uint64_t kCredit = std::uint64_t{1} << 19;  // also at the beginning
  static constexpr std::uint64_t kLongestGap = std::uint64_t{1} << 20;
  static constexpr std::uint64_t kLongestNote = std::uint64_t{1} << 18;
  // No more is waited for; earned in some ten milliseconds.
  static constexpr std::uint64_t kMostAwaited = std::uint64_t{1} << 18;
  // One handle in kRare, or fewer, are noted in one of kParts parts of the time.
  static constexpr std::uint64_t kParts = 200;
  static constexpr std::uint64_t kRare = 1000;

  // One handle in `every` has a turn from now on: who wants more of them gives more time. Less than
  // 10: all that they take.
  void Start(std::uint64_t every);
  // At a turn. False: it is left out. True: End when it has been noted. The clock may go back.
  [[nodiscard]] bool Begin(std::uint64_t now);
  void End(std::uint64_t now);

  std::uint64_t divisor() const { return divisor_; }
  // Turns since Start.
  std::uint64_t noted() const { return noted_; }
  std::uint64_t left_out() const { return left_out_; }

 private:
  std::uint64_t Draw();

  std::uint64_t divisor_ = 1;
  std::int64_t credit_ = 0;
  std::int64_t awaited_ = 0;  // no turn is noted before there is as much credit
  std::uint64_t last_turn_ = 0;
  std::uint64_t begun_ = 0;
  std::uint64_t lot_ = 0x9e3779b97f4a7c15;
  std::uint64_t noted_ = 0;
  std::uint64_t left_out_ = 0;
};

}  // namespace fart

#endif  // FART_HANDLES_NOTING_BUDGET_H_
