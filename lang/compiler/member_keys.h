// MemberKeys -- what members are looked up by: kind and name, interned.
//
// Keys may be made on top of others that never change any more: the same name then has the same key
// in all of them.
//
// Invariants
//   LC-K1 one     two keys are the same object iff kind and name are the same.
//   LC-K2 shared  what belongs to the keys below is read only.
//   LC-K5 used    a key stays as long as somebody says that it is in use.

#ifndef FART_LANG_COMPILER_MEMBER_KEYS_H_
#define FART_LANG_COMPILER_MEMBER_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "lang/compiler/compiled_library.h"

namespace fart::lang {

struct MemberKey {
  MemberKind kind;
  Name name;
  // The other two of the same name.
  const MemberKey* method = nullptr;
  const MemberKey* getter = nullptr;
  const MemberKey* setter = nullptr;
  std::uint32_t hash = 0;
};

class MemberKeys {
 public:
  // `base` may be null, and lives as long. (LC-K2)
  explicit MemberKeys(const MemberKeys* base) : base_(base) {}
  MemberKeys(const MemberKeys&) = delete;
  MemberKeys& operator=(const MemberKeys&) = delete;

  // The keys of one name.
  struct Three {
    MemberKey method, getter, setter;

    [[nodiscard]] const MemberKey* Of(MemberKind kind) const;
    // `serial` tells the hashes of different names apart.
    void Fill(const Name& name, std::uint32_t serial);
  };

  const MemberKey* Of(MemberKind kind, const Name& name);
  // Whether a key of this name was made: no class that has been looked into has such a member else.
  [[nodiscard]] bool Has(const Name& name) const { return Find(name) != nullptr; }
  // Ends the keys of all names but those whose `method` key is in `used`. Those below stay. (LC-K5)
  void KeepOnly(const std::unordered_set<const MemberKey*>& used) noexcept {
    std::erase_if(keys_, [&used](const auto& key) { return !used.contains(&key.second.method); });
  }
  // Those of the keys below included.
  [[nodiscard]] std::size_t size() const {
    return keys_.size() + (base_ == nullptr ? 0 : base_->size());
  }

 private:
  struct NameHash {
    std::size_t operator()(const Name& name) const {
      return std::hash<std::string>()(name.text) + static_cast<std::size_t>(name.library) * 31;
    }
  };
  // Null: there is none.
  [[nodiscard]] const Three* Find(const Name& name) const;

  const MemberKeys* const base_;
  std::unordered_map<Name, Three, NameHash> keys_;  // Whose values stay where they are.
  std::uint32_t made_ = 0;  // Also those that have ended: tells hashes apart.
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_MEMBER_KEYS_H_
