// The Lisp's own functions, and its beginning.

#ifndef FART_SAMPLES_LISP_BUILTINS_H_
#define FART_SAMPLES_LISP_BUILTINS_H_

#include <cstring>

#include "samples/lisp/lisp.h"

namespace lisp {

inline Ref<> Truth(bool value) { return Immediate(value ? kTrue : kFalse); }

inline std::int64_t IntegerOf(Ref<> value) {
  if (!value.is_smi()) throw Error("an integer is expected");
  return value.smi();
}
inline Ref<> IntegerFrom(bool overflows, std::int64_t value) {
  if (overflows || !IsSmiValue(value)) throw Error("an integer is too large");
  return Smi(value);
}

// A value that must be a T.
template <class T>
Ref<T> To(Ref<> value) FART_NO_COLLECTION {
  if (!value.is<T>()) throw Error(std::string("expected is a ") + T::kLayout.name);
  return value.as<T>();
}

// ---- Tables: open addressing, at most half full.

// Where a key is or would be.
inline std::size_t PlaceOf(Ref<Entries> entries, Ref<> key) FART_NO_COLLECTION {
  const std::size_t last = entries->all.size() / 2 - 1;
  std::size_t i = (key.is_smi() ? key.bits() * 0x9E3779B97F4A7C15 >> 32 : key.hash()) & last;
  while (entries->all[2 * i] != key && entries->all[2 * i] != Immediate(kNothing)) i = (i + 1) & last;
  return 2 * i;
}

inline Ref<Entries> NewEntries(std::size_t places) FART_COLLECTS {
  const Ref<Entries> entries = NewOfLength<Entries>(2 * places);
  const NoCollect quiet;
  for (std::size_t i = 0; i < places; ++i) entries->all[2 * i] = Immediate(kNothing);
  return entries;
}

inline void Grow(Ref<Table> table) FART_COLLECTS {
  const Root<Table> root(table);
  const Ref<Entries> grown = NewEntries(root->entries->all.size());
  const NoCollect quiet;
  const Ref<Entries> old = root->entries;
  for (std::size_t i = 0; i < old->all.size(); i += 2) {
    if (old->all[i] == Immediate(kNothing)) continue;
    const std::size_t place = PlaceOf(grown, old->all[i]);
    grown->all[place] = old->all[i];
    grown->all[place + 1] = old->all[i + 1];
  }
  root->entries = grown;
}

inline void Put(Ref<Table> table, Ref<> key, Ref<> value) FART_COLLECTS {
  RootsOf<Table, Any, Any> roots(table, key, value);
  auto& [in, k, v] = roots;
  if (in->count * 4 >= in->entries->all.size()) Grow(in);
  const NoCollect quiet;
  const Ref<Entries> entries = in->entries;
  const std::size_t place = PlaceOf(entries, k);
  if (entries->all[place] != k) in->count = in->count + 1;
  entries->all[place] = k;
  entries->all[place + 1] = v;
}

// ---- All of them

inline constexpr Function kFunctions[] = {
    {"+", 2, 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) {
       std::int64_t sum = 0;
       return IntegerFrom(__builtin_add_overflow(IntegerOf(a), IntegerOf(b), &sum), sum);
     }},
    {"-", 2, 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) {
       std::int64_t difference = 0;
       return IntegerFrom(__builtin_sub_overflow(IntegerOf(a), IntegerOf(b), &difference),
                          difference);
     }},
    {"*", 2, 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) {
       std::int64_t product = 0;
       return IntegerFrom(__builtin_mul_overflow(IntegerOf(a), IntegerOf(b), &product), product);
     }},
    {"quotient", 2, 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) {
       if (IntegerOf(b) == 0) throw Error("division by zero");
       return IntegerFrom(false, IntegerOf(a) / IntegerOf(b));
     }},
    {"remainder", 2, 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) {
       if (IntegerOf(b) == 0) throw Error("division by zero");
       return IntegerFrom(false, IntegerOf(a) % IntegerOf(b));
     }},
    {"<", 2, 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) { return Truth(IntegerOf(a) < IntegerOf(b)); }},
    {"=", 2, 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) { return Truth(IntegerOf(a) == IntegerOf(b)); }},
    {"eq?", 2, 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) { return Truth(a == b); }},
    {"not", 1, 1, [](Lisp&, Ref<> a, Ref<>, Ref<>) { return Truth(!IsTrue(a)); }},
    {"null?", 1, 1, [](Lisp&, Ref<> a, Ref<>, Ref<>) { return Truth(a.is_null()); }},
    {"pair?", 1, 1, [](Lisp&, Ref<> a, Ref<>, Ref<>) {
       const NoCollect quiet;
       return Truth(a.is<Pair>());
     }},
    {"cons", 2, 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) FART_COLLECTS -> Ref<> { return New<Pair>(a, b); }},
    {"car", 1, 1, [](Lisp&, Ref<> a, Ref<>, Ref<>) -> Ref<> {
       const NoCollect quiet;
       return To<Pair>(a)->car;
     }},
    {"cdr", 1, 1, [](Lisp&, Ref<> a, Ref<>, Ref<>) -> Ref<> {
       const NoCollect quiet;
       return To<Pair>(a)->cdr;
     }},
    {"set-car!", 2, 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) -> Ref<> {
       const NoCollect quiet;
       To<Pair>(a)->car = b;
       return nullptr;
     }},
    {"set-cdr!", 2, 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) -> Ref<> {
       const NoCollect quiet;
       To<Pair>(a)->cdr = b;
       return nullptr;
     }},
    {"string-append", 2, 2, [](Lisp& lisp, Ref<> a, Ref<> b, Ref<>) FART_COLLECTS -> Ref<> {
       std::string text;
       {
         const NoCollect quiet;
         text = TextOf(To<String>(a)) + TextOf(To<String>(b));
       }
       return lisp.NewString(text);
     }},
    {"string-length", 1, 1, [](Lisp&, Ref<> a, Ref<>, Ref<>) {
       const NoCollect quiet;
       return Smi(static_cast<std::int64_t>(To<String>(a)->text.size()));
     }},
    {"string=?", 2, 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) {
       const NoCollect quiet;
       return Truth(TextOf(To<String>(a)) == TextOf(To<String>(b)));
     }},
    {"string->symbol", 1, 1, [](Lisp& lisp, Ref<> a, Ref<>, Ref<>) FART_COLLECTS -> Ref<> {
       std::string name;
       {
         const NoCollect quiet;
         name = TextOf(To<String>(a));
       }
       return lisp.Intern(name);
     }},
    {"->string", 1, 1, [](Lisp& lisp, Ref<> a, Ref<>, Ref<>) FART_COLLECTS -> Ref<> {
       std::string text;
       {
         const NoCollect quiet;
         lisp.Print(a, &text);
       }
       return lisp.NewString(text);
     }},
    {"make-table", 0, 0, [](Lisp&, Ref<>, Ref<>, Ref<>) FART_COLLECTS -> Ref<> {
       const Ref<Entries> entries = NewEntries(8);
       return New<Table>(entries);
     }},
    {"table-get", 3, 3, [](Lisp&, Ref<> a, Ref<> b, Ref<> c) -> Ref<> {
       const NoCollect quiet;
       const Ref<Entries> entries = To<Table>(a)->entries;
       const std::size_t place = PlaceOf(entries, b);
       return entries->all[place] == b ? entries->all[place + 1] : c;
     }},
    {"table-put!", 3, 3, [](Lisp&, Ref<> a, Ref<> b, Ref<> c) FART_COLLECTS -> Ref<> {
       {
         const NoCollect quiet;
         To<Table>(a);
       }
       Put(a.as<Table>(), b, c);
       return nullptr;
     }},
    {"table-count", 1, 1, [](Lisp&, Ref<> a, Ref<>, Ref<>) {
       const NoCollect quiet;
       return Smi(static_cast<std::int64_t>(To<Table>(a)->count.get()));
     }},
    {"display", 1, 1, [](Lisp& lisp, Ref<> a, Ref<>, Ref<>) -> Ref<> {
       const NoCollect quiet;
       std::string text;
       lisp.Print(a, &text);
       lisp.Write(text + "\n");
       return nullptr;
     }},
    {"error", 1, 1, [](Lisp& lisp, Ref<> a, Ref<>, Ref<>) -> Ref<> {
       const NoCollect quiet;
       std::string text;
       lisp.Print(a, &text);
       throw Error(text);
     }},
};

inline Lisp::Lisp(std::FILE* output, std::size_t stack_size)
    : output_(output),
      stack_end_(reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) - stack_size) {
  for (unsigned form = kQuote; form < kSpecials; ++form) {
    const Root<Symbol> symbol(Intern(kSpecialNames[form]));
    symbol->value = Immediate(form);
  }
  for (const Function& function : kFunctions) {
    const Root<Symbol> symbol(Intern(function.name));
    const Root<Builtin> builtin(New<Builtin>());
    builtin->function = &function;
    symbol->value = builtin;
  }
}

inline void Lisp::Define(const char* name, std::int64_t value) {
  const Root<Symbol> symbol(Intern(name));
  symbol->value = IntegerFrom(false, value);
}

}  // namespace lisp

#endif  // FART_SAMPLES_LISP_BUILTINS_H_
