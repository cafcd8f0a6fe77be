#include "gc/place_marking.h"

#include "gc/live_bytes.h"
#include "gc/mark_bucket.h"
#include "heap/platform/clock.h"

namespace fart {

PlaceMarking::PlaceMarking(Heap& heap, GreyRegions& noted, int threads)
    : regions_(heap.regions()),
      shapes_(heap.shapes()),
      noted_(noted),
      few_(heap.knobs().IsSharingForced() ? 1 : kFewBuckets),
      count_(static_cast<std::size_t>(threads)) {}

bool PlaceMarking::TryPrepare(Address start, ByteCount size) {
  for (std::size_t i = 0; i < count_; ++i) {
    auto own = TryMakeOffHeap<Marking>();
    if (own == nullptr || !own->buckets.TryPrepare(start, size)) return false;
    if (i == 0 && !lists_.TryMakeRoom(own->buckets.count())) return false;
    own->buckets.ShareThrough(lists_);
    markings_[i] = std::move(own);
  }
  return true;
}

void PlaceMarking::Run(Workers& threads, MarkStack& stack) {
  stack_ = &stack;
  threads.Run(*this, static_cast<int>(count_));
}

void PlaceMarking::Work(int number) {
  if (number != 0) {  // Who has the stack is counted from the beginning, also where it comes last.
    const std::lock_guard<std::mutex> guard(lock_);
    if (is_over_.load(std::memory_order_relaxed)) return;
    ++working_;
  }
  Marking& own = *markings_[static_cast<std::size_t>(number)];
  own.span = {number, MonotonicNs(), 0};
  MarkUntilOver(own, number);
  own.span.end_ns = MonotonicNs();
}

void PlaceMarking::MarkUntilOver(Marking& own, int number) {
  if (number == 0) {
    own.has_marked = !stack_->empty();
    while (!stack_->empty()) {
      const Address object = stack_->Pop();
      Spread(own, object, shapes_[Header::At(object).shape()]);
    }
  }
  // Each begins elsewhere.
  std::size_t next = lists_.size() * static_cast<std::size_t>(number) / count_;
  while (!is_over_.load(std::memory_order_relaxed)) {
    std::size_t bucket;
    if (Claim(number, next, &bucket)) {
      MarkBucket(own, number, bucket);
      next = bucket + 1;
      WakeOthers();
      continue;
    }
    const std::size_t given = own.buckets.GiveAll();
    if (given == 0 ? !WaitForMore() : IsLastWithFew(given)) return;
    WakeOthers();
  }
}

// Those who wait look for themselves whether there is something.
void PlaceMarking::WakeOthers() {
  if (waiting_.load(std::memory_order_relaxed) == 0) return;
  const std::lock_guard<std::mutex> guard(lock_);
  changed_.notify_all();
}

bool PlaceMarking::Claim(int number, std::size_t from, std::size_t* bucket) {
  const std::size_t size = lists_.size();
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t at = from + i < size ? from + i : from + i - size;
    if (!lists_.TryClaim(at, number)) continue;
    *bucket = at;
    return true;
  }
  return false;
}

bool PlaceMarking::HasSome() const {
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    if (lists_.HasSome(i)) return true;
  }
  return false;
}

bool PlaceMarking::WaitForMore() {
  std::unique_lock<std::mutex> guard(lock_);
  if (HasSome() && working_ == 1) return true;  // It was being taken when one looked.
  --working_;
  while (!is_over_.load(std::memory_order_relaxed)) {
    if (working_ == 0) {  // G-M4
      is_over_.store(true, std::memory_order_relaxed);
      changed_.notify_all();
      break;
    }
    waiting_.fetch_add(1, std::memory_order_relaxed);
    changed_.wait(guard);
    waiting_.fetch_sub(1, std::memory_order_relaxed);
    if (!HasSome()) continue;
    ++working_;
    return true;
  }
  return false;
}

// Who works alone, and has given all it has.
bool PlaceMarking::IsLastWithFew(std::size_t given) {
  if (given > few_) return false;
  const std::lock_guard<std::mutex> guard(lock_);
  if (working_ != 1) return false;
  is_over_.store(true, std::memory_order_relaxed);  // G-M4
  changed_.notify_all();
  return true;
}

void PlaceMarking::NoteUnscanned(Address object) {
  const std::lock_guard<std::mutex> guard(lock_);
  noted_.Note(object);
}

// Forced inline: each object passes here.
[[gnu::always_inline]] inline void PlaceMarking::Spread(Marking& own, Address object,
                                                        const Shape& shape) {
  if (!shape.is_plain()) [[unlikely]] {
    if (!TryAppend(own.specials, object)) NoteUnscanned(object);
    return;
  }
  shape.VisitStrongRuns(
      object, [&](ObjectPtr * first, ObjectPtr * last) __attribute__((always_inline)) {
        for (; first != last; ++first) {
          if (!first->IsHeapObject() || own.buckets.TryAdd(first->address())) continue;
          NoteUnscanned(object);  // All of it later.
          return;
        }
      });
}

void PlaceMarking::MarkBucket(Marking& own, int number, std::size_t bucket) {
  FART_DCHECK(lists_.IsClaimedBy(bucket, number));  // G-M3
  const std::size_t marked = MarkByBucket(
      regions_,
      [&](auto&& visit) __attribute__((always_inline)) { own.buckets.TakeShared(bucket, visit); },
      [&](Address object, Header header) __attribute__((always_inline)) {
        regions_.Record(regions_.IndexOf(object)).live_bytes += LiveSizeOf(header).value();
        const Shape& shape = shapes_[header.shape()];
        if (!shape.is_leaf()) Spread(own, object, shape);
      });
  own.has_marked = own.has_marked || marked != 0;
  FART_DCHECK(lists_.IsClaimedBy(bucket, number));  // G-M3
  lists_.Release(bucket);
}

}  // namespace fart
