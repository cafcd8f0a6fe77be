// Reading and printing.

#ifndef FART_SAMPLES_LISP_READER_H_
#define FART_SAMPLES_LISP_READER_H_

#include <charconv>

#include "samples/lisp/lisp.h"

namespace lisp {

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

// Strings as they are; lists that have no end up to where they are long enough.
inline void Lisp::Print(Ref<> value, std::string* text) const {
  CheckStack();
  if (value.is_smi()) {
    *text += std::to_string(value.smi());
  } else if (value.is_immediate()) {
    *text += kSpecialNames[value.immediate()];
  } else if (value.is_null()) {
    *text += "()";
  } else if (value.is<String>()) {
    *text += TextOf(value.as<String>());
  } else if (value.is<Symbol>()) {
    *text += TextOf(value.as<Symbol>()->name);
  } else if (!value.is<Pair>()) {
    *text += value.is<Table>() ? "#<table>" : "#<function>";
  } else {
    const char* separator = "(";
    for (int i = 0; value.is<Pair>(); value = value.as<Pair>()->cdr, separator = " ") {
      *text += separator;
      if (++i > 1000) break;
      Print(value.as<Pair>()->car, text);
    }
    if (!value.is_null()) {
      *text += value.is<Pair>() ? "..." : " . ";
      if (!value.is<Pair>()) Print(value, text);
    }
    *text += ")";
  }
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

inline std::string Lisp::Run(std::string_view text) {
  Reader reader(*this, text);
  Root<> value;
  while (!reader.IsAtEnd()) {
    value = Resolve(reader.Read(), nullptr);
    value = Eval(value, nullptr);
  }
  std::string printed;
  const NoCollect quiet;
  Print(value, &printed);
  return printed;
}

}  // namespace lisp

#endif  // FART_SAMPLES_LISP_READER_H_
