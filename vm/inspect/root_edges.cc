#include "vm/inspect/root_edges.h"

#include <map>

#include "vm/platform/native_stack.h"

namespace fart::inspect {

namespace {

// Those in the file of the house that lie innermost are left out, if there are others.
std::vector<std::string> FramesOf(const HandlePlace& place) {
  std::vector<std::string> frames;
  std::size_t house = 0;
  bool is_inside = true;
  for (const std::uintptr_t frame : place.frames) {
    bool is_own = false;
    frames.push_back(NativeFrameText(frame, &is_own));
    is_inside = is_inside && is_own;
    if (is_inside) ++house;
  }
  if (house < frames.size())
    frames.erase(frames.begin(), frames.begin() + static_cast<long>(house));
  return frames;
}

}  // namespace

std::string PlaceText(const HandlePlace& place) {
  if (!place.text.empty()) return place.text.substr(0, place.text.find('\n'));
  const std::vector<std::string> frames = FramesOf(place);
  return frames.empty() ? std::string() : frames.front();
}

std::string PlaceLines(const HandlePlace& place) {
  std::string lines = place.text;
  if (!lines.empty() && lines.back() != '\n') lines += '\n';
  for (const std::string& frame : FramesOf(place)) lines += frame + "\n";
  return lines;
}

const char* HandleKindText(HandleKind kind) {
  switch (kind) {
    case HandleKind::kStrong:
      return "persistent handle";
    case HandleKind::kWeak:
      return "weak handle";
    case HandleKind::kFinalizable:
      return "finalizable handle";
    case HandleKind::kExternal:
      return "external memory";
    case HandleKind::kLocal:
    case HandleKind::kCheckedLocal:
      return "local handle";
    case HandleKind::kImmortal:
    case HandleKind::kErrorText:
      return "constant";
  }
  FART_UNREACHABLE();
}

std::string HandleText(const Isolate& isolate, HandleKind kind, const HandleNote* note) {
  std::string text = std::string("(") + HandleKindText(kind);
  if (note != nullptr && note->label != nullptr) text += " '" + *note->label + "'";
  if (note != nullptr && note->place != nullptr) {
    const std::uint64_t age = isolate.statistics().totals().collections() - note->collections;
    text += " " + PlaceText(*note->place) + ", " + std::to_string(age) +
            (age == 1 ? " collection old" : " collections old");
  }
  return text + ")";
}

std::string LocalHandleText(const Isolate& isolate, std::size_t depth, const HandleNote* note,
                            const HandleNote* scope_note) {
  std::string text = "scope " + std::to_string(depth);
  if (scope_note != nullptr && scope_note->place != nullptr) {
    text += ", opened at " + PlaceText(*scope_note->place);
  }
  if (note == nullptr) return text;
  return HandleText(isolate, HandleKind::kLocal, note) + " in " + text;
}

std::string AcquiredGroup(const std::string& place) {
  return "(data that is acquired" + (place.empty() ? "" : " at " + place) + ")";
}

namespace {

// Roots that are no handles.
class OtherRoots final : public SlotVisitor {
 public:
  OtherRoots(Isolate& isolate, Texts& texts, std::vector<RootGroup>& groups)
      : isolate_(isolate), texts_(texts), groups_(groups) {
    isolate.program().VisitStatics(
        [this](const ObjectPtr* slot, const std::string& name) { statics_[slot] = name; });
  }

  void VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) override {
    for (; first != last; ++first) {
      if (first->IsHeapObject()) Add(kind, first);
    }
  }

 private:
  void Add(RootKind kind, const ObjectPtr* slot) {
    switch (kind) {
      case RootKind::kLocalHandle:
      case RootKind::kPersistentHandle:
      case RootKind::kWeakHandle:
        return;  // By name, elsewhere.
      case RootKind::kStack:
        return AddElement("(stack of the program)", slot);
      case RootKind::kConstant: {
        const auto known = statics_.find(slot);
        if (known == statics_.end()) return AddElement("(constants)", slot);
        return AddNamed("(static variables)", known->second, slot);
      }
      case RootKind::kHost:
        return AddNamed("(roots of the host)", isolate_.host_roots().NameOf(slot), slot);
      case RootKind::kOther:
        return AddElement("(other roots)", slot);
    }
  }
  RootGroup& Group(const char* name) {
    const std::uint32_t number = texts_.NumberOf(name);
    const auto [place, is_new] = group_of_.try_emplace(number, groups_.size());
    if (is_new) groups_.push_back({number, {}});
    return groups_[place->second];
  }
  void AddElement(const char* name, const ObjectPtr* slot) {
    RootGroup& group = Group(name);
    group.edges.push_back(
        {EdgeKind::kElement, static_cast<std::uint32_t>(group.edges.size()), *slot});
  }
  void AddNamed(const char* group, const std::string& name, const ObjectPtr* slot) {
    if (name.empty()) return AddElement(group, slot);
    Group(group).edges.push_back({EdgeKind::kProperty, texts_.NumberOf(name), *slot});
  }

