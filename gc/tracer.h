// Tracer -- how one thread marks: what it reaches it marks, what it has marked it scans.
//
// Depth-first with an explicit stack, past which goes what refers to nothing. References pass
// through two small queues first: entry and exit of one are a prefetch and a use of the mark word,
// of the other of the header (Cher, Hosking and Vitek, "Software prefetching for mark-sweep garbage
// collection", ASPLOS 2004, with one). So headers are read only of what was not marked.
//
// Written once for who marks alone (marker.h) and for those who do it together (mark_worker.h).
// `Who` is one of them, and says what differs:
//
//   bool TryMark(Address object);             false: it was marked before
//   void CountLive(Address object, ByteCount size);
//   void NoteUnscanned(Address object);       it is marked, and the stack has no room for it
//   void NoteReached(Address object);         it may be a key for which ephemerons wait
//   void ScanRun(ObjectPtr* first, ObjectPtr* last);
//   void NoteWeakHolder(Address object);
//   void ScanPair(Address ephemeron, const ObjectPtr* pair);
//
// What each object passes is inlined by force, and what few do is not: left to itself the compiler
// makes calls of the former, and full collections took a tenth longer.
//
// Not here: where marking begins and when it is over.

#ifndef FART_GC_TRACER_H_
#define FART_GC_TRACER_H_

#include "gc/live_bytes.h"
#include "gc/mark_stack.h"
#include "gc/prefetch_queue.h"
#include "heap/heap.h"

namespace fart {

template <typename Who>
class Tracer {
 protected:
  explicit Tracer(Heap& heap) : regions_(heap.regions()), shapes_(heap.shapes()) {}

  [[gnu::always_inline]] void MarkValue(ObjectPtr value) {
    if (!value.IsHeapObject()) return;
    const Address object = value.address();
    regions_.PrefetchMark(object);
    const Address due = reached_.Exchange(object);
    if (!due.is_null()) Mark(due);
  }

  // False: nothing waits there.
  [[gnu::noinline]] bool TakeFromQueues() {
    if (!marked_.is_empty()) {
      NoteMarked(marked_.Take());
    } else if (!reached_.is_empty()) {
      Mark(reached_.Take());
    } else {
      return false;
    }
    return true;
  }

  [[gnu::always_inline]] void Scan(Address object) {
    const Shape& shape = shapes_[Header::At(object).shape()];
    if (!shape.is_plain()) [[unlikely]] {
      ScanSpecial(object, shape);
      return;
    }
    shape.VisitStrongRuns(
        object, [this](ObjectPtr* first, ObjectPtr* last) { who().ScanRun(first, last); });
  }

  RegionSpace& regions_;
  const ShapeTable& shapes_;

 private:
  PrefetchQueue reached_;  // for their mark words
  PrefetchQueue marked_;   // for their headers

 protected:
  MarkStack stack_;

 private:
  Who& who() { return static_cast<Who&>(*this); }

  [[gnu::always_inline]] void Mark(Address object) {
    if (!who().TryMark(object)) return;
    __builtin_prefetch(object.As<void>());
    const Address due = marked_.Exchange(object);
    if (!due.is_null()) NoteMarked(due);
  }

  void NoteMarked(Address object) {
    const Header header = Header::At(object);
    who().CountLive(object, LiveSizeOf(header));
    // Leaves go past the stack, which strings and numbers would fill.
    if (!shapes_[header.shape()].is_leaf() && !stack_.TryPush(object)) [[unlikely]]
      who().NoteUnscanned(object);
    who().NoteReached(object);
  }

  [[gnu::noinline]] void ScanSpecial(Address object, const Shape& shape) {
    if (shape.has_weak_references()) who().NoteWeakHolder(object);
    ObjectPtr* const pair = shape.References(object);
    shape.VisitStrongRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
      if (first == pair && shape.is_ephemeron()) first += 2;
      if (first < last) who().ScanRun(first, last);
    });
    if (shape.is_ephemeron()) who().ScanPair(object, pair);
  }
};

}  // namespace fart

#endif  // FART_GC_TRACER_H_
