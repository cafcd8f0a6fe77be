// Type text -- type arguments as they go from one isolate to another that runs the same program.
//
//   arguments := number of types ';' type*
//   type      := 'd' (dynamic, or what is not described: types of functions, records)
//              | 'v' (void) | ('c' | 'n', if nullable) url name arguments
//   url, name := number of bytes ':' bytes
//
// What is not understood, or means nothing here, is dynamic, which fits everything.
//
// Not here: messages (vm/message); which class has a name (lang/fart_program.cc).

#ifndef FART_LANG_LINKER_TYPE_TEXT_H_
#define FART_LANG_LINKER_TYPE_TEXT_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "lang/linker/entities.h"
#include "lang/linker/type_table.h"

namespace fart::lang {

// Deeper inside of each other types are dynamic.
inline constexpr int kMaxDescribedDepth = 64;

std::string DescribeTypeArguments(const TypeArguments& arguments);

// Null: there is none here.
using FindClassOfType = std::function<Class*(std::string_view url, std::string_view name)>;

// Null if all are dynamic, or if these are not `count`.
const TypeArguments* ReadTypeArguments(TypeTable& types, std::string_view described,
                                       std::size_t count, const FindClassOfType& find);

}  // namespace fart::lang

#endif  // FART_LANG_LINKER_TYPE_TEXT_H_
