// Instructions that allocate or are rare.

#include <cstring>
#include <vector>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "vm/values/lists.h"
#include "vm/values/objects.h"
#include "vm/values/strings.h"
#include "vm/values/symbol_table.h"

namespace fart::lang {

bool Interpreter::NewCell(ObjectPtr* slot) {
  const FreshObject fresh = mutator().Allocate(linker_.cell_shape());
  if (fresh.is_null()) return ThrowOutOfMemory();
  const NoSafepointScope quiet;
  const ObjectPtr cell = fresh.Get(quiet);
  ObjectPtr* const value = stack_.top() - 1;
  mutator().InitField(cell, SlotAt(cell, kCellValueOffset, quiet), *value);
  *slot = cell;
  stack_.SetTop(value);
  return true;
}

bool Interpreter::CloneCell(ObjectPtr* slot) {
  const FreshObject fresh = mutator().Allocate(linker_.cell_shape());
  if (fresh.is_null()) return ThrowOutOfMemory();
  const NoSafepointScope quiet;
  const ObjectPtr cell = fresh.Get(quiet);
  mutator().InitField(cell, SlotAt(cell, kCellValueOffset, quiet),
                      *SlotAt(*slot, kCellValueOffset, quiet));
  *slot = cell;
  return true;
}

bool Interpreter::MakeClosure(Function* function, std::uint32_t captured) {
  const FreshObject fresh = mutator().Allocate(linker_.closure_shape(), captured);
  if (fresh.is_null()) return ThrowOutOfMemory();
  const NoSafepointScope quiet;
  const ObjectPtr closure = fresh.Get(quiet);
  mutator().StoreField(closure, SlotAt(closure, kClosureFunctionOffset, quiet), AsWord(function));
  mutator().CopyIntoFresh(closure, SlotAt(closure, kClosureCapturedOffset, quiet),
                          stack_.top() - captured, captured);
  Replace(captured, closure);
  return true;
}

bool Interpreter::AllocateInstance(Class* cls) {
  if (!linker_.RegisterInstanceShape(cls)) {
    return CallHelperWithText(Helper::kUnsupported, "class '" + cls->compiled->name.text +
                                                        "' has too many fields, or the program "
                                                        "too many classes");
  }
  return PushFresh(mutator().Allocate(cls->shape));
}

bool Interpreter::PushFresh(const FreshObject& fresh) {
  if (fresh.is_null()) return ThrowOutOfMemory();
  const NoSafepointScope quiet;
  stack_.Push(fresh.Get(quiet));
  return true;
}

bool Interpreter::ReplaceByFresh(std::uint32_t words, const FreshObject& fresh) {
  if (fresh.is_null()) return ThrowOutOfMemory();
  const NoSafepointScope quiet;
  Replace(words, fresh.Get(quiet));
  return true;
}

bool Interpreter::MakeList(std::uint32_t elements) {
  return ReplaceByFresh(elements, NewGrowableList(mutator(), stack_, Top(elements)));
}

bool Interpreter::AppendToList(std::uint32_t elements) {
  const Rooted list(stack_.top() - elements - 1);
  if (!GrowableListAddAll(mutator(), list, Top(elements))) return ThrowOutOfMemory();
  stack_.SetTop(stack_.top() - elements);
  return true;
}

bool Interpreter::Concatenate(std::uint32_t strings) {
  const Roots parts = Top(strings);
  for (std::uint32_t i = 0; i < strings; ++i) {
    if (!parts[i].IsHeapObject() || !IsString(*parts[i].slot())) {
      stack_.Push(*parts[i].slot());
      return CallHelperWithText(Helper::kArgumentError, "toString() must answer a string");
    }
  }
  bool is_too_long;
  {
    const NoSafepointScope quiet;
    is_too_long = IsTooLongToConcat(parts, quiet);
  }
  if (is_too_long) return ThrowOutOfMemory();
  return ReplaceByFresh(strings, ConcatStrings(mutator(), parts));
}

// ---- Static variables ---------------------------------------------------------------------------

bool Interpreter::LoadStatic(StaticEntity* variable) {
  // Discarded frames take nothing back: neither what stops an isolate nor an error of a host is
  // seen by the initialiser's handler.
  if (variable->is_initializing && IsRunning(*variable->initializer)) {
    return CallHelperWithText(Helper::kCyclicInitialization, variable->compiled->name.text);
  }
  if (variable->initializer != nullptr) {
    const bool goes_on = Enter(variable->initializer);
    // Not where it could not be entered: linking it failed, or the stack is too deep.
    variable->is_initializing = frame_.function == variable->initializer;
    return goes_on;
  }
  if (!linker_.InitialiseStatic(variable)) return ThrowOutOfMemory();
  stack_.Push(variable->value->value);
  return true;
}

namespace {

// Part of a constant object's hash. Constants are compared by identity, strings by content.
std::uint64_t HashPart(Mutator& mutator, ObjectPtr value, const NoSafepointScope& quiet) {
  return value.is_null() ? 0 : IdentityHashOf(mutator, value, quiet);
}

struct ConstantParts {
  ObjectPtr holder;
  ObjectPtr* first;
  std::size_t count;
};

}  // namespace

bool Interpreter::FinishOnce(StaticEntity* variable) {
  const TypeArguments* types = nullptr;  // Of a list.
  if (IsGrowableList(stack_.top()[-1])) {
    {
      const NoSafepointScope quiet;
      types = TypeArgumentsOf(stack_.top()[-1], quiet);
    }
    const FreshObject fixed = NewImmutableArray(mutator(), Rooted(stack_.top() - 1),
                                                types == nullptr ? kNull : AsWord(types));
    if (fixed.is_null()) return ThrowOutOfMemory();
    const NoSafepointScope quiet;
    stack_.top()[-1] = fixed.Get(quiet);
  }
  const NoSafepointScope quiet;
  const ObjectPtr object = stack_.top()[-1];
  const auto parts_of = [&](ObjectPtr constant) {
    if (IsImmutableArray(constant)) {
      const ListElements elements = ElementsOf(constant, quiet);
      return ConstantParts{elements.holder, elements.first, elements.length};
    }
    return ConstantParts{constant, SlotAt(constant, FieldOffset(0), quiet),
                         ClassOf(constant)->field_count};
  };
  RootTable& roots = isolate_.roots();
  const ShapeKind kind = isolate_.shapes().KindOf(object);
  if (kind != ShapeKind::kInstance && !IsImmutableArray(object)) {
    // A text that was computed is the literal of that text.
    if (IsString(object)) stack_.top()[-1] = isolate_.symbols().Intern(object, quiet);
    roots.Set(variable->value, stack_.top()[-1]);
    return true;
  }
  // Of instances the final fields only: what changes is no part of a constant (_ConstMap).
  std::vector<bool> counts;
  if (kind == ShapeKind::kInstance) {
    counts.resize(ClassOf(object)->field_count);
    for (const Class* cls = ClassOf(object); cls != nullptr; cls = cls->superclass) {
      for (std::size_t i = 0; i < cls->compiled->fields.size(); ++i) {
        counts[cls->first_field + i] = cls->compiled->fields[i].is_final;
      }
    }
    const int types_field = ClassOf(object)->table->types_field;
    if (types_field != ClassTable::kNoField) counts[static_cast<std::size_t>(types_field)] = true;
  }
  const auto does_count = [&counts](std::size_t i) { return counts.empty() || counts[i]; };
  const ConstantParts parts = parts_of(object);
  for (std::size_t i = 0; i < parts.count; ++i) {
    if (!does_count(i) || !IsString(parts.first[i])) continue;
    const ObjectPtr text = isolate_.symbols().Intern(parts.first[i], quiet);
    if (text != parts.first[i]) mutator().StoreField(parts.holder, parts.first + i, text);
  }
  std::uint64_t hash = static_cast<std::uint64_t>(ShapeIdOf(object));
  if (types != nullptr) hash = hash * 31 + types->number;
  for (std::size_t i = 0; i < parts.count; ++i) {
    if (does_count(i)) hash = hash * 31 + HashPart(mutator(), parts.first[i], quiet);
  }
  const auto [first, last] = canonical_.equal_range(hash);
  for (auto candidate = first; candidate != last; ++candidate) {
    const ObjectPtr other = candidate->second.slot->value;
    if (ShapeIdOf(other) != ShapeIdOf(object) || candidate->second.types != types) continue;
    const ConstantParts others = parts_of(other);
    bool is_same = others.count == parts.count;
    for (std::size_t i = 0; is_same && i < parts.count; ++i) {
      if (!does_count(i)) continue;
      is_same = AreIdentical(parts.first[i], others.first[i], quiet);
    }
    if (!is_same) continue;
    roots.Set(variable->value, other);
    stack_.top()[-1] = other;
    return true;
  }
  canonical_.emplace(hash, Canonical{variable->value, variable->library->edition, types});
  roots.Set(variable->value, object);
  return true;
}

}  // namespace fart::lang
