#include "vm/inspect/leak_report.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "vm/inspect/handle_list.h"
#include "vm/inspect/heap_graph.h"
#include "vm/inspect/one_line.h"
#include "vm/inspect/text_sink.h"

namespace fart::inspect {

namespace {

// What one row's handles are alike in.
struct Key {
  HandleKind kind;
  std::string label;
  std::string place;
  friend auto operator<=>(const Key&, const Key&) = default;
};

Key KeyOf(const ListedHandle& handle) {
  Key key{handle.kind, {}, {}};
  if (handle.note != nullptr && handle.note->label != nullptr) key.label = *handle.note->label;
  if (handle.note != nullptr && handle.note->place != nullptr) {
    key.place = PlaceText(*handle.note->place);
  }
  return key;
}

// What a group of roots is called whose handles are one row's (FindRootGroups). (VI-L1)
std::string GroupNameOf(const Key& key) {
  std::string name = std::string("(") + HandleKindText(key.kind) + "s";
  if (!key.label.empty()) name += " '" + key.label + "'";
  if (!key.place.empty()) name += " made at " + key.place;
  return name + ")";
}

std::string Plural(std::uint64_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string Indented(const std::string& lines) {
  std::string text;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    text += "      " + OneLine(std::string_view(lines).substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return text;
}

// Most bytes come first, then most of them. (VI-L1)
template <typename Row>
void Sort(std::vector<Row>& rows, std::uint64_t Row::*count) {
  std::stable_sort(rows.begin(), rows.end(), [count](const Row& a, const Row& b) {
    return std::tie(a.kept_bytes, a.*count) > std::tie(b.kept_bytes, b.*count);
  });
}

// Rows by place.
class HeldRows {
 public:
  explicit HeldRows(Isolate& isolate) : isolate_(isolate) {}

  // The row that one more belongs to. `note` may be null; `object`, null for none, is of its class.
  HeldRow& Add(const HandleNote* note, ObjectPtr object) {
    HeldRow& row = rows_[note == nullptr ? std::string() : PlaceText(*note->place)];
    const std::string name = object.IsHeapObject()
                                 ? ClassOrShapeName(isolate_, Header::At(object.address()).shape())
                                 : std::string();
    if (row.count++ == 0) {
      row.class_name = name;
      if (note != nullptr) {
        row.place = PlaceText(*note->place);
        row.stack = PlaceLines(*note->place);
      }
    }
    row.has_other_classes |= name != row.class_name;
    if (note != nullptr) {
      const std::uint64_t now = isolate_.statistics().totals().collections();
      row.oldest = std::max(row.oldest, static_cast<std::int64_t>(now - note->collections));
    }
    return row;
  }
  std::vector<HeldRow> Take() {
    std::vector<HeldRow> taken;
    for (auto& [place, row] : rows_) taken.push_back(std::move(row));
    Sort(taken, &HeldRow::count);
    return taken;
  }

 private:
  Isolate& isolate_;
  std::map<std::string, HeldRow> rows_;
};

// By group of roots: what it keeps.
using KeptByGroup = std::map<std::string, std::uint64_t>;

std::vector<HeldRow> FindAcquired(Isolate& isolate, const KeptByGroup& kept_by) {
  HeldRows rows(isolate);
  for (const PinTable::Entry& entry : isolate.heap().pins().entries()) {
    const HandleNote* const note =
        isolate.handles().notes.FindHeld(Held::kAcquired, entry.object.value());
    HeldRow& row = rows.Add(note, ObjectPtr::FromAddress(entry.object));
    const auto found = kept_by.find(AcquiredGroup(row.place));
    if (found != kept_by.end()) row.kept_bytes = found->second;
  }
  return rows.Take();
}

std::vector<HeldRow> FindPorts(Isolate& isolate, const HeapGraph& graph,
                               const std::vector<std::uint64_t>& kept) {
  std::map<PortId, ObjectPtr> handlers;
  isolate.program().VisitPorts(
      [&handlers](PortId port, ObjectPtr handler) { handlers.emplace(port, handler); });
  HeldRows rows(isolate);
  for (const PortId port : isolate.messages().PortsThatAreOpen()) {
    if (port == isolate.main_port()) continue;
    const auto known = handlers.find(port);
    const ObjectPtr handler = known == handlers.end() ? kNull : known->second;
    const HandleNote* const note =
        isolate.handles().notes.FindHeld(Held::kPort, static_cast<std::uint64_t>(port));
    HeldRow& row = rows.Add(note, handler);
    const Node node = handler.IsHeapObject() ? graph.Find(handler) : kNoNode;
    if (node != kNoNode) row.kept_bytes += kept[node];
  }
  return rows.Take();
}

void AppendHeld(std::string& text, const std::vector<HeldRow>& rows, const char* one,
                const char* many, const std::string& taken) {
  for (const HeldRow& row : rows) {
    text += "  " + std::to_string(row.count) + " " + (row.count == 1 ? one : many);
    if (!row.class_name.empty()) {
      text += ", " + std::to_string(row.kept_bytes) + " bytes kept by nothing else, of " +
              OneLine(row.class_name) + (row.has_other_classes ? " and others" : "");
    }
    if (row.oldest >= 0) {
      text += ", the oldest " + taken + " " +
              Plural(static_cast<std::uint64_t>(row.oldest), "collection") + " ago";
    }
    text += "\n";
    if (!row.place.empty())
      text += "    " + taken + " at " + OneLine(row.place) + "\n" + Indented(row.stack);
  }
}

}  // namespace

LeakReport MakeLeakReport(Isolate& isolate) {
  LeakReport report;
  report.isolate = isolate.name();
  std::map<Key, LeakRow> rows;
  for (const ListedHandle& handle : ListHandles(isolate)) {
    Key key = KeyOf(handle);
    LeakRow& row = rows[key];
    const std::string name = ClassOrShapeName(isolate, handle.shape);
    if (row.handles++ == 0) {
      row.kind = key.kind;
      row.label = key.label;
      row.place = key.place;
      row.class_name = name;
      if (handle.note != nullptr && handle.note->place != nullptr) {
        row.stack = PlaceLines(*handle.note->place);
      }
    }
    row.has_other_classes |= name != row.class_name;
    row.external_bytes += handle.external;
    row.oldest = std::max(row.oldest, handle.age);
  }
  const HeapGraph graph(isolate, HandleGroups::kByPlace);
  const std::vector<std::uint64_t> kept = graph.FindKept();
  KeptByGroup kept_by;
  for (std::size_t i = 0; i < graph.groups().size(); ++i) {
    kept_by[graph.texts()[graph.groups()[i].name]] += kept[graph.GroupNode(i)];
  }
  for (auto& [key, row] : rows) {
    const auto found = kept_by.find(GroupNameOf(key));
    if (found != kept_by.end()) row.kept_bytes = found->second;
    report.handles.push_back(std::move(row));
  }
  Sort(report.handles, &LeakRow::handles);
  report.acquired = FindAcquired(isolate, kept_by);
  report.ports = FindPorts(isolate, graph, kept);
  report.turns_noted = isolate.handles().notes.budget().noted();
  report.turns_left_out = isolate.handles().notes.budget().left_out();
  return report;
}

std::string LeakReportText(const LeakReport& report) {
  std::string text = "Open in isolate '" + OneLine(report.isolate) + "':\n";
  for (const LeakRow& row : report.handles) {
    text += "  " + Plural(row.handles, HandleKindText(row.kind));
    if (!row.label.empty()) text += " '" + OneLine(row.label) + "'";
    text += ", " + std::to_string(row.kept_bytes) + " bytes kept by nothing else, of " +
            OneLine(row.class_name) + (row.has_other_classes ? " and others" : "");
    if (row.external_bytes != 0) {
      text += ", " + std::to_string(row.external_bytes) + " external bytes";
    }
    if (row.oldest >= 0) {
      text += ", the oldest made " + Plural(static_cast<std::uint64_t>(row.oldest), "collection") +
              " ago";
    }
    text += "\n";
    if (!row.place.empty())
      text += "    made at " + OneLine(row.place) + "\n" + Indented(row.stack);
  }
  AppendHeld(text, report.acquired, "object whose data is acquired",
             "objects whose data is acquired", "acquired");
  AppendHeld(text, report.ports, "open port", "open ports", "opened");
  if (report.turns_left_out != 0) {
    text += "  noted where made: " + std::to_string(report.turns_noted) + " of the " +
            Plural(report.turns_noted + report.turns_left_out, "handle") +
            " whose turn it was, for all would have taken too long\n";
  }
  if (report.handles.empty() && report.acquired.empty() && report.ports.empty()) {
    text += "  nothing\n";
  }
  return text;
}

std::string LeakReportJson(const LeakReport& report) {
  std::string text;
  TextSink sink([&text](const char* bytes, std::size_t length) {
    text.append(bytes, length);
    return true;
  });
  const auto add = [&sink](const char* name, std::uint64_t number) {
    sink.Add(name);
    sink.AddNumber(number);
  };
  const auto quote = [&sink](const char* name, const std::string& value) {
    sink.Add(name);
    sink.AddQuoted(value);
  };
  quote("{\"isolate\":", report.isolate);
  const auto add_age = [&sink](std::int64_t collections) {
    sink.Add(",\"oldest_in_collections\":");
    if (collections < 0) {
      sink.Add("null");
    } else {
      sink.AddNumber(static_cast<std::uint64_t>(collections));
    }
  };
  sink.Add(",\n\"handles\":[");
  bool is_first = true;
  for (const LeakRow& row : report.handles) {
    sink.Add(is_first ? "\n" : ",\n");
    is_first = false;
    quote("{\"kind\":", HandleKindText(row.kind));
    quote(",\"label\":", row.label);
    quote(",\"place\":", row.place);
    quote(",\"stack\":", row.stack);
    quote(",\"class\":", row.class_name);
    sink.Add(row.has_other_classes ? ",\"other_classes\":true" : ",\"other_classes\":false");
    add(",\"handles\":", row.handles);
    add(",\"kept_bytes\":", row.kept_bytes);
    add(",\"external_bytes\":", row.external_bytes);
    add_age(row.oldest);
    sink.Add('}');
  }
  sink.Add("]");
  const auto add_held = [&](const char* name, const char* counted,
                            const std::vector<HeldRow>& rows) {
    sink.Add(name);
    bool is_first_row = true;
    for (const HeldRow& row : rows) {
      quote(std::exchange(is_first_row, false) ? "\n{\"place\":" : ",\n{\"place\":", row.place);
      quote(",\"stack\":", row.stack);
      quote(",\"class\":", row.class_name);
      sink.Add(row.has_other_classes ? ",\"other_classes\":true" : ",\"other_classes\":false");
      add(counted, row.count);
      add(",\"kept_bytes\":", row.kept_bytes);
      add_age(row.oldest);
      sink.Add('}');
    }
    sink.Add("]");
  };
  add_held(",\n\"acquired\":[", ",\"objects\":", report.acquired);
  add_held(",\n\"ports\":[", ",\"ports\":", report.ports);
  sink.Add(",\n\"native_memory\":[");
  is_first = true;
  for (const NativeRow& row : report.native) {
    add(std::exchange(is_first, false) ? "\n{\"blocks\":" : ",\n{\"blocks\":", row.blocks);
    add(",\"bytes\":", row.bytes);
    quote(",\"stack\":", row.stack);
    sink.Add('}');
  }
  add("],\n\"turns_noted\":", report.turns_noted);
  add(",\n\"turns_left_out\":", report.turns_left_out);
  sink.Add("}\n");
  sink.Flush();
  return text;
}

}  // namespace fart::inspect
