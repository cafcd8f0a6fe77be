// What the Lisp has besides its language: reading, printing, functions of its own.

#ifndef FART_SAMPLES_LISP_LIBRARY_H_
#define FART_SAMPLES_LISP_LIBRARY_H_

#include <algorithm>
#include <charconv>
#include <cstring>

#include "samples/lisp/lisp.h"

namespace lisp {

// ---- Texts

inline std::string TextOf(Ref<> value) {
  const NoCollect quiet;
  const Ref<String> string = To<String>(value);
  return std::string(string->text.data(), string->text.size());
}

inline Ref<String> NewString(std::string_view text) FART_COLLECTS {
  const Ref<String> string = NewOfLength<String>(text.size());
  const NoCollect quiet;
  std::memcpy(string->text.data(), text.data(), text.size());
  return string;
}

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
    return NewString(text);
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

// ---- Symbols and printing

inline Ref<Symbol> Lisp::Intern(std::string_view name) {
  const auto [place, is_new] = numbers_.try_emplace(std::string(name), symbols_.size());
  if (is_new) {
    const Ref<String> text = NewString(name);
    symbols_.Add(New<Symbol>(text, Immediate(kNothing)));
  }
  return symbols_[place->second].as<Symbol>();
}

// Strings as they are; of lists a thousand elements, for they may have no end.
inline void Lisp::Print(Ref<> value, std::string& text) const {
  CheckStack();
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
      Print(value.as<Pair>()->car, text);
    }
    if (!value.is_null()) text += " . ";
    if (!value.is_null() && !value.is<Pair>()) Print(value, text);
    text += ")";
  }
}
inline std::string Lisp::Print(Ref<> value) const {
  std::string text;
  const NoCollect quiet;
  Print(value, text);
  return text;
}

// ---- Tables

inline Element<Binding> BucketOf(Ref<Buckets> buckets, Ref<> key) FART_NO_COLLECTION {
  const std::uint64_t hash = key.is_smi() ? key.bits() * 0x9E3779B97F4A7C15 >> 32 : key.hash();
  return buckets->all[hash & (buckets->all.size() - 1)];
}

// Twice as many buckets, with the same entries.
inline void Grow(Ref<Table> table) FART_COLLECTS {
  const Root<Table> root(table);
  const Ref<Buckets> grown = NewOfLength<Buckets>(2 * root->buckets->all.size());
  const NoCollect quiet;
  const Ref<Buckets> old = root->buckets;
  for (std::size_t i = 0; i < old->all.size(); ++i) {
    for (Ref<Binding> entry = old->all[i]; !entry.is_null();) {
      const Ref<Binding> next = entry->outer;
      entry->outer = BucketOf(grown, entry->name);
      BucketOf(grown, entry->name) = entry;
      entry = next;
    }
  }
  root->buckets = grown;
}

inline Ref<> Get(Ref<> table, Ref<> key, Ref<> otherwise) {
  const NoCollect quiet;
  const Ref<Binding> entry = Find(key, BucketOf(To<Table>(table)->buckets, key));
  return entry.is_null() ? otherwise : entry->value.get();
}

inline Ref<> Put(Ref<> table, Ref<> key, Ref<> value) FART_COLLECTS {
  if (!IsA<Table>(table)) throw Error("expected is a Table");
  RootsOf<Table, Any, Any> roots(table.as<Table>(), key, value);
  auto& [in, k, v] = roots;
  {
    const NoCollect quiet;
    const Ref<Binding> known = Find(k, BucketOf(in->buckets, k));
    if (!known.is_null()) {
      known->value = v;
      return nullptr;
    }
  }
  if (in->count >= in->buckets->all.size()) Grow(in);
  const Ref<Binding> entry = New<Binding>(k, v, nullptr);
  const NoCollect quiet;
  entry->outer = BucketOf(in->buckets, k);
  BucketOf(in->buckets, k) = entry;
  in->count = in->count + 1;
  return nullptr;
}

// ---- All of them

