#include "vm/inspect/leak_report.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <tuple>

#include "vm/inspect/handle_list.h"
#include "vm/inspect/heap_graph.h"
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
    text += "      " + lines.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return text;
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
  std::map<std::string, std::uint64_t> kept_by;
  for (std::size_t i = 0; i < graph.groups().size(); ++i) {
    kept_by[graph.texts()[graph.groups()[i].name]] += kept[graph.GroupNode(i)];
  }
  for (auto& [key, row] : rows) {
    const auto found = kept_by.find(GroupNameOf(key));
    if (found != kept_by.end()) row.kept_bytes = found->second;
    report.handles.push_back(std::move(row));
  }
  std::stable_sort(report.handles.begin(), report.handles.end(),
                   [](const LeakRow& a, const LeakRow& b) {
                     return std::tie(a.kept_bytes, a.handles) > std::tie(b.kept_bytes, b.handles);
                   });
  for (const PinTable::Entry& entry : isolate.heap().pins().entries()) {
    ++report.acquired;
    report.acquired_bytes += isolate.heap().regions().SizeOf(entry.object).value();
  }
  const std::size_t ports = isolate.messages().open_ports();
  report.ports = ports == 0 ? 0 : ports - 1;
  report.turns_noted = isolate.handles().notes.budget().noted();
  report.turns_left_out = isolate.handles().notes.budget().left_out();
  return report;
}

std::string LeakReportText(const LeakReport& report) {
  std::string text = "Open in isolate '" + report.isolate + "':\n";
  for (const LeakRow& row : report.handles) {
    text += "  " + Plural(row.handles, HandleKindText(row.kind));
    if (!row.label.empty()) text += " '" + row.label + "'";
    text += ", " + std::to_string(row.kept_bytes) + " bytes kept by nothing else, of " +
            row.class_name + (row.has_other_classes ? " and others" : "");
    if (row.external_bytes != 0) {
      text += ", " + std::to_string(row.external_bytes) + " external bytes";
    }
    if (row.oldest >= 0) {
      text += ", the oldest made " + Plural(static_cast<std::uint64_t>(row.oldest), "collection") +
              " ago";
    }
    text += "\n";
    if (!row.place.empty()) text += "    made at " + row.place + "\n" + Indented(row.stack);
  }
  if (report.acquired != 0) {
    text += "  " + Plural(report.acquired, "object") + " whose data is acquired, " +
            std::to_string(report.acquired_bytes) + " bytes\n";
  }
  if (report.ports != 0) text += "  " + Plural(report.ports, "port") + "\n";
  if (report.turns_left_out != 0) {
    text += "  noted where made: " + std::to_string(report.turns_noted) + " of the " +
            Plural(report.turns_noted + report.turns_left_out, "handle") +
            " whose turn it was, for all would have taken too long\n";
  }
  if (report.handles.empty() && report.acquired == 0 && report.ports == 0) text += "  nothing\n";
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
    sink.Add(",\"oldest_in_collections\":");
    if (row.oldest < 0) {
      sink.Add("null");
    } else {
      sink.AddNumber(static_cast<std::uint64_t>(row.oldest));
    }
    sink.Add('}');
  }
  add("],\n\"acquired_objects\":", report.acquired);
  add(",\n\"acquired_bytes\":", report.acquired_bytes);
  add(",\n\"ports\":", report.ports);
  add(",\n\"turns_noted\":", report.turns_noted);
  add(",\n\"turns_left_out\":", report.turns_left_out);
  sink.Add("}\n");
  sink.Flush();
  return text;
}

}  // namespace fart::inspect
