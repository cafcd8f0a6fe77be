// What SlicedEvacuation says of who refers to its candidates, compared with all of old space.

#include <algorithm>
#include <string>

#include "gc/sliced_evacuation.h"
#include "gc/verifier.h"

namespace fart {
std::string SlicedEvacuation::Verify() const {
  if (is_idle()) {
    for (const RegionIndex index : heap_.old_regions()) {
      if (regions_.Record(index).candidate != 0) {
        return "G-V3 no holes: region " + std::to_string(index) + " is a candidate of nobody";
      }
    }
    return {};
  }
  if (std::string finding = VerifyHoles(); !finding.empty()) return finding;
  if (std::string finding = VerifyYoungLarge(); !finding.empty()) return finding;
  return is_moving() ? VerifySlots() : std::string();
}

std::string SlicedEvacuation::VerifyHoles() const {
  const OldAllocator& old = heap_.old_allocator();
  std::string finding;
  const auto check = [&](const Span& hole) {
    if (regions_.Record(regions_.IndexOf(hole.from)).candidate != 0) {
      finding = "G-V3 no holes: a candidate has a hole at " + Verifier::Hex(hole.from.value());
    }
  };
  for (const Span& hole : old.roomy_holes()) check(hole);
  old.small_holes().ForEach(check);
  if (!old.rest().from.is_null()) check(old.rest());
  ByteCount gaps;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (regions_.Record(candidates_[i].region).candidate == i + 1) gaps += candidates_[i].gaps;
  }
  if (finding.empty() && gaps != heap_.old_withdrawn()) {
    finding = "G-V3 no holes: candidates have " + std::to_string(gaps.value()) +
              " bytes in gaps, " + std::to_string(heap_.old_withdrawn().value()) + " are counted";
  }
  return finding;
}

std::string SlicedEvacuation::FindReference(Address holder,
                                            const Vector<std::uint64_t>* but) const {
  std::string finding;
  shapes_[Header::At(holder).shape()].VisitRuns(
      holder, [&](const ObjectPtr* first, const ObjectPtr* last) {
        for (; first != last; ++first) {
          if (!IsCandidate(*first)) continue;
          const std::uint64_t slot = Address::Of(first).value();
          if (but != nullptr && std::binary_search(but->begin(), but->end(), slot)) continue;
          finding = Verifier::Hex(holder.value()) + "+" +
                    std::to_string((Address::Of(first) - holder).value()) + " -> " +
                    Verifier::Hex(first->address().value());
        }
      });
  return finding;
}

std::string SlicedEvacuation::VerifyYoungLarge() const {
  std::string finding;
  const auto check = [&](Address object) {
    const std::string edge = FindReference(object, nullptr);
    if (!edge.empty()) finding = "G-V2 young: " + edge + " (a candidate), holder young and large";
  };
  for (const RegionIndex first : heap_.large().young_runs()) check(regions_.LargeAt(first));
  for (const RegionIndex index : heap_.large().shared()) {
    heap_.WalkRegion(index, [&](Address object, Header, ByteCount) { check(object); });
  }
  return finding;
}

std::string SlicedEvacuation::VerifySlots() const {
  Vector<std::uint64_t> recorded;
  std::string finding;
  for (const Candidate& candidate : candidates_) {
    for (const std::uint64_t slot : candidate.slots) {
      if (IsStale(slot)) continue;
      const Address where(slot & ~kInCandidate);
      if ((flags_.Of(where) & kOldSpace) == 0) {
        finding = "G-V4 slots: " + Verifier::Hex(where.value()) +
                  " is recorded and no slot of an old object";
      }
      recorded.push_back(where.value());
    }
  }
  std::sort(recorded.begin(), recorded.end());
  const auto check = [&](Address object) {
    if (Header::At(object).remembered()) return;
    const std::string edge = FindReference(object, &recorded);
    if (!edge.empty()) finding = "G-V1 recorded: " + edge + " (a candidate), slot not recorded";
  };
  for (const RegionIndex index : heap_.old_regions()) {
    heap_.WalkRegion(index, [&](Address object, Header, ByteCount) { check(object); });
  }
  for (const RegionIndex first : heap_.large().old_runs()) check(regions_.LargeAt(first));
  return finding;
}

}  // namespace fart
