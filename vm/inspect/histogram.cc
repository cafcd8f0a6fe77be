#include "vm/inspect/histogram.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>

#include "vm/inspect/one_line.h"

namespace fart::inspect {

ShapeCount HistogramRow::Total() const {
  ShapeCount total;
  for (const ShapeCount& space : spaces) {
    total.objects += space.objects;
    total.bytes += space.bytes;
  }
  return total;
}

Histogram Histogram::Take(Isolate& isolate) {
  Histogram taken;
  const ShapeTable& shapes = isolate.heap().shapes();
  taken.rows_.resize(shapes.size());
  isolate.mutator().RetireArea();
  isolate.gc().Settle();
  ForEachRegion(isolate.heap(), [&](RegionIndex index, HeapSpace space) {
    ForEachObjectIn(isolate.heap(), index, [&](Address, Header header, ByteCount size) {
      ShapeCount& count = taken.rows_[static_cast<std::uint32_t>(header.shape())]
                              .spaces[static_cast<std::size_t>(space)];
      ++count.objects;
      count.bytes += static_cast<std::int64_t>(size.value());
    });
  });
  for (std::uint32_t id = ShapeTable::kFirstFree; id < shapes.size(); ++id) {
    taken.rows_[id].shape = shapes[ShapeId{id}].name();
    taken.rows_[id].class_name = isolate.program().ClassNameOf(ShapeId{id});
  }
  return taken;
}

std::vector<HistogramRow> Histogram::Rows(const Histogram* since) const {
  std::vector<HistogramRow> rows;
  for (std::size_t id = 0; id < rows_.size(); ++id) {
    HistogramRow row = rows_[id];
    bool says_something = false;
    for (std::size_t space = 0; space < kHeapSpaces; ++space) {
      ShapeCount& count = row.spaces[space];
      if (since != nullptr && id < since->rows_.size()) {
        count.objects -= since->rows_[id].spaces[space].objects;
        count.bytes -= since->rows_[id].spaces[space].bytes;
      }
      says_something |= count.objects != 0 || count.bytes != 0;
    }
    if (says_something) rows.push_back(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const HistogramRow& a, const HistogramRow& b) {
    return std::llabs(a.Total().bytes) > std::llabs(b.Total().bytes);
  });
  return rows;
}

std::string HistogramText(const std::vector<HistogramRow>& rows) {
  std::string text;
  const auto add = [&text](const ShapeCount& all, const auto& spaces, const std::string& name) {
    char line[160];
    std::snprintf(line, sizeof line,
                  "%12" PRId64 " %14" PRId64 " %14" PRId64 " %14" PRId64 " %14" PRId64 "  ",
                  all.objects, all.bytes, spaces[0].bytes, spaces[1].bytes, spaces[2].bytes);
    text += line + OneLine(name) + "\n";
  };
  char line[160];
  std::snprintf(line, sizeof line, "%12s %14s %14s %14s %14s  %s\n", "objects", "bytes", "new",
                "old", "large", "class");
  text += line;
  HistogramRow sum;
  for (const HistogramRow& row : rows) {
    const bool same = row.class_name.empty() || row.class_name == row.shape;
    add(row.Total(), row.spaces, same ? row.shape : row.class_name + " (" + row.shape + ")");
    for (std::size_t space = 0; space < kHeapSpaces; ++space) {
      sum.spaces[space].objects += row.spaces[space].objects;
      sum.spaces[space].bytes += row.spaces[space].bytes;
    }
  }
  add(sum.Total(), sum.spaces, "in all");
  return text;
}

}  // namespace fart::inspect
