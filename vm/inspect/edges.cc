#include "vm/inspect/edges.h"

#include "vm/memory/core_shapes.h"

namespace fart::inspect {

std::uint32_t Texts::NumberOf(std::string_view text) {
  const auto [place, is_new] = numbers_.try_emplace(std::string(text), size());
  if (is_new) texts_.push_back(&place->first);
  return place->second;
}

std::string EdgeText(const Edge& edge, const Texts& texts) {
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

std::uint32_t Edges::CapturedName(std::uint32_t index) {
  while (captured_.size() <= index) {
    captured_.push_back(texts_.NumberOf("captured variable " + std::to_string(captured_.size())));
  }
  return captured_[index];
}

}  // namespace fart::inspect
