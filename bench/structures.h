// Structures -- quad trees, ephemerons, wide arrays and others, for any collector.
//
//   QuadTrees    one tree stays, others are made, counted and dropped; a node is four references
//   Ephemerons   a million of them, whose keys lie in an array and are replaced at random; who
//                finds that his key is gone is replaced too
//   WideArrays   sixteen arrays of 131,072 references, old ones, which are given new objects at
//                random places; three of four objects die at once
//   LongList     ten million nodes, each made before the next; then as many again that die at once,
//                while a node here and there of the list is given another to hold
//   Table        ten million references in one array, a hash table's; as many more objects take the
//                place of others at random
//   Strands      100,000 lists of texts of 40 bytes, each let go when it has eight
//   Sparse       eight million objects in one array, of which one in ten stays; then objects that
//                die at once, but for one in eight, which takes the place of another; at last half
//                of the array is filled again
//   GcBench      trees of many sizes beside one that stays (gc_bench.h)
//
// A collector is a class with
//
//   using Object = ...;                     null when it is made without a value
//   Object* Places();                       kPlaces roots, null at first
//   Object NewNode();                       four references
//   Object NewArray(std::size_t length);
//   Object NewEphemeron();
//   Object NewText();                       40 bytes, and behind them one reference
//   Object NewBranch();                     two references and two ints
//   Object BranchOf(Object branch, std::size_t), void SetBranch(branch, std::size_t, value)
//   Object Get(Object holder, std::size_t), and of an array Element(array, std::size_t)
//   void Set(holder, std::size_t, value), SetElement(array, std::size_t, value)
//   void Pair(Object ephemeron, Object key, Object value);       once
//   Object KeyOf(Object ephemeron), Object ValueOf(Object ephemeron)
//   void SetNext(Object text, Object value);
//   void Collect();
//   void NoteResident();                    Resident() is what the heap has by now, ...
//   double Resident();                      ... in bytes; 0: nothing was noted
//   double LongestPause();                  seconds of the processor, of those that nobody asked
//                                           for; 0: it does not tell
//
// What a New answers, and what was read before it, is good until the next New; places stay.
//
// `longest_ms` is the thread's longest thousand steps, of its own processor time: a collection
// falls into one of them. `told_ms` is the longest pause, as the collector tells; `resident_MB`
// what its heap has where little lives. Each collector is a program of its own, and each row wants
// a process of its own: bdwgc has one heap for all of it, and where another row has made that large
// it hardly ever collects.

#ifndef FART_BENCH_STRUCTURES_H_
#define FART_BENCH_STRUCTURES_H_

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "bench/gc_bench.h"
#include "bench/scale.h"

namespace fart::bench {

inline constexpr std::size_t kPlaces = 64;
inline constexpr std::size_t kNodeReferences = 4;

// The longest thousand steps.
class StepClock {
 public:
  // Behind what is no step.
  void Begin() { last_ = ThreadSeconds(); }
  void Step() {
    if (++steps_ % 1000 != 0) return;
    const double now = ThreadSeconds();
    longest_ = std::max(longest_, now - last_);
    last_ = now;
  }
  double longest() const { return longest_; }

 private:
  static double ThreadSeconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
  }

  std::uint64_t steps_ = 0;
  double last_ = ThreadSeconds();
  double longest_ = 0;
};

// ---- Quad trees

// `places`: four for each level down to the leaves'.
template <typename Collector>
typename Collector::Object MakeQuadTree(Collector& collector, StepClock& clock, int depth,
                                        typename Collector::Object* places) {
  for (std::size_t i = 0; depth > 0 && i < kNodeReferences; ++i) {
    places[i] = MakeQuadTree(collector, clock, depth - 1, places + kNodeReferences);
  }
  clock.Step();
  const typename Collector::Object node = collector.NewNode();
  for (std::size_t i = 0; depth > 0 && i < kNodeReferences; ++i) {
    collector.Set(node, i, std::exchange(places[i], typename Collector::Object()));
  }
  return node;
}

template <typename Collector>
std::uint64_t CountQuadTree(Collector& collector, typename Collector::Object node) {
  std::uint64_t count = 1;
  for (std::size_t i = 0; i < kNodeReferences; ++i) {
    const typename Collector::Object child = collector.Get(node, i);
    if (child == typename Collector::Object()) break;
    count += CountQuadTree(collector, child);
  }
  return count;
}

// False, here and below: something was not as it must be.
template <typename Collector>
[[nodiscard]] bool QuadTrees(Collector& collector, StepClock& clock) {
  const int depth = Scaled(9, 4);
  const auto nodes_of = [](int levels) { return ((std::uint64_t{4} << 2 * levels) - 1) / 3; };
  typename Collector::Object* const places = collector.Places();
  places[0] = MakeQuadTree(collector, clock, depth, places + 1);
  bool right = true;
  for (int i = 0; i < 64; ++i) {
    const auto tree = MakeQuadTree(collector, clock, depth - 1, places + 1);
    right &= CountQuadTree(collector, tree) == nodes_of(depth - 1);
  }
  return right && CountQuadTree(collector, places[0]) == nodes_of(depth);
}

