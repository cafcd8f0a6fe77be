#include "vm/places.h"

#include <string>
#include <string_view>
#include <utility>

#include "vm/isolate.h"

namespace fart {

const HandlePlace* Places::FindPlaceBehind(const void* entry,
                                           std::span<const void* const> beginnings,
                                           HandleNotes& notes) {
  StackMemo::Walk& walk = stacks_.Take(entry, beginnings);
  std::string text;
  if (isolate_.has_program()) text = isolate_.program().StackText(StackMemo::kMostFrames);
  const auto* place = static_cast<const HandlePlace*>(walk.said);
  if (place == nullptr || place->text != text) {
    const auto taken = walk.taken();
    place = notes.KeepPlace({std::move(text), {taken.begin(), taken.end()}});
    walk.said = place;
  }
  return place;
}

const HandlePlace* Places::FindLine(const char* file, int line, HandleNotes& notes) {
  Line& said = lines_[(reinterpret_cast<std::uintptr_t>(file) ^ static_cast<unsigned>(line)) %
                      lines_.size()];
  if (said.place != nullptr && said.file == file && said.line == line) {
    // What is at an address may have changed; a colon ends it.
    const std::string_view text = said.place->text;
    const std::string_view name(file);
    if (text.starts_with(name) && text.find_last_of(':') == name.size()) return said.place;
  }
  said = {file, line, notes.KeepPlace({std::string(file) + ":" + std::to_string(line), {}})};
  return said.place;
}

std::uint64_t Places::Collections() const { return isolate_.statistics().totals().collections(); }

}  // namespace fart
