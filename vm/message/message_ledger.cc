#include "vm/message/message_ledger.h"

#include <mutex>
#include <unordered_set>

#include "heap/base/check.h"

namespace fart {

namespace {

struct Book {
  std::mutex lock;
  MessageLedger::Counts counts;
  std::unordered_set<std::uint64_t> open;
};

// Never destroyed: threads that end late may still strike entries out.
Book& TheBook() {
  static Book& book = *new Book;
  return book;
}

}  // namespace

PayloadTicket MessageLedger::Enter() {
  if constexpr (!kIsKept) return {};
  Book& book = TheBook();
  const std::lock_guard<std::mutex> guard(book.lock);
  const std::uint64_t number = ++book.counts.accepted;
  book.open.insert(number);
  return {number};
}

void MessageLedger::Strike(PayloadTicket ticket, PayloadEnd end) {
  if constexpr (!kIsKept) return;
  if (ticket.number == 0) return;
  Book& book = TheBook();
  const std::lock_guard<std::mutex> guard(book.lock);
  FART_CHECK(book.open.erase(ticket.number) == 1);  // VG-M1
  switch (end) {
    case PayloadEnd::kFinalized:
      ++book.counts.finalized;
      break;
    case PayloadEnd::kReturned:
      ++book.counts.returned;
      break;
    case PayloadEnd::kHandedOver:
      ++book.counts.handed_over;
      break;
  }
}

MessageLedger::Counts MessageLedger::Totals() {
  if constexpr (!kIsKept) return {};
  Book& book = TheBook();
  const std::lock_guard<std::mutex> guard(book.lock);
  return book.counts;
}

void MessageLedger::BeforeFork() {
  if constexpr (kIsKept) TheBook().lock.lock();
}
void MessageLedger::AfterFork() {
  if constexpr (kIsKept) TheBook().lock.unlock();
}

}  // namespace fart