// ---- Ephemerons

template <typename Collector>
[[nodiscard]] bool Ephemerons(Collector& collector, StepClock& clock) {
  const std::size_t count = Scaled<std::size_t>(1'000'000, 1000);
  typename Collector::Object* const places = collector.Places();
  typename Collector::Object& keys = places[0];
  typename Collector::Object& table = places[1];
  typename Collector::Object& value = places[2];
  keys = collector.NewArray(count);
  table = collector.NewArray(count);
  clock.Begin();
  std::vector<bool> has_pair(count);  // for the key that is there now
  const auto renew_key = [&](std::size_t i) {
    collector.SetElement(keys, i, collector.NewNode());
    has_pair[i] = false;
  };
  const auto renew_pair = [&](std::size_t i) {
    value = collector.NewNode();
    const typename Collector::Object ephemeron = collector.NewEphemeron();
    collector.Pair(ephemeron, collector.Element(keys, i), value);
    collector.SetElement(table, i, ephemeron);
    has_pair[i] = true;
  };
  for (std::size_t i = 0; i < count; ++i, clock.Step()) {
    renew_key(i);
    renew_pair(i);
  }
  std::minstd_rand random(1);
  for (std::size_t i = 0; i < 2 * count; ++i, clock.Step()) {
    renew_key(random() % count);
    const std::size_t other = random() % count;
    if (collector.KeyOf(collector.Element(table, other)) == typename Collector::Object()) {
      renew_pair(other);
    }
  }
  value = typename Collector::Object();
  collector.Collect();
  bool right = true;
  for (std::size_t i = 0; i < count; ++i) {
    if (!has_pair[i]) continue;
    const typename Collector::Object ephemeron = collector.Element(table, i);
    right &= collector.KeyOf(ephemeron) == collector.Element(keys, i);
    right &= !(collector.ValueOf(ephemeron) == typename Collector::Object());
  }
  return right;
}

// ---- Wide arrays

template <typename Collector>
[[nodiscard]] bool WideArrays(Collector& collector, StepClock& clock) {
  constexpr std::size_t kArrays = 16;
  const std::size_t length = Scaled<std::size_t>(1 << 17, 1 << 12);
  const std::size_t steps = Scaled<std::size_t>(16'000'000, 10'000);
  typename Collector::Object* const arrays = collector.Places();
  for (std::size_t i = 0; i < kArrays; ++i) {
    arrays[i] = collector.NewArray(length);
    for (std::size_t k = 0; k < length; ++k, clock.Step()) {
      collector.SetElement(arrays[i], k, collector.NewNode());
    }
  }
  std::minstd_rand random(1);
  for (std::size_t i = 0; i < steps; ++i, clock.Step()) {
    const typename Collector::Object node = collector.NewNode();
    if (i % 4 != 0) continue;
    const std::size_t array = random() % kArrays;
    collector.SetElement(arrays[array], random() % length, node);
  }
  std::size_t there = 0;
  for (std::size_t i = 0; i < kArrays; ++i) {
    for (std::size_t k = 0; k < length; ++k) {
      const typename Collector::Object node = collector.Element(arrays[i], k);
      there += collector.Get(node, 0) == typename Collector::Object() ? 1 : 0;
    }
  }
  return there == kArrays * length;
}

// ---- A long list

template <typename Collector>
[[nodiscard]] bool LongList(Collector& collector, StepClock& clock) {
  const std::size_t length = Scaled<std::size_t>(10'000'000, 1000);
  typename Collector::Object& list = collector.Places()[0];
  typename Collector::Object& at = collector.Places()[1];
  for (std::size_t i = 0; i < length; ++i, clock.Step()) {
    const typename Collector::Object node = collector.NewNode();
    collector.Set(node, 0, list);
    list = node;
  }
  at = list;
  for (std::size_t i = 0; i < length; ++i, clock.Step()) {
    const typename Collector::Object node = collector.NewNode();
    at = collector.Get(at, 0);
    if (i % 16 == 0 && !(at == typename Collector::Object())) collector.Set(at, 1, node);
  }
  at = typename Collector::Object();
  std::size_t count = 0;
  for (typename Collector::Object node = list; !(node == typename Collector::Object());
       node = collector.Get(node, 0)) {
    ++count;
  }
  return count == length;
}

// ---- A large table

template <typename Collector>
[[nodiscard]] bool Table(Collector& collector, StepClock& clock) {
  const std::size_t size = Scaled<std::size_t>(10'000'000, 1000);
  typename Collector::Object& table = collector.Places()[0];
  table = collector.NewArray(size);
  clock.Begin();
  for (std::size_t i = 0; i < size; ++i, clock.Step()) {
    collector.SetElement(table, i, collector.NewNode());
  }
  std::minstd_rand random(1);
  for (std::size_t i = 0; i < size; ++i, clock.Step()) {
    collector.SetElement(table, random() % size, collector.NewNode());
  }
  std::size_t there = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const typename Collector::Object node = collector.Element(table, i);
    there += collector.Get(node, 0) == typename Collector::Object() ? 1 : 0;
  }
  return there == size;
}

