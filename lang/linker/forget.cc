// How entities end.

#include <algorithm>
#include <string>
#include <unordered_set>
#include <variant>
#include <vector>

#include "heap/base/check.h"
#include "lang/linker/linker.h"

namespace fart::lang {

// Of all libraries, and stubs.
template <typename Visit>
void Linker::ForEachFunction(Visit&& visit) const {
  const auto visit_stub = [&visit](const SelectorEntity& selector) {
    if (selector.getter_call_stub != nullptr) visit(*selector.getter_call_stub);
  };
  const auto visit_function = [&](Function& function) {
    visit(function);
    for (const auto& selector : function.selectors) visit_stub(*selector);
  };
  for (const auto& library : libraries_) {
    if (library == nullptr) continue;
    for (const auto& function : library->functions) {
      if (function != nullptr) visit_function(*function);
    }
    for (const auto& cls : library->classes) {
      if (cls == nullptr) continue;
      for (const auto& [place, function] : cls->mixed_in) visit_function(*function);
    }
  }
  for (const Selectors* const selectors : {&simple_selectors_, &call_selectors_, &getters_}) {
    for (const auto& [name, selector] : *selectors) visit_stub(*selector);
  }
}

// What is needed is made beforehand; then Run cannot fail. ForgetTypes comes between.
class Linker::Forgetting {
 public:
  Forgetting(Linker& linker, const std::vector<Edition*>& editions, bool is_running)
      : linker_(linker),
        ends_(linker.libraries_.size()),
        shape_ends_(linker.isolate_.shapes().size()) {
    for (const Edition* const edition : editions) {
      for (const int number : edition->libraries) NoteLibrary(number);
    }
    NoteKeys();
    if (is_running) NoteKeysOfHosts();
    if (linker.isolate_.flags().gc.verify_heap) CheckNobodyNames();
  }

  // The last that may fail, before anything is changed.
  void ForgetTypes() {
    linker_.types_.Forget([this](const Class& cls) { return Ends(&cls); });
  }

  void Run() noexcept {
    ForgetInCaches();
    ForgetSelectors(linker_.simple_selectors_);
    ForgetSelectors(linker_.getters_);
    ForgetExtensionMembers();
    for (const int number : numbers_) {
      if (LinkedLibrary* const library = Find(number)) {
        for (const auto& cls : library->classes) ReleaseShape(cls.get());
        linker_.libraries_[static_cast<std::size_t>(number)].reset();
      }
      linker_.source_.class_tables().Forget(number);
    }
    linker_.keys_.KeepOnly(used_);  // LC-K5
  }

 private:
  bool Ends(int library) const {
    const auto number = static_cast<std::size_t>(library);
    return number < ends_.size() && ends_[number];
  }
  bool Ends(const Class* cls) const { return cls != nullptr && Ends(cls->ref.library); }
  bool Ends(const Function& function) const {
    if (function.owner != nullptr) return Ends(function.owner);
    return function.library != nullptr && Ends(function.library->compiled->number);
  }
  // Null: nothing of it was needed.
  LinkedLibrary* Find(int number) const {
    const auto index = static_cast<std::size_t>(number);
    return index < linker_.libraries_.size() ? linker_.libraries_[index].get() : nullptr;
  }

  void NoteLibrary(int number) {
    numbers_.push_back(number);
    const auto index = static_cast<std::size_t>(number);
    if (index >= ends_.size()) ends_.resize(index + 1);
    ends_[index] = true;
    const LinkedLibrary* const library = Find(number);
    if (library == nullptr) return;
    for (const auto& cls : library->classes) {
      if (cls != nullptr) shape_ends_[static_cast<std::size_t>(cls->shape)] = true;
    }
  }

  // Those that the entities which stay look members up by.
  void NoteKeys() {
    const auto note = [this](const MemberKey* key) { used_.insert(key->method); };
    note(linker_.call_key_);
    for (const SelectorEntity* const selector : linker_.operator_selectors_) {
      if (selector != nullptr) note(selector->key);
    }
    linker_.ForEachFunction([&](const Function& function) {
      if (Ends(function)) return;
      for (const auto& selector : function.selectors) note(selector->key);
    });
    linker_.source_.class_tables().ForEachKey([&](int library, const MemberKey* key) {
      if (!Ends(library)) note(key);
    });
  }

