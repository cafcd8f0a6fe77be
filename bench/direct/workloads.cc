// GCBench, binary trees, a hash table with churn, and primitives, on any of the heaps.

#include <cstdint>

#include "bench/direct/measured.h"
#include "bench/scale.h"

namespace fart::bench {
namespace {

// Words of the objects.
constexpr unsigned kLeft = 1, kRight = 2;
constexpr unsigned kKey = 1, kValue = 2, kNext = 3;
constexpr unsigned kFirstElement = 2;

// The work, timed.
template <typename Work>
double Timed(Work work) {
  const double before = ProcessorSeconds();
  work();
  return ProcessorSeconds() - before;
}

// ---- GCBench (Ellis, Kovac, Boehm): trees made from the top and from the bottom, while a tree and
// an array of doubles stay.

constexpr int kMinDepth = 4;
int StretchDepth() { return Scaled(18, 8); }
int LongLivedDepth() { return Scaled(16, 6); }
int MaxDepth() { return Scaled(16, 6); }

std::int64_t TreeSize(int depth) { return (std::int64_t{2} << depth) - 1; }

void Populate(Heap heap, Value node, int depth) {
  if (depth <= 0) return;
  BENCH_ROOTS(heap, here, 1);
  Set(heap, here.at[0], node);
  for (unsigned side = kLeft; side <= kRight; ++side) {
    const Value child = New<kNode>(heap, nullptr);
    Store(heap, Get(heap, here.at[0]), side, child);
  }
  for (unsigned side = kLeft; side <= kRight; ++side) {
    Populate(heap, Load(heap, Get(heap, here.at[0]), side), depth - 1);
  }
}

template <Shape kShape>
Value MakeTree(Heap heap, int depth) {
  if (depth <= 0) return New<kShape>(heap, nullptr);
  BENCH_ROOTS(heap, left, 1);
  Set(heap, left.at[0], MakeTree<kShape>(heap, depth - 1));
  const Value right = MakeTree<kShape>(heap, depth - 1);
  const Value init[] = {Get(heap, left.at[0]), right};
  return New<kShape>(heap, init);
}

std::int64_t Count(Heap heap, Value node) {
  std::int64_t count = 1;
  if (!IsNil(Load(heap, node, kLeft))) {
    count += Count(heap, Load(heap, node, kLeft)) + Count(heap, Load(heap, node, kRight));
  }
  return count;
}

}  // namespace

double RunGcBench(Heap heap) {
  return Timed([heap] {
    MakeTree<kNode>(heap, StretchDepth());
    BENCH_ROOTS(heap, roots, 3);
    Set(heap, roots.at[0], New<kNode>(heap, nullptr));
    Populate(heap, Get(heap, roots.at[0]), LongLivedDepth());
    const int doubles = Scaled(500'000, 500);
    const Value array = NewBytes(heap, doubles * 8);
    Set(heap, roots.at[1], array);
    for (int i = 0; i < doubles / 2; ++i) {
      const double number = 1.0 / (i + 1);
      __builtin_memcpy(Raw(heap, array, kFirstElement + static_cast<unsigned>(i)), &number, 8);
    }
    for (int depth = kMinDepth; depth <= MaxDepth(); depth += 2) {
      const auto rounds = static_cast<int>(2 * TreeSize(StretchDepth()) / TreeSize(depth));
      for (int i = 0; i < rounds; ++i) {
        Set(heap, roots.at[2], New<kNode>(heap, nullptr));
        Populate(heap, Get(heap, roots.at[2]), depth);
      }
      for (int i = 0; i < rounds; ++i) MakeTree<kNode>(heap, depth);
    }
    double last = 0;
    __builtin_memcpy(&last, Raw(heap, Get(heap, roots.at[1]), kFirstElement + 99), 8);
    const bool is_right =
        last == 1.0 / 100 && Count(heap, Get(heap, roots.at[0])) == TreeSize(LongLivedDepth());
    if (!is_right) Fail("GCBench lost something");
  });
}

// ---- Binary trees: what bench/binary_trees.h does.

double RunBinaryTrees(Heap heap) {
  return Timed([heap] {
    const int max_depth = Scaled(18, 8);
    bool is_right = Count(heap, MakeTree<kPair>(heap, max_depth + 1)) == TreeSize(max_depth + 1);
    BENCH_ROOTS(heap, kept, 1);
    Set(heap, kept.at[0], MakeTree<kPair>(heap, max_depth));
    for (int depth = kMinDepth; depth <= max_depth; depth += 2) {
      const int trees = 1 << (max_depth - depth + kMinDepth);
      for (int i = 0; i < trees; ++i) {
        is_right &= Count(heap, MakeTree<kPair>(heap, depth)) == TreeSize(depth);
      }
    }
    is_right &= Count(heap, Get(heap, kept.at[0])) == TreeSize(max_depth);
    if (!is_right) Fail("a tree lost a node");
  });
}

// ---- A hash table in which entries come and go: half of a range of keys is there, on average.

double RunTable(Heap heap) {
  return Timed([heap] {
    constexpr unsigned kBuckets = 1U << 16;
    const unsigned buckets = Scaled(kBuckets, 16U);
    const std::uint64_t keys = Scaled<std::uint64_t>(200'000, 50);
    const int rounds = Scaled(4'000'000, 1000);
    BENCH_ROOTS(heap, table, 1);
    Set(heap, table.at[0], NewReferences(heap, static_cast<std::intptr_t>(buckets)));
    std::uint64_t random = 88172645463325252;
    std::int64_t live = 0;
    for (int i = 0; i < rounds; ++i) {
      random ^= random << 13;
      random ^= random >> 7;
      random ^= random << 17;
      const std::uint64_t key = (random >> 11) % keys;
      const unsigned bucket =
          kFirstElement + static_cast<unsigned>(key * 0x9E3779B1U >> 7) % buckets;
      const Value wanted = FromInteger(heap, static_cast<std::int64_t>(key));
      // One that is there goes, one that is not comes.
      Value before = Get(heap, table.at[0]);
      unsigned link = bucket;
      Value entry = Load(heap, before, link);
      while (!IsNil(entry) && !IsSame(Load(heap, entry, kKey), wanted)) {
        before = entry;
        link = kNext;
        entry = Load(heap, entry, kNext);
      }
      if (!IsNil(entry)) {
        Store(heap, before, link, Load(heap, entry, kNext));
        --live;
        continue;
      }
      const Value number[] = {wanted, Nil(heap)};
      const Value value = New<kPair>(heap, number);
      const Value init[] = {wanted, value, Load(heap, Get(heap, table.at[0]), bucket)};
      const Value fresh = New<kEntry>(heap, init);
      Store(heap, Get(heap, table.at[0]), bucket, fresh);
      ++live;
    }
    std::int64_t found = 0;
    const Value array = Get(heap, table.at[0]);
    for (unsigned i = 0; i < buckets; ++i) {
      for (Value entry = Load(heap, array, kFirstElement + i); !IsNil(entry);
           entry = Load(heap, entry, kNext)) {
        ++found;
        if (!IsSame(Load(heap, Load(heap, entry, kValue), kLeft), Load(heap, entry, kKey))) {
          Fail("an entry has another's value");
        }
      }
    }
    if (found != live) Fail("the table lost an entry");
  });
}

// ---- Primitives

namespace {

int Many() { return Scaled(50'000'000, 1000); }

// Nothing is known of what is in memory behind it.
inline void Forget() { asm volatile("" ::: "memory"); }
template <typename T>
inline void Use(T* place) {
  asm volatile("" ::"r"(place) : "memory");
}

}  // namespace

double RunPairs(Heap heap) {
  const int many = Many();
  const double seconds = Timed([=] {
    for (int i = 0; i < many; ++i) {
      const Value init[] = {FromInteger(heap, i), Nil(heap)};
      Value pair = New<kPair>(heap, init);
      Use(&pair);
    }
  });
  return seconds / many;
}

namespace {

template <int kRoots>
[[gnu::noinline]] void Frame([[maybe_unused]] Heap heap) {
  BENCH_ROOTS(heap, roots, kRoots);
  Use(&roots);
}
[[gnu::noinline]] void NoFrame(Heap) { Forget(); }

// What a frame adds to a call.
template <int kRoots>
double RunFrames(Heap heap) {
  const int many = Many();
  const double with = Timed([=] {
    for (int i = 0; i < many; ++i) Frame<kRoots>(heap);
  });
  const double without = Timed([=] {
    for (int i = 0; i < many; ++i) NoFrame(heap);
  });
  return (with - without) / many;
}

}  // namespace

double RunFrames1(Heap heap) { return RunFrames<1>(heap); }
double RunFrames4(Heap heap) { return RunFrames<4>(heap); }

namespace {

// `work(object)` many times, with an object that is read from a root each time.
template <typename Work>
double WithRoot(Heap heap, Slot& root, Work work) {
  const int many = Many();
  const double seconds = Timed([&] {
    for (int i = 0; i < many; ++i) {
      Forget();
      work(Get(heap, root));
    }
  });
  return seconds / many;
}

void MakeOld(Heap heap, Slot& root) {
  Set(heap, root, MakeTree<kPair>(heap, 1));
  // So much that a moving heap has taken it over by now.
  for (int i = 0; i < Scaled(20'000'000, 100); ++i) {
    Value pair = New<kPair>(heap, nullptr);
    Use(&pair);
  }
}

}  // namespace

double RunLoads(Heap heap) {
  BENCH_ROOTS(heap, roots, 1);
  Set(heap, roots.at[0], MakeTree<kPair>(heap, 1));
  Use(&roots);
  return WithRoot(heap, roots.at[0], [heap](Value pair) {
    const Value field = Load(heap, pair, kLeft);
    asm volatile("" ::"r"(field.bits));
  });
}

double RunStoresYoung(Heap heap) {
  BENCH_ROOTS(heap, roots, 2);
  Set(heap, roots.at[0], MakeTree<kPair>(heap, 1));
  Set(heap, roots.at[1], MakeTree<kPair>(heap, 0));
  Use(&roots);
  const Value value = Get(heap, roots.at[1]);
  return WithRoot(heap, roots.at[0],
                  [heap, value](Value pair) { Store(heap, pair, kLeft, value); });
}

double RunStoresOld(Heap heap) {
  BENCH_ROOTS(heap, roots, 2);
  MakeOld(heap, roots.at[0]);
  Set(heap, roots.at[1], MakeTree<kPair>(heap, 0));
  Use(&roots);
  const Value value = Get(heap, roots.at[1]);
  return WithRoot(heap, roots.at[0],
                  [heap, value](Value pair) { Store(heap, pair, kLeft, value); });
}

}  // namespace fart::bench