inline std::int64_t IntegerOf(Ref<> value) {
  if (!value.is_smi()) throw Error("an integer is expected");
  return value.smi();
}
inline std::int64_t DivisorOf(Ref<> value) {
  if (IntegerOf(value) == 0) throw Error("division by zero");
  return value.smi();
}
inline Ref<> Integer(std::int64_t value) {
  if (!IsSmiValue(value)) throw Error("an integer is too large");
  return Smi(value);
}
inline Ref<> Product(Ref<> a, Ref<> b) {
  std::int64_t product = 0;
  if (!__builtin_mul_overflow(IntegerOf(a), IntegerOf(b), &product)) return Integer(product);
  throw Error("an integer is too large");
}
inline Ref<> Truth(bool value) { return Immediate(value ? kTrue : kFalse); }
inline Ref<Table> NewTable() FART_COLLECTS {
  const Ref<Buckets> buckets = NewOfLength<Buckets>(8);
  return New<Table>(buckets);
}

// The sum and the difference of two small integers are an int64_t.
using V = Ref<>;  // for short
inline constexpr Function kFunctions[] = {
    {"+", 2, [](Lisp&, V a, V b, V) { return Integer(IntegerOf(a) + IntegerOf(b)); }},
    {"-", 2, [](Lisp&, V a, V b, V) { return Integer(IntegerOf(a) - IntegerOf(b)); }},
    {"*", 2, [](Lisp&, V a, V b, V) { return Product(a, b); }},
    {"quotient", 2, [](Lisp&, V a, V b, V) { return Integer(IntegerOf(a) / DivisorOf(b)); }},
    {"remainder", 2, [](Lisp&, V a, V b, V) { return Integer(IntegerOf(a) % DivisorOf(b)); }},
    {"<", 2, [](Lisp&, V a, V b, V) { return Truth(IntegerOf(a) < IntegerOf(b)); }},
    {"=", 2, [](Lisp&, V a, V b, V) { return Truth(IntegerOf(a) == IntegerOf(b)); }},
    {"eq?", 2, [](Lisp&, V a, V b, V) { return Truth(a == b); }},
    {"not", 1, [](Lisp&, V a, V, V) { return Truth(!IsTrue(a)); }},
    {"null?", 1, [](Lisp&, V a, V, V) { return Truth(a.is_null()); }},
    {"cons", 2, [](Lisp&, V a, V b, V) FART_COLLECTS -> V { return New<Pair>(a, b); }},
    {"car", 1, [](Lisp&, V a, V, V) { return In(To<Pair>(a), &Pair::car); }},
    {"cdr", 1, [](Lisp&, V a, V, V) { return In(To<Pair>(a), &Pair::cdr); }},
    {"string-append", 2,
     [](Lisp&, V a, V b, V) FART_COLLECTS -> V { return NewString(TextOf(a) + TextOf(b)); }},
    {"string->symbol", 1,
     [](Lisp& lisp, V a, V, V) FART_COLLECTS -> V { return lisp.Intern(TextOf(a)); }},
    {"->string", 1,
     [](Lisp& lisp, V a, V, V) FART_COLLECTS -> V { return NewString(lisp.Print(a)); }},
    {"make-table", 0,
     [](Lisp&, V, V, V) FART_COLLECTS -> V { return New<Table>(NewOfLength<Buckets>(8)); }},
    {"table-get", 3, [](Lisp&, V a, V b, V c) { return Get(a, b, c); }},
    {"table-put!", 3, [](Lisp&, V a, V b, V c) FART_COLLECTS { return Put(a, b, c); }},
    {"display", 1, [](Lisp& lisp, V a, V, V) { return lisp.Write(a); }},
    {"error", 1, [](Lisp& lisp, V a, V, V) -> V { throw Error(lisp.Print(a)); }},
};

inline Lisp::Lisp(std::FILE* output, std::size_t stack_size)
    : output_(output),
      stack_end_(reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) - stack_size) {
  for (unsigned form = kQuote; form <= kLet; ++form) {
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
    value = reader.Read();
    const Ref<Symbol> define = Intern("define");
    const bool defines = IsA<Pair>(value) && Part(value, 0) == define;
    value = defines ? Define(value.as<Code>()) : Eval(value, nullptr);
  }
  return Print(value);
}

}  // namespace lisp

#endif  // FART_SAMPLES_LISP_LIBRARY_H_
