// What the Lisp has besides its language: reading, printing, functions of its own.

#ifndef FART_SAMPLES_LISP_LIBRARY_H_
#define FART_SAMPLES_LISP_LIBRARY_H_

#include <algorithm>
#include <charconv>
#include <cstring>

#include "samples/lisp/lisp.h"

namespace lisp {

// ---- Reading

class Reader {
 public:
  Reader(Lisp& lisp, std::string_view text) : lisp_(lisp), rest_(text) {}

  // Skips what separates; whether there is nothing more.
  bool IsAtEnd() {
    for (; !rest_.empty(); rest_.remove_prefix(1)) {
      if (rest_[0] == ';') rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size() - 1));
      if (!IsSpace(rest_[0])) return rest_[0] == ';';
    }
    return true;
  }

  Ref<> Read() FART_COLLECTS {
    lisp_.CheckStack();
    if (Takes('(')) return ReadList();
    if (Takes('"')) return ReadString();
    if (Takes('\'')) {
      Root<> quoted(Read());
      quoted = New<Pair>(quoted, nullptr);
      const Ref<Symbol> quote = lisp_.Intern("quote");
      return New<Pair>(quote, quoted);
    }
    return ReadAtom();
  }

 private:
  static bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

  bool Takes(char wanted) {
    if (IsAtEnd()) throw Error("the text ends too early");
    if (rest_[0] != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Up to its end.
  Ref<> ReadList() FART_COLLECTS {
    RootsOf<Pair, Pair> roots;
    auto& [first, last] = roots;
    while (!Takes(')')) {
      const Ref<> element = Read();
      const Ref<Pair> pair = New<Pair>(element, nullptr);
      if (first.is_null()) first = pair;
      if (!last.is_null()) last->cdr = pair;
      last = pair;
    }
    return first;
  }

  Ref<> ReadString() FART_COLLECTS {
    const std::size_t end = rest_.find('"');
    if (end == std::string_view::npos) throw Error("a string does not end");
    const std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return lisp_.NewString(text);
  }

  Ref<> ReadAtom() FART_COLLECTS {
    const std::string_view text = rest_.substr(0, rest_.find_first_of(" \n\t\r();\"'"));
    if (text.empty()) throw Error("a parenthesis too many");
    rest_.remove_prefix(text.size());
    if (text == "#f" || text == "#t") return Immediate(text == "#t" ? kTrue : kFalse);
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    const std::from_chars_result number = std::from_chars(text.data(), end, value);
    if (number.ec == std::errc::invalid_argument || number.ptr != end) return lisp_.Intern(text);
    if (number.ec != std::errc() || !IsSmiValue(value)) throw Error("an integer is too large");
    return Smi(value);
  }

  Lisp& lisp_;
  std::string_view rest_;
};

// ---- Texts

inline std::string TextOf(Ref<> value) {
  const NoCollect quiet;
  const Ref<String> string = To<String>(value);
  return std::string(string->text.data(), string->text.size());
}

inline Ref<String> Lisp::NewString(std::string_view text) {
  const Ref<String> string = NewOfLength<String>(text.size());
  const NoCollect quiet;
  std::memcpy(string->text.data(), text.data(), text.size());
  return string;
}

inline Ref<Symbol> Lisp::Intern(std::string_view name) {
  const auto [place, is_new] = numbers_.try_emplace(std::string(name), symbols_.size());
  if (is_new) {
    const Ref<String> text = NewString(name);
    symbols_.Add(New<Symbol>(text, Immediate(kNothing)));
  }
  return symbols_[place->second].as<Symbol>();
}

// Strings as they are; of lists a thousand elements, for they may have no end.
inline void Print(const Lisp& lisp, Ref<> value, std::string& text) FART_NO_COLLECTION {
  lisp.CheckStack();
  if (value.is_smi()) {
    text += std::to_string(value.smi());
  } else if (value.is_immediate()) {
    text += kSpecialNames[value.immediate()];
  } else if (value.is_null()) {
    text += "()";
  } else if (value.is<String>() || value.is<Symbol>()) {
    text += TextOf(value.is<Symbol>() ? value.as<Symbol>()->name.get() : value);
  } else if (!value.is<Pair>()) {
    text += value.is<Table>() ? "#<table>" : "#<function>";
  } else {
    for (int i = 0; value.is<Pair>() && i < 1000; value = value.as<Pair>()->cdr, ++i) {
      text += i == 0 ? "(" : " ";
      Print(lisp, value.as<Pair>()->car, text);
    }
    if (!value.is_null()) text += " . ";
    if (!value.is_null() && !value.is<Pair>()) Print(lisp, value, text);
    text += ")";
  }
}
inline std::string Lisp::Print(Ref<> value) const {
  std::string text;
  const NoCollect quiet;
  lisp::Print(*this, value, text);
  return text;
}

// ---- Numbers

inline Ref<> Truth(bool value) { return Immediate(value ? kTrue : kFalse); }

inline std::int64_t IntegerOf(Ref<> value) {
  if (!value.is_smi()) throw Error("an integer is expected");
  return value.smi();
}
inline std::int64_t DivisorOf(Ref<> value) {
  if (IntegerOf(value) == 0) throw Error("division by zero");
  return value.smi();
}
inline Ref<> Checked(bool overflows, std::int64_t value) {
  if (overflows || !IsSmiValue(value)) throw Error("an integer is too large");
  return Smi(value);
}

// ---- Tables: open addressing, at most half full.

// Where a key is or would be.
inline std::size_t PlaceOf(Ref<Entries> entries, Ref<> key) FART_NO_COLLECTION {
  const std::size_t last = entries->all.size() / 2 - 1;
  std::size_t i = (key.is_smi() ? key.bits() * 0x9E3779B97F4A7C15 >> 32 : key.hash()) & last;
  while (entries->all[2 * i] != key && entries->all[2 * i] != Immediate(kNothing))
    i = (i + 1) & last;
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

inline Ref<Table> TableOf(Ref<> value) {
  const NoCollect quiet;
  return To<Table>(value);
}

inline Ref<> Get(Ref<Table> table, Ref<> key, Ref<> otherwise) FART_NO_COLLECTION {
  const Ref<Entries> entries = table->entries;
  const std::size_t place = PlaceOf(entries, key);
  return entries->all[place] == key ? entries->all[place + 1].get() : otherwise;
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
    {"+", 2,
     [](Lisp&, Ref<> a, Ref<> b, Ref<>) -> Ref<> {
       std::int64_t sum = 0;
       const bool overflows = __builtin_add_overflow(IntegerOf(a), IntegerOf(b), &sum);
       return Checked(overflows, sum);
     }},
    {"-", 2,
     [](Lisp&, Ref<> a, Ref<> b, Ref<>) -> Ref<> {
       std::int64_t sum = 0;
       const bool overflows = __builtin_sub_overflow(IntegerOf(a), IntegerOf(b), &sum);
       return Checked(overflows, sum);
     }},
    {"*", 2,
     [](Lisp&, Ref<> a, Ref<> b, Ref<>) -> Ref<> {
       std::int64_t product = 0;
       const bool overflows = __builtin_mul_overflow(IntegerOf(a), IntegerOf(b), &product);
       return Checked(overflows, product);
     }},
    {"quotient", 2,
     [](Lisp&, Ref<> a, Ref<> b, Ref<>) -> Ref<> {
       return Checked(false, IntegerOf(a) / DivisorOf(b));
     }},
    {"remainder", 2,
     [](Lisp&, Ref<> a, Ref<> b, Ref<>) -> Ref<> {
       return Checked(false, IntegerOf(a) % DivisorOf(b));
     }},
    {"<", 2,
     [](Lisp&, Ref<> a, Ref<> b, Ref<>) -> Ref<> { return Truth(IntegerOf(a) < IntegerOf(b)); }},
    {"=", 2,
     [](Lisp&, Ref<> a, Ref<> b, Ref<>) -> Ref<> { return Truth(IntegerOf(a) == IntegerOf(b)); }},
    {"eq?", 2, [](Lisp&, Ref<> a, Ref<> b, Ref<>) -> Ref<> { return Truth(a == b); }},
    {"not", 1, [](Lisp&, Ref<> a, Ref<>, Ref<>) -> Ref<> { return Truth(!IsTrue(a)); }},
    {"null?", 1, [](Lisp&, Ref<> a, Ref<>, Ref<>) -> Ref<> { return Truth(a.is_null()); }},
    {"cons", 2,
     [](Lisp&, Ref<> a, Ref<> b, Ref<>) FART_COLLECTS -> Ref<> { return New<Pair>(a, b); }},
    {"car", 1,
     [](Lisp&, Ref<> a, Ref<>, Ref<>) -> Ref<> {
       const NoCollect quiet;
       return To<Pair>(a)->car;
     }},
    {"cdr", 1,
     [](Lisp&, Ref<> a, Ref<>, Ref<>) -> Ref<> {
       const NoCollect quiet;
       return To<Pair>(a)->cdr;
     }},
    {"set-car!", 2,
     [](Lisp&, Ref<> a, Ref<> b, Ref<>) -> Ref<> {
       const NoCollect quiet;
       To<Pair>(a)->car = b;
       return nullptr;
     }},
    {"string-append", 2,
     [](Lisp& lisp, Ref<> a, Ref<> b, Ref<>)
         FART_COLLECTS -> Ref<> { return lisp.NewString(TextOf(a) + TextOf(b)); }},
    {"string->symbol", 1,
     [](Lisp& lisp, Ref<> a, Ref<>, Ref<>)
         FART_COLLECTS -> Ref<> { return lisp.Intern(TextOf(a)); }},
    {"->string", 1,
     [](Lisp& lisp, Ref<> a, Ref<>, Ref<>)
         FART_COLLECTS -> Ref<> { return lisp.NewString(lisp.Print(a)); }},
    {"make-table", 0,
     [](Lisp&, Ref<>, Ref<>, Ref<>) FART_COLLECTS -> Ref<> {
       const Ref<Entries> entries = NewEntries(8);
       return New<Table>(entries);
     }},
    {"table-get", 3,
     [](Lisp&, Ref<> a, Ref<> b, Ref<> c) -> Ref<> {
       const NoCollect quiet;
       return Get(To<Table>(a), b, c);
     }},
    {"table-put!", 3,
     [](Lisp&, Ref<> a, Ref<> b, Ref<> c) FART_COLLECTS -> Ref<> {
       Put(TableOf(a), b, c);
       return nullptr;
     }},
    {"display", 1,
     [](Lisp& lisp, Ref<> a, Ref<>, Ref<>) -> Ref<> {
       lisp.Write(lisp.Print(a) + "\n");
       return nullptr;
     }},
    {"error", 1, [](Lisp& lisp, Ref<> a, Ref<>, Ref<>) -> Ref<> { throw Error(lisp.Print(a)); }},
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

inline std::string Lisp::Run(std::string_view text) {
  Reader reader(*this, text);
  Root<> value;
  while (!reader.IsAtEnd()) {
    value = Resolve(reader.Read(), nullptr);
    value = Eval(value, nullptr);
  }
  return Print(value);
}

}  // namespace lisp

#endif  // FART_SAMPLES_LISP_LIBRARY_H_
