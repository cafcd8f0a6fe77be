#include "lang/compiler/member_keys.h"

#include <utility>

#include "heap/base/check.h"

namespace fart::lang {

const MemberKeys::Three* MemberKeys::Find(const Name& name) const {
  const Three* const shared = base_ == nullptr ? nullptr : base_->Find(name);
  if (shared != nullptr) return shared;
  const auto found = keys_.find(name);
  return found == keys_.end() ? nullptr : found->second.get();
}

const MemberKey* MemberKeys::Of(MemberKind kind, const Name& name) {
  const Three* three = Find(name);
  if (three == nullptr) {
    auto made = std::make_unique<Three>();
    const auto serial = static_cast<std::uint32_t>(size()) + 1;
    const auto fill = [&](MemberKey* key, MemberKind key_kind, std::uint32_t which) {
      *key = {key_kind,      name,          &made->method,
              &made->getter, &made->setter, (serial * 4 + which) * 0x9E3779B1u};
    };
    fill(&made->method, MemberKind::kMethod, 0);
    fill(&made->getter, MemberKind::kGetter, 1);
    fill(&made->setter, MemberKind::kSetter, 2);
    three = made.get();
    keys_.emplace(name, std::move(made));
  }
  switch (kind) {
    case MemberKind::kMethod:
      return &three->method;
    case MemberKind::kGetter:
      return &three->getter;
    case MemberKind::kSetter:
      return &three->setter;
  }
  FART_UNREACHABLE();
}

}  // namespace fart::lang
