// ApiLedger -- what the VM has been lent: each loan's memory, and how often it was given back.
//
// A callback gives its loan back on whatever thread it runs. The memory is freed then, so that a
// sanitizer sees every later use.

#ifndef FART_FUZZ_API_LEDGER_H_
#define FART_FUZZ_API_LEDGER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>

namespace fart::fuzz {

struct Loan {
  enum class State : std::uint8_t {
    kOffered,   // the call that hands it over is running
    kRefused,   // it failed: no callback
    kTaken,     // it went well: one callback
    kCanceled,  // taken back before: no further callback
    kGivenAway  // in a message: at most one, for whoever receives it may keep it
  };
  const char* what = "";
  State state = State::kOffered;
  std::atomic<int> returned{0};
  int returned_before = 0;  // when it was canceled
  std::size_t size = 0;
  std::unique_ptr<std::uint8_t[]> memory;

  void Return() {
    if (++returned == 1) memory.reset();
  }
  void Settle(bool was_taken) {
    state = was_taken ? State::kTaken : State::kRefused;
    if (!was_taken && returned == 0) memory.reset();
  }
  void Cancel() {
    if (state != State::kTaken) return;
    state = State::kCanceled;
    returned_before = returned;
  }
  bool IsOpen() const { return state == State::kTaken && returned == 0; }
};

class ApiLedger {
 public:
  Loan* Offer(const char* what, std::size_t size) {
    Loan& loan = loans_.emplace_back();
    loan.what = what;
    loan.size = size;
    loan.memory = std::make_unique<std::uint8_t[]>(size);
    return &loan;
  }
  std::size_t size() const { return loans_.size(); }

  // Once everything has ended: what does not add up, or nothing.
  std::string Audit() const {
    for (const Loan& loan : loans_) {
      const int returned = loan.returned;
      const bool adds_up = [&] {
        switch (loan.state) {
          case Loan::State::kOffered:  // left by an unwinding
          case Loan::State::kGivenAway:
            return returned <= 1;
          case Loan::State::kRefused:
            return returned == 0;
          case Loan::State::kTaken:
            return returned == 1;
          case Loan::State::kCanceled:
            return returned == loan.returned_before;
        }
        return false;
      }();
      if (adds_up) continue;
      return std::string(loan.what) + ": its callback has run " + std::to_string(returned) +
             " times in state " + std::to_string(static_cast<int>(loan.state));
    }
    return "";
  }

 private:
  std::deque<Loan> loans_;  // callbacks hold pointers
};

}  // namespace fart::fuzz

#endif  // FART_FUZZ_API_LEDGER_H_
