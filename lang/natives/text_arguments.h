// Text arguments -- paths, contents and lists of texts, as the system takes them.

#ifndef FART_LANG_NATIVES_TEXT_ARGUMENTS_H_
#define FART_LANG_NATIVES_TEXT_ARGUMENTS_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "heap/base/safepoint.h"
#include "lang/natives/arguments.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

inline std::string TextOf(ObjectPtr string) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return ToUtf8(string, quiet);
}

// Without NUL, which would end it early.
struct PlainTextArg {
  std::string value;
  bool Take(const Taken& argument) {
    if (!IsString(argument.value())) return argument.Refuse(argument_rules::kString);
    value = TextOf(argument.value());
    return value.find('\0') == std::string::npos || argument.Refuse("must not contain a NUL");
  }
};

// A String or typed data, as bytes.
struct ContentArg {
  std::string value;
  bool Take(const Taken& argument) FART_NO_SAFEPOINT_ANALYSIS {
    if (IsString(argument.value())) {
      value = TextOf(argument.value());
      return true;
    }
    if (!IsTypedData(argument.value())) return argument.Refuse("must be a String or typed data");
    const NoSafepointScope quiet;
    const DataBytes bytes = fart::BytesOf(argument.value(), quiet);
    value.assign(reinterpret_cast<const char*>(bytes.first), bytes.length);
    return true;
  }
};

// A list of such.
struct TextsArg {
  std::vector<std::string> value;
  bool Take(const Taken& argument) FART_NO_SAFEPOINT_ANALYSIS {
    if (!IsBuiltInList(argument.value())) return argument.Refuse(argument_rules::kList);
    const NoSafepointScope quiet;
    const std::size_t length = ListLength(argument.value(), quiet);
    value.reserve(length);
    for (std::size_t i = 0; i < length; ++i) {
      const ObjectPtr element = ListAt(argument.value(), i, quiet);
      if (!IsString(element)) return argument.Refuse("must consist of Strings");
      std::string text = TextOf(element);
      if (text.find('\0') != std::string::npos) return argument.Refuse("must not contain a NUL");
      value.push_back(std::move(text));
    }
    return true;
  }
};

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_TEXT_ARGUMENTS_H_