  Isolate& isolate_;
  Texts& texts_;
  std::vector<RootGroup>& groups_;
  std::map<std::uint32_t, std::size_t> group_of_;
  std::unordered_map<const ObjectPtr*, std::string> statics_;
};

// A handle's text, made once for all that are alike.
class HandleNames {
 public:
  struct Names {
    std::uint32_t edge;
    std::uint32_t group;
  };

  HandleNames(const Isolate& isolate, Texts& texts, HandleGroups groups)
      : isolate_(isolate), texts_(texts), groups_(groups) {}

  const Names& Find(HandleValue value) {
    const HandleNote* const note = isolate_.handles().notes.Find(value);
    return Find(KeyOf(value.kind(), note), note, nullptr);
  }
  const Names& FindLocal(std::size_t depth, const HandleNote* note, const HandleNote* scope_note) {
    Key key = KeyOf(HandleKind::kLocal, note);
    key.depth = depth;
    return Find(key, note, scope_note);
  }

 private:
  struct Key {
    HandleKind kind;
    const HandlePlace* place;
    const std::string* label;
    std::uint64_t collections;
    std::size_t depth;  // of a local one's scope
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  static Key KeyOf(HandleKind kind, const HandleNote* note) {
    if (note == nullptr) return {kind, nullptr, nullptr, 0, 0};
    return {kind, note->place, note->label, note->collections, 0};
  }
  const Names& Find(const Key& key, const HandleNote* note, const HandleNote* scope_note) {
    const auto known = names_.find(key);
    if (known != names_.end()) return known->second;
    std::string group = std::string("(") + HandleKindText(key.kind) + "s";
    if (groups_ == HandleGroups::kByPlace && note != nullptr) {
      if (note->label != nullptr) group += " '" + *note->label + "'";
      if (note->place != nullptr) group += " made at " + PlaceText(*note->place);
    }
    const std::string edge = key.kind == HandleKind::kLocal
                                 ? LocalHandleText(isolate_, key.depth, note, scope_note)
                                 : HandleText(isolate_, key.kind, note);
    const Names made{texts_.NumberOf(edge), texts_.NumberOf(group + ")")};
    return names_.emplace(key, made).first->second;
  }

  const Isolate& isolate_;
  Texts& texts_;
  const HandleGroups groups_;
  std::map<Key, Names> names_;
};

}  // namespace

std::vector<RootGroup> FindRootGroups(Isolate& isolate, Texts& texts, HandleGroups groups) {
  std::vector<RootGroup> found;
  std::map<std::uint32_t, std::size_t> group_of;
  const auto add = [&](std::uint32_t group, const Edge& edge) {
    if (!edge.target.IsHeapObject()) return;
    const auto [place, is_new] = group_of.try_emplace(group, found.size());
    if (is_new) found.push_back({group, {}});
    found[place->second].edges.push_back(edge);
  };
  HandleTables& handles = isolate.handles();
  HandleNames names(isolate, texts, groups);
  handles.persistents.ForEach([&](HandleValue value, const ObjectPtr* slot) {
    const HandleNames::Names& name = names.Find(value);
    add(name.group, {EdgeKind::kProperty, name.edge, *slot});
  });
  const LocalHandles& locals = handles.locals;
  locals.ForEachScope([&](std::size_t depth, const ObjectPtr* first, const ObjectPtr* last) {
    const HandleNote* const scope_note = depth == 0 ? nullptr : locals.NoteOfScope(first);
    for (; first != last; ++first) {
      const HandleNames::Names& name = names.FindLocal(depth, locals.NoteOf(first), scope_note);
      add(name.group, {EdgeKind::kProperty, name.edge, *first});
    }
  });
  handles.weaks.ForEachWithSize([&](HandleValue value, ObjectPtr referent, ByteCount) {
    if (value.kind() == HandleKind::kExternal) return;  // Nobody has it.
    const HandleNames::Names& name = names.Find(value);
    add(name.group, {EdgeKind::kWeak, name.edge, referent});
  });
  for (const PinTable::Entry& entry : isolate.heap().pins().entries()) {
    const HandleNote* const note =
        isolate.handles().notes.FindHeld(Held::kAcquired, entry.object.value());
    const std::string place = note == nullptr ? "" : PlaceText(*note->place);
    add(texts.NumberOf(AcquiredGroup(groups == HandleGroups::kByPlace ? place : "")),
        {EdgeKind::kInternal, texts.NumberOf(place.empty() ? "pinned" : "pinned at " + place),
         ObjectPtr::FromAddress(entry.object)});
  }
  OtherRoots others(isolate, texts, found);
  isolate.gc().VisitRoots(others);
  return found;
}

}  // namespace fart::inspect
