#include "vm/inspect/edges.h"

#include "heap/base/safepoint.h"
#include "vm/inspect/handle_list.h"
#include "vm/memory/core_shapes.h"
#include "vm/values/big_integers.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"

namespace fart::inspect {

std::uint32_t Texts::NumberOf(std::string_view text) {
  const auto [place, is_new] = numbers_.try_emplace(std::string(text), size());
  if (is_new) texts_.push_back(&place->first);
  return place->second;
}

std::string EdgeText(Isolate& isolate, const Edge& edge, const Texts& texts) {
  if (edge.has_key) return KeyText(isolate, edge.key);
  switch (edge.kind) {
    case EdgeKind::kElement:
      return "[" + std::to_string(edge.name) + "]";
    case EdgeKind::kProperty:
      return "." + texts[edge.name];
    case EdgeKind::kContext:
    case EdgeKind::kInternal:
      return " " + texts[edge.name];
    case EdgeKind::kWeak:
      return " weak " + texts[edge.name];
  }
  FART_UNREACHABLE();
}

namespace {

// What the machine itself keeps in the references of core objects; null: their number says enough.
const char* NameOfCore(ShapeKind kind, std::uint32_t reference) {
  static constexpr const char* kError[] = {"message", "exception", "stack trace"};
  static constexpr const char* kTrace[] = {"frames", "text"};
  static constexpr const char* kBound[] = {"function", "receiver"};
  switch (kind) {
    case ShapeKind::kGrowableList:
      return "elements";
    case ShapeKind::kError:
      return reference < 3 ? kError[reference] : nullptr;
    case ShapeKind::kStackTrace:
      return reference < 2 ? kTrace[reference] : nullptr;
    case ShapeKind::kTypedData:
    case ShapeKind::kByteBuffer:
      return "data";
    case ShapeKind::kCell:
      return "value";
    case ShapeKind::kClosure:
      return reference < 2 ? kBound[reference] : nullptr;
    default:
      return nullptr;
  }
}

}  // namespace

namespace {

// Whole characters of UTF-8.
std::string Shortened(std::string text) {
  constexpr std::size_t kMost = 100;
  if (text.size() <= kMost) return text;
  std::size_t end = kMost;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

}  // namespace

std::string KeyText(Isolate& isolate, ObjectPtr key) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  if (key == kNull) return "[null]";
  if (IsBool(key)) return key == kTrue ? "[true]" : "[false]";
  switch (isolate.shapes().KindOf(key)) {
    case ShapeKind::kSmi:
    case ShapeKind::kMint:
      return "[" + IntegerToText(key, 10, quiet) + "]";
    case ShapeKind::kDouble:
      return "[" + DoubleToText(DoubleValue(key, quiet)) + "]";
    case ShapeKind::kString:
      return "[\"" + Shortened(ToUtf8(key, quiet)) + "\"]";
    default:
      return "[" + ClassOrShapeName(isolate, ShapeIdOf(key)) + "]";
  }
}

std::span<const ObjectPtr> Edges::EntriesOf(Address map, const Shape& shape,
                                            std::uint32_t reference) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  const ObjectPtr list = shape.References(map)[reference];
  if (!list.IsHeapObject() || !IsBuiltInList(list)) return {};
  const ListElements elements = ElementsOf(list, quiet);
  return {elements.first, elements.length};
}

const Edges::Names& Edges::FindNames(ShapeId id) {
  const auto index = static_cast<std::size_t>(id);
  if (names_.size() <= index) names_.resize(isolate_.heap().shapes().size());
  Names names;
  const ShapeKind kind = isolate_.shapes()[id].kind;
  const Shape& shape = isolate_.heap().shapes()[id];
  names.are_captured = kind == ShapeKind::kClosure;
  names.kind = kind == ShapeKind::kInstance || kind == ShapeKind::kEmbedder ? EdgeKind::kProperty
                                                                            : EdgeKind::kInternal;
  names.weak = texts_.NumberOf("weak reference");
  names.map_entries = isolate_.program().MapEntriesOf(id).value_or(kNoReference);
  for (std::uint32_t i = 0; i < shape.references(); ++i) {
    std::string name = isolate_.program().FieldNameOf(id, i);
    if (const char* const core = NameOfCore(kind, i); name.empty() && core != nullptr) {
      name = core;
    }
    if (name.empty()) name = "reference " + std::to_string(i);
    names.references.push_back(texts_.NumberOf(name));
  }
  names.is_known = true;
  names_[index] = std::move(names);
  return names_[index];
}

const Edges::CapturedNames* Edges::CapturedNamesOf(ObjectPtr function) {
  if (!captured_are_known_) {
    isolate_.program().VisitClosureFunctions(
        [this](ObjectPtr each, const std::vector<std::string>& names) {
          CapturedNames& numbers = captured_[each.bits()];
          for (const std::string& name : names) numbers.push_back(texts_.NumberOf(name));
        });
    captured_are_known_ = true;
  }
  const auto found = captured_.find(function.bits());
  return found == captured_.end() ? nullptr : &found->second;
}

std::uint32_t Edges::CapturedName(const CapturedNames* names, std::uint32_t index) {
  if (names != nullptr && index < names->size()) return (*names)[index];
  while (numbered_.size() <= index) {
    numbered_.push_back(texts_.NumberOf("captured variable " + std::to_string(numbered_.size())));
  }
  return numbered_[index];
}

}  // namespace fart::inspect
