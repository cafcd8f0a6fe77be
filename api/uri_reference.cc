#include "api/uri_reference.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace fart::api {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

// Each with what sets it off: "http:", "//host", "?q", "#f". Empty: not there.
struct Parts {
  std::string scheme;
  std::string authority;
  std::string path;
  std::string query;
  std::string fragment;
};

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool IsScheme(std::string_view text) {
  return !text.empty() && IsLetter(text[0]) && std::ranges::all_of(text, [](char c) {
    return IsLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

std::string TakeUntil(std::string_view* text, std::string_view ends, std::size_t from) {
  const std::size_t end = std::min(text->find_first_of(ends, from), text->size());
  std::string taken(text->substr(0, end));
  text->remove_prefix(end);
  return taken;
}

std::optional<Parts> TakeApart(std::string_view text) {
  Parts parts;
  const std::size_t colon = text.find_first_of(":/?#");
  if (colon != kNone && text[colon] == ':') {
    if (!IsScheme(text.substr(0, colon))) return std::nullopt;
    parts.scheme = text.substr(0, colon + 1);
    text.remove_prefix(colon + 1);
  }
  if (text.starts_with("//")) parts.authority = TakeUntil(&text, "/?#", 2);
  parts.path = TakeUntil(&text, "?#", 0);
  if (text.starts_with('?')) parts.query = TakeUntil(&text, "#", 0);
  parts.fragment = text;
  return parts;
}

// Without "." and "..". What leads out of a path that has a beginning is dropped.
std::string WithoutDots(const std::string& path, bool has_beginning) {
  std::vector<std::string_view> kept;
  std::string_view rest = path;
  const bool is_absolute = rest.starts_with('/');
  if (is_absolute) rest.remove_prefix(1);
  bool ends_open = false;  // in a slash
  for (bool is_last = false; !is_last;) {
    const std::size_t slash = rest.find('/');
    is_last = slash == kNone;
    const std::string_view segment = rest.substr(0, slash);
    if (!is_last) rest.remove_prefix(slash + 1);
    ends_open = segment == "." || segment == "..";
    if (segment == ".") continue;
    if (segment != "..") {
      kept.push_back(segment);
    } else if (!kept.empty() && kept.back() != "..") {
      kept.pop_back();
    } else if (!is_absolute && !has_beginning) {
      kept.push_back(segment);
    }
  }
  std::string result;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i != 0) result += '/';
    result += kept[i];
  }
  if (ends_open && !kept.empty()) result += '/';
  return is_absolute ? "/" + result : result;
}

std::string Merged(const Parts& base, const std::string& path) {
  if (!base.authority.empty() && base.path.empty()) return "/" + path;
  return base.path.substr(0, base.path.rfind('/') + 1) + path;  // kNone + 1 is 0.
}

}  // namespace

std::optional<std::string> ResolveUri(std::string_view base_text, std::string_view text) {
  const std::optional<Parts> base = TakeApart(base_text);
  std::optional<Parts> target = TakeApart(text);
  if (!base || !target) return std::nullopt;
  if (target->scheme.empty()) {
    target->scheme = base->scheme;
    if (target->authority.empty()) {
      target->authority = base->authority;
      if (target->path.empty()) {
        target->path = base->path;
        if (target->query.empty()) target->query = base->query;
      } else if (!target->path.starts_with('/')) {
        target->path = Merged(*base, target->path);
      }
    }
  }
  target->path = WithoutDots(target->path, !target->scheme.empty() || !target->authority.empty());
  // Else the path would read as an authority.
  if (target->authority.empty() && target->path.starts_with("//")) target->path.insert(0, "/.");
  return target->scheme + target->authority + target->path + target->query + target->fragment;
}

}  // namespace fart::api
