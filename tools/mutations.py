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
        "keep what a burst has left",
        "heap/platform/off_heap.cc",
        "  } else if (now <= highest.load(std::memory_order_relaxed) / 8) {\n",
        "  } else if (now < 0 && change > 0) {\n",
        ["//heap/platform:platform_test"],
    ),
    Mutation(
        "give back after a small part of much",
        "heap/platform/off_heap.cc",
        " && fallen >= was / 8 &&",
        " &&",
        ["//heap/platform:platform_test"],
    ),
    Mutation(
        "give back after every burst, however many there are",
        "heap/platform/off_heap.cc",
        "         IsLongAgo(fallen) &&  // O2\n",
        "",
        ["//heap/platform:platform_test"],
    ),
    Mutation(
        "count a block as in use for ever",
        "heap/platform/off_heap.cc",
        "  Count(-Signed(size));  // O1\n",
        "",
        ["//heap/platform:platform_test"],
    ),
    Mutation(
        "forget that a thread's texts are gone",
        "heap/platform/thread_text_posix.cc",
        "  std::free(texts);\n  own = nullptr;\n",
        "  std::free(texts);\n",
        ["//heap/platform:platform_test"],
    ),
    Mutation(
        "keep the memory of a huge scope",
        "handles/local_handles.h",
        "    if (ended > kBigRelease.value() / kWordSize) [[unlikely]]\n      GiveBackSlots();\n",
        "",
        ["//handles:local_handles_test"],
    ),
    Mutation(
        "hand out slots whose memory was given back",
        "handles/local_handles.cc",
        "  area_.ShrinkTo(Address::Of(top_));\n  if (!checked_) limit_ = CommittedLimit();  // L5\n",
        "  area_.ShrinkTo(Address::Of(top_));\n",
        ["//handles:local_handles_test"],
    ),
    Mutation(
        "give back nothing when everything is asked for",
        "api/tools.cc",
        "      isolate.gc().GiveBackMemory();\n",
        "",
        ["//tests:hosts_test"],
    ),
    Mutation(
        "leave a sanitizer's poison on the stack",
        "vm/unwind/unwind_itanium.cc",
        "  ForgetStackPoison();\n  _Unwind_ForcedUnwind",
        "  _Unwind_ForcedUnwind",
        ["//tests:hosts_test"],
    ),
    Mutation(
        "show the house's symbols in the archive",
        "tools/bazel/static_library.bzl",
        "            llvm-objcopy --wildcard %s \"$whole\"\n",
        "            : %s \"$whole\"\n",
        ["//tests:hosts_test"],
    ),
    Mutation(
        "let the library go when it is closed",
        "BUILD.bazel",
        '        "-Wl,-z,nodelete",\n',
        "",
        ["//tests:hosts_test"],
    ),
]
