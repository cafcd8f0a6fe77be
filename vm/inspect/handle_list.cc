#include "vm/inspect/handle_list.h"

namespace fart::inspect {

std::string ClassOrShapeName(Isolate& isolate, ShapeId shape) {
  std::string name = isolate.program().ClassNameOf(shape);
  return name.empty() ? isolate.heap().shapes()[shape].name() : name;
}

std::vector<ListedHandle> ListHandles(Isolate& isolate) {
  std::vector<ListedHandle> list;
  const HandleTables& handles = isolate.handles();
  const std::uint64_t collections = isolate.statistics().totals().collections();
  const auto add = [&](HandleValue value, HandleKind kind, ObjectPtr object) -> ListedHandle& {
    ListedHandle& listed = list.emplace_back();
    listed.value = value;
    listed.kind = kind;
    listed.shape = ShapeIdOf(object);
    if (kind == HandleKind::kLocal) return listed;
    listed.note = handles.notes.Find(value);
    if (listed.note != nullptr && listed.note->place != nullptr) {
      listed.age = static_cast<std::int64_t>(collections - listed.note->collections);
    }
    return listed;
  };
  handles.locals.ForEachScope(
      [&](std::size_t depth, const ObjectPtr* first, const ObjectPtr* last) {
        for (; first != last; ++first) {
          add(HandleValue::Local(first), HandleKind::kLocal, *first).scope = depth;
        }
      });
  handles.persistents.ForEach(
      [&](HandleValue value, const ObjectPtr* slot) { add(value, HandleKind::kStrong, *slot); });
  handles.weaks.ForEachWithSize([&](HandleValue value, ObjectPtr referent, ByteCount external) {
    if (value.kind() == HandleKind::kExternal) return;  // Nobody has it.
    add(value, value.kind(), referent).external = external.value();
  });
  return list;
}

}  // namespace fart::inspect
