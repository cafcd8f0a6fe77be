#include "lang/compiler/member_keys.h"

#include <utility>

#include "heap/base/check.h"

namespace fart::lang {

const MemberKeys::Three* MemberKeys::Find(const Name& name) const {
  const Three* const shared = base_ == nullptr ? nullptr : base_->Find(name);
  if (shared != nullptr) return shared;
  const auto found = keys_.find(name);
  return found == keys_.end() ? nullptr : &found->second;
}

const MemberKey* MemberKeys::Of(MemberKind kind, const Name& name) {
  const Three* const shared = base_ == nullptr ? nullptr : base_->Find(name);
  if (shared != nullptr) return shared->Of(kind);
  const auto [place, is_new] = keys_.try_emplace(name);
  if (is_new) {
    try {
      const auto below = static_cast<std::uint32_t>(base_ == nullptr ? 0 : base_->size());
      place->second.Fill(name, below + ++made_);
    } catch (...) {
      keys_.erase(place);
      throw;
    }
  }
  return place->second.Of(kind);
}

void MemberKeys::Three::Fill(const Name& name, std::uint32_t serial) {
  const auto fill = [&](MemberKey* key, MemberKind kind, std::uint32_t which) {
    *key = {kind, name, &method, &getter, &setter, (serial * 4 + which) * 0x9E3779B1u};
  };
  fill(&method, MemberKind::kMethod, 0);
  fill(&getter, MemberKind::kGetter, 1);
  fill(&setter, MemberKind::kSetter, 2);
}

const MemberKey* MemberKeys::Three::Of(MemberKind kind) const {
  switch (kind) {
    case MemberKind::kMethod:
      return &method;
    case MemberKind::kGetter:
      return &getter;
    case MemberKind::kSetter:
      return &setter;
  }
  FART_UNREACHABLE();
}

}  // namespace fart::lang
