#include "vm/inspect/heap_snapshot.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "heap/base/safepoint.h"
#include "vm/inspect/edges.h"
#include "vm/inspect/heap_walk.h"
#include "vm/inspect/object_numbers.h"
#include "vm/inspect/root_edges.h"
#include "vm/values/big_integers.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"

namespace fart::inspect {

namespace {

// Numbers of the format's node_types.
enum class NodeType : std::uint8_t {
  kHidden = 0,
  kArray = 1,
  kString = 2,
  kObject = 3,
  kClosure = 5,
  kNumber = 7,
  kNative = 8,
  kSynthetic = 9,
  kBigInt = 13,
};

constexpr const char* kMeta =
    R"({"node_fields":["type","name","id","self_size","edge_count","trace_node_id","detachedness"],)"
    R"("node_types":[["hidden","array","string","object","code","closure","regexp","number",)"
    R"("native","synthetic","concatenated string","sliced string","symbol","bigint",)"
    R"("object shape"],"string","number","number","number","number","number"],)"
    R"("edge_fields":["type","name_or_index","to_node"],)"
    R"("edge_types":[["context","element","property","internal","hidden","shortcut","weak"],)"
    R"("string_or_number","node"],)"
    R"("trace_function_info_fields":["function_id","name","script_name","script_id","line",)"
    R"("column"],"trace_node_fields":["id","function_info_index","count","size","children"],)"
    R"("sample_fields":["timestamp_us","last_assigned_id"],)"
    R"("location_fields":["object_index","script_id","line","column"]})";
constexpr std::uint64_t kNodeFields = 7;
constexpr std::size_t kMostUnits = 500;  // of a string

// What the format says of a node of the host's.
enum class Detachedness : std::uint8_t { kUnknown = 0, kAttached = 1, kDetached = 2 };

// What is outside of the heap: memory of one watcher, or an owner whose object has died and whose
// finalizer has not run.
struct External {
  std::uint64_t bytes;
  std::uint32_t name;
  Detachedness detachedness = Detachedness::kAttached;
};

class Writer {
 public:
  Writer(Isolate& isolate, const TextSink::Receiver& receiver, const Progress& progress)
      : isolate_(isolate),
        heap_(isolate.heap()),
        progress_(progress),
        sink_(receiver),
        edges_(isolate, texts_),
        groups_(FindRootGroups(isolate, texts_, HandleGroups::kByKind)),
        numbers_(isolate.heap()) {}

  bool Run() {
    FindExternals();
    Count();
    if (IsGivenUp()) return false;
    sink_.Add("{\"snapshot\":{\"meta\":");
    sink_.Add(kMeta);
    sink_.Add(",\"node_count\":");
    sink_.AddNumber(FirstExternal() + externals_.size());
    sink_.Add(",\"edge_count\":");
    sink_.AddNumber(edge_count_);
    sink_.Add(",\"trace_function_count\":0},\n\"nodes\":[");
    AddNodes();
    sink_.Add("],\n\"edges\":[");
    AddEdges();
    sink_.Add(
        "],\n\"trace_function_infos\":[],\n\"trace_tree\":[],\n\"samples\":[],\n"
        "\"locations\":[],\n\"strings\":[");
    AddStrings();
    sink_.Add("]}\n");
    return sink_.Flush() && !IsGivenUp();
  }

 private:
  struct ShapeNode {
    NodeType type;
    bool has_own_name;  // of each object: its value
    std::uint32_t name;
  };

  std::uint64_t FirstObject() const { return 1 + groups_.size(); }
  std::uint64_t FirstExternal() const { return FirstObject() + numbers_.count(); }

  void FindExternals() {
    isolate_.handles().weaks.ForEachWithSize(
        [this](HandleValue value, ObjectPtr referent, ByteCount size) {
          if (size.is_zero() || !referent.IsHeapObject()) return;
          externals_of_[referent.bits()].push_back(externals_.size());
          const std::string name =
              value.kind() == HandleKind::kExternal
                  ? std::string("external memory")
                  : "external memory of " +
                        HandleText(isolate_, value.kind(), isolate_.handles().notes.Find(value));
          externals_.push_back({size.value(), texts_.NumberOf(name)});
        });
    isolate_.handles().weaks.ForEachDead([this](HandleValue value) {
      if (value.kind() != HandleKind::kFinalizable && value.kind() != HandleKind::kWeak) return;
      const std::string name =
          "owner of a dead object by " +
          HandleText(isolate_, value.kind(), isolate_.handles().notes.Find(value));
      // Its slot is all that the heap knows of; and DevTools do not list what has no size.
      externals_.push_back({sizeof(WeakSlot), texts_.NumberOf(name), Detachedness::kDetached});
      ++detached_;
    });
  }

  // All texts that have numbers are known afterwards.
  void Count() {
    root_name_ = texts_.NumberOf("");
    external_edge_ = texts_.NumberOf("external");
    for (std::uint32_t id = 0; id < heap_.shapes().size(); ++id) {
      shapes_.push_back(NodeOf(ShapeId{id}));
    }
    edge_count_ = groups_.size() + externals_.size();
    for (const RootGroup& group : groups_) edge_count_ += group.edges.size();
    WalkAll([this](Address object, Header header, ByteCount) {
      edges_.ForEach(object, header.shape(), [this](const Edge& edge) {
        ++edge_count_;
        has_keys_ = has_keys_ || edge.has_key;
      });
    });
  }

