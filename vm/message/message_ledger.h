// MessageLedger -- the book of payloads: proof that each finalizer runs exactly once (VG-M1).
//
// Builds that check (FART_CHECK_LEVEL >= 1) enter every payload when the VM accepts it and strike
// it out when it ends; ending one twice, or one that was never entered, ends the process. Other
// builds keep no book, and every count is 0.
//
// The book is the process's, because messages belong to no isolate. Its lock is a leaf: nothing is
// called while it is held.

#ifndef FART_VM_MESSAGE_MESSAGE_LEDGER_H_
#define FART_VM_MESSAGE_MESSAGE_LEDGER_H_

#include <cstdint>

#include "heap/base/check.h"

namespace fart {

// An entry of the book; 0: none.
struct PayloadTicket {
  std::uint64_t number = 0;
};

// How a payload ended.
enum class PayloadEnd : std::uint8_t {
  kFinalized,   // The finalizer has run, or there was none.
  kReturned,    // The message was not accepted: the memory is the sender's again.
  kHandedOver,  // A native pointer was delivered as a number: whoever has that has the memory.
};

class MessageLedger {
 public:
#if FART_CHECK_LEVEL >= 1
  static constexpr bool kIsKept = true;
#else
  static constexpr bool kIsKept = false;
#endif

  struct Counts {
    std::uint64_t accepted = 0;
    std::uint64_t finalized = 0;
    std::uint64_t returned = 0;
    std::uint64_t handed_over = 0;
    std::uint64_t outstanding() const { return accepted - finalized - returned - handed_over; }
  };

  static PayloadTicket Enter();
  // Does nothing for ticket 0.
  static void Strike(PayloadTicket ticket, PayloadEnd end);
  // Since the process began.
  static Counts Totals();

  // For fork: holds the lock.
  static void BeforeFork();
  static void AfterFork();
};

}  // namespace fart

#endif  // FART_VM_MESSAGE_MESSAGE_LEDGER_H_
