#include "vm/inspect/handle_list.h"

namespace fart::inspect {

std::string ClassOrShapeName(Isolate& isolate, ShapeId shape) {
  std::string name = isolate.program().ClassNameOf(shape);
  return name.empty() ? isolate.heap().shapes()[shape].name() : name;
}

std::vector<ListedHandle> ListHandles(Isolate& isolate) {
  std::vector<ListedHandle> list;
  HandleTables& handles = isolate.handles();
  const std::uint64_t collections = isolate.statistics().totals().collections();
  const auto add = [&](HandleValue value, HandleKind kind, ObjectPtr object,
                       const HandleNote* note) -> ListedHandle& {
    ListedHandle& listed = list.emplace_back();
    listed.value = value;
    listed.kind = kind;
    listed.shape = ShapeIdOf(object);
    listed.note = note;
    if (listed.note != nullptr && listed.note->place != nullptr) {
      listed.age = static_cast<std::int64_t>(collections - listed.note->collections);
    }
    return listed;
  };
  handles.locals.ForEachScope([&](std::size_t depth, const ObjectPtr* first,
                                  const ObjectPtr* last) {
    const HandleNote* const scope_note = depth == 0 ? nullptr : handles.locals.NoteOfScope(first);
    for (; first != last; ++first) {
      ListedHandle& listed =
          add(HandleValue::Local(first), HandleKind::kLocal, *first, handles.locals.NoteOf(first));
      listed.scope = depth;
      listed.scope_note = scope_note;
    }
  });
  handles.persistents.ForEach([&](HandleValue value, const ObjectPtr* slot) {
    add(value, HandleKind::kStrong, *slot, handles.notes.Find(value));
  });
  handles.weaks.ForEachWithSize([&](HandleValue value, ObjectPtr referent, ByteCount external) {
    if (value.kind() == HandleKind::kExternal) return;  // Nobody has it.
    add(value, value.kind(), referent, handles.notes.Find(value)).external = external.value();
  });
  return list;
}

}  // namespace fart::inspect