  ShapeNode NodeOf(ShapeId id) {
    const ShapeKind kind = isolate_.shapes()[id].kind;
    std::string name = isolate_.program().ClassNameOf(id);
    if (name.empty()) name = heap_.shapes()[id].name();
    const std::uint32_t text = texts_.NumberOf(name);
    switch (kind) {
      case ShapeKind::kString:
        return {NodeType::kString, true, text};
      case ShapeKind::kDouble:
      case ShapeKind::kMint:
        return {NodeType::kNumber, true, text};
      case ShapeKind::kBigInteger:
        return {NodeType::kBigInt, false, text};
      case ShapeKind::kArray:
        return {NodeType::kArray, false, text};
      case ShapeKind::kClosure:
        return {NodeType::kClosure, false, text};
      case ShapeKind::kNone:
      case ShapeKind::kContext:
      case ShapeKind::kLibrary:
        return {NodeType::kHidden, false, text};
      default:
        return {NodeType::kObject, false, text};
    }
  }

  void AddNode(NodeType type, std::uint64_t name, std::uint64_t size, std::uint64_t edges,
               Detachedness detachedness = Detachedness::kUnknown) {
    if (node_ != 0) sink_.Add(",\n");
    sink_.AddNumber(static_cast<std::uint64_t>(type));
    sink_.Add(',');
    sink_.AddNumber(name);
    sink_.Add(',');
    sink_.AddNumber(2 * node_++ + 1);
    sink_.Add(',');
    sink_.AddNumber(size);
    sink_.Add(',');
    sink_.AddNumber(edges);
    sink_.Add(",0,");
    sink_.AddNumber(static_cast<std::uint64_t>(detachedness));
  }

  void AddNodes() {
    AddNode(NodeType::kSynthetic, root_name_, 0, groups_.size() + detached_);
    for (const RootGroup& group : groups_) {
      AddNode(NodeType::kSynthetic, group.name, 0, group.edges.size());
    }
    next_name_ = texts_.size();
    WalkAll([&](Address object, Header header, ByteCount size) {
      const ShapeNode& node = shapes_[static_cast<std::size_t>(header.shape())];
      std::uint64_t edges = 0;
      edges_.ForEach(object, header.shape(), [&edges](const Edge&) { ++edges; });
      if (const auto* const own = ExternalsOf(object)) edges += own->size();
      AddNode(node.type, node.has_own_name ? next_name_++ : node.name, size.value(), edges);
    });
    for (const External& external : externals_) {
      AddNode(NodeType::kNative, external.name, external.bytes, 0, external.detachedness);
    }
  }

  const std::vector<std::size_t>* ExternalsOf(Address object) const {
    if (externals_of_.empty()) return nullptr;
    const auto found = externals_of_.find(ObjectPtr::FromAddress(object).bits());
    return found == externals_of_.end() ? nullptr : &found->second;
  }

  void AddEdge(EdgeKind kind, std::uint64_t name, std::uint64_t to_node) {
    if (has_edge_) sink_.Add(",\n");
    has_edge_ = true;
    sink_.AddNumber(static_cast<std::uint64_t>(kind));
    sink_.Add(',');
    sink_.AddNumber(name);
    sink_.Add(',');
    sink_.AddNumber(to_node * kNodeFields);  // VI-S2
  }
  void AddEdge(const Edge& edge) {
    AddEdge(edge.kind, edge.has_key ? next_name_++ : edge.name,
            FirstObject() + numbers_.Of(edge.target.address()));
  }

  void AddEdges() {
    for (std::size_t i = 0; i < groups_.size(); ++i) AddEdge(EdgeKind::kElement, i, 1 + i);
    // They are the last ones.
    const std::size_t attached = externals_.size() - detached_;
    for (std::size_t i = 0; i < detached_; ++i) {
      AddEdge(EdgeKind::kElement, groups_.size() + i, FirstExternal() + attached + i);
    }
    for (const RootGroup& group : groups_) {
      for (const Edge& edge : group.edges) AddEdge(edge);
    }
    WalkAll([this](Address object, Header header, ByteCount) {
      edges_.ForEach(object, header.shape(), [this](const Edge& edge) { AddEdge(edge); });
      const auto* const own = ExternalsOf(object);
      if (own == nullptr) return;
      for (const std::size_t external : *own) {
        AddEdge(EdgeKind::kInternal, external_edge_, FirstExternal() + external);
      }
    });
  }

