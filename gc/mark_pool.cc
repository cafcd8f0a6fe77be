#include "gc/mark_pool.h"

#include <utility>

#include "heap/base/check.h"
#include "heap/platform/off_heap.h"

namespace fart {

MarkPool::~MarkPool() {
  FART_DCHECK(first_ == nullptr);
  while (empty_ != nullptr) OffHeapDelete()(std::exchange(empty_, empty_->next));
}

MarkPool::Portion* MarkPool::NewPortion() { return TryMakeOffHeap<Portion>().release(); }

void MarkPool::PutBack(Portion* portion) {
  const std::lock_guard<std::mutex> guard(lock_);
  portion->next = std::exchange(empty_, portion);
}

void MarkPool::Join() {
  const std::lock_guard<std::mutex> guard(lock_);
  ++working_;
}

MarkPool::Portion* MarkPool::Take() {
  std::unique_lock<std::mutex> guard(lock_);
  --working_;
  while (first_ == nullptr) {
    if (working_ == 0) {  // G-W2
      changed_.notify_all();
      return nullptr;
    }
    ++waiting_;
    changed_.wait(guard);
    --waiting_;
  }
  ++working_;
  --count_;
  LookAgain();
  return std::exchange(first_, first_->next);
}

MarkPool::Portion* MarkPool::Give(Portion* portion) {
  const std::lock_guard<std::mutex> guard(lock_);
  portion->next = std::exchange(first_, portion);
  ++count_;
  LookAgain();
  if (waiting_ != 0) changed_.notify_one();
  return empty_ == nullptr ? nullptr : std::exchange(empty_, empty_->next);
}

void MarkPool::NoteUnscanned(Address object) {
  const std::lock_guard<std::mutex> guard(lock_);
  noted_.Note(object);
}

}  // namespace fart
