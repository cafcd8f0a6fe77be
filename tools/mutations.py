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
        "answer null with a handle of its own",
        "api/shim.h",
        "  if (object.is_null()) return ToForeign(Constant::kNull);\n",
        "",
        ["//api:libraries_test"],
    ),
    Mutation(
        "let a range of a list reach past its end",
        "api/lists.cc",
        "IsInRange(length, size - static_cast<std::size_t>(offset))",
        "IsInRange(length, size)",
        ["//api:data_as_lists_test"],
    ),
    Mutation(
        "leave the handles of a range that failed",
        "api/lists.cc",
        "    locals.RestoreTop(handles_before);\n    return Wrap(isolate, error[0]);\n",
        "    return Wrap(isolate, error[0]);\n",
        ["//api:data_as_lists_test"],
    ),
    Mutation(
        "count the NUL of a string that arrives",
        "api/cobject/cobject_decoder.cc",
        "object->value.as_text.length = to - text;",
        "object->value.as_text.length = to - text + 1;",
        ["//api/cobject:cobject_test"],
    ),
    Mutation(
        "let a host's view end behind its bytes",
        "api/cobject/cobject_decoder.cc",
        "view.length > available - view.offset",
        "view.length > available",
        ["//api/cobject:cobject_test"],
    ),
    Mutation(
        "let a view end behind its bytes",
        "vm/message/message_decoder.cc",
        "if (node.offset > available || node.length > available - node.offset) return",
        "if (node.offset > available || node.length > available) return",
        ["//vm/message:message_test"],
    ),
    Mutation(
        "let a view end inside an element",
        "vm/message/message_reader.cc",
        "ReadVarint(&node->length) && (node->length % ElementSizeOf(node->type) == 0 || Fail());",
        "ReadVarint(&node->length);",
        ["//vm/message:message_test"],
    ),
    Mutation(
        "read a message that goes on behind its end",
        "vm/message/message_reader.h",
        "return !failed_ && at_ == end_;",
        "return !failed_;",
        ["//vm/message:message_test"],
    ),
    Mutation(
        "forget where a view of a view begins",
        "vm/values/typed_data.cc",
        "offset_in_bytes + (IsTypedData(seen) ? TypedDataOffsetInBytes(seen, quiet) : 0);",
        "offset_in_bytes;",
        ["//vm/values:typed_data_test"],
    ),
    Mutation(
        "lose the symbols when their table grows",
        "vm/values/symbol_table.cc",
        "Find(StringHash(symbol, quiet), [](ObjectPtr) { return false; });  // Y1",
        "Find(StringHash(symbol, quiet) + 1, [](ObjectPtr) { return false; });  // Y1",
        ["//vm/roots:roots_test"],
    ),
    Mutation(
        "tell noSuchMethod no name",
        "lang/interpreter/calls.cc",
        "  const FreshObject name = isolate_.symbols().StringOf(mutator(), selector.key->name.text);\n"
        "  if (name.is_null()) return ThrowOutOfMemory();\n"
        "  {\n"
        "    const NoSafepointScope quiet;\n"
        "    const ObjectPtr positional_list",
        "  const FreshObject name = isolate_.symbols().StringOf(mutator(), \"\");\n"
        "  if (name.is_null()) return ThrowOutOfMemory();\n"
        "  {\n"
        "    const NoSafepointScope quiet;\n"
        "    const ObjectPtr positional_list",
        ["//api:libraries_test"],
    ),
    Mutation(
        "unpin at the first release",
        "heap/pin_table.h",
        "if (--place->pins == 0) entries_.erase(place);",
        "entries_.erase(place);",
        ["//heap:pin_table_test"],
    ),
    Mutation(
        "keep the imports of the script before",
        "lang/loader/loader.cc",
        "return !libraries_.library(known.second).uri.starts_with(\"dart:\");",
        "return libraries_.library(known.second).uri.empty();",
        ["//api:libraries_test"],
    ),
]
