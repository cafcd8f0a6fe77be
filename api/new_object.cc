#include "api/new_object.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <new>

#include "heap/direct_state.h"
#include "heap/platform/off_heap.h"

namespace fart::api {
namespace {

// Words that are roots for as long as this lives.
class RootedWords {
 public:
  // Throws std::bad_alloc.
  RootedWords(DirectState& direct, const std::uint64_t* words, std::size_t count)
      : direct_(direct) {
    if (count > kSmall) many_.resize(kFrameWords + count);
    auto* const memory = count > kSmall ? many_.data() : small_.data();
    frame_ = new (memory) RootFrame;
    frame_->previous = direct.frames;
    frame_->count = count;
    if (count != 0) std::memcpy(memory + kFrameWords, words, count * sizeof *words);
    direct.frames = frame_;
  }
  ~RootedWords() { direct_.frames = frame_->previous; }
  RootedWords(const RootedWords&) = delete;
  RootedWords& operator=(const RootedWords&) = delete;

  const ObjectPtr* data() const { return frame_->slots(); }

 private:
  static constexpr std::size_t kFrameWords = sizeof(RootFrame) / sizeof(std::uint64_t);
  static constexpr std::size_t kSmall = 16;

  DirectState& direct_;
  RootFrame* frame_;
  std::array<std::uint64_t, kFrameWords + kSmall> small_;
  Vector<std::uint64_t> many_;
};

}  // namespace

FreshObject NewObject(Isolate& isolate, const WantedObject& wanted) {
  Mutator& mutator = isolate.mutator();
  const ShapeId id{wanted.shape};
  const auto count = static_cast<std::size_t>(wanted.count);
  const RootedWords init(mutator.direct(), wanted.init, count);
  const FreshObject fresh = mutator.Allocate(id, static_cast<std::size_t>(wanted.length));
  if (fresh.is_null()) return fresh;
  const NoSafepointScope quiet;
  const ObjectPtr object = fresh.Get(quiet);
  const Shape& shape = isolate.heap().shapes()[id];
  const std::size_t fixed = std::min<std::size_t>(count, shape.references());
  mutator.CopyIntoFresh(object, shape.References(object.address()), init.data(), fixed);
  if (count != fixed) {
    mutator.CopyIntoFresh(object, shape.VariableReferences(object.address()), init.data() + fixed,
                          count - fixed);
  }
  return fresh;
}

}  // namespace fart::api