  void AddStrings() {
    for (std::uint32_t i = 0; i < texts_.size(); ++i) {
      if (i != 0) sink_.Add(",\n");
      sink_.AddQuoted(texts_[i]);
    }
    WalkAll([this](Address object, Header header, ByteCount) {
      if (!shapes_[static_cast<std::size_t>(header.shape())].has_own_name) return;
      sink_.Add(",\n\"");
      AddValue(ObjectPtr::FromAddress(object));
      sink_.Add('"');
    });
    if (!has_keys_) return;
    WalkAll([this](Address object, Header header, ByteCount) {
      edges_.ForEach(object, header.shape(), [this](const Edge& edge) {
        if (!edge.has_key) return;
        sink_.Add(",\n");
        sink_.AddQuoted(KeyText(isolate_, edge.key));
      });
    });
  }

  void AddValue(ObjectPtr object) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    switch (isolate_.shapes().KindOf(object)) {
      case ShapeKind::kDouble:
        return sink_.Add(DoubleToText(DoubleValue(object, quiet)));
      case ShapeKind::kMint:
        return sink_.Add(IntegerToText(object, 10, quiet));
      default:
        break;
    }
    if (IsLatin1String(object)) {
      const auto units = Latin1Units(object, quiet);
      for (const std::uint8_t unit : units.first(std::min(units.size(), kMostUnits))) {
        sink_.AddUnit(unit);
      }
    } else {
      const auto units = Utf16Units(object, quiet);
      for (const char16_t unit : units.first(std::min(units.size(), kMostUnits))) {
        sink_.AddUnit(unit);
      }
    }
  }

  bool IsGivenUp() const { return is_given_up_ || !sink_.is_wanted(); }

  template <typename Visit>
  void WalkAll(Visit&& visit) {
    const std::uint64_t walks = has_keys_ ? 5 : 4;
    std::uint64_t regions = 0;  // not those in which a large object only goes on
    ForEachRegion(heap_, [&regions](RegionIndex, HeapSpace) { ++regions; });
    std::uint64_t done = walks_++ * regions;
    ForEachRegion(heap_, [&](RegionIndex index, HeapSpace) {
      if (IsGivenUp()) return;
      ForEachObjectIn(heap_, index, visit);
      if (!progress_(++done, std::max(done, walks * regions))) is_given_up_ = true;
    });
  }

  Isolate& isolate_;
  Heap& heap_;
  const Progress& progress_;
  TextSink sink_;
  Texts texts_;
  Edges edges_;
  const std::vector<RootGroup> groups_;
  const ObjectNumbers numbers_;
  std::vector<ShapeNode> shapes_;
  std::vector<External> externals_;
  std::size_t detached_ = 0;  // of externals_, which they end
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> externals_of_;  // by object
  std::uint32_t root_name_ = 0;
  std::uint32_t external_edge_ = 0;
  std::uint64_t edge_count_ = 0;
  std::uint64_t node_ = 0;
  std::uint64_t walks_ = 0;
  std::uint64_t next_name_ = 0;  // of the texts behind those that are known beforehand
  bool has_keys_ = false;        // maps' edges have such texts too, behind those of objects
  bool has_edge_ = false;
  bool is_given_up_ = false;
};

// A new file with that name, so that isolates that end at once, whose flag is the same, write into
// one each, and the last one stays. What is no file, or must not be removed, is written as it is.
// Null: errno says why.
std::FILE* OpenAnew(const std::string& path) {
  namespace files = std::filesystem;
  constexpr int kTurns = 100;  // as many others may have made one in between
  files::file_status found(files::file_type::not_found);
  for (int turn = 0; turn < kTurns; ++turn) {
    std::FILE* const file = std::fopen(path.c_str(), "wbx");
    std::error_code error;
    if (file != nullptr) {
      // Who may read the one before may read this one.
      if (files::is_regular_file(found)) files::permissions(path, found.permissions(), error);
      return file;
    }
    if (errno != EEXIST) break;
    const files::file_status other = files::symlink_status(path, error);
    if (other.type() == files::file_type::not_found) continue;
    if (!files::is_regular_file(other)) break;
    found = other;
    files::remove(path, error);
    if (error) break;
  }
  return std::fopen(path.c_str(), "wb");
}

}  // namespace

bool WriteHeapSnapshot(Isolate& isolate, const TextSink::Receiver& receiver,
                       const Progress& progress) {
  isolate.mutator().RetireArea();
  isolate.gc().Settle();
  return Writer(isolate, receiver, progress).Run();
}

bool WriteHeapSnapshotFile(Isolate& isolate, const std::string& path, std::string* error) {
  std::FILE* const file = OpenAnew(path);
  if (file == nullptr) {
    *error = "cannot write '" + path + "': " + std::strerror(errno) + ".";
    return false;
  }
  int failed = 0;
  const auto write = [file, &failed](const char* bytes, std::size_t length) {
    errno = 0;
    if (std::fwrite(bytes, 1, length, file) != length) failed = errno != 0 ? errno : EIO;
    return failed == 0;
  };
  bool is_written = false;
  try {
    is_written =
        WriteHeapSnapshot(isolate, write, [](std::uint64_t, std::uint64_t) { return true; });
  } catch (...) {
    std::fclose(file);
    throw;
  }
  if (std::fclose(file) != 0 && failed == 0) failed = errno;
  if (!is_written || failed != 0) {
    *error = "cannot write '" + path + "': " + std::strerror(failed) + ".";
    return false;
  }
  return true;
}

}  // namespace fart::inspect
