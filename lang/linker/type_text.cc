#include "lang/linker/type_text.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>
#include <vector>

namespace fart::lang {

namespace {

using Kind = TypeRef::Kind;

void AddText(std::string_view text, std::string* to) {
  *to += std::to_string(text.size()) + ':';
  *to += text;
}

void AddArguments(const TypeArguments* arguments, int depth, std::string* to);

void AddType(const TypeEntity& type, int depth, std::string* to) {
  if (type.kind == Kind::kVoid) {
    *to += 'v';
  } else if (type.kind != Kind::kClass || depth == kMaxDescribedDepth) {
    *to += 'd';
  } else {
    *to += type.is_nullable ? 'n' : 'c';
    AddText(type.cls->library->compiled->uri, to);
    AddText(type.cls->compiled->name.text, to);
    AddArguments(type.arguments, depth + 1, to);
  }
}

void AddArguments(const TypeArguments* arguments, int depth, std::string* to) {
  const std::size_t count = arguments == nullptr ? 0 : arguments->types.size();
  *to += std::to_string(count) + ';';
  for (std::size_t i = 0; i < count; ++i) AddType(*arguments->types[i], depth, to);
}

bool IsWhole(const TypeEntity& type, int depth) {
  if (type.kind == Kind::kDynamic || type.kind == Kind::kVoid) return true;
  if (type.kind != Kind::kClass || depth == kMaxDescribedDepth) return false;
  if (type.arguments == nullptr) return true;
  const std::vector<TypeEntity*>& arguments = type.arguments->types;
  return std::all_of(arguments.begin(), arguments.end(),
                     [depth](const TypeEntity* argument) { return IsWhole(*argument, depth + 1); });
}

class Reader {
 public:
  // *missing: a class that is not here. Null: nobody asks.
  Reader(TypeTable& types, std::string_view text, const FindClassOfType& find,
         std::string* missing = nullptr)
      : types_(types), rest_(text), find_(find), missing_(missing) {}

  bool ReadArguments(int depth, std::vector<TypeEntity*>* arguments) {
    std::size_t count = 0;
    if (!ReadNumber(';', &count) || count > rest_.size()) return false;  // A type has a byte.
    for (std::size_t i = 0; i < count; ++i) {
      TypeEntity* type = nullptr;
      if (!ReadType(depth, &type)) return false;
      arguments->push_back(type);
    }
    return true;
  }
  bool IsAtEnd() const { return rest_.empty(); }

 private:
  bool ReadNumber(char end, std::size_t* number) {
    const auto [after, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), *number);
    if (error != std::errc()) return false;
    rest_.remove_prefix(static_cast<std::size_t>(after - rest_.data()));
    if (rest_.empty() || rest_.front() != end) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool ReadText(std::string_view* text) {
    std::size_t size = 0;
    if (!ReadNumber(':', &size) || size > rest_.size()) return false;
    *text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }
  bool ReadType(int depth, TypeEntity** type) {
    if (rest_.empty() || depth > kMaxDescribedDepth) return false;
    const char kind = rest_.front();
    rest_.remove_prefix(1);
    *type = types_.dynamic();
    if (kind == 'd') return true;
    if (kind == 'v') {
      *type = types_.Of(TypeRef{Kind::kVoid, {}, {}, ""});
      return true;
    }
    std::string_view url;
    std::string_view name;
    std::vector<TypeEntity*> arguments;
    if ((kind != 'c' && kind != 'n') || !ReadText(&url) || !ReadText(&name) ||
        !ReadArguments(depth + 1, &arguments)) {
      return false;
    }
    Class* const cls = find_(url, name);
    const bool fits = cls != nullptr && (arguments.empty() ||
                                         arguments.size() == cls->compiled->type_parameters.size());
    if (!fits && missing_ != nullptr) {
      *missing_ = "class '" + std::string(name) + "' of '" + std::string(url) + "'";
    }
    if (cls == nullptr) return true;
    *type = types_.Of(cls, fits ? types_.ArgumentsOf(std::move(arguments)) : nullptr);
    *type = types_.Nullable(*type, kind == 'n');
    return true;
  }

  TypeTable& types_;
  std::string_view rest_;
  const FindClassOfType& find_;
  std::string* const missing_;
};

}  // namespace

std::string DescribeTypeArguments(const TypeArguments& arguments) {
  std::string text;
  AddArguments(&arguments, 0, &text);
  return text;
}

bool IsDescribedWhole(const TypeEntity& type) { return IsWhole(type, 0); }

std::string DescribeType(const TypeEntity& type) {
  std::string text = "1;";
  AddType(type, 0, &text);
  return text;
}

TypeEntity* ReadType(TypeTable& types, std::string_view described, const FindClassOfType& find,
                     std::string* missing) {
  missing->clear();
  Reader reader(types, described, find, missing);
  std::vector<TypeEntity*> read;
  if (!reader.ReadArguments(0, &read) || !reader.IsAtEnd() || read.size() != 1) {
    *missing = "a type";
  }
  return missing->empty() ? read.front() : nullptr;
}

const TypeArguments* ReadTypeArguments(TypeTable& types, std::string_view described,
                                       std::size_t count, const FindClassOfType& find) {
  Reader reader(types, described, find);
  std::vector<TypeEntity*> arguments;
  if (!reader.ReadArguments(0, &arguments) || !reader.IsAtEnd() || arguments.size() != count) {
    return nullptr;
  }
  return types.ArgumentsOf(std::move(arguments));
}

}  // namespace fart::lang