  void NoteKeysOfHosts() {
    for (const Selectors* const selectors : {&linker_.simple_selectors_, &linker_.getters_}) {
      for (const auto& [name, selector] : *selectors) used_.insert(selector->key->method);
    }
  }

  bool EndsIn(const TypeRef& type) const {
    return (type.kind == TypeRef::Kind::kClass && Ends(type.cls.library)) ||
           std::any_of(type.arguments.begin(), type.arguments.end(),
                       [this](const TypeRef& part) { return EndsIn(part); });
  }

  // LK-X5
  void CheckNobodyNames() const {
    const auto ends = [this](const PoolConstant& constant) {
      if (const auto* function = std::get_if<FunctionRef>(&constant))
        return Ends(function->library);
      if (const auto* cls = std::get_if<ClassRef>(&constant)) return Ends(cls->library);
      if (const auto* variable = std::get_if<StaticRef>(&constant)) return Ends(variable->library);
      if (const auto* call = std::get_if<StaticCall>(&constant))
        return Ends(call->function.library);
      const auto* const type = std::get_if<TypeRef>(&constant);
      return type != nullptr && EndsIn(*type);
    };
    const auto ends_in_calls = [this](const CompiledCallTypes* calls) {
      return calls != nullptr && std::any_of(calls->types.begin(), calls->types.end(),
                                             [this](const TypeRef& type) { return EndsIn(type); });
    };
    linker_.ForEachFunction([&](const Function& function) {
      if (function.compiled == nullptr || Ends(function)) return;
      const std::vector<PoolConstant>& constants = function.compiled->constants;
      if (Ends(function.library->compiled->number) ||
          ((function.entry == Entry::kCode || function.entry == Entry::kQuick) &&
           (std::any_of(constants.begin(), constants.end(), ends) ||
            ends_in_calls(function.compiled->call_types.get())))) {
        const std::string text =
            "verify forget: LK-X5 inside: " + function.compiled->qualified_name +
            " names what ends before it";
        FatalError(text.c_str());
      }
    });
  }

  // What is remembered for a shape leads to functions of its class's edition, or to those of
  // libraries that stay. What came of type arguments, and of words, is found out again.
  void ForgetInCaches() {
    const auto forget = [this](CacheEntry* entry) {
      if (shape_ends_[static_cast<std::size_t>(entry->shape)]) *entry = CacheEntry();
    };
    linker_.ForEachFunction([&](Function& function) {
      for (const auto& selector : function.selectors) {
        if (selector->adapter != nullptr) selector->adapter->shape = ShapeTable::kInvalid;
      }
      for (std::uint32_t i = 0; i < function.cache_count; ++i) {
        forget(&function.caches[i].first);
        forget(&function.caches[i].second);
      }
      if (function.call_types == nullptr) return;
      for (std::size_t i = 0; i < function.compiled->call_types->calls.size(); ++i) {
        function.call_types[i].callee = nullptr;
      }
    });
  }

  // Hosts call members by name: those that only the ending libraries had.
  void ForgetSelectors(Selectors& selectors) {
    std::erase_if(selectors, [this](const auto& selector) {
      return !used_.contains(selector.second->key->method);
    });
  }

  // By keys that end. What libraries that stay have found are functions that stay.
  void ForgetExtensionMembers() {
    for (const auto& library : linker_.libraries_) {
      if (library == nullptr) continue;
      std::erase_if(library->extension_members,
                    [this](const auto& found) { return !used_.contains(found.first->method); });
    }
  }

  void ReleaseShape(const Class* cls) {
    if (cls == nullptr || cls->shape == ShapeTable::kInvalid) return;
    linker_.isolate_.shapes().Release(cls->shape);
  }

  Linker& linker_;
  std::vector<int> numbers_;
  std::vector<bool> ends_;        // by library
  std::vector<bool> shape_ends_;  // by id; kInvalid's entries hold nothing
  std::unordered_set<const MemberKey*> used_;
};

void Linker::Forget(const std::vector<Edition*>& editions, bool is_running) {
  Forgetting forgetting(*this, editions, is_running);
  forgetting.ForgetTypes();
  forgetting.Run();
}

}  // namespace fart::lang
