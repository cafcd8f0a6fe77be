// ResolveUri -- what a URI reference means in a document, as RFC 3986 (5.2) has it.
//
// Beyond that the base may be relative itself, as paths of scripts are: dots that lead out of it
// stay. Nothing is escaped, unescaped or changed in case.

#ifndef FART_API_URI_REFERENCE_H_
#define FART_API_URI_REFERENCE_H_

#include <optional>
#include <string>
#include <string_view>

namespace fart::api {

// Nothing: one of them is no URI, for what is before its first colon is no scheme.
std::optional<std::string> ResolveUri(std::string_view base, std::string_view reference);

}  // namespace fart::api

#endif  // FART_API_URI_REFERENCE_H_
