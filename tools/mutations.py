"""What tools/mutate breaks: in `file` the one place that reads `text` becomes `replacement`; one of
`tests` must fail then. Named is the smallest test that should notice, so that little is compiled.
"""

import collections

Mutation = collections.namedtuple("Mutation", "name file text replacement tests")

MUTATIONS = [
    Mutation(
        "skip the write barrier",
        "heap/mutator.h",
        "      RememberSlow(holder, slot);\n",
        "",
        ["//heap:mutator_test"],
    ),
    Mutation(
        "forget a card",
        "heap/remembered_set.cc",
        "  entries_.push_back({.holder = holder, .card = card});\n",
        "",
        ["//heap:remembered_set_test"],
    ),
    Mutation(
        "zap nothing",
        "heap/region_space.cc",
        "if (policy.zap) {",
        "if (policy.zap && count == 0) {",
        ["//heap:region_space_test"],
    ),
    Mutation(
        "protect nothing",
        "heap/region_space.cc",
        "count == 1 && !policy.protect && ",
        "count == 1 && ",
        ["//heap:region_space_test"],
    ),
    Mutation(
        "ignore the heap limit",
        "heap/heap.cc",
        "if (limit == Limit::kRespected) return WithinLimit(count);",
        "if (limit == Limit::kRespected) return WithinLimit(0);",
        ["//heap:heap_test"],
    ),
    Mutation(
        "do not age",
        "gc/evacuator.h",
        "header.WithAge(header.age() + 1).StoreTo(to);",
        "header.StoreTo(to);",
        ["//gc:scavenger_test"],
    ),
    Mutation(
        "lose the identity hash at promotion",
        "gc/evacuator.cc",
        "header.WithRemembered(false).WithAge(0).StoreTo(to);",
        "header.WithRemembered(false).WithAge(0).WithHash(0).StoreTo(to);",
        ["//gc:stress_test"],
    ),
    Mutation(
        "release a region with kept objects",
        "gc/evacuator.cc",
        "if (HasKeptObjects(index)) {",
        "if (HasKeptObjects(index) && young && !young) {",
        ["//gc:kept_objects_test"],
    ),
    Mutation(
        "promote without remembering",
        "gc/scavenger.cc",
        "if (evacuator_.StaysYoung(*first)) heap_.remembered_set().Add(holder, size, first);",
        "if (evacuator_.StaysYoung(*first)) static_cast<void>(holder), static_cast<void>(size);",
        ["//gc:remembered_holders_test"],
    ),
    Mutation(
        "skip the ephemeron pass of a scavenge",
        "gc/scavenger.cc",
        "if (ephemerons_.is_empty()) return;",
        "if (ephemerons_.is_empty() || true) return;",
        ["//gc:ephemeron_test"],
    ),
    Mutation(
        "keep a dead weak reference",
        "gc/marker.cc",
        "if (!IsLive(slots[i])) slots[i] = ObjectPtr();",
        "if (!IsLive(slots[i])) continue;",
        ["//gc:weak_reference_test"],
    ),
    Mutation(
        "do not update roots",
        "gc/major.cc",
        "  collection_.VisitRoots(SlotSet::kEvacuating, *this);\n",
        "",
        ["//gc:weak_reference_test"],
    ),
    Mutation(
        "update nothing though objects moved",
        "gc/major.cc",
        "if (collection_.report.objects_moved == 0 && evacuator_.kept_objects().empty()) {",
        "if (evacuator_.kept_objects().empty()) {",
        ["//gc:weak_reference_test"],
    ),
    Mutation(
        "start a major collection with callbacks pending",
        "gc/controller.cc",
        "    DrainCallbacks();  // C4\n",
        "",
        ["//gc:controller_test"],
    ),
    Mutation(
        "skip the young list of handles",
        "handles/slot_table.h",
        "      first_young_ = index;\n",
        "      static_cast<void>(index);\n",
        ["//handles:persistent_handles_test"],
    ),
    Mutation(
        "keep a dead weak handle",
        "handles/weak_handles.cc",
        "  Die(slot, index);\n  return false;\n",
        "  static_cast<void>(index);\n  return true;\n",
        ["//handles:weak_handles_test"],
    ),
    Mutation(
        "call the finalizers of the latest collection first",
        "handles/weak_handles.cc",
        "  slot->referent = ObjectPtr::FromSmi(kEndOfQueue);\n"
        "  slot->external_and_state = Pack(WeakState::kQueued, ByteCount());  // W2\n"
        "  if (queue_head_ == kEndOfQueue) {\n",
        "  slot->referent = ObjectPtr::FromSmi(queue_head_);\n"
        "  slot->external_and_state = Pack(WeakState::kQueued, ByteCount());  // W2\n"
        "  if (queue_head_ != index) {\n",
        ["//handles:weak_handles_test"],
    ),
    Mutation(
        "skip an arena's release",
        "handles/local_handles.h",
        "    arena_.Release(ArenaTopOf(marker));\n",
        "",
        ["//handles:local_handles_test"],
    ),
    Mutation(
        "look at the innermost control group only",
        "heap/platform/memory_bounds_posix.cc",
        "      least = std::min(least, BoundOfGroup(top + group));\n"
        "      if (group.empty()) break;\n",
        "      least = std::min(least, BoundOfGroup(top + group));\n"
        "      if (true) break;\n",
        ["//heap/platform:memory_bounds_test"],
    ),
    Mutation(
        "take a group whose name begins alike for one inside",
        "heap/platform/memory_bounds_posix.cc",
        "(group.size() == above.size() || group[above.size()] == '/')",
        "true",
        ["//heap/platform:memory_bounds_test"],
    ),
    Mutation(
        "forget what is mapped already",
        "heap/platform/memory_bounds_posix.cc",
        "    bounds.addresses -= std::min(mapped, bounds.addresses);\n",
        "    static_cast<void>(mapped);\n",
        ["//heap/platform:memory_bounds_test"],
    ),
    Mutation(
        "do not give locked pages back",
        "heap/platform/virtual_memory_posix.cc",
        "madvise(start.As<void>(), size.value(), kDiscardLocked) == 0",
        "kDiscardLocked == 0",
        ["//heap/platform:refusals_test"],
    ),
    Mutation(
        "fill what is locked at once",
        "heap/platform/virtual_memory_posix.cc",
        "  LockOnFault(start, size);\n",
        "",
        ["//tests:os_limits_test"],
    ),
    Mutation(
        "lose a range that was not released",
        "heap/platform/virtual_memory_posix.cc",
        "      range = {start, size};\n"
        "      has_any_.store(true, std::memory_order_relaxed);\n",
        "      range = {start, size};\n",
        ["//heap/platform:refusals_test"],
    ),
    Mutation(
        "protect beyond the bound of mappings",
        "heap/region_access.cc",
        "  if (more > 0 && BordersOfAll() + more > kMaxBorders) return false;  // Z1\n",
        "",
        ["//heap:region_access_test"],
    ),
    Mutation(
        "count no border at the end of a run",
        "heap/region_access.cc",
        "  if (first + count < regions_) after += IsOpen(first + count) != open ? 1 : 0;\n",
        "",
        ["//heap:region_access_test"],
    ),
    Mutation(
        "take what is owed for settled",
        "heap/region_access.cc",
        "    if (!range_->Discard(StartOf(index), kRegionSize)) return;\n"
        "    Reuse(index, 1);\n",
        "    static_cast<void>(range_->Discard(StartOf(index), kRegionSize));\n"
        "    Reuse(index, 1);\n",
        ["//heap:region_access_test"],
    ),
    Mutation(
        "use a region again that is still owed",
        "heap/region_space.cc",
        "  access_.Reuse(first, count);\n",
        "",
        ["//heap:region_space_test"],
    ),
    Mutation(
        "open regions before free ones are used again",
        "heap/region_space.cc",
        "  if (free_open_ < count) return kNoRegion;\n",
        "  if (free_open_ < count + kRegionSize.value()) return kNoRegion;\n",
        ["//heap:region_space_test"],
    ),
    Mutation(
        "leave a long free end open",
        "heap/region_space.cc",
        "  if (access_.Close(tail, count)) free_open_ -= count;\n",
        "  static_cast<void>(count);\n",
        ["//heap:region_space_test"],
    ),
    Mutation(
        "raise the heap limit beyond the addresses",
        "gc/controller.cc",
        "std::min(callbacks_->RaiseLimit(limit), heap_.most_heap_limit())",
        "callbacks_->RaiseLimit(limit)",
        ["//api:memory_test"],
    ),
    Mutation(
        "write into the tree of a shared class that is mixed in",
        "lang/compiler/library_set.cc",
        "  if (IsOwn(ref.library) || !has_initializers) return shared.fields;\n",
        "  if (IsOwn(ref.library) || has_initializers) return shared.fields;\n",
        ["//lang/compiler:compiler_test"],
    ),
    Mutation(
        "hide from exporting libraries what an isolate added to a shared one",
        "lang/compiler/library_set.h",
        "    const int addition = AdditionTo(number);\n    if (addition == kUnbound) return;\n",
        "    const int addition = kUnbound;\n    if (addition == kUnbound) return;\n",
        ["//lang/compiler:compiler_test"],
    ),
    Mutation(
        "forget what was there when a list that only grows takes another chunk",
        "lang/compiler/append_only.h",
        "return {chunk, index - kFirstChunk * ((std::size_t{1} << chunk) - 1)};",
        "return {chunk, index & (kFirstChunk - 1)};",
        ["//lang/compiler:compiler_test"],
    ),
    Mutation(
        "keep half of a body that found no memory",
        "lang/compiler/compile_functions.cc",
        "    function_.code.clear();\n",
        "",
        ["//lang/loader:shared_libraries_memory_test"],
    ),
    Mutation(
        "make the shared libraries again for each isolate",
        "lang/loader/shared_libraries.cc",
        "    if (!mistake) return kept.libraries = made;\n",
        "    if (!mistake) return made;\n",
        ["//lang/loader:shared_libraries_test"],
    ),
    Mutation(
        "enter a shared library of a failed load a second time",
        "lang/loader/loader.cc",
        "    if (added.location.is_bundled && entered != nullptr) continue;  // Nothing is wrong with it.\n",
        "",
        ["//lang:shared_program_test"],
    ),
    Mutation(
        "look only into the first dictionary of members",
        "lang/interpreter/calls.cc",
        "    if (found.member.kind != Member::Kind::kNone) break;\n",
        "    break;\n",
        ["//lang:shared_program_test"],
    ),
]
