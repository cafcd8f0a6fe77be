// Members that extensions add: what is asked when a class has no answer, before `noSuchMethod`.
//
// Nothing is known of types before the program runs, so it is the receiver that decides, and the
// library of the calling code that says which extensions there are.

#include <algorithm>
#include <string>

#include "lang/interpreter/interpreter.h"

namespace fart::lang {
namespace {

// Functions of one shape differ in what they take, other instances in their type arguments alone.
bool IsDecidedByType(const ExtensionMember& member) {
  return member.on->kind != TypeRef::Kind::kFunction;
}
bool IsDecidedByShape(const ExtensionMember& member) {
  return IsDecidedByType(member) && member.on->arguments == nullptr;
}

}  // namespace

// A stub's is that of what called it.
LinkedLibrary* Interpreter::CallingLibrary() const {
  const Function* function = frame_.function;
  const ObjectPtr* fp = frame_.fp;
  while (function != nullptr && function->compiled == nullptr) {
    const ObjectPtr* const linkage = fp + function->slot_count;
    fp = FromWord<ObjectPtr>(linkage[1]);
    function = FromWord<Function>(linkage[2]);
  }
  return function == nullptr ? nullptr : function->library;
}

const ExtensionMember* Interpreter::MostSpecific(const std::vector<ExtensionMember>& members,
                                                 ObjectPtr receiver,
                                                 const ExtensionMember** other) {
  *other = nullptr;
  std::vector<const ExtensionMember*> fitting;
  for (const ExtensionMember& member : members) {
    if (IsInstance(receiver, member.on)) fitting.push_back(&member);
  }
  const auto is_within = [this](const ExtensionMember* a, const ExtensionMember* b) {
    return linker_.types().IsWithin(*a->on, *b->on);
  };
  for (const ExtensionMember* each : fitting) {
    const bool is_best = std::all_of(fitting.begin(), fitting.end(), [&](const auto* rival) {
      return rival == each || (is_within(each, rival) && !is_within(rival, each));
    });
    if (is_best) return each;
  }
  if (fitting.empty()) return nullptr;
  // nullptr is of every Pointer's type: whichever is asked says that it is null.
  const TypeArguments* const arguments = TypeArgumentsOf(receiver, NoSafepointScope());
  if (arguments != nullptr && arguments->types[0]->text == "Never") return fitting.front();
  // Two that nothing stands below: the first, and one that is not above it.
  const ExtensionMember* first = fitting.front();
  for (const ExtensionMember* each : fitting) {
    if (is_within(each, first) && !is_within(first, each)) first = each;
  }
  for (const ExtensionMember* each : fitting) {
    if (each != first && (!is_within(first, each) || is_within(each, first))) *other = each;
  }
  return first;
}

Interpreter::FoundExtension& Interpreter::FoundExtensionFor(const LinkedLibrary& library,
                                                            const MemberKey* key,
                                                            const TypeArguments* types) {
  if (found_extensions_.empty()) found_extensions_.resize(kFoundExtensions);
  const auto bits = [](const void* place) {
    return static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(place) >> 4);
  };
  return found_extensions_[(bits(&library) ^ key->hash ^ bits(types)) % kFoundExtensions];
}

bool Interpreter::SendElsewhere(const SelectorEntity& selector, std::uint32_t words,
                                InlineCache* cache, ShapeId shape) {
  LinkedLibrary* const library = CallingLibrary();
  if (library == nullptr || library->compiled->extensions.empty()) {
    return NoSuchMethod(selector, words);
  }
  const TypeArguments* types;
  {
    const NoSafepointScope quiet;
    types = TypeArgumentsOf(*(stack_.top() - words), quiet);
  }
  const bool is_method = selector.key->kind == MemberKind::kMethod;
  const FoundExtension& remembered = FoundExtensionFor(*library, selector.key, types);
  if (remembered.library == library && remembered.key == selector.key &&
      remembered.shape == shape && remembered.types == types) {
    Function* const function = remembered.function;
    if (!Bind(*function, words, selector.argument_names)) return NoSuchMethod(selector, words);
    if (is_method) Adapt(selector, words, function, shape, &types, cache);
    return Enter(function);
  }
  const MemberKey* key = selector.key;
  // A name that a host has made up: no extension has it.
  if (!linker_.keys().Has(key->name)) return NoSuchMethod(selector, words);
  const std::vector<ExtensionMember>* members = &linker_.ExtensionMembersOf(*library, key);
  const bool is_getter = key->kind == MemberKind::kGetter;
  const ObjectPtr receiver = *(stack_.top() - words);
  const ExtensionMember* other = nullptr;
  const ExtensionMember* found = MostSpecific(*members, receiver, &other);
  if (found == nullptr &&
      (is_method || is_getter)) {  // A getter that is called, a torn off method.
    members = &linker_.ExtensionMembersOf(*library, is_method ? key->getter : key->method);
    found = MostSpecific(*members, receiver, &other);
    if (found != nullptr && other == nullptr) {
      return is_method ? Enter(GetterCallStub(selector)) : TearOff(found->function);
    }
  }
  if (other != nullptr) {
    const std::string reason = "Both '" + found->extension->name.text + "' and '" +
                               other->extension->name.text + "' extend it by '" + key->name.text +
                               "', and neither is more specific.";
    stack_.SetTop(stack_.top() - (words - 1));
    if (!PushText(key->name.text)) return ThrowOutOfMemory();
    return CallHelperWithText(Helper::kAmbiguousExtension, reason);
  }
  if (found == nullptr) return NoSuchMethod(selector, words);
  Function* const function = found->function;
  if (!Bind(*function, words, selector.argument_names)) return NoSuchMethod(selector, words);
  const bool is_exact = function->is_simple && function->parameter_count == words;
  // Those of stubs that hosts' selectors have would outlive the library.
  const bool is_its_own = frame_.function->compiled != nullptr;
  if (cache != nullptr && is_exact && is_its_own &&
      std::all_of(members->begin(), members->end(), IsDecidedByShape)) {
    cache->second = cache->first;
    cache->first.shape = shape;
    cache->first.kind = CacheEntry::Kind::kFunction;
    cache->first.function = function;  // LK-X2
  } else if (std::all_of(members->begin(), members->end(), IsDecidedByType)) {
    FoundExtensionFor(*library, selector.key, types) = {library, selector.key, shape, types,
                                                        function};
    if (is_method) Adapt(selector, words, function, shape, &types, cache);
  }
  return Enter(function);
}

}  // namespace fart::lang
