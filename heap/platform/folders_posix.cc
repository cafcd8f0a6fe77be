#include <dirent.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include "heap/platform/files.h"

namespace fart {

namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

class Listing {
 public:
  Listing(bool is_recursive, bool follows, std::string* entries)
      : is_recursive_(is_recursive), follows_(follows), entries_(entries) {}

  int Read(const std::string& path) {
    const std::unique_ptr<DIR, CloseFolder> folder(opendir(path.c_str()));
    if (folder == nullptr) return -errno;
    Facts own;
    if (FindFile(path, true, &own) != 0) return -errno;
    around_.push_back(own);
    std::vector<std::string> within;
    const std::string prefix = path.ends_with('/') ? path : path + "/";
    for (errno = 0; const dirent* const entry = readdir(folder.get()); errno = 0) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") Take(prefix + name, &within);
    }
    const int error = errno;
    for (const std::string& each : within) {
      const int refused = Read(each);
      if (refused < 0) Add("e" + std::to_string(-refused) + "/", each);
    }
    around_.pop_back();
    return -error;
  }

 private:
  using Facts = FileFacts;

  void Add(const std::string& kind, const std::string& path) {
    *entries_ += kind;
    *entries_ += path;
    *entries_ += '\0';
  }

  bool IsAround(const Facts& facts) const {
    for (const Facts& each : around_) {
      if (each.device == facts.device && each.number == facts.number) return true;
    }
    return false;
  }

  void Take(const std::string& path, std::vector<std::string>* within) {
    Facts facts;
    if (FindFile(path, false, &facts) != 0) return;  // It has gone meanwhile.
    if (facts.kind == FileKind::kLink) {
      if (!follows_ || FindFile(path, true, &facts) != 0) return Add("l", path);
      if (facts.kind == FileKind::kFolder && is_recursive_ && IsAround(facts))
        return Add("l", path);
    }
    const bool is_folder = facts.kind == FileKind::kFolder;
    Add(is_folder ? "d" : "f", path);
    if (is_folder && is_recursive_) within->push_back(path);
  }

  const bool is_recursive_;
  const bool follows_;
  std::string* const entries_;
  std::vector<Facts> around_;  // The folders that the one being read lies in, by way of links too.
};

}  // namespace

int ListFolder(const std::string& path, bool is_recursive, bool follows, std::string* entries) {
  return Listing(is_recursive, follows, entries).Read(path);
}

}  // namespace fart