// ---- Lists of texts

template <typename Collector>
[[nodiscard]] bool Strands(Collector& collector, StepClock& clock) {
  const std::size_t size = Scaled<std::size_t>(100'000, 100);
  const std::size_t steps = Scaled<std::size_t>(20'000'000, 10'000);
  typename Collector::Object& strands = collector.Places()[0];
  strands = collector.NewArray(size);
  std::vector<std::uint8_t> lengths(size);
  std::minstd_rand random(1);
  for (std::size_t i = 0; i < steps; ++i, clock.Step()) {
    const std::size_t strand = random() % size;
    const typename Collector::Object text = collector.NewText();
    if (lengths[strand] != 8) {
      collector.SetNext(text, collector.Element(strands, strand));
    } else {
      lengths[strand] = 0;
    }
    ++lengths[strand];
    collector.SetElement(strands, strand, text);
  }
  bool right = true;
  for (std::size_t i = 0; i < size; ++i) {
    right &= lengths[i] == 0 || !(collector.Element(strands, i) == typename Collector::Object());
  }
  return right;
}

// ---- What is left of many

template <typename Collector>
[[nodiscard]] bool Sparse(Collector& collector, StepClock& clock) {
  const std::size_t size = Scaled<std::size_t>(8'000'000, 10'000);
  typename Collector::Object& array = collector.Places()[0];
  array = collector.NewArray(size);
  clock.Begin();
  for (std::size_t i = 0; i < size; ++i, clock.Step()) {
    collector.SetElement(array, i, collector.NewNode());
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (i % 10 != 0) collector.SetElement(array, i, typename Collector::Object());
  }
  clock.Begin();
  std::minstd_rand random(1);
  for (std::size_t i = 0; i < size * 5; ++i, clock.Step()) {
    const typename Collector::Object node = collector.NewNode();
    if (i % 8 == 0) collector.SetElement(array, random() % (size / 10) * 10, node);
  }
  collector.NoteResident();
  for (std::size_t i = 0; i < size; i += 2, clock.Step()) {
    collector.SetElement(array, i, collector.NewNode());
  }
  std::size_t there = 0;
  for (std::size_t i = 0; i < size; i += 2) {
    const typename Collector::Object node = collector.Element(array, i);
    there += collector.Get(node, 0) == typename Collector::Object() ? 1 : 0;
  }
  return there == size / 2;
}

// ----

template <typename Collector>
[[nodiscard]] bool RunGcBench(Collector& collector, StepClock& clock) {
  return GcBench<Collector, StepClock>(collector, clock).Run();
}

template <typename Collector>
void RunStructure(benchmark::State& state, bool (*program)(Collector&, StepClock&)) {
  for (auto _ : state) {
    state.PauseTiming();
    double longest = 0;
    double told = 0;
    double resident = 0;
    {
      Collector collector;
      state.ResumeTiming();
      StepClock clock;
      if (!program(collector, clock)) state.SkipWithError("an object was lost");
      longest = clock.longest();
      told = collector.LongestPause();
      resident = collector.Resident();
      state.PauseTiming();
    }
    state.counters["longest_ms"] = longest * 1000;
    if (told != 0) state.counters["told_ms"] = told * 1000;
    if (resident != 0) state.counters["resident_MB"] = resident / 1e6;
    state.ResumeTiming();
  }
}

// `system` is what tools/bench calls it.
template <typename Collector>
void RegisterStructures(const char* system) {
  const auto add = [system](const char* name, bool (*program)(Collector&, StepClock&)) {
    const std::string row = std::string("BM_") + name + "/" + system;
    benchmark::RegisterBenchmark(row.c_str(), RunStructure<Collector>, program)
        ->Iterations(1)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("StructureQuadTrees", QuadTrees<Collector>);
  add("StructureEphemerons", Ephemerons<Collector>);
  add("StructureWideArrays", WideArrays<Collector>);
  add("StructureLongList", LongList<Collector>);
  add("StructureTable", Table<Collector>);
  add("StructureStrands", Strands<Collector>);
  add("StructureSparse", Sparse<Collector>);
  add("StructureGcBench", RunGcBench<Collector>);
}

}  // namespace fart::bench

#endif  // FART_BENCH_STRUCTURES_H_
